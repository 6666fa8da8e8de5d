import type { LibraryImage } from '../api/images';
import { count } from '../api/quota';
import { byteSize, pixelSize } from './size';

/** "JPEG, 800 × 200 pixels, 1.8 MiB" */
export const describeImage = ({ mime_type, width, height, byte_length }: LibraryImage) =>
  `${mime_type.replace('image/', '').toUpperCase()}, ${pixelSize(width, height)}${byteSize(byte_length)}`;

/** "in 2 games" */
export function describeUse({ games }: LibraryImage): string {
  if (games === 0) return 'not used yet';
  return games === 1 ? 'in 1 game' : `in ${count(games)} games`;
}
