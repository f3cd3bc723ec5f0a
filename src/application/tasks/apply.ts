// The one door. Whoever asks for a change of a task (HTTP, bulk, import, seed) comes through here;
// timers come through fire-timers.ts, which decides and writes by the same two functions.

import type { Actor } from '../../domain/organisation/actor.ts';
import { mayReadTask } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { decide } from '../../domain/workflow/decide.ts';
import type { AssignTask, Command, Task } from '../../domain/workflow/task.ts';
import {
  type Answer,
  type Clock,
  type EarlierAnswer,
  type IdempotencyKey,
  IdempotencyRace,
  type LoadedTask,
  type TaskChange,
  type TaskStore,
} from '../ports.ts';
import { chainStart } from './chain.ts';
import { changeOf } from './change.ts';

export interface TaskRequest {
  readonly taskId: string;
  readonly actor: Actor;
  readonly command: Exclude<Command, AssignTask>;
  /** The version the actor saw. */
  readonly expectedVersion: number;
}

/** Names a command among all commands on its task; asking again with the same name has no further effect. */
export type CommandName = string;
export const commandName = (actor: Actor, key: string): CommandName => `command:${actor.id}:${key}`;

export interface Idempotent {
  readonly key: IdempotencyKey;
  /** What the client is told, rendered before the write so that a replay is the same to the byte. */
  readonly answer: (task: Task) => Answer;
}

export interface Applied {
  readonly answer: Answer;
  readonly replayed: boolean;
}

/** Another writer can win this often in a row before we give up; timers and people rarely meet even once. */
const attempts = 8;

/**
 * Applies one command to one task.
 * @throws Refusal with the typed reason; nothing was changed
 */
export const applyCommand =
  (store: TaskStore, clock: Clock) =>
  async (request: TaskRequest, idempotent: Idempotent): Promise<Applied> =>
    withRaces(async () => {
      const { loaded, earlier } = await store.loadOne(request.taskId, idempotent.key);
      if (earlier) return replayOf(earlier, idempotent.key);
      const change = decideOn(loaded, request, commandName(request.actor, idempotent.key.key), clock.now());
      return write(store, clock, change, idempotent);
    });

export interface AssignRequest {
  readonly actor: Actor;
  readonly programme: string;
  /** Key of a published workflow; absent: the programme's own. */
  readonly workflow?: string;
  readonly command: AssignTask;
}

/**
 * Creates a task under the latest published version of its workflow.
 * @throws Refusal with the typed reason; nothing was changed
 */
export const assignTask =
  (store: TaskStore, clock: Clock) =>
  async (request: AssignRequest, idempotent: Idempotent): Promise<Applied> =>
    withRaces(async () => {
      const earlier = await store.earlierAnswer(idempotent.key);
      if (earlier) return replayOf(earlier, idempotent.key);
      const change = await assignmentOf(store, request, commandName(request.actor, idempotent.key.key), clock.now());
      return write(store, clock, change, idempotent);
    });

/** The change that creates a task; imports write many of them at once. */
export const assignmentOf = async (
  store: Pick<TaskStore, 'ground' | 'unitLine'>,
  { actor, programme, workflow, command }: AssignRequest,
  cause: string,
  now: Date,
): Promise<TaskChange> => {
  const [ground, unitLine] = await Promise.all([
    store.ground(programme, workflow),
    store.unitLine(command.leadUnit),
    command.appraiserUnit === undefined ? [] : store.unitLine(command.appraiserUnit),
  ]);
  const decision = decide(ground.definition, null, command, { ...ground, actor, now, unitLine });
  if (decision instanceof Refusal) throw decision;
  return changeOf({ ...ground, before: null, headHash: chainStart }, decision.events, () => cause);
};

export interface BulkOutcome {
  readonly ok: readonly Task[];
  readonly failed: ReadonlyMap<string, Refusal>;
}

/**
 * Applies one command to each of many tasks. Each stands or falls alone: one bad item never spoils the rest.
 * Repeating a bulk request is harmless: an item that was done under the same name counts as done.
 */
export const applyMany =
  (store: TaskStore, clock: Clock) =>
  async (requests: readonly TaskRequest[], name: (request: TaskRequest) => CommandName): Promise<BulkOutcome> => {
    const ok: Task[] = [];
    const failed = new Map<string, Refusal>();
    let open = requests;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt === attempts) throw new Refusal('service.unavailable', { reason: 'contention' });
      open = await applyRound(store, clock, open, name, ok, failed);
    }
    return { ok, failed };
  };

const applyRound = async (
  store: TaskStore,
  clock: Clock,
  requests: readonly TaskRequest[],
  name: (request: TaskRequest) => CommandName,
  ok: Task[],
  failed: Map<string, Refusal>,
): Promise<readonly TaskRequest[]> => {
  const now = clock.now();
  const loaded = await store.load(requests.map(({ taskId }) => taskId));
  const changes = new Map<TaskRequest, TaskChange>();
  for (const request of requests) {
    try {
      changes.set(request, decideOn(loaded.get(request.taskId), request, name(request), now));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.set(request.taskId, error);
    }
  }
  const written = changes.size > 0 ? await store.commit([...changes.values()], now) : new Set<string>();
  for (const { next } of changes.values()) if (written.has(next.id)) ok.push(next);
  return [...changes].filter(([, { next }]) => !written.has(next.id)).map(([request]) => request);
};

/** @throws Refusal */
export const decideOn = (
  loaded: LoadedTask | undefined,
  { actor, command, expectedVersion, taskId }: TaskRequest,
  cause: CommandName,
  now: Date,
): TaskChange => {
  // What an actor may not see does not exist for them.
  if (!loaded || !mayReadTask(actor, loaded.task)) throw new Refusal('task.not_found', { taskId });
  const { task, definition } = loaded;
  if (task.version !== expectedVersion)
    throw new Refusal('version.stale', {
      expectedVersion,
      currentVersion: task.version,
      state: task.state,
      category: task.category,
    });
  const decision = decide(definition, task, command, { ...loaded, pin: task.definition, actor, now });
  if (decision instanceof Refusal) throw decision;
  return changeOf({ ...loaded, before: task }, decision.events, () => cause);
};

/** Undefined: somebody else was first; decide again on what they left. */
const write = async (
  store: TaskStore,
  clock: Clock,
  change: TaskChange,
  { key, answer }: Idempotent,
): Promise<Applied | undefined> => {
  const rendered = answer(change.next);
  const written = await store.commit([{ ...change, idempotency: { ...key, ...rendered } }], clock.now());
  return written.has(change.next.id) ? { answer: rendered, replayed: false } : undefined;
};

const withRaces = async (attempt: () => Promise<Applied | undefined>): Promise<Applied> => {
  for (let tried = 0; tried < attempts; tried += 1) {
    try {
      const applied = await attempt();
      if (applied) return applied;
    } catch (error) {
      // The same key committed between our read and our write: the next read finds its answer.
      if (!(error instanceof IdempotencyRace)) throw error;
    }
  }
  throw new Refusal('service.unavailable', { reason: 'contention' });
};

const replayOf = ({ bodyHash, ...answer }: EarlierAnswer, key: IdempotencyKey): Applied => {
  if (bodyHash !== key.bodyHash) throw new Refusal('idempotency_key.reused', { key: key.key });
  return { answer, replayed: true };
};
