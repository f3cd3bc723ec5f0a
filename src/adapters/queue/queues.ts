// The queues as the rest of the program sees them. A job is a hint that carries ids: it may be lost, come late or come twice,
// and whoever handles it re-reads and decides again. Nothing here waits for ever, whatever the backend does.

import { type Job, type Queue, SchemaMigrationRequiredError, SchemaVersionMismatchError } from 'bullmq';
import type { Log } from '../../application/log.ts';
import { connectQueue, type FinishedSeries, type QueueSettings } from './connection.ts';
import { openLane } from './lane.ts';
import { sparing } from './sparing.ts';
import { type Handler, type RunningWorker, runWorker, type WorkerTimings } from './worker.ts';

// One queue per kind of work, so that a flood of one kind holds up no other. No priorities: BullMQ takes every job without one first.
export const queueNames = [
  'timers',
  'notify',
  'mail',
  'reports',
  'imports',
  'bulk',
  'organisation',
  'housekeeping',
  'ticks',
] as const;
export type QueueName = (typeof queueNames)[number];

/** Ids and a reason, never state. */
export type JobData = Readonly<Record<string, unknown>>;

export interface NewJob {
  readonly name: string;
  readonly data: JobData;
}

export interface QueueCounts {
  /** Jobs nobody has taken yet, those of a paused queue among them. */
  readonly waiting: number;
  readonly active: number;
  /** Waiting for their next attempt, or for the next tick. */
  readonly delayed: number;
  readonly failed: number;
  /** Kept for an hour. */
  readonly completed: number;
  readonly paused: boolean;
}

export interface QueueRate {
  /** This minute and the ones before it. */
  readonly minutes: number;
  readonly completed: number;
  /** After the last attempt; attempts that will be repeated do not count. */
  readonly failed: number;
}

export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly data: JobData;
  readonly failedReason: string | null;
  readonly attemptsMade: number;
  readonly timestamp: Date;
  readonly finishedOn: Date | null;
  readonly stack?: string;
}

export type JobState = 'waiting' | 'active' | 'delayed' | 'failed' | 'completed' | 'unknown';

export interface FoundJob extends JobView {
  readonly state: JobState;
}

export interface Tick {
  readonly key: string;
  readonly everyMs: number;
  readonly next: Date | null;
}

export interface Queues {
  readonly backend: 'redis' | 'postgres';
  /** Rejects with QueueUnavailable within about two seconds. Jobs that were said to be refused may still arrive. */
  enqueue(queue: QueueName, jobs: readonly NewJob[]): Promise<void>;
  startWorker(queue: QueueName, handler: Handler, options: { readonly concurrency: number }): RunningWorker;

  /** A job named `key` now and every `everyMs`. Safe to repeat: that is what keeps a tick alive. Carries no meaning. */
  upsertTick(key: string, everyMs: number, queue?: QueueName): Promise<void>;
  ticks(queue?: QueueName): Promise<readonly Tick[]>;
  removeTick(key: string, queue?: QueueName): Promise<boolean>;

  counts(): Promise<Readonly<Record<QueueName, QueueCounts>>>;
  /** Since when the next job in line could have been taken. */
  oldestWaiting(queue: QueueName): Promise<Date | null>;
  rate(queue: QueueName, minutes?: number): Promise<QueueRate>;
  /** Newest first, at most 100 at a time. */
  failed(queue: QueueName, page: { readonly start: number; readonly count: number }): Promise<readonly JobView[]>;
  find(queue: QueueName, id: string): Promise<FoundJob | null>;
  /** Hands a failed job out again with all its attempts. False when there is no failed job of that id. */
  retry(queue: QueueName, id: string): Promise<boolean>;
  pause(queue: QueueName): Promise<void>;
  resume(queue: QueueName): Promise<void>;
  /** Workers connected now, in all processes. */
  workersAlive(): Promise<Readonly<Record<QueueName, number>>>;
  /** For the operators' board. Ask again for each use: a queue that could not start is replaced by another object. */
  raw(): Queue[];

  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface QueueTimings extends WorkerTimings {
  /** The most one call may take. */
  readonly callMs: number;
  /** Before the second attempt; doubled for each further one. */
  readonly backoffMs: number;
}

export const defaultTimings: QueueTimings = {
  callMs: 2_000,
  backoffMs: 2_000,
  lockMs: 10_000,
  stalledMs: 10_000,
  retryMs: 2_000,
};

export interface OpenQueues extends QueueSettings {
  readonly log: Log;
  readonly timings?: Partial<QueueTimings>;
}

const hour = 3_600;
const pageSize = 100;
const closeMs = 1_000;

/** Opens also while the backend is away, and works as soon as it is there. Fails only for a schema nobody has migrated. */
export async function openQueues({ log, timings, ...settings }: OpenQueues): Promise<Queues> {
  const { callMs, backoffMs, ...workerTimings } = { ...defaultTimings, ...timings };
  const connection = connectQueue(settings, log);
  const warn = sparing(log);
  const workers = new Set<RunningWorker>();

  const defaultJobOptions = {
    // At least three: a hiccup of PostgreSQL while a job is being completed counts as a failed attempt.
    attempts: 5,
    backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
    removeOnComplete: connection.keep(hour, 1_000),
    removeOnFail: connection.keep(7 * 24 * hour, 5_000),
  };
  const lanes = Object.fromEntries(
    queueNames.map((name) => [
      name,
      openLane({
        connection,
        build: () => connection.queue(name, { defaultJobOptions, streams: { events: { maxLen: 1_000 } } }),
        callMs,
        warn,
      }),
    ]),
  ) as Record<QueueName, ReturnType<typeof openLane>>;

  const ofEach = async <T>(ask: (name: QueueName) => Promise<T>): Promise<Record<QueueName, T>> =>
    Object.fromEntries(await Promise.all(queueNames.map(async (name) => [name, await ask(name)] as const))) as Record<
      QueueName,
      T
    >;

  const finishedWithin = async (queue: QueueName, kind: 'completed' | 'failed', minutes: number) =>
    sumOfMinutes(
      await lanes[queue].use(`rate of ${queue}`, (it) => connection.finished(it, kind, minutes)),
      minutes,
      Date.now(),
    );

  const queues: Queues = {
    backend: connection.backend,

    async enqueue(queue, jobs) {
      if (jobs.length === 0) return;
      await lanes[queue].use(`add to ${queue}`, (it) => it.addBulk(jobs.map(({ name, data }) => ({ name, data }))));
    },

    startWorker(queue, handler, { concurrency }) {
      const worker = runWorker({ connection, queue, handler, concurrency, timings: workerTimings, log, warn });
      workers.add(worker);
      return worker;
    },

    async upsertTick(key, everyMs, queue = 'ticks') {
      await lanes[queue].use(`schedule ${key}`, (it) =>
        it.upsertJobScheduler(
          key,
          { every: everyMs },
          // The next tick is the second attempt. A finished tick must not be kept: its id would be in the way of a later one.
          { name: key, data: {}, opts: { attempts: 1, removeOnComplete: true, removeOnFail: { age: 24 * hour } } },
        ),
      );
    },

    async ticks(queue = 'ticks') {
      const found = await lanes[queue].use(`ticks of ${queue}`, (it) => it.getJobSchedulers(0, pageSize - 1, true));
      return found.map(({ key, every, next }) => ({
        key,
        everyMs: Number(every ?? 0),
        next: next ? new Date(next) : null,
      }));
    },

    removeTick: (key, queue = 'ticks') => lanes[queue].use(`unschedule ${key}`, (it) => it.removeJobScheduler(key)),

    counts: () =>
      ofEach((queue) =>
        lanes[queue].use(`counts of ${queue}`, async (it) => {
          // PostgreSQL shows what waits in a paused queue under 'paused', a state that BullMQ's types no longer know.
          const states = ['waiting', 'paused', 'active', 'delayed', 'failed', 'completed'] as 'waiting'[];
          const [found, paused] = await Promise.all([it.getJobCounts(...states), it.isPaused()]);
          const { waiting = 0, paused: held = 0, active = 0, delayed = 0, failed = 0, completed = 0 } = found;
          return { waiting: waiting + held, active, delayed, failed, completed, paused };
        }),
      ),

    async oldestWaiting(queue) {
      const at = await lanes[queue].use(`oldest of ${queue}`, (it) => connection.oldestWaiting(it));
      return at === null ? null : new Date(at);
    },

    async rate(queue, minutes = 5) {
      const [completed, failed] = await Promise.all([
        finishedWithin(queue, 'completed', minutes),
        finishedWithin(queue, 'failed', minutes),
      ]);
      return { minutes, completed, failed };
    },

    async failed(queue, { start, count }) {
      const first = Math.max(0, start);
      const size = Math.min(count, pageSize);
      if (size < 1) return [];
      const jobs = await lanes[queue].use(`failed of ${queue}`, (it) => it.getFailed(first, first + size - 1));
      return jobs.map(view);
    },

    find: (queue, id) =>
      lanes[queue].use(`job ${id} of ${queue}`, async (it) => {
        const job = await it.getJob(id);
        return job ? { ...view(job), state: stateOf(await job.getState()) } : null;
      }),

    retry: (queue, id) =>
      lanes[queue].use(`retry ${id} of ${queue}`, async (it) => {
        const job = await it.getJob(id);
        if (!job || (await job.getState()) !== 'failed') return false;
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return true;
      }),

    pause: (queue) => lanes[queue].use(`pause ${queue}`, (it) => it.pause()),
    resume: (queue) => lanes[queue].use(`resume ${queue}`, (it) => it.resume()),

    workersAlive: () => ofEach((queue) => lanes[queue].use(`workers of ${queue}`, (it) => it.getWorkersCount())),

    raw: () => queueNames.flatMap((name) => lanes[name].raw() ?? []),

    ping: () =>
      lanes.ticks
        .use('ping', (it) => it.getVersion())
        .then(
          () => true,
          () => false,
        ),

    async close() {
      await Promise.all([...workers].map((worker) => worker.close(closeMs)));
      await Promise.all(queueNames.map((name) => lanes[name].close()));
      await connection.close();
    },
  };

  const opened = await Promise.allSettled(
    queueNames.map((name) => lanes[name].use(`opening ${name}`, async () => true)),
  );
  const failures = opened.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
  const unmigrated = failures.map(({ cause }) => cause).find(isSchemaFault);
  if (unmigrated) {
    await queues.close();
    throw unmigrated;
  }
  if (failures.length > 0) {
    log.warn('The queue is not there yet; work goes on without it.', {
      backend: connection.backend,
      error: failures[0],
    });
  }
  return queues;
}

const isSchemaFault = (error: unknown) =>
  error instanceof SchemaMigrationRequiredError || error instanceof SchemaVersionMismatchError;

const view = (job: Job): JobView => {
  const stack = job.stacktrace?.at(-1);
  return {
    id: job.id ?? '',
    name: job.name,
    data: job.data as JobData,
    failedReason: job.failedReason || null,
    attemptsMade: job.attemptsMade,
    timestamp: new Date(job.timestamp),
    finishedOn: job.finishedOn ? new Date(job.finishedOn) : null,
    ...(stack ? { stack } : {}),
  };
};

const states: readonly string[] = ['waiting', 'active', 'delayed', 'failed', 'completed'];
const stateOf = (state: string): JobState => (states.includes(state) ? (state as JobState) : 'unknown');

/**
 * How many finished in the last `minutes` calendar minutes, the present one included. A series stops growing when nothing
 * finishes, so its newest minute must be placed in time first.
 */
export function sumOfMinutes(series: FinishedSeries, minutes: number, now: number): number {
  const minuteOf = (at: number) => Math.floor(at / 60_000);
  const age = Math.max(0, minuteOf(now) - minuteOf(series.previousAt));
  return [series.count - series.previousCount, ...series.minutes]
    .slice(0, Math.max(0, minutes - age))
    .reduce((sum, each) => sum + each, 0);
}
