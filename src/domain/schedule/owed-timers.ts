// Which timers a task owes in its present state. A pure function of definition, task and calendar:
// the stored set must always equal it (invariant I7), so a lost row can be rebuilt and a wrong one found.

import type { Hearer } from '../workflow/audience.ts';
import { holds } from '../workflow/condition.ts';
import { type Definition, type TimerAction, type TimerRule, timerActions } from '../workflow/definition.ts';
import type { Task } from '../workflow/task.ts';
import { atLocalTime, type CivilDate } from './civil-date.ts';
import { type DifficultyRule, difficultyRules } from './difficulty-timers.ts';
import { applyOffset, nthOccurrence } from './offset.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export interface OwedTimer {
  readonly rule: string;
  /** Occurrence number, from 1. */
  readonly k: number;
  /** What the occurrence is counted from; another value means another ladder. */
  readonly anchor: string;
  readonly dueAt: Date;
}

/** The next occurrence of every rule that applies. At most one timer lives per task and rule. */
export const owedTimers = (definition: Definition, task: Task, calendar: WorkingCalendar): readonly OwedTimer[] =>
  rulesOf(definition, task).flatMap((rule) => {
    const ladder = ladderOf(rule, definition, task, calendar);
    if (!ladder) return [];
    const next = occurrence(ladder, ladder.nextK);
    return next ? [next] : [];
  });

export type OwedRule = TimerRule | DifficultyRule;

/** The rules of the workflow, and those of the difficulties that wait for an answer. */
export const rulesOf = (definition: Definition, task: Pick<Task, 'category' | 'following'>): readonly OwedRule[] => [
  ...definition.timers,
  ...difficultyRules(task),
];

export interface Ladder {
  readonly rule: OwedRule;
  readonly anchor: string;
  readonly anchorDay: CivilDate;
  readonly nextK: number;
  readonly calendar: WorkingCalendar;
}

/** The ladder a rule puts up for this task now, or undefined when the rule does not apply. */
export const ladderOf = (
  rule: OwedRule,
  definition: Definition,
  task: Task,
  calendar: WorkingCalendar,
): Ladder | undefined => {
  if ('answerBy' in rule) {
    const { answerBy, number, key } = rule;
    const anchor = `${rule.anchor}:${answerBy}#${number}`;
    return { rule, anchor, anchorDay: answerBy, nextK: lastFired(task, key, anchor) + 1, calendar };
  }
  if (!rule.states.includes(task.state)) return undefined;
  if (rule.when && !holds(rule.when, task)) return undefined;
  const anchorDay = anchorDayOf(rule, definition, task, calendar);
  if (anchorDay === null) return undefined;
  const anchor = anchorName(rule, anchorDay, task);
  return { rule, anchor, anchorDay, nextK: lastFired(task, rule.key, anchor) + 1, calendar };
};

/** Kept per anchor: a deadline that is moved away and back again does not repeat what it already sent. */
const lastFired = ({ fired }: Task, rule: string, anchor: string): number => {
  const anchors = Object.hasOwn(fired, rule) ? fired[rule] : undefined;
  return (anchors && Object.hasOwn(anchors, anchor) ? anchors[anchor] : undefined) ?? 0;
};

/** Occurrence k of a ladder, always computed from the anchor; undefined above the top. */
export const occurrence = ({ rule, anchor, anchorDay, calendar }: Ladder, k: number): OwedTimer | undefined => {
  if (k > rule.max) return undefined;
  const day = dayOfOccurrence(rule, anchorDay, k, calendar);
  if (day === undefined) return undefined;
  return { rule: rule.key, k, anchor, dueAt: atLocalTime(day, rule.at, calendar.zone) };
};

export interface AddressedAction {
  readonly action: TimerAction;
  readonly to: readonly Hearer[];
}

/** What occurrence k does and whom it addresses. */
export const actionOf = (rule: OwedRule, k: number): AddressedAction => {
  const step = rule.steps[k - 1] ?? repeatOf(rule);
  if (!step) throw new Error(`Timer rule ${rule.key} has no occurrence ${k}.`);
  return { action: step.action, to: step.to };
};

/** Levels that go out as one: the gravest action, to everybody any of them was for. */
export const collapsedActionOf = (rule: OwedRule, levels: readonly number[]): AddressedAction => {
  const single = levels.map((k) => actionOf(rule, k));
  return {
    action: timerActions.findLast((action) => single.some((level) => level.action === action)) ?? 'remind',
    to: [...new Set(single.flatMap(({ to }) => to))],
  };
};

const repeatOf = (rule: OwedRule): TimerRule['repeat'] => ('repeat' in rule ? rule.repeat : undefined);

const dayOfOccurrence = (
  rule: OwedRule,
  anchorDay: CivilDate,
  k: number,
  calendar: WorkingCalendar,
): CivilDate | undefined => {
  const { steps } = rule;
  const step = steps[k - 1];
  if (step) return applyOffset(anchorDay, step.offset, calendar);
  const repeat = repeatOf(rule);
  if (!repeat) return undefined;
  const first = steps.at(-1)?.offset;
  // Where there are steps the last of them is occurrence 1 of the repetition, and has been.
  return nthOccurrence(anchorDay, first, repeat.every, first === undefined ? k : k - steps.length + 1, calendar);
};

const anchorDayOf = (
  { anchor }: TimerRule,
  definition: Definition,
  task: Task,
  calendar: WorkingCalendar,
): CivilDate | null => {
  switch (anchor) {
    case 'assigned':
      return task.assignedOn;
    case 'entered':
      return task.enteredOn;
    case 'due':
      return task.dueOn;
    case 'acknowledge_by':
      return definition.acknowledgeWithin === undefined
        ? null
        : applyOffset(task.assignedOn, definition.acknowledgeWithin, calendar);
    case 'appraise_by':
      return appraiseBy(definition, task, calendar);
    default:
      return anchor satisfies never;
  }
};

/** The appraiser's own deadline for the open round; its lateness is the appraiser's, never the unit's. */
export const appraiseBy = (definition: Definition, task: Task, calendar: WorkingCalendar): CivilDate | null => {
  const appraisal = definition.appraisals.find(({ state }) => state === task.state);
  // While the unit owes the panel an answer, nothing counts against the panel.
  if (appraisal?.within === undefined || !task.review || task.review.question) return null;
  return applyOffset(task.review.since, appraisal.within, calendar);
};

/** Entering a state again starts a new ladder; a due day that comes back after a return does not. */
const anchorName = ({ anchor }: TimerRule, day: CivilDate, { round }: Task): string =>
  anchor === 'entered' || anchor === 'appraise_by' ? `${anchor}:${day}#${round}` : `${anchor}:${day}`;
