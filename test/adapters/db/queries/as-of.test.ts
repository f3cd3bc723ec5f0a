import { expect } from 'chai';
import { reportReader } from '../../../../src/adapters/db/queries/statistics.ts';
import { listTasks, type TaskFilter } from '../../../../src/adapters/db/queries/tasks.ts';
import { readStatistics, reportTimes, type StatisticsReport } from '../../../../src/application/reports/statistics.ts';
import { type Bucket, buckets } from '../../../../src/domain/reporting/statistics.ts';
import { addDays, dayOf, endOfDay, startOfDay } from '../../../../src/domain/schedule/civil-date.ts';
import { deadlineClass } from '../../../../src/domain/schedule/timeliness.ts';
import { builtInDefinitions } from '../../../../src/domain/workflow/built-in.ts';
import type { Category } from '../../../../src/domain/workflow/definition.ts';
import { replay } from '../../../../src/domain/workflow/evolve.ts';
import type { Task, TaskEvent } from '../../../../src/domain/workflow/task.ts';
import { type Dice, dice, Histories } from '../../../support/histories.ts';
import { openWorld, type World, zone } from '../../../support/world.ts';

interface Pair {
  readonly asOf: string;
  readonly knownAt: string;
}

const firstDay = '2022-03-01';

describe('Figures as of a day, as known at a moment', () => {
  let world: World;
  let histories: Histories;
  const roll = dice(20221030);
  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions, firstDay);
    histories = new Histories(world, roll);
    await histories.assign(25);
    await histories.live(120);
    await histories.assign(15);
    await histories.live(380);
  });
  after(() => world.close());

  const statistics = (pair: Pair): Promise<StatisticsReport> =>
    readStatistics(reportReader(world.pool), world.clock)({ programme: 'P1', ...pair });

  it('have histories worth counting', async () => {
    const { rows } = await world.pool.query(
      `select type, coalesce(payload->>'transition', '') as what, count(*)::integer as times,
         count(*) filter (where payload ? 'late')::integer as late from task_event group by 1, 2`,
    );

    const times = new Map(rows.map(({ type, what, times: n }) => [`${type} ${what}`.trim(), n]));
    for (const kind of ['task.assigned', 'task.progress_reported', 'task.deadline_decided', 'task.timer_fired'])
      expect(times.get(kind), kind).to.be.greaterThan(10);
    for (const move of ['acknowledge', 'submit', 'approve', 'return', 'reject', 'reopen', 'stop'])
      expect(times.get(`task.moved ${move}`), move).to.be.greaterThan(2);
    expect(rows.reduce((sum, { late }) => sum + late, 0)).to.be.greaterThan(50);
  });

  it('are the fold of the events within both bounds', async function () {
    this.timeout(60_000);
    const events = await allEvents(world);

    for (const pair of pairs(world, roll, 60)) {
      const found = await statistics(pair);
      expect(pick(found), JSON.stringify(pair)).to.deep.equal(counted(tasksAsOf(events, pair), pair.asOf));
    }
  });

  it('put the last millisecond of a day in the day and the first of the next one outside', async () => {
    const events = await allEvents(world);
    const onTheEdge = events.flat().flatMap(({ effectiveAt, recordedAt }) =>
      [effectiveAt, recordedAt].flatMap((instant) => {
        const day = dayOf(new Date(instant), zone);
        const fromStart = Date.parse(instant) - startOfDay(day, zone).getTime();
        const toEnd = endOfDay(day, zone).getTime() - Date.parse(instant);
        return fromStart === 0 ? [addDays(day, -1)] : toEnd === 1 ? [day] : [];
      }),
    );
    expect(onTheEdge).to.have.length.greaterThan(40);

    for (const asOf of [...new Set(onTheEdge)].slice(0, 20)) {
      const midnight = endOfDay(asOf, zone).getTime();
      for (const knownAt of [asOf, ...[-1, 0, 1].map((ms) => new Date(midnight + ms).toISOString())]) {
        const expected = counted(tasksAsOf(events, { asOf, knownAt }), asOf);
        expect(pick(await statistics({ asOf, knownAt })), `${asOf} ${knownAt}`).to.deep.equal(expected);
      }
    }
  });

  it('lead to their tasks: the list with the same filters is as long as each cell', async function () {
    this.timeout(60_000);
    const list = listTasks(world.pool);
    for (const pair of pairs(world, roll, 6)) {
      const { asOf, before, known } = reportTimes(pair, zone, world.clock.now());
      const listed = async (filter: TaskFilter): Promise<number> => {
        const page = await list({
          filter: { programme: 'P1', ...filter },
          scope: 'all',
          sort: 'code',
          limit: 100,
          times: { before, known },
          today: asOf,
        });
        expect(page.items.length).to.equal(page.total);
        return page.items.length;
      };
      const report = await statistics(pair);
      expect(await listed({})).to.equal(report.total);
      for (const [filter, cells] of [
        [{}, report] as const,
        ...report.byUnit.map((row) => [{ units: [row.unit] }, row] as const),
        ...report.byBloc.map((row) => [{ bloc: row.bloc }, row] as const),
      ]) {
        for (const bucket of buckets)
          expect(await listed({ ...filter, categories: categoriesOf(bucket) })).to.equal(cells.counts[bucket]);
        for (const [estimate, count] of Object.entries(cells.estimate))
          expect(await listed({ ...filter, estimate })).to.equal(count);
        for (const [deadline, count] of Object.entries(cells.deadlines))
          expect(await listed({ ...filter, deadlines: [deadline as never] })).to.equal(count);
      }
    }
  });

  it('stay the same for the same two times whatever is entered later', async function () {
    this.timeout(60_000);
    const asked = pairs(world, roll, 50);
    const before = await Promise.all(asked.map(statistics));
    world.clock.advance(1);

    await histories.live(150);
    await histories.assign(5);

    expect(await Promise.all(asked.map(statistics))).to.deep.equal(before);
  });

  it('of now are those of the tasks as they stand', async () => {
    const today = dayOf(world.clock.now(), zone);

    const now = await readStatistics(reportReader(world.pool), world.clock)({ programme: 'P1' });

    const tasks = [...(await world.store.load(histories.taskIds)).values()].map(({ task }) => task);
    expect(pick(now)).to.deep.equal(counted(tasks, today));
  });
});

/** Independent of the SQL: the task that the events within both bounds make, one after the other. */
const tasksAsOf = (histories: readonly (readonly TaskEvent[])[], { asOf, knownAt }: Pair): readonly Task[] => {
  const before = endOfDay(asOf, zone).getTime();
  const known = knownAt.includes('T') ? Date.parse(knownAt) : endOfDay(knownAt, zone).getTime() - 1;
  return histories.flatMap((events) => {
    const within = events.filter(
      ({ effectiveAt, recordedAt }) => Date.parse(effectiveAt) < before && Date.parse(recordedAt) <= known,
    );
    if (within[0]?.type !== 'task.assigned') return [];
    return [replay(within.map((event, index) => ({ ...event, seq: index + 1 }) as TaskEvent))];
  });
};

const counted = (tasks: readonly Task[], today: string) => {
  const tally = (keyOf: (task: Task) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const task of tasks) counts[keyOf(task)] = (counts[keyOf(task)] ?? 0) + 1;
    return counts;
  };
  const bucket = ({ category }: Task) => (category === 'assigned' ? 'in_progress' : category);
  const ended = ({ category }: Task) => ['done', 'not_done', 'stopped'].includes(category);
  return {
    total: tasks.length,
    counts: tally(bucket),
    assigned: tasks.filter(({ category }) => category === 'assigned').length,
    estimate: tally((task) => (ended(task) ? task.category : (task.estimate ?? 'undeclared'))),
    deadlines: tally((task) => deadlineClass({ ...task, today, soonDays: 3 })),
    byUnit: tally((task) => `${task.leadUnit} ${bucket(task)}`),
    byBloc: tally((task) => `${task.leadUnit === 'TPCL' ? 'district' : 'department'} ${bucket(task)}`),
  };
};

/** A report in the same shape, without its zeros. */
const pick = ({ total, counts, parts, estimate, deadlines, byUnit, byBloc }: StatisticsReport) => ({
  total,
  counts: present(counts),
  assigned: parts.in_progress.assigned,
  estimate: present(estimate),
  deadlines: present(deadlines),
  byUnit: Object.assign({}, ...byUnit.map((row) => present(row.counts, `${row.unit} `))),
  byBloc: Object.assign({}, ...byBloc.map((row) => present(row.counts, `${row.bloc} `))),
});

const present = (cells: Readonly<Record<string, number>>, prefix = ''): Record<string, number> =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([, count]) => count > 0)
      .map(([key, count]) => [`${prefix}${key}`, count]),
  );

const categoriesOf = (bucket: Bucket): readonly Category[] =>
  bucket === 'in_progress' ? ['assigned', 'in_progress'] : [bucket];

/** Random cut-off days with random moments of knowledge, from before the first task to now. */
const pairs = ({ clock }: World, roll: Dice, count: number): readonly Pair[] => {
  const now = clock.now();
  const start = startOfDay(addDays(firstDay, -12), zone).getTime();
  const days = Math.floor((now.getTime() - start) / 86_400_000);
  return Array.from({ length: count }, () => {
    const asOf = dayOf(new Date(start + roll(days) * 86_400_000), zone);
    const moment = new Date(start + Math.floor((roll(1_000_000) / 1_000_000) * (now.getTime() - start)));
    return { asOf, knownAt: roll(3) === 0 ? dayOf(moment, zone) : moment.toISOString() };
  });
};

const allEvents = async ({ pool }: World): Promise<readonly (readonly TaskEvent[])[]> => {
  const { rows } = await pool.query(
    `select json_agg(json_build_object('taskId', task_id, 'seq', seq, 'type', type, 'actor', actor, 'capacity', capacity,
       'effectiveAt', effective_at, 'recordedAt', recorded_at, 'payload', payload) order by seq) as events
     from task_event group by task_id`,
  );
  const instant = (text: string) => new Date(text).toISOString();
  return rows.map(({ events }) =>
    events.map((event: TaskEvent) => ({
      ...event,
      effectiveAt: instant(event.effectiveAt),
      recordedAt: instant(event.recordedAt),
    })),
  );
};
