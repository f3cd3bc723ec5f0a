import type { Schedule, ScheduledWork } from '../src/application/operations/schedules.ts';
import type { Composition } from '../src/compose.ts';

const zone = 'Asia/Ho_Chi_Minh';

/** The periodic work of this release. */
export const schedules: readonly Omit<Schedule, 'settledUpTo'>[] = [
  // Every morning, after the timers of 07:30; which mornings are working ones is for the calendar to say.
  { key: 'digests', cron: '0 8 * * *', zone, catchUpHours: 10 },
  { key: 'housekeeping', cron: '15 2 * * *', zone, catchUpHours: 48 },
];

export const scheduledWork = ({ digests, intentions, clock }: Composition): ScheduledWork => ({
  digests: async (nominalAt) => `${await digests(nominalAt)} mails planned`,
  housekeeping: async () => {
    await intentions.plan('housekeeping', 'tidy-up', clock.now());
    return 'planned';
  },
});
