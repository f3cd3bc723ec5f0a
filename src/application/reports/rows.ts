// The tasks behind the figures: read for a day and a moment, kept with what is frozen, and shown to each reader as far as theirs.

import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/organisation/actor.ts';
import { taskScope, withinBound } from '../../domain/organisation/policy.ts';
import { bucketOfRow, type RunBasis, type RunRow } from '../../domain/reporting/run-rows.ts';

export interface CountedTasks {
  readonly calendar: RunBasis['calendar'];
  readonly workflows: RunBasis['workflows'];
  readonly rows: readonly RunRow[];
}

/** What had happened before `before` (exclusive) as known at `known` (inclusive), by unit in official order. */
export type ReadRows = (programme: string, before: Date, known: Date) => Promise<CountedTasks | undefined>;

export const rowsText = (rows: readonly RunRow[]): string => JSON.stringify(rows);
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

export const basisOf = ({ calendar, workflows, rows }: CountedTasks): RunBasis => ({
  workflows,
  calendar,
  rows: { count: rows.length, sha256: sha256Of(rowsText(rows)) },
});

/** Do rows and figures, read one after the other, tell of the same tasks? */
export const agree = (
  rows: readonly RunRow[],
  { total, counts }: { readonly total: number; readonly counts: Readonly<Record<string, number>> },
): boolean =>
  rows.length === total &&
  Object.entries(counts).every(([bucket, n]) => rows.filter((row) => bucketOfRow(row) === bucket).length === n);

/** The rows a reader may open: everybody reads the figures, each their own tasks. */
export const visibleRows = (rows: readonly RunRow[], programme: string, actor: Actor): readonly RunRow[] => {
  const scope = taskScope(actor);
  if (scope === 'all') return rows;
  return rows.filter((row) => scope.some((bound) => withinBound(boundTask(row, programme), bound)));
};

export const boundTask = ({ unit, field, appraiser, participants }: RunRow, programme: string) => ({
  programme,
  field,
  leadUnit: unit,
  appraiserUnit: appraiser,
  participants,
});
