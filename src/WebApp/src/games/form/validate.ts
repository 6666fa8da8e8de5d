import type { Problem } from '../../api/problem';
import { idFields, pictureNames } from '../pictures';
import { fieldNames, type FieldName, labels, type Values } from './fields';
import type { PictureChanges } from './pictureChanges';

export type Errors = Partial<Record<string, string>>;

const required: Partial<Record<FieldName, string>> = {
  guild_id: 'A guild is required.',
  channel_id: 'A channel is required.',
  title: 'A title is required.',
  scheduled_at: 'A start is required.',
};

const missingPicture = 'This picture was deleted in the meantime. Choose another one, or remove it.';
const missingUpload = 'GameImages no longer has this picture. Save again to upload it once more, or choose another one.';

// The largest integer of the service.
const maxInteger = 2 ** 31 - 1;

// Emoji of several code points have a skin color, a joiner, the shape of an emoji, regional letters (flags) or the end of a tag (flags).
const severalCodePoints = /\p{Emoji_Modifier}|\u200D|\uFE0F|\p{Regional_Indicator}|\u{E007F}/u;

/** Checks what the service checks, so that the member sees mistakes before anything is sent. */
export function validate(values: Values): Errors {
  const errors: Errors = {};
  for (const name of fieldNames) {
    const value = values[name];
    const rule = RULES.fields[name];
    if (!rule) continue;
    const error = value.trim() === '' ? rule.required && required[name] : check(value, rule);
    if (error) errors[name] = error;
  }
  return errors;
}

/** Assigns the errors of the service to the fields of the form. The reason, which is shown beside Save, has the other errors. */
export function errorsOf({ status, message, errors }: Problem, pictures: PictureChanges): { errors: Errors; reason: string } {
  const named = Object.entries(errors).map(([name, sentences]): [name: string, text: string] => {
    const picture = status === 422 && pictureNames.find((one) => idFields[one] === name);
    if (!picture) return [name, sentences.join(' ')];
    return [picture, pictures[picture].kind === 'upload' ? missingUpload : missingPicture];
  });
  const others = named.filter(([name]) => !(name in labels)).map(([, text]) => text);
  return { errors: Object.fromEntries(named), reason: [message, ...others].join(' ') };
}

function check(value: string, { maxLength, pattern, minimum, maximum }: (typeof RULES.fields)[string]): string | false {
  if (minimum !== undefined) {
    if (!/^-?\d+$/.test(value)) return 'Enter a whole number.';
    const number = Number(value);
    if (maximum !== undefined) return (number < minimum || number > maximum) && `Enter a number from ${minimum} to ${maximum}.`;
    if (number > maxInteger) return `Enter at most ${maxInteger} minutes.`;
    return number < minimum && `Enter at least ${minimum} minute.`;
  }
  const tooLong = maxLength !== undefined && lengthError(value, maxLength);
  if (tooLong) return tooLong;
  return pattern !== undefined && !new RegExp(pattern).test(value) && 'Enter a Discord ID. It has digits only.';
}

/** @returns undefined when the text is short enough. */
export function lengthError(value: string, maxLength: number): string | undefined {
  // The service counts code points too.
  if ([...value].length <= maxLength) return undefined;
  return `Enter at most ${maxLength} characters.${severalCodePoints.test(value) ? ' Some emoji count as two or more.' : ''}`;
}
