// A table as a file: CSV as Vietnamese Excel opens it (UTF-8 with BOM, semicolons), or a workbook with real numbers and days.

import writeXlsx, { type SheetData } from 'write-excel-file/node';
import type { Sheet, SheetCell } from '../../domain/reporting/sheet.ts';
import { safeText } from './safe-cell.ts';

export const sheetFormats = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

export const writeSheet = async (sheet: Sheet, format: SheetFormat): Promise<Uint8Array> =>
  format === 'csv' ? csvOf(sheet) : new Uint8Array(await xlsxOf(sheet));

const csvOf = ({ title, note, columns, rows }: Sheet): Uint8Array =>
  new TextEncoder().encode(
    `\uFEFF${[[title], [note], columns, ...rows].map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`,
  );

const csvCell = (cell: SheetCell): string => {
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? safeText(cell) : cell.day.split('-').reverse().join('/');
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const xlsxOf = ({ name, title, note, columns, rows }: Sheet): Promise<Buffer> => {
  const data: SheetData = [
    [{ ...textCell(title), fontWeight: 'bold' }],
    [{ ...textCell(note), fontStyle: 'italic' }],
    columns.map((column) => ({ ...textCell(column), fontWeight: 'bold' as const, wrap: true })),
    ...rows.map((row) => row.map(xlsxCell)),
  ];
  return writeXlsx(data, {
    sheet: name,
    orientation: 'landscape',
    stickyRowsCount: 3,
    columns: columns.map((column) => ({ width: Math.max(12, column.length + 4) })),
  }).toBuffer();
};

const textCell = (value: string) => ({ type: String, value: safeText(value) });

const xlsxCell = (cell: SheetCell) => {
  if (typeof cell === 'number') return { type: Number, value: cell };
  if (typeof cell === 'string') return cell === '' ? null : textCell(cell);
  return { type: Date, value: new Date(`${cell.day}T00:00:00Z`), format: 'dd/mm/yyyy' };
};
