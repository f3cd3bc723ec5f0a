// How fast one may guess. Every attempt is counted before it is judged, whether it is a password, a code or a recovery
// code; what succeeds clears the count.

import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { AttemptStore } from './ports.ts';

export interface ThrottleRule {
  /** Attempts without a pause; the last of them already starts the first one. */
  readonly free: number;
  /** The first pause, doubled with each further attempt. */
  readonly firstSeconds: number;
  readonly mostSeconds: number;
  /** Without an attempt for so long the count begins anew; null: never by itself. */
  readonly forgetAfterSeconds: number | null;
}

/** One account from one place. Camunda 7's numbers. */
export const perPlace: ThrottleRule = { free: 10, firstSeconds: 3, mostSeconds: 60, forgetAfterSeconds: null };

/**
 * One account from all places together, against guessing from many. Slower to begin and shorter than the rule above, and it
 * does not hold where the account signed in during the last 30 days: whoever guesses from elsewhere cannot keep people out
 * of the places they work from, and from a new place they wait for half a minute at a time.
 */
export const perAccount: ThrottleRule = { free: 100, firstSeconds: 2, mostSeconds: 30, forgetAfterSeconds: 3600 };
export const knownPlaceDays = 30;

export interface Guess {
  readonly email: string;
  readonly address: string;
}

export const attempts = (store: AttemptStore, clock: Clock) => {
  const begin = async (subject: string, rule: ThrottleRule): Promise<void> => {
    if (await store.beginLogin(subject, clock.now(), rule)) return;
    const waitMs = ((await store.loginBlockedUntil(subject))?.getTime() ?? 0) - clock.now().getTime();
    throw new Refusal('rate.exceeded', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
  };
  return {
    /** @throws Refusal rate.exceeded: must not be judged */
    async begin({ email, address }: Guess): Promise<void> {
      // Place first: what is not looked at there does not count against the account.
      await begin(placeOf(email, address), perPlace);
      const since = new Date(clock.now().getTime() - knownPlaceDays * 86_400_000);
      if (!(await store.knownPlace(email.toLowerCase(), address, since))) await begin(anywhere(email), perAccount);
    },
    async succeeded({ email, address }: Guess): Promise<void> {
      await store.loginSuccess(placeOf(email, address));
      await store.loginSuccess(anywhere(email));
    },
  };
};
export type Attempts = ReturnType<typeof attempts>;

const placeOf = (email: string, address: string): string => `${email.toLowerCase()} ${address}`;
// No address has a space in it.
const anywhere = (email: string): string => `everywhere ${email.toLowerCase()}`;
