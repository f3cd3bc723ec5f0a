import { expect } from 'chai';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { reportReader } from '../../../src/adapters/db/queries/statistics.ts';
import { type TallyStore, tallyStore } from '../../../src/adapters/db/tallies.ts';
import { readStatistics } from '../../../src/application/reports/statistics.ts';
import { readTrend, type TrendRequest } from '../../../src/application/reports/trend.ts';
import { applyCommand } from '../../../src/application/tasks/apply.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { addDays, dayOf } from '../../../src/domain/schedule/civil-date.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { dice, Histories, office } from '../../support/histories.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openWorld, quiet, type World, zone } from '../../support/world.ts';

const firstDay = '2022-03-01';

describe('The daily tally', () => {
  let world: World;
  let histories: Histories;
  let tallies: TallyStore;
  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions, firstDay);
    histories = new Histories(world, dice(158));
    tallies = tallyStore(world.pool);
    await histories.assign(30);
    await histories.live(150);
  });
  after(() => world.close());

  const trend = (request: Partial<TrendRequest> = {}) =>
    readTrend(reportReader(world.pool), tallies, world.clock)({ programme: 'P1', ...request });
  const today = (): string => dayOf(world.clock.now(), zone);
  const unfolded = async (): Promise<number> =>
    (await world.pool.query('select count(*)::integer as n from delta')).rows[0].n;
  /** Each day of the history, as the events tell it. */
  const byEvents = async (from: string, to: string) => {
    const days = [];
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const { total, counts, percentages } = await readStatistics(
        reportReader(world.pool),
        world.clock,
      )({ programme: 'P1', asOf: day });
      days.push({ day, total, counts, percentages });
    }
    return days;
  };

  it('gives for every day what the events give, folded, half folded and not folded at all', async function () {
    this.timeout(60_000);
    const from = addDays(firstDay, -12);
    const expected = await byEvents(from, today());
    expect(expected.at(0)?.total).to.be.lessThan(5);
    expect(expected.at(-1)?.total).to.equal(30);

    expect((await trend({ from })).days).to.deep.equal(expected);
    expect(await tallies.fold(40)).to.equal(40);
    expect((await trend({ from })).days).to.deep.equal(expected);
    while ((await tallies.fold(40)) > 0);
    expect(await unfolded()).to.equal(0);
    expect((await trend({ from })).days).to.deep.equal(expected);
  });

  it('with what is not folded yet counts the tasks as they stand, by unit and category', async () => {
    await histories.live(20);
    await tallies.fold(5);
    expect(await unfolded()).to.be.greaterThan(0);

    const { rows: standing } = await world.pool.query(
      'select lead_unit as unit, category, count(*)::integer as count from task group by 1, 2 order by 1, 2',
    );
    const { rows: tallied } = await world.pool.query(
      `select unit, category, sum(change)::integer as count from (
         select unit, category, change from daily_tally
         union all select unit, category_to, 1 from delta
         union all select unit, category_from, -1 from delta where category_from is not null) c
       group by 1, 2 having sum(change) <> 0 order by 1, 2`,
    );
    expect(tallied).to.deep.equal(standing);
  });

  it('is exact when four connections fold at once while tasks go on moving', async function () {
    this.timeout(60_000);
    const pools = Array.from({ length: 4 }, () =>
      openPool({ databaseUrl: world.database.url, max: 1, statementTimeoutMs: 10_000 }, quiet),
    );
    const moves = async (): Promise<number> =>
      (await world.pool.query('select count(*)::integer as n from task_event where category is not null')).rows[0].n;
    try {
      const open = (await unfolded()) - (await moves());
      const done = new AbortController();
      const folding = pools.map(async (pool, index) => {
        let folded = 0;
        for (;;) {
          const ending = done.signal.aborted;
          const last = await tallyStore(pool).fold(3 + index);
          folded += last;
          if (ending && last === 0) return folded;
        }
      });
      await histories.live(120);
      done.abort();
      const folded = await Promise.all(folding);

      // Every move left one delta; each was folded by one of the four.
      expect(await unfolded()).to.equal(0);
      expect(folded.reduce((sum, n) => sum + n, 0)).to.equal(open + (await moves()));
      expect((await trend({ from: addDays(firstDay, -12) })).days).to.deep.equal(
        await byEvents(addDays(firstDay, -12), today()),
      );
    } finally {
      await Promise.all(pools.map((pool) => pool.end()));
    }
  });

  it('lets a late entry land on the day it happened, folded or not', async () => {
    while ((await tallies.fold()) > 0);
    world.clock.advance(20 * 86_400_000);
    const task = await anOpenTask();
    const happened = addDays(today(), -7);
    const before = await trend();

    await applyCommand(world.store, world.clock)(
      {
        taskId: task.id,
        actor: office,
        command: {
          type: 'transition',
          transition: 'stop',
          document: { number: '9/QĐ', date: happened, issuer: 'UBND Tỉnh' },
          effectiveAt: happened,
        },
        expectedVersion: task.version,
      },
      {
        key: { actor: office.id, key: 'late', bodyHash: 'hash' },
        answer: () => ({ status: 200, etag: null, response: '' }),
      },
    );

    const after = await trend();
    const stopped = ({ days }: typeof after) => days.map(({ counts }) => counts.stopped);
    const expected = before.days.map(({ day, counts }) => counts.stopped + (day >= happened ? 1 : 0));
    expect(stopped(after)).to.deep.equal(expected);
    await tallies.fold();
    expect(stopped(await trend())).to.deep.equal(expected);
    const { rows } = await world.pool.query(
      `select day, change from daily_tally where category = 'stopped' and day = $1`,
      [happened],
    );
    expect(rows).to.deep.equal([{ day: happened, change: 1 }]);
  });

  it('fills every day asked for, by default the thirty days before today', async () => {
    const { from, to, days } = await trend();

    expect({ from, to }).to.deep.equal({ from: addDays(today(), -30), to: today() });
    expect(days.map(({ day }) => day)).to.deep.equal(Array.from({ length: 31 }, (_, index) => addDays(from, index)));
    const early = await trend({ from: '2021-01-01', to: '2021-01-03' });
    expect(early.days.map(({ total }) => total)).to.deep.equal([0, 0, 0]);
  });

  it('refuses days ahead, days the wrong way round, more than two years, and an unknown programme', async () => {
    for (const [request, code] of [
      [{ to: addDays(today(), 1) }, 'input.invalid'],
      [{ from: '2022-03-02', to: '2022-03-01' }, 'input.invalid'],
      [{ from: '2019-01-01', to: '2022-03-01' }, 'input.invalid'],
      [{ programme: 'P9' }, 'programme.not_found'],
    ] as const)
      expect((await refusalOf(trend(request))).code).to.equal(code);
  });

  const anOpenTask = async () => {
    for (const { task } of (await world.store.load(histories.taskIds)).values())
      if (task.category === 'assigned' || task.category === 'in_progress') return task;
    throw new Refusal('task.not_found');
  };
});
