// Rename, merge, split, dissolve: planned by a person with a document, executed by a worker on its day in batches. First the
// units are closed to new work under a lock, then their open tasks move one event each, at last the units end. A worker
// that dies in between leaves a run that the next one goes on with: a task that has moved is not moved again.

import canonicalize from 'canonicalize';
import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import {
  moveOf,
  planOf,
  type Reorganisation,
  type ReorganisationPlan,
  successorCode,
} from '../../domain/organisation/reorganisation.ts';
import { Refusal } from '../../domain/refusal.ts';
import { dayOf, startOfDay } from '../../domain/schedule/civil-date.ts';
import { decide } from '../../domain/workflow/decide.ts';
import type { TransferTask } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import type { Log } from '../log.ts';
import type { AuditLog, Clock, IntentionStore, LoadedTask, TaskChange, TaskStore } from '../ports.ts';
import { transferCause } from '../tasks/apply.ts';
import { changeOf } from '../tasks/change.ts';
import type { ReorganisationRun, ReorganisationStore, WaitingReorganisation } from './ports.ts';

export interface ReorganisationParts {
  readonly store: ReorganisationStore;
  readonly tasks: Pick<TaskStore, 'load' | 'commit' | 'unitLine'>;
  readonly intentions: Pick<IntentionStore, 'failed'>;
  readonly actorOf: (id: string) => Promise<Actor | undefined>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  /** In which the organisation's days begin. */
  readonly zone: string;
  /** Tasks moved in one transaction. */
  readonly batchSize?: number;
}

const namespace = '4c6b1f6e-3f0e-4a55-9c0a-2f6a1d6f7c11';
const usualBatch = 200;
/** A batch of which nothing at all could be written that often in a row is tried again later. */
const mostRaces = 8;

export const reorganise = (parts: ReorganisationParts) => {
  const { store, audit, clock, log, zone } = parts;
  const today = () => dayOf(clock.now(), zone);

  /** @throws Refusal of what no answer to a conflict could mend */
  const preview = async (request: Reorganisation): Promise<ReorganisationPlan> => {
    const plan = planOf(request, await store.situation(request, today()));
    if (plan instanceof Refusal) throw plan;
    return plan;
  };

  return {
    preview,

    /**
     * Accepts a reorganisation: for its day, or at once when the day has come.
     * @throws Refusal reorganisation.conflicts, reorganisation.frozen, unit.ended …; idempotency_key.reused
     */
    async plan(request: Reorganisation, actor: Actor, key: string): Promise<ReorganisationRun> {
      const id = uuidFrom(`${actor.id}/${key}`, namespace);
      const same = (earlier: ReorganisationRun): ReorganisationRun => {
        if (canonicalize(earlier.request) !== canonicalize(request))
          throw new Refusal('idempotency_key.reused', { key });
        return earlier;
      };
      const earlier = await store.find(id);
      if (earlier) return same(earlier);
      const plan = await preview(request);
      if (plan.conflicts.length > 0) throw conflictRefusal(plan);
      const now = clock.now();
      const start = startOfDay(request.effectiveOn, zone);
      const run: ReorganisationRun = {
        id,
        kind: request.kind,
        effectiveOn: request.effectiveOn,
        document: request.document,
        predecessors: request.predecessors,
        successors: request.successors.map(successorCode),
        status: 'planned',
        total: plan.moves.length,
        processed: 0,
        problem: null,
        actor: actor.id,
        createdAt: now,
        finishedAt: null,
        request,
      };
      if (!(await store.plan(run, start > now ? start : now))) return same((await store.find(id)) as ReorganisationRun);
      await audit.record(
        entryOf(clock, {
          actor,
          action: 'reorganisation.planned',
          object: `reorganisation ${id}`,
          detail: { request, tasks: plan.moves.length },
        }),
      );
      return run;
    },

    /** @throws Refusal reorganisation.not_found, reorganisation.not_planned */
    async cancel(id: string, actor: Actor, reason: string): Promise<ReorganisationRun> {
      const found = await find(store, id);
      if (found.status !== 'planned') throw new Refusal('reorganisation.not_planned', { is: found.status });
      const now = clock.now();
      const object = `reorganisation ${id}`;
      if (!(await store.cancel(id, now))) throw new Refusal('reorganisation.not_planned', { is: 'running' });
      await audit.record(entryOf(clock, { actor, action: 'reorganisation.cancelled', object, reason }));
      return find(store, id);
    },

    /** @throws Refusal reorganisation.not_found */
    find: (id: string): Promise<ReorganisationRun> => find(store, id),
    list: (limit: number) => store.list(limit),

    /** Does the runs named by these intentions, or goes on with them; one that fails holds up no other. */
    async run(intentionIds: readonly string[]): Promise<void> {
      for (const waiting of await store.waiting(intentionIds)) {
        try {
          await execute(parts, waiting, today());
        } catch (error) {
          log.error('A reorganisation failed.', { reorganisation: waiting.run.id, error });
          await parts.intentions.failed([waiting.intentionId], String(error), clock.now());
        }
      }
    },
  };
};
export type Reorganise = ReturnType<typeof reorganise>;

const find = async (store: ReorganisationStore, id: string): Promise<ReorganisationRun> => {
  const run = await store.find(id);
  if (!run) throw new Refusal('reorganisation.not_found', { reorganisation: id });
  return run;
};

const conflictRefusal = ({ conflicts }: ReorganisationPlan): Refusal =>
  new Refusal('reorganisation.conflicts', { conflicts: conflicts.slice(0, 500), total: conflicts.length });

const execute = async (parts: ReorganisationParts, waiting: WaitingReorganisation, today: string): Promise<void> => {
  const { store, audit, clock } = parts;
  const { run } = waiting;
  const judge = (situation: Parameters<typeof planOf>[1]) => {
    const plan = planOf(run.request, situation);
    return plan instanceof Refusal || plan.conflicts.length === 0 ? plan : conflictRefusal(plan);
  };
  if (!(await store.begin(waiting, judge, { now: clock.now(), today }))) return;
  // Commands that met a task before its unit was closed may still have been on their way: once more until none is left.
  for (let left = 1; left > 0; ) {
    await moveTasks(parts, run);
    left = await store.finish(waiting, clock.now());
  }
  await audit.record({
    at: clock.now(),
    actor: run.actor,
    action: 'reorganisation.done',
    object: `reorganisation ${run.id}`,
    detail: {},
  });
};

/** @throws Error when the rules stand against moving a task: it waits for people, and the run with it */
const moveTasks = async (parts: ReorganisationParts, run: ReorganisationRun): Promise<void> => {
  const { store, tasks, clock } = parts;
  const actor = (await parts.actorOf(run.actor)) ?? { id: run.actor, name: '', memberships: [] };
  const { units } = await store.situation(run.request, run.effectiveOn);
  const names = Object.fromEntries(units.map(({ code, name }) => [code, name]));
  const lines = new Map<string, readonly string[]>();
  const refused: { readonly task: string; readonly code: string; readonly reason: string }[] = [];
  let last: string | undefined;
  for (let stalled = 0; stalled < mostRaces; ) {
    const ids = await store.affected(run, last, parts.batchSize ?? usualBatch);
    if (ids.length === 0) break;
    const now = clock.now();
    const changes: TaskChange[] = [];
    for (const loaded of (await tasks.load(ids)).values()) {
      const command = transferOf(run, loaded, names);
      if (!command) continue;
      const line = lines.get(command.leadUnit) ?? (await tasks.unitLine(command.leadUnit, now));
      lines.set(command.leadUnit, line);
      const change = transferChange(loaded, command, { actor, line, now });
      if (change instanceof Refusal)
        refused.push({ task: loaded.task.id, code: loaded.task.code, reason: change.code });
      else if (change) changes.push(change);
    }
    const written = changes.length > 0 ? await tasks.commit(changes, now) : new Set<string>();
    await store.progress(run.id, written.size, refused.length > 0 ? { refused } : null);
    // What somebody else moved meanwhile is looked at again before the batch is left behind.
    if (written.size === changes.length) last = ids.at(-1);
    stalled = written.size === 0 && changes.length > 0 ? stalled + 1 : 0;
  }
  if (refused.length > 0) throw new Error(`${refused.length} tasks cannot be moved, the first is ${refused[0]?.code}.`);
};

const transferOf = (
  { id, request }: ReorganisationRun,
  { task }: LoadedTask,
  names: Readonly<Record<string, string>>,
): TransferTask | undefined => {
  const move = moveOf(request, task);
  if (!move) return undefined;
  const heirs = [task.appraiserUnit ?? [], task.participants].flat().flatMap((unit) => {
    const heir = moveOf(request, { ...task, leadUnit: unit })?.leadUnit ?? unit;
    return heir === unit ? [] : [[unit, heir] as const];
  });
  return {
    type: 'transfer',
    reorganisation: id,
    kind: request.kind,
    document: request.document,
    effectiveOn: request.effectiveOn,
    ...move,
    names,
    heirs: Object.fromEntries(heirs),
  };
};

/** Undefined: there is nothing left to do. */
const transferChange = (
  loaded: LoadedTask,
  command: TransferTask,
  { actor, line, now }: { readonly actor: Actor; readonly line: readonly string[]; readonly now: Date },
): TaskChange | Refusal | undefined => {
  const { task, definition } = loaded;
  const { reorganisation } = command;
  const circumstances = { ...loaded, unitLine: line, pin: task.definition, actor, now, reorganisation };
  const decision = decide(definition, task, command, circumstances);
  if (decision instanceof Refusal) return decision;
  if (decision.events.length === 0) return undefined;
  return changeOf({ ...loaded, before: task }, decision.events, () => transferCause(reorganisation));
};
