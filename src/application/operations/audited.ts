import type { Actor } from '../../domain/organisation/actor.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditLog, Clock } from '../ports.ts';

/** What an operator does, with the reason that the audit list keeps. */
export interface OperatorAction {
  readonly actor: Actor;
  readonly reason: string;
}

export interface Deed extends OperatorAction {
  readonly action: string;
  readonly object: string;
}

/**
 * The entry is written before the deed, because queue and database have no transaction in common: so no deed goes
 * without an entry. A deed that then fails gets a second one, which says so.
 */
export const audited =
  (audit: AuditLog, clock: Clock) =>
  async <T>({ action, ...by }: Deed, deed: () => Promise<T>): Promise<T> => {
    await audit.record(entryOf(clock, { ...by, action, outcome: 'begun' }));
    try {
      return await deed();
    } catch (error) {
      const detail = { failed: error instanceof Error ? error.name : 'unknown' };
      await audit.record(entryOf(clock, { ...by, action: `${action}.failed`, outcome: 'failed', detail }));
      throw error;
    }
  };
