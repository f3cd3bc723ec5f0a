// What a phase waited for is recorded, and with it every deadline that waited for the same event begins to count (letter 000:
// "sau khi Sở Kế hoạch và Đầu tư trình …"). The recording plans it in its own transaction and does it at once; what a crash
// leaves undone a worker takes up. A task is set once: afterwards it waits for nothing any more.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import type { PhaseName } from '../../domain/programmes/phases.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { decide } from '../../domain/workflow/decide.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import type { Log } from '../log.ts';
import type { Clock, IntentionStore, LoadedTask, TaskChange, TaskStore } from '../ports.ts';
import { changeOf } from '../tasks/change.ts';

export interface WaitingFor {
  readonly programme: string;
  readonly event: string;
  /** Of every programme of the same year; otherwise of this programme alone. */
  readonly everywhere: boolean;
}

export interface PhaseEvent extends WaitingFor {
  readonly phase: PhaseName;
  readonly on: CivilDate;
  readonly by: string;
  readonly document: SourceDocument | null;
}

export interface EventStore {
  /** Open tasks whose deadline waits for the event, by id after `after`. */
  waiting(asked: WaitingFor, after: string | null, limit: number): Promise<readonly string[]>;
  /** Recorded events whose deadlines these intentions are to set. */
  recorded(
    intentionIds: readonly string[],
  ): Promise<readonly { readonly intentionId: string; readonly event: PhaseEvent }[]>;
}

export interface EventParts {
  readonly events: EventStore;
  readonly tasks: Pick<TaskStore, 'load' | 'commit'>;
  readonly intentions: Pick<IntentionStore, 'done' | 'failed'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface EventDeadline {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly programme: string;
  readonly unit: string;
  /** Null: the deadline names no period, so nothing counts even now. */
  readonly dueOn: CivilDate | null;
}
export interface DeadlinesSet {
  readonly set: number;
  readonly refused: readonly { readonly id: string; readonly code: string; readonly reason: string }[];
}

const batch = 200;
/** Rounds of looking again at tasks that others change at the same time. */
const mostRaces = 20;

export const eventDeadlines = (parts: EventParts) => {
  const { events, tasks, intentions, clock, log } = parts;

  const each = async (asked: WaitingFor, act: (ids: readonly string[]) => Promise<void>): Promise<void> => {
    for (let after: string | null = null; ; ) {
      const ids = await events.waiting(asked, after, batch);
      if (ids.length > 0) await act(ids);
      if (ids.length < batch) return;
      after = ids.at(-1) as string;
    }
  };

  const set = async (event: PhaseEvent): Promise<DeadlinesSet> => {
    let written = 0;
    const refused: { id: string; code: string; reason: string }[] = [];
    await each(event, async (ids) => {
      let open = ids;
      for (let tries = 0; open.length > 0; tries += 1) {
        if (tries === mostRaces) throw new Error(`${open.length} tasks are changed by others all the time.`);
        const now = clock.now();
        const changes: TaskChange[] = [];
        for (const loaded of (await tasks.load(open)).values()) {
          const change = changeFor(loaded, event, now);
          if (change instanceof Refusal)
            refused.push({ id: loaded.task.id, code: loaded.task.code, reason: change.code });
          else if (change) changes.push(change);
        }
        const done = changes.length > 0 ? await tasks.commit(changes, now) : new Set<string>();
        written += done.size;
        open = changes.map(({ next }) => next.id).filter((id) => !done.has(id));
      }
    });
    return { set: written, refused };
  };

  return {
    /** Which deadlines would be set, of tasks that the person may read; writes nothing. */
    async preview(event: PhaseEvent, actor: Actor): Promise<readonly EventDeadline[]> {
      const found: EventDeadline[] = [];
      await each(event, async (ids) => {
        for (const loaded of (await tasks.load(ids)).values()) {
          const { task } = loaded;
          const change = can(actor, 'task.read', { kind: 'task', task }) && changeFor(loaded, event, clock.now());
          if (!change || change instanceof Refusal) continue;
          const { id, code, title, programme, leadUnit: unit } = task;
          found.push({ id, code, title, programme, unit, dueOn: change.next.dueOn });
        }
      });
      return found.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    },

    set,

    /** Does what was planned with the recording, and takes the plan away. */
    async setPlanned(event: PhaseEvent, intentionId: string): Promise<DeadlinesSet> {
      const told = await set(event);
      await intentions.done([intentionId]);
      return told;
    },

    /** What a crash left undone; one that fails holds up no other. */
    async run(intentionIds: readonly string[]): Promise<void> {
      for (const { intentionId, event } of await events.recorded(intentionIds))
        try {
          await set(event);
          await intentions.done([intentionId]);
        } catch (error) {
          log.error('Deadlines that waited for an event were not set.', { programme: event.programme, error });
          await intentions.failed([intentionId], String(error), clock.now());
        }
    },
  };
};
export type EventDeadlines = ReturnType<typeof eventDeadlines>;

/** Names the one event that the recording leaves on a task. */
const happenedCause = ({ programme, phase, on }: PhaseEvent): string => `happened:${programme}/${phase}:${on}`;

/** Undefined: it does not wait any more. */
const changeFor = (loaded: LoadedTask, event: PhaseEvent, now: Date): TaskChange | Refusal | undefined => {
  const { task, definition } = loaded;
  const { programme, phase, on, document } = event;
  const actor: Actor = { id: event.by, name: '', memberships: [] };
  const decision = decide(
    definition,
    task,
    { type: 'event_happened', programme, phase, event: event.event, on, ...(document ? { document } : {}) },
    { ...loaded, pin: task.definition, actor, now, happening: `${programme}/${phase}` },
  );
  if (decision instanceof Refusal) return decision;
  if (decision.events.length === 0) return undefined;
  return changeOf({ ...loaded, before: task }, decision.events, () => happenedCause(event));
};
