// What lies between two reports, task by task: where each was counted before and is counted now. Applied to the old counts it
// gives the new ones, so a correction explains every figure that it changes.

import { bucketOfRow, estimateOfRow, type RunRow } from './run-rows.ts';
import type { Bucket, EstimateBucket } from './statistics.ts';

export type DiffedRow = Pick<RunRow, 'code' | 'unit' | 'category' | 'estimate'>;

export interface Place {
  readonly unit: string;
  readonly bucket: Bucket;
  readonly estimate: EstimateBucket;
}

/** Null: it was not, or is no more, among the tasks counted. */
export interface Shift {
  readonly code: string;
  readonly before: Place | null;
  readonly after: Place | null;
}

/** Cells that are not nought: `total`, `bucket/done`, `estimate/done`, and the same of each unit, `SNV/bucket/done`. */
export type Cells = Readonly<Record<string, number>>;

export const placeOf = (row: DiffedRow): Place => ({
  unit: row.unit,
  bucket: bucketOfRow(row),
  estimate: estimateOfRow(row),
});

/** Tasks that are counted elsewhere than before, by code. */
export const diffOf = (before: readonly DiffedRow[], after: readonly DiffedRow[]): readonly Shift[] => {
  const old = new Map(before.map((row) => [row.code, placeOf(row)]));
  const now = new Map(after.map((row) => [row.code, placeOf(row)]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((code) => ({ code, before: old.get(code) ?? null, after: now.get(code) ?? null }))
    .filter((shift) => !samePlace(shift.before, shift.after));
};

export const cellsOf = (rows: readonly DiffedRow[]): Cells => {
  const cells = new Map<string, number>();
  for (const row of rows) count(cells, placeOf(row), 1);
  return settled(cells);
};

export const applyDiff = (cells: Cells, shifts: readonly Shift[]): Cells => {
  const next = new Map(Object.entries(cells));
  for (const { before, after } of shifts) {
    if (before) count(next, before, -1);
    if (after) count(next, after, 1);
  }
  return settled(next);
};

const samePlace = (one: Place | null, other: Place | null): boolean =>
  one?.unit === other?.unit && one?.bucket === other?.bucket && one?.estimate === other?.estimate;

const count = (cells: Map<string, number>, { unit, bucket, estimate }: Place, by: 1 | -1): void => {
  for (const cell of ['total', `bucket/${bucket}`, `estimate/${estimate}`])
    for (const key of [cell, `${unit}/${cell}`]) cells.set(key, (cells.get(key) ?? 0) + by);
};

const settled = (cells: ReadonlyMap<string, number>): Cells =>
  Object.fromEntries([...cells].filter(([, n]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
