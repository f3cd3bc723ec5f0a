import { expect } from 'chai';
import fc from 'fast-check';
import {
  buckets,
  type CountedRow,
  type Figures,
  type ReportUnit,
  statisticsOf,
} from '../../../src/domain/reporting/statistics.ts';
import { categories } from '../../../src/domain/workflow/definition.ts';
import { estimates } from '../../../src/domain/workflow/task.ts';

const units: readonly ReportUnit[] = Array.from({ length: 12 }, (_, index) => ({
  code: `U${index}`,
  name: `Đơn vị ${index}`,
  bloc: index < 7 ? 'department' : 'district',
}));
const at = { asOf: '2022-10-30', soonDays: 3 } as const;

const aRow = (given: Partial<CountedRow>): CountedRow => ({
  unit: 'U0',
  category: 'in_progress',
  dueOn: '2022-12-31',
  submittedOn: null,
  estimate: null,
  count: 1,
  ...given,
});

/** The programme of report 158/BC-SKHĐT: what ended so and what was expected of the rest. */
const report158: readonly CountedRow[] = [
  aRow({ category: 'in_progress', estimate: 'done', count: 90 }),
  aRow({ category: 'assigned', estimate: 'done', count: 6 }),
  aRow({ category: 'in_progress', estimate: 'not_done', count: 7 }),
  aRow({ category: 'done', submittedOn: '2022-08-01', count: 81 }),
  aRow({ category: 'not_done', count: 20 }),
  aRow({ unit: 'U9', category: 'awaiting_appraisal', submittedOn: '2022-10-01', estimate: 'done', count: 84 }),
  aRow({ category: 'stopped', count: 5 }),
];

const day = fc.constantFrom('2022-06-16', '2022-10-29', '2022-10-30', '2022-10-31', '2022-11-02', '2022-11-03');
const anyRow: fc.Arbitrary<CountedRow> = fc.record({
  unit: fc.constantFrom(...units.map(({ code }) => code)),
  category: fc.constantFrom(...categories),
  dueOn: fc.option(day),
  submittedOn: fc.option(day),
  estimate: fc.option(fc.constantFrom(...estimates)),
  count: fc.integer({ min: 1, max: 400 }),
});

describe('The figures of a programme', () => {
  it('are those of report 158/BC-SKHĐT, each line with its share of all 293', () => {
    const { total, counts, percentages, parts, estimate, estimatePercentages, denominator, rounding } = statisticsOf(
      report158,
      units,
      at,
    );

    expect({ total, counts, percentages, parts, estimate, estimatePercentages, denominator, rounding }).to.deep.equal({
      total: 293,
      counts: { in_progress: 103, done: 81, not_done: 20, awaiting_appraisal: 84, stopped: 5 },
      percentages: { in_progress: 35.2, done: 27.6, not_done: 6.8, awaiting_appraisal: 28.7, stopped: 1.7 },
      parts: { in_progress: { assigned: 6, in_progress: 97 } },
      estimate: { done: 261, not_done: 27, stopped: 5, undeclared: 0 },
      estimatePercentages: { done: 89.1, not_done: 9.2, stopped: 1.7, undeclared: 0 },
      denominator: 'all',
      rounding: { rule: 'half_up', decimals: 1, sum: 100, note: null, estimateSum: 100, estimateNote: null },
    });
  });

  it('keep each share as it is and say so exactly when the shares do not add up to 100,0', () => {
    let noted = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 5, maxLength: 5 }), (counts) => {
        const rows = buckets.map((category, index) => aRow({ category, count: counts[index] ?? 0 }));
        const { percentages, rounding, total } = statisticsOf(rows, units, at);
        const tenths = buckets.reduce((sum, bucket) => sum + Math.round(percentages[bucket] * 10), 0);
        expect(rounding.sum).to.equal(tenths / 10);
        expect(rounding.note !== null).to.equal(total > 0 && tenths !== 1000);
        if (rounding.note !== null) noted += 1;
        for (const [index, bucket] of buckets.entries())
          if (total > 0)
            expect(percentages[bucket]).to.equal(
              Number((2000n * BigInt(counts[index] ?? 0) + BigInt(total)) / (2n * BigInt(total))) / 10,
            );
      }),
      { numRuns: 3_000 },
    );
    expect(noted).to.be.greaterThan(500);
  });

  it('say the same of the shares of the estimate, which may differ when those of the states do not', () => {
    const rows = [
      aRow({ category: 'in_progress', estimate: 'done', count: 1 }),
      aRow({ category: 'in_progress', estimate: 'not_done', count: 1 }),
      aRow({ category: 'in_progress', estimate: 'stopped', count: 1 }),
    ];

    const { rounding } = statisticsOf(rows, units, at);

    expect(rounding).to.include({ sum: 100, note: null, estimateSum: 99.9 });
    expect(rounding.estimateNote).to.be.a('string');
  });

  it('of no tasks are all zero, without a note', () => {
    const { total, percentages, rounding, byUnit } = statisticsOf([], [], at);

    expect({ total, byUnit, shares: Object.values(percentages) }).to.deep.equal({
      total: 0,
      byUnit: [],
      shares: [0, 0, 0, 0, 0],
    });
    expect(rounding).to.include({ note: null, estimateNote: null });
  });

  it('sum to the whole over units and over blocs, in every cell', () => {
    const sumOf = (parts: readonly Figures[], cell: (figures: Figures) => Readonly<Record<string, number>>) => {
      const sum: Record<string, number> = {};
      for (const part of parts)
        for (const [key, count] of Object.entries(cell(part))) sum[key] = (sum[key] ?? 0) + count;
      return Object.fromEntries(Object.entries(sum).sort());
    };
    const sorted = (cells: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(cells).sort());
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 80 }), (rows) => {
        const whole = statisticsOf(rows, units, at);
        for (const parts of [whole.byUnit, whole.byBloc]) {
          expect(sumOf(parts, ({ total }) => ({ total }))).to.deep.equal({ total: whole.total });
          for (const cell of [
            ({ counts }: Figures) => counts,
            ({ estimate }: Figures) => estimate,
            ({ deadlines }: Figures) => deadlines,
            ({ parts: { in_progress } }: Figures) => in_progress,
          ])
            expect(sumOf(parts, cell)).to.deep.equal(sorted(cell(whole)));
        }
        for (const { total, counts, estimate, deadlines } of [whole, ...whole.byUnit, ...whole.byBloc])
          for (const split of [counts, estimate, deadlines])
            expect(Object.values<number>(split).reduce((sum, count) => sum + count, 0)).to.equal(total);
      }),
      { numRuns: 300 },
    );
  });

  it('list units in the order given and leave out those without tasks', () => {
    const { byUnit } = statisticsOf([aRow({ unit: 'U11' }), aRow({ unit: 'U2' })], units, at);

    expect(byUnit.map(({ unit }) => unit)).to.deep.equal(['U2', 'U11']);
  });

  it('are refused when a row names a unit that is not among the units', () => {
    expect(() => statisticsOf([aRow({}), aRow({ unit: 'U99' })], units, at)).to.throw(/U99/);
  });
});
