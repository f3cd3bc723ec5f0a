// One BullMQ worker that survives its own connection: it is built again when it could not start, or when the watchdog says so.

import type { Worker } from 'bullmq';
import type { Log } from '../../application/log.ts';
import type { QueueConnection } from './connection.ts';
import type { Warn } from './sparing.ts';
import { within } from './within.ts';

/** What a handler is told. The same job may be delivered twice, also with the same `attemptsMade`. */
export interface DeliveredJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  /** Attempts that failed before this one. */
  readonly attemptsMade: number;
  /** How many there will be at most. */
  readonly attempts: number;
}

export type Handler = (job: DeliveredJob) => Promise<unknown>;

export interface RunningWorker {
  readonly queue: string;
  /**
   * Takes nothing new and waits for what runs, up to `graceMs`. What still runs then is delivered again elsewhere. When
   * nothing runs, a server that is away holds up nobody: it costs the goodbye only.
   */
  close(graceMs: number): Promise<void>;
  /** Throws the connections away and starts with new ones. */
  rebuild(): Promise<void>;
}

export interface WorkerTimings {
  /** A worker that died is noticed after the lock plus the time between two looks. */
  readonly lockMs: number;
  readonly stalledMs: number;
  /** Between two tries to start. */
  readonly retryMs: number;
}

interface WorkerParts {
  readonly connection: QueueConnection;
  readonly queue: string;
  readonly handler: Handler;
  readonly concurrency: number;
  readonly timings: WorkerTimings;
  readonly log: Log;
  readonly warn: Warn;
}

const rebuildGraceMs = 5_000;
const lastTryMs = 1_000;
/** For reporting what has just been finished and for closing the connections. */
const goodbyeMs = 1_000;

export function runWorker({ connection, queue, handler, concurrency, timings, log, warn }: WorkerParts): RunningWorker {
  let current: { stop: (graceMs: number) => Promise<void> };
  let closing: Promise<void> | undefined;
  let closed = false;
  const handling = new Set<Promise<unknown>>();

  const handle: Handler = (job) => {
    const work = handler(job);
    handling.add(work);
    const forget = () => void handling.delete(work);
    work.then(forget, forget);
    return work;
  };

  const build = (): Worker => {
    const worker = connection.worker(
      queue,
      ({ id, name, data, attemptsMade, opts }) =>
        handle({ id: id ?? '', name, data, attemptsMade, attempts: opts.attempts ?? 1 }),
      {
        concurrency,
        lockDuration: timings.lockMs,
        stalledInterval: timings.stalledMs,
        // Dying is not the job's fault, and the default of 1 throws a job away whose workers died twice.
        maxStalledCount: 100,
        drainDelay: 5,
        metrics: { maxDataPoints: 60 },
      },
    );
    worker.on('error', (error) => warn('A worker of the queue met an error.', { queue, error }));
    worker.on('stalled', (jobId) => log.warn('A job lost its worker and is handed out again.', { queue, jobId }));
    return worker;
  };

  /** One life: tries until a worker is ready, then lets it run until it is stopped. */
  const live = () => {
    let worker: Worker | undefined;
    let stopped = false;
    let wake = () => {};

    const starting = (async () => {
      while (!stopped) {
        try {
          await connection.answers();
          if (stopped) return;
          worker = build();
          await worker.waitUntilReady();
          return;
        } catch (error) {
          if (stopped) return;
          warn('A worker of the queue could not start yet.', { queue, error: error as Error });
          if (worker) void connection.shut(worker, 0);
          worker = undefined;
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, timings.retryMs);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
      }
    })();

    return {
      async stop(graceMs: number) {
        stopped = true;
        wake();
        if (worker) {
          // Not left to close(): it does not come back from a server that is away, whether anything runs or not.
          void worker.pause(true).catch(() => undefined);
          await within(graceMs, 'finishing', Promise.allSettled(handling)).catch(() => undefined);
          await connection.shut(worker, goodbyeMs);
        } else await within(lastTryMs, 'starting', starting).catch(() => undefined);
      },
    };
  };

  current = live();
  return {
    queue,
    close(graceMs) {
      closed = true;
      closing ??= current.stop(graceMs);
      return closing;
    },
    async rebuild() {
      if (closed) return;
      const old = current;
      const stopping = old.stop(rebuildGraceMs);
      current = live();
      await stopping;
    },
  };
}
