import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { newChallenge, secondFactorRequired } from './challenge.ts';
import { openSession, type SignedIn } from './open-session.ts';
import type {
  Identity,
  IdentityProvider,
  IdentityStore,
  PendingLogin,
  Place,
  Sealer,
  SecondFactorStore,
  SignInAccount,
  SignInStore,
} from './ports.ts';

/** How long somebody may take at the identity provider. */
export const externalSignInMinutes = 10;
const purpose = 'external sign-in';

interface Pending extends PendingLogin {
  readonly returnTo: string;
  readonly until: number;
}

/**
 * Sends the browser to the identity provider. What must be the same when it comes back is kept by the browser, encrypted:
 * so nothing is written for visitors whom nobody knows, and a link that somebody else began cannot be finished here.
 */
export const startExternalSignIn =
  (provider: IdentityProvider, sealer: Sealer, clock: Clock) =>
  async (returnTo: string): Promise<{ readonly url: string; readonly kept: string }> => {
    const { url, pending } = await provider.start();
    const until = clock.now().getTime() + externalSignInMinutes * 60_000;
    return { url, kept: sealer.seal(JSON.stringify({ ...pending, returnTo, until } satisfies Pending), purpose) };
  };

export interface ExternalSignInParts {
  readonly provider: IdentityProvider;
  readonly sealer: Sealer;
  readonly people: SignInStore;
  readonly identities: IdentityStore;
  readonly factors: Pick<SecondFactorStore, 'secondFactor'>;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface Return extends Place {
  /** What the browser kept; undefined: nothing. */
  readonly kept: string | undefined;
  /** Query of the address to which the provider sent it. */
  readonly query: string;
}

/**
 * Accounts are found by issuer and subject, and the first time by an address that the provider has verified. None is
 * ever made here: who may come in is decided by administrators.
 * @throws Refusal session.oidc_failed; session.oidc_unknown: no active account for this person; session.second_factor_required
 */
export const finishExternalSignIn = (parts: ExternalSignInParts) => {
  const { provider, sealer, people, factors, clock, audit } = parts;
  const open = openSession(people, clock, audit);
  const challenge = newChallenge(people, clock);
  return async ({
    kept,
    query,
    ...place
  }: Return): Promise<{ readonly session: SignedIn; readonly returnTo: string }> => {
    const pending = readPending(kept === undefined ? undefined : sealer.open(kept, purpose), clock.now());
    if (!pending) throw new Refusal('session.oidc_failed', { reason: 'not_begun_here' });
    const failed = (detail: object): Promise<void> =>
      audit.record({
        at: clock.now(),
        actor: null,
        action: 'session.failed',
        object: 'session',
        detail: { address: place.address, method: 'oidc', ...detail },
      });
    const identity = await provider.finish(query, pending).catch(async (error: unknown) => {
      if (error instanceof Refusal && error.code === 'session.oidc_failed') await failed(error.details);
      throw error;
    });
    const account = await accountOf(parts, identity, place.address);
    if (!account) {
      await failed({ issuer: identity.issuer, subject: identity.subject });
      throw new Refusal('session.oidc_unknown');
    }
    // Of several factors at the provider none is asked again here.
    if (!identity.secondFactor && (await factors.secondFactor(account.id))?.confirmedAt)
      throw secondFactorRequired(await challenge(account.id, 'oidc'));
    const session = await open({ ...place, account, method: 'oidc', secondFactor: identity.secondFactor });
    return { session, returnTo: pending.returnTo };
  };
};

const readPending = (text: string | undefined, now: Date): Pending | undefined => {
  if (text === undefined) return undefined;
  const pending = JSON.parse(text) as Pending;
  return pending.until > now.getTime() ? pending : undefined;
};

const accountOf = async (
  { identities, people, clock }: Pick<ExternalSignInParts, 'identities' | 'people' | 'clock'>,
  { issuer, subject, email, emailVerified }: Identity,
  address: string,
): Promise<SignInAccount | undefined> => {
  const known = await identities.accountByIdentity(issuer, subject);
  if (known) return known.active ? known : undefined;
  if (email === undefined || !emailVerified) return undefined;
  const found = await people.accountByEmail(email.toLowerCase());
  if (!found?.active) return undefined;
  const entry = {
    at: clock.now(),
    actor: found.id,
    action: 'identity.linked',
    object: `account ${found.id}`,
    detail: { issuer, subject, address },
  };
  return (await identities.linkIdentity({ issuer, subject, accountId: found.id }, entry)) ? found : undefined;
};
