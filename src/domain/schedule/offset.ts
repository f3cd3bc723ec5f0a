// Two ways to say "so much later", never mixed in one value: calendar time as an ISO 8601 duration of whole days
// or longer, and working days as an object. P5D and {"workingDays": 5} are different promises.
import { addDays, addMonths, type CivilDate } from './civil-date.ts';
import { addWorkingDays, type WorkingCalendar } from './working-calendar.ts';

/** 'P3M', '-P7D', 'P1Y', 'P2W', 'P1M15D', or a number of working days; at most about a century. */
export type Offset = string | { readonly workingDays: number };

export interface CalendarOffset {
  /** Never negative; years are twelve months. */
  readonly months: number;
  /** Never negative; weeks are seven days. */
  readonly days: number;
  readonly sign: 1 | -1;
}

const pattern = /^([+-])?P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?$/;
const maxMonths = 1_200;
const maxDays = 36_525;

/** Reads an ISO 8601 duration of whole years, months, weeks and days; undefined if it is anything else. */
export function parseOffset(text: string): CalendarOffset | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, sign, years = '0', months = '0', weeks = '0', days = '0'] = match;
  const offset: CalendarOffset = {
    months: Number(years) * 12 + Number(months),
    days: Number(weeks) * 7 + Number(days),
    sign: sign === '-' ? -1 : 1,
  };
  return offset.months <= maxMonths && offset.days <= maxDays ? offset : undefined;
}

/** Whether a value from outside is an offset; a key besides `workingDays` is refused. */
export function isOffset(value: unknown): value is Offset {
  if (typeof value === 'string') return parseOffset(value) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  const [only, ...others] = Object.entries(value);
  return (
    others.length === 0 && only?.[0] === 'workingDays' && Number.isInteger(only[1]) && Math.abs(only[1]) <= maxDays
  );
}

/** The day an offset after (or before) a day: months first, clamped to the month's end, then days. */
export function applyOffset(day: CivilDate, offset: Offset, calendar: WorkingCalendar): CivilDate {
  return applySpan(day, spanOf(offset, 1), calendar);
}

/**
 * The k-th occurrence of a recurrence, k = 1, 2, 3…: anchor + k × every; with `first`, anchor + first + (k−1) × every.
 * Without `first`, k = 0 is the anchor itself. All is added up and applied to the anchor at once, never to
 * the previous occurrence, so a short month does not pull later days forward (P3M from 30 November:
 * 28 February, 30 May; M6). `calendar` is needed only where an offset counts working days.
 */
export function nthOccurrence(
  anchor: CivilDate,
  first: Offset | undefined,
  every: Offset,
  k: number,
  calendar?: WorkingCalendar,
): CivilDate {
  if (!Number.isSafeInteger(k) || k < (first === undefined ? 0 : 1)) throw new RangeError(`No occurrence ${k}`);
  if (first === undefined) return applySpan(anchor, spanOf(every, k), calendar);
  const start = spanOf(first, 1);
  const later = spanOf(every, k - 1);
  const total = {
    months: start.months + later.months,
    days: start.days + later.days,
    workingDays: start.workingDays + later.workingDays,
  };
  return applySpan(anchor, total, calendar);
}

/** Signed amounts, applied in this order. */
interface Span {
  readonly months: number;
  readonly days: number;
  readonly workingDays: number;
}

function spanOf(offset: Offset, times: number): Span {
  if (typeof offset !== 'string') return { months: 0, days: 0, workingDays: offset.workingDays * times };
  const parsed = parseOffset(offset);
  if (parsed === undefined) throw new RangeError(`Not an offset: ${offset}`);
  const { months, days, sign } = parsed;
  return { months: months * sign * times, days: days * sign * times, workingDays: 0 };
}

function applySpan(day: CivilDate, span: Span, calendar: WorkingCalendar | undefined): CivilDate {
  const calendarDay = addDays(addMonths(day, span.months), span.days);
  if (span.workingDays === 0) return calendarDay;
  if (calendar === undefined) throw new RangeError('Working days need a calendar');
  return addWorkingDays(calendar, calendarDay, span.workingDays);
}
