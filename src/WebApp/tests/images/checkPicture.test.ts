import { expect, test } from 'vitest';
import { checkPicture } from '../../src/images/checkPicture';
import { apng, extendedWebP, gif, jpeg, png, text } from './pictures';

test.each([
  ['a PNG', png(800, 200), { type: 'image/png', width: 800, height: 200, animated: false }],
  ['a JPEG', jpeg(800, 200), { type: 'image/jpeg', width: 800, height: 200, animated: false }],
  ['a GIF', gif(800, 200), { type: 'image/gif', width: 800, height: 200, animated: true }],
  ['a WebP', extendedWebP(800, 200, 0), { type: 'image/webp', width: 800, height: 200, animated: false }],
  ['an APNG', apng(800, 200), { type: 'image/png', width: 800, height: 200, animated: true }],
  ['an animated WebP', extendedWebP(800, 200, 2), { type: 'image/webp', width: 800, height: 200, animated: true }],
])('%s is recognized by its bytes', async (_, file, facts) => {
  expect(await checkPicture(file)).toEqual({ kind: 'good', facts });
});

const unsupported = 'This file is not a PNG, JPEG, GIF or WebP picture.';

test.each([
  ['Nothing', text('empty.png', ''), 'This file is empty.'],
  ['HTML in a .png', text('page.png', '<!DOCTYPE html><p>'), `${unsupported} It is a web page, although its name says otherwise.`],
  ['HEIC', text('photo.heic', '\0\0\0\x18ftypheic\0\0\0\0'), `${unsupported} It is a HEIC picture. Save it as JPEG first.`],
  ['AVIF', text('photo.avif', '\0\0\0\x18ftypavif\0\0\0\0'), `${unsupported} It is an AVIF picture. Save it as PNG or WebP first.`],
  ['SVG', text('logo.svg', '<svg xmlns="…">'), `${unsupported} It is an SVG drawing. Save it as PNG first.`],
  ['A text', text('notes.jpg', 'notes'), unsupported],
])('%s is refused with a hint', async (_, file, reason) => {
  expect(await checkPicture(file)).toEqual({ kind: 'refused', reason });
});

test('A still picture with a side over the limit can be scaled down', async () => {
  expect(await checkPicture(png(4096, 4096))).toMatchObject({ kind: 'good' });
  expect(await checkPicture(png(4097, 10))).toMatchObject({
    kind: 'large',
    reason: 'The picture is 4097 × 10 pixels. Each side may have at most 4096.',
  });
});

test('A still picture with too many bytes can be scaled down', async () => {
  const filler = (bytes: number) => new File([png(10, 10), new Uint8Array(bytes)], 'long.png');
  const header = png(10, 10).size;
  const limit = 5 * 1024 * 1024;
  const reason = 'A picture may have at most 5.0 MiB.';
  expect(await checkPicture(filler(limit - header))).toMatchObject({ kind: 'good' });
  expect(await checkPicture(filler(limit - header + 1))).toMatchObject({ kind: 'large', reason });
});

test.each([
  ['A GIF', gif(5000, 10), 'A GIF cannot be scaled down here. Choose a smaller one.'],
  ['An APNG', apng(5000, 10), 'An animation cannot be scaled down here. Choose a smaller one.'],
  ['An animated WebP', extendedWebP(5000, 10, 2), 'An animation cannot be scaled down here. Choose a smaller one.'],
])('%s cannot be scaled down', async (_, file, reason) => {
  expect(await checkPicture(file)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
});

test('A truncated header is left to the service to reject', async () => {
  expect(await checkPicture(text('short.jpg', '\xff\xd8\xff'))).toMatchObject({ kind: 'good', facts: { width: 0 } });
  expect(await checkPicture(text('short.gif', 'GIF89a'))).toMatchObject({ kind: 'good', facts: { width: 0 } });
});
