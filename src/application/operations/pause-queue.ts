import type { AuditLog, Clock } from '../ports.ts';
import { audited, type OperatorAction } from './audited.ts';
import { knownQueue, type QueueControl } from './queue-control.ts';

export interface QueueAction extends OperatorAction {
  readonly queue: string;
}

/**
 * Workers take nothing more from the queue. What is due is still done, late, from the table of intentions.
 * @throws Refusal queue.not_found
 */
export const pauseQueue =
  (queues: QueueControl, names: readonly string[], audit: AuditLog, clock: Clock) =>
  async ({ queue, ...by }: QueueAction): Promise<void> => {
    knownQueue(names, queue);
    await audited(audit, clock)({ ...by, action: 'queue.paused', object: `queue/${queue}` }, () => queues.pause(queue));
  };

/** @throws Refusal queue.not_found */
export const resumeQueue =
  (queues: QueueControl, names: readonly string[], audit: AuditLog, clock: Clock) =>
  async ({ queue, ...by }: QueueAction): Promise<void> => {
    knownQueue(names, queue);
    await audited(audit, clock)({ ...by, action: 'queue.resumed', object: `queue/${queue}` }, () =>
      queues.resume(queue),
    );
  };
