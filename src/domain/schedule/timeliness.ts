// Lateness is computed, never stored: the same task has another class tomorrow without anyone writing a row.

import type { Category } from '../workflow/definition.ts';
import { type CivilDate, daysBetween } from './civil-date.ts';

export type DeadlineClass =
  /** Trong hạn. */
  | 'in_time'
  /** Sắp đến hạn: the last day is today or within the warning days. */
  | 'due_soon'
  /** Quá hạn: with the unit, unfinished, and the last day is over. */
  | 'overdue'
  /** Không thời hạn. */
  | 'undated'
  /** Waiting on the appraiser: the unit has done its part, so never overdue whatever the day. */
  | 'submitted_on_time'
  | 'submitted_late'
  | 'submitted_undated'
  /** Hoàn thành đúng hạn, trễ hạn, không hạn. */
  | 'done_on_time'
  | 'done_late'
  | 'done_undated'
  /** Ended as not done or stopped: no question of time is left. */
  | 'closed';

export interface Exposure {
  readonly category: Category;
  /** Last good day, on time until its 24:00; null = no deadline, or no countdown yet. */
  readonly dueOn: CivilDate | null;
  /**
   * The day of the submission that stands: the one accepted, or the one now being appraised. Not the day the
   * appraiser decided. Of a task returned to the unit it is ignored: a return reopens the exposure.
   */
  readonly submittedOn: CivilDate | null;
  readonly today: CivilDate;
}

/**
 * The deadline class of a task on a day. `soonDays` are calendar days before the last good day. Where the day
 * of submission is not known (old records), nothing is claimed: `done_undated` or `submitted_undated`.
 */
export function deadlineClass({
  soonDays = 3,
  ...task
}: Exposure & { readonly soonDays?: number | undefined }): DeadlineClass {
  switch (task.category) {
    case 'assigned':
    case 'in_progress':
      if (task.dueOn === null) return 'undated';
      if (task.today > task.dueOn) return 'overdue';
      return daysBetween(task.today, task.dueOn) <= soonDays ? 'due_soon' : 'in_time';
    case 'awaiting_appraisal':
      return `submitted_${judged(task)}`;
    case 'done':
      return `done_${judged(task)}`;
    case 'not_done':
    case 'stopped':
      return 'closed';
    default:
      return task.category satisfies never;
  }
}

/**
 * Calendar days past the last good day: up to today while the unit holds the task, up to the submission that stands
 * once it has been handed in. 0 when on time, without a deadline, or closed.
 */
export function daysOverdue({ category, dueOn, submittedOn, today }: Exposure): number {
  if (dueOn === null || category === 'not_done' || category === 'stopped') return 0;
  const until = category === 'assigned' || category === 'in_progress' ? today : submittedOn;
  return until === null ? 0 : Math.max(0, daysBetween(dueOn, until));
}

function judged({ dueOn, submittedOn }: Exposure): 'on_time' | 'late' | 'undated' {
  if (dueOn === null || submittedOn === null) return 'undated';
  return submittedOn <= dueOn ? 'on_time' : 'late';
}
