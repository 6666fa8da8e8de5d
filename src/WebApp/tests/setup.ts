import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { Intersections } from './intersections.ts';

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Intersections);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('scrollTo', () => {});
  let pictures = 0;
  URL.createObjectURL = () => `blob:picture-${++pictures}`;
  URL.revokeObjectURL = () => {};
});

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
  document.documentElement.className = '';
});
