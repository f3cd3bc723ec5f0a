import type pg from 'pg';
import type { Log } from '../../application/log.ts';
import type { Clock } from '../../application/ports.ts';

/**
 * The database's time, carried forward by the monotonic clock of this process. Setting the machine's clock
 * therefore fires no timer early, and all processes agree to within a round trip.
 */
export class DatabaseClock implements Clock {
  #databaseMs: number;
  #monotonicMs: number;

  private constructor(databaseMs: number, monotonicMs: number) {
    this.#databaseMs = databaseMs;
    this.#monotonicMs = monotonicMs;
  }

  static async start(pool: pg.Pool): Promise<DatabaseClock> {
    const { databaseMs, monotonicMs } = await read(pool);
    return new DatabaseClock(databaseMs, monotonicMs);
  }

  now(): Date {
    return new Date(this.#databaseMs + (performance.now() - this.#monotonicMs));
  }

  /**
   * Asks the database now and then: oscillators drift by seconds a day, and a machine that is suspended stops the
   * monotonic clock.
   * @returns ends it
   */
  follow(pool: pg.Pool, log: Log, everyMs = 15_000): () => void {
    const again = () =>
      this.synchronise(pool).catch((error: unknown) => log.warn('The database was not asked for the time.', { error }));
    const timer = setInterval(() => void again(), everyMs);
    timer.unref();
    return () => clearInterval(timer);
  }

  /** Asks the database again. */
  async synchronise(pool: pg.Pool): Promise<void> {
    const { databaseMs, monotonicMs } = await read(pool);
    this.#databaseMs = databaseMs;
    this.#monotonicMs = monotonicMs;
  }
}

const read = async (pool: pg.Pool): Promise<{ databaseMs: number; monotonicMs: number }> => {
  const before = performance.now();
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  return { databaseMs: Number(rows[0]?.ms), monotonicMs: (before + performance.now()) / 2 };
};
