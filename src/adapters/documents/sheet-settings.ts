// What a sheet needs beyond its cells: one page wide on paper, the head of its table on every page, and the figures of its sums, so
// that whoever does not compute shows them too.

import type { Area, Sheet, Total } from '../../application/book.ts';

/** Formulas are made here, of places alone: no text of anybody comes into one. */
export const sumOf = ({ of }: Total): string => `SUM(${of.map(areaName).join(',')})`;

const areaName = ({ rows: [top, bottom], columns: [left, right] }: Area): string => {
  const first = placeName(top, left);
  const last = placeName(bottom, right);
  return first === last ? first : `${first}:${last}`;
};

/** C7; row and column from 0. */
export const placeName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

const columnName = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : columnName(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

type Attributes = Record<string, string | number>;

/** A feature in the sense of write-excel-file: what is changed of the parts it has written. */
export const sheetSettings = (sheets: readonly Sheet[]) => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transformElementAttributes: (tag: string, attributes: Attributes): Attributes =>
          tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes,
        transform: (xml: string, _options: unknown, { sheetIndex }: { readonly sheetIndex: number }): string =>
          withTotals(xml.replace(/(<worksheet\b[^>]*>)/, `$1${fitted}`), sheets[sheetIndex]?.rows ?? []),
      },
      'xl/workbook.xml': {
        transform: (xml: string): string =>
          xml.replace('<definedNames/>', `<definedNames>${sheets.map(repeatedRows).join('')}</definedNames>`),
      },
    },
  },
});

const fitted = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';

const withTotals = (xml: string, rows: Sheet['rows']): string => {
  const totals = new Map<string, number>();
  for (const [row, cells] of rows.entries())
    for (const [column, cell] of cells.entries())
      if (cell !== null && typeof cell === 'object' && 'total' in cell) totals.set(placeName(row, column), cell.total);
  if (totals.size === 0) return xml;
  return xml.replace(/(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*<\/f>)/g, (cell, start: string, name: string) =>
    totals.has(name) ? `${start}<v>${totals.get(name)}</v>` : cell,
  );
};

const repeatedRows = ({ name, heading, print }: Sheet, index: number): string => {
  const [first, below] = print?.head ?? [heading - 1, heading];
  const quoted = `'${name.replaceAll("'", "''")}'`.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${quoted}!$${first + 1}:$${below}</definedName>`;
};
