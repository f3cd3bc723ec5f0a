// Makes the next occurrence of work that comes back: when the one before has ended, or when its day is past and it has not. A
// schedule asks; ids are computed from the occurrence before, so two workers, or one that died in between, make it once.

import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Recurring } from '../../domain/schedule/due.ts';
import { nextOccurrence, occurrenceCode } from '../../domain/workflow/recurrence.ts';
import type { AssignTask, Task } from '../../domain/workflow/task.ts';
import type { Log } from '../log.ts';
import type { Clock, LoadedTask, TaskStore } from '../ports.ts';
import { assignmentOf, groundOf } from './apply.ts';

export interface DueRecurrence {
  readonly id: string;
  /** Who ordered it, with the first occurrence. */
  readonly orderedBy: string;
}

export interface RecurrenceStore {
  /**
   * Occurrences that have ended (stopped ones end the row) or whose day is before today, and that have no next one. A programme
   * that has closed makes none.
   */
  due(today: CivilDate, after: string | null, limit: number): Promise<readonly DueRecurrence[]>;
  /** Joins the occurrence to the one before, and to the document that gave it. Again it adds nothing. */
  link(next: string, before: string, by: string, at: Date): Promise<void>;
}

export interface RecurParts {
  readonly recurrences: RecurrenceStore;
  readonly tasks: Pick<TaskStore, 'load' | 'ground' | 'unitLine' | 'commit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: string;
}

const namespace = '2f6b5f0e-93c1-4f0b-8f0e-6d3a0f5c7b21';
const batch = 200;

/** One that cannot be made holds up no other. @returns what is told of the run */
export const makeOccurrences = (parts: RecurParts) => async (): Promise<string> => {
  const { recurrences, tasks, clock, log, zone } = parts;
  const today = dayOf(clock.now(), zone);
  let made = 0;
  let failed = 0;
  for (let after: string | null = null; ; ) {
    const due = await recurrences.due(today, after, batch);
    const loaded = await tasks.load(due.map(({ id }) => id));
    for (const { id, orderedBy } of due)
      try {
        const before = loaded.get(id);
        if (before && (await makeNext(parts, before, orderedBy, today))) made += 1;
      } catch (error) {
        failed += 1;
        log.error('The next occurrence of a task could not be made.', { task: id, error });
      }
    if (due.length < batch) return `${made} occurrences made, ${failed} failures`;
    after = due.at(-1)?.id as string;
  }
};

/** @returns false: somebody else made it, or there is none to make */
const makeNext = async (
  { recurrences, tasks, clock }: RecurParts,
  before: LoadedTask,
  orderedBy: string,
  today: CivilDate,
): Promise<boolean> => {
  const { task, calendar, programme } = before;
  const { roll } = programme;
  const recurrence =
    task.recurrence && nextOccurrence(task.recurrence, { today, calendar, ...(roll === undefined ? {} : { roll }) });
  if (!recurrence) return false;
  const now = clock.now();
  const id = uuidFrom(task.id, namespace);
  const there = (await tasks.load([id])).has(id);
  const made = !there && (await written({ tasks, before, id, recurrence, orderedBy, now }));
  await recurrences.link(id, task.id, orderedBy, now);
  return made;
};

const written = async (asked: {
  readonly tasks: RecurParts['tasks'];
  readonly before: LoadedTask;
  readonly id: string;
  readonly recurrence: Recurring;
  readonly orderedBy: string;
  readonly now: Date;
}): Promise<boolean> => {
  const { tasks, before, id, recurrence, orderedBy, now } = asked;
  const { task } = before;
  const actor: Actor = { id: orderedBy, name: '', memberships: [] };
  const command = commandOf(before, id, recurrence);
  const request = { actor, programme: task.programme, workflow: task.definition.key, command };
  const ground = await groundOf(tasks, request, now);
  const change = assignmentOf(ground, request, `recurring:${task.id}`, now, id);
  try {
    return (await tasks.commit([change], now)).has(id);
  } catch (error) {
    // Another worker wrote it between our read and our write.
    if (error instanceof Refusal && error.code === 'task.exists' && (await tasks.load([id])).has(id)) return false;
    throw error;
  }
};

/** The same work again; where a unit is no more, with whoever has its work. */
const commandOf = ({ task, inheritance }: LoadedTask, id: string, recurrence: Recurring): AssignTask => {
  const now = (unit: string): string => inheritance.find((each) => each.unit === unit)?.heir ?? unit;
  const given = <K extends keyof Task>(key: K): { readonly [P in K]?: NonNullable<Task[K]> } =>
    (task[key] === null ? {} : { [key]: task[key] }) as { readonly [P in K]?: NonNullable<Task[K]> };
  return {
    type: 'assign',
    id,
    code: occurrenceCode(task.code, recurrence),
    kind: task.kind,
    leadUnit: now(task.leadUnit),
    ...(task.secret ? { secret: true as const } : { title: task.title }),
    ...(task.appraiserUnit === null ? {} : { appraiserUnit: now(task.appraiserUnit) }),
    ...(task.participants.length > 0 ? { participants: task.participants.map(now) } : {}),
    ...given('product'),
    ...given('measureUnit'),
    ...given('target'),
    ...given('source'),
    ...given('field'),
    ...given('indicator'),
    due: recurrence,
  };
};
