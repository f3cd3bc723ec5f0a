import { type DataSource, IsNull } from 'typeorm';
import type { Absence, AbsenceStore } from '../../application/people/absences.ts';
import { type AbsenceRow, absenceTable } from './entities/organisation.ts';
import { row } from './entities/table.ts';
import { dayAt, inForce } from './standing-sql.ts';

export const absenceStore = (source: DataSource): AbsenceStore => ({
  async add(absence) {
    await source.manager.insert(absenceTable, row<AbsenceRow>({ ...rowOf(absence), cancelled_at: null }));
  },

  async find(id) {
    const found = await source.manager.findOneBy(absenceTable, { id, cancelled_at: IsNull() });
    return found ? absenceOf(found) : undefined;
  },

  async list({ accounts, until }) {
    const found = await source.manager
      .createQueryBuilder(absenceTable, 'a')
      .where('a.cancelled_at is null and a.until_day > :until', { until })
      .andWhere('(:accounts::uuid[] is null or a.account_id = any(:accounts) or a.substitute = any(:accounts))', {
        accounts: accounts ?? null,
      })
      .orderBy('a.from_day')
      .addOrderBy('a.id')
      .limit(1000)
      .getMany();
    const people = [...new Set(found.flatMap(({ account_id, substitute }) => [account_id, substitute ?? []].flat()))];
    const named: readonly { readonly id: string; readonly name: string }[] = await source.query(
      'select id, name from account where id = any($1::uuid[])',
      [people],
    );
    const nameOf = (id: string): string => named.find((one) => one.id === id)?.name ?? id;
    return found.map((one) => ({
      ...absenceOf(one),
      accountName: nameOf(one.account_id),
      substituteName: one.substitute && nameOf(one.substitute),
    }));
  },

  async cancel(id, at) {
    const { affected } = await source.manager.update(
      absenceTable,
      { id, cancelled_at: IsNull() },
      { cancelled_at: at },
    );
    return affected === 1;
  },

  async people({ units, account }, at) {
    return source.query(peopleText, [units ?? null, at, account]);
  },

  async person(accountId, at) {
    const found: { readonly units: readonly string[] }[] = await source.query(personText, [accountId, at]);
    return found[0];
  },
});

const rowOf = ({ accountId, from, until, createdBy, createdAt, ...same }: Absence) => ({
  ...same,
  account_id: accountId,
  from_day: from,
  until_day: until,
  created_by: createdBy,
  created_at: createdAt,
});

const absenceOf = ({
  id,
  account_id,
  from_day,
  until_day,
  substitute,
  signing,
  document,
  created_by,
  created_at,
}: AbsenceRow): Absence => ({
  id,
  accountId: account_id,
  from: from_day,
  until: until_day,
  substitute,
  signing,
  document,
  createdBy: created_by,
  createdAt: created_at,
});

const peopleText = `
  with people as (
    select a.id, a.name, array(select distinct m.unit from membership m where m.account_id = a.id and m.unit is not null
      and m.role <> 'specialist' and ${inForce('m', dayAt('$2'))} order by m.unit) as units
    from account a where a.active)
  select id as account, name, units from people
  where $1::text[] is null or units && $1::text[] or id = $3::uuid
  order by name, id limit 5000`;

// Units that somebody follows are not units they belong to.
const personText = `
  select array(select distinct m.unit from membership m where m.account_id = a.id and m.unit is not null
    and m.role <> 'specialist' and ${inForce('m', dayAt('$2'))}) as units
  from account a where a.id = $1 and a.active`;
