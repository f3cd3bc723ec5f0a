import type { Log } from '../log.ts';
import type { Clock, IntentionStore } from '../ports.ts';

/** Clears away what has served its time. Doing it twice does it once. */
export const keepHouse =
  (intentions: Pick<IntentionStore, 'done'>, tidyUp: (now: Date) => Promise<string>, clock: Clock, log: Log) =>
  async (intentionIds: readonly string[]): Promise<void> => {
    log.info('House kept.', { removed: await tidyUp(clock.now()) });
    await intentions.done(intentionIds);
  };
