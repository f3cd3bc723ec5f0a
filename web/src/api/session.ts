// Who is here, and in which roles.

import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Membership, Role } from '../../../src/domain/organisation/actor.ts';
import { read } from './client.ts';
import { isProblem } from './problem.ts';

export type { Membership, Role };

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
  readonly secondFactor: boolean;
  readonly session: { readonly method: string; readonly secondFactor: boolean; readonly owesSecondFactor: boolean };
}

/** Null: nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await read<Me>('/me', {}, signal);
    } catch (error) {
      if (isProblem(error, 'session.required')) return null;
      throw error;
    }
  },
  staleTime: 300_000,
});

export const useMe = (): Me => {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('Only below the shell, which waits for whoever is signed in.');
  return data;
};

export const hasRole = (me: Me, ...roles: readonly Role[]): boolean =>
  me.memberships.some(({ role }) => roles.includes(role));

/** Units whose work a person does. */
export const unitsOf = (me: Me): readonly string[] => [
  ...new Set(
    me.memberships.flatMap(({ role, unit }) => (unit && (role === 'head' || role === 'focal_point') ? [unit] : [])),
  ),
];
