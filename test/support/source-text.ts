// The program's own source as tests of the source read it: files, and the literals in them.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly name: string;
  readonly text: string;
}

export const sourceFiles = (...folders: readonly string[]): readonly SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.posix.join(folder, ...name.split(path.sep)))
      .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') })),
  );

export interface Literals {
  /** Regular expressions as they are written. */
  readonly patterns: readonly { readonly source: string; readonly flags: string }[];
  /** Template texts, each with what is put into it. */
  readonly templates: readonly { readonly text: string; readonly inserted: readonly string[]; readonly line: number }[];
  /** The code with comments left out and the contents of plain texts emptied. */
  readonly code: string;
}

/** Reads TypeScript as far as literals go: comments, texts, templates and regular expressions. */
export const literalsOf = (text: string): Literals => {
  const patterns: { source: string; flags: string }[] = [];
  const templates: { text: string; inserted: string[]; line: number }[] = [];
  let code = '';

  const readCode = (from: number, until: string | undefined): number => {
    let at = from;
    let depth = 0;
    while (at < text.length) {
      const here = text[at] as string;
      if (here === until && depth === 0) return at;
      if (text.startsWith('//', at)) at = endOf('\n', at);
      else if (text.startsWith('/*', at)) at = endOf('*/', at) + 2;
      else if (here === "'" || here === '"') at = readText(at);
      else if (here === '`') at = readTemplate(at);
      else if (here === '/' && beginsPattern()) at = readPattern(at);
      else {
        if (here === '{') depth += 1;
        if (here === '}') depth -= 1;
        code += here;
        at += 1;
      }
    }
    return at;
  };
  const endOf = (mark: string, from: number): number => {
    const found = text.indexOf(mark, from + 2);
    return found === -1 ? text.length : found;
  };
  const readText = (from: number): number => {
    const quote = text[from];
    let at = from + 1;
    while (text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
    code += `${quote}${quote}`;
    return at + 1;
  };
  const readTemplate = (from: number): number => {
    const found = { text: '', inserted: [] as string[], line: text.slice(0, from).split('\n').length };
    templates.push(found);
    let at = from + 1;
    code += '`';
    while (text[at] !== '`') {
      if (text[at] === '\\') {
        found.text += text.slice(at, at + 2);
        at += 2;
      } else if (text.startsWith('${', at)) {
        const end = readCode(at + 2, '}');
        found.inserted.push(text.slice(at + 2, end).trim());
        found.text += '\u0000';
        at = end + 1;
      } else {
        found.text += text[at];
        at += 1;
      }
    }
    code += '`';
    return at + 1;
  };
  /** A slash is a division after a value, and begins a pattern anywhere else. */
  const beginsPattern = (): boolean =>
    !/[\w)\]}'"`]$/.test(code.trimEnd()) || /\b(return|typeof|case|of|in)$/.test(code.trimEnd());
  const readPattern = (from: number): number => {
    let at = from + 1;
    let inClass = false;
    while (text[at] !== '/' || inClass) {
      if (text[at] === '[') inClass = true;
      if (text[at] === ']') inClass = false;
      at += text[at] === '\\' ? 2 : 1;
    }
    const flags = /^[a-z]*/.exec(text.slice(at + 1))?.[0] ?? '';
    patterns.push({ source: text.slice(from + 1, at), flags });
    code += '0';
    return at + 1 + flags.length;
  };

  readCode(0, undefined);
  return { patterns, templates, code };
};
