// A day is a text 'YYYY-MM-DD' and has no zone; an instant is a Date and has no day until a zone is named.
// Days compare with < and > as texts.
import { Temporal } from 'temporal-polyfill';
import { dayNumber, dayText, fieldsOfDay, monthLength, numberOfDay, parseDay, weekdayOf } from './day-number.ts';

/** A day of the civil calendar, 'YYYY-MM-DD', years 0001 to 9999. */
export type CivilDate = string;

/** Whether the text names a day that exists; 2026-02-30 does not. */
export function isCivilDate(text: string): boolean {
  return parseDay(text) !== undefined;
}

/** The day `n` calendar days later (earlier when negative). */
export function addDays(day: CivilDate, n: number): CivilDate {
  return dayText(dayNumber(day) + n);
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, 1 = Monday to 7 = Sunday. */
export function weekday(day: CivilDate): number {
  return weekdayOf(dayNumber(day));
}

/** The last day of a month written 'YYYY-MM'. */
export function lastDayOfMonth(month: string): CivilDate {
  const { year, month: number } = fieldsOfDay(dayNumber(`${month}-01`));
  return `${month}-${monthLength(year, number)}`;
}

/**
 * The same day of the month `months` later (earlier when negative), or the last day of that month if it is
 * shorter. Always call it with the anchor: chaining loses the day (31 January, 28 February, 28 March).
 */
export function addMonths(anchor: CivilDate, months: number): CivilDate {
  if (!Number.isInteger(months)) throw new RangeError(`Not a whole number of months: ${months}`);
  const { year, month, day } = fieldsOfDay(dayNumber(anchor));
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: index - Math.floor(index / 12) * 12 + 1 };
  return dayText(numberOfDay({ ...target, day: Math.min(day, monthLength(target.year, target.month)) }));
}

/**
 * The day it is at an instant in an IANA zone. Days follow each other as [startOfDay, endOfDay), also in the
 * few zones that once turned the clock back from just after midnight to the evening before.
 */
export function dayOf(instant: Date, zone: string): CivilDate {
  const at = instant.getTime();
  if (Number.isNaN(at)) throw new RangeError('Not an instant: invalid Date');
  const memo = memoOf(zone);
  // No zone is a whole day away from UTC, so the local day is the UTC day or one of its neighbours.
  const utcDay = Math.floor(at / msPerDay);
  if (at < startOf(utcDay, zone, memo)) return dayText(utcDay - 1);
  return dayText(at < startOf(utcDay + 1, zone, memo) ? utcDay : utcDay + 1);
}

/** The first instant of a day in an IANA zone; not always 00:00, since clocks may change at midnight. */
export function startOfDay(day: CivilDate, zone: string): Date {
  return new Date(startOf(dayNumber(day), zone, memoOf(zone)));
}

/** The instant a day is over in an IANA zone (24:00, exclusive): the start of the next day. */
export function endOfDay(day: CivilDate, zone: string): Date {
  return new Date(startOf(dayNumber(day) + 1, zone, memoOf(zone)));
}

/**
 * The instant of a wall-clock time 'HH:MM' on a day in an IANA zone. A time skipped when clocks go forward
 * moves on by the length of the gap; of a time that comes twice the first is taken.
 */
export function atLocalTime(day: CivilDate, time: string, zone: string): Date {
  if (!timePattern.test(time)) throw new RangeError(`Not a time of the day: ${time}`);
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const number = dayNumber(day);
  return new Date(
    remembered(
      memoOf(zone).times,
      number * minutesPerDay + minute,
      () => Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds,
    ),
  );
}

const msPerDay = 86_400_000;
const minutesPerDay = 1_440;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/;

// A zone lookup costs some 20 microseconds and the same few days are asked for again and again. The memo only
// saves time: the answers are those of the zone rules. When it is full it starts afresh.
interface ZoneMemo {
  readonly starts: Map<number, number>;
  readonly times: Map<number, number>;
}

const memos = new Map<string, ZoneMemo>();
const maxZones = 16;
const maxEntries = 4_000;

function memoOf(zone: string): ZoneMemo {
  const known = memos.get(zone);
  if (known !== undefined) return known;
  if (memos.size >= maxZones) memos.clear();
  const memo: ZoneMemo = { starts: new Map(), times: new Map() };
  memos.set(zone, memo);
  return memo;
}

function startOf(number: number, zone: string, memo: ZoneMemo): number {
  return remembered(memo.starts, number, () => {
    const { year, month, day } = fieldsOfDay(number);
    return new Temporal.PlainDate(year, month, day).toZonedDateTime(zone).epochMilliseconds;
  });
}

function remembered(memo: Map<number, number>, key: number, compute: () => number): number {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const value = compute();
  if (memo.size >= maxEntries) memo.clear();
  memo.set(key, value);
  return value;
}
