// The year of a programme, each beside plain SQL that does the least for the same rows, and each again in a database that holds twenty
// other programmes of a thousand tasks: what is asked of one programme costs what that programme holds.

import type pg from 'pg';
import { followingReader } from '../../src/adapters/db/queries/following.ts';
import { xlsxOf } from '../../src/adapters/documents/write-book.ts';
import { annexBook } from '../../src/application/reports/annexes.ts';
import type { FrozenMore } from '../../src/application/reports/freeze.ts';
import { freezeReport } from '../../src/application/reports/freeze.ts';
import { reportTimes, type StatisticsReport } from '../../src/application/reports/statistics.ts';
import { taskScope } from '../../src/domain/organisation/policy.ts';
import type { RunRow } from '../../src/domain/reporting/run-rows.ts';
import { type Ground, openGround } from './ground.ts';
import { type Measure, measureOf, type Pair } from './measure.ts';

const rounds = 5;
const zone = 'Asia/Ho_Chi_Minh';
const units = Array.from({ length: 31 }, (_, index) => `DV${String(index + 1).padStart(2, '0')}`);
const years = [2027, 2028, 2029, 2030, 2031];
/** Two reports a year of each unit. */
const owed = units.length * years.length * 2;
const others = 20;
/** What a programme may lose when others are added; above it the cost grows with the database. */
const growthGoal = 0.67;

interface Subject {
  readonly name: string;
  readonly unit: string;
  readonly ours: () => Promise<unknown>;
  readonly reference: () => Promise<unknown>;
  /** How many of the unit one call is. */
  readonly amount: number;
}

export const programmeYear = async (): Promise<readonly Measure[]> => {
  const [alone, among] = [await openGround(), await openGround()];
  try {
    for (const ground of [alone, among]) await prepare(ground);
    await addOthers(among.composition.pool);
    const measures = [await creating(alone)];
    const [here, there] = [await subjectsOf(alone), await subjectsOf(among)];
    for (const [index, subject] of here.entries()) measures.push(...(await measured(subject, there[index] ?? subject)));
    return measures;
  } finally {
    await alone.close();
    await among.close();
  }
};

/** Our own, the reference, and our own among others by turns, so that the hour is the same for all three. */
const measured = async (here: Subject, there: Subject): Promise<readonly Measure[]> => {
  const [against, growth]: [Pair[], Pair[]] = [[], []];
  for (const act of [here.ours, here.reference, there.ours]) await act();
  for (let round = 0; round < rounds; round += 1) {
    const ours = await rate(here.amount, here.ours);
    against.push({ ours, reference: await rate(here.amount, here.reference) });
    growth.push({ ours: await rate(here.amount, there.ours), reference: ours });
  }
  return [
    measureOf(here.name, here.unit, against),
    measureOf(`${here.name}: among ${others} other programmes, against alone`, here.unit, growth, growthGoal),
  ];
};

const prepare = async (ground: Ground): Promise<void> => {
  const { unit, programme, assign } = ground;
  for (const [index, code] of units.entries()) await unit(code, index + 10);
  for (const [code, tasks] of [
    ['P293', 293],
    ['P1000', 1000],
    ['P3000', 3000],
  ] as const) {
    await programme(code);
    for (const [index, unitCode] of units.entries()) {
      const count = Math.floor(tasks / units.length) + (index < tasks % units.length ? 1 : 0);
      // Half of them overdue by now.
      for (const [day, some] of [
        ['2026-06-30', Math.ceil(count / 2)],
        ['2027-12-31', Math.floor(count / 2)],
      ] as const)
        await assign(some, { kind: 'on_or_before', day }, new Date('2026-03-02T08:00:00+07:00'), {
          unit: unitCode,
          programme: code,
        });
    }
  }
  await owing(ground, 'CT');
  await makeYears(ground, 'CT');
};

const rate = async (amount: number, act: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await act();
  return (amount * 1000) / (performance.now() - from);
};

const regime = {
  key: 'qd1100',
  name: 'Báo cáo',
  periods: [
    { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
    { kind: 'year', cutOff: '12-14', unit: '12-16' },
  ],
  units: { classes: [], codes: units, except: [] },
};

const owing = async ({ composition, programme, office }: Ground, code: string): Promise<void> => {
  await programme(code, 'periodic-report', 'SNV');
  await composition.pool.query(
    'insert into reporting (programme, version, regimes, set_by, set_at) values ($1, 1, $2, $3, now())',
    [code, JSON.stringify([regime]), office.id],
  );
};

const makeYears = async ({ composition, office }: Ground, code: string): Promise<void> => {
  for (const year of years) await composition.obligations.makeYear(code, year, office);
};

/** Five years of 31 units, decided, chained and planned with their timers; the reference copies the same rows by plain SQL. */
const creating = async (ground: Ground): Promise<Measure> => {
  const { composition, programme } = ground;
  const { pool } = composition;
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [code, copy] = [`CT${round}`, `COPY${round}`];
    await programme(copy, 'periodic-report', 'SNV');
    await owing(ground, code);
    const ours = await rate(owed, () => makeYears(ground, code));
    const reference = (owed * 1000) / (await copied(pool, code, copy));
    // The first of each warms up.
    if (round > 0) pairs.push({ ours, reference });
  }
  return measureOf('obligations of 31 units x 5 years, creation', 'obligations per second', pairs);
};

const columnsOf = async (client: pg.PoolClient, table: string, without: readonly string[]): Promise<string> => {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' and attidentity = '' and attname <> all ($2) order by attnum`,
    [table, without],
  );
  return rows.map(({ name }) => name).join(', ');
};

/** All rows of a programme once more under others. @returns milliseconds */
const copied = async (pool: pg.Pool, from: string, ...to: readonly string[]): Promise<number> => {
  const client = await pool.connect();
  try {
    const task = await columnsOf(client, 'task', ['id', 'code', 'programme']);
    const rest: { table: string; key: string; columns: string; named: boolean }[] = [];
    for (const table of ['task_event', 'delta', 'intention', 'report_obligation'])
      rest.push({
        table,
        key: table === 'report_obligation' ? 'id' : 'task_id',
        columns: await columnsOf(client, table, ['id', 'task_id', 'programme']),
        named: table === 'delta' || table === 'report_obligation',
      });
    const of = (columns: string): string => columns.replaceAll(/(^|, )/g, '$1r.');
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query(
      `create temporary table ids on commit drop as
       select p as programme, t.id as old, gen_random_uuid() as id from task t, unnest($2::text[]) p where t.programme = $1`,
      [from, to],
    );
    await client.query('analyze ids');
    const start = performance.now();
    await client.query(
      `insert into task (id, code, programme, ${task}) select i.id, i.programme || '/' || i.id, i.programme, ${of(task)}
       from ids i join task r on r.id = i.old`,
    );
    for (const { table, key, columns, named } of rest)
      await client.query(
        `insert into ${table} (${key}, ${named ? 'programme, ' : ''}${columns})
         select i.id, ${named ? 'i.programme, ' : ''}${of(columns)} from ids i join ${table} r on r.${key} = i.old`,
      );
    await client.query('commit');
    return performance.now() - start;
  } finally {
    client.release();
  }
};

const addOthers = async (pool: pg.Pool): Promise<void> => {
  const codes = Array.from({ length: others }, (_, index) => `KHAC${index}`);
  const client = await pool.connect();
  const columns = await columnsOf(client, 'programme', ['code']);
  client.release();
  await pool.query(
    `insert into programme (code, ${columns}) select p, ${columns} from programme, unnest($1::text[]) p where code = 'P1000'`,
    [codes],
  );
  await copied(pool, 'P1000', ...codes);
  await pool.query('analyze');
};

const subjectsOf = async (ground: Ground): Promise<readonly Subject[]> => {
  const { composition, office } = ground;
  const { pool, reports, frozen, clock, obligations } = composition;
  const freeze = freezeReport(reports, frozen, clock);
  const { asOf, before, known } = reportTimes({}, zone, clock.now());
  const urging = followingReader(pool);
  const span = { programme: 'CT', from: `${years[0]}-01-01`, to: `${years.at(-1)}-12-31` };

  const run = await freeze({ programme: 'P3000' }, office);
  const annexes = async () => {
    const [found, rows] = await Promise.all([frozen.find(run.id), frozen.rows(run.id)]);
    const { basis, confirmation = null, ...figures } = JSON.parse(found?.body ?? '{}') as StatisticsReport & FrozenMore;
    return annexBook({
      figures,
      basis,
      confirmation,
      zone,
      rows: JSON.parse(rows ?? '[]') as readonly RunRow[],
      frozen: { sha256: run.sha256 },
      issued: null,
    });
  };
  const book = await annexes();

  return [
    {
      name: 'obligations of 31 units x 5 years, matrix',
      unit: 'obligations per second',
      amount: owed,
      ours: () => obligations.matrix(span, office),
      reference: () => pool.query({ name: 'bench-matrix', text: matrixText, values: Object.values(span) }),
    },
    ...[293, 3000].map(
      (tasks): Subject => ({
        name: `freezing a run of ${tasks} tasks`,
        unit: 'tasks per second',
        amount: tasks,
        ours: () => freeze({ programme: `P${tasks}` }, office),
        reference: () =>
          pool.query({ name: 'bench-freeze', text: freezeText, values: [`P${tasks}`, before, clock.now(), asOf] }),
      }),
    ),
    {
      name: 'annexes of 3,000 tasks as XLSX, against writing the same cells',
      unit: 'tasks per second',
      amount: 3000,
      ours: async () => xlsxOf(await annexes()),
      reference: () => xlsxOf(book),
    },
    {
      name: 'urging list of a programme of 3,000 tasks',
      unit: 'tasks per second',
      amount: 3000,
      ours: () => urging.urging('overdue', 'P3000', { asOf, before, known }, taskScope(office)),
      reference: () => pool.query({ name: 'bench-urging', text: urgingText, values: ['P3000', asOf] }),
    },
  ];
};

const matrixText = `
  select o.unit, o.period, coalesce(k.due_on, o.due_on) as due_on, k.category, k.submitted_on
  from report_obligation o join task k on k.id = o.id
  where o.programme = $1 and o.due_on >= $2 and o.due_on <= $3 order by o.unit, o.due_on`;

/** The last event of each task by then, counted and kept as text. */
const freezeText = `
  with last as materialized (
    select t.code, t.title, l.state, l.category, l.lead_unit, l.due_on from task t cross join lateral (
      select e.state, e.category, e.lead_unit, e.due_on from task_event e
      where e.task_id = t.id and e.effective_at < $2 and e.recorded_at <= $3 order by e.seq desc limit 1) l
    where t.programme = $1),
  run as (
    insert into report_run (id, programme, as_of, known_at, body, sha256, created_by, created_at)
    select gen_random_uuid(), $1, $4::date, $3, (select json_agg(c)::text from (
      select lead_unit, category, count(*) from last group by 1, 2) c), 'bench', 'bench', $3 returning id)
  insert into report_run_rows (run_id, rows, sha256) select id, (select json_agg(last)::text from last), 'bench' from run`;

/** By the present alone, which is less than what the list answers: it is as of a day and as known at a moment. */
const urgingText = `
  select t.id, t.code, t.title, t.lead_unit, u.name, t.due_on, $2::date - t.due_on as days
  from task t join unit u on u.code = t.lead_unit
  where t.programme = $1 and t.due_on < $2::date and t.category in ('assigned', 'in_progress')
  order by u.official_order, t.lead_unit, t.due_on, t.code limit 5000`;
