// The next task from the event that happened. Replaying all events of a task gives the task (invariant I3).

import { openReview, type Review, withOpinion, withVote } from '../appraisal/review.ts';
import { isFinal } from './definition.ts';
import { changesVersion } from './event-types.ts';
import { followed } from './evolve-following.ts';
import { recurrenceAfter } from './recurrence.ts';
import type {
  Evidence,
  Reassigned,
  SubmissionRecalled,
  Task,
  TaskAssigned,
  TaskEvent,
  TaskMoved,
  TaskTransferred,
} from './task.ts';
import { isUrging } from './urgings.ts';

export const evolve = (task: Task | null, event: TaskEvent): Task => {
  if (event.type === 'task.assigned') {
    if (task) throw new Error(`Task ${task.id} is assigned twice in its history.`);
    return assigned(event);
  }
  if (!task) throw new Error(`The history of task ${event.taskId} does not begin with its assignment.`);
  if (event.seq !== task.seq + 1) throw new Error(`Task ${task.id} has a gap before event ${event.seq}.`);
  const next: Task = {
    ...task,
    seq: event.seq,
    version: changesVersion(event.type) ? event.seq : task.version,
    recordedAt: event.recordedAt,
    urgings: task.urgings + (isUrging(event) ? 1 : 0),
  };
  switch (event.type) {
    case 'task.moved':
    case 'task.recalled':
      return moved(next, event);
    case 'task.vote_cast': {
      const { seat, unit, by, signing, transition, outcome, on, missing } = event.payload;
      const asked = missing ? { missing } : {};
      const vote = { seat, unit, by, ...(signing ? { signing } : {}), transition, outcome, on, ...asked };
      return inReview(next, (review) => ({ votes: withVote(review.votes, vote) }));
    }
    case 'task.opinion_given': {
      const { seat, unit, stance } = event.payload;
      const opinion = { seat, unit, by: event.actor ?? '', stance };
      return inReview(next, (review) => ({ opinions: withOpinion(review.opinions, opinion) }));
    }
    case 'task.information_requested': {
      const { unit, on } = event.payload;
      return { ...inReview(next, () => ({ question: { by: event.actor ?? '', unit, on } })), holder: 'unit' };
    }
    case 'task.information_given':
      return {
        ...inReview(next, () => ({ question: null, since: event.payload.on })),
        holder: event.payload.holder,
        evidenceBy: evidenceAuthors(task, event.actor, event.payload.evidence),
      };
    case 'task.reassigned':
      return reassigned(next, event);
    case 'task.transferred':
      return transferred(next, event);
    case 'task.move_proposed':
      return {
        ...next,
        proposal: { transition: event.payload.transition, by: event.actor ?? '', at: event.recordedAt },
      };
    case 'task.progress_reported':
      return {
        ...next,
        progress: event.payload.progress ?? task.progress,
        result: event.payload.result ?? task.result,
        estimate: event.payload.estimate ?? task.estimate,
        reportedAt: event.effectiveAt,
      };
    case 'task.deadline_decided':
      return {
        ...next,
        due: event.payload.due,
        recurrence: recurrenceAfter(task.recurrence, event.payload.due),
        dueOn: event.payload.dueOn,
        dueOriginalOn: task.dueOriginalOn ?? event.payload.dueOn,
        extensions: task.extensions + (event.payload.extension ? 1 : 0),
        dueDecidedAt: event.effectiveAt,
        following: task.following && { ...task.following, extensionRequest: null, deadlineProposal: null },
      };
    case 'task.difficulty_reported':
    case 'task.difficulty_answered':
    case 'task.difficulty_redirected':
    case 'task.extension_requested':
    case 'task.deadline_proposed':
    case 'task.explained':
    case 'task.cause_judged':
    case 'task.urged':
      return { ...next, following: followed(task.following, event) };
    case 'task.follower_named': {
      const { follower, unit, on } = event.payload;
      const others = task.followers.filter((each) => each.unit !== unit);
      return { ...next, followers: follower === null ? others : [...others, { account: follower, unit, since: on }] };
    }
    case 'task.timer_fired':
      return { ...next, fired: firedWith(task, event.payload) };
    case 'task.timer_skipped':
      return event.payload.reason === 'misfire_skip' ? { ...next, fired: firedWith(task, event.payload) } : next;
    default:
      return event satisfies never;
  }
};

/** The task that a whole history gives; throws on an empty or broken one. */
export const replay = (events: readonly TaskEvent[]): Task => {
  const task = events.reduce<Task | null>(evolve, null);
  if (!task) throw new Error('A task has at least the event of its assignment.');
  return task;
};

interface Level {
  readonly rule: string;
  readonly anchor: string;
  readonly k: number;
}

const firedWith = ({ fired }: Task, { rule, anchor, k }: Level): Task['fired'] => ({
  ...fired,
  [rule]: { ...(Object.hasOwn(fired, rule) ? fired[rule] : {}), [anchor]: k },
});

const assigned = ({ taskId, seq, effectiveAt, recordedAt, payload }: TaskAssigned): Task => ({
  id: taskId,
  code: payload.code,
  programme: payload.programme,
  definition: payload.definition,
  title: payload.title,
  product: payload.product ?? null,
  measureUnit: payload.measureUnit ?? null,
  target: payload.target ?? null,
  kind: payload.kind,
  source: payload.source ?? null,
  field: payload.field ?? null,
  indicator: payload.indicator ?? null,
  secret: payload.secret ?? false,
  leadUnit: payload.leadUnit,
  formerUnits: [],
  appraiserUnit: payload.appraiserUnit ?? null,
  participants: payload.participants ?? [],
  assignedOn: payload.assignedOn,
  state: payload.state,
  category: payload.category,
  holder: payload.holder,
  version: seq,
  seq,
  round: 0,
  review: null,
  proposal: null,
  following: null,
  urgings: 0,
  followers: [],
  enteredOn: payload.assignedOn,
  due: payload.due,
  recurrence: recurrenceAfter(null, payload.due),
  dueOn: payload.dueOn,
  dueOriginalOn: payload.dueOn,
  extensions: 0,
  submittedOn: null,
  submittedBy: null,
  evidenceBy: [],
  finishedOn: null,
  returns: 0,
  progress: null,
  result: null,
  estimate: null,
  fields: {},
  fired: {},
  movedAt: effectiveAt,
  reportedAt: null,
  dueDecidedAt: effectiveAt,
  recordedAt,
});

const moved = (task: Task, event: TaskMoved | SubmissionRecalled): Task => {
  const { actor, effectiveAt, payload } = event;
  const answer = event.type === 'task.moved' ? event.payload.answer : undefined;
  const next: Task = {
    ...task,
    state: payload.to,
    category: payload.category,
    holder: payload.holder,
    enteredOn: payload.on,
    movedAt: effectiveAt,
    review: payload.category === 'awaiting_appraisal' ? openReview(payload.on) : null,
    proposal: null,
    finishedOn: isFinal(payload.category) ? payload.on : null,
    ...(event.type === 'task.moved' ? broughtBy(task, event) : {}),
  };
  if (payload.category === 'awaiting_appraisal' && payload.fromCategory !== 'awaiting_appraisal')
    return {
      ...next,
      round: task.round + 1,
      submittedOn: payload.on,
      submittedBy: actor,
    };
  const backWithUnit = payload.category === 'assigned' || payload.category === 'in_progress';
  if (backWithUnit && (payload.fromCategory === 'awaiting_appraisal' || isFinal(payload.fromCategory)))
    // The exposure reopens, whoever asked for the way back: an earlier submission was not the accepted one.
    return {
      ...next,
      submittedOn: null,
      submittedBy: null,
      evidenceBy: [],
      returns: task.returns + (answer === 'returned' ? 1 : 0),
    };
  // Work that needs no appraisal is on time by the day it was done.
  if (payload.category === 'done' && task.submittedOn === null) return { ...next, submittedOn: payload.on };
  return next;
};

const broughtBy = (task: Task, { actor, payload }: TaskMoved): Pick<Task, 'fields' | 'evidenceBy'> => ({
  fields: payload.fields ? { ...task.fields, ...payload.fields } : task.fields,
  evidenceBy: payload.answer === undefined ? evidenceAuthors(task, actor, payload.evidence) : task.evidenceBy,
});

const inReview = (task: Task, change: (review: Review) => Partial<Review>): Task => {
  if (!task.review) throw new Error(`Task ${task.id} is not under appraisal at event ${task.seq}.`);
  return { ...task, review: { ...task.review, ...change(task.review) } };
};

/** Under appraisal a new round begins, with nothing of the old one but the submission. */
const reassigned = (task: Task, { payload: { appraiserUnit, participants, on } }: Reassigned): Task => ({
  ...task,
  appraiserUnit,
  participants,
  ...(task.review ? { round: task.round + 1, review: { ...openReview(on), question: task.review.question } } : {}),
});

/** The task goes on as it is, for another unit; votes of an agency stand as votes of its successor. */
const transferred = (task: Task, { effectiveAt, payload: { from, to, appraisal } }: TaskTransferred): Task => {
  const led =
    from === undefined || to === undefined
      ? task
      : {
          ...withoutFollowerOf(task, from),
          leadUnit: to,
          formerUnits: [...task.formerUnits, { unit: from, until: effectiveAt }],
        };
  if (!appraisal) return led;
  const { appraiserUnit, participants, heirs, replacedOn } = appraisal;
  const next = { ...led, appraiserUnit, participants };
  if (!next.review) return next;
  if (replacedOn !== undefined)
    return {
      ...next,
      round: next.round + 1,
      review: { ...openReview(replacedOn), question: next.review.question },
    };
  return { ...next, review: inherited(next.review, heirs) };
};

/** Whoever followed for the old lead unit does not for the new one, whose head names their own; a room goes on. */
const withoutFollowerOf = (task: Task, unit: string): Task => ({
  ...task,
  followers: task.followers.filter((each) => each.unit !== unit),
});

const inherited = ({ since, votes, opinions, question }: Review, heirs: Readonly<Record<string, string>>): Review => {
  const placed = <T extends { readonly unit: string }>(said: T): T => ({
    ...said,
    unit: heirs[said.unit] ?? said.unit,
  });
  return { since, votes: votes.map(placed), opinions: opinions.map(placed), question: question && placed(question) };
};

/** Evidence may come before the submission or after it; whoever brought it does not appraise it, nor whoever uploaded a file
 *  of it. Papers that come with an answer are the appraiser's own and prove nothing about the work. */
const evidenceAuthors = (
  { evidenceBy }: Task,
  actor: string | null,
  pieces: readonly Evidence[] = [],
): readonly string[] => {
  if (pieces.length === 0) return evidenceBy;
  const uploaders = pieces.flatMap(({ file }) => (file ? [file.by] : []));
  const authors = new Set([...evidenceBy, ...(actor === null ? [] : [actor]), ...uploaders]);
  return authors.size === evidenceBy.length ? evidenceBy : [...authors];
};
