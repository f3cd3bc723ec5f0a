import type pg from 'pg';
import type { Actor, StandsInFor } from '../../domain/organisation/actor.ts';
import { dayAt, membershipsOf, standingOf, standsInForOf } from './standing-sql.ts';

export type ActorRow = Omit<Actor, 'standsInFor'> & { readonly standsInFor: readonly StandsInFor[] | null };

/** An account as it may act at a moment; undefined when there is none, or not an active one. */
export const presentActor =
  (database: Pick<pg.Pool, 'query'>) =>
  async (accountId: string, now: Date): Promise<Actor | undefined> => {
    const { rows } = await database.query<ActorRow>({ name: 'present-actor', text, values: [accountId, now] });
    return rows[0] && actorFrom(rows[0]);
  };

export const actorFrom = ({ standsInFor, ...actor }: ActorRow): Actor =>
  standsInFor ? { ...actor, standsInFor } : actor;

/** Columns of an Actor, for statements that have its account as `p` and the day as `today.day`. */
export const actorColumns = `p.id, p.name, ${membershipsOf('p.id', 'today.day')} as memberships,
  ${standsInForOf('p.id', 'today.day')} as "standsInFor", ${standingOf('p.id', 'today.day')} as standing`;

// Compared as text: what asks may be no account at all.
const text = `
  with today as (select ${dayAt('$2')} as day)
  select ${actorColumns} from account p, today where p.id::text = $1 and p.active`;
