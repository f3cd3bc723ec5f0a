import type pg from 'pg';
import type { CommonFigures, CommonStore, Measure } from '../../application/following/ports.ts';
import { orRefuse } from './refusals.ts';
import { standsAt } from './unit-sql.ts';

export const commonStore = (pool: pg.Pool): CommonStore => ({
  async keep({ programme, code, body, createdBy, createdAt }) {
    await orRefuse(
      pool.query(
        `insert into common_task (programme, code, body, created_by, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [programme, code, JSON.stringify(body), createdBy, createdAt],
      ),
      { common_task_programme_fkey: ['programme.not_found', { programme }] },
    );
    const { rows } = await pool.query<{ body: Record<string, unknown> }>(
      'select body from common_task where programme = $1 and code = $2',
      [programme, code],
    );
    return rows[0]?.body ?? {};
  },

  async unitsOf(blocs, now) {
    const { rows } = await pool.query<{ code: string }>({
      name: 'units-of-blocs',
      text: `select u.code from unit u where u.bloc = any($1) and ${standsAt('$2')} and u.valid_from <= ($2::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date
        order by u.official_order, u.code`,
      values: [blocs, now],
    });
    return rows.map(({ code }) => code);
  },

  async link(programme, code, taskIds) {
    await pool.query(
      `insert into common_copy (task_id, programme, code) select id, $1, $2 from unnest($3::uuid[]) as id on conflict do nothing`,
      [programme, code, taskIds],
    );
  },

  async copies(programme, code) {
    const { rows } = await pool.query<{ id: string }>(
      `select t.id from common_copy c join task t on t.id = c.task_id
       where c.programme = $1 and c.code = $2 and t.category in ('assigned', 'in_progress', 'awaiting_appraisal') order by t.id`,
      [programme, code],
    );
    return rows.map(({ id }) => id);
  },

  async measures(taskIds) {
    const { rows } = await pool.query<{ id: string; measure: Measure }>({
      name: 'measures-of-tasks',
      text: `select c.task_id as id, t.body -> 'measure' as measure from common_copy c
        join common_task t on t.programme = c.programme and t.code = c.code
        where c.task_id = any($1::uuid[]) and t.body ? 'measure'`,
      values: [taskIds],
    });
    return new Map(rows.map(({ id, measure }) => [id, measure]));
  },

  async figures(programme) {
    const { rows } = await pool.query<CommonFigures>({
      name: 'common-figures',
      text: `select code, coalesce(max(title), '') as title, sum(n)::integer as copies, json_object_agg(category, n) as counts
        from (select c.code, t.category, max(t.title) as title, count(*)::integer as n
          from common_copy c join task t on t.id = c.task_id where c.programme = $1 group by c.code, t.category) counted
        group by code order by code`,
      values: [programme],
    });
    return rows;
  },
});
