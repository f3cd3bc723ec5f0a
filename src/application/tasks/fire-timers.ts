// Timers that have come due, in batches. A job only names them: each is read again with its task, decided again,
// and written with its effects and its next occurrence. Running the same batch twice does nothing the second time.

import { Refusal } from '../../domain/refusal.ts';
import { decide } from '../../domain/workflow/decide.ts';
import { evolve } from '../../domain/workflow/evolve.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';
import type { Log } from '../log.ts';
import type { Clock, IntentionStore, LoadedTask, StoredTimer, TaskChange, TaskStore } from '../ports.ts';
import { changeOf } from './change.ts';

export interface FiredTimers {
  readonly fired: number;
  readonly skipped: number;
}

/** A person may move a task while we decide; the batch then looks again. */
const rounds = 3;

export const fireTimers =
  (store: TaskStore, intentions: IntentionStore, clock: Clock, log: Log) =>
  async (intentionIds: readonly string[]): Promise<FiredTimers> => {
    let open = intentionIds;
    const events: TaskEvent[] = [];
    for (let round = 0; round < rounds && open.length > 0; round += 1)
      open = await fireRound(store, intentions, clock, log, open, events);
    return {
      fired: events.filter(({ type }) => type === 'task.timer_fired').length,
      skipped: events.filter(({ type }) => type === 'task.timer_skipped').length,
    };
  };

interface Firing {
  readonly change: TaskChange;
  readonly intentionIds: readonly string[];
}

const fireRound = async (
  store: TaskStore,
  intentions: IntentionStore,
  clock: Clock,
  log: Log,
  intentionIds: readonly string[],
  events: TaskEvent[],
): Promise<readonly string[]> => {
  const { timers, tasks } = await store.loadTimers(intentionIds);
  const now = clock.now();
  const firings: Firing[] = [];
  for (const [taskId, ofTask] of byTask(timers)) {
    const ids = ofTask.map(({ intentionId }) => intentionId);
    try {
      firings.push({ change: firingOf(tasks.get(taskId) as LoadedTask, ofTask, now), intentionIds: ids });
    } catch (error) {
      // One task whose timers cannot be decided holds up nobody else; it waits for an operator after its retries.
      log.error('A timer could not be decided.', { taskId, error });
      await intentions.failed(ids, String(error), now);
    }
  }
  const written = await commitOrSplit(store, intentions, log, firings, now);
  for (const { change } of firings)
    if (written.has(change.next.id)) events.push(...change.events.map(({ event }) => event));
  return firings.filter(({ change }) => !written.has(change.next.id)).flatMap((firing) => firing.intentionIds);
};

/** All timers of one task in one change, each deciding on what the one before left. */
const firingOf = (loaded: LoadedTask, timers: readonly StoredTimer[], now: Date): TaskChange => {
  let task: Task = loaded.task;
  const events: TaskEvent[] = [];
  for (const { rule, k, anchor } of timers) {
    const circumstances = { ...loaded, pin: task.definition, actor: null, now };
    const decision = decide(loaded.definition, task, { type: 'fire_timer', rule, k, anchor }, circumstances);
    if (decision instanceof Refusal) throw decision;
    for (const event of decision.events) {
      task = evolve(task, event);
      events.push(event);
    }
  }
  return changeOf(
    { ...loaded, before: loaded.task },
    events,
    causeOf,
    timers.map(({ rule }) => rule),
  );
};

/** A level fires once for its anchor; a skip may be recorded again under another number. */
const causeOf = (event: TaskEvent): string => {
  if (event.type === 'task.timer_fired')
    return `timer:${event.payload.rule}:${event.payload.anchor}:${event.payload.k}`;
  if (event.type === 'task.timer_skipped') return `timer-skip:${event.payload.rule}:${event.seq}`;
  throw new Error(`A timer cannot cause ${event.type}.`);
};

/** If the whole batch cannot be written, each task is tried alone, so that a bad row holds up nobody. */
const commitOrSplit = async (
  store: TaskStore,
  intentions: IntentionStore,
  log: Log,
  firings: readonly Firing[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  if (firings.length === 0) return new Set();
  try {
    return await store.commit(
      firings.map(({ change }) => change),
      now,
    );
  } catch (error) {
    if (firings.length > 1) log.warn('A batch of timers could not be written at once.', { error });
    const written = new Set<string>();
    for (const { change, intentionIds } of firings) {
      try {
        for (const id of await store.commit([change], now)) written.add(id);
      } catch (cause) {
        log.error('A timer could not be written.', { taskId: change.next.id, error: cause });
        await intentions.failed(intentionIds, String(cause), now);
        written.add(change.next.id);
      }
    }
    return written;
  }
};

const byTask = (timers: readonly StoredTimer[]): ReadonlyMap<string, readonly StoredTimer[]> => {
  const groups = new Map<string, StoredTimer[]>();
  for (const timer of timers) {
    const group = groups.get(timer.taskId);
    if (group) group.push(timer);
    else groups.set(timer.taskId, [timer]);
  }
  return groups;
};
