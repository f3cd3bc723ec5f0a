// A table to be printed or calculated with, before it has a format.

import type { CivilDate } from '../schedule/civil-date.ts';

export type SheetCell = string | number | { readonly day: CivilDate };

export interface Sheet {
  readonly name: string;
  readonly title: string;
  /** Of when the figures are. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}
