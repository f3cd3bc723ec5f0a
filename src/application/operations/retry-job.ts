import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { audited, type OperatorAction } from './audited.ts';
import { knownQueue, type QueueControl } from './queue-control.ts';

export interface RetryJob extends OperatorAction {
  readonly queue: string;
  readonly jobId: string;
}

/**
 * Hands a failed job out again with all its attempts. Safe to repeat: the job names rows, and what is done is done.
 * @throws Refusal queue.not_found, job.not_found
 */
export const retryJob =
  (queues: QueueControl, names: readonly string[], audit: AuditLog, clock: Clock) =>
  async ({ queue, jobId, ...by }: RetryJob): Promise<void> => {
    knownQueue(names, queue);
    const notFound = new Refusal('job.not_found', { queue, jobId });
    if ((await queues.find(queue, jobId))?.state !== 'failed') throw notFound;
    await audited(audit, clock)({ ...by, action: 'job.retried', object: `job/${queue}/${jobId}` }, async () => {
      if (!(await queues.retry(queue, jobId))) throw notFound;
    });
  };
