import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  atLocalTime,
  dayOf,
  daysBetween,
  endOfDay,
  isCivilDate,
  lastDayOfMonth,
  startOfDay,
  weekday,
} from '../../../src/domain/schedule/civil-date.ts';

const zones = ['UTC', 'Asia/Ho_Chi_Minh', 'America/New_York', 'Pacific/Kiritimati'];
const hour = 3_600_000;

/** The oracle: the platform's own formatter, which shares no code with the module. */
const formatters = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
);

function wallClock(instant: Date, zone: string): string {
  const parts = Object.fromEntries(
    formatters
      .get(zone)
      ?.formatToParts(instant)
      .map((p) => [p.type, p.value]) ?? [],
  );
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

const wallDay = (instant: Date, zone: string) => wallClock(instant, zone).slice(0, 10);

/** A day by the platform's UTC calendar. */
const utcDay = (number: number) => new Date(number * 24 * hour).toISOString().slice(0, 10);

const anyDay = fc.integer({ min: -200_000, max: 200_000 }); // years 1422 to 2517

describe('civil dates', () => {
  it('exist only when the calendar has them', () => {
    const existing = ['2024-02-29', '2000-02-29', '2026-01-01', '2026-12-31', '0001-01-01', '9999-12-31', '2026-06-30'];
    const impossible = [
      ...[
        '2026-02-30',
        '2026-02-29',
        '1900-02-29',
        '2026-04-31',
        '2026-06-31',
        '2026-00-10',
        '2026-13-01',
        '2026-01-00',
      ],
      ...['2026-01-32', '0000-01-01', '', '2026-1-1', '26-01-01', '2026-01-01 ', '2026-01-01T00:00', '2026/01/01'],
      ...['+2026-01-01', '2026-01-1a', '１２３４-01-01', '2026-01-01\n', '01/01/2026'],
    ];

    expect(existing.filter((text) => !isCivilDate(text))).to.deep.equal([]);
    expect(impossible.filter((text) => isCivilDate(text))).to.deep.equal([]);
  });

  it('are never shifted when impossible: arithmetic on them is a fault', () => {
    for (const call of [
      () => addDays('2026-02-30', 0),
      () => addMonths('2026-02-30', 1),
      () => daysBetween('2026-01-01', '2026-02-30'),
      () => weekday('2026-13-01'),
      () => startOfDay('2026-02-30', 'UTC'),
      () => lastDayOfMonth('2026-13'),
    ]) {
      expect(call).to.throw(RangeError, 'Not a day of the calendar');
    }
  });

  it('end with the year 9999 and do not take fractions', () => {
    expect(() => addDays('9999-12-31', 1)).to.throw(RangeError);
    expect(() => addDays('0001-01-01', -1)).to.throw(RangeError);
    expect(() => addDays('2026-01-01', 0.5)).to.throw(RangeError);
    expect(() => addMonths('2026-01-01', 0.5)).to.throw(RangeError);
    expect(() => addDays('2026-01-01', Number.NaN)).to.throw(RangeError);
  });

  it('agree with the platform calendar on every day from 1900 to 2199', () => {
    const differing: string[] = [];
    for (let number = -25_567; number < 84_006; number++) {
      const day = utcDay(number);
      const platformWeekday = new Date(number * 24 * hour).getUTCDay() || 7;
      if (addDays('1970-01-01', number) !== day || weekday(day) !== platformWeekday || !isCivilDate(day)) {
        differing.push(day);
      }
    }

    expect(differing).to.deep.equal([]);
  });

  it('are as far apart as they were added', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -100_000, max: 100_000 }), (number, n) => {
        const from = utcDay(number);
        const to = addDays(from, n);
        expect(to).to.equal(utcDay(number + n));
        expect(daysBetween(from, to)).to.equal(n);
      }),
      { numRuns: 2_000 },
    );
  });

  it('know the last day of a month', () => {
    expect(['2022-02', '2024-02', '2022-03', '2022-04', '1900-02', '2000-02'].map(lastDayOfMonth)).to.deep.equal([
      '2022-02-28',
      '2024-02-29',
      '2022-03-31',
      '2022-04-30',
      '1900-02-28',
      '2000-02-29',
    ]);
  });

  it('move by months to the same day, or to the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).to.equal('2026-02-28');
    expect(addMonths('2026-01-31', 2)).to.equal('2026-03-31');
    expect(addMonths('2028-02-29', 12)).to.equal('2029-02-28');
    expect(addMonths('2028-02-29', 48)).to.equal('2032-02-29');
    expect(addMonths('2026-03-31', -1)).to.equal('2026-02-28');
    expect(addMonths('2026-01-15', -13)).to.equal('2024-12-15');
    expect(addMonths('2026-11-30', 0)).to.equal('2026-11-30');
  });
});

describe('days and instants', () => {
  it('the day of an instant is the one Intl.DateTimeFormat shows, in every zone', () => {
    const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2099, 11, 31) });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (ms, zone) => {
        const instant = new Date(ms);
        expect(dayOf(instant, zone)).to.equal(wallDay(instant, zone));
      }),
      { numRuns: 10_000 },
    );
  });

  it('a day starts at its first instant and ends where the next one starts, in every zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_000 }), fc.constantFrom(...zones), (number, zone) => {
        const day = utcDay(number);
        fc.pre(!(zone === 'Pacific/Kiritimati' && day === '1994-12-31')); // this day never was, see below
        const start = startOfDay(day, zone);
        const end = endOfDay(day, zone);
        expect(wallDay(start, zone)).to.equal(day);
        expect(wallDay(new Date(start.getTime() - 1), zone) < day).to.equal(true);
        expect(wallDay(new Date(end.getTime() - 1), zone)).to.equal(day);
        expect(wallDay(end, zone) > day).to.equal(true);
        expect(end.getTime()).to.equal(startOfDay(utcDay(number + 1), zone).getTime());
      }),
      { numRuns: 5_000 },
    );
  });

  it('every hour of a year in which the clocks changed lies in the day the clock shows', () => {
    const differing: string[] = [];
    const changing: readonly [string, number][] = [
      ['Asia/Ho_Chi_Minh', 1975],
      ['Pacific/Kiritimati', 1994],
      ['America/New_York', 2026],
      ['UTC', 2026],
    ];
    for (const [zone, year] of changing) {
      for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 2); ms += hour) {
        const instant = new Date(ms);
        if (dayOf(instant, zone) !== wallDay(instant, zone)) differing.push(`${instant.toISOString()} ${zone}`);
      }
    }

    expect(differing).to.deep.equal([]);
  });

  it('days on which New York changes its clocks are 23 and 25 hours long', () => {
    const length = (day: string) =>
      (endOfDay(day, 'America/New_York').getTime() - startOfDay(day, 'America/New_York').getTime()) / hour;

    expect(['2026-03-07', '2026-03-08', '2026-11-01', '2026-11-02'].map(length)).to.deep.equal([24, 23, 25, 24]);
  });

  it('the day Kiritimati left out when it crossed the date line has no hours, and no instant falls on it', () => {
    const zone = 'Pacific/Kiritimati';
    const start = startOfDay('1994-12-31', zone);

    expect(endOfDay('1994-12-31', zone)).to.deep.equal(start);
    expect(dayOf(start, zone)).to.equal('1995-01-01');
    expect(dayOf(new Date(start.getTime() - 1), zone)).to.equal('1994-12-30');
  });

  it('a day in Vietnam ends at 17:00 UTC, and at 16:00 UTC before 13 June 1975', () => {
    expect(endOfDay('2022-10-30', 'Asia/Ho_Chi_Minh').toISOString()).to.equal('2022-10-30T17:00:00.000Z');
    expect(endOfDay('1975-06-01', 'Asia/Ho_Chi_Minh').toISOString()).to.equal('1975-06-01T16:00:00.000Z');
    expect(dayOf(new Date('2022-10-30T16:59:59.999Z'), 'Asia/Ho_Chi_Minh')).to.equal('2022-10-30');
    expect(dayOf(new Date('2022-10-30T17:00:00.000Z'), 'Asia/Ho_Chi_Minh')).to.equal('2022-10-31');
  });

  it('a day starts after midnight where the clock skips midnight', () => {
    // Cuba goes forward from 00:00 to 01:00.
    expect(startOfDay('2026-03-08', 'America/Havana').toISOString()).to.equal('2026-03-08T05:00:00.000Z');
    expect(dayOf(new Date('2026-03-08T04:59:59.999Z'), 'America/Havana')).to.equal('2026-03-07');
    expect(dayOf(new Date('2026-03-08T05:00:00.000Z'), 'America/Havana')).to.equal('2026-03-08');
  });

  it('a local time is the instant at which the clock shows it', () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_000 }), minutes, fc.constantFrom(...zones), (number, minute, zone) => {
        const day = utcDay(number);
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const skipped =
          (zone === 'America/New_York' && time >= '02:00' && time < '03:00') ||
          // Kiritimati skipped forty minutes of one day and the whole of another.
          (day === '1979-10-01' && time < '00:40') ||
          day === '1994-12-31';
        fc.pre(!skipped);
        expect(wallClock(atLocalTime(day, time, zone), zone)).to.equal(`${day} ${time}`);
      }),
      { numRuns: 5_000 },
    );
  });

  it('a skipped local time moves on by the gap, and of one that comes twice the first is taken', () => {
    const zone = 'America/New_York';

    expect(atLocalTime('2026-03-08', '02:30', zone).toISOString()).to.equal('2026-03-08T07:30:00.000Z');
    expect(atLocalTime('2026-11-01', '01:30', zone).toISOString()).to.equal('2026-11-01T05:30:00.000Z');
  });

  it('refuse what is no time, no instant and no zone', () => {
    for (const time of ['24:00', '7:30', '07:60', '07:30:00', '']) {
      expect(() => atLocalTime('2026-01-01', time, 'UTC'), time).to.throw(RangeError, 'Not a time of the day');
    }
    expect(() => dayOf(new Date(Number.NaN), 'UTC')).to.throw(RangeError, 'Not an instant');
    expect(() => dayOf(new Date(0), 'Asia/Nowhere')).to.throw(RangeError);
    expect(() => dayOf(new Date(0), 'Asia/Nowhere')).to.throw(RangeError); // also when asked again
  });

  it('answers do not depend on what was asked before, however many days and zones were', () => {
    const ask = () => [
      startOfDay('2026-06-16', 'America/New_York').toISOString(),
      endOfDay('2026-06-16', 'Asia/Ho_Chi_Minh').toISOString(),
      atLocalTime('2026-06-16', '08:00', 'Asia/Ho_Chi_Minh').toISOString(),
      dayOf(new Date('2026-06-16T17:30:00Z'), 'Asia/Ho_Chi_Minh'),
    ];
    const before = ask();

    for (let n = 0; n < 4_500; n++) startOfDay(addDays('2000-01-01', n), 'Asia/Ho_Chi_Minh');
    for (const zone of Intl.supportedValuesOf('timeZone').slice(0, 40)) startOfDay('2026-06-16', zone);
    startOfDay('2026-06-16', 'America/New_York').setTime(0); // a caller's Date is the caller's own

    expect(before).to.deep.equal([
      '2026-06-16T04:00:00.000Z',
      '2026-06-16T17:00:00.000Z',
      '2026-06-16T01:00:00.000Z',
      '2026-06-17',
    ]);
    expect(ask()).to.deep.equal(before);
  });
});
