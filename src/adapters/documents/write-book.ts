// A workbook as CSV or XLSX. All texts go through safeText, numbers and days go out as what they are.

import writeXlsx, { type SheetData } from 'write-excel-file/node';
import {
  type Area,
  type Book,
  type BookWriter,
  type Cell,
  dayText,
  type PercentCell,
  type Printed,
  type Sheet,
} from '../../application/book.ts';
import { safeText } from './safe-cell.ts';
import { sheetSettings, sumOf } from './sheet-settings.ts';

/** UTF-8 with its mark and ';' between cells, which a Vietnamese Excel opens without being asked; decimals have a comma there. */
export const csvOf = ({ rows }: Pick<Sheet, 'rows'>): string =>
  `\uFEFF${rows.map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`;

const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return `${cell}`.replace('.', ',');
  if (typeof cell === 'string') return quoted(safeText(cell));
  if ('day' in cell) return dayText(cell.day);
  return 'percent' in cell ? cell.percent.toFixed(cell.digits ?? 1).replace('.', ',') : `${cell.total}`;
};

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A4 across, one page wide, in the type of official papers. A line alone in its row, such as a title, runs over the columns beside it. */
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
    { fontFamily: 'Times New Roman', fontSize: 12, features: [sheetSettings(sheets)] },
  ).toBuffer();

type XlsxCell = SheetData[number][number];

const dataOf = (sheet: Sheet): SheetData => {
  const { rows, heading, print } = sheet;
  if (print) return printedRows(sheet, print).map((row, index) => highEnough(row, sheet, index));
  return rows.map((row, index) =>
    row.map((cell) => xlsxCell(cell, { bold: index < heading, wrap: index >= heading || row.length > 1 })),
  );
};

/** Titles over the whole width, a head with merged cells, lines around every cell of the table, and notes below it. */
const printedRows = ({ rows, widths }: Sheet, { head: [head, below], merged, strong }: Printed): SheetData =>
  rows.map((row, index): SheetData[number] => {
    const isTitle = index < head;
    const isNote = index >= below && row.length === 1;
    if (isTitle || isNote) {
      const align = isTitle ? ('center' as const) : ('left' as const);
      const style = { wrap: true, align, bold: isTitle && index < 2, italic: index >= 2 };
      const [text = null] = row;
      return [
        { ...(xlsxCell(text, style) ?? { type: String, value: undefined }), columnSpan: widths.length },
        ...Array<null>(widths.length - 1).fill(null),
      ] as SheetData[number];
    }
    const isHead = index < below;
    return widths.map((_, column): XlsxCell => {
      const covered = merged.some((area) => within(area, index, column) && !startsAt(area, index, column));
      if (covered) return null;
      const span = merged.find((area) => startsAt(area, index, column));
      const cell = xlsxCell(row[column] ?? null, {
        wrap: true,
        ruled: true,
        bold: (isHead && index < below - 1) || strong.includes(index),
        ...(isHead ? { align: 'center' as const } : {}),
      });
      return (span ? { ...(cell as object), ...spanOf(span) } : cell) as XlsxCell;
    });
  });

/** Spreadsheets do not agree on whether rows grow with what is in them: points for the lines that the longest cell wants. */
const highEnough = (row: SheetData[number], { rows, widths, print }: Sheet, index: number): SheetData[number] => {
  const cells = rows[index] ?? [];
  const lines = cells.map((cell, column) => {
    if (typeof cell !== 'string') return 1;
    const area = print?.merged.find((each) => startsAt(each, index, column));
    const [first, last] = cells.length === 1 ? [0, widths.length - 1] : (area?.columns ?? [column, column]);
    // Most letters are narrower than the digit that widths are counted in.
    const width = 1.15 * widths.slice(first, last + 1).reduce((sum, each) => sum + each, 0);
    const tall = area ? area.rows[1] - area.rows[0] + 1 : 1;
    return Math.ceil(cell.split('\n').reduce((sum, part) => sum + Math.ceil((part.length + 1) / width), 0) / tall);
  });
  const height = 4 + 16 * Math.max(1, ...lines);
  const carrier = row.findIndex((cell) => cell !== null && cell !== undefined);
  return row.map((cell, column) => (column === carrier ? ({ ...(cell as object), height } as XlsxCell) : cell));
};

const within = ({ rows, columns }: Area, row: number, column: number): boolean =>
  row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
const startsAt = ({ rows, columns }: Area, row: number, column: number): boolean =>
  row === rows[0] && column === columns[0];
const spanOf = ({ rows, columns }: Area) => ({
  rowSpan: rows[1] - rows[0] + 1,
  columnSpan: columns[1] - columns[0] + 1,
});

interface Style {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly wrap?: boolean;
  readonly ruled?: boolean;
  readonly align?: 'left' | 'center';
}

const xlsxCell = (cell: Cell, { bold, italic, wrap, ruled, align }: Style): XlsxCell => {
  const look = {
    ...(bold ? { fontWeight: 'bold' as const } : {}),
    ...(italic ? { fontStyle: 'italic' as const } : {}),
    ...(ruled ? { borderStyle: 'thin' as const, alignVertical: 'center' as const } : {}),
    ...(align ? { align } : {}),
  };
  // An empty cell has lines around it too.
  if (cell === null) return ruled ? ({ type: String, value: undefined, ...look } as unknown as XlsxCell) : null;
  if (typeof cell === 'number') return { type: Number, value: cell, ...look };
  if (typeof cell === 'string') return { type: String, value: safeText(printable(cell)), wrap: wrap === true, ...look };
  if ('day' in cell) return { type: Date, value: new Date(`${cell.day}T00:00:00Z`), format: 'dd/mm/yyyy', ...look };
  if ('percent' in cell) return { type: Number, value: cell.percent, format: percentFormat(cell), ...look };
  return { type: 'Formula', value: sumOf(cell), ...look };
};

const percentFormat = ({ digits = 1 }: PercentCell): string => (digits === 0 ? '0' : `0.${'0'.repeat(digits)}`);

/** XML has no words for these, and Excel refuses a file that has them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point.
const printable = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

export const bookWriter: BookWriter = { csv: csvOf, xlsx: xlsxOf };
