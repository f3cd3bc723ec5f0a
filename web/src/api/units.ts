import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

export const unitClasses = ['department', 'district', 'commune', 'central', 'office', 'task_force'] as const;
export type UnitClass = (typeof unitClasses)[number];

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly officialOrder: number;
  readonly parent: string | null;
  readonly validFrom: string;
  /** The first day on which it is no more. */
  readonly validTo: string | null;
  readonly successor: string | null;
}

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await read<{ readonly items: readonly Unit[] }>('/units', {}, signal)).items,
  staleTime: 600_000,
});

/** The name of a unit by its code; the code itself until the list is there. */
export const useUnitName = (): ((code: string | null) => string) => {
  const { data } = useQuery(unitsQuery);
  return (code) => data?.find((unit) => unit.code === code)?.name ?? code ?? '';
};

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
