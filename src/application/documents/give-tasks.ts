// One document, many tasks: every item is looked at first, and then all are assigned in one transaction or none is. Each task
// comes through the same door as any other (application/tasks/apply.ts) and carries the document with its item as its source.

import type { Document, TaskLinkKind } from '../../domain/documents/document.ts';
import { readersOf, sourceOf } from '../../domain/documents/document.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Due } from '../../domain/schedule/due.ts';
import type { AssignTask } from '../../domain/workflow/task.ts';
import { permit } from '../permit.ts';
import {
  type Answer,
  type Clock,
  type IdempotencyKey,
  IdempotencyRace,
  type TaskChange,
  type TaskStore,
} from '../ports.ts';
import { type Applied, assignmentOf, commandName, groundOf, type Rules, replayOf } from '../tasks/apply.ts';
import { readableDocument } from './manage.ts';
import type { DocumentStore } from './ports.ts';

/** One task to be: an item names its unit, or is written once for many. */
export interface TaskToGive {
  readonly item?: string;
  readonly programme: string;
  readonly workflow?: string;
  readonly command: Omit<AssignTask, 'source' | 'due'> & { readonly due?: Due };
  /** An earlier task, by id or code, and what this one has to do with it. */
  readonly related?: { readonly task: string; readonly kind: TaskLinkKind };
  /** Where the item stands in the request. */
  readonly index: number;
}

export interface GivenTask {
  readonly asked: TaskToGive;
  readonly change: TaskChange;
  readonly rules: Rules;
  readonly relatedId: string | null;
}
export interface RefusedItem {
  readonly asked: TaskToGive;
  readonly refusal: Refusal;
}

export interface GiveTasksParts {
  readonly documents: DocumentStore;
  readonly tasks: TaskStore;
  readonly clock: Clock;
  readonly defaultDue: (programme: string) => Promise<Due | undefined>;
}

/** So often in a row units or rights may change between judging and writing. */
const attempts = 8;

/** Rights or a unit changed between judging and writing: all items or none, so all are judged again. */
class Overtaken extends Error {}

export const giveTasks = (parts: GiveTasksParts) => {
  const { documents, tasks, clock } = parts;

  /**
   * What giving these tasks would do; stores nothing.
   * @throws Refusal document.not_found, document.not_issued, permission.denied
   */
  const preview = async (
    documentId: string,
    asked: Actor,
    items: readonly TaskToGive[],
    cause = 'preview',
  ): Promise<{
    readonly document: Document;
    readonly given: readonly GivenTask[];
    readonly refused: readonly RefusedItem[];
  }> => {
    const actor = await presentActor(tasks, clock, asked);
    const document = await readableDocument(documents, actor, documentId);
    permit(actor, 'document.write', { kind: 'document', units: readersOf(document) });
    if (document.status === 'draft') throw new Refusal('document.not_issued', { document: documentId });
    const grounds = remembering(tasks);
    const given: GivenTask[] = [];
    const refused: RefusedItem[] = [];
    for (const item of items) {
      try {
        given.push(await judged(parts, grounds, { document, actor, item, cause }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ asked: item, refusal: error });
      }
    }
    return { document, given, refused };
  };

  /**
   * Gives all tasks or none.
   * @throws Refusal document.items_refused with the refusal of each item; idempotency_key.reused
   */
  const give = async (
    documentId: string,
    actor: Actor,
    items: readonly TaskToGive[],
    key: IdempotencyKey,
    answer: (document: Document, given: readonly GivenTask[]) => Answer,
  ): Promise<Applied> => {
    for (let tried = 0; tried < attempts; tried += 1) {
      // What was answered then is for the eyes of who may still read the document.
      await readableDocument(documents, actor, documentId);
      const earlier = await tasks.earlierAnswer(key);
      if (earlier) return replayOf(earlier, key);
      const { document, given, refused } = await preview(documentId, actor, items, commandName(actor, key.key));
      if (refused.length > 0) throw refusalOf(refused);
      try {
        return await written(parts, document, actor, given, key, answer(document, given));
      } catch (error) {
        if (!(error instanceof Overtaken) && !(error instanceof IdempotencyRace)) throw error;
      }
    }
    throw new Refusal('service.unavailable', { reason: 'contention' });
  };

  return { preview, give };
};
export type GiveTasks = ReturnType<typeof giveTasks>;

const written = async (
  { documents, clock }: GiveTasksParts,
  document: Document,
  actor: Actor,
  given: readonly GivenTask[],
  key: IdempotencyKey,
  rendered: Answer,
): Promise<Applied> => {
  const now = clock.now();
  const changes = given.map(({ change }, index) =>
    index === 0 ? { ...change, idempotency: { ...key, ...rendered } } : change,
  );
  await documents.together(async (tx) => {
    if ((await tx.tasks.commit(changes, now)).size < changes.length) throw new Overtaken();
    await tx.keep(
      given.map(({ asked, change }, position) => ({
        taskId: change.next.id,
        documentId: document.id,
        item: asked.item ?? null,
        position,
      })),
      given.flatMap(({ asked, change, relatedId }) =>
        asked.related && relatedId !== null ? [{ from: change.next.id, to: relatedId, kind: asked.related.kind }] : [],
      ),
      { actor: actor.id, at: now },
    );
  });
  return { answer: rendered, replayed: false };
};

/** @throws Refusal session.required when the account is active no more */
const presentActor = async (
  tasks: Pick<TaskStore, 'actor'>,
  clock: Clock,
  { standsInFor, ...asked }: Actor,
): Promise<Actor> => {
  if (asked.standing === undefined) return standsInFor ? { ...asked, standsInFor } : asked;
  const present = await tasks.actor(asked.id, clock.now());
  if (!present) throw new Refusal('session.required');
  return { ...asked, ...present };
};

interface Judging {
  readonly document: Document;
  readonly actor: Actor;
  readonly item: TaskToGive;
  readonly cause: string;
}

/** @throws Refusal */
const judged = async (
  { documents, tasks, clock, defaultDue }: GiveTasksParts,
  grounds: Pick<TaskStore, 'ground' | 'unitLine'>,
  { document, actor, item, cause }: Judging,
): Promise<GivenTask> => {
  permit(actor, 'task.assign', { kind: 'programme', programme: item.programme });
  const due = item.command.due ?? (await defaultDue(item.programme));
  // Letter 002 item 3: a product without a deadline and without a reason is the defect to avoid.
  if (!due) throw new Refusal('task.deadline_required', { pointer: '/due' });
  const source = document.secret ? undefined : sourceOf(document, item.item);
  const command: AssignTask = {
    ...item.command,
    due,
    ...(source === undefined ? {} : { source }),
    ...(document.secret ? { secret: true as const } : {}),
  };
  const request = {
    actor,
    programme: item.programme,
    command,
    ...(item.workflow === undefined ? {} : { workflow: item.workflow }),
  };
  const ground = await groundOf(grounds, request, clock.now());
  const change = assignmentOf(ground, request, cause, clock.now());
  const relatedId = item.related ? await relatedTask(documents, tasks, actor, item.related.task) : null;
  return { asked: item, change, rules: ground, relatedId };
};

/** @throws Refusal task.not_found, also for what exists and is not theirs to see */
const relatedTask = async (
  documents: DocumentStore,
  tasks: TaskStore,
  actor: Actor,
  codeOrId: string,
): Promise<string> => {
  const id = await documents.taskId(codeOrId);
  const task = id === undefined ? undefined : (await tasks.load([id])).get(id)?.task;
  if (!task || !can(actor, 'task.read', { kind: 'task', task }))
    throw new Refusal('task.not_found', { pointer: '/relatedTask', task: codeOrId });
  return task.id;
};

/** An item for thirty units asks for its programme once. */
const remembering = (tasks: TaskStore): Pick<TaskStore, 'ground' | 'unitLine'> => {
  const once = <T>(memory: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> => {
    const known = memory.get(name) ?? read();
    memory.set(name, known);
    return known;
  };
  const grounds = new Map<string, ReturnType<TaskStore['ground']>>();
  const lines = new Map<string, ReturnType<TaskStore['unitLine']>>();
  return {
    ground: (programme, workflow) =>
      once(grounds, JSON.stringify([programme, workflow]), () => tasks.ground(programme, workflow)),
    unitLine: (unit, now) => once(lines, unit, () => tasks.unitLine(unit, now)),
  };
};

/** Who may not is told so; anything else says which items stand in the way, and why. */
const refusalOf = (refused: readonly RefusedItem[]): Refusal =>
  refused.find(({ refusal }) => refusal.code === 'permission.denied')?.refusal ??
  new Refusal('document.items_refused', {
    items: refused.slice(0, 200).map(({ asked, refusal }) => ({
      index: asked.index,
      ...(asked.item === undefined ? {} : { item: asked.item }),
      leadUnit: asked.command.leadUnit,
      code: refusal.code,
      details: refusal.details,
    })),
  });
