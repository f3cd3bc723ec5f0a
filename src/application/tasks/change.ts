// From decided events to the one value the store writes.

import { agenciesOf } from '../../domain/organisation/actor.ts';
import { dayOf } from '../../domain/schedule/civil-date.ts';
import { type OwedTimer, owedTimers } from '../../domain/schedule/owed-timers.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import { audienceOf } from '../../domain/workflow/audience.ts';
import { type Definition, isFinal } from '../../domain/workflow/definition.ts';
import { evolve } from '../../domain/workflow/evolve.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';
import type { ChainedEvent, Delta, TaskChange } from '../ports.ts';
import { chainHash } from './chain.ts';

export interface ChangeBase {
  readonly before: Task | null;
  readonly headHash: string;
  readonly definition: Definition;
  readonly calendar: WorkingCalendar;
}

/**
 * @param cause names what made each event happen, once per task: a command's key or a timer's level
 * @param touched timer rules whose stored row must be written or removed even if the task owes the same as before
 */
export const changeOf = (
  { before, headHash, definition, calendar }: ChangeBase,
  events: readonly TaskEvent[],
  cause: (event: TaskEvent) => string,
  touched: readonly string[] = [],
): TaskChange => {
  const chained: ChainedEvent[] = [];
  const deltas: Delta[] = [];
  let task = before;
  let head = headHash;
  for (const event of events) {
    const next = evolve(task, event);
    const hash = chainHash(head, event);
    chained.push({ event, cause: cause(event), prevHash: head, hash });
    deltas.push(...deltasOf(task, next, event, calendar.zone));
    task = next;
    head = hash;
  }
  if (!task) throw new Error('A change needs a task or the event that creates it.');
  return {
    before,
    next: task,
    expectedSeq: before?.seq ?? 0,
    headHash: head,
    events: chained,
    deltas,
    units: newlyNamed(before, task),
    ...timerChanges(
      before ? owedTimers(definition, before, calendar) : [],
      owedTimers(definition, task, calendar),
      touched,
    ),
    notify: events.filter((event) => audienceOf(event).to.length > 0).map(({ seq }) => seq),
  };
};

/**
 * How figures change, by day and unit. A move that took effect before the task changed hands counts for the old unit up to
 * that day and for the new one from then on; a change of hands takes the task out of one unit's figures into another's.
 */
const deltasOf = (before: Task | null, next: Task, event: TaskEvent, zone: string): readonly Delta[] => {
  const { seq, effectiveAt } = event;
  const day = (instant: string) => dayOf(new Date(instant), zone);
  if (before && before.leadUnit !== next.leadUnit)
    return [
      { seq, unit: before.leadUnit, from: before.category, to: null, effectiveOn: day(effectiveAt) },
      { seq, unit: next.leadUnit, from: null, to: next.category, effectiveOn: day(effectiveAt) },
    ];
  const from = before?.category ?? null;
  const to = next.category;
  if (from === to) return [];
  const led = [...next.formerUnits.map(({ unit }) => unit), next.leadUnit];
  const later = next.formerUnits.filter(({ until }) => until > effectiveAt);
  const unit = led[next.formerUnits.length - later.length] as string;
  return [
    { seq, unit, from, to, effectiveOn: day(effectiveAt) },
    ...later.flatMap(({ unit: former, until }, index): Delta[] => [
      { seq, unit: former, from: to, to: from, effectiveOn: day(until) },
      { seq, unit: led[led.length - later.length + index] as string, from, to, effectiveOn: day(until) },
    ]),
  ];
};

/** Whoever ended meanwhile takes no new work; what was begun or has ended already may go on. */
const newlyNamed = (before: Task | null, next: Task): readonly string[] => {
  const named = (task: Task) => [task.leadUnit, ...agenciesOf(task)];
  const reopened = before !== null && isFinal(before.category) && !isFinal(next.category);
  const had = before === null || reopened ? [] : named(before);
  return named(next).filter((unit) => !had.includes(unit));
};

/** Leaving a state cancels its timers; a new deadline moves those that count from it: in the same transaction. */
const timerChanges = (
  before: readonly OwedTimer[],
  after: readonly OwedTimer[],
  touched: readonly string[],
): Pick<TaskChange, 'plan' | 'cancel'> => {
  const had = new Map(before.map((timer) => [timer.rule, timer]));
  const owed = new Set(after.map(({ rule }) => rule));
  return {
    plan: after.filter((timer) => touched.includes(timer.rule) || !same(timer, had.get(timer.rule))),
    cancel: [...new Set([...had.keys(), ...touched])].filter((rule) => !owed.has(rule)),
  };
};

const same = (a: OwedTimer, b: OwedTimer | undefined): boolean =>
  b !== undefined && a.k === b.k && a.anchor === b.anchor && a.dueAt.getTime() === b.dueAt.getTime();
