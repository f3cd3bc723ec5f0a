import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export const denominators = ['all', 'fallen_due', 'within_group'] as const;
export const roundings = ['half_up', 'truncate'] as const;

/** How its rates are told. */
export interface FigureRule {
  readonly denominator: (typeof denominators)[number];
  readonly percentDigits: number;
  readonly rounding: (typeof roundings)[number];
}

export interface Programme extends FigureRule {
  readonly code: string;
  readonly name: string;
  readonly noun: string;
  readonly year: number;
  readonly workflow: string;
  readonly calendar: string;
  /** The body that aggregates its reports. */
  readonly aggregator: string | null;
  readonly illustrative: boolean;
}

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly Programme[] }>('/programmes', {}, signal)).items,
  staleTime: 600_000,
});
