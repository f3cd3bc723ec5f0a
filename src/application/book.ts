// A workbook as values: what a CSV and an XLSX are both written from, so that they cannot say different things.

import type { CivilDate } from '../domain/schedule/civil-date.ts';

/** Rows and columns from 0, both ends belong to it. */
export interface Area {
  readonly rows: readonly [first: number, last: number];
  readonly columns: readonly [first: number, last: number];
}

/** What a spreadsheet sums up for itself; `total` is the figure as it was counted, and what every other reader shows. */
export interface Total {
  readonly total: number;
  readonly of: readonly Area[];
}

/** Counts and percentages stay numbers, days stay days. */
export type Cell = string | number | null | { readonly day: CivilDate } | PercentCell | Total;

/** Decimals as the rule of the figures says; absent: one. */
export interface PercentCell {
  readonly percent: number;
  readonly digits?: number;
}

/** How an official table is set, where a sheet is one. */
export interface Printed {
  /** First row of the head of the table, and first row below it; rows above are titles over the whole width. */
  readonly head: readonly [first: number, below: number];
  /** Cells of the head that reach over others, which are empty. */
  readonly merged: readonly Area[];
  /** Rows in bold: groups and sums. */
  readonly strong: readonly number[];
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows from the top are headings, repeated on every page and kept in sight. */
  readonly heading: number;
  /** In characters. */
  readonly widths: readonly number[];
  readonly print?: Printed;
}

export interface List {
  readonly name: string;
  readonly title: string;
  /** Of when the figures are. */
  readonly note: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A list under its title and the line that says of when it is. */
export const listSheet = ({ name, title, note, columns, rows }: List): Sheet => ({
  name,
  heading: 3,
  widths: columns.map(({ width }) => width),
  rows: [[title], [note], columns.map((column) => column.title), ...rows],
});

export interface Book {
  /** Without its ending. */
  readonly fileName: string;
  readonly sheets: readonly Sheet[];
}

export const bookFormats = ['csv', 'xlsx'] as const;
export type BookFormat = (typeof bookFormats)[number];
export interface BookWriter {
  csv(sheet: Sheet): string;
  xlsx(book: Book): Promise<Uint8Array>;
}

export const dayCell = (day: CivilDate | null): Cell => (day === null ? null : { day });

/** 30/10/2022 */
export const dayText = (day: CivilDate): string => day.split('-').reverse().join('/');

/** 16:00 ngày 08/11/2022 */
export const momentText = (instant: string, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('hour')}:${part('minute')} ngày ${part('day')}/${part('month')}/${part('year')}`;
};
