import type { Problem } from '../../api/problem';
import { fieldNames, type FieldName, labels, type PictureChanges, pictureNames, type Values } from './fields';

export type Errors = Partial<Record<string, string>>;

const required: Partial<Record<FieldName, string>> = {
  guild_id: 'A guild is required.',
  channel_id: 'A channel is required.',
  title: 'A title is required.',
  scheduled_at: 'A start is required.',
};

// What fits the service's integers.
const maxInteger = 2 ** 31 - 1;

/** Checks what the service would, in its words. */
export function validate(values: Values): Errors {
  const errors: Errors = {};
  for (const name of fieldNames) {
    const [value, rule] = [values[name], RULES.fields[name]];
    const error = rule && (value.trim() === '' ? rule.required && required[name] : check(value, rule));
    if (error) errors[name] = error;
  }
  return errors;
}

/**
 * What the service found wrong: at its fields, and beside Save what belongs to none that the form has. Without naming a field it means a picture, and
 * does not say which of two.
 */
export function errorsOf({ status, message, errors }: Problem, pictures: PictureChanges): { errors: Errors; reason: string | null } {
  const named = Object.entries(errors).map(([name, sentences]): [name: string, text: string] => [name, sentences.join(' ')]);
  if (named.length > 0) {
    const others = named.filter(([name]) => !(name in labels)).map(([, text]) => text);
    return { errors: Object.fromEntries(named), reason: [message, ...others].join(' ') };
  }

  const sent = pictureNames.filter((name) => pictures[name].kind === 'replace');
  if ([413, 415, 422, 451].includes(status)) {
    if (sent.length === 1) return { errors: { [sent[0]!]: message }, reason: null };
    if (sent.length === 2) return { errors: {}, reason: `One of the pictures was refused. ${message}` };
  }
  return { errors: {}, reason: message };
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
