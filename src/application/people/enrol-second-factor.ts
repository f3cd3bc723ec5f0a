import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock, PasswordHasher } from '../ports.ts';
import type { AccountStore, AttemptStore, OneTimeCodes, SecondFactorStore } from './ports.ts';
import { attempts } from './throttle.ts';

export interface EnrolParts {
  readonly people: AttemptStore;
  readonly accounts: Pick<AccountStore, 'account'>;
  readonly factors: Pick<SecondFactorStore, 'startSecondFactor'>;
  readonly passwords: PasswordHasher;
  readonly codes: OneTimeCodes;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface Enrolment {
  readonly accountId: string;
  /** Asked again, so that whoever took over a session cannot lock its owner out. Accounts without one give none. */
  readonly password?: string | undefined;
  readonly address: string;
}

/**
 * A new secret for the app; of no effect until a code of it confirms it. Asked again before that, the earlier one is void.
 * @throws Refusal second_factor.exists, password.wrong, rate.exceeded
 */
export const enrolSecondFactor = ({ people, accounts, factors, passwords, codes, clock, audit }: EnrolParts) => {
  const guesses = attempts(people, clock);
  return async ({
    accountId,
    password = '',
    address,
  }: Enrolment): Promise<{ readonly secret: string; readonly uri: string }> => {
    const { email, passwordHash } = await accounts.account(accountId);
    if (passwordHash !== null) {
      await guesses.begin({ email, address });
      if (!(await passwords.verify(passwordHash, password))) {
        const entry = { actor: accountId, object: `account ${accountId}`, detail: { address } };
        await audit.record({ ...entry, at: clock.now(), action: 'second_factor.enrolment_failed' });
        throw new Refusal('password.wrong');
      }
      await guesses.succeeded({ email, address });
    }
    const { sealed, secret, uri } = codes.newSecret({ accountId, email });
    if (!(await factors.startSecondFactor(accountId, sealed, clock.now()))) throw new Refusal('second_factor.exists');
    return { secret, uri };
  };
};
