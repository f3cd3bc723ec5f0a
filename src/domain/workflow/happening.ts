// What a deadline waited for has happened: from then on it counts, from the day on which it happened.

import { Refusal } from '../refusal.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { Due } from '../schedule/due.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { isFinal } from './definition.ts';
import { dueDay } from './due-day.ts';
import { envelope, given, lateness, recorded, resolveEffective } from './envelope.ts';
import type { SourceDocument, Task } from './task.ts';

/** Asked by the recording of what a phase waited for, and by nothing else: the deadline begins to count. */
export interface EventHappened {
  readonly type: 'event_happened';
  readonly programme: string;
  readonly phase: string;
  /** As the deadline names it. */
  readonly event: string;
  /** The day on which it happened, however late it is recorded. */
  readonly on: CivilDate;
  readonly document?: SourceDocument;
}

/** Does this deadline still wait for that event? */
export const waitsFor = (due: Due, event: string): boolean =>
  due.kind === 'after_event' && due.happenedOn === undefined && sameEvent(due.event, event);

/** In SQL: adapters/db/programme-phases.ts. */
const sameEvent = (a: string, b: string): boolean => a.trim() === b.trim();

export const eventHappened = (task: Task, command: EventHappened, circumstances: Circumstances): Decision => {
  const { actor, happening } = circumstances;
  const { programme, phase, event, on } = command;
  // Whoever records the phase was judged there; tasks follow, whichever roles they hold on them.
  if (!actor || happening !== `${programme}/${phase}`)
    return new Refusal('permission.denied', { action: 'programme.phase' });
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  if (!waitsFor(task.due, event)) return { events: [] };
  const due: Due = { ...(task.due as Extract<Due, { kind: 'after_event' }>), happenedOn: on };
  const dueOn = dueDay(due, task.assignedOn, circumstances);
  if (dueOn instanceof Refusal) return dueOn;
  const asked = resolveEffective(on, circumstances, task, task.dueDecidedAt);
  // Work that was given after the event counts from the event all the same, and is decided about no earlier than given.
  const late = asked instanceof Refusal && asked.code === 'effective.before_previous';
  const at = late ? { effectiveAt: task.dueDecidedAt, recordedAt: recorded(circumstances.now, task) } : asked;
  if (at instanceof Refusal) return at;
  return {
    events: [
      {
        ...envelope(task.id, task.seq + 1, actor, 'recording', at),
        type: 'task.deadline_decided',
        payload: {
          due,
          dueOn,
          previousDueOn: task.dueOn,
          extension: false,
          happened: { programme, phase },
          ...given('document', command.document),
          ...lateness(at, circumstances),
        },
      },
    ],
  };
};
