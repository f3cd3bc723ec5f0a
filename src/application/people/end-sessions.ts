import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { SessionStore } from './ports.ts';

export interface OwnSession {
  readonly accountId: string;
  readonly sessionId: string;
}

/** One of one's own sessions, also the present one. @throws Refusal session.not_found */
export const endSession =
  (sessions: Pick<SessionStore, 'endSession'>, clock: Clock) =>
  async ({ accountId, sessionId }: OwnSession): Promise<void> => {
    const entry = { at: clock.now(), actor: accountId, action: 'session.revoked', object: `session ${sessionId}` };
    if (!(await sessions.endSession(accountId, sessionId, { ...entry, detail: {} })))
      throw new Refusal('session.not_found', { session: sessionId });
  };

/** The present one. */
export const signOut =
  (sessions: Pick<SessionStore, 'endSession'>, clock: Clock) =>
  async ({ accountId, sessionId }: OwnSession): Promise<void> => {
    const entry = { at: clock.now(), actor: accountId, action: 'session.closed', object: `session ${sessionId}` };
    await sessions.endSession(accountId, sessionId, { ...entry, detail: {} });
  };

/** All of one's sessions but the present one. @returns how many */
export const endOtherSessions =
  (sessions: Pick<SessionStore, 'endOtherSessions'>, clock: Clock) =>
  ({ accountId, sessionId }: OwnSession): Promise<number> =>
    sessions.endOtherSessions(accountId, sessionId, {
      at: clock.now(),
      actor: accountId,
      action: 'session.revoked',
      object: `account ${accountId}`,
      detail: { all: 'others' },
    });
