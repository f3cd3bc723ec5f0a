import { queryOptions } from '@tanstack/react-query';
import { type CalendarDay, workingCalendar } from '../../../src/domain/schedule/working-calendar.ts';
import { read } from './client.ts';

interface CalendarBody {
  readonly key: string;
  readonly zone: string;
  readonly version: number;
  readonly days: readonly CalendarDay[];
}

/** Working days by the days off and make-up days of this calendar. */
export const calendarQuery = (key: string) =>
  queryOptions({
    queryKey: ['calendar', key],
    queryFn: async ({ signal }) => workingCalendar(await read<CalendarBody>(`/calendars/${key}`, {}, signal)),
    staleTime: 3_600_000,
  });
