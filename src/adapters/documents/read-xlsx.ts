import { strToU8, zipSync } from 'fflate';
import { readSheet as readCells } from 'read-excel-file/universal';
import type { Cell, Sheet } from '../../application/imports/sheet.ts';
import { openArchive } from './archive.ts';
import { importLimits, tooLarge, unreadable } from './import-limits.ts';
import {
  type Place,
  readPercentStyles,
  readRelations,
  readShape,
  readWorkbook,
  type SheetEntry,
  type SheetShape,
} from './workbook-xml.ts';

export const readXlsx = async (bytes: Uint8Array, wanted?: string): Promise<Sheet> => {
  const part = await openArchive(bytes);
  const workbook = await part('xl/workbook.xml');
  const relationsPart = await part('xl/_rels/workbook.xml.rels');
  if (!workbook || !relationsPart) throw unreadable('not_a_workbook');
  const { sheets, from1904 } = readWorkbook(workbook);
  const relations = readRelations(relationsPart);
  const chosen = choose(sheets, wanted);
  const pathOf = (kind: string, id?: string) =>
    relations.find((relation) => relation.kind === kind && (id === undefined || relation.id === id))?.path ?? '';
  const sheet = await part(pathOf('worksheet', chosen.relation));
  if (!sheet) throw unreadable('damaged', { detail: `the sheet '${chosen.name}' is not in the file` });
  const styles = await part(pathOf('styles') || 'xl/styles.xml');
  const sharedStrings = await part(pathOf('sharedStrings') || 'xl/sharedStrings.xml');
  const shape = readShape(sheet, styles ? readPercentStyles(styles) : new Set());
  const rows = await cellsOf({ sheet, styles, sharedStrings, from1904 });
  showPercentages(rows, shape.percentCells);
  repeatMerged(rows, shape.merged);
  return { format: 'xlsx', sheet: chosen.name, rows };
};

const choose = (sheets: readonly SheetEntry[], wanted: string | undefined): SheetEntry => {
  const chosen =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : sheets.find(({ name }) => name.normalize('NFC') === wanted.normalize('NFC'));
  if (chosen) return chosen;
  if (wanted === undefined) throw unreadable('not_a_workbook');
  throw unreadable('sheet_not_found', { sheet: wanted, sheets: sheets.map(({ name }) => name) });
};

interface CheckedParts {
  readonly sheet: Uint8Array;
  readonly styles: Uint8Array | undefined;
  readonly sharedStrings: Uint8Array | undefined;
  readonly from1904: boolean;
}

/** read-excel-file sees a workbook made of the parts checked above and of nothing else, so it cannot be led elsewhere. */
const cellsOf = async ({ sheet, styles, sharedStrings, from1904 }: CheckedParts): Promise<Cell[][]> => {
  const checked = zipSync(
    {
      'xl/workbook.xml': strToU8(
        `<workbook xmlns:r="r"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets><sheet name="1" sheetId="1" r:id="sheet"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships>${relation('worksheet', 'sheet')}${relation('styles', 'styles')}${relation('sharedStrings', 'sharedStrings')}</Relationships>`,
      ),
      'xl/sheet.xml': sheet,
      ...(styles && { 'xl/styles.xml': styles }),
      ...(sharedStrings && { 'xl/sharedStrings.xml': sharedStrings }),
    },
    { level: 0 },
  );
  try {
    // The library's types say `typeof Date` where a Date comes (9.3.17).
    return (await readCells(new Blob([checked as Uint8Array<ArrayBuffer>]))) as unknown as Cell[][];
  } catch (error) {
    throw unreadable('damaged', { detail: error instanceof Error ? error.message : '' });
  }
};

const relation = (kind: string, id: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${id}.xml"/>`;

const showPercentages = (rows: readonly Cell[][], places: readonly Place[]): void => {
  for (const [row, column] of places) {
    const value = rows[row]?.[column];
    if (typeof value !== 'number' || !rows[row]) continue;
    // 0.07 * 100 is 7.000000000000001: Excel shows 15 digits, so keep as many.
    rows[row][column] = `${String(Number((value * 100).toPrecision(15))).replace('.', ',')}%`;
  }
};

const repeatMerged = (rows: readonly Cell[][], merged: SheetShape['merged']): void => {
  let repeated = 0;
  for (const { from, lastRow } of merged) {
    const [top, column] = from;
    const value = rows[top]?.[column] ?? null;
    if (value === null) continue;
    for (let row = top + 1; row <= lastRow && row < rows.length; row += 1) {
      repeated += 1;
      // Ranges of a real sheet do not overlap, so this cannot exceed its cells.
      if (repeated > importLimits.cells) throw tooLarge('cells', importLimits.cells);
      const cells = rows[row];
      if (cells && (cells[column] ?? null) === null) cells[column] = value;
    }
  }
};
