// One table out of a file people send. The content says what it is; names and media types are only claims.
import type { Sheet } from '../../application/imports/sheet.ts';
import { importLimits, tooLarge, unreadable } from './import-limits.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

export type { Cell, Sheet } from '../../application/imports/sheet.ts';

export interface ReadSheetOptions {
  /** Name of the sheet; without it the first one that is not hidden. */
  readonly sheet?: string;
}

/**
 * Reads a CSV (UTF-8, or UTF-16LE with its mark) or an XLSX. A value merged over rows is repeated down them, and a
 * number shown as a percentage comes as the text people see ('12,5%'), for its number alone would be 0.125.
 */
export const readSheet = async (bytes: Uint8Array, options: ReadSheetOptions = {}): Promise<Sheet> => {
  if (bytes.length > importLimits.file) throw tooLarge('file_size', importLimits.file, { actual: bytes.length });
  if (bytes.length === 0) throw unreadable('empty');
  if (startsWith(bytes, oleMagic)) throw unreadable(isEncryptedPackage(bytes) ? 'encrypted' : 'old_excel');
  if (zipMagics.some((magic) => startsWith(bytes, magic))) return readXlsx(bytes, options.sheet);
  return { format: 'csv', sheet: '', rows: readCsv(bytes) };
};

const zipMagics = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x50, 0x4b, 0x07, 0x08],
];
// Excel 97-2003, and also the wrapper Office puts around a workbook with a password.
const oleMagic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

const isEncryptedPackage = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from('EncryptedPackage', 'utf16le'));
