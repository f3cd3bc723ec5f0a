import type { Log } from '../log.ts';
import type { Clock, IntentionStore } from '../ports.ts';

export interface KeepHouseParts {
  readonly intentions: Pick<IntentionStore, 'done'>;
  readonly tidyUp: (now: Date) => Promise<string>;
  /** Files that wait for the virus scanner; answers with the intentions it took care of. */
  readonly scanWaiting: (intentionIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Clears away what has served its time. Doing it twice does it once. */
export const keepHouse =
  ({ intentions, tidyUp, scanWaiting, clock, log }: KeepHouseParts) =>
  async (intentionIds: readonly string[]): Promise<void> => {
    const scanned = await scanWaiting(intentionIds);
    const others = intentionIds.filter((id) => !scanned.has(id));
    if (others.length === 0) return;
    log.info('House kept.', { removed: await tidyUp(clock.now()) });
    await intentions.done(others);
  };
