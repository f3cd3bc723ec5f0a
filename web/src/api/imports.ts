import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly columnLetter: string;
  readonly severity: 'error' | 'warning';
  readonly value: string | null;
  readonly vi: string;
  readonly en: string;
}

export interface ImportPreview {
  readonly counts: {
    readonly read: number;
    readonly create: number;
    readonly unchanged: number;
    readonly invalid: number;
  };
  readonly ignoredColumns: readonly string[];
  readonly problems: readonly RowProblem[];
}

export interface ImportRun {
  readonly id: string;
  readonly status: 'waiting' | 'running' | 'done' | 'refused' | 'failed';
  readonly total: number;
  readonly processed: number;
  readonly created: number;
  readonly unchanged: number;
  readonly problems: readonly RowProblem[];
}

const isOver = ({ status }: ImportRun): boolean => status !== 'waiting' && status !== 'running';

/** Asked every second while it runs, and no more once it is over. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => read<ImportRun>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1000),
    staleTime: 0,
  });
