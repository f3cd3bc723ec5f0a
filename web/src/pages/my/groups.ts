// What a unit has to do, the most pressing first; each task stands in one group only.

import type { Task, TaskListing } from '../../api/tasks.ts';

export const groups = ['returned', 'overdue', 'soon', 'rest'] as const;
export type Group = (typeof groups)[number];

export interface Row {
  readonly task: TaskListing;
  /** Null while it is being asked for. */
  readonly whole: Task | undefined;
  /** Working days to the deadline; undefined without one. */
  readonly left: number | undefined;
}

const soon = 10;

export const groupOf = ({ task, whole, left }: Row): Group => {
  if (whole?.lastReturn || whole?.review?.question) return 'returned';
  if (task.deadline === 'overdue') return 'overdue';
  // With the appraisers the unit has nothing to do before its day.
  if (task.category === 'awaiting_appraisal') return 'rest';
  return left !== undefined && left <= soon ? 'soon' : 'rest';
};

/** The nearest deadline first, those without one last. */
export const byDeadline = (one: Row, other: Row): number =>
  (one.task.dueOn ?? '9999').localeCompare(other.task.dueOn ?? '9999') || one.task.code.localeCompare(other.task.code);
