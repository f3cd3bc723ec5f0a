import { expect } from 'chai';
import fc from 'fast-check';
import { type Due, dueProblem, lastGoodDay, type Roll } from '../../../src/domain/schedule/due.ts';
import { vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../../src/domain/schedule/working-calendar.ts';

const calendar = workingCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', version: 1, days: vietnamCalendarDays });

const lastDay = (due: Due, { roll, assignedOn = '2026-01-05' }: { roll?: Roll; assignedOn?: string } = {}) =>
  lastGoodDay(due, { assignedOn, calendar, roll });

const everyRoll = (due: Due) => [
  lastDay(due),
  ...(['keep', 'next', 'previous'] as const).map((roll) => lastDay(due, { roll })),
];

describe('the last good day', () => {
  it('of "chậm nhất ngày 16/6" is 16 June', () => {
    expect(lastDay({ kind: 'on_or_before', day: '2026-06-16' })).to.equal('2026-06-16');
  });

  it('of "trước ngày 30/11" is 29 November, though it be a Sunday', () => {
    const due: Due = { kind: 'before', day: '2026-11-30' };

    expect(everyRoll(due)).to.deep.equal(['2026-11-29', '2026-11-29', '2026-11-30', '2026-11-27']);
  });

  it('of "trong tháng 3" is 31 March, and of February its last day', () => {
    expect(lastDay({ kind: 'within_month', month: '2022-03' })).to.equal('2022-03-31');
    expect(lastDay({ kind: 'within_month', month: '2024-02' })).to.equal('2024-02-29');
    expect(everyRoll({ kind: 'within_month', month: '2026-02' })).to.deep.equal([
      '2026-02-28', // a Saturday
      '2026-02-28',
      '2026-03-02',
      '2026-02-27',
    ]);
  });

  // M4: the years in which 16 June or 16 December falls on a weekend.
  const weekendHits = [
    { day: '2023-12-16', next: '2023-12-18', previous: '2023-12-15' },
    { day: '2024-06-16', next: '2024-06-17', previous: '2024-06-14' },
    { day: '2028-12-16', next: '2028-12-18', previous: '2028-12-15' },
    { day: '2029-06-16', next: '2029-06-18', previous: '2029-06-15' },
    { day: '2029-12-16', next: '2029-12-17', previous: '2029-12-14' },
    { day: '2030-06-16', next: '2030-06-17', previous: '2030-06-14' },
  ];

  it('of a named 16/6 or 16/12 on a weekend stays unless the programme says otherwise', () => {
    for (const { day, next, previous } of weekendHits) {
      expect(everyRoll({ kind: 'on_or_before', day })).to.deep.equal([day, day, next, previous]);
    }
  });

  it('of a recurring 16/6 or 16/12 on a weekend stays, because a day is named, unless the programme says otherwise', () => {
    for (const { day, next, previous } of weekendHits) {
      const occurrence = (Number(day.slice(0, 4)) - 2023) * 2 + (day.slice(5, 7) === '12' ? 1 : 0);
      const due: Due = { kind: 'recurring', anchor: '2023-06-16', every: 'P6M', occurrence };

      expect(everyRoll(due)).to.deep.equal([day, day, next, previous]);
    }
  });

  it('of a 16/6 or 16/12 on a working day is that day for every roll', () => {
    for (const day of ['2026-06-16', '2026-12-16', '2027-06-16', '2027-12-16', '2028-06-16', '2030-12-16']) {
      expect(everyRoll({ kind: 'on_or_before', day })).to.deep.equal([day, day, day, day]);
    }
  });

  it('of a recurring duty is the anchor for occurrence 0, and counts from the anchor', () => {
    const of = (occurrence: number) =>
      lastDay({ kind: 'recurring', anchor: '2025-11-30', every: 'P3M', occurrence }, { roll: 'keep' });

    expect([0, 1, 2].map(of)).to.deep.equal(['2025-11-30', '2026-02-28', '2026-05-30']);
  });

  it('of a period has the day of assignment as day zero and rolls off days off', () => {
    expect(lastDay({ kind: 'within', offset: 'P10D' }, { assignedOn: '2026-06-05' })).to.equal('2026-06-15');
    expect(lastDay({ kind: 'within', offset: { workingDays: 10 } }, { assignedOn: '2022-04-22' })).to.equal(
      '2022-05-10',
    );
    const intoTet: Due = { kind: 'within', offset: 'P5D' };
    const assignedOn = '2026-02-11';
    expect(lastDay(intoTet, { assignedOn })).to.equal('2026-02-23');
    expect(lastDay(intoTet, { assignedOn, roll: 'keep' })).to.equal('2026-02-16');
    expect(lastDay(intoTet, { assignedOn, roll: 'previous' })).to.equal('2026-02-13');
  });

  it('after an event does not exist until the event is recorded, not even with a tentative day', () => {
    const waiting: Due = { kind: 'after_event', event: 'planning-report', offset: { workingDays: 5 } };

    expect(lastDay(waiting)).to.equal(null);
    expect(lastDay({ ...waiting, tentativeDay: '2022-11-30' })).to.equal(null);
    expect(lastDay({ ...waiting, tentativeDay: '2022-11-30', happenedOn: '2022-11-09' })).to.equal('2022-11-16');
  });

  it('after an event is computed, so it rolls', () => {
    const due: Due = { kind: 'after_event', event: 'planning-report', offset: 'P3D', happenedOn: '2022-11-09' };

    expect(everyRoll(due)).to.deep.equal(['2022-11-14', '2022-11-12', '2022-11-14', '2022-11-11']);
  });

  it('after an event without a period does not exist even once the event has happened', () => {
    expect(lastDay({ kind: 'after_event', event: 'planning-report', happenedOn: '2022-11-09' })).to.equal(null);
  });

  it('of a forecast, a deadline still to be proposed, or none does not exist', () => {
    expect(lastDay({ kind: 'tentative', day: '2022-11-30' })).to.equal(null);
    expect(lastDay({ kind: 'proposed' })).to.equal(null);
    expect(lastDay({ kind: 'proposed', byDay: '2022-11-30' }, { roll: 'next' })).to.equal(null);
    expect(lastDay({ kind: 'none', reason: 'giao lần đầu' })).to.equal(null);
  });
});

describe('a deadline from outside', () => {
  const sound: readonly Due[] = [
    { kind: 'on_or_before', day: '2026-06-16' },
    { kind: 'before', day: '2026-11-30' },
    { kind: 'within_month', month: '2026-02' },
    { kind: 'recurring', anchor: '2026-06-16', every: 'P6M', occurrence: 0 },
    { kind: 'recurring', anchor: '2026-06-16', every: { workingDays: 20 }, occurrence: 3 },
    { kind: 'after_event', event: 'planning-report' },
    { kind: 'after_event', event: 'e', offset: 'P0D', happenedOn: '2026-01-01', tentativeDay: '2026-01-02' },
    { kind: 'after_event', event: 'e', offset: undefined },
    { kind: 'tentative', day: '2026-11-30' },
    { kind: 'proposed' },
    { kind: 'proposed', byDay: '2026-11-30' },
    { kind: 'within', offset: { workingDays: 10 } },
    { kind: 'none', reason: 'giao lần đầu' },
  ];

  it('has no problem in any of its kinds', () => {
    expect(sound.map(dueProblem)).to.deep.equal(sound.map(() => undefined));
  });

  it('has a problem that names the key and the value', () => {
    const cases: readonly [unknown, string][] = [
      [null, 'is not an object'],
      ['2026-06-16', 'is not an object'],
      [{}, 'kind is unknown: undefined'],
      [{ kind: 'constructor' }, 'kind is unknown: constructor'],
      [{ kind: { toString: 1 } }, 'kind is unknown: {"toString":1}'],
      [{ kind: 'on_or_before' }, 'day is missing'],
      [{ kind: 'on_or_before', day: '2026-02-30' }, 'day is not a day of the calendar: 2026-02-30'],
      [{ kind: 'on_or_before', day: 20260616 }, 'day is not a day of the calendar: 20260616'],
      [{ kind: 'on_or_before', day: null }, 'day is not a day of the calendar: null'],
      [{ kind: 'before', day: '2026-13-01' }, 'day is not a day of the calendar: 2026-13-01'],
      [{ kind: 'before', day: '2026-01-01', days: 3 }, 'days is not a key of before'],
      [{ kind: 'within_month', month: '2026-13' }, 'month is not a month: 2026-13'],
      [{ kind: 'within_month', month: '3/2026' }, 'month is not a month: 3/2026'],
      [{ kind: 'recurring', anchor: '2026-01-01', every: 'P0D', occurrence: 1 }, 'every is zero'],
      [{ kind: 'recurring', anchor: '2026-01-01', every: { workingDays: 0 }, occurrence: 1 }, 'every is zero'],
      [{ kind: 'recurring', anchor: '2026-01-01', every: '-P1M', occurrence: 1 }, 'every runs backwards'],
      [{ kind: 'recurring', anchor: '2026-01-01', every: 'PT1H', occurrence: 1 }, 'every is not an offset: PT1H'],
      [
        { kind: 'recurring', anchor: '2026-01-01', every: 'P1M', occurrence: -1 },
        'occurrence is not a whole number from 0: -1',
      ],
      [
        { kind: 'recurring', anchor: '2026-01-01', every: 'P1M', occurrence: '1' },
        'occurrence is not a whole number from 0: 1',
      ],
      [
        { kind: 'recurring', anchor: '2026-02-29', every: 'P1M', occurrence: 1 },
        'anchor is not a day of the calendar: 2026-02-29',
      ],
      [{ kind: 'recurring', anchor: '2026-01-01', every: 'P1Y', occurrence: 500 }, 'occurrence is centuries away'],
      [
        { kind: 'recurring', anchor: '2026-01-01', every: { workingDays: 5 }, occurrence: 1e12 },
        'occurrence is centuries away',
      ],
      [{ kind: 'before', day: '0001-01-01' }, 'day is not between 1900 and 2999: 0001-01-01'],
      [{ kind: 'tentative', day: '9999-12-31' }, 'day is not between 1900 and 2999: 9999-12-31'],
      [{ kind: 'within_month', month: '0206-03' }, 'month is not a month: 0206-03'],
      [{ kind: 'after_event' }, 'event is missing'],
      [{ kind: 'after_event', event: ' ' }, 'event is empty'],
      [{ kind: 'after_event', event: 'e', offset: { workingDays: -1 } }, 'offset runs backwards'],
      [
        { kind: 'after_event', event: 'e', happenedOn: '2026-02-30' },
        'happenedOn is not a day of the calendar: 2026-02-30',
      ],
      [{ kind: 'after_event', event: 'e', tentativeDay: 'soon' }, 'tentativeDay is not a day of the calendar: soon'],
      [{ kind: 'tentative', day: '2026-11-31' }, 'day is not a day of the calendar: 2026-11-31'],
      [{ kind: 'proposed', byDay: '2026-11-31' }, 'byDay is not a day of the calendar: 2026-11-31'],
      [{ kind: 'within', offset: '-P7D' }, 'offset runs backwards'],
      [{ kind: 'within', offset: { workingDays: 5, days: 1 } }, 'offset is not an offset: {"workingDays":5,"days":1}'],
      [{ kind: 'none' }, 'reason is missing'],
      [{ kind: 'none', reason: '' }, 'reason is empty'],
    ];

    expect(cases.map(([due]) => dueProblem(due))).to.deep.equal(cases.map(([, problem]) => problem));
  });

  it('without a problem always has an answer, and with any junk never throws', () => {
    const day = fc.integer({ min: 0, max: 30_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const text = fc.oneof(
      day,
      fc.string(),
      fc.constantFrom('P3M', '-P7D', 'P100Y', '2999-12-31', '1900-01-01', '2026-02-30', '2026-02', 'P0D'),
    );
    const value = fc.oneof(
      text,
      fc.integer({ min: -5, max: 500 }),
      fc.record({ workingDays: fc.integer({ min: -9, max: 40_000 }) }),
    );
    const keys = fc.constantFrom(
      'day',
      'month',
      'anchor',
      'every',
      'occurrence',
      'event',
      'offset',
      'happenedOn',
      'byDay',
      'reason',
    );
    const junk = fc
      .tuple(fc.constantFrom(...sound), fc.dictionary(keys, value, { maxKeys: 2 }))
      .map(([due, changes]) => ({ ...due, ...changes }));
    const seen = { sound: 0, unsound: 0 };
    fc.assert(
      fc.property(junk, (due) => {
        if (dueProblem(due) !== undefined) {
          seen.unsound += 1;
          return;
        }
        seen.sound += 1;
        expect(lastDay(due as Due) ?? '2026-01-01').to.match(/^\d{4}-\d\d-\d\d$/);
      }),
      { numRuns: 5_000 },
    );
    expect(seen.sound).to.be.above(100);
    expect(seen.unsound).to.be.above(100);
  });
});
