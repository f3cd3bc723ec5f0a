import type { Actor } from '../../domain/organisation/actor.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore, NewMembership } from './ports.ts';

/**
 * Replaces what an account may act as; holds from the next request on.
 * @throws Refusal account.not_found, unit.not_found, account.last_administrator
 */
export const changeMemberships =
  (accounts: Pick<AccountStore, 'account' | 'changeMemberships'>, clock: Clock) =>
  async (
    actor: Actor,
    {
      accountId,
      memberships,
      reason,
    }: { readonly accountId: string; readonly memberships: readonly NewMembership[]; readonly reason: string },
  ): Promise<void> => {
    const { memberships: before } = await accounts.account(accountId);
    await accounts.changeMemberships(accountId, memberships, {
      at: clock.now(),
      actor: actor.id,
      action: 'roles.changed',
      object: `account ${accountId}`,
      reason,
      detail: { before, after: memberships },
    });
  };
