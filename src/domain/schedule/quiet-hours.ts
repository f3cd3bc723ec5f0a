// When mail may reach people: within office hours of working days. What happens outside waits for the next opening.
import { addDays, atLocalTime, dayOf } from './civil-date.ts';
import { isWorkingDay, nextWorkingDay, type WorkingCalendar } from './working-calendar.ts';

export interface QuietHours {
  /** Local time of day, HH:MM, at which quiet begins (that minute is quiet already). */
  readonly from: string;
  /** Local time of day, HH:MM, from which mail may be sent again. */
  readonly until: string;
}

/** From half past six in the evening to seven in the morning; days off are quiet all day. */
export const usualQuietHours: QuietHours = { from: '18:30', until: '07:00' };

/**
 * The instant itself when it is not quiet, else the first one after it that is not. `from` after `until` means the
 * night, `from` before `until` a rest within the day, the same time for both no quiet hours on working days.
 */
export function nextAllowed(instant: Date, calendar: WorkingCalendar, { from, until }: QuietHours): Date {
  const today = dayOf(instant, calendar.zone);
  if (isWorkingDay(calendar, today)) {
    const begins = atLocalTime(today, from, calendar.zone);
    const ends = atLocalTime(today, until, calendar.zone);
    const overnight = from > until;
    if (overnight ? instant >= ends && instant < begins : instant < begins || instant >= ends) return instant;
    if (instant < ends) return ends;
  }
  const next = nextWorkingDay(calendar, addDays(today, 1));
  const quietAtMidnight = from > until || (from === '00:00' && until !== '00:00');
  return atLocalTime(next, quietAtMidnight ? until : '00:00', calendar.zone);
}
