// The kinds of deadline letters set, and the last day on which each is kept. A deadline is a day, good until 24:00.
import { addDays, type CivilDate, isCivilDate, lastDayOfMonth } from './civil-date.ts';
import { applyOffset, isOffset, nthOccurrence, type Offset, parseOffset } from './offset.ts';
import { nextWorkingDay, previousWorkingDay, type WorkingCalendar } from './working-calendar.ts';

export type Due =
  /** Chậm nhất ngày: the day itself is still good. */
  | { readonly kind: 'on_or_before'; readonly day: CivilDate }
  /** Trước ngày: the last good day is the day before. */
  | { readonly kind: 'before'; readonly day: CivilDate }
  /** Trong tháng: 'YYYY-MM', good until the last day of the month. */
  | { readonly kind: 'within_month'; readonly month: string }
  /** Định kỳ: occurrence 0 is the anchor, occurrence n the anchor plus n periods. */
  | { readonly kind: 'recurring'; readonly anchor: CivilDate; readonly every: Offset; readonly occurrence: number }
  /** Sau khi …: no countdown until the event is recorded; the tentative day is a forecast and counts nothing. */
  | {
      readonly kind: 'after_event';
      readonly event: string;
      readonly offset?: Offset | undefined;
      readonly happenedOn?: CivilDate | undefined;
      readonly tentativeDay?: CivilDate | undefined;
    }
  /** Dự kiến: a forecast, no countdown. */
  | { readonly kind: 'tentative'; readonly day: CivilDate }
  /** The assignee must propose a deadline, where given by a day; until one is decided there is no countdown. */
  | { readonly kind: 'proposed'; readonly byDay?: CivilDate | undefined }
  /** Trong thời hạn …: a period whose day zero is the day of assignment. */
  | { readonly kind: 'within'; readonly offset: Offset }
  /** Without a deadline, and why. */
  | { readonly kind: 'none'; readonly reason: string };

export type Recurring = Extract<Due, { readonly kind: 'recurring' }>;

/** What becomes of a last day that is not worked: giữ nguyên, dời về sau, đưa lên trước. */
export type Roll = 'keep' | 'next' | 'previous';

/**
 * The last day on which the deadline is kept, until 24:00 in the calendar's zone; null = no countdown runs.
 * A day the letter names stays where it is; a computed one moves to the next working day (M4; Bộ luật Dân sự
 * 2015, Đ.148 k.5 speaks of periods, not of named days). An explicit `roll` overrides both. An event with no period
 * attached starts no countdown even once it has happened: nobody said how long.
 */
export function lastGoodDay(
  due: Due,
  {
    assignedOn,
    calendar,
    roll,
  }: { readonly assignedOn: CivilDate; readonly calendar: WorkingCalendar; readonly roll?: Roll | undefined },
): CivilDate | null {
  const named = (day: CivilDate) => rolled(day, roll ?? 'keep', calendar);
  const computed = (day: CivilDate) => rolled(day, roll ?? 'next', calendar);
  switch (due.kind) {
    case 'on_or_before':
      return named(due.day);
    case 'before':
      return named(addDays(due.day, -1));
    case 'within_month':
      return named(lastDayOfMonth(due.month));
    case 'recurring':
      // "Chậm nhất ngày 16/6 hằng năm" names days; that they come back does not make them a period.
      return named(nthOccurrence(due.anchor, undefined, due.every, due.occurrence, calendar));
    case 'within':
      return computed(applyOffset(assignedOn, due.offset, calendar));
    case 'after_event':
      if (due.happenedOn === undefined || due.offset === undefined) return null;
      return computed(applyOffset(due.happenedOn, due.offset, calendar));
    case 'tentative':
    case 'proposed':
    case 'none':
      return null;
    default:
      return due satisfies never;
  }
}

/**
 * What is wrong with a deadline that came from outside, or undefined if nothing is: unknown kind or key, impossible
 * day, bad month, bad offset, a period that runs backwards or for centuries. What passes, `lastGoodDay` can answer.
 * Texts are for the authors of definitions.
 */
export function dueProblem(due: unknown): string | undefined {
  if (typeof due !== 'object' || due === null) return 'is not an object';
  const kind: unknown = Reflect.get(due, 'kind');
  if (!isKind(kind)) return `kind is unknown: ${shown(kind)}`;
  const fields: Readonly<Record<string, Field>> = shapes[kind];
  const stranger = Object.keys(due).find((key) => key !== 'kind' && !Object.hasOwn(fields, key));
  if (stranger !== undefined) return `${stranger} is not a key of ${kind}`;
  for (const [key, { check, optional }] of Object.entries(fields)) {
    const value: unknown = Reflect.get(due, key);
    if (value === undefined && optional) continue;
    const problem = value === undefined ? 'is missing' : check(value);
    if (problem !== undefined) return `${key} ${problem}`;
  }
  return kind === 'recurring' ? remoteness(due) : undefined;
}

function remoteness(recurring: object): string | undefined {
  const every: unknown = Reflect.get(recurring, 'every');
  const occurrence = Number(Reflect.get(recurring, 'occurrence'));
  return isOffset(every) && reach(every) * occurrence > maxReach ? 'occurrence is centuries away' : undefined;
}

function rolled(day: CivilDate, roll: Roll, calendar: WorkingCalendar): CivilDate {
  switch (roll) {
    case 'keep':
      return day;
    case 'next':
      return nextWorkingDay(calendar, day);
    case 'previous':
      return previousWorkingDay(calendar, day);
    default:
      return roll satisfies never;
  }
}

interface Field {
  readonly check: (value: unknown) => string | undefined;
  readonly optional: boolean;
}

const required = (check: Field['check']): Field => ({ check, optional: false });
const optional = (check: Field['check']): Field => ({ check, optional: true });

function isKind(kind: unknown): kind is Due['kind'] {
  return typeof kind === 'string' && Object.hasOwn(shapes, kind);
}

// Centuries away a day is a slip of the keyboard, and arithmetic from it might leave the calendar.
const isDay = (value: unknown) => {
  if (typeof value !== 'string' || !isCivilDate(value)) return `is not a day of the calendar: ${shown(value)}`;
  return value >= '1900-01-01' && value <= '2999-12-31' ? undefined : `is not between 1900 and 2999: ${value}`;
};

const isMonth = (value: unknown) =>
  typeof value === 'string' && isDay(`${value}-01`) === undefined ? undefined : `is not a month: ${shown(value)}`;

const isText = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'is empty');

const isCount = (value: unknown) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : `is not a whole number from 0: ${shown(value)}`;

/** For a message. Not String: an object from outside may bring a toString that is no function. */
const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A period from an event or an assignment; "within the day" is a period of no days. */
const isPeriod = (value: unknown) => {
  if (!isOffset(value)) return `is not an offset: ${shown(value)}`;
  return reach(value) < 0 ? 'runs backwards' : undefined;
};

const isStep = (value: unknown) => isPeriod(value) ?? (isOffset(value) && reach(value) > 0 ? undefined : 'is zero');

/** Roughly how many days an offset leads on (negative: back), rather too many than too few. */
function reach(offset: Offset): number {
  if (typeof offset !== 'string') return offset.workingDays * 2;
  const parsed = parseOffset(offset);
  return parsed === undefined ? 0 : (parsed.months * 31 + parsed.days) * parsed.sign;
}

const maxReach = 366 * 500;

// The keys of each kind; a key that no code reads must not pass.
const shapes = {
  on_or_before: { day: required(isDay) },
  before: { day: required(isDay) },
  within_month: { month: required(isMonth) },
  recurring: { anchor: required(isDay), every: required(isStep), occurrence: required(isCount) },
  after_event: {
    event: required(isText),
    offset: optional(isPeriod),
    happenedOn: optional(isDay),
    tentativeDay: optional(isDay),
  },
  tentative: { day: required(isDay) },
  proposed: { byDay: optional(isDay) },
  within: { offset: required(isPeriod) },
  none: { reason: required(isText) },
} satisfies { readonly [K in Due['kind']]: Readonly<Record<string, Field>> };
