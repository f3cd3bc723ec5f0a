import { v7 as uuid } from 'uuid';
import type { Scope } from '../../domain/organisation/access.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { addDays, type CivilDate, dayOf, startOfDay } from '../../domain/schedule/civil-date.ts';
import type { Clock } from '../ports.ts';
import { newToken, tokenHash } from './open-session.ts';
import type { ApiToken, TokenStore } from './ports.ts';

/** What API tokens begin with, so that one that leaked into a file is known for what it is. */
export const tokenPrefix = 'ddt_';
export const mostTokenDays = 366;

export interface CreateToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The last day on which it is good, in the office's time zone. */
  readonly expiresOn: CivilDate;
}

/**
 * A token for a program that acts for its owner, within the scopes and never beyond the owner's roles.
 * @returns the token itself too; afterwards only its hash is known
 * @throws Refusal token.expiry_invalid: not between today and a year from now
 */
export const createToken =
  (tokens: Pick<TokenStore, 'createToken'>, clock: Clock, zone: string) =>
  async (actor: Actor, { name, scopes, expiresOn }: CreateToken): Promise<ApiToken & { readonly token: string }> => {
    const at = clock.now();
    const today = dayOf(at, zone);
    const latest = addDays(today, mostTokenDays - 1);
    if (expiresOn < today || expiresOn > latest) throw new Refusal('token.expiry_invalid', { from: today, to: latest });
    const token = tokenPrefix + newToken();
    const kept: ApiToken = {
      id: uuid(),
      name,
      scopes: [...new Set(scopes)],
      createdAt: at,
      expiresAt: startOfDay(addDays(expiresOn, 1), zone),
      lastUsedAt: null,
    };
    const detail = { name, scopes: kept.scopes, expiresOn };
    const entry = { at, actor: actor.id, action: 'token.created', object: `token ${kept.id}`, detail };
    await tokens.createToken({ ...kept, accountId: actor.id, tokenHash: tokenHash(token) }, entry);
    return { ...kept, token };
  };
