import { Refusal } from '../../domain/refusal.ts';

/** What operators may do to the queue. Every call ends by itself within a few seconds, if need be by rejecting. */
export interface QueueControl {
  find(queue: string, id: string): Promise<{ readonly name: string; readonly state: string } | null>;
  /** False when there is no failed job of that id. */
  retry(queue: string, id: string): Promise<boolean>;
  pause(queue: string): Promise<void>;
  resume(queue: string): Promise<void>;
}

/** @throws Refusal queue.not_found */
export const knownQueue = (names: readonly string[], queue: string): void => {
  if (!names.includes(queue)) throw new Refusal('queue.not_found', { queue, queues: names });
};
