import type pg from 'pg';
import type { KeptAnswers } from '../../application/once.ts';

/** Stands where the status of an answer will stand: the request is on its way (RFC 2518: 102 Processing). */
const onItsWay = 102;

export const keptAnswers = (pool: pg.Pool): KeptAnswers => ({
  async take({ actor, key, bodyHash }, now, givenUp) {
    const taken = await pool.query(takeText, [actor, key, bodyHash, now, givenUp]);
    if (taken.rowCount === 1) return undefined;
    const { rows } = await pool.query<{ status: number; etag: string | null; response: string; bodyHash: string }>(
      'select status, etag, response, body_hash as "bodyHash" from idempotency where actor = $1 and key = $2',
      [actor, key],
    );
    // Given back between the two statements: the other one did nothing, and whoever asks now may ask again.
    const row = rows[0] ?? { status: onItsWay, etag: null, response: '', bodyHash };
    return { earlier: row, answered: row.status !== onItsWay };
  },
  async keep({ actor, key }, { status, etag, response }) {
    await pool.query(
      `update idempotency set status = $3, etag = $4, response = $5 where actor = $1 and key = $2 and status = ${onItsWay}`,
      [actor, key, status, etag, response],
    );
  },
  async release({ actor, key }) {
    await pool.query(`delete from idempotency where actor = $1 and key = $2 and status = ${onItsWay}`, [actor, key]);
  },
});

// A key whose request died is taken over by the same request only: its time is the lock.
const takeText = `
  insert into idempotency (actor, key, body_hash, status, etag, response, recorded_at)
  values ($1, $2, $3, ${onItsWay}, null, '', $4)
  on conflict (actor, key) do update set recorded_at = $4
    where idempotency.status = ${onItsWay} and idempotency.body_hash = $3 and idempotency.recorded_at < $5`;
