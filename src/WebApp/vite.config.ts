import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compress } from './compress.ts';
import { readRules } from './rules.ts';
import { mockService } from './tests/mockService.ts';

const service = 'http://127.0.0.1:8080';

// With --mode mock, the pages work without the service.
export default defineConfig(({ mode }) => ({
  plugins: [react(), compress(), mode === 'mock' && mockService()],
  define: { RULES: JSON.stringify(readRules()) },
  server: { proxy: { '^/(api|sign-in|sign-out)([/?]|$)': service } },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The Content-Security-Policy allows no inline script or style, and data: URLs for pictures only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    setupFiles: './tests/setup.ts',
    css: { modules: { classNameStrategy: 'non-scoped' } },
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
}));
