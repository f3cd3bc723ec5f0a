import type pg from 'pg';

export interface WorkerSign {
  readonly id: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly startedAt: Date;
  readonly tickSeenAt: Date | null;
}

/** Signs of life of worker processes, for operators. */
export const workerSigns = (pool: pg.Pool) => ({
  async seen({ id, name, queues, startedAt, tickSeenAt }: WorkerSign, now: Date): Promise<void> {
    await pool.query(
      `insert into worker (id, name, queues, started_at, seen_at, tick_seen_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set seen_at = excluded.seen_at, tick_seen_at = excluded.tick_seen_at`,
      [id, name, JSON.stringify(queues), startedAt, now, tickSeenAt],
    );
  },
  async gone(id: string): Promise<void> {
    await pool.query('delete from worker where id = $1', [id]);
  },
});
