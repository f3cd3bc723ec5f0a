import type pg from 'pg';
import type { Scope } from '../../domain/organisation/access.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { batched } from './batched.ts';
import { type ActorRow, actorColumns, actorFrom, actorRights } from './present-actor.ts';
import { dayAt } from './standing-sql.ts';

export type TokenActor = (tokenHash: string, now: Date) => Promise<Actor | undefined>;

/** Who an API token acts for, while it and its account are good; with its scopes. As session-query.ts. */
export const tokenActor = (pool: pg.Pool): TokenActor => {
  const ask = batched(
    async (asked: readonly { readonly tokenHash: string; readonly now: Date }[]) => {
      const { rows } = await pool.query<ActorRow & { readonly token_hash: string; readonly scopes: readonly Scope[] }>({
        name: 'token-actors',
        text,
        values: [[...new Set(asked.map(({ tokenHash }) => tokenHash))], asked.at(-1)?.now],
      });
      const actors = new Map(rows.map(({ token_hash, scopes, ...row }) => [token_hash, { ...actorFrom(row), scopes }]));
      return asked.map(({ tokenHash }) => actors.get(tokenHash));
    },
    { lanes: 1, most: 64 },
  );
  return (tokenHash, now) => ask({ tokenHash, now });
};

// `used` writes at most once a minute.
const text = `
  with today as (select ${dayAt('$2')} as day),
  live as (
    select t.token_hash, t.scopes, a.id, a.name
    from api_token t join account a on a.id = t.account_id
    where t.token_hash = any($1) and t.revoked_at is null and t.expires_at > $2::timestamptz and a.active),
  used as (
    update api_token t set last_used_at = $2 from live
    where t.token_hash = live.token_hash and t.revoked_at is null
      and (t.last_used_at is null or t.last_used_at < $2::timestamptz - interval '60 seconds'))
  select p.token_hash, ${actorColumns}, p.scopes from live p cross join today ${actorRights}`;
