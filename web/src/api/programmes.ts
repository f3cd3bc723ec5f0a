import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface Programme {
  readonly code: string;
  readonly name: string;
  readonly noun: string;
  readonly year: number;
  readonly workflow: string;
  readonly illustrative: boolean;
  /** The body that aggregates its reports. */
  readonly aggregator: string | null;
}

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly Programme[] }>('/programmes', {}, signal)).items,
  staleTime: 600_000,
});
