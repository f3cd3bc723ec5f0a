import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { dataSource } from '../../../src/adapters/db/data-source.ts';
import { freshEmptyDatabase } from '../../support/database.ts';
import { suiteDatabase } from '../../support/source.ts';

describe('the entities and the migrated schema', () => {
  const migrated = suiteDatabase();

  it('say the same: TypeORM finds nothing to change', async () => {
    const { upQueries } = await migrated.source.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).to.deep.equal([]);
  });

  // TypeORM compares checks, predicates and the order of an index's columns by name alone; the catalog does not.
  it('say the same down to each check and each predicate', async () => {
    const { url, drop } = await freshEmptyDatabase();
    const fromEntities = await dataSource(url).initialize();
    try {
      await fromEntities.synchronize();

      expect(await catalogue(fromEntities)).to.deep.equal(await catalogue(migrated.source));
    } finally {
      await fromEntities.destroy();
      await drop();
    }
  });

  it('know the same tables', async () => {
    const tables: { name: string }[] = await migrated.source.query(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
    );

    expect(tables.map(({ name }) => name)).to.have.members(
      migrated.source.entityMetadatas.map(({ tableName }) => tableName),
    );
  });
});

describe('the migrations', () => {
  const database = suiteDatabase();

  it('go down and up again', async () => {
    const { source } = database;
    const before = await catalogue(source);

    for (const _ of source.migrations) await source.undoLastMigration();
    const leftOver = await objectsOf(source);
    await source.runMigrations();

    expect(leftOver).to.deep.equal([]);
    expect(await catalogue(source)).to.deep.equal(before);
  });

  it('keep the denominator of a programme under both of its names, and round half up where nobody said', async () => {
    const { source } = database;
    const denominators = async (): Promise<readonly string[]> =>
      (await source.query<{ denominator: string }[]>('select denominator from programme order by code')).map(
        ({ denominator }) => denominator,
      );
    const columns = async (): Promise<readonly unknown[]> =>
      source.query(
        `select 1 from information_schema.columns where table_name = 'programme' and column_name = 'rounding'`,
      );
    await source.query(`insert into calendar (key, zone, version) values ('vn', 'Asia/Ho_Chi_Minh', 1)`);
    for (const denominator of ['all', 'fallen_due', 'within_group'])
      await source.query(
        `insert into programme (code, name, noun, year, workflow, calendar, soon_days, illustrative, created_at, denominator)
         values ($1, $1, 'nhiệm vụ', 2022, 'commitment', 'vn', 3, false, '2022-01-01', $1)`,
        [denominator],
      );

    while ((await columns()).length > 0) await source.undoLastMigration();
    const old = await denominators();
    await source.runMigrations();

    expect(old).to.deep.equal(['all', 'fallen_due', 'group']);
    expect(await denominators()).to.deep.equal(['all', 'fallen_due', 'within_group']);
    expect(await source.query('select distinct rounding from programme')).to.deep.equal([{ rounding: 'half_up' }]);
  });
});

/** What the catalog says of columns, constraints and indexes, without what EntitySchema has no words for. */
const catalogue = (source: DataSource): Promise<readonly { said: string }[]> =>
  source.query(`
    select * from (
      select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' end,
          case when a.attidentity = '' and pg_get_expr(d.adbin, d.adrelid) not like 'nextval(%'
            then ' default ' || pg_get_expr(d.adbin, d.adrelid) end) as said
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
      union all
      select format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
        and conrelid <> coalesce(to_regclass('migration'), 0)
      union all
      select indexdef from pg_indexes
      where schemaname = 'public' and tablename <> 'migration' and indexname not in ('task_search_idx', 'task_event_recorded_idx'))
    order by said collate "C"`);

/** Tables and functions of our own; extensions may stay. */
const objectsOf = (source: DataSource): Promise<readonly unknown[]> =>
  source.query(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') and relname not like 'migration%'
    union all
    select proname from pg_proc p where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend where objid = p.oid and deptype = 'e')`);
