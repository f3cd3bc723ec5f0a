import type { SignInMethod } from '../../domain/organisation/access.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import { newToken, tokenHash } from './open-session.ts';
import type { ChallengeStore } from './ports.ts';

/** How long the second factor may be behind the first. */
export const challengeMinutes = 5;

/** What stands for the first factor until the second one is there. It opens nothing by itself. */
export const newChallenge =
  (store: Pick<ChallengeStore, 'keepChallenge'>, clock: Clock) =>
  async (
    accountId: string,
    method: SignInMethod,
  ): Promise<{ readonly challenge: string; readonly expiresAt: Date }> => {
    const challenge = newToken();
    const expiresAt = new Date(clock.now().getTime() + challengeMinutes * 60_000);
    await store.keepChallenge({ tokenHash: tokenHash(challenge), accountId, method, expiresAt });
    return { challenge, expiresAt };
  };

export const secondFactorRequired = ({ challenge, expiresAt }: { challenge: string; expiresAt: Date }): Refusal =>
  new Refusal('session.second_factor_required', { challenge, expiresAt: expiresAt.toISOString() });
