import { decode } from './decode';

const side = 32;

const reason =
  'This browser changes the pixels of pictures that it scales, to protect your privacy. Scale this one down in another program.';

/**
 * Checks that this browser writes the pixels that were drawn. Against fingerprinting, some browsers add noise to them or replace them.
 * @throws {Error} The browser changes pixels.
 */
export async function checkCanvas(): Promise<void> {
  const drawn = new ImageData(side, side);
  drawn.data.forEach((_, i) => (drawn.data[i] = i % 4 === 3 ? 255 : (i * 37 + (i >> 6) * 11) & 255));
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext('2d')!.putImageData(drawn, 0, 0);

  const copy = new OffscreenCanvas(side, side).getContext('2d')!;
  copy.drawImage(await decode(await canvas.convertToBlob({ type: 'image/png' })), 0, 0);
  const read = copy.getImageData(0, 0, side, side).data;

  if (drawn.data.some((value, i) => value !== read[i])) throw new Error(reason);
}
