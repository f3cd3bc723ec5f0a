// Work that comes back (letter 002, clause 4: định kỳ 03 tháng/lần). Each occurrence is a task of its own; the next one is
// reckoned from the anchor and never from the occurrence before, so nothing drifts (domain rule M6).

import type { CivilDate } from '../schedule/civil-date.ts';
import { type Due, lastGoodDay, type Recurring, type Roll } from '../schedule/due.ts';
import type { WorkingCalendar } from '../schedule/working-calendar.ts';

/** A deadline decided otherwise moves this occurrence and not the ones to come; that there is none any more ends them. */
export const recurrenceAfter = (before: Recurring | null, due: Due): Recurring | null => {
  if (due.kind === 'recurring') return due;
  return due.kind === 'none' ? null : before;
};

/** More occurrences than an outage can have swallowed. */
const mostSkipped = 5000;

/**
 * The occurrence after this one that can still be kept: nobody is late for what they were never asked.
 * @returns undefined: the calendar ends before
 */
export const nextOccurrence = (
  recurrence: Recurring,
  { today, calendar, roll }: { readonly today: CivilDate; readonly calendar: WorkingCalendar; readonly roll?: Roll },
): Recurring | undefined => {
  for (let step = 1; step <= mostSkipped; step += 1) {
    const next = { ...recurrence, occurrence: recurrence.occurrence + step };
    const day = lastGoodDay(next, { assignedOn: today, calendar, roll });
    if (day !== null && day >= today) return next;
  }
  return undefined;
};

/** CD-4544 is the first, CD-4544/K2 the occurrence of number 2. */
export const occurrenceCode = (code: string, { occurrence }: Recurring): string =>
  `${code.replace(/\/K\d+$/, '')}/K${occurrence}`;
