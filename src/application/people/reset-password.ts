import type { Actor } from '../../domain/organisation/actor.ts';
import type { Clock, PasswordHasher } from '../ports.ts';
import { refuseWeak } from './change-password.ts';
import type { AccountStore } from './ports.ts';

/**
 * An administrator gives somebody a new password. Ends all sessions and API tokens of the account: it is unknown who had
 * the old one.
 * @throws Refusal account.not_found, password.weak
 */
export const resetPassword =
  (accounts: Pick<AccountStore, 'account' | 'setPassword'>, passwords: PasswordHasher, clock: Clock) =>
  async (
    actor: Actor,
    { accountId, password, reason }: { accountId: string; password: string; reason: string },
  ): Promise<void> => {
    refuseWeak(password, await accounts.account(accountId));
    await accounts.setPassword(accountId, await passwords.hash(password), null, {
      at: clock.now(),
      actor: actor.id,
      action: 'password.reset',
      object: `account ${accountId}`,
      reason,
      detail: {},
    });
  };
