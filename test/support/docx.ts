// What a .docx says, read back from its XML.

import { unzipSync } from 'fflate';

/** By name. */
export const docxParts = (file: Uint8Array): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(unzipSync(new Uint8Array(file))).map(([name, part]) => [name, Buffer.from(part).toString('utf8')]),
  );

const bodyOf = (file: Uint8Array): string => docxParts(file).get('word/document.xml') ?? '';

/** Paragraph by paragraph, cells of tables included, empty ones left out. */
export const linesOf = (xml: string): readonly string[] =>
  xml
    .split(/<\/w:p>/)
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => unescaped(text ?? '')).join(''),
    )
    .filter((line) => line !== '');

export const docxText = (file: Uint8Array): readonly string[] => linesOf(bodyOf(file));

export const docxNotes = (file: Uint8Array): readonly string[] =>
  linesOf(docxParts(file).get('word/footnotes.xml') ?? '').filter((line) => line.trim() !== '');

/** Rows of every table, cell by cell. */
export const docxRows = (file: Uint8Array): readonly (readonly string[])[] =>
  [...bodyOf(file).matchAll(/<w:tr\b.*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => linesOf(cell).join('\n')),
  );

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
