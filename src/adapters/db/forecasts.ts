import type pg from 'pg';
import type { ForecastProgramme, ForecastStore, StoredForecast } from '../../application/reports/forecast.ts';
import type { ForecastTask } from '../../domain/reporting/forecast.ts';

/** Tasks t of programmes p as they had happened before $2 and were known at $3. */
const asKnown = `
  select t.id, led.lead_unit as unit, t.kind, t.assigned_on as "assignedOn", make_date(p.year, 12, 31)::text as "yearEnd", moved.category,
    case when moved.category in ('done', 'not_done', 'stopped') then ((moved.effective_at at time zone c.zone)::date)::text end as "finishedOn",
    moved.submitted_on as "submittedOn"
  from programme p join calendar c on c.key = p.calendar join task t on t.programme = p.code
  cross join lateral (
    select e.category, e.submitted_on, e.effective_at from task_event e
    where e.task_id = t.id and e.category is not null and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) moved
  cross join lateral (
    select e.lead_unit from task_event e
    where e.task_id = t.id and e.lead_unit is not null and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) led`;

export const forecastStore = (pool: pg.Pool): ForecastStore => ({
  async programme(code) {
    const { rows } = await pool.query<ForecastProgramme>(
      `select p.name, p.year, c.zone, p.workflow, p.illustrative from programme p join calendar c on c.key = p.calendar
       where p.code = $1`,
      [code],
    );
    return rows[0];
  },

  async present(programme, before, known) {
    const { rows } = await pool.query<ForecastTask>(`${asKnown} where p.code = $1 order by t.id`, [
      programme,
      before,
      known,
    ]);
    return rows;
  },

  async past({ workflow, year }, asOf, before, known) {
    const { rows } = await pool.query<ForecastTask>(
      `${asKnown} where p.workflow = $1 and p.year < $4 and make_date(p.year, 12, 31) < $5::date order by t.id`,
      [workflow, before, known, year, asOf],
    );
    return rows;
  },

  async save({ id, programme, asOf, madeAt, madeBy, method, inputsSha256, rows }) {
    await pool.query(
      `insert into forecast (id, programme, as_of, made_at, made_by, method, inputs_sha256, rows)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, programme, asOf, madeAt, madeBy, method, inputsSha256, JSON.stringify(rows)],
    );
  },

  async stored(programme) {
    const { rows } = await pool.query<StoredForecast>(
      `select id, programme, as_of as "asOf", made_at as "madeAt", made_by as "madeBy", method, inputs_sha256 as "inputsSha256", rows
       from forecast where programme = $1 order by made_at, id`,
      [programme],
    );
    return rows;
  },
});
