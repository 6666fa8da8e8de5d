import type { Game } from '../../api/games';
import { altFields, idFields, pictureId, pictureLabels, type PictureName, pictureNames } from '../pictures';
import { changedId, type ImageIds, type PictureChanges } from './pictureChanges';

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
  'banner_alt',
  'thumbnail_alt',
] as const;

export type FieldName = (typeof fieldNames)[number];

/** The texts in the fields of the form. An empty text means no value. The start is in RFC 3339 once it is complete. */
export type Values = Record<FieldName, string>;

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
  banner_alt: 'Alt text of the banner',
  thumbnail_alt: 'Alt text of the thumbnail',
  ...pictureLabels,
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

/**
 * The fields that change a game. A game stays in its guild. When the service replaces an image, it deletes the text of the old one, so
 * the text of a new image is sent even if it is the same.
 * @param images The images that the same request sets.
 */
export function toUpdate(before: Values, after: Values, images: ImageIds = {}): Partial<Values> {
  const texts = pictureNames.filter((name) => images[idFields[name]] && after[altFields[name]] !== '').map((name) => altFields[name]);
  const names = new Set<FieldName>([...changedFields(before, after), ...texts]);
  return pick(after, [...names].filter((name) => name !== 'guild_id'));
}

/**
 * The values that a draft keeps. It has no pictures, so the texts of pictures that were chosen are replaced with those of the game.
 * @param game The game whose pictures are shown when the draft is restored.
 */
export function valuesInDraft(values: Values, pictures: PictureChanges, game: Game | null): Values {
  const lost = pictureNames.filter((name) => pictures[name].kind !== 'keep').map((name) => altFields[name]);
  return lost.length === 0 ? values : { ...values, ...pick(game ? valuesOf(game) : emptyValues, lost) };
}

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
