// The one door. Whoever asks for a change of a task (HTTP, bulk, import, seed) comes through here;
// timers come through fire-timers.ts, which decides and writes by the same two functions.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { decide } from '../../domain/workflow/decide.ts';
import { namedFiles } from '../../domain/workflow/evidence.ts';
import { addressedUnits } from '../../domain/workflow/following.ts';
import type { AssignTask, Command, Task, TaskEvent } from '../../domain/workflow/task.ts';
import { permit } from '../permit.ts';
import {
  type Answer,
  type Clock,
  type DoneItem,
  type EarlierAnswer,
  type Ground,
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
  readonly answer: (task: Task, rules: Rules) => Answer;
}

/** What an answer may need to name states and judge deadlines. */
export type Rules = Pick<LoadedTask, 'definition' | 'calendar' | 'programme'>;

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
  async (asked: TaskRequest, idempotent: Idempotent): Promise<Applied> =>
    withRaces(async (tried) => {
      const request = { ...asked, actor: await actorFor(store, clock, asked.actor, tried) };
      const { loaded, earlier } = await store.loadOne(
        request.taskId,
        idempotent.key,
        request.command.type === 'reassign',
      );
      if (earlier) {
        // What was answered then is for the eyes of who may still see the task.
        visible(loaded, request);
        return replayOf(earlier, idempotent.key);
      }
      visible(loaded, request);
      await knownUnits(store, request.command, clock.now());
      const ground = await withNamed(store, await withFiles(store, loaded, request), request.command, clock.now());
      const change = decideOn(ground, request, commandName(request.actor, idempotent.key.key), clock.now());
      return write(store, clock, change, ground as LoadedTask, idempotent);
    });

/** @throws Refusal unit.not_found, unit.ended */
const knownUnits = async (store: Pick<TaskStore, 'unitLine'>, command: Command, now: Date): Promise<void> => {
  for (const unit of namedUnits(command)) await store.unitLine(unit, now);
};

const namedUnits = (command: Command): readonly string[] => {
  if (command.type === 'reassign') return [command.appraiserUnit, ...command.participants];
  if (command.type === 'report_difficulty' || command.type === 'redirect_difficulty')
    return command.unit === undefined ? [] : [command.unit];
  return [];
};

/** A command that names files needs to know them; any other costs nothing here. */
const withFiles = async (
  store: TaskStore,
  loaded: LoadedTask | undefined,
  { taskId, command }: TaskRequest,
): Promise<LoadedTask | undefined> => {
  const named = 'evidence' in command ? namedFiles(command.evidence) : [];
  return loaded && named.length > 0 ? { ...loaded, files: await store.files(taskId, named) } : loaded;
};

/** A command that names a person needs to know what they are today. */
const withNamed = async <L extends LoadedTask | undefined>(
  store: Pick<TaskStore, 'actor'>,
  loaded: L,
  command: Command,
  now: Date,
): Promise<L> => {
  if (!loaded || command.type !== 'name_follower' || command.follower === null) return loaded;
  const named = await store.actor(command.follower, now);
  return named ? { ...loaded, named } : loaded;
};

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
  async (asked: AssignRequest, idempotent: Idempotent): Promise<Applied> =>
    withRaces(async (tried) => {
      const request = { ...asked, actor: await actorFor(store, clock, asked.actor, tried) };
      permit(request.actor, 'task.assign', { kind: 'programme', programme: request.programme });
      const earlier = await store.earlierAnswer(idempotent.key);
      if (earlier) return replayOf(earlier, idempotent.key);
      const ground = await groundOf(store, request, clock.now());
      const change = assignmentOf(ground, request, commandName(request.actor, idempotent.key.key), clock.now());
      return write(store, clock, change, ground, idempotent);
    });

/** @throws Refusal programme.not_found, definition.not_published, unit.not_found, unit.ended */
export const groundOf = async (
  store: Pick<TaskStore, 'ground' | 'unitLine'>,
  { programme, workflow, command }: AssignRequest,
  now: Date,
): Promise<Ground & Pick<LoadedTask, 'unitLine'>> => {
  // One after the other: an import asks on the one connection of its transaction.
  const ground = await store.ground(programme, workflow);
  const unitLine = await store.unitLine(command.leadUnit, now);
  for (const unit of [command.appraiserUnit ?? [], command.participants ?? []].flat()) await store.unitLine(unit, now);
  return { ...ground, unitLine };
};

/** The change that creates a task; imports write many of them at once. @param recurring id of an occurrence that was ordered before. @throws Refusal */
export const assignmentOf = (
  ground: Ground & Pick<LoadedTask, 'unitLine'>,
  { actor, command }: Pick<AssignRequest, 'actor' | 'command'>,
  cause: string,
  now: Date,
  recurring?: string,
): TaskChange => {
  const circumstances = { ...ground, ...noAppraisal, actor, now, ...(recurring === undefined ? {} : { recurring }) };
  const decision = decide(ground.definition, null, command, circumstances);
  if (decision instanceof Refusal) throw decision;
  return {
    ...changeOf({ ...ground, before: null, headHash: chainStart }, decision.events, () => cause),
    ...judged(actor),
  };
};

/** What a task that is not there yet cannot have. */
export const noAppraisal = { appraisers: [], centralUnits: [], frozenOn: null } as const;

export interface BulkOutcome {
  readonly ok: readonly DoneItem[];
  readonly failed: ReadonlyMap<string, Refusal>;
}

export interface BulkRequest {
  readonly actor: Actor;
  readonly command: Exclude<Command, AssignTask>;
  readonly items: readonly { readonly taskId: string; readonly expectedVersion: number }[];
  /** Names the whole request; an item that was done under it counts as done when the request comes again. */
  readonly key: IdempotencyKey;
}

/**
 * Applies one command to each of many tasks. Each stands or falls alone: one bad item never spoils the rest.
 * @throws Refusal idempotency_key.reused; nothing was changed
 */
export const applyMany =
  (store: TaskStore, clock: Clock) =>
  async (request: BulkRequest): Promise<BulkOutcome> => {
    await store.keepKey(request.key, clock.now());
    return applyUnder(store, clock)(request, commandName(request.actor, request.key.key));
  };

/** The same under a name of one's own (a run of many portions), each task once under it. */
export const applyUnder =
  (store: TaskStore, clock: Clock) =>
  async (request: Omit<BulkRequest, 'key'>, cause: CommandName): Promise<BulkOutcome> => {
    const ids = request.items.map(({ taskId }) => taskId);
    const earlier = await store.doneUnder(cause, ids);
    const seen = await store.load(earlier.map(({ id }) => id));
    const ok: DoneItem[] = earlier.filter(({ id }) => {
      const task = seen.get(id)?.task;
      return task !== undefined && can(request.actor, 'task.read', { kind: 'task', task });
    });
    const done = new Set(earlier.map(({ id }) => id));
    const failed = new Map<string, Refusal>();
    let open = request.items.filter(({ taskId }) => !done.has(taskId));
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt === attempts) throw new Refusal('service.unavailable', { reason: 'contention' });
      const now = clock.now();
      const actor = await actorFor(store, clock, request.actor, attempt);
      const preview = await previewMany(store)({ ...request, actor, items: open }, cause, now);
      for (const [id, refusal] of preview.refused) failed.set(id, refusal);
      const written = preview.changes.length > 0 ? await store.commit(preview.changes, now) : new Set<string>();
      ok.push(...preview.changes.filter(({ next }) => written.has(next.id)).map(doneItem));
      open = open.filter(({ taskId }) => !written.has(taskId) && !failed.has(taskId));
    }
    // It may be this very request, at work a second time beside us, by which a task moved.
    const moved = [...failed].filter(([, { code }]) => code === 'version.stale').map(([id]) => id);
    for (const item of moved.length > 0 ? await store.doneUnder(cause, moved) : []) {
      failed.delete(item.id);
      ok.push(item);
    }
    return { ok, failed };
  };

/** What a change did, or would do. */
export const doneItem = ({ next: { id, code, version, state, category }, events }: TaskChange): DoneItem => {
  const event = events.at(-1)?.event;
  const result =
    event?.type === 'task.vote_cast'
      ? 'voted'
      : event?.type === 'task.move_proposed'
        ? 'proposed'
        : event?.type === 'task.moved' && event.payload.answer !== undefined
          ? 'decided'
          : 'moved';
  return { id, code, version, state, category, result };
};

/** What a bulk request would do; writes nothing. */
export const previewMany =
  (store: Pick<TaskStore, 'load' | 'actor'>) =>
  async (
    { actor, command, items }: Omit<BulkRequest, 'key'>,
    cause: CommandName,
    now: Date,
  ): Promise<{ readonly changes: readonly TaskChange[]; readonly refused: ReadonlyMap<string, Refusal> }> => {
    const loaded = await store.load(items.map(({ taskId }) => taskId));
    const named =
      command.type === 'name_follower' && command.follower !== null
        ? await store.actor(command.follower, now)
        : undefined;
    const changes: TaskChange[] = [];
    const refused = new Map<string, Refusal>();
    for (const { taskId, expectedVersion } of items) {
      try {
        const found = loaded.get(taskId);
        changes.push(
          decideOn(
            found && named ? { ...found, named } : found,
            { actor, command, taskId, expectedVersion },
            cause,
            now,
          ),
        );
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.set(taskId, error);
      }
    }
    return { changes, refused };
  };

/** @throws Refusal */
export const decideOn = (
  found: LoadedTask | undefined,
  request: TaskRequest,
  cause: CommandName,
  now: Date,
): TaskChange => {
  const { actor, command, expectedVersion } = request;
  const loaded = visible(found, request);
  const { task, definition } = loaded;
  if (task.version !== expectedVersion)
    throw new Refusal('version.stale', {
      expectedVersion,
      currentVersion: task.version,
      ...(can(actor, 'task.read', { kind: 'task', task }) ? { state: task.state, category: task.category } : {}),
    });
  const decision = decide(definition, task, command, { ...loaded, pin: task.definition, actor, now });
  if (decision instanceof Refusal) throw decision;
  // A command has one event of its name; a change of hands that comes with it has the name of the act that ended the unit.
  const causeOf = (event: TaskEvent) =>
    event.type === 'task.transferred' ? transferCause(event.payload.reorganisation) : cause;
  return { ...changeOf({ ...loaded, before: task }, decision.events, causeOf), ...judged(actor) };
};

/** What an actor may not see does not exist for them. @throws Refusal task.not_found */
const visible = (
  loaded: LoadedTask | undefined,
  { actor, taskId, command }: Pick<TaskRequest, 'actor' | 'taskId' | 'command'>,
): LoadedTask => {
  if (!loaded || !sees(actor, loaded.task, command)) throw new Refusal('task.not_found', { taskId });
  return loaded;
};

/** Who is asked to remove a difficulty meets the task to answer it, and for nothing else. */
const sees = (actor: Actor, task: Task, command: Command): boolean =>
  can(actor, 'task.read', { kind: 'task', task }) ||
  (command.type === 'answer_difficulty' &&
    can(actor, 'task.answer_difficulty', {
      kind: 'task',
      task,
      addressed: addressedUnits(task.following, command.number),
    }));

const judged = ({ id, standing }: Actor): Pick<TaskChange, 'judged'> =>
  standing === undefined ? {} : { judged: { account: id, standing } };

/**
 * Who asks; after a write that did not stand, as they may act by now.
 * @throws Refusal session.required when the account is active no more
 */
const actorFor = async (
  store: Pick<TaskStore, 'actor'>,
  clock: Clock,
  { standsInFor, ...asked }: Actor,
  tried: number,
): Promise<Actor> => {
  const before = standsInFor ? { ...asked, standsInFor } : asked;
  if (tried === 0 || asked.standing === undefined) return before;
  const present = await store.actor(asked.id, clock.now());
  if (!present) throw new Refusal('session.required');
  return { ...asked, ...present };
};

/** Once per task and reorganisation, however often the run is taken up again. */
export const transferCause = (reorganisation: string): CommandName => `reorganisation:${reorganisation}`;

/** Undefined: somebody else was first; decide again on what they left. */
const write = async (
  store: TaskStore,
  clock: Clock,
  change: TaskChange,
  rules: Rules,
  { key, answer }: Idempotent,
): Promise<Applied | undefined> => {
  const rendered = answer(change.next, rules);
  const written = await store.commit([{ ...change, idempotency: { ...key, ...rendered } }], clock.now());
  return written.has(change.next.id) ? { answer: rendered, replayed: false } : undefined;
};

const withRaces = async (attempt: (tried: number) => Promise<Applied | undefined>): Promise<Applied> => {
  for (let tried = 0; tried < attempts; tried += 1) {
    try {
      const applied = await attempt(tried);
      if (applied) return applied;
    } catch (error) {
      // The same key committed between our read and our write: the next read finds its answer.
      if (!(error instanceof IdempotencyRace)) throw error;
    }
  }
  throw new Refusal('service.unavailable', { reason: 'contention' });
};

/** @throws Refusal idempotency_key.reused when the key stands for another request */
export const replayOf = ({ bodyHash, ...answer }: EarlierAnswer, key: IdempotencyKey): Applied => {
  if (bodyHash !== key.bodyHash) throw new Refusal('idempotency_key.reused', { key: key.key });
  return { answer, replayed: true };
};
