import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly class: string;
  readonly bloc: string | null;
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
