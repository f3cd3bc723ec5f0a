import { expect } from 'chai';
import {
  demandsOf,
  judge,
  matrixOf,
  type ObligationFacts,
  obligationStates,
  owingUnits,
} from '../../../src/domain/reporting/obligations.ts';
import {
  type PeriodRule,
  periodsOf,
  type Regime,
  regimeProblems,
  shortPeriods,
} from '../../../src/domain/reporting/regime.ts';
import { vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../../src/domain/schedule/working-calendar.ts';

const calendar = workingCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', version: 1, days: vietnamCalendarDays });
const named = { calendar, roll: null } as const;
const letter004: readonly PeriodRule[] = [
  { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
  { kind: 'year', cutOff: '12-14', unit: '12-16' },
];
const aRegime = (periods: readonly PeriodRule[]): Regime => ({
  key: 'a',
  name: 'Báo cáo',
  periods,
  units: { classes: ['department'], codes: [], except: [] },
});
const problemsOf = (...periods: readonly PeriodRule[]) =>
  regimeProblems([aRegime(periods)]).map(({ pointer, message }) => `${pointer} ${message}`);

describe('The periods of a regime', () => {
  it('are by 16/6 and 16/12 every year from 2024 to 2030, weekends or not', () => {
    const days = [2024, 2025, 2026, 2027, 2028, 2029, 2030].map((year) =>
      periodsOf(aRegime(letter004), year, named).map(({ dueOn }) => dueOn),
    );

    expect(days).to.deep.equal([
      ['2024-06-16', '2024-12-16'],
      ['2025-06-16', '2025-12-16'],
      ['2026-06-16', '2026-12-16'],
      ['2027-06-16', '2027-12-16'],
      ['2028-06-16', '2028-12-16'],
      ['2029-06-16', '2029-12-16'],
      ['2030-06-16', '2030-12-16'],
    ]);
  });

  it('move off a weekend only where the programme says so', () => {
    const june = (roll: 'next' | 'previous') => periodsOf(aRegime(letter004), 2024, { calendar, roll })[0]?.dueOn;

    expect([june('next'), june('previous')]).to.deep.equal(['2024-06-17', '2024-06-14']);
  });

  it('say in which years no working day lies between cut-off and deadline', () => {
    const short = [2024, 2025, 2026, 2027, 2028, 2029, 2030].flatMap((year) =>
      shortPeriods(periodsOf(aRegime(letter004), year, named), calendar).map(({ key }) => key),
    );

    // Only the 15th lies between, and in these it is a Saturday or a Sunday.
    expect(short).to.deep.equal(['2024-6T', '2024', '2025-6T', '2029', '2030-6T', '2030']);
  });

  it('are those of Nghị định 09/2019/NĐ-CP Điều 12: month, quarter, half year and year', () => {
    const rules: readonly PeriodRule[] = [
      ...letter004,
      { kind: 'quarter', cutOff: 14, unit: 16 },
      { kind: 'month', cutOff: 14, unit: 16 },
    ];
    const spans = Object.fromEntries(
      periodsOf(aRegime(rules), 2026, named).map(({ key, from, cutOffOn }) => [key, [from, cutOffOn]]),
    );

    expect(Object.keys(spans)).to.have.length(18);
    expect(spans).to.deep.include({
      '2026-01': ['2025-12-15', '2026-01-14'],
      '2026-12': ['2026-11-15', '2026-12-14'],
      '2026-Q1': ['2025-12-15', '2026-03-14'],
      '2026-Q4': ['2026-09-15', '2026-12-14'],
      '2026-6T': ['2025-12-15', '2026-06-14'],
      // M7: the December report covers the whole year.
      '2026': ['2025-12-15', '2026-12-14'],
    });
  });

  it('may be the programme’s own, like the ten months of report 158', () => {
    const ten: PeriodRule = {
      kind: 'custom',
      key: '10T',
      name: '10 tháng',
      from: '01-01',
      cutOff: '10-30',
      unit: '11-04',
    };

    expect(periodsOf(aRegime([ten]), 2022, named)[0]).to.deep.include({
      key: '2022-10T',
      name: '10 tháng năm 2022',
      from: '2022-01-01',
      cutOffOn: '2022-10-30',
      dueOn: '2022-11-04',
    });
  });

  it('end with a short month', () => {
    const [february] = periodsOf(aRegime([{ kind: 'month', cutOff: 25, unit: 31 }]), 2026, named).slice(1);

    expect(february).to.deep.include({ from: '2026-01-26', cutOffOn: '2026-02-25', dueOn: '2026-02-28' });
  });
});

describe('A regime cannot be set', () => {
  it('without a day between cut-off and deadline, or with levels that send before the one below', () => {
    expect(problemsOf({ kind: 'year', cutOff: '12-15', unit: '12-16' })).to.deep.equal([
      '/0/periods/0 leaves no day between the cut-off and the deadline of the units',
    ]);
    expect(problemsOf({ kind: 'quarter', cutOff: 14, unit: 16, aggregator: 16, upper: 20 })).to.deep.equal([
      '/0/periods/0 has the aggregating agency send before the units have',
    ]);
    expect(problemsOf({ kind: 'month', cutOff: 14, unit: 16, aggregator: 20, upper: 20 })).to.deep.equal([
      '/0/periods/0 has the upper level send before the aggregating agency has',
    ]);
    expect(problemsOf({ kind: 'month', cutOff: 14, unit: 16, upper: 20 })).to.deep.equal([
      '/0/periods/0 has no deadline for the aggregating agency',
    ]);
  });

  it('with days that do not exist, a period twice, one that ends before it begins, or for nobody', () => {
    expect(problemsOf({ kind: 'year', cutOff: '02-30', unit: '12-16' })).to.deep.equal([
      '/0/periods/0 has days that no month has: 02-30',
    ]);
    expect(problemsOf(...letter004, ...letter004.slice(1))).to.deep.equal(['/0/periods/2 is there twice']);
    expect(
      problemsOf({ kind: 'custom', key: 'a', name: 'A', from: '11-01', cutOff: '10-30', unit: '11-04' }),
    ).to.deep.equal(['/0/periods/0 begins after its data are cut off']);
    const nobody = { ...aRegime(letter004), units: { classes: [], codes: [], except: ['SNV'] } };
    expect(regimeProblems([nobody, aRegime(letter004)]).map(({ pointer }) => pointer)).to.deep.equal([
      '/0/units',
      '/1/key',
    ]);
  });
});

describe('An obligation on a day', () => {
  const facts = (more: Partial<ObligationFacts> = {}): ObligationFacts => ({
    category: 'assigned',
    cutOffOn: '2024-06-14',
    dueOn: '2024-06-16',
    submittedOn: null,
    returns: 0,
    ...more,
  });

  it('is not yet due until the cut-off, due until 24:00 of the deadline, and missing from then on', () => {
    const states = ['2024-06-14', '2024-06-15', '2024-06-16', '2024-06-17'].map((day) => judge(facts(), day).state);

    expect(states).to.deep.equal(['not_yet_due', 'due', 'due', 'missing']);
    expect(judge(facts(), '2024-06-20').daysLate).to.equal(4);
  });

  it('is on time or late by the submission that counts, however late it is checked', () => {
    const sent = (submittedOn: string, category: ObligationFacts['category']) =>
      judge(facts({ submittedOn, category }), '2024-12-31');

    expect(sent('2024-06-16', 'awaiting_appraisal')).to.deep.equal({
      state: 'on_time',
      completeness: null,
      daysLate: 0,
    });
    expect(sent('2024-06-17', 'done')).to.deep.equal({ state: 'late', completeness: 'complete', daysLate: 1 });
    expect(sent('2024-06-16', 'not_done')).to.deep.equal({ state: 'on_time', completeness: 'incomplete', daysLate: 0 });
  });

  it('is returned and incomplete, not missing, once it was given back; waived by decision; missing when closed without', () => {
    const back = judge(facts({ category: 'in_progress', returns: 1 }), '2024-07-16');
    expect(back).to.deep.equal({ state: 'returned', completeness: 'incomplete', daysLate: 30 });
    expect(judge(facts({ category: 'stopped', submittedOn: '2024-06-10' }), '2024-07-01').state).to.equal('waived');
    expect(judge(facts({ category: 'not_done', returns: 1 }), '2024-07-01').state).to.equal('missing');
  });

  it('asks for different things in the urging letter', () => {
    const demand = (more: Partial<ObligationFacts>) => demandsOf(judge(facts(more), '2024-07-01'));

    expect([
      demand({}),
      demand({ category: 'in_progress', returns: 1 }),
      demand({ category: 'done', submittedOn: '2024-06-18' }),
      demand({ category: 'done', submittedOn: '2024-06-16' }),
      demand({ category: 'stopped' }),
    ]).to.deep.equal(['missing', 'incomplete', 'late', undefined, undefined]);
  });
});

describe('Who owes a report', () => {
  const unit = (code: string, more: object = {}) => ({
    code,
    name: code,
    class: 'department' as const,
    bloc: 'department',
    officialOrder: 1,
    parent: null,
    validFrom: '2000-01-01',
    validTo: null,
    successor: null,
    ...more,
  });
  const units = [
    unit('SNV'),
    unit('STTTT'),
    unit('CU', { validTo: '2024-06-01' }),
    unit('MOI', { validFrom: '2024-07-01' }),
    unit('TPCL', { class: 'district' }),
    unit('BHXH', { class: 'central' }),
  ];
  const owing = (more: object) =>
    owingUnits(
      { units: { classes: ['department'], codes: ['BHXH'], except: [], ...more } },
      { dueOn: '2024-06-16' },
      units,
      { aggregator: 'SNV', today: '2024-02-01' },
    ).map(({ code }) => code);

  it('is whoever is named and stands on the deadline, never the agency that collects', () => {
    expect(owing({})).to.deep.equal(['STTTT', 'BHXH']);
    expect(owing({ classes: ['department', 'district'], except: ['STTTT'] })).to.deep.equal(['TPCL', 'BHXH']);
  });

  it('adds up in the matrix: each column has the units that owe it, and no cell is counted twice', () => {
    const rows = ['A', 'B'].flatMap((code) =>
      ['2024-6T', '2024'].map((period) => ({
        id: `${code}/${period}`,
        regime: 'r',
        period,
        unit: code,
        unitName: code,
        heldBy: code,
        ...judge(facts(code, period), '2024-07-01'),
      })),
    );
    const { periods, units: lines } = matrixOf(rows);

    expect(
      periods.map(({ key, counts, total }) => [key, counts.missing, counts.on_time, counts.not_yet_due, total]),
    ).to.deep.equal([
      ['r/2024-6T', 1, 1, 0, 2],
      ['r/2024', 0, 0, 2, 2],
    ]);
    expect(lines.map(({ unit: code, cells }) => [code, Object.keys(cells)])).to.deep.equal([
      ['A', ['r/2024-6T', 'r/2024']],
      ['B', ['r/2024-6T', 'r/2024']],
    ]);
    for (const { counts, total } of periods)
      expect(obligationStates.reduce((sum, state) => sum + counts[state], 0)).to.equal(total);
  });

  const facts = (code: string, period: string): ObligationFacts => ({
    category: 'assigned',
    cutOffOn: period === '2024' ? '2024-12-14' : '2024-06-14',
    dueOn: period === '2024' ? '2024-12-16' : '2024-06-16',
    submittedOn: code === 'A' && period !== '2024' ? '2024-06-16' : null,
    returns: 0,
  });
});
