import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { newRecoveryCodes, recoveryHash } from './check-code.ts';
import { openSession, type SignedIn } from './open-session.ts';
import type { AccountStore, OneTimeCodes, Place, SecondFactorStore, SessionFacts, SignInStore } from './ports.ts';
import { attempts } from './throttle.ts';

export interface ConfirmParts {
  readonly people: SignInStore;
  readonly accounts: Pick<AccountStore, 'account'>;
  readonly factors: SecondFactorStore;
  readonly codes: OneTimeCodes;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface Confirmation extends Place {
  readonly accountId: string;
  readonly session: SessionFacts;
  readonly code: string;
}

/**
 * The first code of a new secret. The session goes on under a new token, as one with a second factor; all others of the
 * account end, for they never showed one.
 * @returns the recovery codes, which nobody can be told again
 * @throws Refusal second_factor.not_found, second_factor.exists, second_factor.wrong, rate.exceeded
 */
export const confirmSecondFactor = ({ people, accounts, factors, codes, clock, audit }: ConfirmParts) => {
  const guesses = attempts(people, clock);
  const open = openSession(people, clock, audit);
  return async ({
    accountId,
    session,
    code,
    ...place
  }: Confirmation): Promise<SignedIn & { readonly recoveryCodes: readonly string[] }> => {
    const factor = await factors.secondFactor(accountId);
    if (!factor) throw new Refusal('second_factor.not_found');
    if (factor.confirmedAt) throw new Refusal('second_factor.exists');
    const account = await accounts.account(accountId);
    await guesses.begin({ email: account.email, address: place.address });
    const step = codes.stepOf(factor.sealedSecret, accountId, code.replaceAll(' ', ''), clock.now());
    if (step === undefined || !(await factors.useStep(accountId, step))) throw new Refusal('second_factor.wrong');
    await guesses.succeeded({ email: account.email, address: place.address });
    const recoveryCodes = newRecoveryCodes();
    const confirmed = await factors.confirmSecondFactor(
      accountId,
      factor.sealedSecret,
      recoveryCodes.map(recoveryHash),
      {
        at: clock.now(),
        actor: accountId,
        action: 'second_factor.enrolled',
        object: `account ${accountId}`,
        detail: { address: place.address },
      },
    );
    if (!confirmed) throw new Refusal('second_factor.exists');
    return { ...(await open({ ...place, account, method: session.method, secondFactor: true })), recoveryCodes };
  };
};
