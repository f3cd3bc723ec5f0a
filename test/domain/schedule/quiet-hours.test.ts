import { expect } from 'chai';
import { atLocalTime } from '../../../src/domain/schedule/civil-date.ts';
import { nextAllowed, type QuietHours, usualQuietHours } from '../../../src/domain/schedule/quiet-hours.ts';
import { vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../../src/domain/schedule/working-calendar.ts';

const zone = 'Asia/Ho_Chi_Minh';
const calendar = workingCalendar({ key: 'vn', zone, version: 1, days: vietnamCalendarDays });
const at = (text: string): Date => atLocalTime(text.slice(0, 10), text.slice(11), zone);
const allowed = (text: string, hours: QuietHours = usualQuietHours): string =>
  new Date(nextAllowed(at(text), calendar, hours).getTime() + 7 * 3_600_000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ');

describe('Quiet hours', () => {
  it('leave office hours of a working day alone', () => {
    expect(allowed('2026-06-15 07:00')).to.equal('2026-06-15 07:00');
    expect(allowed('2026-06-15 18:29')).to.equal('2026-06-15 18:29');
  });

  it('hold the night back until seven in the morning', () => {
    expect(allowed('2026-06-15 18:30')).to.equal('2026-06-16 07:00');
    expect(allowed('2026-06-15 23:59')).to.equal('2026-06-16 07:00');
    expect(allowed('2026-06-16 06:59')).to.equal('2026-06-16 07:00');
  });

  it('hold a weekend back until Monday, a holiday until the working day after it', () => {
    expect(allowed('2026-06-12 18:30')).to.equal('2026-06-15 07:00');
    expect(allowed('2026-06-14 10:00')).to.equal('2026-06-15 07:00');
    expect(allowed('2025-09-01 10:00')).to.equal('2025-09-03 07:00');
  });

  it('may also be a rest within the day, begin at midnight, or not be at all', () => {
    const noon = { from: '11:30', until: '13:30' };
    expect(allowed('2026-06-15 11:29', noon)).to.equal('2026-06-15 11:29');
    expect(allowed('2026-06-15 11:30', noon)).to.equal('2026-06-15 13:30');
    expect(allowed('2026-06-13 10:00', noon)).to.equal('2026-06-15 00:00');
    expect(allowed('2026-06-13 10:00', { from: '00:00', until: '08:00' })).to.equal('2026-06-15 08:00');
    expect(allowed('2026-06-15 03:00', { from: '08:00', until: '08:00' })).to.equal('2026-06-15 03:00');
    expect(allowed('2026-06-14 03:00', { from: '00:00', until: '00:00' })).to.equal('2026-06-15 00:00');
  });
});
