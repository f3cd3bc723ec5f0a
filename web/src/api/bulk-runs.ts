// One deed on many tasks, as a run on the server: it goes on when the page is closed.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface BulkRun {
  readonly id: string;
  readonly kind: 'transition' | 'urge';
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly total: number;
  readonly processed: number;
  readonly ok: number;
  readonly refused: number;
  readonly createdAt: string;
}

export interface BulkRefusal {
  /** Of the task. */
  readonly id: string;
  /** Null: they may not see it. */
  readonly task: {
    readonly code: string;
    readonly title: string;
    readonly programme: string;
    readonly version: number;
  } | null;
  readonly vi: string;
  readonly en: string;
}

export const isOver = ({ status }: Pick<BulkRun, 'status'>): boolean => status === 'done' || status === 'failed';

/** One's own of the day. Asked every second while one of them runs, each question after the answer to the one before. */
export const bulkRunsQuery = queryOptions({
  queryKey: ['bulk-runs'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly BulkRun[] }>('/tasks/bulk-runs', {}, signal)).items,
  refetchInterval: ({ state }) => (state.data?.some((run) => !isOver(run)) ? 1000 : false),
  staleTime: 0,
});

/** What was refused; of a run that is over it changes no more. */
export const bulkRefusalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk-run', id],
    queryFn: async ({ signal }) =>
      (await read<{ readonly refusals: readonly BulkRefusal[] }>(`/tasks/bulk-runs/${id}`, {}, signal)).refusals,
  });
