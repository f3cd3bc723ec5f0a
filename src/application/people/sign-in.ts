import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock, PasswordHasher, PeopleStore } from '../ports.ts';

/** A session ends after this long, used or not; unused it ends sooner (session-query.ts). */
export const sessionHours = 12;

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly name: string;
}

/** What the database keeps of a token: a hash, so that a stolen table opens no session. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Opens a session. The answer and its time are the same for an unknown address and a wrong password.
 * @throws Refusal session.failed; rate.exceeded after ten failures, for 3 s doubling to 60 s
 */
export const signIn =
  (people: PeopleStore, passwords: PasswordHasher, clock: Clock, audit: AuditLog) =>
  async ({
    email,
    password,
    address,
  }: {
    readonly email: string;
    readonly password: string;
    readonly address: string;
  }): Promise<SignedIn> => {
    const subject = `${email.toLowerCase()} ${address}`;
    // Counted before the password is looked at: of a burst of guesses no more are looked at than one by one.
    if (!(await people.beginLogin(subject, clock.now()))) {
      const blockedUntil = await people.loginBlockedUntil(subject);
      const waitMs = (blockedUntil?.getTime() ?? 0) - clock.now().getTime();
      throw new Refusal('rate.exceeded', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
    }
    const account = await people.accountByEmail(email.toLowerCase());
    const right = await passwords.verify(account?.passwordHash ?? null, password);
    if (!account?.active || !right) {
      await audit.record({
        at: clock.now(),
        actor: account?.id ?? null,
        action: 'session.failed',
        object: 'session',
        detail: { address },
      });
      throw new Refusal('session.failed');
    }
    await people.loginSuccess(subject);
    const token = randomBytes(32).toString('base64url');
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + sessionHours * 3_600_000);
    await people.createSession({ tokenHash: tokenHash(token), accountId: account.id, at, expiresAt });
    await audit.record({ at, actor: account.id, action: 'session.opened', object: 'session', detail: { address } });
    return { token, expiresAt, name: account.name };
  };
