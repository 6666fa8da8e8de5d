import { type Game, imageUrl } from '../../api/games';

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

/** What stands in the fields of the form: an empty text is none. The start is RFC 3339 once it is complete. */
export type Values = Record<FieldName, string>;

export type PictureName = 'thumbnail' | 'banner';

/** Leave the picture as it is, take it away, or show another one. */
export type PictureChange = { kind: 'keep' } | { kind: 'remove' } | { kind: 'replace'; file: File; url: string };
export type PictureChanges = Record<PictureName, PictureChange>;

export const pictureNames: PictureName[] = ['banner', 'thumbnail'];

export const pictureId = (game: Game, name: PictureName) => (name === 'banner' ? game.banner_image_id : game.thumbnail_id);

/** What is shown after the change, or null for nothing. @param imageId What the game shows now. */
export const shownUrl = (change: PictureChange, imageId: string | null) =>
  change.kind === 'replace' ? change.url : change.kind === 'keep' && imageId ? imageUrl(imageId) : null;

export const noPictureChanges: PictureChanges = { thumbnail: { kind: 'keep' }, banner: { kind: 'keep' } };

export const labels: Record<FieldName | PictureName, string> = {
  guild_id: 'Guild',
  channel_id: 'Channel ID',
  title: 'Title',
  description: 'Description',
  scheduled_at: 'Start',
  expected_duration_minutes: 'Duration in minutes',
  max_players: 'Players at most',
  location: 'Where',
  signup_instructions: 'How to sign up',
  status: 'Status',
  thumbnail: 'Thumbnail',
  banner: 'Banner',
};

export const emptyValues = { ...Object.fromEntries(fieldNames.map((name) => [name, ''])), status: 'scheduled' } as Values;

/** Text areas know no carriage returns, which other clients may have sent. */
const asText = (value: unknown) => String(value ?? '').replaceAll('\r\n', '\n');

export const valuesOf = (game: Game) => Object.fromEntries(fieldNames.map((name) => [name, asText(game[name])])) as Values;

/** The fields that are not as they were. */
export const changedFields = (before: Values, after: Values) => fieldNames.filter((name) => before[name] !== after[name]);

const isNumber = (name: FieldName) => name === 'expected_duration_minutes' || name === 'max_players';

const isId = (name: FieldName) => name.endsWith('_id');

/** The values without what pasting adds to numbers and IDs, and with nothing instead of blanks; the same object when there is nothing to do. */
export function tidy(values: Values): Values {
  const untidy = fieldNames.filter((name) => {
    const trimmed = values[name].trim();
    return trimmed !== values[name] && (isNumber(name) || isId(name) || trimmed === '');
  });
  return untidy.length === 0 ? values : { ...values, ...Object.fromEntries(untidy.map((name) => [name, values[name].trim()])) };
}

/** What a new game is made of: it is scheduled, its host is the member who makes it, and what is empty need not be said. */
export const toCreate = (values: Values) =>
  pick(values, fieldNames.filter((name) => name !== 'status' && values[name] !== ''));

/** The values of a game that is planned once more. */
export const valuesOfCopy = (game: Game): Values => ({ ...valuesOf(game), status: 'scheduled' });

/** What a change names: the guild stays. */
export const toUpdate = (before: Values, after: Values) =>
  pick(after, changedFields(before, after).filter((name) => name !== 'guild_id'));

/** Whether the game is what this would make of it: of a picture that replaces another nobody knows. */
export const isAsSent = (game: Game, values: Values, pictures: PictureChanges) =>
  Object.keys(toUpdate(valuesOf(game), values)).length === 0 &&
  pictureNames.every((name) => pictures[name].kind === 'keep' || (pictures[name].kind === 'remove' && pictureId(game, name) === null));

export const pick = (values: Values, names: FieldName[]): Partial<Values> => Object.fromEntries(names.map((name) => [name, values[name]]));

/** Sent as JSON, unless a picture comes along. */
export function toBody(values: Partial<Values>, pictures: PictureChanges): FormData | Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of fieldNames) {
    const value = values[name];
    if (value !== undefined) fields[name] = value === '' ? null : isNumber(name) ? Number(value) : value;
  }
  for (const name of pictureNames) if (pictures[name].kind === 'remove') fields[`remove_${name}`] = true;

  const files = pictureNames.flatMap((name) => {
    const change = pictures[name];
    return change.kind === 'replace' ? [{ name, file: change.file }] : [];
  });
  if (files.length === 0) return fields;

  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value ?? ''));
  for (const { name, file } of files) form.append(name, file);
  return form;
}
