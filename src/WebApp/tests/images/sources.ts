import { rgbaToThumbHash } from 'thumbhash';
import type { Source } from '../../src/api/images';

const pixels = Array.from({ length: 16 * 12 }, (_, n) => [n, 255 - n, 90, 255]).flat();

/** The placeholder of a small picture, in Base64. */
export const placeholder = btoa(String.fromCharCode(...rgbaToThumbHash(16, 12, pixels)));

/** An image that the worker has seen, with a variant for each width that is smaller. */
export const aVariedSource = (width = 1600, height = 1200, url = '/api/v1/public/images/a'): Source => ({
  url: `${url}.jpg`,
  width,
  height,
  placeholder,
  variants: [160, 320, 640, 1280]
    .filter((smaller) => smaller < width)
    .map((smaller) => ({ width: smaller, height: Math.round((height * smaller) / width), url: `${url}/${smaller}.webp` })),
});
