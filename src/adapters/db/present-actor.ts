import type pg from 'pg';
import type { Actor, StandsInFor, Succession } from '../../domain/organisation/actor.ts';
import { dayAt, inForce, rightsOf } from './standing-sql.ts';

export type ActorRow = Omit<Actor, 'standsInFor' | 'succeeds'> & {
  readonly standsInFor: readonly StandsInFor[] | null;
  readonly succeeds: readonly Succession[] | null;
};

/** An account as it may act at a moment; undefined when there is none, or not an active one. */
export const presentActor =
  (database: Pick<pg.Pool, 'query'>) =>
  async (accountId: string, now: Date): Promise<Actor | undefined> => {
    // What asks may be no account at all: the seed, the system.
    if (!uuid.test(accountId)) return undefined;
    const { rows } = await database.query<ActorRow>({ name: 'present-actor', text, values: [accountId, now] });
    return rows[0] && actorFrom(rows[0]);
  };

export const actorFrom = ({ standsInFor, succeeds, ...actor }: ActorRow): Actor => ({
  ...actor,
  ...(standsInFor ? { standsInFor } : {}),
  ...(succeeds ? { succeeds } : {}),
});

/**
 * As the domain's succeeds; null: none. It is no part of the standing: the one thing it gives to be written, the answer to what was
 * asked of the former unit, rests on the membership in the new one, and a succession that has begun does not end.
 */
const succeedsOf = (account: string, day: string): string => `(
    with recursive walk(unit, former) as (
      select m.unit, m.unit from membership m where m.account_id = ${account} and m.unit is not null and ${inForce('m', day)}
      union select w.unit, u.code from walk w join unit u on u.successor = w.former and u.valid_to <= ${day})
    select json_agg(json_build_object('former', former, 'unit', unit) order by former, unit) from walk where former <> unit)`;

/** Columns of an Actor, for statements that have its account as `p`, the day as `today.day`, and join `actorRights`. */
export const actorColumns = `p.id, p.name, rights.memberships, rights."standsInFor", rights.standing,
    ${succeedsOf('p.id', 'today.day')} as succeeds`;
export const actorRights = `cross join lateral ${rightsOf('p.id', 'today.day')} rights`;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = `
  with today as (select ${dayAt('$2')} as day)
  select ${actorColumns} from account p cross join today ${actorRights} where p.id = $1 and p.active`;
