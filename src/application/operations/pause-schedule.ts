import { Refusal } from '../../domain/refusal.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { audited, type OperatorAction } from './audited.ts';

export interface PausableSchedules {
  exists(key: string): Promise<boolean>;
  /** Pausing what is paused keeps the first moment and takes the new reason. */
  pause(key: string, reason: string, now: Date): Promise<void>;
  resume(key: string): Promise<void>;
}

export interface ScheduleAction extends OperatorAction {
  readonly key: string;
}

/** @throws Refusal schedule.not_found */
export const pauseSchedule =
  (schedules: PausableSchedules, audit: AuditLog, clock: Clock) =>
  async ({ key, ...by }: ScheduleAction): Promise<void> => {
    if (!(await schedules.exists(key))) throw new Refusal('schedule.not_found', { schedule: key });
    await audited(audit, clock)({ ...by, action: 'schedule.paused', object: `schedule/${key}` }, () =>
      schedules.pause(key, by.reason, clock.now()),
    );
  };

/**
 * Of the periods missed meanwhile the newest is done if it lies within the schedule's catch-up window, as after any outage.
 * @throws Refusal schedule.not_found
 */
export const resumeSchedule =
  (schedules: PausableSchedules, audit: AuditLog, clock: Clock) =>
  async ({ key, ...by }: ScheduleAction): Promise<void> => {
    if (!(await schedules.exists(key))) throw new Refusal('schedule.not_found', { schedule: key });
    await audited(audit, clock)({ ...by, action: 'schedule.resumed', object: `schedule/${key}` }, () =>
      schedules.resume(key),
    );
  };
