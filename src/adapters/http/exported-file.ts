// What people take away as a file: every export leaves an entry in the audit log before its first byte goes out.

import { createHash } from 'node:crypto';
import { type Deed, entryOf } from '../../application/audit/entry.ts';
import type { Book, BookFormat, BookWriter } from '../../application/book.ts';
import type { AuditLog, Clock } from '../../application/ports.ts';
import { fileHeaders } from './file-headers.ts';
import { nothingYet, type Reply } from './route.ts';

export interface ExportParts {
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export interface BookParts extends ExportParts {
  readonly writer: BookWriter;
}

type Export = Pick<Deed, 'actor' | 'action' | 'object' | 'detail'>;

export type FileFormat = BookFormat | 'docx';

const mediaTypes: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** @param name with its ending */
export const exportedFile = async (
  { audit, clock }: ExportParts,
  deed: Export,
  name: string,
  format: FileFormat,
  bytes: Uint8Array,
): Promise<Reply> => {
  await audit.record(entryOf(clock, { ...deed, detail: { format, ...deed.detail } }));
  const headers = fileHeaders(name, {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const stream = async function* () {
    yield bytes;
  };
  return { status: 200, type: mediaTypes[format], headers, stream: stream() };
};

/** @param sheet of a CSV, which holds only one; absent: the first */
export const exportedBook = async (
  { writer, ...parts }: BookParts,
  deed: Export,
  book: Book,
  format: BookFormat,
  sheet?: string,
): Promise<Reply> => {
  const name = `${book.fileName}.${format}`;
  if (format === 'xlsx') return exportedWorkbook({ writer, ...parts }, deed, book, name);
  const found = book.sheets.find((each) => each.name === sheet) ?? book.sheets[0];
  if (!found) throw new Error('A workbook has at least one sheet.');
  return exportedFile(parts, deed, name, format, Buffer.from(writer.csv(found)));
};

/** A large one takes seconds to make: the answer begins before that, and a download that has begun survives a reload of the page. */
const exportedWorkbook = async (
  { writer, audit, clock }: BookParts,
  deed: Export,
  book: Book,
  name: string,
): Promise<Reply> => {
  await audit.record(entryOf(clock, { ...deed, detail: { format: 'xlsx', ...deed.detail } }));
  const stream = async function* () {
    yield nothingYet;
    yield await writer.xlsx(book);
  };
  return { status: 200, type: mediaTypes.xlsx, headers: fileHeaders(name), stream: stream() };
};
