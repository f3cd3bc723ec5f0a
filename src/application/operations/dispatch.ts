// From intentions to the queue. A row is leased first and handed over after: if we die in between, the lease runs out
// and the row is handed out again. The queue may lose, delay or double it; the row decides what happens.

import type { Log } from '../log.ts';
import type { Claimed, Clock, IntentionStore } from '../ports.ts';

export interface JobQueue {
  /** Rejects when the queue does not take them in time. */
  enqueue(
    queue: string,
    jobs: readonly { readonly name: string; readonly data: { readonly ids: readonly string[] } }[],
  ): Promise<void>;
}

/** Ids per job: enough to write in one statement, few enough to try again. Mails wait on a server each, so they go few at a time. */
const batchSizes: Readonly<Record<string, number>> = { timers: 500, notify: 500, mail: 20, imports: 1, bulk: 1 };
const claimLimit = 10_000;
const queueAwayMs = 2_000;

/** @returns how many rows were handed over */
export const dispatchDue =
  (intentions: IntentionStore, queue: JobQueue, clock: Clock, log: Log) => async (): Promise<number> => {
    const claimed = await intentions.claimDue(clock.now(), claimLimit);
    let handed = 0;
    for (const [name, ids] of byQueue(claimed)) {
      const jobs = batches(ids, batchSizes[name] ?? 1).map((batch) => ({ name, data: { ids: batch } }));
      try {
        await queue.enqueue(name, jobs);
        handed += ids.length;
      } catch (error) {
        log.warn('The queue took no jobs; they are offered again shortly.', { queue: name, rows: ids.length, error });
        await intentions.release(ids, new Date(clock.now().getTime() + queueAwayMs));
      }
    }
    return handed;
  };

/** What a queue's jobs do, by the queue's name. */
export type BatchHandlers = Readonly<Record<string, (ids: readonly string[]) => Promise<unknown>>>;

/**
 * Does what the queue should have had done long ago, straight from the table: the net under a queue that was wiped,
 * is away, or whose workers hang without a word.
 * @returns how many rows were taken
 */
export const reconcile =
  (
    intentions: IntentionStore,
    handlers: BatchHandlers,
    /** What an operator paused stays undone; a queue that cannot say so is not paused. */
    isPaused: (queue: string) => Promise<boolean>,
    clock: Clock,
    log: Log,
  ) =>
  async (): Promise<number> => {
    const stranded = await intentions.claimStranded(clock.now(), claimLimit);
    for (const [name, ids] of byQueue(stranded)) {
      const handle = handlers[name];
      if (!handle || (await isPaused(name))) continue;
      log.info('Doing what the queue did not.', { queue: name, rows: ids.length });
      for (const batch of batches(ids, batchSizes[name] ?? 1)) {
        try {
          await handle(batch);
        } catch (error) {
          // The lease runs out and the rows come again; the other batches go on.
          log.error('A stranded batch failed.', { queue: name, error });
        }
      }
    }
    return stranded.length;
  };

const byQueue = (claimed: readonly Claimed[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, string[]>();
  for (const { id, queue } of claimed) {
    const group = groups.get(queue);
    if (group) group.push(id);
    else groups.set(queue, [id]);
  }
  return groups;
};

const batches = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
