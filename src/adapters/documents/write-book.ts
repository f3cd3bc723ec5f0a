// A workbook as CSV or XLSX. All texts go through safeText, numbers and days go out as what they are.

import writeXlsx, { type SheetData } from 'write-excel-file/node';
import {
  type Book,
  type BookWriter,
  type Cell,
  dayText,
  type PercentCell,
  type Sheet,
} from '../../application/book.ts';
import { safeText } from './safe-cell.ts';

/** UTF-8 with its mark and ';' between cells, which a Vietnamese Excel opens without being asked; decimals have a comma there. */
export const csvOf = ({ rows }: Pick<Sheet, 'rows'>): string =>
  `\uFEFF${rows.map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`;

const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return `${cell}`.replace('.', ',');
  if (typeof cell === 'string') return quoted(safeText(cell));
  return 'day' in cell ? dayText(cell.day) : cell.percent.toFixed(cell.digits ?? 1).replace('.', ',');
};

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A4 across, in the type of official papers. A line alone in its row, such as a title, runs over the columns beside it. */
export const xlsxOf = async ({ sheets }: Book): Promise<Buffer> =>
  writeXlsx(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      data: dataOf(sheet),
      orientation: 'landscape' as const,
      stickyRowsCount: sheet.heading,
      columns: sheet.widths.map((width) => ({ width })),
      dateFormat: 'dd/mm/yyyy',
    })),
    { fontFamily: 'Times New Roman', fontSize: 12 },
  ).toBuffer();

const dataOf = ({ rows, heading }: Sheet): SheetData =>
  rows.map((row, index) => row.map((cell) => xlsxCell(cell, index < heading, index >= heading || row.length > 1)));

const xlsxCell = (cell: Cell, bold: boolean, wrap: boolean): SheetData[number][number] => {
  if (cell === null) return null;
  if (typeof cell === 'number') return { type: Number, value: cell };
  if (typeof cell === 'string')
    return {
      type: String,
      value: safeText(printable(cell)),
      wrap,
      ...(bold ? { fontWeight: 'bold' as const } : {}),
    };
  if ('day' in cell) return { type: Date, value: new Date(`${cell.day}T00:00:00Z`), format: 'dd/mm/yyyy' };
  return { type: Number, value: cell.percent, format: percentFormat(cell) };
};

const percentFormat = ({ digits = 1 }: PercentCell): string => (digits === 0 ? '0' : `0.${'0'.repeat(digits)}`);

/** XML has no words for these, and Excel refuses a file that has them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point.
const printable = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

export const bookWriter: BookWriter = { csv: csvOf, xlsx: xlsxOf };
