import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console as static files in `dist`, which `portolan serve` hands out. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // No inline scripts, no data: URLs for scripts or fonts: the server's content security policy allows none.
  build: { outDir: 'dist', emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0, target: 'es2023', chunkSizeWarningLimit: 1000 },
});
