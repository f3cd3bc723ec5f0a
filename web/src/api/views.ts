import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** As in an address, without the question mark. */
  readonly query: string;
  readonly sharing: 'private' | 'unit' | 'all';
  readonly unit: string | null;
  readonly own: boolean;
}

export const viewsQuery = queryOptions({
  queryKey: ['views', 'tasks'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly SavedView[] }>('/me/views', { page: 'tasks' }, signal)).items,
  staleTime: 60_000,
});
