import type pg from 'pg';
import type { Schedule, ScheduleStore } from '../../application/operations/schedules.ts';

/** After this long a run that never finished is taken over; what it does must be safe to repeat. */
const abandonedMs = 10 * 60_000;
/** A run that failed is tried again after this long, until the schedule's catch-up window closes. */
const retryMs = 60_000;

export interface ScheduleRegister extends ScheduleStore {
  /** Writes the schedules this release knows; a pause set by an operator stays. */
  declare(schedules: readonly Omit<Schedule, 'settledUpTo'>[], now: Date): Promise<void>;
}

export const scheduleStore = (pool: pg.Pool): ScheduleRegister => ({
  async declare(schedules, now) {
    for (const { key, cron, zone, catchUpHours } of schedules)
      await pool.query(
        `insert into schedule (key, cron, zone, catch_up_hours, since) values ($1, $2, $3, $4, $5)
         on conflict (key) do update set cron = excluded.cron, zone = excluded.zone, catch_up_hours = excluded.catch_up_hours`,
        [key, cron, zone, catchUpHours, now],
      );
  },

  async active() {
    const { rows } = await pool.query<Schedule>(
      `select key, cron, zone, catch_up_hours as "catchUpHours", greatest(since, coalesce(
          (select max(nominal_at) from schedule_run r where r.schedule = s.key and r.outcome in ('done', 'skipped')), since)) as "settledUpTo"
       from schedule s where paused_at is null order by key`,
    );
    return rows;
  },

  async begin(schedule, nominalAt, now) {
    const { rowCount } = await pool.query(
      `insert into schedule_run (schedule, nominal_at, outcome, started_at) values ($1, $2, 'running', $3)
       on conflict (schedule, nominal_at) do update set started_at = excluded.started_at, outcome = 'running'
         where (schedule_run.outcome = 'running' and schedule_run.started_at < $4)
           or (schedule_run.outcome = 'failed' and schedule_run.finished_at < $5)`,
      [schedule, nominalAt, now, new Date(now.getTime() - abandonedMs), new Date(now.getTime() - retryMs)],
    );
    return rowCount === 1;
  },

  async finish(schedule, nominalAt, outcome, detail, now) {
    await pool.query(
      // What is done stays done: a run that was taken over may still fail after its successor's success.
      `update schedule_run set outcome = $3, detail = left($4, 2000), finished_at = $5
       where schedule = $1 and nominal_at = $2 and outcome <> 'done'`,
      [schedule, nominalAt, outcome, detail, now],
    );
  },

  async abandon(now) {
    await pool.query(
      `update schedule_run r set outcome = 'failed', detail = 'abandoned', finished_at = $1
       where outcome = 'running' and started_at < $2 and exists (
         select from schedule_run later where later.schedule = r.schedule and later.nominal_at > r.nominal_at
           and later.outcome in ('done', 'skipped'))`,
      [now, new Date(now.getTime() - abandonedMs)],
    );
  },

  async skip(schedule, nominalAts, detail, now) {
    if (nominalAts.length === 0) return;
    await pool.query(
      `insert into schedule_run (schedule, nominal_at, outcome, detail, started_at, finished_at)
       select $1, nominal, 'skipped', $3, $4, $4 from unnest($2::timestamptz[]) as nominal on conflict do nothing`,
      [schedule, nominalAts, detail, now],
    );
  },
});
