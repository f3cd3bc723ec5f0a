import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { TokenStore } from './ports.ts';

/** One of one's own tokens; ends with the next request. @throws Refusal token.not_found */
export const revokeToken =
  (tokens: Pick<TokenStore, 'revokeToken'>, clock: Clock) =>
  async (actor: Actor, tokenId: string): Promise<void> => {
    const entry = { at: clock.now(), actor: actor.id, action: 'token.revoked', object: `token ${tokenId}`, detail: {} };
    if (!(await tokens.revokeToken(actor.id, tokenId, entry))) throw new Refusal('token.not_found', { token: tokenId });
  };
