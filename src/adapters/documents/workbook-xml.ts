// What read-excel-file does not tell of a workbook: which sheets are hidden, which ranges are merged, which styles are
// percentages, and how large a sheet is before it becomes a table. Read with the XML parser that library uses itself.
import { Parser } from 'saxen';
import { importLimits, tooLarge, unreadable } from './import-limits.ts';

type Attributes = Readonly<Record<string, string>>;

interface Listener {
  readonly open: (name: string, attributes: () => Attributes) => void;
  readonly close?: (name: string) => void;
}

const read = (part: Uint8Array, { open, close }: Listener): void => {
  const parser = new Parser();
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure = error;
  });
  parser.on('openTag', (name, attributes, decode) => open(local(name), () => decoded(attributes(), decode)));
  if (close) parser.on('closeTag', (name) => close(local(name)));
  parser.parse(utf8(part));
  if (failure) throw unreadable('damaged', { detail: failure.message });
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const decoded = (attributes: Attributes, decode: (text: string) => string): Attributes => {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('xmlns')) continue;
    // `r` beside `x:r`: read-excel-file drops prefixes too, and might take the one that was not checked.
    if (Object.hasOwn(plain, local(name))) throw unreadable('damaged', { detail: `attribute '${name}' comes twice` });
    plain[local(name)] = decode(value);
  }
  return plain;
};

const utf8 = (part: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(part);
  } catch {
    throw unreadable('damaged', { detail: 'a part is not UTF-8' });
  }
};

export interface SheetEntry {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

export const readWorkbook = (
  part: Uint8Array,
): { readonly sheets: readonly SheetEntry[]; readonly from1904: boolean } => {
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  read(part, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes().date1904 ?? '');
      if (name !== 'sheet') return;
      const { name: title = '', id = '', state = 'visible' } = attributes();
      sheets.push({ name: title, relation: id, isHidden: state !== 'visible' });
    },
  });
  return { sheets, from1904 };
};

export interface Relation {
  readonly id: string;
  /** Last segment of the type: 'worksheet', 'sharedStrings', 'styles'. */
  readonly kind: string;
  readonly path: string;
}

export const readRelations = (part: Uint8Array): readonly Relation[] => {
  const relations: Relation[] = [];
  read(part, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes();
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      relations.push({ id, kind: type.slice(type.lastIndexOf('/') + 1), path });
    },
  });
  return relations;
};

/** Indexes of the cell styles that show a number times one hundred. */
export const readPercentStyles = (part: Uint8Array): ReadonlySet<number> => {
  const percentFormats = new Set(['9', '10']);
  const percentStyles = new Set<number>();
  let isInCellStyles = false;
  let index = 0;
  read(part, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const { numFmtId = '', formatCode = '' } = attributes();
        if (formatCode.replace(/"[^"]*"|\\./gu, '').includes('%')) percentFormats.add(numFmtId);
      }
      if (name === 'cellXfs') isInCellStyles = true;
      if (name !== 'xf' || !isInCellStyles) return;
      if (percentFormats.has(attributes().numFmtId ?? '')) percentStyles.add(index);
      index += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellStyles = false;
    },
  });
  return percentStyles;
};

/** Row and column from 0. */
export type Place = readonly [row: number, column: number];

export interface SheetShape {
  /** Ranges of one column or more that reach over several rows; only their first column is repeated. */
  readonly merged: readonly { readonly from: Place; readonly lastRow: number }[];
  readonly percentCells: readonly Place[];
}

/** Walks the sheet without building it; a sheet that would not fit in memory is refused here. */
export const readShape = (part: Uint8Array, percentStyles: ReadonlySet<number>): SheetShape => {
  const merged: { from: Place; lastRow: number }[] = [];
  const percentCells: Place[] = [];
  let rows = 0;
  let columns = 0;
  let cell: Place = [0, 0];
  read(part, {
    open: (name, attributes) => {
      if (name === 'row') checkRow(attributes().r);
      else if (name === 'c') {
        const { r = '', s, t = 'n' } = attributes();
        cell = place(r);
        if (t === 'n' && s !== undefined && percentStyles.has(Number(s))) percentCells.push(cell);
      } else if (name === 'v' || name === 'is') {
        // Cells that only carry a border or a colour do not count: whole columns are often formatted.
        rows = Math.max(rows, cell[0] + 1);
        columns = Math.max(columns, cell[1] + 1);
      } else if (name === 'mergeCell') {
        const [from, to] = range(attributes().ref ?? '');
        if (to[0] > from[0]) merged.push({ from, lastRow: to[0] });
      }
    },
  });
  if (rows > importLimits.rows) throw tooLarge('rows', importLimits.rows, { actual: rows });
  if (columns > importLimits.columns) throw tooLarge('columns', importLimits.columns, { actual: columns });
  if (rows * columns > importLimits.cells) throw tooLarge('cells', importLimits.cells, { actual: rows * columns });
  return { merged, percentCells };
};

// What Excel itself can hold. Beyond it the file was made to harm: read-excel-file fills every gap between rows.
const excelRows = 1_048_576;
const excelColumns = 16_384;

const checkRow = (number: string | undefined): void => {
  if (number === undefined) return;
  if (!/^\d{1,7}$/u.test(number) || Number(number) > excelRows)
    throw unreadable('damaged', { detail: `row ${number.slice(0, 20)}` });
};

const place = (address: string): Place => {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/u.exec(address) ?? [];
  if (letters === undefined || digits === undefined)
    throw unreadable('damaged', { detail: `cell address '${address.slice(0, 20)}'` });
  const row = Number(digits) - 1;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  if (row < 0 || row >= excelRows || column >= excelColumns)
    throw unreadable('damaged', { detail: `cell address '${address}'` });
  return [row, column];
};

const range = (ref: string): readonly [Place, Place] => {
  const [from = '', to = from] = ref.split(':');
  return [place(from), place(to)];
};
