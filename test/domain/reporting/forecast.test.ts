import { expect } from 'chai';
import fc from 'fast-check';
import {
  betaBinomial,
  type ForecastTask,
  forecastOf,
  leastHistory,
  scoreOf,
} from '../../../src/domain/reporting/forecast.ts';
import { addDays } from '../../../src/domain/schedule/civil-date.ts';

const aTask = (more: Partial<ForecastTask> = {}): ForecastTask => ({
  id: 'a',
  unit: 'SNV',
  kind: 'own',
  assignedOn: '2022-01-01',
  yearEnd: '2022-12-31',
  category: 'in_progress',
  finishedOn: null,
  submittedOn: null,
  ...more,
});
const past = (more: Partial<ForecastTask> = {}): ForecastTask =>
  aTask({ assignedOn: '2021-01-01', yearEnd: '2021-12-31', category: 'not_done', finishedOn: '2021-12-31', ...more });
const done = (day: string): Partial<ForecastTask> => ({ category: 'done', finishedOn: day, submittedOn: day });
const many = (count: number, make: (index: number) => ForecastTask): ForecastTask[] =>
  Array.from({ length: count }, (_, index) => ({ ...make(index), id: `t${index}` }));

const categories = ['assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped'] as const;
const anyTask = (year: number): fc.Arbitrary<ForecastTask> =>
  fc
    .record({
      id: fc.uuid(),
      unit: fc.constantFrom('SNV', 'STTTT', 'TPCL'),
      kind: fc.constantFrom('own', 'template', 'common'),
      assigned: fc.nat(120),
      category: fc.constantFrom(...categories),
      ended: fc.nat(400),
    })
    .map(({ assigned, ended, ...task }) => {
      const assignedOn = addDays(`${year}-01-01`, assigned);
      const isFinal = ['done', 'not_done', 'stopped'].includes(task.category);
      const finishedOn = isFinal ? addDays(assignedOn, ended) : null;
      return { ...task, assignedOn, yearEnd: `${year}-12-31`, finishedOn, submittedOn: finishedOn };
    });
const tasks = (year: number, most: number) => fc.array(anyTask(year), { maxLength: most });
const anyDay = fc.nat(364).map((day) => addDays('2022-01-01', day));

describe('A forecast', () => {
  it('is the share of comparable tasks of earlier years that were done, from those that were still open then', () => {
    // 10 were done by March and say nothing of what is open in July; of the other 30 a third were done.
    const history = [
      ...many(10, () => past(done('2021-03-01'))),
      ...many(10, () => past(done('2021-11-01'))),
      ...many(20, () => past()),
    ];

    const forecast = forecastOf(history, [aTask()], '2022-07-01');

    expect(forecast.tasks).to.deep.equal([{ id: 'a', unit: 'SNV', open: true, probability: 10.5 / 31 }]);
    expect(forecast).to.include({ total: 1, doneAlready: 0, open: 1, withoutHistory: 0, history: 40 });
  });

  it('goes by tasks of the same kind, and by all where these are too few', () => {
    const history = [
      ...many(leastHistory, () => past({ kind: 'template', ...done('2021-12-01') })),
      ...many(leastHistory, () => past({ kind: 'own' })),
    ];
    const of = (kind: string) => forecastOf(history, [aTask({ kind })], '2022-07-01').tasks[0]?.probability;

    expect(of('template')).to.be.greaterThan(0.95);
    expect(of('own')).to.be.lessThan(0.05);
    expect(of('common')).to.equal(0.5);
  });

  it('is none where there is too little history, and says of how many tasks', () => {
    const {
      done: band,
      expected,
      withoutHistory,
      tasks: each,
    } = forecastOf(
      many(leastHistory - 1, () => past(done('2021-12-01'))),
      [aTask(), aTask({ id: 'b', ...done('2022-02-01') })],
      '2022-07-01',
    );

    expect({ band, expected, withoutHistory }).to.deep.equal({ band: null, expected: null, withoutHistory: 1 });
    expect(each.map(({ probability }) => probability)).to.deep.equal([null, 1]);
  });

  it('of a programme in which nothing is open any more is what happened', () => {
    const ended = [aTask(done('2022-05-01')), aTask({ id: 'b', category: 'stopped', finishedOn: '2022-05-01' })];

    expect(forecastOf([], ended, '2022-12-31')).to.deep.include({
      expected: 1,
      done: { low: 1, point: 1, high: 1 },
    });
  });

  it('counts as done what was submitted within the year, however long the appraiser took', () => {
    const late = aTask({ category: 'done', submittedOn: '2022-12-31', finishedOn: '2023-01-20' });
    const later = aTask({ id: 'b', category: 'done', submittedOn: '2023-01-02', finishedOn: '2023-01-20' });

    expect(forecastOf([], [late, later], '2022-12-31')).to.include({ doneAlready: 1 });
  });

  it('has probabilities between 0 and 1, a band that holds its point, and sums that agree, whatever the history', () => {
    fc.assert(
      fc.property(tasks(2021, 90), tasks(2022, 60), anyDay, (history, present, day) => {
        const forecast = forecastOf(history, present, day);
        for (const { probability } of forecast.tasks) if (probability !== null) expect(probability).to.be.within(0, 1);
        for (const row of [forecast, ...forecast.byUnit]) {
          expect(row.doneAlready + row.open).to.be.at.most(row.total);
          expect(row.done === null).to.equal(row.withoutHistory > 0);
          if (!row.done) continue;
          expect(row.done.low).to.be.within(row.doneAlready, row.done.point);
          expect(row.done.high).to.be.within(row.done.point, row.doneAlready + row.open);
        }
        for (const key of ['total', 'doneAlready', 'open', 'withoutHistory'] as const)
          expect(forecast.byUnit.reduce((sum, row) => sum + row[key], 0)).to.equal(forecast[key]);
        if (forecast.expected !== null)
          expect(forecast.byUnit.reduce((sum, row) => sum + (row.expected ?? Number.NaN), 0)).to.be.closeTo(
            forecast.expected,
            1e-9,
          );
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of its tasks', () => {
    fc.assert(
      fc.property(tasks(2021, 60), tasks(2022, 30), anyDay, (history, present, day) => {
        const { byUnit: _one, tasks: _these, ...forwards } = forecastOf(history, present, day);
        const {
          byUnit: _two,
          tasks: _those,
          ...backwards
        } = forecastOf([...history].reverse(), [...present].reverse(), day);
        expect(backwards.done).to.deep.equal(forwards.done);
        expect(backwards.open).to.equal(forwards.open);
      }),
    );
  });

  it('rests on a distribution whose chances sum to one and whose mean is right, also for long lists', () => {
    const shape = fc.double({ min: 0.5, max: 3000, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1000), shape, shape, (n, a, b) => {
        const chances = betaBinomial(n, a, b);
        expect(chances).to.have.length(n + 1);
        expect(chances.reduce((sum, p) => sum + p, 0)).to.be.closeTo(1, 1e-6);
        expect(chances.reduce((sum, p, k) => sum + p * k, 0)).to.be.closeTo((n * a) / (a + b), 1e-3);
      }),
      { numRuns: 200 },
    );
  });

  it('scores 0 when it was certain and right, 1 when it was certain and wrong', () => {
    const byUnit = [{ unit: 'SNV', done: { low: 1, point: 1, high: 1 } }] as never;
    const said = (probability: number) => ({
      byUnit,
      tasks: [{ id: 'a', unit: 'SNV', open: true, probability }],
    });
    const came = new Map([['a', aTask(done('2022-11-01'))]]);

    expect(scoreOf(said(1), came)).to.deep.equal({
      tasks: 1,
      brier: 0,
      reference: 0,
      units: 1,
      coverage: 1,
      undecided: 0,
    });
    expect(scoreOf(said(0), came).brier).to.equal(1);
  });

  it('is not scored on what the appraiser has yet to decide, nor on what had ended before', () => {
    const byUnit = [{ unit: 'SNV', done: { low: 0, point: 0, high: 0 } }] as never;
    const each = [
      { id: 'a', unit: 'SNV', open: true, probability: 0.7 },
      { id: 'b', unit: 'SNV', open: false, probability: 1 },
    ];
    const came = new Map([
      ['a', aTask({ category: 'awaiting_appraisal', submittedOn: '2022-12-30' })],
      ['b', aTask({ id: 'b', ...done('2022-02-01') })],
    ]);

    expect(scoreOf({ byUnit, tasks: each }, came)).to.deep.equal({
      tasks: 0,
      brier: null,
      reference: null,
      units: 0,
      coverage: null,
      undecided: 1,
    });
  });

  it('holds its promise where the years are alike: nine bands in ten hold what happened', () => {
    // A small generator of its own, so that the test is the same every time.
    let seed = 12345;
    const chance = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    let held = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round += 1) {
      const rate = 0.2 + 0.6 * chance();
      const history = many(60, () => past(chance() < rate ? done('2021-11-15') : {}));
      const present = many(40, () => aTask());
      const { done: band } = forecastOf(history, present, '2022-07-01');
      const came = present.filter(() => chance() < rate).length;
      if (band && came >= band.low && came <= band.high) held += 1;
    }
    expect(held / rounds).to.be.within(0.88, 0.97);
  });
});
