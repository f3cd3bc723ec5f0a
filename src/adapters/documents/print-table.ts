// A printed table as a file: CSV as Vietnamese Excel opens it (UTF-8 with a mark, semicolons), or a workbook.

import writeXlsx, { type SheetData } from 'write-excel-file/node';
import type { PrintedTable } from '../../application/registrations/annex-table.ts';
import { safeText } from './safe-cell.ts';

export const tableFormats = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

export interface TableFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export const printTable = async (table: PrintedTable, format: TableFormat): Promise<TableFile> =>
  format === 'csv'
    ? { name: `${table.name}.csv`, type: 'text/csv; charset=utf-8', bytes: Buffer.from(csvOf(table)) }
    : {
        name: `${table.name}.xlsx`,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await workbookOf(table),
      };

const columnNumbers = ({ header }: PrintedTable): readonly string[] => header.map((_, index) => `(${index + 1})`);

const csvOf = (table: PrintedTable): string => {
  const { titles, header, rows, notes } = table;
  const lines = [
    ...titles.map((text) => [text]),
    header,
    columnNumbers(table),
    ...rows,
    ...notes.map((text) => [text]),
  ];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(';')).join('\r\n')}\r\n`;
};

const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  // A decimal point would be read as a date or a text where the comma is the decimal mark.
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = safeText(value);
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const workbookOf = (table: PrintedTable): Promise<Buffer> => {
  const { titles, header, rows, notes } = table;
  const wide = (text: string, bold: boolean) => [
    { value: safeText(text), type: String, columnSpan: header.length, wrap: true, ...(bold ? bolder : {}) },
    ...Array<null>(header.length - 1).fill(null),
  ];
  const data = [
    ...titles.map((text, index) => wide(text, index < 2)),
    header.map((text) => ({ value: safeText(text), type: String, ...bolder, ...ruled, align: 'center' as const })),
    columnNumbers(table).map((text) => ({ value: text, type: String, ...ruled, align: 'center' as const })),
    ...rows.map((line) => line.map(cellOf)),
    ...notes.map((text) => wide(text, false)),
  ];
  const columns = [8, 60, 10, 14, 26, 14, 20, 36, 36, 36].map((width) => ({ width }));
  return writeXlsx(
    data as SheetData,
    { sheet: 'PL IV', columns, orientation: 'landscape', stickyRowsCount: titles.length + 2 },
    { fontFamily: 'Times New Roman', fontSize: 12 },
  ).toBuffer();
};

const bolder = { fontWeight: 'bold' } as const;
const ruled = { borderStyle: 'thin', wrap: true, alignVertical: 'top' } as const;

const cellOf = (value: string | number | null) =>
  typeof value === 'number'
    ? { value, type: Number, ...ruled }
    : { value: value === null ? undefined : safeText(value), type: String, ...ruled };
