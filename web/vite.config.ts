// The console: built to static files which the API serves. Target: the last browsers of Windows 7 and 8.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const target = ['chrome109', 'firefox115', 'safari16.4'];
const outDir = path.join(import.meta.dirname, '../dist/web');

/** Packed once here, not with every answer; the server picks what the browser understands. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|svg|html)$/.test(name)) continue;
      const file = path.join(outDir, name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      writeFileSync(
        `${file}.br`,
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
      );
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), packed()],
  build: {
    outDir,
    emptyOutDir: true,
    target,
    cssTarget: target,
    // Fonts stay files of their own: inlined they would be fetched again with every change of the style sheet.
    assetsInlineLimit: 0,
    // One list of pages, one chunk a page; the preload helper would fetch the style sheet of the page twice.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
