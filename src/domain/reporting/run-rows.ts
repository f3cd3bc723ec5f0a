// The tasks behind the figures of a report, one row each, as they had happened and were known.

import type { CivilDate } from '../schedule/civil-date.ts';
import type { Category } from '../workflow/definition.ts';
import type { Estimate } from '../workflow/task.ts';
import { type Bucket, bucketOf, type EstimateBucket, estimateOf } from './statistics.ts';

/** A task is named by its code: a frozen row says the same wherever it is read. */
export interface RunRow {
  readonly code: string;
  /** Null of secret work. */
  readonly title: string | null;
  readonly unit: string;
  readonly unitName: string;
  readonly bloc: string;
  readonly field: string | null;
  readonly appraiser: string | null;
  readonly appraiserName: string | null;
  readonly participants: readonly string[];
  readonly measureUnit: string | null;
  readonly target: string | number | null;
  readonly result: string | number | null;
  /** Per cent. */
  readonly progress: number | null;
  readonly category: Category;
  readonly estimate: Estimate | null;
  readonly dueOn: CivilDate | null;
  readonly submittedOn: CivilDate | null;
  /** What the unit said of its work last. */
  readonly narrative: string | null;
  /** Number of the document that the last move names, for instance of the decision to stop. */
  readonly document: string | null;
  readonly workflow: string;
}

export type Placed = Pick<RunRow, 'category' | 'estimate'>;
export const bucketOfRow = ({ category }: Placed): Bucket => bucketOf(category);
export const estimateOfRow = ({ category, estimate }: Placed): EstimateBucket => estimateOf(category, estimate);

/** What figures and rows of a report stand on. */
export interface RunBasis {
  readonly workflows: readonly { readonly key: string; readonly version: number; readonly sha256: string }[];
  readonly calendar: { readonly key: string; readonly version: number };
  readonly rows: { readonly count: number; readonly sha256: string };
}
