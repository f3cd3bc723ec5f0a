// Deltas are appended by every change; folding them here, about once a second, keeps the present and every past day
// countable without touching a hot row inside anybody's transaction.

import type pg from 'pg';
import type { TrendReader } from '../../application/reports/trend.ts';
import type { DayChange } from '../../domain/reporting/trend.ts';

const foldLimit = 20_000;

export interface TallyStore extends TrendReader {
  /**
   * Moves deltas into the daily tally, in one statement. A late entry lands on the day it took effect.
   * @returns how many were folded
   */
  fold(most?: number): Promise<number>;
}

export const tallyStore = (pool: pg.Pool): TallyStore => ({
  async fold(most = foldLimit) {
    const { rows } = await pool.query<{ folded: number }>(
      `with taken as (
         delete from delta where id = any(array(select id from delta order by id limit $1 for update skip locked)) returning *),
       changes as (
         select programme, unit, effective_on as day, category, sum(change)::integer as change from (
           select programme, unit, effective_on, category_to as category, 1 as change from taken where category_to is not null
           union all
           select programme, unit, effective_on, category_from, -1 from taken where category_from is not null) c
         group by 1, 2, 3, 4 having sum(change) <> 0),
       folded as (
         insert into daily_tally (programme, unit, day, category, change)
         select programme, unit, day, category, change from changes order by programme, day, unit, category
         on conflict (programme, day, unit, category) do update set change = daily_tally.change + excluded.change)
       select count(*)::integer as folded from taken`,
      [most],
    );
    return rows[0]?.folded ?? 0;
  },

  async changes(programme, from, to) {
    const { rows } = await pool.query<DayChange>({
      name: 'tally-changes',
      text: `select greatest(day, $2::date) as day, category, sum(change)::integer as change from (
          select day, category, change from daily_tally where programme = $1 and day <= $3
          union all select effective_on, category_to, 1 from delta
            where programme = $1 and effective_on <= $3 and category_to is not null
          union all select effective_on, category_from, -1 from delta
            where programme = $1 and effective_on <= $3 and category_from is not null) c
        group by 1, 2 having sum(change) <> 0 order by 1, 2`,
      values: [programme, from, to],
    });
    return rows;
  },
});
