import type { Schedule, ScheduledWork } from '../src/application/operations/schedules.ts';
import type { Composition } from '../src/compose.ts';

const zone = 'Asia/Ho_Chi_Minh';

/** The periodic work of this release. */
export const schedules: readonly Omit<Schedule, 'settledUpTo'>[] = [
  { key: 'housekeeping', cron: '15 2 * * *', zone, catchUpHours: 48 },
];

export const scheduledWork = ({ tidyUp, clock }: Composition): ScheduledWork => ({
  housekeeping: () => tidyUp(clock.now()),
});
