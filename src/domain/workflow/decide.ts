// What happens when a command meets a task: events, or a typed refusal and no change.
// Pure and total: no clock, no database, no random source. Every door leads here.

import { decidedVotes, missingOf, openingIncident } from '../appraisal/answer.ts';
import { decideReview } from '../appraisal/review-commands.ts';
import { can, capacityFor } from '../organisation/policy.ts';
import { Refusal } from '../refusal.ts';
import { dayOf, startOfDay } from '../schedule/civil-date.ts';
import type { Due } from '../schedule/due.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { holds } from './condition.ts';
import { decideFollowing, refuseExtension } from './decide-following.ts';
import { type Definition, initialState, isFinal, needsAppraiserUnit, stateOf } from './definition.ts';
import { dueDay } from './due-day.ts';
import { capacityFields, envelope, given, lateness, resolveEffective } from './envelope.ts';
import { resolveEvidence } from './evidence.ts';
import { fireTimer } from './fire-timer.ts';
import { eventHappened } from './happening.ts';
import { proposeReopening, refuseReopening, reopens } from './reopening.ts';
import { missingRequirements } from './requirements.ts';
import { contentIn, secretTitle } from './secrecy.ts';
import { standingOf } from './standing.ts';
import type { AssignTask, Command, DecideDeadline, MoveTask, ReportProgress, Task } from './task.ts';
import { handOver, transfer } from './transfer.ts';

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
  if (task.secret) {
    const content = contentIn(command);
    if (content.length > 0) return new Refusal('task.secret_content', { pointers: content });
  }
  switch (command.type) {
    case 'transition':
      return move(definition, task, command, circumstances);
    case 'report_progress':
      return reportProgress(task, command, circumstances);
    case 'decide_deadline':
      return decideDeadline(task, command, circumstances);
    case 'recall':
    case 'request_information':
    case 'answer_information':
    case 'give_opinion':
    case 'reassign':
      return decideReview(definition, task, command, circumstances);
    case 'report_difficulty':
    case 'answer_difficulty':
    case 'redirect_difficulty':
    case 'request_extension':
    case 'propose_deadline':
    case 'explain':
    case 'judge_cause':
    case 'name_follower':
    case 'urge':
      return decideFollowing(task, command, circumstances);
    case 'transfer':
      return transfer(task, command, circumstances);
    case 'event_happened':
      return eventHappened(task, command, circumstances);
    case 'fire_timer':
      return fireTimer(definition, task, command, circumstances);
    default:
      return command satisfies never;
  }
};

const assign = (definition: Definition, command: AssignTask, circumstances: Circumstances): Decision => {
  const { actor, calendar, programme, pin, unitLine } = circumstances;
  // Who ordered work that comes back ordered each occurrence of it, whatever became of their roles meanwhile.
  const ordered = circumstances.recurring === command.id;
  if (!actor || !(ordered || can(actor, 'task.assign', { kind: 'programme', programme: programme.code })))
    return new Refusal('permission.denied', { action: 'task.assign' });
  const content = command.secret ? contentIn(command) : [];
  if (content.length > 0) return new Refusal('task.secret_content', { pointers: content });
  const missing = [
    ...(command.title === undefined && !command.secret ? [{ pointer: '/title', what: 'title' }] : []),
    ...(needsAppraiserUnit(definition) && command.appraiserUnit === undefined
      ? [{ pointer: '/appraiserUnit', what: 'appraiser' }]
      : []),
  ];
  if (missing.length > 0) return new Refusal('requirement.missing', { missing });
  const undated = refuseUndated(command.due);
  if (undated) return undated;
  const own = [command.appraiserUnit ?? [], command.participants ?? []].flat().find((unit) => unitLine.includes(unit));
  if (own !== undefined) return new Refusal('conflict_of_interest', { conflict: 'own_line', unit: own });
  const at = resolveEffective(command.effectiveAt, circumstances, null);
  if (at instanceof Refusal) return at;

  const assignedOn = dayOf(new Date(at.effectiveAt), calendar.zone);
  const dueOn = dueDay(command.due, assignedOn, circumstances);
  if (dueOn instanceof Refusal) return dueOn;
  const state = initialState(definition);
  const { type: _type, id, effectiveAt: _effectiveAt, title = secretTitle, ...rest } = command;
  return {
    events: [
      {
        ...envelope(id, 1, actor, 'assigning', at),
        type: 'task.assigned',
        payload: {
          ...rest,
          title,
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
  const transition = askedTransition(definition, task, command);
  if (transition instanceof Refusal) return transition;
  if (!transition.from.includes(task.state))
    return new Refusal('task.wrong_state', { state: task.state, transition: transition.key, from: transition.from });
  const standing = standingOf(definition, transition, task, circumstances);
  if (standing instanceof Refusal) return standing;
  if (transition.when && !holds(transition.when, task))
    return new Refusal('transition.guard_failed', { transition: transition.key, when: transition.when });
  const to = stateOf(definition, transition.to);
  const reopening = reopens(task, to);
  const barred = reopening ? refuseReopening(task, transition, circumstances) : undefined;
  if (barred) return barred;
  const seconds = reopening && task.proposal?.transition === transition.key ? task.proposal : undefined;
  // The second person agrees to what the first has founded.
  const missing = seconds ? [] : missingRequirements(definition, transition, command, task);
  if (command.missing && standing.answer !== 'returned')
    return new Refusal('input.invalid', { pointer: '/missing', transition: transition.key });
  if (missing.length > 0) return new Refusal('requirement.missing', { transition: transition.key, missing });
  const evidence = resolveEvidence(command.evidence, circumstances.files);
  if (evidence instanceof Refusal) return evidence;
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;

  const on = dayOf(new Date(at.effectiveAt), circumstances.calendar.zone);
  const handed = reopening ? handOver(task, at, circumstances) : undefined;
  if (handed instanceof Refusal) return handed;
  const first = seconds && handed ? [handed] : [];
  const brought = {
    ...given('fields', command.fields),
    ...given('evidence', evidence),
    ...given('reason', command.reason),
    ...given('document', command.document),
    ...lateness(at, circumstances),
  };
  const carrier = {
    ...envelope(task.id, task.seq + 1 + first.length, circumstances.actor, standing.capacity, at),
    ...capacityFields(standing.seat?.voter),
  };
  if (reopening && !seconds) return proposeReopening(carrier, transition, brought);
  const verdict = decidedVotes(definition, task, standing, { transition, on, missing: command.missing }, circumstances);
  if (verdict && !verdict.closes)
    return {
      events: [
        {
          ...carrier,
          type: 'task.vote_cast',
          payload: { ...verdict.vote, round: task.round, state: task.state, ...verdict.again, ...brought },
        },
      ],
    };
  return {
    events: [
      ...first,
      {
        ...carrier,
        type: 'task.moved',
        payload: {
          transition: transition.key,
          from: task.state,
          to: to.key,
          fromCategory: task.category,
          category: to.category,
          holder: to.holder ?? null,
          on,
          ...given('answer', verdict?.vote.outcome ?? standing.answer),
          ...given('votes', verdict?.counted),
          ...given('proposedBy', seconds?.by),
          ...given('incident', openingIncident(definition, task, to, circumstances)),
          ...brought,
          ...given('missing', verdict ? missingOf(verdict) : command.missing),
        },
      },
    ],
  };
};

/** The transition a command names, by its key or by the outcome it stands for in the task's own workflow. */
const askedTransition = (definition: Definition, task: Task, { transition, outcome }: MoveTask) => {
  const named = definition.transitions.find(({ key }) => key === transition);
  if (outcome === undefined) return named ?? new Refusal('transition.unknown', { transition });
  if (transition !== undefined) return new Refusal('input.invalid', { pointer: '/outcome' });
  const answer = definition.appraisals.find(({ state }) => state === task.state)?.outcomes[outcome];
  return (
    definition.transitions.find(({ key }) => key === answer) ?? new Refusal('appraisal.not_open', { state: task.state })
  );
};

const reportProgress = (task: Task, command: ReportProgress, circumstances: Circumstances): Decision => {
  const { actor } = circumstances;
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  const role = actor ? capacityFor(actor, 'task.report_progress', task) : undefined;
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
  const role = actor ? capacityFor(actor, 'task.decide_deadline', task) : undefined;
  if (role === undefined) return new Refusal('permission.denied', { action: 'task.decide_deadline' });
  const undated = refuseUndated(command.due);
  if (undated) return undated;
  const dueOn = dueDay(command.due, task.assignedOn, circumstances);
  if (dueOn instanceof Refusal) return dueOn;
  const extension = task.dueOn !== null && (dueOn === null || dueOn > task.dueOn);
  const tooMany = extension ? refuseExtension(task, circumstances) : undefined;
  if (tooMany) return tooMany;
  const missing = [
    ...(!command.reason?.trim() && !task.secret ? [{ pointer: '/reason', what: 'reason' }] : []),
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
          ...given('requested', task.following?.extensionRequest?.day ?? task.following?.deadlineProposal?.day),
          ...given('reason', command.reason),
          ...given('document', command.document),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/** Letter 002 (Bình Định, 3/2022) item 3: work with a product named and no time given is the defect to avoid. */
const refuseUndated = (due: Due): Refusal | undefined =>
  due.kind === 'none' && due.reason.trim() === '' ? new Refusal('task.deadline_required') : undefined;
