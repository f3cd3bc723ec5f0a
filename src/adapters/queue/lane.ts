// One BullMQ queue that may not be there: every use is bounded in time, and a queue that failed to start is built again.
// BullMQ remembers the outcome of its first connection. One that failed (a server still loading, a break between the
// handshake and the first command) stays failed for the life of the object, however healthy the server is later.

import type { Queue } from 'bullmq';
import type { QueueConnection } from './connection.ts';
import type { Warn } from './sparing.ts';
import { QueueUnavailable, within } from './within.ts';

export interface Lane {
  /** Rejects with QueueUnavailable, the reason as its cause. `ask` is not called at all while the queue is not ready. */
  use<T>(what: string, ask: (queue: Queue) => Promise<T>): Promise<T>;
  raw(): Queue | undefined;
  close(): Promise<void>;
}

interface LaneParts {
  readonly connection: QueueConnection;
  readonly build: () => Queue;
  readonly callMs: number;
  readonly warn: Warn;
}

export function openLane({ connection, build, callMs, warn }: LaneParts): Lane {
  let queue: Queue | undefined;
  let ready: Promise<Queue> | undefined;
  let closed = false;

  const start = async (): Promise<Queue> => {
    await connection.answers();
    if (closed) throw new Error('The queue is closed.');
    const built = build();
    built.on('error', (error) => warn('The connection to the queue failed.', { queue: built.name, error }));
    queue = built;
    try {
      await built.waitUntilReady();
      return built;
    } catch (error) {
      queue = undefined;
      void connection.shut(built, 0);
      throw error;
    }
  };

  // Shared by all callers, so that a hundred of them waiting for Redis are one attempt and leave nothing behind.
  const whenReady = (): Promise<Queue> => {
    if (!ready) {
      const attempt = start();
      ready = attempt;
      attempt.catch(() => {
        if (ready === attempt) ready = undefined;
      });
    }
    return ready;
  };

  return {
    async use(what, ask) {
      const until = performance.now() + callMs;
      try {
        if (closed) throw new Error('The queue is closed.');
        const live = await within(callMs, what, whenReady());
        return await within(Math.max(1, until - performance.now()), what, ask(live));
      } catch (error) {
        throw error instanceof QueueUnavailable ? error : new QueueUnavailable(what, { cause: error });
      }
    },
    raw: () => queue,
    async close() {
      closed = true;
      if (queue) await connection.shut(queue, callMs);
    },
  };
}
