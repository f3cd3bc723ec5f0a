// What people type for a day: 5/1, 05012026, 5.1.26, hôm nay, +10 (working days). Browsers are not asked: in an English
// one a day field shows the month first.

import { parseDay } from '../../../src/domain/schedule/day-number.ts';
import {
  addWorkingDays,
  type WorkingCalendar,
  workingDaysBetween,
} from '../../../src/domain/schedule/working-calendar.ts';
import { fold } from '../../../src/domain/text.ts';
import { addDays, daysBetween } from '../format.ts';

export type DayProblem = 'empty' | 'form' | 'no_such_day' | 'no_calendar' | 'too_early' | 'too_late';
export type DayEntry = { readonly day: string } | { readonly problem: DayProblem };

export interface DayRules {
  readonly today: string;
  readonly calendar?: WorkingCalendar | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Without a year: the next such day (deadlines), or the last one (what happened). */
  readonly past?: boolean | undefined;
}

export const readDayEntry = (typed: string, rules: DayRules): DayEntry => {
  const found = dayIn(fold(typed).replace(/ ?([/.-]) ?/g, '$1'), rules);
  if ('problem' in found) return found;
  if (rules.from !== undefined && found.day < rules.from) return { problem: 'too_early' };
  if (rules.to !== undefined && found.day > rules.to) return { problem: 'too_late' };
  return found;
};

const dayIn = (text: string, rules: DayRules): DayEntry => {
  const { today, calendar } = rules;
  if (text === '') return { problem: 'empty' };
  if (text === 'hom nay' || text === 'nay' || text === 'today') return { day: today };
  if (text === 'mai' || text === 'ngay mai' || text === 'tomorrow') return { day: addDays(today, 1) };
  if (text === 'hom qua' || text === 'yesterday') return { day: addDays(today, -1) };
  const offset = /^([+-]) ?(\d{1,3})$/.exec(text);
  if (offset) {
    if (!calendar) return { problem: 'no_calendar' };
    return { day: addWorkingDays(calendar, today, Number(offset[2]) * (offset[1] === '-' ? -1 : 1)) };
  }
  const written =
    /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  if (!written) return { problem: 'form' };
  const [, date = '', month = '', year] = written;
  if (year !== undefined) return civil(year.length === 2 ? `20${year}` : year, month, date);
  const inYear = (shift: number) => civil(String(Number(today.slice(0, 4)) + shift), month, date);
  const now = inYear(0);
  // The 29th of February waits for a year that has it.
  if ('problem' in now) return now;
  if (rules.past) return now.day > today ? inYear(-1) : now;
  return daysBetween(now.day, today) > 0 ? inYear(1) : now;
};

const civil = (year: string, month: string, date: string): DayEntry => {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return parseDay(day) === undefined ? { problem: 'no_such_day' } : { day };
};

export const workingDaysTo = (calendar: WorkingCalendar | undefined, today: string, day: string): number | undefined =>
  calendar && workingDaysBetween(calendar, today, day);
