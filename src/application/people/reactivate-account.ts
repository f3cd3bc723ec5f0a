import type { Actor } from '../../domain/organisation/actor.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore } from './ports.ts';

/** With the memberships it has; its old sessions and tokens stay ended. @throws Refusal account.not_found */
export const reactivateAccount =
  (accounts: Pick<AccountStore, 'reactivate'>, clock: Clock) =>
  (actor: Actor, { accountId, reason }: { readonly accountId: string; readonly reason: string }): Promise<void> =>
    accounts.reactivate(accountId, {
      at: clock.now(),
      actor: actor.id,
      action: 'account.reactivated',
      object: `account ${accountId}`,
      reason,
      detail: {},
    });
