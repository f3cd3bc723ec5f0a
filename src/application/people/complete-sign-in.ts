import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { checkCode } from './check-code.ts';
import { openSession, type SignedIn, tokenHash } from './open-session.ts';
import type { OneTimeCodes, Place, SecondFactorStore, SignInStore } from './ports.ts';
import { attempts } from './throttle.ts';

export interface CompleteSignInParts {
  readonly people: SignInStore;
  readonly factors: SecondFactorStore;
  readonly codes: OneTimeCodes;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/**
 * The second factor after the first: opens the session.
 * @throws Refusal session.challenge_expired: begin again; second_factor.wrong; rate.exceeded
 */
export const completeSignIn = ({ people, factors, codes, clock, audit }: CompleteSignInParts) => {
  const guesses = attempts(people, clock);
  const check = checkCode(factors, codes, clock);
  const open = openSession(people, clock, audit);
  return async ({
    challenge,
    code,
    ...place
  }: Place & { readonly challenge: string; readonly code: string }): Promise<SignedIn> => {
    const hash = tokenHash(challenge);
    const found = await people.challenge(hash, clock.now());
    if (!found) throw new Refusal('session.challenge_expired');
    const { accountId: id, name, email, method } = found;
    await guesses.begin({ email, address: place.address });
    const kind = await check(id, code);
    if (kind === undefined) {
      const detail = { address: place.address, step: 'second_factor' };
      await audit.record({ at: clock.now(), actor: id, action: 'session.failed', object: 'session', detail });
      throw new Refusal('second_factor.wrong');
    }
    if (!(await people.takeChallenge(hash))) throw new Refusal('session.challenge_expired');
    await guesses.succeeded({ email, address: place.address });
    if (kind === 'recovery_code')
      await audit.record({
        at: clock.now(),
        actor: id,
        action: 'second_factor.recovery_code_used',
        object: `account ${id}`,
        detail: { address: place.address },
      });
    return open({ ...place, account: { id, name }, method, secondFactor: true });
  };
};
