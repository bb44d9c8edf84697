import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    target: 'es2022',
    // Nothing is inlined as data: URLs, so every asset is hashed and cached.
    assetsInlineLimit: 0,
    // The bundled polyfill is for browsers that lack what the target has.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: {
    // The gateway, for everything that is a call and not a page.
    proxy: { '^/jinhuan\\.': 'http://localhost:8080' },
  },
  test: {
    environment: 'jsdom',
    globals: false,
    setupFiles: ['src/test/setup.ts'],
    include: ['{src,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // Of the styles only what a test asks about; the others are left out.
    css: { include: [/styles\/base\.css/] },
  },
});
