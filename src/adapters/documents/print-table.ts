// A table with rules and lines around it, as it goes to the printer: a workbook, or its words as CSV.

import writeXlsx, { type SheetData } from 'write-excel-file/node';
import type { BookFormat, Cell } from '../../application/book.ts';
import type { PrintedTable } from '../../application/registrations/annex-table.ts';
import { safeText } from './safe-cell.ts';
import { csvOf } from './write-book.ts';

export const printTable = async (table: PrintedTable, format: BookFormat): Promise<Uint8Array> =>
  format === 'csv' ? Buffer.from(csvOf({ rows: linesOf(table) })) : workbookOf(table);

const columnNumbers = ({ header }: PrintedTable): readonly string[] => header.map((_, index) => `(${index + 1})`);

const linesOf = (table: PrintedTable): readonly (readonly Cell[])[] => [
  ...table.titles.map((text) => [text]),
  table.header,
  columnNumbers(table),
  ...table.rows,
  ...table.notes.map((text) => [text]),
];

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
