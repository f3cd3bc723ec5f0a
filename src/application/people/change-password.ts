import { passwordProblem } from '../../domain/organisation/password.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock, PasswordHasher } from '../ports.ts';
import type { AccountStore, AttemptStore } from './ports.ts';
import { attempts } from './throttle.ts';

export interface ChangePassword {
  readonly accountId: string;
  readonly sessionId: string;
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly address: string;
}

/** @throws Refusal password.weak with the reason */
export const refuseWeak = (password: string, owner: { readonly email: string; readonly name: string }): void => {
  const problem = passwordProblem(password, owner);
  if (problem) throw new Refusal('password.weak', { reason: problem });
};

/**
 * One's own password. Ends all other sessions of the account; API tokens stay, each can be revoked.
 * @throws Refusal password.wrong, password.weak, rate.exceeded
 */
export const changePassword =
  (
    accounts: Pick<AccountStore, 'account' | 'setPassword'>,
    people: AttemptStore,
    passwords: PasswordHasher,
    clock: Clock,
    audit: AuditLog,
  ) =>
  async ({ accountId, sessionId, oldPassword, newPassword, address }: ChangePassword): Promise<void> => {
    const account = await accounts.account(accountId);
    refuseWeak(newPassword, account);
    // A session that somebody took over must not serve to find out the password.
    const guesses = attempts(people, clock);
    await guesses.begin({ email: account.email, address });
    const object = `account ${accountId}`;
    if (!(await passwords.verify(account.passwordHash, oldPassword))) {
      const detail = { address };
      await audit.record({ at: clock.now(), actor: accountId, action: 'password.change_failed', object, detail });
      throw new Refusal('password.wrong');
    }
    await guesses.succeeded({ email: account.email, address });
    await accounts.setPassword(accountId, await passwords.hash(newPassword), sessionId, {
      at: clock.now(),
      actor: accountId,
      action: 'password.changed',
      object,
      detail: { address },
    });
  };
