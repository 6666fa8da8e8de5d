import { pictureNames } from '../pictures';
import { changedFields, pick, type Values } from './fields';
import type { PictureChanges } from './pictureChanges';

/** The texts and pictures in the form. */
export interface Contents {
  values: Values;
  pictures: PictureChanges;
}

/** The fields and pictures that the member changed after the form was sent. */
export function changesSince(sent: Contents, now: Contents) {
  const pictures = pictureNames.filter((name) => now.pictures[name] !== sent.pictures[name]);
  return {
    values: pick(now.values, changedFields(sent.values, now.values)),
    pictures: Object.fromEntries(pictures.map((name) => [name, now.pictures[name]])) as Partial<PictureChanges>,
  };
}
