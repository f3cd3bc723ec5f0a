// Working days are Monday to Friday, less the days off, plus the make-up days. Which days those are is data:
// each year's swaps are decided by letters, so rows carry the source that decided them.
import type { CivilDate } from './civil-date.ts';
import { dayNumber, dayText, weekdayOf } from './day-number.ts';

/** Nghỉ lễ, nghỉ bù, hoán đổi nghỉ (three kinds of day off) and làm bù (a weekend day that is worked). */
export type DayKind = 'holiday' | 'in_lieu' | 'swapped_off' | 'make_up';

export interface CalendarDay {
  readonly date: CivilDate;
  readonly kind: DayKind;
  readonly name: string;
  /** The document that decided the day, or how far it is known to be right. */
  readonly source: string;
}

export interface WorkingCalendar {
  readonly key: string;
  /** IANA zone in which the days of this calendar begin and end. */
  readonly zone: string;
  readonly version: number;
  /** The dated rows, in order of date. */
  readonly days: readonly CalendarDay[];
  /** Derived from the rows: the days that break the weekly rule, for counting without walking. */
  readonly exceptions: Exceptions;
}

interface Exceptions {
  readonly isWorking: ReadonlyMap<number, boolean>;
  /** Ascending day numbers, and beside each the working days gained (or lost) up to and including it. */
  readonly at: readonly number[];
  readonly gained: readonly number[];
}

/**
 * A calendar from its dated rows. Several reasons to be off on one day are fine (Giỗ Tổ on 30 April); a row
 * for an impossible day, or one day both off and worked, is a fault.
 */
export function workingCalendar(options: {
  readonly key: string;
  readonly zone: string;
  readonly version: number;
  readonly days: readonly CalendarDay[];
}): WorkingCalendar {
  const { key, zone, version } = options;
  const days = [...options.days].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { key, zone, version, days, exceptions: exceptionsOf(days) };
}

/** Whether offices work on the day. */
export function isWorkingDay(calendar: WorkingCalendar, day: CivilDate): boolean {
  return isWorkingNumber(calendar, dayNumber(day));
}

/**
 * The n-th working day after the day (before it when n is negative). The day itself is day zero and is not
 * counted, whether worked or not (Bộ luật Dân sự 2015, Đ.147); n = 0 gives the day itself.
 */
export function addWorkingDays(calendar: WorkingCalendar, day: CivilDate, n: number): CivilDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`Not a whole number of working days: ${n}`);
  const start = dayNumber(day);
  const step = n < 0 ? -1 : 1;
  let reached = start;
  // A stretch of r days holds at most r working days, so going on by what is missing never overshoots, and the
  // last stretch is all working days. At least one day is gained each time and the rows are finite: it ends.
  for (let missing = Math.abs(n); missing > 0; missing = Math.abs(n - countFrom(calendar, start, reached))) {
    reached += step * missing;
  }
  return dayText(reached);
}

/** The day itself if worked, else the next working day (M4; Bộ luật Dân sự 2015, Đ.148 k.5). */
export function nextWorkingDay(calendar: WorkingCalendar, day: CivilDate): CivilDate {
  return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, 1);
}

/** The day itself if worked, else the working day before it. */
export function previousWorkingDay(calendar: WorkingCalendar, day: CivilDate): CivilDate {
  return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, -1);
}

/**
 * Working days met on the way from one day to another, without the first and with the last; negative when `to`
 * is earlier. The inverse of addWorkingDays in both directions.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: CivilDate, to: CivilDate): number {
  return countFrom(calendar, dayNumber(from), dayNumber(to));
}

function countFrom(calendar: WorkingCalendar, from: number, to: number): number {
  return to >= from
    ? workedUpTo(calendar, to) - workedUpTo(calendar, from)
    : workedUpTo(calendar, to - 1) - workedUpTo(calendar, from - 1);
}

/** Working days up to and including a day, counted from a fixed Monday (1969-12-29); only differences mean anything. */
function workedUpTo({ exceptions }: WorkingCalendar, number: number): number {
  const days = number + 4;
  const weeks = Math.floor(days / 7);
  const row = rowsUpTo(exceptions.at, number) - 1;
  return weeks * 5 + Math.min(days - weeks * 7, 5) + (exceptions.gained[row] ?? 0);
}

/** How many of the ascending numbers are not above the limit, by halving. */
function rowsUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? limit) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isWorkingNumber({ exceptions }: WorkingCalendar, number: number): boolean {
  return exceptions.isWorking.get(number) ?? isWeekday(number);
}

function exceptionsOf(days: readonly CalendarDay[]): Exceptions {
  const isWorking = new Map<number, boolean>();
  for (const { date, kind } of days) {
    const number = dayNumber(date);
    const worked = kind === 'make_up';
    if ((isWorking.get(number) ?? worked) !== worked) throw new RangeError(`Both off and worked: ${date}`);
    isWorking.set(number, worked);
  }
  const at = [...isWorking.keys()]; // ascending, since the rows are
  let sum = 0;
  const gained = at.map((number) => {
    sum += Number(isWorking.get(number)) - Number(isWeekday(number));
    return sum;
  });
  return { isWorking, at, gained };
}

const isWeekday = (number: number): boolean => weekdayOf(number) <= 5;
