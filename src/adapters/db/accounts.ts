// The administration of accounts. Each change and its audit entry are one transaction.

import type { DataSource, EntityManager } from 'typeorm';
import type { AccountStore, Duty } from '../../application/people/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import { recordIn } from './audit.ts';
import { accountTable, membershipTable } from './entities/organisation.ts';
import { addMemberships, peopleStore } from './people.ts';
import { orRefuse } from './refusals.ts';
import { endSessions } from './sign-in.ts';
import { dayAt } from './standing-sql.ts';

export const accountStore = (source: DataSource): AccountStore => ({
  createAccount: peopleStore(source).createAccount,

  async account(id) {
    const [found] = await source.query(
      `select id, email, name, active, created_at as "createdAt", password_hash as "passwordHash",
         exists (select from second_factor f where f.account_id = live.id and f.confirmed_at is not null) as "secondFactor",
         ${allMembershipsJson} as memberships
       from account live where live.id = $1`,
      [id],
    );
    if (!found) throw unknown(id);
    return found;
  },

  deactivate(id, transferTo, entry) {
    return source.transaction(async (manager) => {
      await inTurn(manager);
      // Said twice it was done once.
      if (!(await lockAccount(manager, id))) return [];
      const duties: readonly (Duty & { readonly ids: readonly string[] })[] = await manager.query(dutiesText, [
        id,
        entry.at,
      ]);
      if (duties.length > 0) {
        const told = duties.map(({ ids: _, ...duty }) => dutyOf(duty));
        if (transferTo === undefined) throw new Refusal('account.has_duties', { duties: told });
        await handOver(
          manager,
          duties.flatMap(({ ids }) => ids),
          id,
          transferTo,
        );
      }
      await manager.update(accountTable, { id }, { active: false });
      await refuseLastAdministrator(manager);
      await endSessions(manager, id, null, entry.at);
      await revokeTokens(manager, id, entry.at);
      const handedOver = duties.map(({ ids: _, ...duty }) => dutyOf(duty));
      await recordIn(manager, { ...entry, detail: { ...entry.detail, handedOver } });
      return handedOver;
    });
  },

  async reactivate(id, entry) {
    await source.transaction(async (manager) => {
      if (await lockAccount(manager, id)) return;
      await manager.update(accountTable, { id }, { active: true });
      await recordIn(manager, entry);
    });
  },

  async changeMemberships(id, memberships, entry) {
    const written = source.transaction(async (manager) => {
      await inTurn(manager);
      await lockAccount(manager, id);
      await manager.delete(membershipTable, { account_id: id });
      await addMemberships(manager, id, memberships);
      await refuseLastAdministrator(manager);
      await recordIn(manager, entry);
    });
    await orRefuse(written, {
      membership_unit_fkey: ['unit.not_found', { units: memberships.flatMap(({ unit }) => unit ?? []) }],
    });
  },

  async setPassword(id, hash, keptSession, entry) {
    await source.transaction(async (manager) => {
      await lockAccount(manager, id);
      await manager.update(accountTable, { id }, { password_hash: hash });
      await endSessions(manager, id, keptSession, entry.at);
      if (keptSession === null) await revokeTokens(manager, id, entry.at);
      await recordIn(manager, entry);
    });
  },
});

/** What the account `live.id` may act as, with the days: also what is over, and what is to come. */
export const allMembershipsJson = `coalesce(
    (select json_agg(json_strip_nulls(json_build_object('role', role, 'unit', unit, 'programme', programme, 'field', field,
        'validFrom', valid_from, 'validTo', valid_to)) order by m.id)
      from membership m where m.account_id = live.id), '[]')`;

const unknown = (id: string): Refusal => new Refusal('account.not_found', { account: id });

/** @returns whether it is active */
const lockAccount = async (manager: EntityManager, id: string): Promise<boolean> => {
  const [found]: { active: boolean }[] = await manager.query('select active from account where id = $1 for update', [
    id,
  ]);
  if (!found) throw unknown(id);
  return found.active;
};

/** Who leaves a role does so one after the other: otherwise two could each rely on the other to stay. */
const inTurn = (manager: EntityManager): Promise<unknown> =>
  manager.query(`select pg_advisory_xact_lock(hashtext('dondoc memberships'))`);

const revokeTokens = (manager: EntityManager, id: string, at: Date): Promise<unknown> =>
  manager.query('update api_token set revoked_at = $2 where account_id = $1 and revoked_at is null', [id, at]);

const handOver = async (
  manager: EntityManager,
  memberships: readonly string[],
  from: string,
  to: string,
): Promise<void> => {
  const active: unknown[] = await manager.query('select 1 from account where id = $1 and active for update', [to]);
  if (active.length === 0 || from === to) throw new Refusal('account.not_active', { account: to });
  await manager.query('update membership set account_id = $2 where id = any($1::bigint[])', [memberships, to]);
};

const refuseLastAdministrator = async (manager: EntityManager): Promise<void> => {
  const left: unknown[] = await manager.query(
    `select 1 from membership m join account a on a.id = m.account_id where m.role = 'administrator' and a.active limit 1`,
  );
  if (left.length === 0) throw new Refusal('account.last_administrator');
};

const dutyOf = ({ unit, programme, ...duty }: { readonly [K in keyof Duty]: Duty[K] | null }): Duty =>
  ({ ...duty, ...(unit == null ? {} : { unit }), ...(programme == null ? {} : { programme }) }) as Duty;

// A role per unit or programme has duties while tasks of it are open; the office and the leaders while any task is. The
// administrator's is counted separately, whatever is open (refuseLastAdministrator).
const dutiesText = `
  with today as (select ${dayAt('$2')} as day),
  mine as (
    select m.role, m.unit, m.programme, json_agg(m.id::text) as ids from membership m, today
    where m.account_id = $1 and (m.valid_to is null or m.valid_to > today.day) and m.role in ('head', 'focal_point', 'appraiser', 'aggregator', 'office', 'leader')
      and not exists (
        select from membership o join account a on a.id = o.account_id
        where o.account_id <> $1 and a.active and o.role = m.role
          and (o.valid_from is null or o.valid_from <= today.day) and (o.valid_to is null or o.valid_to > today.day)
          and (o.field is null or o.field is not distinct from m.field)
          and o.unit is not distinct from m.unit and o.programme is not distinct from m.programme)
    group by m.role, m.unit, m.programme),
  held as (
    select mine.*, (
      select count(*)::int from task t
      where t.category not in ('done', 'not_done', 'stopped')
        and case mine.role
          when 'head' then t.lead_unit = mine.unit
          when 'focal_point' then t.lead_unit = mine.unit
          when 'appraiser' then t.appraiser_unit = mine.unit
          when 'aggregator' then mine.programme is null or t.programme = mine.programme
          else true end) as "openTasks"
    from mine)
  select role, unit, programme, ids, "openTasks" from held where "openTasks" > 0 order by role, unit, programme`;
