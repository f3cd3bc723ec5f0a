import { createHash } from 'node:crypto';
import type { Book, BookFormat, BookWriter } from '../../application/reports/book.ts';
import { fileHeaders } from './file-headers.ts';
import type { Reply } from './route.ts';

const mediaTypes: Readonly<Record<BookFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The workbook as a file to be saved. @param sheet of a CSV, which holds only one; absent: the first */
export const bookReply = async (writer: BookWriter, book: Book, format: BookFormat, sheet?: string): Promise<Reply> => {
  const bytes = await bytesOf(writer, book, format, sheet);
  const headers = fileHeaders(
    `${book.fileName}.${format}`,
    bytes.length,
    createHash('sha256').update(bytes).digest('hex'),
  );
  const stream = async function* () {
    yield bytes;
  };
  return { status: 200, type: mediaTypes[format], headers, stream: stream() };
};

const bytesOf = async (writer: BookWriter, book: Book, format: BookFormat, name?: string): Promise<Uint8Array> => {
  if (format === 'xlsx') return writer.xlsx(book);
  const sheet = book.sheets.find((each) => each.name === name) ?? book.sheets[0];
  if (!sheet) throw new Error('A workbook has at least one sheet.');
  return Buffer.from(writer.csv(sheet));
};
