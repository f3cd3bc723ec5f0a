import { createHash, randomBytes } from 'node:crypto';
import type { SignInMethod } from '../../domain/organisation/access.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { Place, SessionStore } from './ports.ts';

/** A session ends after this long, used or not; unused it ends sooner (session-query.ts). */
export const sessionHours = 12;

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly name: string;
}

export interface Opening extends Place {
  readonly account: { readonly id: string; readonly name: string };
  readonly method: SignInMethod;
  readonly secondFactor: boolean;
}

/** 256 bits of chance, as a text. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token: a hash, so that a stolen table opens no session. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Always under a new token, whatever the browser came with: one that was planted beforehand opens nothing. */
export const openSession =
  (sessions: Pick<SessionStore, 'createSession'>, clock: Clock, audit: AuditLog) =>
  async ({ account, method, secondFactor, address, userAgent }: Opening): Promise<SignedIn> => {
    const token = newToken();
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + sessionHours * 3_600_000);
    const session = { tokenHash: tokenHash(token), accountId: account.id, at, expiresAt };
    await sessions.createSession({ ...session, address, userAgent, method, secondFactor });
    const detail = { address, method, secondFactor };
    await audit.record({ at, actor: account.id, action: 'session.opened', object: 'session', detail });
    return { token, expiresAt, name: account.name };
  };
