import { createHash } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { frozenReports } from '../../src/adapters/db/frozen-reports.ts';
import { openPool } from '../../src/adapters/db/pool.ts';
import { reportReader } from '../../src/adapters/db/queries/statistics.ts';
import { readStatistics, type StatisticsReport } from '../../src/application/reports/statistics.ts';
import { demoProgramme, seedDemo } from '../../src/demo/seed.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type Dice, dice } from '../support/histories.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet } from '../support/world.ts';

/** Domain section 6: total, in progress, done, not done, awaiting appraisal, stopped, estimate done, estimate not done. */
const table = `
  VPUBND   6 4 1 0 1 0  6 0
  SNV      7 4 1 1 1 0  6 1
  STP      6 2 3 0 1 0  6 0
  SKHDT    9 4 3 0 2 0  9 0
  STC      7 2 2 0 2 1  6 0
  SCT      8 3 3 1 1 0  7 1
  SNNPTNT 11 5 4 1 1 0 10 1
  SGTVT    8 4 2 1 1 0  6 2
  SXD      8 3 2 1 2 0  6 2
  STNMT    9 5 2 1 1 0  7 2
  STTTT    8 3 3 1 1 0  7 1
  SLDTBXH  8 3 4 0 1 0  8 0
  SVHTTDL  8 2 4 0 1 1  7 0
  SKHCN    6 2 1 1 2 0  5 1
  SGDDT    8 3 3 1 1 0  7 1
  SYT      9 6 1 1 1 0  8 1
  SNGV     5 2 2 0 1 0  5 0
  TTT      5 2 2 0 1 0  5 0
  BQLKKT   7 2 1 1 2 1  5 1
  TPCL    13 3 3 1 6 0 11 2
  TPSD    13 4 2 1 6 0 12 1
  TPHN    13 4 5 1 3 0 12 1
  HCL     12 3 1 2 6 0 10 2
  HCT     12 3 5 0 4 0 12 0
  HHN     12 3 1 1 7 0 10 2
  HLVU    13 5 4 0 4 0 13 0
  HLVO    12 4 4 1 3 0 11 1
  HTN     12 4 1 0 6 1 10 1
  HTH     13 3 6 0 3 1 12 0
  HTB     12 3 1 1 7 0 10 2
  HTM     13 3 4 1 5 0 12 1`
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/\s+/g, ' '));

const settingsOf = ({ url }: TestDatabase): Parameters<typeof seedDemo>[0] => ({
  DATABASE_URL: url,
  SECRET_KEY: secretKey,
  NODE_ENV: 'test',
  TRUST_PROXY: 0,
  RATE_LIMIT_PER_MINUTE: 1_000,
  DEMO_PASSWORD: 'dondoc-demo',
});
const seed = (database: TestDatabase): Promise<void> => seedDemo(settingsOf(database), quiet, () => undefined);

describe('The demonstration of 2022', () => {
  const clock = new HandClock('2022-12-31', '12:00');
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async function () {
    this.timeout(120_000);
    database = await freshDatabase();
    await seed(database);
    pool = openPool({ databaseUrl: database.url, max: 4, statementTimeoutMs: 10_000 }, quiet);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  const statistics = (asOf: string, knownAt?: string): Promise<StatisticsReport> =>
    readStatistics(reportReader(pool), clock)({ programme: demoProgramme, asOf, knownAt });

  it('gives at 30/10/2022 the figures of report 158/BC-SKHĐT', async () => {
    const { total, counts, percentages, estimate, estimatePercentages, rounding, notice, programme } =
      await statistics('2022-10-30');

    expect({ total, counts, percentages, estimate, estimatePercentages, rounding, notice, programme }).to.deep.equal({
      total: 293,
      counts: { in_progress: 103, done: 81, not_done: 20, awaiting_appraisal: 84, stopped: 5 },
      percentages: { in_progress: 35.2, done: 27.6, not_done: 6.8, awaiting_appraisal: 28.7, stopped: 1.7 },
      estimate: { done: 261, not_done: 27, stopped: 5, undeclared: 0 },
      estimatePercentages: { done: 89.1, not_done: 9.2, stopped: 1.7, undeclared: 0 },
      rounding: { rule: 'half_up', decimals: 1, sum: 100, note: null, estimateSum: 100, estimateNote: null },
      notice: 'Dữ liệu minh họa – không phản ánh kết quả thực tế của đơn vị.',
      programme: { code: 'CK2022', name: 'Cam kết hành động năm 2022', noun: 'nội dung cam kết' },
    });
  });

  it('gives each of the 31 units its row, in the official order, and the blocs 143 and 150', async () => {
    const { byUnit, byBloc } = await statistics('2022-10-30');

    expect(
      byUnit.map(({ unit, total, counts: c, estimate: e }) =>
        [unit, total, c.in_progress, c.done, c.not_done, c.awaiting_appraisal, c.stopped, e.done, e.not_done].join(' '),
      ),
    ).to.deep.equal(table);
    expect(
      byBloc.map(({ bloc, total, counts: c, estimate: e }) =>
        [bloc, total, c.in_progress, c.done, c.not_done, c.awaiting_appraisal, c.stopped, e.done, e.not_done].join(' '),
      ),
    ).to.deep.equal(['department 143 61 44 11 24 3 126 14', 'district 150 42 37 9 60 2 135 13']);
  });

  it('has figures of 30/10 that were not yet known on 30/10, and entries of November that leave them alone', async () => {
    const known = await statistics('2022-10-30', '2022-10-30');
    const reported = await statistics('2022-10-30', '2022-11-08');
    const later = await statistics('2022-10-30');
    const november = await statistics('2022-11-30');

    expect(known.counts).to.not.deep.equal(reported.counts);
    expect(known.counts.awaiting_appraisal).to.be.lessThan(84 + 81 - known.counts.done);
    expect({ ...later, knownAt: '' }).to.deep.equal({ ...reported, knownAt: '' });
    expect(november.total).to.equal(293);
    expect(november.counts.done).to.be.greaterThan(81);
  });

  it('keeps the report of 08/11 as it was locked, under a hash that anybody can compute', async () => {
    const store = frozenReports(pool);
    const [listed, ...others] = await store.list(demoProgramme);
    const frozen = await store.find(listed?.id ?? '');

    expect(others).to.deep.equal([]);
    expect(frozen).to.include({ asOf: '2022-10-30', knownAt: '2022-11-08T09:00:00.000Z' });
    expect(
      createHash('sha256')
        .update(frozen?.body ?? '')
        .digest('hex'),
    ).to.equal(frozen?.sha256);
    const { basis, ...figures } = JSON.parse(frozen?.body ?? '');
    expect(basis.rows.count).to.equal(293);
    expect(figures).to.deep.equal(
      JSON.parse(JSON.stringify(await statistics('2022-10-30', '2022-11-08T16:00:00+07:00'))),
    );
  });

  it('sums to 293 on every day of the year since the commitments were made', async () => {
    for (const asOf of ['2022-01-14', '2022-03-31', '2022-06-16', '2022-09-30', '2022-10-31', '2022-12-31']) {
      const { total, counts, estimate } = await statistics(asOf);
      for (const cells of [counts, estimate])
        expect([asOf, total, Object.values(cells).reduce((sum, count) => sum + count, 0)]).to.deep.equal([
          asOf,
          293,
          293,
        ]);
    }
    expect((await statistics('2022-01-13')).total).to.equal(0);
  });

  it('changes nothing when it is there already', async () => {
    const before = await everything(database);

    await seed(database);

    expect(await everything(database)).to.deep.equal(before);
  });

  // Each round breaks off seven times, elsewhere each time; DEMO_ROUNDS=5 does more.
  for (let number = 1; number <= Number(process.env.DEMO_ROUNDS ?? 1); number += 1)
    it(`is the same after a seed that broke off and was started again and again (${number})`, async function () {
      this.timeout(240_000);
      const broken = await freshDatabase();
      const roll = dice(number * 7919);
      try {
        await breakOff(broken, 'import_run', 1);
        await breakOff(broken, 'task', 1);
        await breakOff(broken, 'task_event', 2 + roll(400));
        await goAway(broken, roll);
        await breakOff(broken, 'report_run', 1);
        await breakOff(broken, 'task_event', 1 + roll(30));
        await breakOff(broken, 'audit_entry', 1);
        await seed(broken);

        expect(await everything(broken)).to.deep.equal(await everything(database));
      } finally {
        await broken.drop();
      }
    });

  it('breaks off when there is nobody to tell, and leaves nothing open', async () => {
    const unheard = await freshDatabase();
    try {
      const failed = await seedDemo(settingsOf(unheard), quiet, () => {
        throw new Error('nobody listens');
      }).then(
        () => 'seeded',
        (error: Error) => error.message,
      );

      expect(failed).to.equal('nobody listens');
      expect(await connections(unheard)).to.equal(0);
    } finally {
      await unheard.drop();
    }
  });
});

/** What people see of the demonstration, without the random ids of this attempt. */
const everything = async ({ url }: TestDatabase): Promise<Record<string, readonly unknown[]>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found: Record<string, readonly unknown[]> = {};
    for (const [name, sql] of Object.entries({
      tasks: `select code, title, lead_unit, category, submitted_on, due_on, estimate, version, seq, returns, extensions, recorded_at from task order by code`,
      events: `select t.code, e.seq, e.type, e.actor, e.capacity, e.effective_at, e.recorded_at, e.category, e.estimate,
          e.payload->>'rule' as rule, e.payload->>'k' as k
        from task_event e join task t on t.id = e.task_id order by 1, 2`,
      doubles: `select task_id, cause from task_event group by 1, 2 having count(*) > 1`,
      reports: `select programme, as_of, known_at, body, sha256 from report_run`,
      imports: `select programme, status, total, processed, created, unchanged, problems from import_run`,
      intentions: `select i.queue, i.kind, t.code, i.rule, i.occurrence, i.due_at, i.payload->>'seq' as seq, i.attempts
        from intention i left join task t on t.id = i.task_id order by 1, 2, 3, 4, 7`,
      tally: `select unit, day, category, sum(change) from (
          select unit, day, category, change from daily_tally
          union all select unit, effective_on, category_to, 1 from delta
          union all select unit, effective_on, category_from, -1 from delta where category_from is not null) c
        group by 1, 2, 3 order by 1, 2, 3`,
      accounts:
        'select a.id, a.email, m.role, m.unit from account a join membership m on m.account_id = a.id order by 2',
      others: `select (select json_agg(u order by code) from unit u) as units, (select count(*) from calendar_day) as days,
          (select json_agg(json_build_array(key, version, sha256) order by key, version) from workflow_definition) as definitions,
          (select count(*) from audit_entry where action = 'demo.seeded') as seeded`,
    }))
      found[name] = (await client.query(sql)).rows;
    return found;
  } finally {
    await client.end();
  }
};

/** Seeds until the nth row from now is written to the table: that one and all after it fail, and the seed with them. */
const breakOff = async (database: TestDatabase, table: string, nth: number): Promise<void> => {
  await asSuperuser(
    database,
    `create sequence if not exists steps;
     alter sequence steps restart;
     create or replace function break_off() returns trigger language plpgsql as $$
     begin
       -- A sequence does not roll back.
       if nextval('steps') >= ${nth} then raise exception 'broken off'; end if;
       return null;
     end $$;
     create trigger break_off after insert on ${table} for each row execute function break_off()`,
  );
  const failed = await seed(database).then(
    () => 'seeded',
    (error: Error) => error.message,
  );
  await asSuperuser(database, `drop trigger break_off on ${table}`);
  expect(failed, `${table} ${nth}`).to.match(/broken off|was not imported/);
};

/** Seeds while the database goes away under it: all connections break and no new one is let in. */
const goAway = async (database: TestDatabase, roll: Dice): Promise<void> => {
  const name = new URL(database.url).pathname.slice(1);
  const { rows } = await asSuperuser(database, `select count(*)::integer as n from task_event`);
  const until = rows[0].n + 20 + roll(700);
  const seeding = seed(database).then(
    () => 'seeded',
    () => 'broken off',
  );
  const written = async (): Promise<number> =>
    (await asSuperuser(database, `select count(*)::integer as n from task_event`)).rows[0].n;
  while ((await written()) < until);
  await onServer(`alter database ${name} allow_connections false`);
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  expect(await seeding).to.equal('broken off');
  await onServer(`alter database ${name} allow_connections true`);
};

const connections = async (database: TestDatabase): Promise<number> =>
  (
    await onServer(
      `select count(*)::integer as n from pg_stat_activity where datname = '${new URL(database.url).pathname.slice(1)}'`,
    )
  ).rows[0].n;

const asSuperuser = (database: TestDatabase, sql: string): Promise<pg.QueryResult> => query(database.url, sql);
const onServer = (sql: string): Promise<pg.QueryResult> => query(process.env.TEST_DATABASE_URL as string, sql);

const query = async (url: string, sql: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
};
