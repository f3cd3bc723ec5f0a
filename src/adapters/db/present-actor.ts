import type pg from 'pg';
import type { Actor, StandsInFor } from '../../domain/organisation/actor.ts';
import { dayAt, rightsOf } from './standing-sql.ts';

export type ActorRow = Omit<Actor, 'standsInFor'> & { readonly standsInFor: readonly StandsInFor[] | null };

/** An account as it may act at a moment; undefined when there is none, or not an active one. */
export const presentActor =
  (database: Pick<pg.Pool, 'query'>) =>
  async (accountId: string, now: Date): Promise<Actor | undefined> => {
    // What asks may be no account at all: the seed, the system.
    if (!uuid.test(accountId)) return undefined;
    const { rows } = await database.query<ActorRow>({ name: 'present-actor', text, values: [accountId, now] });
    return rows[0] && actorFrom(rows[0]);
  };

export const actorFrom = ({ standsInFor, ...actor }: ActorRow): Actor =>
  standsInFor ? { ...actor, standsInFor } : actor;

/** Columns of an Actor, for statements that have its account as `p`, the day as `today.day`, and join `actorRights`. */
export const actorColumns = 'p.id, p.name, rights.memberships, rights."standsInFor", rights.standing';
export const actorRights = `cross join lateral ${rightsOf('p.id', 'today.day')} rights`;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = `
  with today as (select ${dayAt('$2')} as day)
  select ${actorColumns} from account p cross join today ${actorRights} where p.id = $1 and p.active`;
