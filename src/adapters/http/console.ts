// The console: files that were built once (web/, `npm run build`), packed beforehand, and one page for every address
// of its own. It reads no database: what it shows it asks of the API.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Request, type Response, Router } from 'express';

/** First segments of the console's addresses. Whole segments: `/a` must not swallow `/appraisals`. */
export const consolePages = [
  'tasks',
  'my',
  'appraisals',
  'difficulties',
  'periodic',
  'confirm',
  'reports',
  'registrations',
  'workflows',
  'admin',
  'ops',
  'audit',
  'settings',
] as const;

/** Beside the sources `dist/web` of the project, beside the compiled files their neighbour; undefined: not built. */
export const builtConsole = (): string | undefined =>
  ['../../../dist/web', '../../../web']
    .map((folder) => path.join(import.meta.dirname, folder))
    .find((folder) => existsSync(path.join(folder, 'index.html')) && existsSync(path.join(folder, 'assets')));

const forever = 'public, max-age=31536000, immutable';
/**
 * The worker that reads PDF files has a policy of its own: it may ask for its fonts and run its decoders (which are
 * WebAssembly, and not the `eval` of scripts), and nothing else. The pages' policy forbids both kinds.
 */
const pdfWorker = /^assets\/pdf\.worker[\w.-]*\.js$/;
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** @param folder what was built */
export const consoleRouter = (folder: string): Router => {
  // Read once: whatever else may be asked for is not there, and no path of a request touches the disk.
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')),
  );
  const send = (req: Request, res: Response, name: string, caching: string): void => {
    res.setHeader('Cache-Control', caching);
    res.setHeader('Vary', 'Accept-Encoding');
    if (pdfWorker.test(name)) res.setHeader('Content-Security-Policy', workerPolicy);
    const [encoding, ending] =
      encodings.find(([coding, suffix]) => files.has(name + suffix) && req.acceptsEncodings(coding) === coding) ?? [];
    if (encoding !== undefined) res.setHeader('Content-Encoding', encoding);
    res.type(path.extname(name));
    res.sendFile(name + (ending ?? ''), { root: folder, cacheControl: false, lastModified: false });
  };
  const router = Router({ caseSensitive: true });
  router.get('/assets/{*name}', (req, res, next) => {
    const name = req.path.slice(1);
    // An old page asking for a file of an old release gets 404 and not the page, which would parse as nothing.
    if (files.has(name)) send(req, res, name, forever);
    else next();
  });
  for (const name of ['favicon.svg', 'theme.js'])
    router.get(`/${name}`, (req, res) => send(req, res, name, 'no-cache'));
  router.get(['/', ...consolePages.flatMap((page) => [`/${page}`, `/${page}/{*rest}`])], (req, res) =>
    send(req, res, 'index.html', 'no-store'),
  );
  return router;
};
