import type { Problem } from '../../api/problem';
import { type FieldName, type PictureChanges, pictureNames, type Values } from './fields';

export type Errors = Partial<Record<string, string>>;

const required: Partial<Record<FieldName, string>> = {
  guild_id: 'A guild is required.',
  channel_id: 'A channel is required.',
  title: 'A title is required.',
  scheduled_at: 'A start is required.',
};

// What fits the service's integers.
const maxInteger = 2 ** 31 - 1;

/** Checks what the service would, in its words. @param isNew Then its host is the caller unless another is named. */
export function validate(values: Values, isNew: boolean): Errors {
  const errors: Errors = {};
  if (!isNew && values.host_id.trim() === '') errors.host_id = 'A host is required.';
  for (const [name, rule] of Object.entries(RULES.fields)) {
    const value = values[name as FieldName];
    const error = value.trim() === '' ? rule.required && required[name as FieldName] : check(value, rule);
    if (error) errors[name] = error;
  }
  return errors;
}

/** What the service found wrong: at its fields, and beside Save what belongs to none. It does not say which of two pictures it means. */
export function errorsOf({ status, message, errors }: Problem, pictures: PictureChanges): { errors: Errors; reason: string | null } {
  const sent = pictureNames.filter((name) => pictures[name].kind === 'replace');
  if ([413, 415, 422, 451].includes(status)) {
    if (sent.length === 1) return { errors: { [sent[0]!]: message }, reason: null };
    if (sent.length === 2) return { errors: {}, reason: `One of the pictures was refused. ${message}` };
  }
  return { errors: Object.fromEntries(Object.entries(errors).map(([name, sentences]) => [name, sentences.join(' ')])), reason: message };
}

function check(value: string, { maxLength, pattern, minimum, maximum }: (typeof RULES.fields)[string]): string | false {
  if (minimum !== undefined) {
    if (!/^-?\d+$/.test(value)) return 'Expected a whole number.';
    const number = Number(value);
    if (maximum !== undefined) return (number < minimum || number > maximum) && `${minimum} to ${maximum}.`;
    if (number > maxInteger) return `At most ${maxInteger} minutes.`;
    return number < minimum && `At least ${minimum} minute.`;
  }
  if (maxLength !== undefined && value.length > maxLength)
    return `At most ${maxLength} characters.${[...value].length > maxLength ? '' : ' Most emoji count as two or more.'}`;
  return pattern !== undefined && !new RegExp(pattern).test(value) && 'Expected a Discord id, a string of digits.';
}
