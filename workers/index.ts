// The worker process: takes jobs from every queue, hands due rows to the queue, and keeps watch. Start as many as you
// like; whatever two of them do at once is done once.

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { pathToFileURL } from 'node:url';
import { checkRedis } from '../src/adapters/queue/boot-check.ts';
import { openQueues, type QueueName, type Queues } from '../src/adapters/queue/queues.ts';
import { startWatchdog } from '../src/adapters/queue/watchdog.ts';
import { openLog } from '../src/adapters/telemetry/log.ts';
import type { Log } from '../src/application/log.ts';
import { dispatchDue, reconcile } from '../src/application/operations/dispatch.ts';
import { runDueSchedules } from '../src/application/operations/schedules.ts';
import { type Composition, compose } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';
import { aggregate } from './aggregate.ts';
import { batch } from './batch.ts';
import { startLoop } from './loop.ts';
import { scheduledWork, schedules } from './schedules.ts';
import { tick } from './tick.ts';

/** Jobs of one queue that one process works on at once. */
const concurrency: Readonly<Partial<Record<QueueName, number>>> = {
  timers: 2,
  notify: 2,
  // Each job sends over several connections itself.
  mail: 1,
  imports: 1,
  // A run gives way after some seconds, so that two large ones do not hold up a small one.
  bulk: 2,
  // One reorganisation at a time: the next one judges by what this one leaves.
  organisation: 1,
  reports: 1,
};

export interface RunningWorkers {
  /** Finishes what is being done, bounded in time; everything else waits in the database. */
  stop(): Promise<void>;
}

export const startWorkers = async (
  composition: Composition,
  queues: Queues,
  log: Log,
  onGiveUp: () => void,
): Promise<RunningWorkers> => {
  const { clock, intentions, handlers, tallies, workers: signs } = composition;
  const sign = { id: randomUUID(), name: `${hostname()}:${process.pid}`, startedAt: clock.now() };
  const work = scheduledWork(composition, log);
  await composition.schedules.declare(schedules, clock.now());
  const runSchedules = runDueSchedules(composition.schedules, work, clock, log);

  const running = [
    ...Object.entries(handlers).map(([name, handle]) =>
      queues.startWorker(name as QueueName, batch(handle, log), { concurrency: concurrency[name as QueueName] ?? 1 }),
    ),
    queues.startWorker('reports', aggregate(tallies, log), { concurrency: 1 }),
    queues.startWorker(
      'ticks',
      tick(() => watchdog.tickSeen(clock.now()), runSchedules, log),
      { concurrency: 1 },
    ),
  ];
  const watchdog = startWatchdog({
    queues,
    ticks: [{ key: 'tick', everyMs: 30_000 }],
    workers: running,
    log,
    onGiveUp,
  });

  const seen = async (): Promise<number> => {
    await signs.seen(
      { ...sign, queues: running.map(({ queue }) => queue), tickSeenAt: watchdog.lastTick() },
      clock.now(),
    );
    await keepFolding(queues, log);
    return 0;
  };
  const loops = [
    startLoop(
      'dispatcher',
      100,
      dispatchDue(intentions, { enqueue: (queue, jobs) => queues.enqueue(queue as QueueName, jobs) }, clock, log),
      log,
    ),
    startLoop('reconciler', 2_500, reconcile(intentions, handlers, paused(queues), clock, log), log),
    startLoop(
      'net',
      30_000,
      async () => {
        // Without any queue: what ticks and folding would have done.
        await runSchedules();
        return tallies.fold();
      },
      log,
    ),
    startLoop('sign of life', 15_000, seen, log),
  ];

  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await watchdog.close();
      await Promise.all(running.map((worker) => worker.close(20_000)));
      await signs.gone(sign.id);
    },
  };
};

/** Asked of the queue itself, which may be away. */
const paused =
  (queues: Queues) =>
  async (name: string): Promise<boolean> => {
    try {
      return (await queues.counts())[name as QueueName].paused;
    } catch {
      return false;
    }
  };

/** The aggregation's own tick; set again and again because a wiped queue forgets it. */
const keepFolding = async (queues: Queues, log: Log): Promise<void> => {
  try {
    await queues.upsertTick('fold', 1_000, 'reports');
  } catch (error) {
    log.warn('The tick of the aggregation could not be set.', { error });
  }
};

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const log = openLog({ level: config.LOG_LEVEL, json: config.NODE_ENV === 'production' });
  if (config.REDIS_URL !== undefined) {
    try {
      await checkRedis({ redisUrl: config.REDIS_URL, log });
    } catch (error) {
      log.error('Redis is not fit for a queue.', { error });
      process.exit(78);
    }
  }
  const composition = await compose(config, log);
  const queues = await openQueues({ redisUrl: config.REDIS_URL, databaseUrl: config.DATABASE_URL, log });
  let stopping: Promise<void> | undefined;
  const workers = await startWorkers(composition, queues, log, () => void stop(1));
  const stop = (code: number): Promise<void> => {
    stopping ??= (async () => {
      setTimeout(() => process.exit(1), 25_000).unref();
      await workers.stop();
      await queues.close();
      await composition.close();
      process.exitCode = code;
    })();
    return stopping;
  };
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  log.info('Workers are running.', { backend: queues.backend });
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
