import type { Log } from '../src/application/log.ts';

export interface Loop {
  /** Ends after the turn that is running. */
  stop(): Promise<void>;
}

/**
 * Runs a task again and again: at once while it finds work, otherwise after a pause. An error is logged and the next
 * turn comes all the same. These loops need no queue; they are what still works when the queue does not.
 * @param turn answers how much it did
 */
export const startLoop = (name: string, pauseMs: number, turn: () => Promise<number>, log: Log): Loop => {
  let stopped = false;
  let wake: (() => void) | undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    while (!stopped) {
      let did = 0;
      try {
        did = await turn();
      } catch (error) {
        log.error('A loop stumbled and goes on.', { loop: name, error });
      }
      if (did === 0 && !stopped) await pause(pauseMs);
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
};
