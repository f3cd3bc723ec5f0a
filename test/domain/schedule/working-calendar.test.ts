import { expect } from 'chai';
import fc from 'fast-check';
import { proposedVietnamCalendarDays, vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import {
  addWorkingDays,
  type CalendarDay,
  type DayKind,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  workingCalendar,
  workingDaysBetween,
} from '../../../src/domain/schedule/working-calendar.ts';

const calendarOf = (days: readonly CalendarDay[]) =>
  workingCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', version: 1, days });

const row = (date: string, kind: DayKind): CalendarDay => ({ date, kind, name: 'n', source: 's' });

const vietnam = calendarOf(vietnamCalendarDays);

// The slow oracle: one platform day after the other, asking the rows each time.
const dayMs = 86_400_000;
const shifted = (day: string, n: number) => new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10);

/** Whether the rows make a day worked, by its first millisecond UTC; days without a row are missing. */
const byDate = (days: readonly CalendarDay[]) =>
  new Map(days.map(({ date, kind }) => [Date.parse(date), kind === 'make_up']));

type WorkedByRow = ReadonlyMap<number, boolean>;

const slowlyWorked = (rows: WorkedByRow, ms: number) => rows.get(ms) ?? ![0, 6].includes(new Date(ms).getUTCDay());

function slowlyAdded(rows: WorkedByRow, day: string, n: number): string {
  let ms = Date.parse(day);
  for (let left = Math.abs(n); left > 0; ) {
    ms += Math.sign(n) * dayMs;
    if (slowlyWorked(rows, ms)) left -= 1;
  }
  return new Date(ms).toISOString().slice(0, 10);
}

function slowlyBetween(rows: WorkedByRow, from: string, to: string): number {
  const step = to > from ? 1 : -1;
  let count = 0;
  for (let ms = Date.parse(from); ms !== Date.parse(to); ) {
    ms += step * dayMs;
    if (slowlyWorked(rows, ms)) count += step;
  }
  return count;
}

const start = fc.integer({ min: 0, max: 2_200 }).map((n) => shifted('2020-12-25', n));
const kinds: readonly DayKind[] = ['holiday', 'in_lieu', 'swapped_off', 'make_up'];
/** Dense calendars near 2021, so that rows meet weekends, each other and long blocks. */
const denseRows = fc.uniqueArray(
  fc
    .record({ n: fc.integer({ min: 0, max: 60 }), kind: fc.constantFrom(...kinds) })
    .map(({ n, kind }) => row(shifted('2021-01-01', n), kind)),
  { selector: ({ date }) => date, maxLength: 30 },
);
const nearby = fc.integer({ min: -30, max: 90 }).map((n) => shifted('2021-01-01', n));

describe('working days', () => {
  it('give the vectors of the Vietnamese calendar', () => {
    expect(addWorkingDays(vietnam, '2022-04-22', 10)).to.equal('2022-05-10');
    expect(addWorkingDays(vietnam, '2024-04-26', 5)).to.equal('2024-05-07'); // Saturday 04/5 is worked
    expect(addWorkingDays(vietnam, '2026-08-20', 3)).to.equal('2026-08-24'); // Saturday 22/8 is worked
    expect(addWorkingDays(vietnam, '2026-02-11', 5)).to.equal('2026-02-25'); // Tết
  });

  it('skip 24 November only where the office has switched that row on', () => {
    const switchedOn = calendarOf([...vietnamCalendarDays, ...proposedVietnamCalendarDays]);

    expect(addWorkingDays(switchedOn, '2026-11-23', 1)).to.equal('2026-11-25');
    expect(addWorkingDays(vietnam, '2026-11-23', 1)).to.equal('2026-11-24');
  });

  it('do not count the day of the event, whether it is worked or not', () => {
    const plain = calendarOf([]);

    expect(addWorkingDays(plain, '2026-06-12', 1)).to.equal('2026-06-15'); // Friday
    expect(addWorkingDays(plain, '2026-06-13', 1)).to.equal('2026-06-15'); // Saturday
    expect(addWorkingDays(plain, '2026-06-13', 0)).to.equal('2026-06-13');
    expect(addWorkingDays(plain, '2026-06-15', -1)).to.equal('2026-06-12');
    expect(addWorkingDays(plain, '2026-06-14', -1)).to.equal('2026-06-12');
  });

  it('roll from a day off to the next or the previous working day, and stay on a working day', () => {
    expect(nextWorkingDay(vietnam, '2026-02-14')).to.equal('2026-02-23');
    expect(previousWorkingDay(vietnam, '2026-02-22')).to.equal('2026-02-13');
    expect(nextWorkingDay(vietnam, '2026-08-22')).to.equal('2026-08-22');
    expect(previousWorkingDay(vietnam, '2026-08-23')).to.equal('2026-08-22');
    expect(nextWorkingDay(vietnam, '2026-06-16')).to.equal('2026-06-16');
    expect(previousWorkingDay(vietnam, '2026-06-16')).to.equal('2026-06-16');
  });

  it('agree with a slow day-by-day oracle on 10,000 random cases of the Vietnamese calendar', () => {
    const rows = byDate(vietnamCalendarDays);
    fc.assert(
      fc.property(start, fc.integer({ min: -60, max: 60 }), (day, n) => {
        const expected = slowlyAdded(rows, day, n);
        expect(addWorkingDays(vietnam, day, n)).to.equal(expected);
        expect(isWorkingDay(vietnam, day)).to.equal(slowlyWorked(rows, Date.parse(day)));
        expect(workingDaysBetween(vietnam, day, expected)).to.equal(slowlyBetween(rows, day, expected));
      }),
      { numRuns: 10_000 },
    );
  });

  it('agree with the oracle on 10,000 random calendars, dense with rows', () => {
    fc.assert(
      fc.property(denseRows, nearby, nearby, fc.integer({ min: -40, max: 40 }), (days, from, to, n) => {
        const calendar = calendarOf(days);
        const rows = byDate(days);
        expect(addWorkingDays(calendar, from, n)).to.equal(slowlyAdded(rows, from, n));
        expect(workingDaysBetween(calendar, from, to)).to.equal(slowlyBetween(rows, from, to));
        expect(nextWorkingDay(calendar, from)).to.equal(slowlyAdded(rows, shifted(from, -1), 1));
        expect(previousWorkingDay(calendar, from)).to.equal(slowlyAdded(rows, shifted(from, 1), -1));
      }),
      { numRuns: 10_000 },
    );
  });

  it('between two days are counted without the first and with the last, backwards as negative', () => {
    expect(workingDaysBetween(vietnam, '2026-06-12', '2026-06-15')).to.equal(1);
    expect(workingDaysBetween(vietnam, '2026-06-12', '2026-06-14')).to.equal(0);
    expect(workingDaysBetween(vietnam, '2026-06-15', '2026-06-15')).to.equal(0);
    expect(workingDaysBetween(vietnam, '2026-06-15', '2026-06-12')).to.equal(-1);
    expect(workingDaysBetween(vietnam, '2026-06-14', '2026-06-13')).to.equal(0);
    expect(workingDaysBetween(vietnam, '2025-12-31', '2026-12-31')).to.equal(250); // 261 weekdays - 13 off + 2 made up
  });

  it('are found beyond a whole year off, and at the price of the rows, not of the distance', () => {
    const yearOff = Array.from({ length: 365 }, (_, n) => row(shifted('2026-01-01', n), 'holiday'));

    expect(addWorkingDays(calendarOf(yearOff), '2025-12-31', 1)).to.equal('2027-01-01');
    expect(addWorkingDays(calendarOf([]), '2026-06-15', 1_000_000)).to.equal(shifted('2026-06-15', 1_400_000));
    expect(() => addWorkingDays(calendarOf([]), '2026-06-15', 1e15)).to.throw(RangeError, 'Outside the years');
  });

  it('are whole', () => {
    for (const n of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addWorkingDays(vietnam, '2026-06-15', n)).to.throw(RangeError, 'Not a whole number');
    }
  });
});

describe('a working calendar', () => {
  it('takes its rows in any order and keeps key, zone and version', () => {
    const days = [row('2026-05-01', 'holiday'), row('2026-01-01', 'holiday')];

    const {
      key,
      zone,
      version,
      days: kept,
    } = workingCalendar({ key: 'dt', zone: 'Asia/Ho_Chi_Minh', version: 7, days });

    expect({ key, zone, version, dates: kept.map(({ date }) => date) }).to.deep.equal({
      key: 'dt',
      zone: 'Asia/Ho_Chi_Minh',
      version: 7,
      dates: ['2026-01-01', '2026-05-01'],
    });
    expect(days.map(({ date }) => date)).to.deep.equal(['2026-05-01', '2026-01-01']);
  });

  it('may have two reasons for one day off, but not a day both off and worked, nor an impossible day', () => {
    const twice = [row('2026-05-01', 'holiday'), row('2026-05-01', 'in_lieu')];

    expect(addWorkingDays(calendarOf(twice), '2026-04-30', 1)).to.equal('2026-05-04');
    expect(() => calendarOf([row('2026-05-02', 'make_up'), row('2026-05-02', 'holiday')])).to.throw(
      RangeError,
      'Both off and worked: 2026-05-02',
    );
    expect(() => calendarOf([row('2026-02-30', 'holiday')])).to.throw(RangeError, '2026-02-30');
  });
});

describe('the Vietnamese calendar', () => {
  it('holds the rows of 2021 to 2026 in order, one for each day', () => {
    const dates = vietnamCalendarDays.map(({ date }) => date);

    expect(dates).to.deep.equal([...new Set(dates)].toSorted());
    expect([...new Set(dates.map((date) => date.slice(0, 4)))]).to.deep.equal([
      '2021',
      '2022',
      '2023',
      '2024',
      '2025',
      '2026',
    ]);
    expect(proposedVietnamCalendarDays).to.deep.equal([
      { date: '2026-11-24', kind: 'holiday', name: 'Ngày Văn hóa Việt Nam', source: 'proposed' },
    ]);
  });

  it('holds so many days of each kind and of each certainty', () => {
    const tally = (values: readonly string[]) =>
      Object.fromEntries(
        [...new Set(values)].toSorted().map((value) => [value, values.filter((v) => v === value).length]),
      );

    expect(tally(vietnamCalendarDays.map(({ kind }) => kind))).to.deep.equal({
      holiday: 72,
      in_lieu: 10,
      make_up: 4,
      swapped_off: 4,
    });
    expect(tally(vietnamCalendarDays.map(({ source }) => source))).to.deep.equal({
      computed: 34,
      unverified: 51,
      verified: 5,
    });
  });

  it('works only Saturdays to make up, one for each weekday swapped off', () => {
    const datesOf = (wanted: DayKind) =>
      vietnamCalendarDays.filter(({ kind }) => kind === wanted).map(({ date }) => date);

    expect(datesOf('make_up')).to.deep.equal(['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']);
    expect(datesOf('make_up').map((date) => new Date(date).getUTCDay())).to.deep.equal([6, 6, 6, 6]);
    expect(datesOf('swapped_off')).to.deep.equal(['2024-04-29', '2025-05-02', '2026-01-02', '2026-08-31']);
  });
});
