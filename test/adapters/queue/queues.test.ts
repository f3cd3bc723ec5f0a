import { UnrecoverableError } from 'bullmq';
import { expect } from 'chai';
import { migrateQueueSchema } from '../../../src/adapters/queue/connection.ts';
import { openQueues, queueNames, sumOfMinutes } from '../../../src/adapters/queue/queues.ts';
import type { DeliveredJob } from '../../../src/adapters/queue/worker.ts';
import { freshEmptyDatabase } from '../../support/database.ts';
import { eachBackend } from '../../support/redis.ts';
import { startChild } from './child.ts';
import { eventually, harness, recordingLog, signal } from './harness.ts';

const nothing = async () => undefined;

describe('queues', () => {
  eachBackend((backend) => {
    const { open, settings } = harness(backend);

    it('say which backend they run on, and answer', async () => {
      const queues = await open();

      expect(queues.backend).to.equal(backend.name);
      expect(await queues.ping()).to.equal(true);
      expect(queues.raw().map(({ name }) => name)).to.deep.equal([...queueNames]);
    });

    it('hand every job of a batch to the worker of its queue', async () => {
      const queues = await open();
      const seen: unknown[] = [];

      queues.startWorker('timers', async ({ name, data }) => seen.push({ name, data }), { concurrency: 2 });
      await queues.enqueue(
        'timers',
        [1, 2, 3].map((n) => ({ name: 'fire', data: { timerIds: [`t${n}`] } })),
      );
      await queues.enqueue('mail', [{ name: 'send', data: {} }]);
      await queues.enqueue('timers', []);

      await eventually(() => seen.length === 3);
      expect(seen).to.have.deep.members([1, 2, 3].map((n) => ({ name: 'fire', data: { timerIds: [`t${n}`] } })));
      expect((await queues.counts()).mail.waiting).to.equal(1);
    });

    it('hand the same work out twice when it was enqueued twice: a job is a hint', async () => {
      const queues = await open();
      const seen: unknown[] = [];

      queues.startWorker('timers', async ({ data }) => seen.push(data), { concurrency: 1 });
      const hint = { name: 'fire', data: { timerIds: ['t1'] } };
      await queues.enqueue('timers', [hint]);
      await queues.enqueue('timers', [hint]);

      await eventually(() => seen.length === 2);
      expect(seen).to.deep.equal([hint.data, hint.data]);
    });

    it('try a failing job again, five times in all, and then keep it for an operator', async () => {
      const queues = await open();
      const tries: number[] = [];
      const failing = async ({ attemptsMade, attempts }: DeliveredJob) => {
        expect(attempts).to.equal(5);
        tries.push(attemptsMade);
        throw new Error('no paper');
      };

      queues.startWorker('reports', failing, { concurrency: 1 });
      await queues.enqueue('reports', [{ name: 'print', data: { reportId: 'r1' } }]);

      const [job] = await eventually(async () => {
        const found = await queues.failed('reports', { start: 0, count: 10 });
        return found.length > 0 && found;
      });
      expect(tries).to.deep.equal([0, 1, 2, 3, 4]);
      expect(job).to.include({ name: 'print', failedReason: 'no paper', attemptsMade: 5 });
      expect(job?.data).to.deep.equal({ reportId: 'r1' });
      expect(job?.stack).to.include('no paper');
      expect(job?.finishedOn).to.be.instanceOf(Date);
      expect((await queues.counts()).reports).to.include({ failed: 1, waiting: 0, active: 0 });
    });

    it('do not try again what is beyond recovery', async () => {
      const queues = await open();
      let tries = 0;
      const refusing = async () => {
        tries += 1;
        throw new UnrecoverableError('Refused: task.wrong_state.');
      };

      queues.startWorker('notify', refusing, { concurrency: 1 });
      await queues.enqueue('notify', [{ name: 'tell', data: {} }]);

      await eventually(async () => (await queues.counts()).notify.failed === 1);
      expect(tries).to.equal(1);
    });

    it('give a failed job all its attempts again when an operator retries it', async () => {
      const queues = await open();
      const tries: number[] = [];
      const mending = async ({ attemptsMade }: DeliveredJob) => {
        tries.push(attemptsMade);
        if (tries.length === 1) throw new UnrecoverableError('not today');
      };

      queues.startWorker('mail', mending, { concurrency: 1 });
      await queues.enqueue('mail', [{ name: 'send', data: { mailId: 'm1' } }]);
      const [failed] = await eventually(async () => {
        const found = await queues.failed('mail', { start: 0, count: 1 });
        return found.length > 0 && found;
      });
      const id = failed?.id ?? '';
      expect(await queues.find('mail', id)).to.include({ id, state: 'failed', failedReason: 'not today' });

      expect(await queues.retry('mail', id)).to.equal(true);
      await eventually(async () => (await queues.find('mail', id))?.state === 'completed');
      expect(tries).to.deep.equal([0, 0]);
      expect(await queues.retry('mail', id)).to.equal(false);
      expect(await queues.retry('mail', 'no-such-job')).to.equal(false);
      expect(await queues.find('mail', 'no-such-job')).to.equal(null);
    });

    it('page through failed jobs, newest first, never more than a hundred', async () => {
      const queues = await open();
      const failing = async () => {
        throw new UnrecoverableError('no');
      };
      queues.startWorker('imports', failing, { concurrency: 5 });
      await queues.enqueue(
        'imports',
        Array.from({ length: 105 }, (_, n) => ({ name: 'row', data: { n } })),
      );
      await eventually(async () => (await queues.counts()).imports.failed === 105);

      const first = await queues.failed('imports', { start: 0, count: 1_000_000 });
      const rest = await queues.failed('imports', { start: 100, count: 100 });

      expect([first.length, rest.length]).to.deep.equal([100, 5]);
      expect(new Set([...first, ...rest].map(({ id }) => id)).size).to.equal(105);
      const finished = [...first, ...rest].map(({ finishedOn }) => finishedOn?.getTime() ?? 0);
      expect(finished).to.deep.equal([...finished].sort((a, b) => b - a));
      expect(await queues.failed('imports', { start: 0, count: 0 })).to.deep.equal([]);
    });

    it('hold work back while paused, count it as waiting, and say since when it waits', async () => {
      const queues = await open();
      const seen: unknown[] = [];
      await queues.pause('housekeeping');
      const before = Date.now();
      await queues.enqueue('housekeeping', [{ name: 'first', data: {} }]);
      const between = Date.now();
      await eventually(() => Date.now() > between);
      await queues.enqueue('housekeeping', [{ name: 'second', data: {} }]);
      queues.startWorker('housekeeping', async ({ name }) => seen.push(name), { concurrency: 1 });
      await eventually(async () => (await queues.workersAlive()).housekeeping === 1);

      expect((await queues.counts()).housekeeping).to.include({ waiting: 2, active: 0, paused: true });
      expect((await queues.oldestWaiting('housekeeping'))?.getTime()).to.be.within(before, between);
      expect(seen).to.deep.equal([]);

      await queues.resume('housekeeping');
      await eventually(() => seen.length === 2);
      await eventually(async () => (await queues.counts()).housekeeping.completed === 2);
      expect(seen).to.deep.equal(['first', 'second']);
      expect((await queues.counts()).housekeeping).to.include({ waiting: 0, paused: false });
      expect(await queues.oldestWaiting('housekeeping')).to.equal(null);
    });

    it('count finished jobs by the minute', async () => {
      const queues = await open();
      const handler = async ({ name }: DeliveredJob) => {
        if (name === 'bad') throw new UnrecoverableError('no');
      };
      queues.startWorker('reports', handler, { concurrency: 2 });
      await queues.enqueue(
        'reports',
        ['good', 'bad', 'good', 'good'].map((name) => ({ name, data: {} })),
      );

      await eventually(async () => {
        const { completed, failed } = await queues.rate('reports', 5);
        return completed === 3 && failed === 1;
      });
      expect(await queues.rate('timers', 5)).to.deep.equal({ minutes: 5, completed: 0, failed: 0 });
    });

    it('know how many workers are connected, until these close', async () => {
      const queues = await open();
      const workers = [1, 2].map(() => queues.startWorker('notify', nothing, { concurrency: 1 }));
      await eventually(async () => (await queues.workersAlive()).notify === 2);

      await Promise.all(workers.map((worker) => worker.close(5_000)));

      await eventually(async () => (await queues.workersAlive()).notify === 0);
      expect((await queues.workersAlive()).timers).to.equal(0);
    });

    it('let a closing worker finish its job', async () => {
      const queues = await open();
      const [taken, finish] = [signal(), signal()];
      const slow = async () => {
        taken.give();
        await finish.come;
      };
      const worker = queues.startWorker('mail', slow, { concurrency: 1 });
      await queues.enqueue('mail', [{ name: 'send', data: {} }]);
      await taken.come;

      const closed = worker.close(10_000);
      finish.give();
      await closed;

      expect((await queues.counts()).mail).to.include({ active: 0, completed: 1 });
    });

    it('stop waiting for a job that does not end, and hand it out again', async () => {
      const queues = await open({ lockMs: 1_000, stalledMs: 500 });
      const [taken, again, finish] = [signal(), signal(), signal()];
      const slow = async () => {
        taken.give();
        await finish.come;
      };
      const worker = queues.startWorker('mail', slow, { concurrency: 1 });
      await queues.enqueue('mail', [{ name: 'send', data: {} }]);
      await taken.come;

      await worker.close(50);
      queues.startWorker('mail', async () => again.give(), { concurrency: 1 });

      await again.come;
      finish.give();
    });

    it('hand a job out again whose worker was killed', async () => {
      const queues = await open({ lockMs: 1_000, stalledMs: 500 });
      const child = startChild('./child-taking-a-job.ts', settings());
      await queues.enqueue('reports', [{ name: 'print', data: { reportId: 'r1' } }]);
      await child.line('taken');

      child.kill();
      await child.ended;
      const again = signal<DeliveredJob>();
      queues.startWorker('reports', async (job) => again.give(job), { concurrency: 1 });

      expect(await again.come).to.deep.include({ name: 'print', data: { reportId: 'r1' }, attemptsMade: 0 });
    });

    it('work on after a worker was built again', async () => {
      const queues = await open();
      const seen: unknown[] = [];
      const worker = queues.startWorker('timers', async ({ name }) => seen.push(name), { concurrency: 1 });
      await eventually(async () => (await queues.workersAlive()).timers === 1);

      await worker.rebuild();
      await queues.enqueue('timers', [{ name: 'fire', data: {} }]);

      await eventually(() => seen.length === 1);
      await eventually(async () => (await queues.workersAlive()).timers === 1);
    });

    it('tick, also when the tick is set again and again', async () => {
      const queues = await open();
      let count = 0;
      const counting = async ({ name }: DeliveredJob) => {
        if (name === 'sweep') count += 1;
      };
      queues.startWorker('ticks', counting, { concurrency: 1 });

      await eventually(async () => {
        await queues.upsertTick('sweep', 300);
        return count >= 4;
      });
      const [tick, ...others] = await queues.ticks();

      expect(others).to.deep.equal([]);
      expect(tick).to.include({ key: 'sweep', everyMs: 300 });
      expect(tick?.next).to.be.instanceOf(Date);
      expect(await queues.removeTick('sweep')).to.equal(true);
      expect(await queues.ticks()).to.deep.equal([]);
      expect(await queues.removeTick('sweep')).to.equal(false);
    });

    it('let the process end by itself once everything is closed', async () => {
      const child = startChild('./child-closing.ts', settings());

      await child.line('worked');
      child.goOn();

      expect(await child.ended).to.deep.equal({ code: 0, signal: null, errors: '' });
    });
  });

  it('do not open on a PostgreSQL whose schema nobody has migrated', async () => {
    const database = await freshEmptyDatabase();
    try {
      const refused = await openQueues({ databaseUrl: database.url, log: recordingLog() }).catch((error) => error);

      expect(refused).to.be.instanceOf(Error).with.property('name', 'SchemaMigrationRequiredError');
    } finally {
      await database.drop();
    }
  });

  it('migrate their schema from two places at once, and again', async () => {
    const database = await freshEmptyDatabase();
    try {
      await Promise.all([migrateQueueSchema(database.url), migrateQueueSchema(database.url)]);
      await migrateQueueSchema(database.url);
      const queues = await openQueues({ databaseUrl: database.url, log: recordingLog() });
      expect(await queues.ping()).to.equal(true);
      await queues.close();
    } finally {
      await database.drop();
    }
  });

  describe('sum finished jobs over minutes', () => {
    const at = (minute: number) => minute * 60_000 + 30_000;
    const series = { count: 17, previousCount: 10, previousAt: at(100), minutes: [5, 0, 3] };

    it('with the minute still running', () => expect(sumOfMinutes(series, 1, at(100))).to.equal(7));
    it('with the minutes before it', () => expect(sumOfMinutes(series, 4, at(100))).to.equal(15));
    it('shifted when nothing finished since', () => expect(sumOfMinutes(series, 4, at(102))).to.equal(12));
    it('as none when the last one is long ago', () => expect(sumOfMinutes(series, 4, at(110))).to.equal(0));
    it('when the clock went back', () => expect(sumOfMinutes(series, 1, at(90))).to.equal(7));
  });
});
