// Keeps the ticks alive. A wiped Redis, a clock that jumped or a connection that died without a word stops a scheduler or a
// worker without one error. So ticks are set again every minute, and if none arrives although the queue answers, the workers
// are built again; when that does not help, someone outside must start the process again.

import type { Log } from '../../application/log.ts';
import type { Queues } from './queues.ts';
import type { RunningWorker } from './worker.ts';

export interface Watchdog {
  /** Called by the worker of the ticks. */
  tickSeen(at: Date): void;
  lastTick(): Date | null;
  /** One look, as the timer takes it. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface WatchdogParts {
  readonly queues: Pick<Queues, 'upsertTick' | 'ping'>;
  readonly ticks: readonly { readonly key: string; readonly everyMs: number }[];
  readonly workers: readonly Pick<RunningWorker, 'rebuild'>[];
  readonly log: Log;
  readonly onGiveUp: () => void;
  /** Milliseconds that only ever grow. Not the time of day: a jump of the clock is no silence. */
  readonly now?: () => number;
  readonly timings?: Partial<WatchdogTimings>;
}

export interface WatchdogTimings {
  readonly lookMs: number;
  readonly upsertMs: number;
  readonly silentMs: number;
  readonly rebuilds: number;
}

const defaults: WatchdogTimings = { lookMs: 15_000, upsertMs: 60_000, silentMs: 90_000, rebuilds: 3 };

export function startWatchdog(parts: WatchdogParts): Watchdog {
  const { queues, ticks, workers, log, onGiveUp, now = () => performance.now() } = parts;
  const timings = { ...defaults, ...parts.timings };
  let upsertedAt = Number.NEGATIVE_INFINITY;
  let quietSince = now();
  let rebuilds = 0;
  let givenUp = false;
  let lastTick: Date | null = null;
  let looking: Promise<void> | undefined;

  const upsert = async () => {
    if (now() - upsertedAt < timings.upsertMs) return;
    try {
      for (const { key, everyMs } of ticks) await queues.upsertTick(key, everyMs);
      upsertedAt = now();
    } catch (error) {
      log.warn('The ticks could not be set.', { error });
    }
  };

  const listen = async () => {
    const before = quietSince;
    if (givenUp || now() - before < timings.silentMs) return;
    if (!(await queues.ping())) {
      quietSince = now(); // The queue itself is away: rebuilding would not help, and the workers come back with it.
      return;
    }
    if (quietSince !== before) return; // a tick came meanwhile
    if (rebuilds >= timings.rebuilds) {
      givenUp = true;
      log.error('No tick arrives although the queue answers, also not with new workers. Giving up.', { rebuilds });
      onGiveUp();
      return;
    }
    rebuilds += 1;
    log.warn('No tick arrives although the queue answers. Building the workers again.', { rebuilds });
    await Promise.all(workers.map((worker) => worker.rebuild()));
    quietSince = now();
  };

  const check = (): Promise<void> => {
    looking ??= upsert()
      .then(listen)
      .catch((error: unknown) => log.error('The watchdog of the ticks failed.', { error }))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  const timer = setInterval(() => void check(), timings.lookMs);
  void check();

  return {
    tickSeen(at) {
      lastTick = at;
      quietSince = now();
      rebuilds = 0;
    },
    lastTick: () => lastTick,
    check,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
