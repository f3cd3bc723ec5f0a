import type pg from 'pg';
import type { Caller, SessionFacts } from '../../application/people/ports.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { batched } from './batched.ts';

export type SessionActor = (
  tokenHash: string,
  now: Date,
) => Promise<(Caller & { readonly session: SessionFacts }) | undefined>;

/**
 * Who a session stands for, while it lives: not revoked, not past its end, seen within the last 30 minutes, and its
 * account active. Asked with every request, hence one prepared statement.
 */
export const sessionActor = (pool: pg.Pool): SessionActor => {
  const ask = batched(
    async (asked: readonly { readonly tokenHash: string; readonly now: Date }[]) => {
      const { rows } = await pool.query<Actor & { readonly token_hash: string; readonly session: SessionFacts }>({
        name: 'session-actors',
        text,
        values: [[...new Set(asked.map(({ tokenHash }) => tokenHash))], asked.at(-1)?.now],
      });
      const actors = new Map(rows.map(({ token_hash, ...actor }) => [token_hash, actor]));
      return asked.map(({ tokenHash }) => actors.get(tokenHash));
    },
    { lanes: 2, most: 64 },
  );
  return (tokenHash, now) => ask({ tokenHash, now });
};

/** What the account `live.id` may act as, in the domain's words. */
export const membershipsJson = `coalesce(
    (select json_agg(json_strip_nulls(json_build_object('role', role, 'unit', unit, 'programme', programme)) order by m.id)
      from membership m where m.account_id = live.id), '[]')`;

// `seen` writes at most once a minute: a page that asks ten times at once shall not write ten times. Its own condition
// on seen_at is looked at again after waiting for another request that was quicker.
const text = `
  with live as (
    select s.token_hash, a.id, a.name,
      json_build_object('id', s.id, 'method', s.method, 'secondFactor', s.second_factor) as session
    from session s join account a on a.id = s.account_id
    where s.token_hash = any($1) and s.revoked_at is null and s.expires_at > $2::timestamptz
      and s.seen_at > $2::timestamptz - interval '30 minutes' and a.active),
  seen as (
    update session s set seen_at = $2 from live
    where s.token_hash = live.token_hash and s.revoked_at is null and s.seen_at < $2::timestamptz - interval '60 seconds')
  select token_hash, id, name, ${membershipsJson} as memberships, session from live`;
