// What operators change in the tables of the machinery.

import type pg from 'pg';
import type { PausableSchedules } from '../../application/operations/pause-schedule.ts';
import type { RetryableIntentions } from '../../application/operations/retry-intention.ts';

// Attempts are counted only after the row was due, so neither kind can be a timer whose day has not come.
const failed = '(parked_at is not null or attempts > 0)';

export const retryableIntentions = (pool: pg.Pool): RetryableIntentions => ({
  async hasFailed(id) {
    const { rowCount } = await pool.query(`select from intention where id = $1 and ${failed}`, [id]);
    return rowCount === 1;
  },
  async retry(id, now) {
    const { rowCount } = await pool.query(
      `update intention set attempts = 0, parked_at = null, ready_at = $2 where id = $1 and ${failed}`,
      [id, now],
    );
    return rowCount === 1;
  },
});

export const pausableSchedules = (pool: pg.Pool): PausableSchedules => ({
  async exists(key) {
    const { rowCount } = await pool.query('select from schedule where key = $1', [key]);
    return rowCount === 1;
  },
  async pause(key, reason, now) {
    await pool.query('update schedule set paused_at = coalesce(paused_at, $3), paused_reason = $2 where key = $1', [
      key,
      reason,
      now,
    ]);
  },
  async resume(key) {
    await pool.query('update schedule set paused_at = null, paused_reason = null where key = $1', [key]);
  },
});
