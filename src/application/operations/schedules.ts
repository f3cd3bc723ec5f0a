// Periodic work. A schedule is a row, a run is a row (schedule, nominal time): whoever inserts it does the work, so each
// period is done once however many ticks come, late, twice or not at all. BullMQ's schedulers only tick.

import { CronExpressionParser } from 'cron-parser';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';

export interface Schedule {
  readonly key: string;
  readonly cron: string;
  readonly zone: string;
  /** A period missed longer ago than this is recorded as skipped, not done. */
  readonly catchUpHours: number;
  /** Nominal times up to here are settled. */
  readonly settledUpTo: Date;
}

export interface ScheduleStore {
  /** Those that are not paused. */
  active(): Promise<readonly Schedule[]>;
  /** True for exactly one caller; also true when an earlier caller began long ago and never finished. */
  begin(schedule: string, nominalAt: Date, now: Date): Promise<boolean>;
  /** Ends in the books what died while it ran and was overtaken by a later period: nobody will take it over any more. */
  abandon(now: Date): Promise<void>;
  finish(
    schedule: string,
    nominalAt: Date,
    outcome: 'done' | 'failed',
    detail: string | null,
    now: Date,
  ): Promise<void>;
  skip(schedule: string, nominalAts: readonly Date[], detail: string, now: Date): Promise<void>;
}

export type ScheduledWork = Readonly<Record<string, (nominalAt: Date) => Promise<string>>>;

/** Missed periods collapse: the newest is done, the ones before it are recorded as skipped. */
export const runDueSchedules =
  (schedules: ScheduleStore, work: ScheduledWork, clock: Clock, log: Log) => async (): Promise<void> => {
    await schedules.abandon(clock.now());
    for (const schedule of await schedules.active()) {
      const run = work[schedule.key];
      const now = clock.now();
      const due = run ? nominalTimes(schedule, schedule.settledUpTo, now) : [];
      const newest = due.at(-1);
      if (!run || !newest) continue;
      const tooOld = now.getTime() - newest.getTime() > schedule.catchUpHours * 3_600_000;
      await schedules.skip(schedule.key, tooOld ? due : due.slice(0, -1), 'missed', now);
      if (tooOld || !(await schedules.begin(schedule.key, newest, now))) continue;
      try {
        await schedules.finish(schedule.key, newest, 'done', await run(newest), clock.now());
      } catch (error) {
        log.error('A scheduled run failed.', { schedule: schedule.key, nominalAt: newest, error });
        await schedules.finish(schedule.key, newest, 'failed', String(error), clock.now());
      }
    }
  };

/** The last 100 nominal times in (after, upTo]. */
export const nominalTimes = (
  { cron, zone }: Pick<Schedule, 'cron' | 'zone'>,
  after: Date,
  upTo: Date,
): readonly Date[] => {
  const times: Date[] = [];
  const backwards = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(upTo.getTime() + 1) });
  while (times.length < 100) {
    const time = backwards.prev().toDate();
    if (time <= after) break;
    times.unshift(time);
  }
  return times;
};

/** The next nominal times after a moment. */
export const nextTimes = (
  { cron, zone }: Pick<Schedule, 'cron' | 'zone'>,
  after: Date,
  count: number,
): readonly Date[] => {
  const forwards = CronExpressionParser.parse(cron, { tz: zone, currentDate: after });
  return Array.from({ length: count }, () => forwards.next().toDate());
};
