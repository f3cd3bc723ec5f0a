// The table of intentions: one row for everything that is to happen outside a transaction, now or later.

import type pg from 'pg';
import type { Claimed, IntentionStore } from '../../application/ports.ts';

/** How long a handed-out row is left alone before it is handed out again. */
export const leaseMs = 20_000;
/** A row this long overdue, and this long since it was handed out, is stranded. */
export const strandedMs = 15_000;
/** Attempts before a row is parked for an operator. */
export const maxAttempts = 10;
const longestBackOffMs = 10 * 60_000;

export const intentionStore = (pool: pg.Pool): IntentionStore => ({
  async claimDue(now, limit) {
    const { rows } = await pool.query<Claimed>({
      name: 'claim-due',
      text: `update intention set ready_at = $2 where id = any(array(
          select id from intention where ready_at <= $1 and parked_at is null order by ready_at limit $3
          for update skip locked))
        returning id, queue`,
      values: [now, new Date(now.getTime() + leaseMs), limit],
    });
    return rows;
  },

  async claimStranded(now, limit) {
    const { rows } = await pool.query<Claimed>({
      name: 'claim-stranded',
      text: `update intention set ready_at = $1 where id = any(array(
          select id from intention where ready_at <= $2 and due_at <= $3 and parked_at is null
          order by ready_at limit $4 for update skip locked))
        returning id, queue`,
      values: [
        new Date(now.getTime() + leaseMs),
        new Date(now.getTime() + leaseMs - strandedMs),
        new Date(now.getTime() - strandedMs),
        limit,
      ],
    });
    return rows;
  },

  async plan(queue, kind, now) {
    await pool.query(`insert into intention (queue, kind, payload, due_at, ready_at) values ($1, $2, '{}', $3, $3)`, [
      queue,
      kind,
      now,
    ]);
  },

  async done(ids) {
    await pool.query('delete from intention where id = any($1::bigint[])', [ids]);
  },

  async release(ids, readyAt) {
    await pool.query('update intention set ready_at = $2 where id = any($1::bigint[])', [ids, readyAt]);
  },

  async failed(ids, error, now) {
    await pool.query(
      `update intention set attempts = attempts + 1, last_error = left($2, 2000),
         ready_at = $3::timestamptz + least(interval '1 second' * power(2, attempts + 1), interval '1 millisecond' * $5),
         parked_at = case when attempts + 1 >= $4 then $3::timestamptz end
       where id = any($1::bigint[])`,
      [ids, error, now, maxAttempts, longestBackOffMs],
    );
  },
});
