// Units as they stood, and what each has been: for the pages of the organisation only.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Unit, UnitClass } from './units.ts';

export const unitClasses: readonly UnitClass[] = [
  'department',
  'district',
  'commune',
  'central',
  'office',
  'task_force',
];

export interface UnitVersion {
  readonly validFrom: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly officialOrder: number;
  readonly parent: string | null;
  readonly document: { readonly number: string; readonly date: string; readonly issuer: string } | null;
  readonly reorganisation: string | null;
  readonly recordedAt: string | null;
  readonly recordedBy: string | null;
  readonly reason: string | null;
  /** A later row says it anew. */
  readonly corrected: boolean;
}

export interface UnitHistory extends Unit {
  readonly versions: readonly UnitVersion[];
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
}

export const unitHistoryQuery = (code: string) =>
  queryOptions({
    queryKey: ['units', 'history', code],
    queryFn: ({ signal }) => read<UnitHistory>(`/units/${encodeURIComponent(code)}`, {}, signal),
  });

export const unitsOnQuery = (asOf: string) =>
  queryOptions({
    queryKey: ['units', 'on', asOf],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Unit[] }>('/units', { asOf: asOf }, signal)).items,
  });
