import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock, PasswordHasher } from '../ports.ts';
import { checkCode } from './check-code.ts';
import type { AccountStore, AttemptStore, OneTimeCodes, SecondFactorStore } from './ports.ts';
import { attempts } from './throttle.ts';

export interface RemovalParts {
  readonly people: AttemptStore;
  readonly accounts: Pick<AccountStore, 'account'>;
  readonly factors: SecondFactorStore;
  readonly passwords: PasswordHasher;
  readonly codes: OneTimeCodes;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface Removal {
  readonly accountId: string;
  /** Of no meaning to accounts that have none and sign in through the identity provider. */
  readonly password: string;
  readonly code: string;
  readonly address: string;
}

/** One's own: asks for both factors again. @throws Refusal second_factor.not_found, second_factor.wrong, password.wrong, rate.exceeded */
export const removeSecondFactor = ({ people, accounts, factors, passwords, codes, clock, audit }: RemovalParts) => {
  const guesses = attempts(people, clock);
  const check = checkCode(factors, codes, clock);
  return async ({ accountId, password, code, address }: Removal): Promise<void> => {
    const account = await accounts.account(accountId);
    if (!account.secondFactor) throw new Refusal('second_factor.not_found');
    await guesses.begin({ email: account.email, address });
    const entry = { actor: accountId, object: `account ${accountId}`, detail: { address } };
    const refuse = async (code: 'password.wrong' | 'second_factor.wrong'): Promise<never> => {
      await audit.record({ ...entry, at: clock.now(), action: 'second_factor.removal_failed' });
      throw new Refusal(code);
    };
    const { passwordHash } = account;
    if (passwordHash !== null && !(await passwords.verify(passwordHash, password))) await refuse('password.wrong');
    if ((await check(accountId, code)) === undefined) await refuse('second_factor.wrong');
    await guesses.succeeded({ email: account.email, address });
    await factors.removeSecondFactor(accountId, false, { ...entry, at: clock.now(), action: 'second_factor.removed' });
  };
};
