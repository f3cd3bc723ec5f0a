// Rounds in which units confirm what a report will say of them.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Bucket } from './reports.ts';

export const lineStatuses = ['waiting', 'agreed', 'disputed', 'upheld', 'rejected', 'deemed'] as const;
export type LineStatus = (typeof lineStatuses)[number];
export type LineCounts = Readonly<Record<LineStatus, number>>;

export interface Round {
  readonly id: string;
  readonly edition: string;
  readonly programme: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly dueOn: string;
  readonly openedAt: string;
  readonly frozen: boolean;
}

export interface WholeRound extends Round {
  readonly counts: LineCounts;
  readonly byUnit: readonly { readonly unit: string; readonly name: string; readonly counts: LineCounts }[];
}

export interface Line {
  readonly code: string;
  readonly title: string | null;
  readonly unit: string;
  readonly unitName: string;
  readonly bucket: Bucket;
  readonly estimate: 'done' | 'not_done' | 'stopped' | 'undeclared';
  readonly status: LineStatus;
  readonly reason: string | null;
  readonly correction: number | null;
  readonly at: string | null;
  /** The reader answers for it. */
  readonly yours: boolean;
}

export const roundsQuery = (programme: string | undefined) =>
  queryOptions({
    queryKey: ['confirmations', 'rounds', programme],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Round[] }>('/reports/confirmations', { programme }, signal)).items,
    enabled: programme !== undefined,
  });

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['confirmations', id],
    queryFn: ({ signal }) => read<WholeRound>(`/reports/confirmations/${id}`, {}, signal),
  });

export const linesQuery = (id: string) =>
  queryOptions({
    queryKey: ['confirmations', id, 'lines'],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Line[] }>(`/reports/confirmations/${id}/lines`, {}, signal)).items,
  });
