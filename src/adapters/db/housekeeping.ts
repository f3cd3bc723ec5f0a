import type pg from 'pg';

const hour = 3_600_000;
/** Answers are kept this long for replays. */
const answersKeptMs = 72 * hour;
const sessionsKeptMs = 30 * 24 * hour;
const workersKeptMs = 24 * hour;

/** Removes what has served its time. Events, audit entries, reports and mails are never removed. */
export const tidyUp =
  (pool: pg.Pool) =>
  async (now: Date): Promise<string> => {
    const before = (ms: number): Date => new Date(now.getTime() - ms);
    const removals: readonly (readonly [string, string, Date])[] = [
      ['answers', 'delete from idempotency where recorded_at < $1', before(answersKeptMs)],
      ['sessions', 'delete from session where expires_at < $1', before(sessionsKeptMs)],
      [
        'sign-in throttles',
        'delete from login_attempt where blocked_until is null or blocked_until < $1',
        before(24 * hour),
      ],
      ['workers', 'delete from worker where seen_at < $1', before(workersKeptMs)],
      [
        'import files',
        'update import_run set file = null where file is not null and finished_at < $1',
        before(24 * hour),
      ],
    ];
    const told: string[] = [];
    for (const [what, statement, limit] of removals) {
      const { rowCount } = await pool.query(statement, [limit]);
      if (rowCount) told.push(`${what}: ${rowCount}`);
    }
    return told.join(', ') || 'nothing to remove';
  };
