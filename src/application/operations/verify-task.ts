// The invariants that one task's row, history and timers must keep, judged by the same pure functions that write them.

import { isDeepStrictEqual } from 'node:util';
import { collapsedActionOf, ladderOf, type OwedTimer, owedTimers, rulesOf } from '../../domain/schedule/owed-timers.ts';
import { holds } from '../../domain/workflow/condition.ts';
import {
  appraisalAnsweredBy,
  type Definition,
  initialState,
  isFinal,
  stateOf,
} from '../../domain/workflow/definition.ts';
import { evolve } from '../../domain/workflow/evolve.ts';
import { softenedAction } from '../../domain/workflow/softening.ts';
import type { Task, TaskAssigned, TaskEvent, TaskMoved, TimerFired } from '../../domain/workflow/task.ts';
import { judgeSealed } from '../audit/verdict.ts';
import { chainHash, chainStart } from '../tasks/chain.ts';
import { judgeReviewEvent } from './verify-review.ts';
import type { Facets, Invariant, StoredEvent, StoredTask, VerifyView } from './verify-source.ts';

export interface TaskJudge {
  readonly view: Pick<VerifyView, 'now' | 'facetsOf' | 'searchTextOf'>;
  /** Undefined: there is no such published version. */
  definitionOf(task: Task): { readonly body: Definition; readonly sha256: string | null } | undefined;
  /** Whether somebody was at work long enough after the moment for the thing not to be still there. */
  leftLying(since: Date): boolean;
  broken(invariant: Invariant, row: string, message: string): void;
  warning(invariant: Invariant, row: string, message: string): void;
}

export const judgeTask = (stored: StoredTask, judge: TaskJudge): void => {
  const { task, events } = stored;
  const name = `task ${task.code}`;
  const definition = judge.definitionOf(task);
  if (!definition)
    judge.broken('I5', name, `is pinned to ${task.definition.key} v${task.definition.version}, which is not published`);
  else if (definition.sha256 !== task.definition.sha256)
    judge.broken('I5', name, `is pinned to ${task.definition.sha256}, the definition is ${definition.sha256}`);

  judgeNumbers(stored, name, judge);
  judgeChain(events, name, judge);
  judgeCauses(events, name, judge);
  judgeSeals(stored, name, judge);
  const replayed = judgeHistory(stored, definition?.body, name, judge);
  if (replayed) judgeRow(stored, replayed, name, judge);
  if (definition) attempt(judge, 'I7', name, () => judgeTimers(stored, definition.body, name, judge));
};

/** I2: events are numbered 1 to the task's own count. */
const judgeNumbers = ({ task, events }: StoredTask, name: string, { broken }: TaskJudge): void => {
  let expected = 1;
  for (const { event } of events) {
    if (event.seq !== expected) broken('I2', name, `has no event ${expected}, the next one is ${event.seq}`);
    expected = event.seq + 1;
  }
  if (expected !== task.seq + 1)
    broken('I2', name, `counts ${task.seq} events, the last one stored is ${expected - 1}`);
};

/** I4: each event carries the hash of the one before, its own hash, and begins where that one ended. */
const judgeChain = (events: readonly StoredEvent[], name: string, { broken }: TaskJudge): void => {
  let head = chainStart;
  let state: string | undefined;
  let recordedAt = '';
  for (const { event, prevHash, hash } of events) {
    const row = rowOf(name, event);
    if (prevHash !== head) broken('I4', row, 'does not carry the hash of the event before it');
    if (chainHash(prevHash, event) !== hash) broken('I4', row, 'has another content than its hash says');
    if (event.recordedAt < recordedAt)
      broken('I4', row, `was recorded at ${event.recordedAt}, before the event before it`);
    const moves = event.type === 'task.moved' || event.type === 'task.recalled';
    if (moves && event.payload.from !== state)
      broken('I4', row, `leaves ${event.payload.from}, but the task was in ${state}`);
    if (event.type === 'task.assigned') state = event.payload.state;
    if (moves) state = event.payload.to;
    head = hash;
    recordedAt = event.recordedAt;
  }
};

/** I13: what was sealed is still as it was sealed. */
const judgeSeals = ({ events, sealed }: StoredTask, name: string, { broken }: TaskJudge): void => {
  const found = judgeSealed(events, sealed);
  if (found) broken('I13', `${name} event ${found.seq}`, `${found.verdict}: ${found.message}`);
};

/** I1: one event per cause, and the cause names who and what made it. I8: one event per level of a timer. */
const judgeCauses = (events: readonly StoredEvent[], name: string, { broken }: TaskJudge): void => {
  const causes = new Map<string, number>();
  const levels = new Map<string, number>();
  for (const { event, cause } of events) {
    const row = rowOf(name, event);
    const first = causes.get(cause);
    if (first !== undefined) broken('I1', row, `has the cause of event ${first}: ${cause}`);
    causes.set(cause, event.seq);
    if (!causeFits(event, cause)) broken('I1', row, `cannot have been caused by ${cause}`);
    if (event.type !== 'task.timer_fired') continue;
    const level = JSON.stringify([event.payload.rule, event.payload.anchor, event.payload.k]);
    const earlier = levels.get(level);
    if (earlier !== undefined)
      broken('I8', row, `fires level ${event.payload.k} of ${event.payload.rule} again, after event ${earlier}`);
    levels.set(level, event.seq);
  }
};

const causeFits = (event: TaskEvent, cause: string): boolean => {
  if (event.type === 'task.timer_fired')
    return cause === `timer:${event.payload.rule}:${event.payload.anchor}:${event.payload.k}`;
  if (event.type === 'task.timer_skipped') return cause === `timer-skip:${event.payload.rule}:${event.seq}`;
  if (cause.startsWith('timer:') || cause.startsWith('timer-skip:')) return false;
  return !cause.startsWith('command:') || cause.startsWith(`command:${event.actor}:`);
};

/** Folds the history; beside each event stand the task before and after it. Undefined: it does not fold. */
const judgeHistory = (
  { events, task: { code } }: StoredTask,
  definition: Definition | undefined,
  name: string,
  judge: TaskJudge,
): Task | undefined => {
  let task: Task | null = null;
  for (const stored of events) {
    const { event } = stored;
    const row = rowOf(name, event);
    const before: Task | null = task;
    try {
      task = evolve(before, event);
    } catch (error) {
      judge.broken('I3', row, `cannot be replayed: ${messageOf(error)}`);
      return undefined;
    }
    const next = task;
    attempt(judge, 'I4', row, () => judgeFacets(stored, next, row, judge));
    if (before) judgeTimes(event, before, row, judge);
    judgePerson(event, row, judge);
    if (definition) attempt(judge, 'I5', row, () => judgeEvent(event, before, definition, row, judge));
  }
  if (!task) judge.broken('I3', name, `has no history, not even the assignment of ${code}`);
  return task ?? undefined;
};

/** I4: the columns that reports read are what the event says. */
const judgeFacets = ({ event, facets }: StoredEvent, next: Task, row: string, { broken, view }: TaskJudge): void => {
  const expected = view.facetsOf(event, next);
  for (const key of Object.keys(expected) as (keyof Facets)[])
    if (facets[key] !== expected[key])
      broken('I4', row, `has ${shown(facets[key])} in column ${key}, the event says ${shown(expected[key])}`);
};

/** I9: nothing takes effect before it is recorded; each kind of entry runs forward in time. */
const judgeTimes = (event: TaskEvent, before: Task, row: string, { broken }: TaskJudge): void => {
  if (event.effectiveAt > event.recordedAt)
    broken('I9', row, `takes effect at ${event.effectiveAt}, later than it was recorded`);
  const previous = previousOfKind(event, before);
  if (previous !== null && event.effectiveAt < previous)
    broken('I9', row, `takes effect at ${event.effectiveAt}, before ${previous} of the entry before it`);
};

const previousOfKind = ({ type }: TaskEvent, before: Task): string | null => {
  if (type === 'task.moved' || type === 'task.recalled') return before.movedAt;
  if (type === 'task.progress_reported') return before.reportedAt;
  return type === 'task.deadline_decided' ? before.dueDecidedAt : null;
};

/** I6: people decide, the clock only reminds. */
const judgePerson = ({ type, actor, capacity }: TaskEvent, row: string, { broken }: TaskJudge): void => {
  const byClock = type === 'task.timer_fired' || type === 'task.timer_skipped';
  if (byClock && (actor !== null || capacity !== 'system'))
    broken('I6', row, `is a timer's and names ${actor} as actor`);
  if (!byClock && actor === null) broken('I6', row, 'is a decision that nobody took');
};

const judgeEvent = (
  event: TaskEvent,
  before: Task | null,
  definition: Definition,
  row: string,
  judge: TaskJudge,
): void => {
  if (event.type === 'task.assigned') judgeAssignment(event, definition, row, judge);
  if (!before) return;
  if (event.type === 'task.moved') {
    judgeMove(event, before, definition, row, judge);
    judgeAppraiser(event, before, definition, row, judge);
  }
  judgeReviewEvent(event, before, definition, row, judge);
  if (event.type === 'task.timer_fired') judgeFiring(event, before, definition, row, judge);
  if (event.type === 'task.deadline_decided' && event.payload.previousDueOn !== before.dueOn)
    judge.broken('I4', row, `moves a deadline of ${event.payload.previousDueOn}, the task had ${before.dueOn}`);
  if (event.type === 'task.deadline_decided' || event.type === 'task.progress_reported')
    judgeOpen(event, before, row, judge);
};

const judgeOpen = ({ type }: TaskEvent, { category, state }: Task, row: string, { broken }: TaskJudge): void => {
  if (isFinal(category)) broken('I5', row, `is a ${type} on a task that had ended in ${state}`);
};

const judgeAssignment = (
  { payload }: TaskAssigned,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  const initial = initialState(definition);
  if (payload.state !== initial.key) broken('I5', row, `begins in ${payload.state}, the definition in ${initial.key}`);
  else if (payload.category !== initial.category || payload.holder !== (initial.holder ?? null))
    broken('I5', row, `gives ${payload.state} another category or holder than the definition`);
};

/** I5: every move is an edge of the pinned definition, out of a final state too. */
const judgeMove = (
  { payload, capacity }: TaskMoved,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  const { transition: key, from, to } = payload;
  const transition = definition.transitions.find((candidate) => candidate.key === key);
  if (!transition?.from.includes(from) || transition.to !== to) {
    broken('I5', row, `${key} from ${from} to ${to} is no transition of ${definition.key} v${definition.version}`);
    return;
  }
  const target = stateOf(definition, to);
  if (payload.category !== target.category || payload.holder !== (target.holder ?? null))
    broken('I5', row, `gives ${to} another category or holder than the definition`);
  if (payload.fromCategory !== before.category)
    broken('I4', row, `leaves the category ${payload.fromCategory}, the task was in ${before.category}`);
  if (transition.when && !holds(transition.when, before))
    broken('I5', row, `${key} was not allowed: its condition did not hold`);
  if (payload.answer !== answerOf(definition, key, from))
    broken('I5', row, `is the answer ${payload.answer}, by the definition ${answerOf(definition, key, from)}`);
  if (!transition.by.some((role) => role === capacity))
    broken('I6', row, `was done as ${capacity}, which the definition does not allow`);
};

const answerOf = (definition: Definition, key: string, from: string): TaskMoved['payload']['answer'] => {
  const transition = definition.transitions.find((candidate) => candidate.key === key);
  const outcomes = transition && appraisalAnsweredBy(definition, { ...transition, from: [from] })?.outcomes;
  if (outcomes?.achieved === key) return 'achieved';
  if (outcomes?.not_achieved === key) return 'not_achieved';
  return outcomes?.returned === key ? 'returned' : undefined;
};

/** I6: whoever submitted or brought evidence in a round does not answer it. */
const judgeAppraiser = (
  { payload, actor }: TaskMoved,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  const answers = payload.answer ?? answerOf(definition, payload.transition, payload.from);
  if (answers === undefined || actor === null) return;
  if (actor === before.submittedBy) broken('I6', row, `was appraised by ${actor}, who had submitted it`);
  else if (before.evidenceBy.includes(actor)) broken('I6', row, `was appraised by ${actor}, who brought its evidence`);
};

/** I9: a timer fires on an open task, not early, in a state and with a level that its rule has. */
const judgeFiring = (
  { payload, recordedAt }: TimerFired,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  if (recordedAt < payload.dueAt) broken('I9', row, `fired at ${recordedAt}, before it was due at ${payload.dueAt}`);
  if (isFinal(before.category)) broken('I9', row, `fired on a task that had ended in ${before.state}`);
  const rule = rulesOf(definition, before).find(({ key }) => key === payload.rule);
  if (!rule || ('states' in rule && !rule.states.includes(before.state))) {
    broken('I9', row, `fired ${payload.rule}, which the task did not owe in ${before.state}`);
    return;
  }
  const level = collapsedActionOf(rule, [...(payload.missed ?? []), payload.k]);
  const said = payload.softened && level.action === 'escalate' ? softenedAction : level;
  if (payload.k > rule.max || payload.action !== said.action || !isDeepStrictEqual(payload.to, said.to))
    broken('I9', row, `level ${payload.k} of ${rule.key} does something else than the definition says`);
};

/** I3: the row is what its history gives, column by column. */
const judgeRow = (
  { task, headHash, searchText, events }: StoredTask,
  replayed: Task,
  name: string,
  { broken, view }: TaskJudge,
): void => {
  for (const key of Object.keys(task) as (keyof Task)[])
    if (!isDeepStrictEqual(task[key], replayed[key]))
      broken('I3', name, `has ${key} ${shown(task[key])}, its history gives ${shown(replayed[key])}`);
  if (headHash !== events.at(-1)?.hash) broken('I3', name, 'does not carry the hash of its last event');
  if (searchText !== view.searchTextOf(task)) broken('I3', name, 'is searched by another text than its own');
};

/** I7: stored timers are exactly the owed ones, and none was left lying. */
const judgeTimers = (
  { task, timers, calendar }: StoredTask,
  definition: Definition,
  name: string,
  judge: TaskJudge,
): void => {
  const { broken, warning } = judge;
  const owed = new Map<string, OwedTimer>();
  if (!isFinal(task.category)) for (const timer of owedTimers(definition, task, calendar)) owed.set(timer.rule, timer);
  for (const timer of timers) {
    const row = `${name} timer ${timer.rule}`;
    const expected = owed.get(timer.rule);
    owed.delete(timer.rule);
    if (!expected) broken('I7', row, `is stored and not owed: ${whyNotOwed(timer.rule, definition, task, calendar)}`);
    else if (expected.k !== timer.k || expected.anchor !== timer.anchor || +expected.dueAt !== +timer.dueAt)
      broken('I7', row, `is stored as ${level(timer)}, owed is ${level(expected)}`);
    if (timer.parked) warning('I7', row, `waits for an operator after ${timer.attempts} attempts: ${timer.lastError}`);
    else if (timer.attempts === 0 && judge.view.now.getTime() - timer.dueAt.getTime() > overdueMs) {
      const late = `was due at ${timer.dueAt.toISOString()} and has not been tried`;
      if (judge.leftLying(timer.dueAt)) broken('I7', row, late);
      else warning('I7', row, `${late}: no worker has been running since`);
    }
  }
  for (const missing of owed.values())
    broken('I7', `${name} timer ${missing.rule}`, `is owed and not stored: ${level(missing)}`);
};

/** How long a thing that is due may lie in a system at work. */
export const overdueMs = 60_000;

const whyNotOwed = (key: string, definition: Definition, task: Task, calendar: StoredTask['calendar']): string => {
  if (isFinal(task.category)) return `the task has ended in ${task.state}`;
  const rule = rulesOf(definition, task).find((candidate) => candidate.key === key);
  if (!rule) return 'the definition has no such rule';
  return ladderOf(rule, definition, task, calendar)
    ? 'its last level has fired'
    : `the rule asks nothing in ${task.state}`;
};

const level = ({ k, anchor, dueAt }: { k: number | null; anchor: string | null; dueAt: Date }): string =>
  `level ${k} of ${anchor} at ${dueAt.toISOString()}`;

/** A definition or payload that was tampered with may break the domain's own functions: that is a finding, not an end. */
const attempt = (judge: TaskJudge, invariant: Invariant, row: string, check: () => void): void => {
  try {
    check();
  } catch (error) {
    judge.broken(invariant, row, `cannot be judged: ${messageOf(error)}`);
  }
};

const rowOf = (name: string, { seq }: TaskEvent): string => `${name} event ${seq}`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};
