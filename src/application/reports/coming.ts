import { Refusal } from '../../domain/refusal.ts';
import { type Coming, comingOf } from '../../domain/reporting/coming.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { Clock } from '../ports.ts';
import { type ReportReader, reportTimes, type StatisticsRequest } from './statistics.ts';

export interface CalendarReader {
  /** The calendar a programme counts by. */
  calendar(programme: string): Promise<WorkingCalendar>;
}

export interface ComingRequest extends Pick<StatisticsRequest, 'programme' | 'asOf' | 'knownAt'> {
  /** How many, from the week of the day itself. */
  readonly weeks: number;
}

export interface ComingReport extends Coming {
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string };
  readonly asOf: CivilDate;
  readonly knownAt: string;
  readonly notice: string | null;
}

/**
 * Deadlines of open work in the weeks ahead, as of a day, as known at a moment.
 * @throws Refusal programme.not_found; input.invalid when a time lies ahead
 */
export const readComing =
  (reports: ReportReader, calendars: CalendarReader, clock: Clock) =>
  async ({ programme, weeks, ...times }: ComingRequest): Promise<ComingReport> => {
    const found = await reports.programme(programme);
    if (!found) throw new Refusal('programme.not_found', { programme });
    const { asOf, before, known } = reportTimes(times, found.zone, clock.now());
    const figures = await reports.figures(programme, before, known);
    if (!figures) throw new Refusal('programme.not_found', { programme });
    const calendar = await calendars.calendar(programme);
    return {
      programme: { code: programme, name: figures.name, noun: figures.noun },
      asOf,
      knownAt: known.toISOString(),
      notice: noticeOf(figures),
      ...comingOf(figures.rows, { asOf, count: weeks, calendar }),
    };
  };
