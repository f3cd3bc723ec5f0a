import { CsvError, parse } from 'csv-parse/sync';
import type { Cell } from '../../application/imports/sheet.ts';
import { importLimits, tooLarge, unreadable } from './import-limits.ts';

export const readCsv = (bytes: Uint8Array): readonly (readonly Cell[])[] => {
  const text = decode(bytes);
  if (text.trim() === '') throw unreadable('empty');
  // Old systems export an HTML table and call it .xls.
  if (/^\s*<(?:!doctype|html|table|\?xml|meta|style|div)/iu.test(text)) throw unreadable('markup');
  const hint = /^sep=(.)(?:\r\n|\n|\r)/u.exec(text);
  const body = hint === null ? text : text.slice(hint[0].length);
  return records(body, hint?.[1] ?? detectSeparator(body));
};

// windows-1258 and the older Vietnamese encodings are never guessed: a wrong guess gives plausible wrong names.
const decode = (bytes: Uint8Array): string => {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  let text: string;
  try {
    text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(isUtf16 ? 'not_utf16' : 'not_utf8');
  }
  if (text.includes('\0')) throw unreadable('not_text');
  return text;
};

const records = (text: string, delimiter: string): readonly (readonly Cell[])[] => {
  const rows: Cell[][] = [];
  checkSize(text, delimiter);
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (record: readonly string[]) => {
        rows.push(record.map((value) => (value === '' ? null : value)));
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable('csv_quotes', { row: rows.length + 1 });
  }
  return rows;
};

/** Before parsing: csv-parse (7.0.3) bounds neither the columns of a row nor what stands in quotes. */
const checkSize = (text: string, separator: string): void => {
  let rows = 0;
  let cells = 0;
  walk(text, separator, (columns, length) => {
    rows += 1;
    cells += columns;
    if (rows > importLimits.rows) throw tooLarge('rows', importLimits.rows);
    if (columns > importLimits.columns) throw tooLarge('columns', importLimits.columns, { row: rows });
    if (length > importLimits.rowLength) throw tooLarge('row_length', importLimits.rowLength, { row: rows });
    if (cells > importLimits.cells) throw tooLarge('cells', importLimits.cells);
  });
};

const separators = [';', ',', '\t'];

/** The separator that cuts most of the first rows into the same number of columns, the more columns the better. */
const detectSeparator = (text: string): string => {
  const sample = text.slice(0, 64 * 1024);
  const scores = separators.map((separator) => ({ separator, score: regularity(sample, separator) }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).separator;
};

const regularity = (text: string, separator: string): number => {
  const rowsOf = new Map<number, number>();
  walk(text, separator, (columns) => {
    if (columns > 1) rowsOf.set(columns, (rowsOf.get(columns) ?? 0) + 1);
  });
  return Math.max(0, ...[...rowsOf].map(([columns, rows]) => columns * rows));
};

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Counts the columns and characters of every row, keeping none of them. */
const walk = (text: string, separator: string, visit: (columns: number, length: number) => void): void => {
  const separatorCode = separator.charCodeAt(0);
  let start = 0;
  let columns = 1;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (code === separatorCode) columns += 1;
    else if (code === lineFeed || code === carriageReturn) {
      visit(columns, at - start);
      if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) at += 1;
      start = at + 1;
      columns = 1;
    }
  }
  if (start < text.length) visit(columns, text.length - start);
};
