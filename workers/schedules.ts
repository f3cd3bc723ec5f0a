import type { Log } from '../src/application/log.ts';
import { nightlyVerification } from '../src/application/operations/nightly-verification.ts';
import type { Schedule, ScheduledWork } from '../src/application/operations/schedules.ts';
import type { Composition } from '../src/compose.ts';
import { addDays, dayOf } from '../src/domain/schedule/civil-date.ts';

const zone = 'Asia/Ho_Chi_Minh';

/** The periodic work of this release. */
export const schedules: readonly Omit<Schedule, 'settledUpTo'>[] = [
  // Every morning, after the timers of 07:30; which mornings are working ones is for the calendar to say.
  { key: 'digests', cron: '0 8 * * *', zone, catchUpHours: 10 },
  { key: 'housekeeping', cron: '15 2 * * *', zone, catchUpHours: 48 },
  // One seal covers whatever has come since the one before, so a missed night is made good by the next, however late.
  { key: 'audit-seal', cron: '10 0 * * *', zone, catchUpHours: 31 * 24 },
  // The first of each month: units that came since; in December the next year's. Doing it twice adds nothing.
  { key: 'report-obligations', cron: '30 1 1 * *', zone, catchUpHours: 31 * 24 },
  // Work that comes back: shortly after a day is past, and within the hour after an occurrence was accepted.
  { key: 'recurring-tasks', cron: '5 * * * *', zone, catchUpHours: 31 * 24 },
  // Định kỳ 03 tháng/lần (letter 002, clause 4): a proposal, which a person edits and approves.
  { key: 'urging-rounds', cron: '0 7 1 1,4,7,10 *', zone, catchUpHours: 14 * 24 },
  { key: 'verify', cron: '30 3 * * *', zone, catchUpHours: 12 },
];

export const scheduledWork = (
  { digests, intentions, clock, seal, inspect, obligations, makeOccurrences, proposeUrging }: Composition,
  log: Log,
): ScheduledWork => ({
  digests: async (nominalAt) => `${await digests(nominalAt)} mails planned`,
  housekeeping: async () => {
    await intentions.plan('housekeeping', 'tidy-up', clock.now());
    return 'planned';
  },
  'audit-seal': async (nominalAt) => {
    const { number, root } = await seal({ day: addDays(dayOf(nominalAt, zone), -1), notBefore: nominalAt });
    return `checkpoint ${number}, root ${root}`;
  },
  'report-obligations': (nominalAt) => obligations.makeYears(nominalAt),
  'recurring-tasks': makeOccurrences,
  'urging-rounds': async () => `${await proposeUrging()} rounds proposed`,
  verify: nightlyVerification(inspect, log),
});
