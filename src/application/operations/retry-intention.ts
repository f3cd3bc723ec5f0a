import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { audited, type OperatorAction } from './audited.ts';

export interface RetryableIntentions {
  /** Whether the row failed before: parked, or between two attempts. A timer that is not due yet never is. */
  hasFailed(id: string): Promise<boolean>;
  /** Unparks the row with all its attempts, due at once. False when it is no longer there, or no longer failed. */
  retry(id: string, now: Date): Promise<boolean>;
}

export interface RetryIntention extends OperatorAction {
  readonly id: string;
}

/** @throws Refusal intention.not_found */
export const retryIntention =
  (intentions: RetryableIntentions, audit: AuditLog, clock: Clock) =>
  async ({ id, ...by }: RetryIntention): Promise<void> => {
    const notFound = new Refusal('intention.not_found', { id });
    if (!(await intentions.hasFailed(id))) throw notFound;
    await audited(audit, clock)({ ...by, action: 'intention.retried', object: `intention/${id}` }, async () => {
      if (!(await intentions.retry(id, clock.now()))) throw notFound;
    });
  };
