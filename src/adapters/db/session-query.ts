import type pg from 'pg';
import type { Caller, SessionFacts } from '../../application/people/ports.ts';
import { batched } from './batched.ts';
import { type ActorRow, actorColumns, actorFrom, actorRights } from './present-actor.ts';
import { dayAt } from './standing-sql.ts';

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
      const { rows } = await pool.query<ActorRow & { readonly token_hash: string; readonly session: SessionFacts }>({
        name: 'session-actors',
        text,
        values: [[...new Set(asked.map(({ tokenHash }) => tokenHash))], asked.at(-1)?.now],
      });
      const actors = new Map(
        rows.map(({ token_hash, session, ...row }) => [token_hash, { ...actorFrom(row), session }]),
      );
      return asked.map(({ tokenHash }) => actors.get(tokenHash));
    },
    { lanes: 2, most: 64 },
  );
  return (tokenHash, now) => ask({ tokenHash, now });
};

// `seen` writes at most once a minute: a page that asks ten times at once shall not write ten times. Its own condition
// on seen_at is looked at again after waiting for another request that was quicker.
const text = `
  with today as (select ${dayAt('$2')} as day),
  live as (
    select s.token_hash, a.id, a.name,
      json_build_object('id', s.id, 'method', s.method, 'secondFactor', s.second_factor) as session
    from session s join account a on a.id = s.account_id
    where s.token_hash = any($1) and s.revoked_at is null and s.expires_at > $2::timestamptz
      and s.seen_at > $2::timestamptz - interval '30 minutes' and a.active),
  seen as (
    update session s set seen_at = $2 from live
    where s.token_hash = live.token_hash and s.revoked_at is null and s.seen_at < $2::timestamptz - interval '60 seconds')
  select p.token_hash, ${actorColumns}, p.session from live p cross join today ${actorRights}`;
