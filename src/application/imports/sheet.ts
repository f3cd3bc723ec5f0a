// What an import reads, whatever file it came in: a table of cells.

/** A date cell is its civil day at 00:00 UTC. */
export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  readonly format: 'csv' | 'xlsx';
  /** Empty for CSV, which has no sheets. */
  readonly sheet: string;
  readonly rows: readonly (readonly Cell[])[];
}
