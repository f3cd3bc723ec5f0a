// What an event means to the people told of it, and whether it still means anything when they read it.

import type { CivilDate } from '../schedule/civil-date.ts';
import { isFinal } from './definition.ts';
import type { Task, TaskEvent } from './task.ts';

export type NoticeKind =
  | 'assigned'
  | 'to_appraise'
  | 'returned'
  | 'done'
  | 'not_done'
  | 'stopped'
  | 'deadline'
  | 'panel_incident'
  | 'recalled'
  | 'question'
  | 'answered'
  | 'opinion'
  | 'reassigned'
  | 'transferred'
  | 'reopening_proposed'
  | 'difficulty'
  | 'difficulty_answered'
  | 'difficulty_redirected'
  | 'extension_requested'
  | 'deadline_proposed'
  | 'follower_named'
  | 'explained'
  | 'cause_judged'
  | 'urged'
  | 'remind'
  | 'urge'
  | 'escalate';

/** Undefined for events of which nobody is told (audience.ts). */
export const noticeKindOf = (event: TaskEvent): NoticeKind | undefined => {
  switch (event.type) {
    case 'task.assigned':
      return 'assigned';
    case 'task.moved': {
      const { category, answer, incident } = event.payload;
      if (incident) return 'panel_incident';
      if (category === 'awaiting_appraisal') return 'to_appraise';
      if (answer === 'returned') return 'returned';
      return category === 'done' || category === 'not_done' || category === 'stopped' ? category : undefined;
    }
    case 'task.deadline_decided':
      return 'deadline';
    case 'task.timer_fired':
      return event.payload.action;
    case 'task.recalled':
      return 'recalled';
    case 'task.information_requested':
      return 'question';
    case 'task.information_given':
      return 'answered';
    case 'task.opinion_given':
      return 'opinion';
    case 'task.reassigned':
      return 'reassigned';
    case 'task.transferred':
      return 'transferred';
    case 'task.move_proposed':
      return 'reopening_proposed';
    case 'task.difficulty_reported':
      return 'difficulty';
    case 'task.difficulty_answered':
      return 'difficulty_answered';
    case 'task.difficulty_redirected':
      return 'difficulty_redirected';
    case 'task.extension_requested':
      return 'extension_requested';
    case 'task.deadline_proposed':
      return 'deadline_proposed';
    case 'task.follower_named':
      return 'follower_named';
    case 'task.explained':
      return 'explained';
    case 'task.cause_judged':
      return 'cause_judged';
    case 'task.urged':
      return 'urged';
    case 'task.vote_cast':
    case 'task.progress_reported':
    case 'task.timer_skipped':
      return undefined;
    default:
      return event satisfies never;
  }
};

/** What a timer's occurrence was counted from: 'due:2026-06-16' is the deadline of that day. */
export const anchorOf = (anchor: string): { readonly from: string; readonly day: CivilDate | null } => {
  const [, from = anchor, day = null] = /^([a-z_]+):(\d{4}-\d{2}-\d{2})/.exec(anchor) ?? [];
  return { from, day };
};

type Present = Pick<Task, 'category' | 'dueOn'>;

/**
 * Whether the notice still asks for attention. What was decided about a task stays worth knowing; a reminder of a task
 * that was handed in or ended meanwhile, of a deadline that has moved, or a request to appraise what was answered is not.
 */
export const stillMatters = (event: TaskEvent, task: Present): boolean => {
  switch (noticeKindOf(event)) {
    case 'done':
    case 'not_done':
    case 'stopped':
    case 'explained':
    case 'cause_judged':
      return true;
    case 'assigned':
    case 'transferred':
    case 'deadline':
    case 'difficulty':
    case 'difficulty_answered':
    case 'difficulty_redirected':
    case 'extension_requested':
    case 'deadline_proposed':
    case 'follower_named':
      return !isFinal(task.category);
    case 'to_appraise':
    case 'panel_incident':
    case 'question':
    case 'answered':
    case 'opinion':
    case 'reassigned':
      return task.category === 'awaiting_appraisal';
    case 'recalled':
      return withTheUnit(task);
    case 'reopening_proposed':
      return isFinal(task.category);
    case 'returned':
    case 'urged':
      return withTheUnit(task);
    case 'remind':
    case 'urge':
    case 'escalate':
      return event.type === 'task.timer_fired' && reminderMatters(event.payload.anchor, task);
    case undefined:
      return false;
  }
};

const reminderMatters = (anchor: string, task: Present): boolean => {
  const { from, day } = anchorOf(anchor);
  switch (from) {
    case 'due':
      return withTheUnit(task) && day === task.dueOn;
    case 'assigned':
      return withTheUnit(task);
    case 'acknowledge_by':
      return task.category === 'assigned';
    case 'appraise_by':
      return task.category === 'awaiting_appraisal';
    default:
      return !isFinal(task.category);
  }
};

const withTheUnit = ({ category }: Present): boolean => category === 'assigned' || category === 'in_progress';
