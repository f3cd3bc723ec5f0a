// Deltas are appended by every change; folding them here, about once a second, keeps the present and every past day
// countable without touching a hot row inside anybody's transaction.

import type pg from 'pg';
import type { Category } from '../../domain/workflow/definition.ts';

const foldLimit = 20_000;

export interface TallyRow {
  readonly day: string;
  readonly category: Category;
  readonly count: number;
}

export const tallyStore = (pool: pg.Pool) => ({
  /**
   * Moves deltas into the daily tally, in one statement. A late entry lands on the day it took effect.
   * @returns how many were folded
   */
  async fold(): Promise<number> {
    const { rows } = await pool.query<{ folded: number }>(
      `with taken as (
         delete from delta where id = any(array(select id from delta order by id limit $1 for update skip locked)) returning *),
       changes as (
         select programme, unit, effective_on as day, category, sum(change)::integer as change from (
           select programme, unit, effective_on, category_to as category, 1 as change from taken
           union all
           select programme, unit, effective_on, category_from, -1 from taken where category_from is not null) c
         group by 1, 2, 3, 4 having sum(change) <> 0),
       folded as (
         insert into daily_tally (programme, unit, day, category, change)
         select programme, unit, day, category, change from changes order by programme, day, unit, category
         on conflict (programme, day, unit, category) do update set change = daily_tally.change + excluded.change)
       select count(*)::integer as folded from taken`,
      [foldLimit],
    );
    return rows[0]?.folded ?? 0;
  },

  /** How many tasks of a programme stood in each category at the end of each day on which that changed, folded and unfolded. */
  async daily(programme: string, from: string, to: string): Promise<readonly TallyRow[]> {
    const { rows } = await pool.query<TallyRow>(
      `with changes as (
         select day, category, change from daily_tally where programme = $1
         union all select effective_on, category_to, 1 from delta where programme = $1
         union all select effective_on, category_from, -1 from delta where programme = $1 and category_from is not null),
       days as (select distinct day from changes where day between $2 and $3
         union select $2::date),
       standing as (
         select d.day, c.category, sum(c.change)::integer as count
         from days d join changes c on c.day <= d.day group by 1, 2)
       select day, category, count from standing order by day, category`,
      [programme, from, to],
    );
    return rows;
  },
});
export type TallyStore = ReturnType<typeof tallyStore>;
