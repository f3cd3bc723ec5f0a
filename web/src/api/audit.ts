// Who did what outside tasks, and the seals over all histories.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly object: string;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly actor?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Page<T, C> {
  readonly items: readonly T[];
  readonly next: C | null;
}

export const auditEntriesQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'entries', filter],
    queryFn: ({ pageParam, signal }) =>
      read<Page<AuditEntry, string>>(
        '/audit/entries',
        { ...filter, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export interface Checkpoint {
  readonly number: number;
  readonly day: string;
  readonly sealedAt: string;
  readonly leaves: number;
  readonly events: number;
  readonly keyId: string;
  readonly hash: string;
}

export const checkpointsQuery = infiniteQueryOptions({
  queryKey: ['audit', 'checkpoints'],
  queryFn: ({ pageParam, signal }) =>
    read<Page<Checkpoint, number>>(
      '/audit/checkpoints',
      { limit: 50, ...(pageParam === 0 ? {} : { cursor: pageParam }) },
      signal,
    ),
  initialPageParam: 0,
  getNextPageParam: ({ next }) => next,
});

export const sealKeyQuery = queryOptions({
  queryKey: ['audit', 'key'],
  queryFn: ({ signal }) => read<{ readonly keyId: string; readonly publicKey: string }>('/audit/key', {}, signal),
});
