// Where the table begins and which column is which. Offices put letterheads above it and name columns as they like.
import { Refusal } from '../../domain/refusal.ts';
import { fold } from '../../domain/text.ts';
import { textOf } from './cell-values.ts';
import type { Cell } from './sheet.ts';

export type Field =
  | 'code'
  | 'unit'
  | 'kind'
  | 'title'
  | 'product'
  | 'measureUnit'
  | 'target'
  | 'appraiser'
  | 'due'
  | 'common'
  | 'template'
  | 'own';

export interface Column {
  readonly index: number;
  readonly letter: string;
  readonly header: string;
}

export interface Header {
  readonly rowIndex: number;
  readonly columns: ReadonlyMap<Field, Column>;
  /** Columns nobody reads. */
  readonly ignored: readonly Column[];
  /** Columns of a field that an earlier column holds already. */
  readonly repeated: readonly Column[];
}

const searchedRows = 50;

// Folded. 'common', 'template' and 'own' are columns of "x" marks beside each other in place of one 'kind' column.
const names: Readonly<Record<Field | 'ordinal', readonly string[]>> = {
  ordinal: ['stt', 'tt', 'so tt', 'so thu tu', 'no', 'ordinal'],
  code: ['ma', 'ma so', 'ma hieu', 'ma cam ket', 'ma noi dung', 'ma nhiem vu', 'code'],
  unit: [
    'don vi',
    'don vi chu tri',
    'don vi thuc hien',
    'don vi cam ket',
    'co quan chu tri',
    'co quan don vi',
    'ma don vi',
    'ten don vi',
    'unit',
    'lead unit',
  ],
  kind: ['loai', 'loai cam ket', 'loai noi dung', 'loai nhiem vu', 'kind', 'type'],
  title: [
    'noi dung cam ket',
    'noi dung',
    'noi dung nhiem vu',
    'nhiem vu',
    'ten nhiem vu',
    'cam ket',
    'title',
    'commitment',
    'task',
  ],
  product: ['san pham', 'san pham dau ra', 'ket qua san pham', 'product', 'deliverable'],
  measureUnit: ['dvt', 'don vi tinh', 'measure unit', 'unit of measure', 'uom'],
  target: ['chi tieu', 'chi tieu nam', 'chi tieu giao', 'chi tieu cam ket', 'chi tieu ke hoach', 'target'],
  appraiser: [
    'co quan tham dinh',
    'co quan chuyen mon tham dinh',
    'don vi tham dinh',
    'tham dinh',
    'appraiser',
    'appraising agency',
  ],
  due: [
    'thoi han',
    'thoi han hoan thanh',
    'han hoan thanh',
    'thoi gian hoan thanh',
    'han',
    'due',
    'due date',
    'deadline',
  ],
  common: ['giao chung', 'nhiem vu giao chung', 'common'],
  template: ['theo mau', 'noi dung theo mau', 'template'],
  own: ['rieng', 'noi dung rieng', 'dang ky rieng', 'own'],
};

const fieldOf = new Map(
  Object.entries(names).flatMap(([field, words]) => words.map((word) => [word, field as Field | 'ordinal'] as const)),
);

const required = { code: 'Mã', unit: 'Đơn vị', title: 'Nội dung cam kết' } as const;

/** The row that names the most columns; of a header over two rows, with its merged cells repeated, the lower one. */
export const findHeader = (rows: readonly (readonly Cell[])[]): Header => {
  const found = rows.slice(0, searchedRows).map(headerAt);
  const best = found.reduce<Header | undefined>(
    (most, next) => (next.columns.size > (most?.columns.size ?? 1) ? next : most),
    undefined,
  );
  if (best === undefined)
    throw new Refusal('import.unreadable', {
      reason: 'header_not_found',
      searchedRows,
      expected: Object.values(required),
    });
  const missing = Object.entries(required).flatMap(([field, name]) => (best.columns.has(field as Field) ? [] : [name]));
  if (missing.length > 0)
    throw new Refusal('import.unreadable', { reason: 'header_incomplete', row: best.rowIndex + 1, missing });
  return best;
};

const headerAt = (row: readonly Cell[], rowIndex: number): Header => {
  const columns = new Map<Field, Column>();
  const ignored: Column[] = [];
  const repeated: Column[] = [];
  row.forEach((cell, index) => {
    const header = textOf(cell);
    if (header === '') return;
    const column = { index, letter: columnLetter(index), header };
    const field = fieldOf.get(headerKey(header));
    if (field === 'ordinal') return;
    if (field === undefined) ignored.push(column);
    else if (columns.has(field)) repeated.push(column);
    else columns.set(field, column);
  });
  return { rowIndex, columns, ignored, repeated };
};

/** 'Chỉ tiêu năm 2022 (*)' and 'CHỈ TIÊU' are one column; words in brackets and the year do not name it. */
const headerKey = (header: string): string =>
  fold(header)
    .replace(/(?!^)\([^()]*\)/gu, ' ')
    .replace(/[^a-z0-9]+/gu, ' ')
    .replace(/ (?:nam )?(?:19|20)\d\d ?$/u, '')
    .trim();

/** Whether the row names the columns again: the lower half of a merged header, or the top of a printed page. */
export const repeatsHeader = (row: readonly Cell[], { columns }: Header): boolean => {
  const all = [...columns.values()];
  const same = all.filter(({ index, header }) => fold(textOf(row[index])) === fold(header));
  return same.length >= 2 && same.length * 2 >= all.length;
};

/** 0 is A, 25 is Z, 26 is AA. */
export const columnLetter = (index: number): string =>
  (index < 26 ? '' : columnLetter(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
