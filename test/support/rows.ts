// Whether anything at all was written: every table, its rows and a hash over what they say.

import type pg from 'pg';

export const allRows = async (pool: pg.Pool): Promise<Readonly<Record<string, string>>> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const counted = tables.map(
    ({ name }) => `select '${name}' as name, count(*) || ' rows, ' || coalesce(sum(hashtext(t::text)), 0) as said
      from "${name}" t`,
  );
  const { rows } = await pool.query<{ name: string; said: string }>(counted.join(' union all '));
  return Object.fromEntries(rows.map(({ name, said }) => [name, said]));
};
