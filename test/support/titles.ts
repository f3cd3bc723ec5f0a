// The titles of all tests, read from their files.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** Items of the security catalogue that parts of the program bring which are still being built. Empty before a release. */
export const pending: readonly string[] = [];

/** Titles of tests by the items they carry: "S12: …", or "S7, S12: …" for more than one. */
export const titlesByItem = (): ReadonlyMap<string, readonly { readonly file: string; readonly title: string }[]> => {
  const found = new Map<string, { file: string; title: string }[]>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  )) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, , title = ''] of text.matchAll(
      /\b(?:it|describe)\(\s*(['"`])((?:S\d+)(?:, S\d+)*: (?:(?!\1)[^\\]|\\.)*)\1/g,
    ))
      for (const item of (title.split(':')[0] ?? '').split(', ')) {
        const titles = found.get(item) ?? [];
        titles.push({ file: path.posix.join('test', ...file.split(path.sep)), title });
        found.set(item, titles);
      }
  }
  return found;
};
