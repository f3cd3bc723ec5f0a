// How many tasks stood where at the end of each day, from what changed on which day.

import { addDays, type CivilDate } from '../schedule/civil-date.ts';
import type { Category } from '../workflow/definition.ts';
import { type Bucket, bucketOf } from './statistics.ts';

export interface DayChange {
  readonly day: CivilDate;
  readonly category: Category;
  /** How many tasks more, or fewer, stand in it than on the day before. */
  readonly change: number;
}

export interface TrendDay {
  readonly day: CivilDate;
  readonly total: number;
  readonly counts: Readonly<Record<Bucket, number>>;
}

/**
 * Every day from the first to the last, also those on which nothing changed.
 * @param changes by day; whatever happened before the first day counts as its change
 */
export const trendOf = (changes: readonly DayChange[], from: CivilDate, to: CivilDate): readonly TrendDay[] => {
  const counts: Record<Bucket, number> = { in_progress: 0, done: 0, not_done: 0, awaiting_appraisal: 0, stopped: 0 };
  const days: TrendDay[] = [];
  let next = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (let change = changes[next]; change && change.day <= day; change = changes[next]) {
      counts[bucketOf(change.category)] += change.change;
      next += 1;
    }
    days.push({ day, total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts: { ...counts } });
  }
  return days;
};
