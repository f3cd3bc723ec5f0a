// What is coming: deadlines of open work, week by week, from the rows that all other figures are counted from.

import { addDays, type CivilDate, weekday } from '../schedule/civil-date.ts';
import type { CalendarDay, WorkingCalendar } from '../schedule/working-calendar.ts';
import { bucketOf, type CountedRow } from './statistics.ts';

export interface ComingWeek {
  /** Monday; of the first week the day itself, for what was due before it is overdue and not coming. */
  readonly from: CivilDate;
  /** Sunday. */
  readonly to: CivilDate;
  /** Assigned or in progress, with their deadline in these days: submitted work has met its deadline or missed it. */
  readonly due: number;
  /** Days off and make-up days of the whole week. */
  readonly days: readonly Pick<CalendarDay, 'date' | 'kind' | 'name'>[];
}

export interface Coming {
  readonly weeks: readonly ComingWeek[];
  readonly total: number;
  /** Due after the last of these weeks. */
  readonly later: number;
  /** The calendar has rows up to the end of this year; after it only weekends are known. Null: it has none. */
  readonly calendarTo: CivilDate | null;
}

/** @param count weeks from the one of the day itself */
export const comingOf = (
  rows: readonly CountedRow[],
  { asOf, count, calendar }: { readonly asOf: CivilDate; readonly count: number; readonly calendar: WorkingCalendar },
): Coming => {
  const due = rows.flatMap((row) =>
    bucketOf(row.category) === 'in_progress' && row.dueOn !== null && row.dueOn >= asOf
      ? [{ on: row.dueOn, count: row.count }]
      : [],
  );
  const within = (from: CivilDate, to: CivilDate): number =>
    due.reduce((sum, { on, count: tasks }) => (on >= from && on <= to ? sum + tasks : sum), 0);
  const monday = addDays(asOf, 1 - weekday(asOf));
  const weeks = Array.from({ length: count }, (_, index): ComingWeek => {
    const [start, to] = [addDays(monday, index * 7), addDays(monday, index * 7 + 6)];
    const from = index === 0 ? asOf : start;
    const days = calendar.days.filter(({ date }) => date >= start && date <= to);
    return { from, to, due: within(from, to), days: days.map(({ date, kind, name }) => ({ date, kind, name })) };
  });
  const total = weeks.reduce((sum, week) => sum + week.due, 0);
  const last = calendar.days.at(-1)?.date;
  return {
    weeks,
    total,
    later: due.reduce((sum, { count: tasks }) => sum + tasks, 0) - total,
    calendarTo: last === undefined ? null : `${last.slice(0, 4)}-12-31`,
  };
};
