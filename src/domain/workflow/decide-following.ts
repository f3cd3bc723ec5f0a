// What may be asked of a task while it is followed. Nothing here moves it.

import { holdsTaskRole, unitsOf } from '../organisation/actor.ts';
import { can, capacityFor, headsOf } from '../organisation/policy.ts';
import { Refusal } from '../refusal.ts';
import { type CivilDate, dayOf } from '../schedule/civil-date.ts';
import { daysOverdue } from '../schedule/timeliness.ts';
import { answererOf } from './answering.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { isFinal } from './definition.ts';
import { envelope, lateness, resolveEffective } from './envelope.ts';
import {
  addressedUnits,
  type Difficulty,
  type FollowingCommand,
  type FollowingEvent,
  type NameFollower,
  nothingFollowed,
} from './following.ts';
import type { Task } from './task.ts';

export const decideFollowing = (task: Task, command: FollowingCommand, circumstances: Circumstances): Decision => {
  const capacity = capacityOf(task, command, circumstances);
  if (capacity instanceof Refusal) return capacity;
  const refusal = refuse(task, command, circumstances);
  if (refusal) return refusal;
  const at = resolveEffective(command.effectiveAt, circumstances, task);
  if (at instanceof Refusal) return at;
  const on = dayOf(new Date(at.effectiveAt), circumstances.calendar.zone);
  const { type, effectiveAt: _effectiveAt, ...said } = command;
  const event = {
    ...envelope(task.id, task.seq + 1, circumstances.actor, capacity, at),
    type: eventOf[type],
    payload: { ...said, ...counted(task, command, on, circumstances), on, ...lateness(at, circumstances) },
  };
  return { events: [event as FollowingEvent] };
};

const eventOf = {
  report_difficulty: 'task.difficulty_reported',
  answer_difficulty: 'task.difficulty_answered',
  redirect_difficulty: 'task.difficulty_redirected',
  request_extension: 'task.extension_requested',
  propose_deadline: 'task.deadline_proposed',
  explain: 'task.explained',
  judge_cause: 'task.cause_judged',
  name_follower: 'task.follower_named',
  urge: 'task.urged',
} as const satisfies Readonly<Record<FollowingCommand['type'], FollowingEvent['type']>>;

const counted = (task: Task, command: FollowingCommand, on: CivilDate, circumstances: Circumstances): object => {
  const { difficulties } = task.following ?? nothingFollowed;
  if (command.type === 'report_difficulty') return { number: difficulties.length + 1 };
  if (command.type === 'urge') return { n: task.urgings + 1 };
  if (command.type === 'name_follower') {
    const unit = namingUnit(task, command, circumstances);
    return { unit, previous: task.followers.find((each) => each.unit === unit)?.account ?? null };
  }
  if (command.type === 'redirect_difficulty') {
    const asked = difficulties.find(({ number }) => number === command.number) as Difficulty;
    const { addressee, unit } = asked;
    return {
      answerBy: command.answerBy ?? asked.answerBy,
      previous: { addressee, ...(unit === null ? {} : { unit }) },
    };
  }
  return command.type === 'explain' ? { daysLate: daysOverdue({ ...task, today: on }) } : {};
};

const capacityOf = (task: Task, command: FollowingCommand, { actor, urgingRound }: Circumstances): string | Refusal => {
  // A round was approved by a person, and is sent line by line whatever became of their roles meanwhile.
  if (command.type === 'urge' && command.round !== undefined)
    return actor && command.round === urgingRound
      ? 'approver'
      : new Refusal('permission.denied', { action: 'task.urge' });
  const action = `task.${command.type}` as const;
  if (command.type === 'answer_difficulty') {
    const [unit = null] = addressedUnits(task.following, command.number);
    return (actor && answererOf(actor, task, unit)) ?? new Refusal('permission.denied', { action });
  }
  if (!actor || !can(actor, action, { kind: 'task', task })) return new Refusal('permission.denied', { action });
  return capacityFor(actor, action, task) ?? otherwise[command.type] ?? 'aggregator';
};

/** What somebody is who has no role of a definition on the task, and may do it all the same. */
const otherwise: Readonly<Partial<Record<FollowingCommand['type'], string>>> = {
  report_difficulty: 'follower',
  name_follower: 'unit_head',
};

/** The unit for which somebody is named: the lead unit, or the one that has the task in charge. */
const namingUnit = ({ leadUnit }: Task, { unit }: NameFollower, { actor }: Circumstances): string | undefined => {
  const own = actor ? headsOf(actor) : [];
  if (unit !== undefined) return own.find((each) => each === unit);
  return own.includes(leadUnit) ? leadUnit : own[0];
};

const refuseFollower = (task: Task, command: NameFollower, circumstances: Circumstances): Refusal | undefined => {
  const { actor, named } = circumstances;
  const unit = namingUnit(task, command, circumstances);
  const inCharge = unit === task.leadUnit || (actor !== null && holdsTaskRole(actor, 'specialist', task));
  if (unit === undefined || !inCharge) return new Refusal('permission.denied', { action: 'task.name_follower' });
  if ((task.followers.find((each) => each.unit === unit)?.account ?? null) === command.follower)
    return new Refusal('input.invalid', { pointer: '/follower', problem: 'It is so already.' });
  if (command.follower !== null && !(named && unitsOf(named).includes(unit)))
    return new Refusal('follower.not_of_unit', { follower: command.follower, unit });
  return refuseEnded(task);
};

const refuse = (task: Task, command: FollowingCommand, circumstances: Circumstances): Refusal | undefined => {
  const { difficulties, explanation } = task.following ?? nothingFollowed;
  const today = dayOf(circumstances.now, circumstances.calendar.zone);
  switch (command.type) {
    case 'report_difficulty':
      return refuseAddressee(task, command) ?? refuseAnswerBy(command.answerBy, today) ?? refuseEnded(task);
    case 'redirect_difficulty': {
      const asked = difficulties.find(({ number }) => number === command.number);
      if (!asked || asked.answer) return new Refusal('difficulty.not_open', { number: command.number });
      const same = asked.addressee === command.addressee && asked.unit === (command.unit ?? null);
      if (same) return new Refusal('input.invalid', { pointer: '/addressee', problem: 'It is there already.' });
      return refuseAddressee(task, command) ?? refuseAnswerBy(command.answerBy ?? asked.answerBy, today);
    }
    case 'answer_difficulty': {
      const asked = difficulties.find(({ number }) => number === command.number);
      return asked && !asked.answer ? undefined : new Refusal('difficulty.not_open', { number: command.number });
    }
    case 'request_extension':
      if (task.dueOn !== null && command.day <= task.dueOn)
        return new Refusal('input.invalid', { pointer: '/day', dueOn: task.dueOn });
      if (!command.reason?.trim() && !task.secret)
        return new Refusal('requirement.missing', { missing: [{ pointer: '/reason', what: 'reason' }] });
      return refuseEnded(task) ?? refuseExtension(task, circumstances);
    case 'propose_deadline':
      // Where a deadline stands, another one is asked for as an extension.
      if (isFinal(task.category) || task.dueOn !== null)
        return new Refusal('deadline_proposal.not_asked', { state: task.state, dueOn: task.dueOn });
      return command.day < today ? new Refusal('input.invalid', { pointer: '/day', problem: 'is past' }) : undefined;
    case 'explain': {
      const late = task.category === 'not_done' || daysOverdue({ ...task, today }) > 0;
      return late ? undefined : new Refusal('explanation.not_late', { dueOn: task.dueOn });
    }
    case 'judge_cause':
      if (!explanation || (command.confirmed && explanation.objectiveCause === null))
        return new Refusal('explanation.no_cause');
      return explanation.by === circumstances.actor?.id
        ? new Refusal('conflict_of_interest', { conflict: 'explained' })
        : undefined;
    case 'name_follower':
      return refuseFollower(task, command, circumstances);
    case 'urge':
      return refuseEnded(task);
    default:
      return command satisfies never;
  }
};

/** A unit that has to help is another one than the unit that asks. */
const refuseAddressee = (
  { leadUnit }: Task,
  { addressee, unit }: { readonly addressee: string; readonly unit?: string },
): Refusal | undefined =>
  (addressee === 'unit') !== (unit !== undefined) || unit === leadUnit
    ? new Refusal('input.invalid', { pointer: '/unit' })
    : undefined;

const refuseAnswerBy = (answerBy: CivilDate, today: CivilDate): Refusal | undefined =>
  answerBy < today ? new Refusal('input.invalid', { pointer: '/answerBy' }) : undefined;

const refuseEnded = ({ category, state }: Task): Refusal | undefined =>
  isFinal(category) ? new Refusal('task.wrong_state', { state }) : undefined;

/** Quyết định 790/QĐ-UBND-HC (Đồng Tháp): a task is extended once at most. A programme may say otherwise. */
export const refuseExtension = (
  { extensions }: Pick<Task, 'extensions'>,
  { programme: { maxExtensions } }: Pick<Circumstances, 'programme'>,
): Refusal | undefined =>
  maxExtensions !== null && extensions >= maxExtensions
    ? new Refusal('deadline.extension_limit', { limit: maxExtensions, granted: extensions, rule: extensionRule })
    : undefined;

export const extensionRule = '790/QĐ-UBND-HC (Đồng Tháp)';
