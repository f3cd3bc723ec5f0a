import type pg from 'pg';

const hour = 3_600_000;
/** Answers are kept this long for replays. */
const answersKeptMs = 72 * hour;
const sessionsKeptMs = 30 * 24 * hour;
/** So that one that ended can still be told from one that never was. */
const tokensKeptMs = 90 * 24 * hour;
const importsTriedMs = 7 * 24 * hour;
const runsKeptMs = 30 * 24 * hour;
const runsTriedMs = 7 * 24 * hour;
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
      ['half sign-ins', 'delete from sign_in_challenge where expires_at < $1', before(hour)],
      [
        'API tokens',
        'delete from api_token where least(expires_at, coalesce(revoked_at, expires_at)) < $1',
        before(tokensKeptMs),
      ],
      ['workers', 'delete from worker where seen_at < $1', before(workersKeptMs)],
      [
        'import files',
        'update import_run set file = null where file is not null and finished_at < $1',
        before(24 * hour),
      ],
      // An import that no worker could do in all that time: its file is not kept for ever.
      [
        'imports given up',
        `with abandoned as (select id, payload->>'importId' as run from intention
            where queue = 'imports' and due_at < $1 for update skip locked),
          failed as (update import_run r set status = 'failed', file = null, finished_at = $1::timestamptz + interval '7 days'
            from abandoned where r.id = abandoned.run::uuid and r.finished_at is null)
          delete from intention i using abandoned where i.id = abandoned.id`,
        before(importsTriedMs),
      ],
      // Nothing of it was done in all that time: nobody waits for the rest of it any more.
      [
        'bulk runs given up',
        `with abandoned as (select id, payload->>'runId' as run from intention
            where queue = 'bulk' and due_at < $1 for update skip locked),
          failed as (update bulk_run r set status = 'failed', finished_at = $1::timestamptz + interval '7 days'
            from abandoned where r.id = abandoned.run::uuid and r.finished_at is null)
          delete from intention i using abandoned where i.id = abandoned.id`,
        before(runsTriedMs),
      ],
      [
        'refusals of bulk runs',
        'delete from bulk_run_refusal f using bulk_run r where r.id = f.run_id and r.finished_at < $1',
        before(runsKeptMs),
      ],
      ['bulk runs', 'delete from bulk_run where finished_at < $1', before(runsKeptMs)],
    ];
    const told: string[] = [];
    for (const [what, statement, limit] of removals) {
      const { rowCount } = await pool.query(statement, [limit]);
      if (rowCount) told.push(`${what}: ${rowCount}`);
    }
    return told.join(', ') || 'nothing to remove';
  };
