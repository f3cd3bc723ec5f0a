// Accounts as their administrators see them.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Membership } from './session.ts';

/** The days are half-open: `validTo` is the first day on which it no longer holds. */
export interface DatedMembership extends Membership {
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly memberships: readonly DatedMembership[];
  readonly secondFactor: boolean;
}

export interface Duty extends DatedMembership {
  readonly openTasks: number;
}

interface AccountPage {
  readonly items: readonly Account[];
  readonly next: string | null;
}

export const accountListQuery = (filter: { readonly q?: string | undefined; readonly active?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['accounts', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      read<AccountPage>(
        '/accounts',
        { ...filter, limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', 'one', id],
    queryFn: ({ signal }) => read<Account>(`/accounts/${id}`, {}, signal),
  });

/** Everybody who can be given something to do. */
export const activeAccountsQuery = queryOptions({
  queryKey: ['accounts', 'active'],
  queryFn: async ({ signal }) => {
    const found: Account[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: AccountPage = await read<AccountPage>('/accounts', { active: true, limit: 100, cursor }, signal);
      found.push(...page.items);
      cursor = page.next;
    }
    return found;
  },
});
