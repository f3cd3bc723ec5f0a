import type pg from 'pg';
import type { Actor } from '../../domain/organisation/actor.ts';
import { batched } from './batched.ts';

export type SessionActor = (tokenHash: string, now: Date) => Promise<Actor | undefined>;

/**
 * Who a session stands for, while it lives: not revoked, not past its end, seen within the last 30 minutes, and its
 * account active. Asked with every request, hence one prepared statement.
 */
export const sessionActor = (pool: pg.Pool): SessionActor => {
  const ask = batched(
    async (asked: readonly { readonly tokenHash: string; readonly now: Date }[]) => {
      const { rows } = await pool.query<
        Actor & { readonly token_hash: string; readonly standsInFor: Actor['standsInFor'] | null }
      >({
        name: 'session-actors',
        text,
        values: [[...new Set(asked.map(({ tokenHash }) => tokenHash))], asked.at(-1)?.now],
      });
      const actors = new Map<string, Actor>(
        rows.map(({ token_hash, standsInFor, ...actor }) => [
          token_hash,
          standsInFor ? { ...actor, standsInFor } : actor,
        ]),
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
  with today as (select ($2::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date as day),
  live as (
    select s.token_hash, a.id, a.name
    from session s join account a on a.id = s.account_id
    where s.token_hash = any($1) and s.revoked_at is null and s.expires_at > $2::timestamptz
      and s.seen_at > $2::timestamptz - interval '30 minutes' and a.active),
  seen as (
    update session s set seen_at = $2 from live
    where s.token_hash = live.token_hash and s.revoked_at is null and s.seen_at < $2::timestamptz - interval '60 seconds')
  select token_hash, id, name, coalesce(
    (select json_agg(json_strip_nulls(json_build_object('role', role, 'unit', unit, 'programme', programme, 'field', field)) order by m.id)
      from membership m, today where m.account_id = live.id and (m.valid_from is null or m.valid_from <= today.day)
        and (m.valid_to is null or m.valid_to > today.day)), '[]') as memberships,
    (select json_agg(distinct jsonb_build_object('account', s.account_id, 'unit', m.unit))
      from absence s join membership m on m.account_id = s.account_id and m.role = 'appraiser', today
      where s.substitute = live.id and s.cancelled_at is null and s.from_day <= today.day and s.until_day > today.day)
      as "standsInFor"
  from live`;
