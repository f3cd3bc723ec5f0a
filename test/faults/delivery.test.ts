// A job is a hint. Delivered five times, late, never, or with no queue at all: each timer that came due has one event and
// one notice, and its next occurrence is planned. The workers are the real ones, the clock is moved by hand.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { openQueues, type Queues } from '../../src/adapters/queue/queues.ts';
import { reconcile } from '../../src/application/operations/dispatch.ts';
import { type Composition, compose } from '../../src/compose.ts';
import { type RunningWorkers, startWorkers } from '../../workers/index.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { hasRedisServer, type PrivateRedis, startRedis } from '../adapters/queue/private-redis.ts';
import { check } from '../support/check.ts';
import { secretKey } from '../support/province.ts';
import { type Backend, eachBackend } from '../support/redis.ts';
import { quiet } from '../support/world.ts';
import { assignment, assignTogether, atRest, openProvince, type Province } from './province.ts';

const tasks = 60;

describe('timers whose jobs go astray', function () {
  this.timeout(60_000);
  let province: Province;
  let composition: Composition;
  let running: RunningWorkers[] = [];
  let opened: Queues[] = [];

  beforeEach(async () => {
    province = await openProvince('2022-03-01');
    const settings = { SECRET_KEY: secretKey, NODE_ENV: 'test', TRUST_PROXY: 0, RATE_LIMIT_PER_MINUTE: 1_000 } as const;
    composition = await compose({ DATABASE_URL: province.database.url, ...settings }, quiet, { clock: province.clock });
    const commands = Array.from({ length: tasks }, (_, number) => assignment(number));
    await assignTogether(province, province.people.office, commands);
    // The very moment at which one timer of each task is due: nothing is stranded yet.
    province.clock.moveTo('2022-03-02', '00:00');
  });
  afterEach(async () => {
    await Promise.all(running.map((workers) => workers.stop()));
    for (const queues of opened) {
      if (await queues.ping()) for (const queue of queues.raw()) await queue.obliterate({ force: true });
      await queues.close();
    }
    [running, opened] = [[], []];
    await composition.close();
    await province.close();
  });

  const queuesOn = async (backend: Backend): Promise<Queues> => {
    const databaseUrl = province.database.url;
    if (backend.name === 'postgres') await migrateQueueSchema(databaseUrl);
    const redis = backend.name === 'redis' ? { redisUrl: backend.redisUrl, prefix: `{test-${randomUUID()}}` } : {};
    const queues = await openQueues({ databaseUrl, ...redis, log: quiet, timings: { callMs: 1_000, backoffMs: 1 } });
    opened.push(queues);
    return queues;
  };
  const work = async (queues: Queues): Promise<void> => {
    running.push(await startWorkers(composition, queues, quiet, () => expect.fail('the workers gave up')));
  };
  const done = () => eventually(() => atRest(province, province.clock.now()));

  const expectOneEffectEach = async () => {
    const { pool, store, clock } = province;
    expect(await check({ pool, store, now: clock.now() })).to.deep.equal([]);
    const { rows } = await pool.query(
      `select payload->>'rule' as rule, (payload->>'k')::integer as k, count(*)::integer as events, count(distinct task_id)::integer as tasks
       from task_event where type = 'task.timer_fired' group by 1, 2`,
    );
    expect(rows).to.deep.equal([{ rule: 'daily', k: 1, events: tasks, tasks }]);
    const { rows: planned } = await pool.query(
      `select occurrence, due_at, count(*)::integer as timers from intention where rule = 'daily' group by 1, 2`,
    );
    expect(planned).to.deep.equal([{ occurrence: 2, due_at: new Date('2022-03-02T17:00:00Z'), timers: tasks }]);
    const { rows: skipped } = await pool.query(`select 1 from task_event where type = 'task.timer_skipped'`);
    expect(skipped).to.deep.equal([]);
  };

  eachBackend((backend) => {
    it('fire once when every job comes five times, to two worker processes', async () => {
      const queues = await queuesOn(backend);
      const claimed = await composition.intentions.claimDue(province.clock.now(), 1_000);
      const jobs = Array.from({ length: 6 }, (_, n) => ({
        name: 'timers',
        data: { ids: claimed.filter(({ queue }, at) => queue === 'timers' && at % 6 === n).map(({ id }) => id) },
      }));
      for (let time = 0; time < 5; time += 1) await queues.enqueue('timers', jobs);

      await Promise.all([work(queues), work(queues)]);
      await eventually(async () => (await queues.counts()).timers.completed === 30);
      await done();

      await expectOneEffectEach();
    });

    it('fire once when the queue was held up, and once more nothing when it came twice', async () => {
      const queues = await queuesOn(backend);
      await queues.pause('timers');
      await work(queues);
      await eventually(async () => (await queues.counts()).timers.waiting > 0);
      // The lease of what waits runs out, so that it is handed out a second time.
      province.clock.advance(25_000);
      await eventually(
        async () => (await queues.counts()).timers.waiting > 1 || (await atRest(province, province.clock.now())),
      );

      await queues.resume('timers');
      await done();
      await eventually(async () => (await queues.counts()).timers.waiting === 0);

      await expectOneEffectEach();
    });

    it('fire all the same when the jobs are thrown away', async () => {
      const queues = await queuesOn(backend);
      await queues.pause('timers');
      await work(queues);
      await eventually(async () => (await queues.counts()).timers.waiting > 0);
      for (const queue of queues.raw()) await queue.obliterate({ force: true });

      province.clock.advance(30_000);
      await done();

      await expectOneEffectEach();
    });
  });

  it('fire with no queue at all, by the reconciler alone', async () => {
    const { intentions, handlers } = composition;
    const rescue = reconcile(intentions, handlers, async () => false, province.clock, quiet);
    const queued = async () =>
      (await province.pool.query(`select 1 from intention where rule = 'daily' and occurrence = 1`)).rowCount;
    await rescue();
    expect(await queued()).to.equal(tasks); // a moment late is not stranded

    province.clock.advance(30_000);
    await rescue();
    await composition.tallies.fold();

    await expectOneEffectEach();
  });

  describe('on a Redis that is wiped', () => {
    let redis: PrivateRedis | undefined;
    before(async function () {
      if (!hasRedisServer()) this.skip();
      redis = await startRedis();
    });
    // After the workers are closed: a client whose server is gone by then would go on looking for it.
    after(() => redis?.stop());

    it('fire when Redis is wiped under running workers', async () => {
      if (!redis) throw new Error('There is no Redis.');
      const queues = await queuesOn({ name: 'redis', redisUrl: redis.url });
      await queues.pause('timers');
      await work(queues);
      await eventually(async () => (await queues.counts()).timers.waiting > 0);
      expect(await redis.say('FLUSHALL')).to.equal('+OK');

      province.clock.advance(30_000);
      await done();

      await expectOneEffectEach();
    });
  });
});
