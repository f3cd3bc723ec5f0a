import type { TaskEvent } from './task.ts';

export const eventTypes = [
  'task.assigned',
  'task.moved',
  'task.progress_reported',
  'task.deadline_decided',
  'task.timer_fired',
  'task.timer_skipped',
  'task.vote_cast',
  'task.recalled',
  'task.information_requested',
  'task.information_given',
  'task.opinion_given',
  'task.reassigned',
  'task.move_proposed',
  'task.transferred',
  'task.difficulty_reported',
  'task.difficulty_answered',
  'task.extension_requested',
  'task.explained',
  'task.cause_judged',
  'task.urged',
  'task.difficulty_redirected',
  'task.deadline_proposed',
  'task.follower_named',
] as const satisfies readonly TaskEvent['type'][];

/** Events that people see as a change of the task; the others leave `version` alone. */
export const changesVersion = (type: TaskEvent['type']): boolean =>
  type !== 'task.timer_fired' && type !== 'task.timer_skipped';
