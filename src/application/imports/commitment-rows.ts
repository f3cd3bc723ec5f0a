// From a table to commitments: every row is read, everything wrong is named by row and column, nothing is guessed.
import { Refusal } from '../../domain/refusal.ts';
import { fold } from '../../domain/text.ts';
import { dayRead, isCut, isUnreadable, numberOf, rounded, textOf } from './cell-values.ts';
import { type Column, type Field, findHeader, type Header } from './commitment-header.ts';
import { type RowKind, rowKind } from './row-kinds.ts';
import { type Place, type ProblemCode, type RowProblem, rowProblem } from './row-problems.ts';
import type { Cell } from './sheet.ts';
import type { FindUnit } from './unit-finder.ts';

export type CommitmentKind = 'common' | 'template' | 'own';

export interface CommitmentRow {
  /** From 1, as the spreadsheet numbers its rows. */
  readonly rowNumber: number;
  readonly code: string;
  /** Code of the lead unit. */
  readonly unit: string;
  /** null when the file does not say. */
  readonly kind: CommitmentKind | null;
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: number | string | null;
  /** Code of the appraising body. */
  readonly appraiser: string | null;
  /** A civil day; null is "no deadline", undefined is "the file has no such column". */
  readonly dueDay: string | null | undefined;
}

export interface ImportContext {
  readonly programme: string;
  readonly findUnit: FindUnit;
  /** Appraising bodies; they may be more than the units, such as a central agency in the province. */
  readonly findAppraiser?: FindUnit;
  /** Units that are no more, with what to name instead. */
  readonly ended?: ReadonlyMap<string, string | null>;
}

export interface ParsedImport {
  readonly programme: string;
  readonly headerRow: number;
  /** Rows without an error that no later row replaces, in the order of the file. */
  readonly rows: readonly CommitmentRow[];
  /** By row, then by column. */
  readonly problems: readonly RowProblem[];
  /** Rows of commitments in the file: accepted, with errors, and replaced by a later row. */
  readonly counts: {
    readonly read: number;
    readonly accepted: number;
    readonly invalid: number;
    readonly superseded: number;
  };
  readonly passedOver: Readonly<Record<Exclude<RowKind, 'commitment'>, number>>;
  readonly ignoredColumns: readonly string[];
}

export const textLimits = { code: 64, title: 1000, product: 1000, measureUnit: 64, target: 255 } as const;

export const parseCommitmentRows = (rows: readonly (readonly Cell[])[], context: ImportContext): ParsedImport => {
  const header = findHeader(rows);
  const passedOver = { blank: 0, header: 0, columnNumbers: 0, group: 0, total: 0, note: 0 };
  const drafts: Draft[] = [];
  for (let index = header.rowIndex + 1; index < rows.length; index += 1) {
    const row = rows[index] ?? [];
    const kind = rowKind(row, header, context.findUnit);
    if (kind === 'commitment') drafts.push(readRow(row, index + 1, header, context));
    else passedOver[kind] += 1;
  }
  if (drafts.length === 0)
    throw new Refusal('import.unreadable', { reason: 'no_rows', headerRow: header.rowIndex + 1 });

  const repeats = repeatedCodes(drafts, header);
  const problems = [...repeatedColumns(header), ...drafts.flatMap((draft) => draft.problems), ...repeats.problems];
  const invalid = new Set(problems.filter(({ severity }) => severity === 'error').map(({ row }) => row));
  const accepted = drafts.flatMap(({ row }) =>
    row === undefined || invalid.has(row.rowNumber) || repeats.superseded.has(row.rowNumber) ? [] : [row],
  );
  return {
    programme: context.programme,
    headerRow: header.rowIndex + 1,
    rows: accepted,
    problems: problems.sort(byPlace),
    counts: {
      read: drafts.length,
      accepted: accepted.length,
      invalid: invalid.size,
      superseded: drafts.length - accepted.length - invalid.size,
    },
    passedOver,
    ignoredColumns: [...header.ignored, ...header.repeated]
      .sort((a, b) => a.index - b.index)
      .map((column) => column.header),
  };
};

const byPlace = (a: RowProblem, b: RowProblem): number =>
  a.row - b.row ||
  a.columnLetter.length - b.columnLetter.length ||
  (a.columnLetter < b.columnLetter ? -1 : a.columnLetter > b.columnLetter ? 1 : 0);

interface Draft {
  readonly rowNumber: number;
  readonly code: string;
  /** The unit's code, or the text that names no known unit. */
  readonly unit: string;
  /** Undefined when something it cannot do without is missing. */
  readonly row: CommitmentRow | undefined;
  readonly problems: readonly RowProblem[];
}

/** The cells of one row, and a place to note what is wrong with them. */
interface Reading {
  readonly text: (field: Field) => string;
  readonly cell: (field: Field) => Cell | undefined;
  readonly note: (code: ProblemCode, field: Field, details?: Parameters<typeof rowProblem>[3]) => void;
}

const readRow = (row: readonly Cell[], rowNumber: number, header: Header, context: ImportContext): Draft => {
  const problems: RowProblem[] = [];
  const cell = (field: Field) => row[header.columns.get(field)?.index ?? -1];
  const text = (field: Field) => textOf(cell(field));
  const reading: Reading = {
    cell,
    text,
    note: (code, field, details) => {
      problems.push(rowProblem(code, placeOf(rowNumber, header, field), text(field), details));
    },
  };

  const code = limitedText(reading, 'code');
  const title = limitedText(reading, 'title');
  const product = limitedText(reading, 'product');
  const unit = readUnit(reading, context);
  const kind = readKind(reading, header);
  const measured = readTarget(reading);
  const appraiser = readAppraiser(reading, context, unit);
  const dueDay = header.columns.has('due') ? readDue(reading) : undefined;
  if (code === '') reading.note('code.missing', 'code');
  if (title === '') reading.note('title.missing', 'title');

  const isWhole = problems.every(({ severity }) => severity !== 'error') && unit !== undefined;
  return {
    rowNumber,
    code,
    unit: unit ?? fold(text('unit')),
    row: isWhole
      ? { rowNumber, code, unit, kind, title, product: product || null, ...measured, appraiser, dueDay }
      : undefined,
    problems,
  };
};

const placeOf = (row: number, { columns }: Header, field: Field): Place => {
  const column = columns.get(field);
  return { row, column: column?.header ?? '', columnLetter: column?.letter ?? '' };
};

const limitedText = ({ text, cell, note }: Reading, field: keyof typeof textLimits): string => {
  const value = text(field);
  const length = [...value].length;
  if (isUnreadable(value)) note('text.unreadable', field);
  if (length > textLimits[field]) note('text.too_long', field, { length, limit: textLimits[field] });
  if (isCut(value) && (field === 'title' || field === 'product')) note('text.cut', field);
  if (cell(field) instanceof Date) note('cell.date_as_text', field);
  return value;
};

const readUnit = (reading: Reading, context: ImportContext): string | undefined => {
  const { text, note } = reading;
  const named = text('unit');
  const unit = named === '' ? undefined : context.findUnit(named);
  if (named === '') note('unit.missing', 'unit');
  else if (unit === undefined) note('unit.unknown', 'unit');
  else noteEnded(reading, context, unit, 'unit');
  return unit;
};

const noteEnded = ({ note }: Reading, { ended }: ImportContext, unit: string, field: Field): void => {
  const successor = ended?.get(unit);
  if (successor !== undefined) note('unit.ended', field, successor === null ? {} : { successor });
};

const readAppraiser = (reading: Reading, context: ImportContext, unit: string | undefined): string | null => {
  const { text, note } = reading;
  const named = text('appraiser');
  if (named === '') return null;
  const appraiser = (context.findAppraiser ?? context.findUnit)(named);
  if (appraiser === undefined) note('appraiser.unknown', 'appraiser');
  else if (appraiser === unit) note('appraiser.own_unit', 'appraiser');
  else noteEnded(reading, context, appraiser, 'appraiser');
  return appraiser ?? null;
};

const kindWords: Readonly<Record<string, CommitmentKind>> = {
  common: 'common',
  chung: 'common',
  'giao chung': 'common',
  'nhiem vu giao chung': 'common',
  template: 'template',
  mau: 'template',
  'theo mau': 'template',
  'noi dung theo mau': 'template',
  own: 'own',
  rieng: 'own',
  'noi dung rieng': 'own',
  'dang ky rieng': 'own',
};

const readKind = (reading: Reading, { columns }: Header): CommitmentKind | null => {
  if (!columns.has('kind')) return markedKind(reading);
  const named = fold(reading.text('kind'));
  const kind = Object.hasOwn(kindWords, named) ? kindWords[named] : undefined;
  if (named !== '' && kind === undefined) reading.note('kind.unknown', 'kind');
  return kind ?? null;
};

const markedKind = ({ text, note }: Reading): CommitmentKind | null => {
  const marked = (['common', 'template', 'own'] as const).filter((kind) => marks.has(fold(text(kind))));
  const [first = null, second] = marked;
  if (second !== undefined) note('kind.ambiguous', second);
  return first;
};

const marks = new Set(['x', 'v', '✓', '✔', '1', 'true', 'co']);

const readTarget = (reading: Reading): Pick<CommitmentRow, 'target' | 'measureUnit'> => {
  const measureUnit = limitedText(reading, 'measureUnit');
  const cell = reading.cell('target');
  if (typeof cell === 'number' && Number.isFinite(cell))
    return { target: rounded(cell), measureUnit: measureUnit || null };
  const text = limitedText(reading, 'target');
  const number = numberOf(text);
  // '12,5%' of a column measured in households stays as written: 12.5 households would be another target.
  if (number === undefined || (number.isPercent && measureUnit !== '' && !measureUnit.includes('%')))
    return { target: text || null, measureUnit: measureUnit || null };
  if (number.isAmbiguous) reading.note('target.ambiguous', 'target', { read: String(number.value).replace('.', ',') });
  return { target: number.value, measureUnit: measureUnit || (number.isPercent ? '%' : null) };
};

const readDue = ({ cell, note }: Reading): string | null => {
  const read = dayRead(cell('due'));
  if ('day' in read) return read.day;
  note(read.fault, 'due');
  return null;
};

/** The last row of a code is the newest. A row with errors still replaces those before it: an old value must not slip in. */
const repeatedCodes = (
  drafts: readonly Draft[],
  header: Header,
): { readonly problems: readonly RowProblem[]; readonly superseded: ReadonlySet<number> } => {
  const problems: RowProblem[] = [];
  const superseded = new Set<number>();
  for (const same of byCode(drafts).values()) {
    const last = same.at(-1);
    if (last === undefined || same.length === 1) continue;
    for (const draft of same) {
      const other = same.find(({ unit }) => unit !== '' && draft.unit !== '' && unit !== draft.unit);
      const place = placeOf(draft.rowNumber, header, 'code');
      if (other) problems.push(rowProblem('code.other_unit', place, draft.code, { otherRow: other.rowNumber }));
      else if (draft !== last) {
        problems.push(rowProblem('code.superseded', place, draft.code, { otherRow: last.rowNumber }));
        superseded.add(draft.rowNumber);
      }
    }
  }
  return { problems, superseded };
};

const byCode = (drafts: readonly Draft[]): ReadonlyMap<string, readonly Draft[]> => {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (draft.code === '') continue;
    const key = fold(draft.code);
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  }
  return groups;
};

const repeatedColumns = ({ rowIndex, repeated }: Header): readonly RowProblem[] =>
  repeated.map(({ header, letter }: Column) =>
    rowProblem('header.repeated', { row: rowIndex + 1, column: header, columnLetter: letter }, header),
  );
