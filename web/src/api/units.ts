import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

export type UnitClass = 'department' | 'district' | 'commune' | 'central' | 'office' | 'task_force';

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
