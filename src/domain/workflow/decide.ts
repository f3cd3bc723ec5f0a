// What happens when a command meets a task: events, or a typed refusal and no change.
// Pure and total: no clock, no database, no random source. Every door leads here.

import type { Actor } from '../organisation/actor.ts';
import { hasRole, holdsTaskRole } from '../organisation/actor.ts';
import { conflictOfInterest } from '../organisation/separation.ts';
import { Refusal } from '../refusal.ts';
import { type CivilDate, dayOf, endOfDay, isCivilDate, startOfDay } from '../schedule/civil-date.ts';
import { type Due, dueProblem, lastGoodDay, type Roll } from '../schedule/due.ts';
import { actionOf, collapsedActionOf, ladderOf, type OwedTimer, occurrence } from '../schedule/owed-timers.ts';
import type { WorkingCalendar } from '../schedule/working-calendar.ts';
import { holds } from './condition.ts';
import {
  appraisalAnsweredBy,
  type Definition,
  initialState,
  isFinal,
  needsAppraiserUnit,
  stateOf,
  type Transition,
} from './definition.ts';
import { type FileOnTask, resolveEvidence } from './evidence.ts';
import { missingRequirements } from './requirements.ts';
import type {
  AssignTask,
  Command,
  DecideDeadline,
  DefinitionPin,
  EffectiveAt,
  FireTimer,
  Instant,
  MoveTask,
  ReportProgress,
  Task,
  TaskEvent,
  TimerSkipReason,
} from './task.ts';

/** Rules a programme sets for its tasks. */
export interface ProgrammeRules {
  readonly code: string;
  /** What happens to a due day on a day off; absent: named dates stay, computed ones move on (domain rule M4). */
  readonly roll?: Roll;
  /** Days before its deadline from which a task counts as due soon. */
  readonly soonDays: number;
  /** Demonstration data: everything that shows it says so. */
  readonly illustrative: boolean;
}

export interface Circumstances {
  readonly now: Date;
  /** Null: the system itself. */
  readonly actor: Actor | null;
  readonly calendar: WorkingCalendar;
  readonly programme: ProgrammeRules;
  readonly pin: DefinitionPin;
  /** The lead unit, its parents and its children: none of their people may appraise. */
  readonly unitLine: readonly string[];
  /** Files of this task that the command names, by id; absent: it names none. */
  readonly files?: ReadonlyMap<string, FileOnTask>;
}

export type Decision = { readonly events: readonly TaskEvent[] } | Refusal;

/**
 * @param definition the published version the task is pinned to
 * @param task the task as it stands, or null for a command that creates it
 * @returns the events in order (none when there is nothing left to do), or the refusal
 */
export const decide = (
  definition: Definition,
  task: Task | null,
  command: Command,
  circumstances: Circumstances,
): Decision => {
  if (command.type === 'assign') {
    if (task) return new Refusal('task.exists', { code: task.code });
    return assign(definition, command, circumstances);
  }
  if (!task) return new Refusal('task.not_found');
  switch (command.type) {
    case 'transition':
      return move(definition, task, command, circumstances);
    case 'report_progress':
      return reportProgress(task, command, circumstances);
    case 'decide_deadline':
      return decideDeadline(task, command, circumstances);
    case 'fire_timer':
      return fireTimer(definition, task, command, circumstances);
    default:
      return command satisfies never;
  }
};

const assign = (definition: Definition, command: AssignTask, circumstances: Circumstances): Decision => {
  const { actor, calendar, programme, pin, unitLine } = circumstances;
  const mayAssign =
    actor !== null &&
    (hasRole(actor, 'administrator', 'office') ||
      actor.memberships.some((held) => held.role === 'aggregator' && held.programme === programme.code));
  if (!mayAssign) return new Refusal('permission.denied', { action: 'task.assign' });
  const undated = refuseUndated(command.due);
  if (undated) return undated;
  if (needsAppraiserUnit(definition) && command.appraiserUnit === undefined)
    return new Refusal('requirement.missing', { missing: [{ pointer: '/appraiserUnit', what: 'appraiser' }] });
  if (command.appraiserUnit !== undefined && unitLine.includes(command.appraiserUnit))
    return new Refusal('conflict_of_interest', { conflict: 'own_line', unit: command.appraiserUnit });
  const at = resolveEffective(command.effectiveAt, circumstances, null);
  if (at instanceof Refusal) return at;

  const assignedOn = dayOf(new Date(at.effectiveAt), calendar.zone);
  const dueOn = dueDay(command.due, assignedOn, circumstances);
  if (dueOn instanceof Refusal) return dueOn;
  const state = initialState(definition);
  const { type: _type, id, effectiveAt: _effectiveAt, ...given } = command;
  return {
    events: [
      {
        ...envelope(id, 1, actor, 'assigning', at),
        type: 'task.assigned',
        payload: {
          ...given,
          programme: programme.code,
          definition: pin,
          state: state.key,
          category: state.category,
          holder: state.holder ?? null,
          assignedOn,
          dueOn,
        },
      },
    ],
  };
};

const move = (definition: Definition, task: Task, command: MoveTask, circumstances: Circumstances): Decision => {
  const transition = definition.transitions.find(({ key }) => key === command.transition);
  if (!transition) return new Refusal('transition.unknown', { transition: command.transition });
  if (!transition.from.includes(task.state))
    return new Refusal('task.wrong_state', { state: task.state, transition: transition.key, from: transition.from });
  const denied = refusePerson(definition, transition, task, circumstances);
  if (denied) return denied;
  if (transition.when && !holds(transition.when, task))
    return new Refusal('transition.guard_failed', { transition: transition.key, when: transition.when });
  const missing = missingRequirements(definition, transition, command);
  if (missing.length > 0) return new Refusal('requirement.missing', { transition: transition.key, missing });
  const evidence = resolveEvidence(command.evidence, circumstances.files);
  if (evidence instanceof Refusal) return evidence;
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;

  const to = stateOf(definition, transition.to);
  const answer = answerOf(definition, transition);
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, capacityOf(transition, task, circumstances), at),
        type: 'task.moved',
        payload: {
          transition: transition.key,
          from: task.state,
          to: to.key,
          fromCategory: task.category,
          category: to.category,
          holder: to.holder ?? null,
          on: dayOf(new Date(at.effectiveAt), circumstances.calendar.zone),
          ...(answer === undefined ? {} : { answer }),
          ...given('fields', command.fields),
          ...given('evidence', evidence),
          ...given('reason', command.reason),
          ...given('document', command.document),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

const reportProgress = (task: Task, command: ReportProgress, circumstances: Circumstances): Decision => {
  const { actor } = circumstances;
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  const role = (['lead_unit.head', 'lead_unit.focal_point'] as const).find(
    (candidate) => actor !== null && holdsTaskRole(actor, candidate, task),
  );
  if (role === undefined) return new Refusal('permission.denied', { action: 'task.report_progress' });
  const notBefore = task.reportedAt ?? startOfDay(task.assignedOn, circumstances.calendar.zone).toISOString();
  const at = resolveEffective(command.effectiveAt, circumstances, task, notBefore);
  if (at instanceof Refusal) return at;
  const { type: _type, effectiveAt: _effectiveAt, ...report } = command;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, actor, role, at),
        type: 'task.progress_reported',
        payload: { ...report, ...lateness(at, circumstances) },
      },
    ],
  };
};

const decideDeadline = (task: Task, command: DecideDeadline, circumstances: Circumstances): Decision => {
  const { actor } = circumstances;
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  const role = (['province_leader', 'office', 'administrator'] as const).find(
    (candidate) => actor !== null && holdsTaskRole(actor, candidate, task),
  );
  if (role === undefined) return new Refusal('permission.denied', { action: 'task.decide_deadline' });
  const undated = refuseUndated(command.due);
  if (undated) return undated;
  const dueOn = dueDay(command.due, task.assignedOn, circumstances);
  if (dueOn instanceof Refusal) return dueOn;
  const extension = task.dueOn !== null && (dueOn === null || dueOn > task.dueOn);
  const missing = [
    ...(command.reason.trim() === '' ? [{ pointer: '/reason', what: 'reason' }] : []),
    // Only a granted extension moves a deadline away, and a grant is a document.
    ...(extension && !command.document ? [{ pointer: '/document', what: 'document' }] : []),
  ];
  if (missing.length > 0) return new Refusal('requirement.missing', { missing });
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.dueDecidedAt);
  if (at instanceof Refusal) return at;

  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, actor, role, at),
        type: 'task.deadline_decided',
        payload: {
          due: command.due,
          dueOn,
          previousDueOn: task.dueOn,
          extension,
          reason: command.reason,
          ...given('document', command.document),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/** Time reminds, urges and escalates; it never decides. A timer that is not due yet yields no event at all. */
const fireTimer = (
  definition: Definition,
  task: Task,
  { rule: key, k, anchor }: FireTimer,
  { now, calendar }: Circumstances,
): Decision => {
  const at = { effectiveAt: recorded(now, task), recordedAt: recorded(now, task) };
  const skipped = (reason: TimerSkipReason, levels: readonly number[] = [k]): Decision => ({
    events: levels.map((level, index) => ({
      ...envelope(task.id, task.seq + 1 + index, null, 'system', at),
      type: 'task.timer_skipped',
      payload: { rule: key, k: level, anchor, reason },
    })),
  });
  const rule = definition.timers.find((candidate) => candidate.key === key);
  const ladder = rule && ladderOf(rule, definition, task, calendar);
  if (!rule || !ladder) return skipped('not_owed');
  if (ladder.anchor !== anchor) return skipped('stale_anchor');
  if (ladder.nextK > k) return skipped('fired_before');

  const late = lateLevels((level) => occurrence(ladder, level), ladder.nextK, now);
  const last = late.at(-1);
  if (!last) return { events: [] };
  if (rule.misfire === 'skip' && now.getTime() - last.dueAt.getTime() > misfireGraceMs)
    return skipped(
      'misfire_skip',
      late.map((level) => level.k),
    );
  // Collapsed levels go out as one, to everybody any of them was for: an escalation is not lost behind a later urging.
  const collapsed =
    rule.misfire === 'all'
      ? undefined
      : collapsedActionOf(
          rule,
          late.map((level) => level.k),
        );
  const sent = collapsed === undefined ? late : [last];
  return {
    events: sent.map((level, index) => ({
      ...envelope(task.id, task.seq + 1 + index, null, 'system', at),
      type: 'task.timer_fired',
      payload: {
        rule: key,
        k: level.k,
        anchor,
        dueAt: level.dueAt.toISOString(),
        ...(collapsed ?? actionOf(rule, level.k)),
        ...(rule.misfire === 'all' || late.length === 1 ? {} : { missed: late.slice(0, -1).map((missed) => missed.k) }),
      },
    })),
  };
};

/** A rule with misfire `skip` drops a level that is more than this late. */
const misfireGraceMs = 24 * 60 * 60 * 1000;

const lateLevels = (level: (k: number) => OwedTimer | undefined, from: number, now: Date): readonly OwedTimer[] => {
  const late: OwedTimer[] = [];
  for (let next = level(from); next && next.dueAt <= now; next = level(next.k + 1)) late.push(next);
  return late;
};

const refusePerson = (
  definition: Definition,
  transition: Transition,
  task: Task,
  { actor, unitLine }: Circumstances,
): Refusal | undefined => {
  if (!actor) return new Refusal('permission.denied', { transition: transition.key });
  // Separation first: an appraiser of the unit's own line learns the real reason, whatever roles they hold.
  const answers = appraisalAnsweredBy(definition, transition) !== undefined;
  const conflict = answers ? conflictOfInterest(actor, task, unitLine) : undefined;
  if (conflict) return new Refusal('conflict_of_interest', { conflict, transition: transition.key });
  if (!transition.by.some((role) => holdsTaskRole(actor, role, task)))
    return new Refusal('permission.denied', { transition: transition.key, by: transition.by });
  return undefined;
};

const capacityOf = (transition: Transition, task: Task, { actor }: Circumstances): string =>
  transition.by.find((role) => actor !== null && holdsTaskRole(actor, role, task)) ?? 'system';

const answerOf = (
  definition: Definition,
  transition: Transition,
): 'achieved' | 'not_achieved' | 'returned' | undefined => {
  const outcomes = appraisalAnsweredBy(definition, transition)?.outcomes;
  if (outcomes?.achieved === transition.key) return 'achieved';
  if (outcomes?.not_achieved === transition.key) return 'not_achieved';
  if (outcomes?.returned === transition.key) return 'returned';
  return undefined;
};

/** Letter 002 (Bình Định, 3/2022) item 3: work with a product named and no time given is the defect to avoid. */
const refuseUndated = (due: Due): Refusal | undefined =>
  due.kind === 'none' && due.reason.trim() === '' ? new Refusal('task.deadline_required') : undefined;

/** The last good day, or the refusal of a deadline that names no day anyone could keep. */
const dueDay = (
  due: Due,
  assignedOn: CivilDate,
  { calendar, programme }: Circumstances,
): CivilDate | null | Refusal => {
  const invalid = (problem: string) => new Refusal('input.invalid', { pointer: '/due', problem });
  const problem = dueProblem(due);
  if (problem !== undefined) return invalid(problem);
  try {
    const day = lastGoodDay(due, { assignedOn, calendar, ...rollOf(programme) });
    return day === null || (day >= earliestDay && day <= latestDay) ? day : invalid(`${day} is out of range`);
  } catch (error) {
    // Parts that are each fine can lead out of the calendar together, as the millionth occurrence of a year does.
    if (error instanceof RangeError) return invalid(error.message);
    throw error;
  }
};

/** Timers reach a century beyond a deadline; within these days they never leave the calendar. */
const earliestDay = '1900-01-01';
const latestDay = '2200-12-31';

interface Times {
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

/** A whole day that is past means its last moment; today and nothing given mean now. Nothing lies in the future. */
const resolveEffective = (
  asked: EffectiveAt | undefined,
  { now, calendar: { zone } }: Circumstances,
  task: Task | null,
  notBefore?: Instant,
): Times | Refusal => {
  const recordedAt = recorded(now, task);
  const effective = asked === undefined ? new Date(recordedAt) : instantOf(asked, new Date(recordedAt), zone);
  if (Number.isNaN(effective.getTime()) || effective.getTime() < Date.parse(earliestDay))
    return new Refusal('input.invalid', { pointer: '/effectiveAt' });
  const effectiveAt = effective.toISOString();
  if (effectiveAt > recordedAt) return new Refusal('effective.in_future', { effectiveAt: asked, now: recordedAt });
  if (notBefore !== undefined && effectiveAt < notBefore) {
    // "Now" can lie behind an earlier entry only through rounding of whole days; it then counts as simultaneous.
    if (asked === undefined) return { effectiveAt: notBefore, recordedAt };
    return new Refusal('effective.before_previous', { effectiveAt: asked, previous: notBefore });
  }
  return { effectiveAt, recordedAt };
};

const instantOf = (asked: EffectiveAt, now: Date, zone: string): Date => {
  // Without a zone a text would mean another instant on another server.
  if (!isCivilDate(asked)) return new Date(instantPattern.test(asked) ? asked : Number.NaN);
  if (asked === dayOf(now, zone)) return now;
  return new Date(endOfDay(asked, zone).getTime() - 1);
};

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Records never run backwards within one task, whatever two clocks say. */
const recorded = (now: Date, task: Task | null): Instant => {
  const instant = now.toISOString();
  return task && task.recordedAt > instant ? task.recordedAt : instant;
};

const envelope = (taskId: string, seq: number, actor: Actor | null, capacity: string, at: Times) => ({
  taskId,
  seq,
  actor: actor?.id ?? null,
  capacity,
  effectiveAt: at.effectiveAt,
  recordedAt: at.recordedAt,
});

const lateness = (at: Times, { calendar: { zone } }: Circumstances): { readonly late?: true } =>
  localDay(at.effectiveAt, zone) < localDay(at.recordedAt, zone) ? { late: true } : {};

const localDay = (instant: Instant, zone: string): CivilDate => dayOf(new Date(instant), zone);

const rollOf = ({ roll }: ProgrammeRules): { readonly roll?: Roll } => (roll === undefined ? {} : { roll });

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
