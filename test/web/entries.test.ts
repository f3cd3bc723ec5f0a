// What people type into fields of days and numbers.

import { expect } from 'chai';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../src/domain/schedule/working-calendar.ts';
import { readDayEntry } from '../../web/src/kit/date-entry.ts';
import { readNumber } from '../../web/src/kit/numbers.ts';

const calendar = workingCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', version: 1, days: vietnamCalendarDays });
// A Thursday.
const today = '2026-01-08';

describe('C15: A day that is typed', () => {
  for (const [typed, expected] of [
    ['5/1', '2027-01-05'],
    ['8/1', '2026-01-08'],
    ['05012026', '2026-01-05'],
    ['050126', '2026-01-05'],
    ['0502', '2026-02-05'],
    ['5.1.26', '2026-01-05'],
    ['5-1-2026', '2026-01-05'],
    [' 5 / 1 / 2026 ', '2026-01-05'],
    ['hôm nay', '2026-01-08'],
    ['HOM NAY', '2026-01-08'],
    ['hôm nay'.normalize('NFD'), '2026-01-08'],
    ['mai', '2026-01-09'],
    ['+1', '2026-01-09'],
    // Saturday the 10th makes up for Friday the 2nd.
    ['+2', '2026-01-10'],
    ['+3', '2026-01-12'],
    ['-4', '2025-12-31'],
    ['29/02/2028', '2028-02-29'],
  ] as const)
    it(`reads “${typed.normalize('NFC')}” as ${expected}`, () =>
      expect(readDayEntry(typed, { today, calendar })).to.deep.equal({ day: expected }));

  for (const [typed, problem] of [
    ['', 'empty'],
    ['31/02', 'no_such_day'],
    ['29/02/2027', 'no_such_day'],
    ['1/13', 'no_such_day'],
    ['2026-01-05', 'form'],
    ['thứ hai', 'form'],
    ['5', 'form'],
  ] as const)
    it(`refuses “${typed}”: ${problem}`, () =>
      expect(readDayEntry(typed, { today, calendar })).to.deep.equal({ problem }));

  it('counts working days over Tết by the calendar', () => {
    const found = readDayEntry('+10', { today: '2026-02-12', calendar });
    expect(found).to.have.property('day');
    const free = vietnamCalendarDays.filter(
      ({ date, kind }) => kind !== 'make_up' && date > '2026-02-12' && date < '2026-03-10',
    );
    expect(free.length).to.be.greaterThan(0);
    expect((found as { readonly day: string }).day > '2026-02-26').to.equal(true);
  });

  it('takes a day without a year as the last one where something has happened', () => {
    expect(readDayEntry('5/1', { today, past: true })).to.deep.equal({ day: '2026-01-05' });
    expect(readDayEntry('9/1', { today, past: true })).to.deep.equal({ day: '2025-01-09' });
  });

  it('keeps to what the form allows, and to written days without a calendar', () => {
    expect(readDayEntry('5/1/2026', { today, from: today })).to.deep.equal({ problem: 'too_early' });
    expect(readDayEntry('9/1/2026', { today, to: today })).to.deep.equal({ problem: 'too_late' });
    expect(readDayEntry('+10', { today })).to.deep.equal({ problem: 'no_calendar' });
  });
});

describe('A number that is typed', () => {
  for (const [typed, expected] of [
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['1.234', 1234],
    ['1.234.567,5', 1234567.5],
    ['99,5 %', 99.5],
    ['-3', -3],
    ['mười', undefined],
    ['', undefined],
    ['1,2,3', undefined],
  ] as const)
    it(`reads “${typed}” as ${expected}`, () => expect(readNumber(typed)).to.equal(expected));
});
