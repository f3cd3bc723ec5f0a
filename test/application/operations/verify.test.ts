import { expect } from 'chai';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { verifySource } from '../../../src/adapters/db/verify-source.ts';
import { type Inspection, inspect, type VerifyOptions, verify } from '../../../src/application/operations/verify.ts';
import { copyOf, freshDatabase } from '../../support/database.ts';
import { HandClock, openWorld, quiet, type World } from '../../support/world.ts';
import { type Corruption, corruptions, sql } from './corruptions.ts';
import {
  addPeople,
  appraiser,
  ask,
  assign,
  definition,
  evidence,
  fireDue,
  focal,
  foldDeltas,
  lastDay,
  makeHistory,
  ofTask,
} from './history.ts';

describe('The verification', () => {
  let world: World;
  before(async function () {
    this.timeout(30_000);
    world = await openWorld([definition]);
    await makeHistory(world);
    // Copies can be made only of a database to which nobody is connected.
    await world.pool.end();
  });
  after(() => world.database.drop());

  it('finds nothing wrong with a history that came through the one door', async () => {
    const inspection = await inCopy(world, () => Promise.resolve());

    expect(brokenIn(inspection)).to.deep.equal([]);
    expect(inspection).to.include({ tasks: 6, events: 27 });
    expect(inspection.invariants.map(({ invariant, checked }) => `${invariant} ${checked}`)).to.include.members([
      'I1 27 events, 18 kept answers',
      'I3 6 tasks, 27 events',
      'I7 6 tasks, 3 timers',
    ]);
  });

  it('finds nothing wrong with an empty database', async () => {
    const empty = await freshDatabase();
    const pool = openPool({ databaseUrl: empty.url, max: 1, statementTimeoutMs: 10_000 }, quiet);
    try {
      expect(await verify(verifySource(pool, new HandClock(lastDay)))).to.deep.equal([]);
    } finally {
      await pool.end();
      await empty.drop();
    }
  });

  for (const { name, corrupt, finds, at } of corruptions)
    it(`finds ${name}`, async () => {
      const inspection = await inCopy(world, corrupt, {}, at);

      const found = brokenIn(inspection);
      for (const expected of finds)
        expect(
          found.filter((line) => line.startsWith(expected)),
          found.join('\n'),
        ).not.to.be.empty;
    });

  it('counts everything and keeps the first few', async () => {
    const inspection = await inCopy(world, sql(`update task set progress = 55, head_hash = 'x'`), { keep: 2 });

    const third = inspection.invariants.find(({ invariant }) => invariant === 'I3');
    expect(third?.findings).to.have.length(2);
    expect(third?.broken).to.equal(12);
  });

  it('only notes what is overdue while no worker runs, and what waits for an operator', async () => {
    const inspection = await inCopy(
      world,
      sql(
        `update intention set attempts = 10, parked_at = '2022-07-15', last_error = 'no' where ${ofTask('P1-LATE')} and rule = 'due'`,
      ),
      {},
      '2022-08-30',
    );

    expect(brokenIn(inspection)).to.deep.equal([]);
    const notes = inspection.invariants.flatMap(({ warnings }) =>
      warnings.map(({ row, message }) => `${row} ${message}`),
    );
    expect(notes.some((note) => /task P1-OPEN timer due was due at .* no worker/.test(note))).to.equal(true);
    expect(notes.some((note) => /task P1-LATE timer due waits for an operator/.test(note))).to.equal(true);
    const strict = await inCopy(world, () => Promise.resolve(), { workersExpected: true }, '2022-08-30');
    expect(brokenIn(strict).some((line) => line.startsWith('I7 task P1-OPEN timer due was due'))).to.equal(true);
  });

  it('computes frozen reports again when it is told how', async () => {
    const again =
      (change: Readonly<Record<string, unknown>>) =>
      async ({ body }: { readonly body: string }) =>
        JSON.stringify({ ...JSON.parse(body), ...change });
    const renamed = { recompute: again({ name: 'Tên mới của chương trình' }) };
    const same = await inCopy(world, () => Promise.resolve(), renamed);
    const other = await inCopy(world, () => Promise.resolve(), { recompute: again({ total: 99 }) });

    expect(brokenIn(same)).to.deep.equal([]);
    expect(brokenIn(other)).to.have.length(1);
    expect(brokenIn(other)[0]).to.match(/^I12 report .* gives other figures/);
  });

  it('finds every hash again whatever the texts and numbers were', async () => {
    const odd = await openWorld([definition]);
    try {
      for (const [index, value] of [
        1e-7,
        1.1e300,
        5e-324,
        -0,
        0.1 + 0.2,
        2 ** 53 + 2,
        '\u2028 "\\" \u{1f600} e\u0323\u0302 đ',
        '',
      ].entries()) {
        const task = await assign(odd, `P1-${index}`, { kind: 'within_month', month: '2022-12' });
        const begun = await ask(odd, task, focal, { type: 'transition', transition: 'acknowledge' });
        await ask(odd, begun, focal, {
          type: 'report_progress',
          progress: 33.3,
          result: value,
          narrative: String(value),
        });
      }

      expect(brokenIn(await inspect(verifySource(odd.pool, odd.clock)))).to.deep.equal([]);
    } finally {
      await odd.close();
    }
  });

  it('gives no false alarm while commands and timers run', async function () {
    this.timeout(30_000);
    const busy = await openWorld([definition]);
    try {
      await addPeople(busy.pool);
      let running = true;
      const load = Promise.all([1, 2, 3].map((n) => keepBusy(busy, `P1-${n}`, () => running)));
      const looks: string[][] = [];
      while (looks.length < 12) looks.push(brokenIn(await inspect(verifySource(busy.pool, busy.clock))));
      running = false;
      await load;
      const last = await inspect(verifySource(busy.pool, busy.clock));

      expect(looks.flat()).to.deep.equal([]);
      expect(brokenIn(last)).to.deep.equal([]);
      expect(last.events).to.be.greaterThan(50);
    } finally {
      await busy.close();
    }
  });
});

/** Looks at a copy of the world in which somebody with all rights did something. */
async function inCopy(
  world: World,
  corrupt: Corruption['corrupt'],
  options: VerifyOptions = {},
  at = lastDay,
): Promise<Inspection> {
  const copy = await copyOf(world.database);
  const pool = openPool({ databaseUrl: copy.url, max: 2, statementTimeoutMs: 10_000 }, quiet);
  try {
    const db = await pool.connect();
    try {
      await db.query('set session_replication_role = replica');
      await corrupt(db);
    } finally {
      db.release(true);
    }
    return await inspect(verifySource(pool, new HandClock(at, '09:00')), options);
  } finally {
    await pool.end();
    await copy.drop();
  }
}

const brokenIn = ({ invariants }: Inspection): string[] =>
  invariants.flatMap(({ findings }) => findings.map(({ invariant, row, message }) => `${invariant} ${row} ${message}`));

/** One task after another through its life, with its timers fired by whoever comes first. */
async function keepBusy(world: World, prefix: string, running: () => boolean): Promise<void> {
  for (let n = 0; running(); n += 1) {
    let task = await assign(world, `${prefix}-${n}`, { kind: 'on_or_before', day: '2022-01-05' });
    await fireDue(world);
    task = await ask(world, task, focal, { type: 'transition', transition: 'acknowledge' });
    task = await ask(world, task, focal, { type: 'transition', transition: 'submit', evidence });
    if (n % 2 === 0) await ask(world, task, appraiser, { type: 'transition', transition: 'approve' });
    if (n % 3 === 0) await foldDeltas(world.pool);
  }
}
