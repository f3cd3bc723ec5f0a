import type pg from 'pg';
import type { AccountView } from '../../../application/people/ports.ts';
import { fold } from '../../../domain/text.ts';

export interface AccountFilter {
  /** Occurs in name or address, whatever the case and the diacritics. */
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
    const { rows } = await pool.query<AccountView>(text, [
      q === undefined ? null : fold(q),
      active ?? null,
      after ?? null,
      limit,
    ]);
    return rows;
  };

/** All of them, with their days: past and coming ones too. */
const memberships = `coalesce((select json_agg(json_strip_nulls(json_build_object('role', m.role, 'unit', m.unit,
      'programme', m.programme, 'field', m.field, 'validFrom', m.valid_from, 'validTo', m.valid_to)) order by m.id)
    from membership m where m.account_id = live.id), '[]')`;

/** As `fold` does it. */
const folded = `replace(regexp_replace(normalize(lower(name || ' ' || email), NFKD), '[\u0300-\u036F]', '', 'g'), 'đ', 'd')`;

const text = `
  select id, email, name, active, created_at as "createdAt", ${memberships} as memberships,
    exists (select from second_factor f where f.account_id = live.id and f.confirmed_at is not null) as "secondFactor"
  from account live
  where ($1::text is null or position($1 in ${folded}) > 0)
    and ($2::boolean is null or active = $2)
    and ($3::text is null or email collate "C" > $3)
  order by email collate "C" limit $4`;
