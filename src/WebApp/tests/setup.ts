import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { waits } from '../src/api/repeat.ts';
import { Intersections } from './intersections.ts';

// The form is loaded on demand, which takes long on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// Browsers have this method, and jsdom does not.
Blob.prototype.arrayBuffer ??= function (this: Blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(this);
  });
};

beforeEach(() => {
  // Requests are repeated at once.
  waits.fill(0);
  vi.stubGlobal('CSS', { escape: (name: string) => name.replaceAll(/[^\w-]/g, '\\$&') });
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
  delete window.earlyResponses;
  document.documentElement.className = '';
});
