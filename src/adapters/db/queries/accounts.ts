import type pg from 'pg';
import type { AccountView } from '../../../application/people/ports.ts';
import { membershipsJson } from '../session-query.ts';

export interface AccountFilter {
  /** Occurs in name or address, whatever the case. */
  readonly q?: string | undefined;
  readonly active?: boolean | undefined;
  readonly limit: number;
  /** The address after which the page begins. */
  readonly after?: string | undefined;
}

export type ListAccounts = (filter: AccountFilter) => Promise<readonly AccountView[]>;

/** In order of address. */
export const listAccounts =
  (pool: pg.Pool): ListAccounts =>
  async ({ q, active, limit, after }) => {
    const { rows } = await pool.query<AccountView>(text, [q ?? null, active ?? null, after ?? null, limit]);
    return rows;
  };

const text = `
  select id, email, name, active, created_at as "createdAt", ${membershipsJson} as memberships,
    exists (select from second_factor f where f.account_id = live.id and f.confirmed_at is not null) as "secondFactor"
  from account live
  where ($1::text is null or position(lower($1) in lower(name || ' ' || email)) > 0)
    and ($2::boolean is null or active = $2)
    and ($3::text is null or email collate "C" > $3)
  order by email collate "C" limit $4`;
