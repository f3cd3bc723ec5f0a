// Lists as files. Texts go through safeText, numbers as numbers, days as days.

import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { FileTable } from '../../application/following/urging-sheet.ts';
import { safeText } from './safe-cell.ts';

/** UTF-8 with its mark, and semicolons: what a Vietnamese Excel opens by itself. */
export const csvOf = ({ title, note, columns, rows }: FileTable): Buffer => {
  const line = (cells: readonly string[]): string => cells.map(quoted).join(';');
  const lines = [
    line([safeText(title)]),
    line([safeText(note)]),
    line(columns.map((column) => column.title)),
    ...rows.map((row) => line(row.map((value) => (typeof value === 'number' ? String(value) : safeText(value ?? ''))))),
  ];
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
};

const quoted = (cell: string): string => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const xlsxOf = ({ name, title, note, columns, rows }: FileTable): Promise<Buffer> => {
  const bold = { fontWeight: 'bold', wrap: true } as const;
  const data: SheetData = [
    [{ type: String, value: safeText(title), fontWeight: 'bold' }],
    [{ type: String, value: safeText(note) }],
    columns.map((column) => ({ type: String, value: column.title, ...bold })),
    ...rows.map((row) =>
      row.map((value, index) => {
        if (value === null) return null;
        if (typeof value === 'number') return { type: Number, value };
        return columns[index]?.kind === 'day'
          ? { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'dd/mm/yyyy' }
          : { type: String, value: safeText(value), wrap: true };
      }),
    ),
  ];
  return writeExcelFile(
    data,
    {
      sheet: name,
      orientation: 'landscape',
      stickyRowsCount: 3,
      columns: columns.map(({ width }) => ({ width })),
    },
    { fontFamily: 'Times New Roman', fontSize: 12 },
  ).toBuffer();
};
