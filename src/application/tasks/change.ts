// From decided events to the one value the store writes.

import { dayOf } from '../../domain/schedule/civil-date.ts';
import { type OwedTimer, owedTimers } from '../../domain/schedule/owed-timers.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import { audienceOf } from '../../domain/workflow/audience.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
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
    if (next.category !== task?.category)
      deltas.push({
        seq: event.seq,
        from: task?.category ?? null,
        to: next.category,
        effectiveOn: dayOf(new Date(event.effectiveAt), calendar.zone),
      });
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
    ...timerChanges(
      before ? owedTimers(definition, before, calendar) : [],
      owedTimers(definition, task, calendar),
      touched,
    ),
    notify: events.filter((event) => audienceOf(event).to.length > 0).map(({ seq }) => seq),
  };
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
