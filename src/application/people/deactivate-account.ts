import type { Actor } from '../../domain/organisation/actor.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore, Duty } from './ports.ts';

export interface Deactivation {
  readonly accountId: string;
  readonly reason: string;
  /** Who takes what would otherwise be left without anybody. */
  readonly transferTo?: string | undefined;
}

/**
 * Nobody is deleted: what they did stays theirs. Sessions and API tokens end with the next request.
 * @throws Refusal account.not_found, account.has_duties, account.last_administrator, account.not_active
 */
export const deactivateAccount =
  (accounts: Pick<AccountStore, 'deactivate'>, clock: Clock) =>
  (actor: Actor, { accountId, reason, transferTo }: Deactivation): Promise<readonly Duty[]> =>
    accounts.deactivate(accountId, transferTo, {
      at: clock.now(),
      actor: actor.id,
      action: 'account.deactivated',
      object: `account ${accountId}`,
      reason,
      detail: transferTo === undefined ? {} : { transferTo },
    });
