import { expect } from 'chai';
import fc from 'fast-check';
import { denominators, type FigureRule, roundings, usualRule } from '../../../src/domain/programmes/settings.ts';
import { type Rate, rateGroups } from '../../../src/domain/reporting/rates.ts';
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

/** Quảng Nam 2017, as of the end of the year: 249 done and 307 not, each group told by its own timeliness (rule C5 c). */
const quangNam: readonly CountedRow[] = [
  aRow({ category: 'done', dueOn: '2022-06-16', submittedOn: '2022-06-16', count: 81 }),
  aRow({ category: 'done', dueOn: '2022-06-16', submittedOn: '2022-08-01', count: 168 }),
  aRow({ unit: 'U9', category: 'in_progress', dueOn: '2022-12-31', count: 177 }),
  aRow({ unit: 'U9', category: 'assigned', dueOn: '2022-10-29', count: 130 }),
];
/** The Government's working group, 2017: 21.914 given, 16.051 done, 223 overdue (rule C5 b). */
const workingGroup: readonly CountedRow[] = [
  aRow({ category: 'done', submittedOn: '2022-08-01', count: 16_051 }),
  aRow({ category: 'in_progress', dueOn: '2022-10-29', count: 223 }),
  aRow({ category: 'in_progress', count: 5_640 }),
];
const told = (rates: readonly Rate[]) => rates.map(({ key, count, of, text }) => [key, count, of, text]);

describe('The rates of a programme, each by its own denominator', () => {
  it('count what is done among all where the programme says so, as report 158/BC-SKHĐT does', () => {
    const { rate, rates, percentagesOf } = statisticsOf(report158, units, at);

    expect(rate).to.deep.equal({
      key: 'completion',
      name: 'Tỷ lệ hoàn thành',
      count: 81,
      of: 293,
      denominator: 'all',
      denominatorText: 'trên tổng số',
      percent: 27.6,
      text: '27,6%',
    });
    expect(rates).to.deep.equal([rate]);
    expect(percentagesOf).to.deep.equal({ denominator: 'all', denominatorText: 'trên tổng số', of: 293 });
  });

  it('C5 b, C6: are 16.051 of the 16.274 that had fallen due, cut off at 98,62%; the states stay shares of all', () => {
    const rule: FigureRule = { denominator: 'fallen_due', percentDigits: 2, rounding: 'truncate' };
    const { denominator, rate, rates, rounding, percentages, percentagesOf } = statisticsOf(workingGroup, units, {
      ...at,
      rule,
    });

    expect({ denominator, headline: told(rates) }).to.deep.equal({
      denominator: 'fallen_due',
      headline: [['completion', 16_051, 16_274, '98,62%']],
    });
    expect(rate).to.include({ percent: 98.62, denominator: 'fallen_due', denominatorText: 'trên số đã đến hạn' });
    expect(rounding).to.include({ rule: 'truncate', decimals: 2, sum: 99.99 });
    expect(rounding.note).to.match(/100,00%.*cắt bỏ từ chữ số thập phân thứ ba, không làm tròn/);
    expect([percentages.done, percentagesOf.of]).to.deep.equal([73.24, 21_914]);
  });

  it('C5 b: do not rise when what is overdue fails, and leave what waits for appraisal out', () => {
    const rule: FigureRule = { ...usualRule, denominator: 'fallen_due' };
    const { rate } = statisticsOf(report158, units, { ...at, asOf: '2023-01-15', rule });

    // 81 done, 20 failed, 103 overdue by then; 84 wait for the appraiser, 5 were stopped.
    expect([rate.count, rate.of, rate.text]).to.deep.equal([81, 204, '39,7%']);
  });

  it('C5 c: tell each group by itself, 32,53% and 67,47% of what is done, 57,65% and 42,35% of what is not', () => {
    const rule: FigureRule = { denominator: 'within_group', percentDigits: 2, rounding: 'half_up' };
    const { total, rate, rates, rounding } = statisticsOf(quangNam, units, { ...at, rule });

    expect(total).to.equal(556);
    expect(told(rates)).to.deep.equal([
      ['done_on_time', 81, 249, '32,53%'],
      ['done_late', 168, 249, '67,47%'],
      ['done_undated', 0, 249, '0,00%'],
      ['in_time', 177, 307, '57,65%'],
      ['overdue', 130, 307, '42,35%'],
      ['undated', 0, 307, '0,00%'],
      ['awaiting_appraisal', 0, 307, '0,00%'],
      ['not_done', 0, 0, null],
      ['stopped', 0, 0, null],
    ]);
    expect([...new Set(rates.map(({ denominatorText }) => denominatorText))]).to.deep.equal([
      'trong nhóm đã hoàn thành',
      'trong nhóm chưa hoàn thành',
      'trong nhóm không hoàn thành, dừng thực hiện',
    ]);
    expect(rate).to.deep.equal(rates[0]);
    expect(rounding.groups).to.deep.equal([
      { group: 'done', sum: 100, note: null },
      { group: 'undone', sum: 100, note: null },
    ]);
  });

  it('C4: say for each group that its printed rates do not add up, and by which rule', () => {
    const rule: FigureRule = { denominator: 'within_group', percentDigits: 2, rounding: 'truncate' };
    const { rounding } = statisticsOf(quangNam, units, { ...at, rule });

    expect(rounding.groups?.map(({ group, sum }) => [group, sum])).to.deep.equal([
      ['done', 99.99],
      ['undone', 99.99],
    ]);
    for (const { note } of rounding.groups ?? []) expect(note).to.match(/không làm tròn/);
  });

  it('have every task of a group in exactly one part of it, whatever the tasks', () => {
    const rule: FigureRule = { denominator: 'within_group', percentDigits: 1, rounding: 'half_up' };
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 60 }), (rows) => {
        const { total, rates } = statisticsOf(rows, units, { ...at, rule });
        let all = 0;
        for (const group of rateGroups) {
          const parts = rates.filter((rate) => rate.group === group);
          const whole = parts[0]?.of ?? -1;
          expect(parts.map(({ of }) => of)).to.deep.equal(parts.map(() => whole));
          expect(parts.reduce((sum, { count }) => sum + count, 0)).to.equal(whole);
          all += whole;
        }
        expect(all).to.equal(total);
      }),
      { numRuns: 300 },
    );
  });

  it('sum over units and blocs in count and in denominator, by every rule', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(...denominators),
        (rows, denominator) => {
          const whole = statisticsOf(rows, units, { ...at, rule: { ...usualRule, denominator } });
          for (const parts of [whole.byUnit, whole.byBloc])
            expect(
              parts.reduce((sum, { rate }) => [(sum[0] ?? 0) + rate.count, (sum[1] ?? 0) + rate.of], [0, 0]),
            ).to.deep.equal([whole.rate.count, whole.rate.of]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are none of nothing', () => {
    for (const denominator of denominators) {
      const { rate } = statisticsOf([], [], { ...at, rule: { ...usualRule, denominator } });
      expect([rate.percent, rate.text]).to.deep.equal([null, null]);
    }
  });
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

  it('do so by every rule, in as many decimals as it has', () => {
    const anyRule = fc.record({
      denominator: fc.constantFrom(...denominators),
      percentDigits: fc.constantFrom(0, 1, 2),
      rounding: fc.constantFrom(...roundings),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), anyRule, (rows, rule) => {
        const { percentages, estimatePercentages, rounding, rates } = statisticsOf(rows, units, { ...at, rule });
        const scale = 10 ** rule.percentDigits;
        const sumOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + Math.round(share * scale), 0);
        expect(rounding).to.include({ rule: rule.rounding, decimals: rule.percentDigits });
        for (const [shares, sum, note] of [
          [Object.values(percentages), rounding.sum, rounding.note],
          [Object.values(estimatePercentages), rounding.estimateSum, rounding.estimateNote],
          ...(rounding.groups ?? []).map(
            (each) =>
              [
                rates.flatMap(({ group, percent }) => (group === each.group && percent !== null ? [percent] : [])),
                each.sum,
                each.note,
              ] as const,
          ),
        ] as const) {
          expect(sum).to.equal(sumOf(shares) / scale);
          expect(note !== null).to.equal(sumOf(shares) !== 100 * scale);
          // What is cut off never adds up to more than the whole.
          if (rule.rounding === 'truncate') expect(sum).to.be.at.most(100);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('are those of report 158/BC-SKHĐT cut off where a programme says so, with the note that they do not add up', () => {
    const rule: FigureRule = { denominator: 'all', percentDigits: 1, rounding: 'truncate' };
    const { percentages, rounding } = statisticsOf(report158, units, { ...at, rule });

    expect(percentages).to.deep.equal({
      in_progress: 35.1,
      done: 27.6,
      not_done: 6.8,
      awaiting_appraisal: 28.6,
      stopped: 1.7,
    });
    expect([rounding.sum, rounding.note]).to.deep.equal([
      99.8,
      'Tổng các tỷ lệ có thể khác 100,0% do từng tỷ lệ được cắt bỏ từ chữ số thập phân thứ hai, không làm tròn.',
    ]);
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
