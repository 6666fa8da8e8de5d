import { expect, test } from 'vitest';
import { plainSource } from '../../src/api/images';
import { boxes, boxWithin } from '../../src/images/boxes';
import { sourceAttributes } from '../../src/images/sourceAttributes';
import { aVariedSource } from './sources';

test('The browser chooses between the variants and the original', () => {
  const { src, srcSet } = sourceAttributes(aVariedSource(800, 600), boxes.library);
  expect(src).toBe('/api/v1/public/images/a.jpg');
  expect(srcSet).toBe(
    '/api/v1/public/images/a/160.webp 160w, /api/v1/public/images/a/320.webp 320w, ' +
      '/api/v1/public/images/a/640.webp 640w, /api/v1/public/images/a.jpg 800w',
  );
});

test('An image without variants, or of unknown size, has only its URL', () => {
  expect(sourceAttributes(aVariedSource(100, 75), boxes.card)).toEqual({ src: '/api/v1/public/images/a.jpg' });
  expect(sourceAttributes({ ...aVariedSource(), width: null }, boxes.card)).toEqual({ src: '/api/v1/public/images/a.jpg' });
  expect(sourceAttributes(plainSource('blob:1'), boxes.card)).toEqual({ src: 'blob:1' });
});

test.each([
  ['as wide as its box', aVariedSource(1600, 640), boxes.formBanner, 'calc(1 * 28rem)'],
  ['cut off at its sides', aVariedSource(1600, 400), boxes.formBanner, 'calc(1.6 * 28rem)'],
  ['cut off above and below', aVariedSource(1000, 1000), boxes.formBanner, 'calc(1 * 28rem)'],
  ['narrower than its box', aVariedSource(600, 900), boxes.library, 'calc(0.5 * 12rem)'],
])('The size of a picture that is %s is stated', (_, source, box, sizes) => {
  expect(sourceAttributes(source, box).sizes).toBe(sizes);
});

test('A card loads about 1.5 pixels for each CSS pixel on sharper screens', () => {
  expect(sourceAttributes(aVariedSource(), boxes.card).sizes!.split(', ')).toEqual([
    '(min-resolution: 2.5dppx) and (max-width: 36.4rem) calc(0.5 * 92vw)',
    '(min-resolution: 2.5dppx) and (max-width: 55.4rem) calc(0.5 * 46vw)',
    '(min-resolution: 2.5dppx) and (max-width: 73.4rem) calc(0.5 * 31vw)',
    '(min-resolution: 2.5dppx) calc(0.5 * 18.5rem)',
    '(min-resolution: 1.6dppx) and (max-width: 36.4rem) calc(0.75 * 92vw)',
    '(min-resolution: 1.6dppx) and (max-width: 55.4rem) calc(0.75 * 46vw)',
    '(min-resolution: 1.6dppx) and (max-width: 73.4rem) calc(0.75 * 31vw)',
    '(min-resolution: 1.6dppx) calc(0.75 * 18.5rem)',
    '(max-width: 36.4rem) calc(1 * 92vw)',
    '(max-width: 55.4rem) calc(1 * 46vw)',
    '(max-width: 73.4rem) calc(1 * 31vw)',
    'calc(1 * 18.5rem)',
  ]);
});

test.each([
  ['wide', 800, 200, { width: 400, height: 100 }],
  ['high', 300, 600, { width: 150, height: 300 }],
  ['small', 20, 10, { width: 20, height: 10 }],
])('The box of a %s picture has its proportions', (_, width, height, box) => {
  expect(boxWithin(aVariedSource(width, height), 400, 300)).toEqual({ ...box, fit: 'natural', widths: [['', `${box.width}px`]] });
});

test('The box of a picture whose size is unknown takes its size from the picture', () => {
  expect(boxWithin(plainSource('blob:1'), 400, 300)).toEqual({ fit: 'natural', widths: [['', '400px']] });
});
