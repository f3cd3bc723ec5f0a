// The console: built to static files which the API serves. Target: the last browsers of Windows 7 and 8.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const target = ['chrome109', 'firefox115', 'safari16.4'];
const outDir = path.join(import.meta.dirname, '../dist/web');

/** What the viewer of PDF files asks for by name: fonts and character maps for files that do not bring theirs, decoders. */
const pdfData = (): Plugin => ({
  name: 'pdf-data',
  apply: 'build',
  generateBundle() {
    const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    const home = `assets/pdfjs-${version}`;
    this.emitFile({ type: 'asset', fileName: `${home}/LICENSE`, source: readFileSync(path.join(folder, 'LICENSE')) });
    // Without WebAssembly, which all browsers we build for have, one decoder would be a script.
    for (const kind of ['cmaps', 'standard_fonts', 'wasm'])
      for (const name of readdirSync(path.join(folder, kind)))
        if (!name.endsWith('.js'))
          this.emitFile({
            type: 'asset',
            fileName: `${home}/${kind}/${name}`,
            source: readFileSync(path.join(folder, kind, name)),
          });
  },
});

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
        // The last two steps take half a minute for the reader of PDF files, and save it a tenth.
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 600_000 ? 9 : 11 } }),
      );
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), pdfData(), packed()],
  worker: { format: 'es' },
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
