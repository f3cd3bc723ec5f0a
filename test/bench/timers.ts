import type pg from 'pg';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import { dispatchDue } from '../../src/application/operations/dispatch.ts';
import { batch } from '../../workers/batch.ts';
import { type Ground, openGround, quiet } from './ground.ts';
import { type Measure, measureOf, type Pair } from './measure.ts';

const rounds = 3;
const timers = 100_000;
const batchSize = 500;

/** 100,000 timers due at once, all effects written: through BullMQ batches, against set-based batches by hand. */
export const dueTimers = async (): Promise<readonly Measure[]> => {
  const measures: Measure[] = [];
  for (const redisUrl of [undefined, process.env.TEST_REDIS_URL ?? process.env.REDIS_URL]) {
    if (measures.length > 0 && redisUrl === undefined) continue;
    const ground = await openGround();
    try {
      const pairs: Pair[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await prepare(ground);
        const ours = await fireThroughQueue(ground, redisUrl);
        await prepare(ground);
        pairs.push({ ours, reference: await fireByHand(ground.composition.pool) });
      }
      measures.push(
        measureOf(
          `100,000 due timers, BullMQ on ${redisUrl === undefined ? 'PostgreSQL' : 'Redis'}`,
          'per second',
          pairs,
          0.3,
        ),
      );
    } finally {
      await ground.close();
    }
  }
  return measures;
};

/** Tasks whose only due timer is the first urging of an undated task; made once, then put back before each run. */
const prepare = async ({ assign, composition: { pool } }: Ground): Promise<void> => {
  // In the replication role, because the history is append-only for everybody else.
  const asReplica = (script: string) =>
    pool.query(
      `set statement_timeout = 0; set session_replication_role = replica; ${script};
       set session_replication_role = origin; reset statement_timeout`,
    );
  const made = await pool.query(`select to_regclass('base_task') is not null as made`);
  if (!made.rows[0].made) {
    await assign(timers, { kind: 'none', reason: 'Đo tốc độ' }, new Date(Date.now() - 100 * 86_400_000));
    await pool.query(`delete from intention where rule is distinct from 'undated'`);
    for (const table of tables) await pool.query(`create table base_${table} as table ${table}`);
  }
  // What else belongs to tasks is empty here, and goes along.
  await asReplica(`truncate ${tables.join(', ')}, delta cascade`);
  for (const table of tables)
    await asReplica(`insert into ${table} overriding system value select * from base_${table}`);
  const { rows } = await pool.query<{ due: number }>(
    'select count(*)::integer as due from intention where due_at <= now()',
  );
  if (rows[0]?.due !== timers) throw new Error(`${rows[0]?.due} timers are due instead of ${timers}.`);
  await pool.query('vacuum analyze task, task_event, intention');
};

const tables = ['task', 'task_event', 'intention', 'notification'] as const;

const fireThroughQueue = async (
  { composition, databaseUrl }: Ground,
  redisUrl: string | undefined,
): Promise<number> => {
  const { intentions, handlers, clock, pool } = composition;
  const queues = await openQueues({ redisUrl, databaseUrl, log: quiet, prefix: `{bench${process.pid}${Date.now()}}` });
  const fire = handlers.timers;
  if (!fire) throw new Error('Nobody fires timers.');
  const worker = queues.startWorker('timers', batch(fire, quiet), { concurrency: 2 });
  const dispatch = dispatchDue(
    intentions,
    { enqueue: (queue, jobs) => queues.enqueue(queue as 'timers', jobs) },
    clock,
    quiet,
  );
  const start = performance.now();
  while ((await dispatch()) > 0);
  await until(async () => (await fired(pool)) === timers);
  const elapsed = performance.now() - start;
  await worker.close(10_000);
  await queues.close();
  return timers / (elapsed / 1000);
};

const fired = async (pool: pg.Pool): Promise<number> =>
  (
    await pool.query<{ left: number }>(
      `select count(*)::integer as left from intention where rule = 'undated' and occurrence = 1`,
    )
  ).rows[0]?.left === 0
    ? timers
    : 0;

/** State, event, notice and next occurrence of 500 timers in one statement, again and again. */
const fireByHand = async (pool: pg.Pool): Promise<number> => {
  const start = performance.now();
  let done = 0;
  while (done < timers) {
    const { rows } = await pool.query<{ count: number }>({
      name: 'by-hand',
      text: `with due as (
          select id, task_id from intention where rule = 'undated' and occurrence = 1 and due_at <= now() order by due_at limit $1 for update skip locked),
        moved as (update task t set seq = seq + 1, recorded_at = now(), fired = '{"undated":{"assigned":1}}', head_hash = repeat('1', 64)
          from due where t.id = due.task_id returning t.id, t.seq),
        event as (insert into task_event (task_id, seq, type, capacity, effective_at, recorded_at, cause, payload, prev_hash, hash)
          select id, seq, 'task.timer_fired', 'system', now(), now(), 'timer:undated:1',
            '{"rule":"undated","k":1,"anchor":"assigned","action":"urge","to":["lead_unit.head"]}', repeat('0', 64), repeat('1', 64) from moved),
        told as (insert into intention (queue, kind, task_id, payload, due_at, ready_at)
          select 'notify', 'notify', id, '{"seq":2}', now(), now() from moved),
        next as (update intention i set occurrence = 2, due_at = now() + interval '90 days', ready_at = now() + interval '90 days'
          from due where i.id = due.id)
        select count(*)::integer as count from moved`,
      values: [batchSize],
    });
    done += rows[0]?.count ?? 0;
  }
  return timers / ((performance.now() - start) / 1000);
};

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};
