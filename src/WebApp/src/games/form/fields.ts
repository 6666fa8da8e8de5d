import { type Game, imageUrl } from '../../api/games';
import type { PictureUpload } from '../../images/PictureUpload';

export const fieldNames = [
  'guild_id',
  'channel_id',
  'title',
  'description',
  'scheduled_at',
  'expected_duration_minutes',
  'max_players',
  'location',
  'signup_instructions',
  'status',
] as const;

export type FieldName = (typeof fieldNames)[number];

/** The texts in the fields of the form. An empty text means no value. The start is in RFC 3339 once it is complete. */
export type Values = Record<FieldName, string>;

export type PictureName = 'thumbnail' | 'banner';

/** Keep the picture, remove it, or show another one: a new one, or one that is stored. */
export type PictureChange =
  | { kind: 'keep' }
  | { kind: 'remove' }
  | { kind: 'upload'; upload: PictureUpload }
  | { kind: 'stored'; id: string };
export type PictureChanges = Record<PictureName, PictureChange>;

export const pictureNames: PictureName[] = ['banner', 'thumbnail'];

/** The fields of the service that name the images. */
export const idFields = { thumbnail: 'thumbnail_id', banner: 'banner_image_id' } as const;

/** The images that a request sets. null removes an image. */
export type ImageIds = Partial<Record<(typeof idFields)[PictureName], string | null>>;

export const pictureId = (game: Game, name: PictureName) => game[idFields[name]];

/** The image that the game shows after the change. undefined means that it keeps its image, or that the image is not uploaded yet. */
export function changedId(change: PictureChange): string | null | undefined {
  if (change.kind === 'remove') return null;
  if (change.kind === 'stored') return change.id;
  return change.kind === 'upload' && change.upload.state.kind === 'done' ? change.upload.state.id : undefined;
}

/** The picture that is shown after the change, or null for none. @param imageId The image that the game shows now. */
export const shownUrl = (change: PictureChange, imageId: string | null) => {
  if (change.kind === 'upload') return change.upload.url;
  const id = change.kind === 'keep' ? imageId : changedId(change);
  return id ? imageUrl(id) : null;
};

export const noPictureChanges: PictureChanges = { thumbnail: { kind: 'keep' }, banner: { kind: 'keep' } };

export const labels: Record<FieldName | PictureName, string> = {
  guild_id: 'Guild',
  channel_id: 'Channel ID',
  title: 'Title',
  description: 'Description',
  scheduled_at: 'Start',
  expected_duration_minutes: 'Duration in minutes',
  max_players: 'Maximum players',
  location: 'Where',
  signup_instructions: 'How to sign up',
  status: 'Status',
  thumbnail: 'Thumbnail',
  banner: 'Banner',
};

export const emptyValues = { ...Object.fromEntries(fieldNames.map((name) => [name, ''])), status: 'scheduled' } as Values;

/** Removes carriage returns, which other clients may have sent and text areas do not keep. */
const asText = (value: unknown) => String(value ?? '').replaceAll('\r\n', '\n');

export const valuesOf = (game: Game) => Object.fromEntries(fieldNames.map((name) => [name, asText(game[name])])) as Values;

/** The fields whose values differ. */
export const changedFields = (before: Values, after: Values) => fieldNames.filter((name) => before[name] !== after[name]);

const isNumber = (name: FieldName) => name === 'expected_duration_minutes' || name === 'max_players';

const isId = (name: FieldName) => name.endsWith('_id');

/** Trims numbers and IDs, and empties texts that are only blanks. Returns the same object when nothing changes. */
export function tidy(values: Values): Values {
  const untidy = fieldNames.filter((name) => {
    const trimmed = values[name].trim();
    return trimmed !== values[name] && (isNumber(name) || isId(name) || trimmed === '');
  });
  return untidy.length === 0 ? values : { ...values, ...Object.fromEntries(untidy.map((name) => [name, values[name].trim()])) };
}

/** The fields that create a game. A new game is always scheduled, and the service makes the member its host. */
export const toCreate = (values: Values) =>
  pick(values, fieldNames.filter((name) => name !== 'status' && values[name] !== ''));

/** The values of a new game that is a copy of this one. */
export const valuesOfCopy = (game: Game): Values => ({ ...valuesOf(game), status: 'scheduled' });

/** The fields that change a game. A game stays in its guild. */
export const toUpdate = (before: Values, after: Values) =>
  pick(after, changedFields(before, after).filter((name) => name !== 'guild_id'));

/** Whether the game already has these values and pictures. */
export const isAsSent = (game: Game, values: Values, pictures: PictureChanges) =>
  Object.keys(toUpdate(valuesOf(game), values)).length === 0 &&
  pictureNames.every((name) => pictures[name].kind === 'keep' || changedId(pictures[name]) === pictureId(game, name));

export const pick = (values: Values, names: FieldName[]): Partial<Values> => Object.fromEntries(names.map((name) => [name, values[name]]));

function toJson(name: FieldName, value: string): string | number | null {
  if (value === '') return null;
  return isNumber(name) ? Number(value) : value;
}

/** The fields of a JSON object. */
export type Body = Record<string, unknown>;

export function toBody(values: Partial<Values>, images: ImageIds): Body {
  const fields = fieldNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, toJson(name, value)]];
  });
  return { ...Object.fromEntries(fields), ...images };
}
