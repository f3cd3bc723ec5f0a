import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock, PasswordHasher } from '../ports.ts';
import { newChallenge, secondFactorRequired } from './challenge.ts';
import { openSession, type SignedIn } from './open-session.ts';
import type { Place, SecondFactorStore, SignInStore } from './ports.ts';
import { attempts } from './throttle.ts';

export { type SignedIn, sessionHours, tokenHash } from './open-session.ts';

export interface SignInParts {
  readonly people: SignInStore;
  readonly factors: Pick<SecondFactorStore, 'secondFactor'>;
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/**
 * Opens a session. The answer and its time are the same for an unknown address and a wrong password.
 * @throws Refusal session.failed; rate.exceeded (throttle.ts); session.second_factor_required with the challenge that the
 *   code goes with
 */
export const signIn = ({ people, factors, passwords, clock, audit }: SignInParts) => {
  const guesses = attempts(people, clock);
  const open = openSession(people, clock, audit);
  const challenge = newChallenge(people, clock);
  return async ({
    email,
    password,
    ...place
  }: Place & { readonly email: string; readonly password: string }): Promise<SignedIn> => {
    // Counted before the password is looked at: of a burst of guesses no more are looked at than one by one.
    await guesses.begin({ email, address: place.address });
    const account = await people.accountByEmail(email.toLowerCase());
    const stored = account?.passwordHash ?? null;
    const right = await passwords.verify(stored, password);
    if (!account?.active || !right || stored === null) {
      await audit.record({
        at: clock.now(),
        actor: account?.id ?? null,
        action: 'session.failed',
        object: 'session',
        detail: { address: place.address },
      });
      throw new Refusal('session.failed');
    }
    if (passwords.outdated(stored)) await people.rehash(account.id, stored, await passwords.hash(password));
    // The count stays until the second factor was right too: who knows the password gets no more codes to try.
    if ((await factors.secondFactor(account.id))?.confirmedAt)
      throw secondFactorRequired(await challenge(account.id, 'password'));
    await guesses.succeeded({ email, address: place.address });
    return open({ ...place, account, method: 'password', secondFactor: false });
  };
};
