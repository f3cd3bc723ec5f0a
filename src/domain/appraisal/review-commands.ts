// What can happen in an open round beside the votes: the unit takes its submission back, the panel asks for information
// and gets it, members give their opinion, the office gives the appraisal to others.

import { holdsTaskRole } from '../organisation/actor.ts';
import { Refusal } from '../refusal.ts';
import { dayOf } from '../schedule/civil-date.ts';
import type { Circumstances, Decision } from '../workflow/circumstances.ts';
import { type Definition, isFinal, stateOf, type TaskRole } from '../workflow/definition.ts';
import { capacityFields, envelope, given, lateness, resolveEffective, type Times } from '../workflow/envelope.ts';
import { seatFor } from '../workflow/standing.ts';
import type {
  AnswerInformation,
  GiveOpinion,
  Reassign,
  RecallSubmission,
  RequestInformation,
  ReviewCommand,
  Task,
} from '../workflow/task.ts';
import type { Review } from './review.ts';

export const decideReview = (
  definition: Definition,
  task: Task,
  command: ReviewCommand,
  circumstances: Circumstances,
): Decision => {
  if (command.type === 'reassign') return reassign(task, command, circumstances);
  const { review } = task;
  if (!review) return new Refusal('appraisal.not_open', { state: task.state });
  const open = { ...task, review };
  switch (command.type) {
    case 'recall':
      return recall(definition, open, command, circumstances);
    case 'request_information':
      return requestInformation(open, command, circumstances);
    case 'answer_information':
      return answerInformation(definition, open, command, circumstances);
    case 'give_opinion':
      return giveOpinion(open, command, circumstances);
    default:
      return command satisfies never;
  }
};

type UnderReview = Task & { readonly review: Review };

/** Before any vote, by who submitted or the head of the unit: back to where a return would lead, and no return is counted. */
const recall = (
  definition: Definition,
  task: UnderReview,
  command: RecallSubmission,
  circumstances: Circumstances,
): Decision => {
  const capacity = roleOf(['submitter', 'lead_unit.head'], task, circumstances);
  if (!capacity) return new Refusal('permission.denied', { action: 'task.recall' });
  if (task.review.votes.length > 0) return new Refusal('appraisal.has_votes', { votes: task.review.votes.length });
  const back = backTo(definition, task);
  if (!back) return new Refusal('appraisal.not_open', { state: task.state });
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, capacity, at),
        type: 'task.recalled',
        payload: {
          from: task.state,
          to: back.key,
          fromCategory: task.category,
          category: back.category,
          holder: back.holder ?? null,
          on: dayFor(at, circumstances),
          ...given('reason', command.reason),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/** Where a submission goes back to: the target of the answer that returns it. */
export const backTo = (definition: Definition, { state }: Pick<Task, 'state'>) => {
  const returned = definition.appraisals.find((appraisal) => appraisal.state === state)?.outcomes.returned;
  const transition = definition.transitions.find(({ key }) => key === returned);
  return transition && stateOf(definition, transition.to);
};

const requestInformation = (task: UnderReview, command: RequestInformation, circumstances: Circumstances): Decision => {
  const seat = seatOfActor(task, circumstances);
  if (seat instanceof Refusal) return seat;
  if (task.review.question) return new Refusal('appraisal.question_open', { on: task.review.question.on });
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, 'appraising_agency', at),
        ...capacityFields(seat.voter),
        type: 'task.information_requested',
        payload: {
          round: task.round,
          unit: seat.unit,
          question: command.question,
          on: dayFor(at, circumstances),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/** The appraisers' deadline counts anew from here: they could not decide without it. */
const answerInformation = (
  definition: Definition,
  task: UnderReview,
  command: AnswerInformation,
  circumstances: Circumstances,
): Decision => {
  const capacity = roleOf(['lead_unit.head', 'lead_unit.focal_point'], task, circumstances);
  if (!capacity) return new Refusal('permission.denied', { action: 'task.answer_information' });
  if (!task.review.question) return new Refusal('appraisal.no_question');
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, capacity, at),
        type: 'task.information_given',
        payload: {
          round: task.round,
          answer: command.answer,
          ...given('evidence', command.evidence),
          holder: stateOf(definition, task.state).holder ?? null,
          on: dayFor(at, circumstances),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

const giveOpinion = (task: UnderReview, command: GiveOpinion, circumstances: Circumstances): Decision => {
  const seat = seatOfActor(task, circumstances);
  if (seat instanceof Refusal) return seat;
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, 'appraising_agency', at),
        ...capacityFields(seat.voter),
        type: 'task.opinion_given',
        payload: {
          round: task.round,
          unit: seat.unit,
          seat: seat.seat,
          stance: command.stance,
          ...given('opinion', command.opinion),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

/** By the office or an administrator. An open round begins anew: a new number, no votes, a full deadline. */
const reassign = (task: Task, command: Reassign, circumstances: Circumstances): Decision => {
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  const capacity = roleOf(['office', 'administrator'], task, circumstances);
  if (!capacity) return new Refusal('permission.denied', { action: 'task.reassign' });
  if (!command.reason?.trim() && !(task.secret && command.document))
    return new Refusal('requirement.missing', {
      missing: [task.secret ? { pointer: '/document', what: 'document' } : { pointer: '/reason', what: 'reason' }],
    });
  const { appraiserUnit, participants } = command;
  const own = [appraiserUnit, ...participants].find((unit) => circumstances.unitLine.includes(unit));
  if (own !== undefined) return new Refusal('conflict_of_interest', { conflict: 'own_line', unit: own });
  const at = resolveEffective(command.effectiveAt, circumstances, task, task.movedAt);
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, circumstances.actor, capacity, at),
        type: 'task.reassigned',
        payload: {
          appraiserUnit,
          participants,
          previous: { appraiserUnit: task.appraiserUnit, participants: task.participants },
          on: dayFor(at, circumstances),
          ...given('reason', command.reason),
          ...given('document', command.document),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};

const seatOfActor = (task: UnderReview, circumstances: Circumstances) => {
  const { actor } = circumstances;
  return actor ? seatFor(actor.id, task, circumstances) : new Refusal('permission.denied', {});
};

const roleOf = (roles: readonly TaskRole[], task: Task, { actor }: Circumstances): TaskRole | undefined =>
  roles.find((role) => actor !== null && holdsTaskRole(actor, role, task));

const dayFor = ({ effectiveAt }: Times, { calendar }: Circumstances) => dayOf(new Date(effectiveAt), calendar.zone);
