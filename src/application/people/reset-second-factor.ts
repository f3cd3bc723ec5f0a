import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore, SecondFactorStore } from './ports.ts';

/** An administrator, for somebody who lost the app and the recovery codes. Ends their sessions. @throws Refusal account.not_found, second_factor.not_found */
export const resetSecondFactor =
  (factors: Pick<SecondFactorStore, 'removeSecondFactor'>, accounts: Pick<AccountStore, 'account'>, clock: Clock) =>
  async (
    actor: Actor,
    { accountId, reason }: { readonly accountId: string; readonly reason: string },
  ): Promise<void> => {
    await accounts.account(accountId);
    const removed = await factors.removeSecondFactor(accountId, true, {
      at: clock.now(),
      actor: actor.id,
      action: 'second_factor.reset',
      object: `account ${accountId}`,
      reason,
      detail: {},
    });
    if (!removed) throw new Refusal('second_factor.not_found');
  };
