import { act, fireEvent, render, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Source } from '../../src/api/images';
import { boxes } from '../../src/images/boxes';
import { Picture } from '../../src/images/Picture';
import { aVariedSource } from './sources';

const element = (source: Source) => <Picture source={source} alt="A fox" box={boxes.card} />;
const show = (source = aVariedSource()) => render(element(source));
const picture = () => screen.getByRole('img', { name: /^A fox/ });
const appearance = () => picture().parentElement!.dataset.appearance;
const placeholder = () => picture().parentElement!.querySelector('span')?.style.backgroundImage;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('The placeholder is drawn at once, and the picture fades in over it when it is loaded', () => {
  show();
  expect(placeholder()).toMatch(/^url\("?data:image\/png;base64,/);
  expect(appearance()).toBe('hidden');

  vi.advanceTimersByTime(500);
  fireEvent.load(picture());
  expect(appearance()).toBe('fading');
});

test('A picture that arrives as quickly as from the cache does not fade in', () => {
  show();
  vi.advanceTimersByTime(50);
  fireEvent.load(picture());
  expect(appearance()).toBe('atOnce');
});

test('A picture that is in memory is shown in the first frame', () => {
  vi.spyOn(HTMLImageElement.prototype, 'complete', 'get').mockReturnValue(true);
  vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(640);
  show();
  expect(appearance()).toBe('atOnce');
});

test('A picture without a placeholder is never hidden', () => {
  show({ ...aVariedSource(), placeholder: null });
  expect(placeholder()).toBeUndefined();
  expect(appearance()).toBe('atOnce');
});

test('A member who asked for less motion sees no fade', () => {
  expect(readFileSync('src/styles/base.css', 'utf8')).toMatch(/prefers-reduced-motion: reduce\) \{[^}]*transition: none !important/s);
});

test('Variants that are made while the picture is shown do not load it again', () => {
  const { rerender } = show({ ...aVariedSource(), placeholder: null, variants: [] });
  rerender(element(aVariedSource()));
  expect(picture().getAttribute('srcset')).toBeNull();
  expect(placeholder()).toBeUndefined();
});

test('Another image replaces the picture and its placeholder', () => {
  const { rerender } = show();
  fireEvent.load(picture());
  rerender(element({ ...aVariedSource(), url: '/other.jpg' }));
  expect(picture().getAttribute('src')).toBe('/other.jpg');
  expect(appearance()).toBe('hidden');
});

test('A picture that fails is replaced with an icon, and is loaded once more with its variants', () => {
  show();
  fireEvent.error(picture());
  expect(picture()).toMatchObject({ tagName: 'DIV', ariaLabel: 'A fox, not available now' });

  act(() => void vi.advanceTimersByTime(61_000));
  expect(picture().getAttribute('srcset')).toContain('/640.webp 640w');
  expect(appearance()).toBe('hidden');
});
