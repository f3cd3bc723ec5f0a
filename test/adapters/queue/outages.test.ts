import { expect } from 'chai';
import { checkRedis } from '../../../src/adapters/queue/boot-check.ts';
import { openQueues, type Queues } from '../../../src/adapters/queue/queues.ts';
import { startWatchdog } from '../../../src/adapters/queue/watchdog.ts';
import { QueueUnavailable } from '../../../src/adapters/queue/within.ts';
import { eachBackend } from '../../support/redis.ts';
import { startChild } from './child.ts';
import { eventually, harness, recordingLog } from './harness.ts';
import { hasRedisServer, startRedis } from './private-redis.ts';
import { wireTo } from './wire.ts';

const hint = { name: 'fire', data: { timerIds: ['t1'] } };
const timings = { callMs: 500, retryMs: 50 };
const added = (queues: Queues) =>
  queues.enqueue('timers', [hint]).then(
    () => true,
    () => false,
  );

describe('queues whose server goes away', () => {
  eachBackend((backend) => {
    const { settings } = harness(backend);

    const wired = async () => {
      const server = settings();
      const wire = await wireTo(server.redisUrl ?? server.databaseUrl);
      const through =
        backend.name === 'redis' ? { ...server, redisUrl: wire.url } : { ...server, databaseUrl: wire.url };
      return { wire, through };
    };

    it('open without it, refuse instead of hanging, and work once it is there', async () => {
      const { wire, through } = await wired();
      const log = recordingLog();
      const queues = await openQueues({ ...through, log, timings });
      const seen: unknown[] = [];
      const worker = queues.startWorker('timers', async ({ data }) => seen.push(data), { concurrency: 1 });

      const refused = await queues.enqueue('timers', [hint]).catch((error) => error);
      expect(refused).to.be.instanceOf(QueueUnavailable);
      expect(await queues.ping()).to.equal(false);
      expect(log.said('warn')).to.include('The queue is not there yet; work goes on without it.');
      expect(log.said('error')).to.deep.equal([]);

      await wire.mend();
      await eventually(() => added(queues));
      await eventually(() => seen.length > 0);
      expect(await queues.ping()).to.equal(true);
      expect(seen).to.deep.equal([hint.data]); // what was refused at first did not pile up

      await worker.close(5_000);
      await queues.close();
      await wire.cut();
    });

    it('refuse while the wire is cut, and work on with the same worker when it is mended', async () => {
      const { wire, through } = await wired();
      await wire.mend();
      const queues = await openQueues({ ...through, log: recordingLog(), timings });
      let seen = 0;
      queues.startWorker('timers', async () => void seen++, { concurrency: 1 });
      await queues.enqueue('timers', [hint]);
      await eventually(() => seen === 1);

      await wire.cut();
      expect(await added(queues)).to.equal(false);

      await wire.mend();
      await eventually(() => added(queues));
      await eventually(() => seen >= 2);
      await queues.close();
      await wire.cut();
    });

    it('close and let the process end although it was never there', async () => {
      const { through } = await wired();
      const child = startChild('./child-closing.ts', through);
      await child.line('worked');

      child.goOn();

      expect(await child.ended).to.deep.equal({ code: 0, signal: null, errors: '' });
    });

    it('close and let the process end when it went away', async () => {
      const { wire, through } = await wired();
      await wire.mend();
      const child = startChild('./child-closing.ts', through);
      await child.line('worked');

      await wire.cut();
      child.goOn();

      expect(await child.ended).to.deep.equal({ code: 0, signal: null, errors: '' });
    });
  });
});

describe('queues on a Redis of which one cannot be sure', () => {
  before(function () {
    if (!hasRedisServer()) this.skip();
  });

  const nowhere = 'postgres://nowhere.invalid/none';

  it('work once Redis lets them in, although it turned them away at first', async () => {
    const redis = await startRedis();
    await redis.say('CONFIG SET requirepass secret');
    const queues = await openQueues({ databaseUrl: nowhere, redisUrl: redis.url, log: recordingLog(), timings });
    let seen = 0;
    queues.startWorker('timers', async () => void seen++, { concurrency: 1 });
    expect(await added(queues)).to.equal(false);

    expect(await redis.say('AUTH secret\r\nCONFIG SET requirepass ""')).to.equal('+OK');
    await eventually(() => added(queues));
    await eventually(() => seen > 0);

    await queues.close();
    await redis.stop();
  });

  it('let go of a worker that is doing nothing, without using up its patience, when Redis died', async () => {
    const redis = await startRedis();
    const log = recordingLog();
    const queues = await openQueues({ databaseUrl: nowhere, redisUrl: redis.url, log });
    const worker = queues.startWorker('timers', async () => undefined, { concurrency: 1 });
    await eventually(async () => (await queues.workersAlive()).timers === 1);
    await redis.stop();
    await eventually(() => log.said('warn').includes('A worker of the queue met an error.'));

    await worker.close(3_600_000);

    await queues.close();
  });

  it('tick again after Redis was wiped', async () => {
    const redis = await startRedis();
    const log = recordingLog();
    const queues = await openQueues({ databaseUrl: nowhere, redisUrl: redis.url, log });
    let ticks = 0;
    const worker = queues.startWorker(
      'ticks',
      async () => {
        ticks += 1;
        watchdog.tickSeen(new Date());
      },
      { concurrency: 1 },
    );
    const watchdog = startWatchdog({
      queues,
      ticks: [{ key: 'sweep', everyMs: 200 }],
      workers: [worker],
      log,
      onGiveUp: () => undefined,
      timings: { lookMs: 50, upsertMs: 500 },
    });
    await eventually(() => ticks >= 2);

    expect(await redis.say('FLUSHALL')).to.equal('+OK');
    const before = ticks;

    await eventually(() => ticks >= before + 3);
    expect(watchdog.lastTick()).to.be.instanceOf(Date);
    await watchdog.close();
    await worker.close(5_000);
    await queues.close();
    await redis.stop();
  });

  it('refuse to start on one that throws keys away, and name the line to change', async () => {
    const redis = await startRedis(['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'yes']);

    const refused = await checkRedis({ redisUrl: redis.url, log: recordingLog() }).catch((error) => error);

    expect(refused).to.be.instanceOf(Error);
    expect(refused.message)
      .to.include('allkeys-lru')
      .and.to.match(/redis\.conf: maxmemory-policy noeviction$/);
    await redis.stop();
  });

  it('warn about one that forgets, and say nothing about a good one', async () => {
    const log = recordingLog();
    const forgetful = await startRedis(['--appendonly', 'no']);
    await checkRedis({ redisUrl: forgetful.url, log });
    expect(log.said('warn'))
      .to.have.length(1)
      .and.to.match(/redis\.conf: appendonly yes/);
    await forgetful.stop();

    const good = await startRedis(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']);
    await checkRedis({ redisUrl: good.url, log });
    expect(log.said('warn')).to.have.length(1);
    await good.stop();
  });

  it('do not take silence for a fault of configuration', async () => {
    const log = recordingLog();
    const redis = await startRedis();
    await redis.stop();

    await checkRedis({ redisUrl: redis.url, log });

    expect(log.said('warn')).to.deep.equal(['Redis did not answer at start, so its settings were not checked.']);
  });
});
