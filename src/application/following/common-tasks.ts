// Nhiệm vụ giao chung: one text, a copy in every unit, edited once and counted many times (domain rule T5).

import canonicalize from 'canonicalize';
import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { AssignTask, DecideDeadline } from '../../domain/workflow/task.ts';
import { permit } from '../permit.ts';
import type { Clock, IdempotencyKey, TaskChange, TaskStore } from '../ports.ts';
import { applyMany, assignmentOf, type BulkOutcome, commandName, groundOf } from '../tasks/apply.ts';
import type { CommonStore, Measure } from './ports.ts';

const namespace = '5a0d1f64-7c0b-4d6e-9b63-8f1f6f2f4a11';

export interface NewCommonTask {
  readonly programme: string;
  readonly code: string;
  readonly blocs: readonly string[];
  /** Absent: nobody measures it but its units. */
  readonly measure?: Measure;
  readonly task: Omit<AssignTask, 'type' | 'id' | 'code' | 'kind' | 'leadUnit'>;
}

export interface CommonOutcome {
  readonly code: string;
  readonly created: readonly { readonly id: string; readonly unit: string }[];
  /** Had their copy before. */
  readonly existing: readonly { readonly id: string; readonly unit: string }[];
  /** By the rules no task for them, for example a unit that would appraise itself. */
  readonly refused: readonly { readonly unit: string; readonly reason: string }[];
}

/**
 * Gives every unit of the blocs its copy. Asked again it gives copies to units that have come since, and to nobody a second one.
 * @throws Refusal task.exists when the code stands for another text
 */
export const createCommon =
  (store: CommonStore, tasks: TaskStore, clock: Clock) =>
  async (asked: NewCommonTask, actor: Actor, key: string): Promise<CommonOutcome> => {
    const { programme, code, blocs, measure, task } = asked;
    permit(actor, 'task.assign', { kind: 'programme', programme });
    const now = clock.now();
    const body = { blocs, task, ...(measure ? { measure } : {}) };
    const kept = await store.keep({ programme, code, body, createdBy: actor.id, createdAt: now });
    if (canonicalize(kept) !== canonicalize(JSON.parse(JSON.stringify(body))))
      throw new Refusal('task.exists', { task: code });
    const places = (await store.unitsOf(blocs, now)).map((unit) => ({
      unit,
      id: uuidFrom(`${programme}/${code}/${unit}`, namespace),
    }));
    const there = await tasks.load(places.map(({ id }) => id));
    const changes: TaskChange[] = [];
    const refused: { unit: string; reason: string }[] = [];
    for (const { unit, id } of places.filter((place) => !there.has(place.id))) {
      const command: AssignTask = {
        ...task,
        type: 'assign',
        id,
        code: `${code}-${unit}`,
        kind: 'common',
        leadUnit: unit,
      };
      try {
        const ground = await groundOf(tasks, { actor, programme, command }, now);
        changes.push(assignmentOf(ground, { actor, command }, commandName(actor, key), now));
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'conflict_of_interest') throw error;
        refused.push({ unit, reason: error.code });
      }
    }
    const written = changes.length > 0 ? await tasks.commit(changes, now) : new Set<string>();
    if (written.size < changes.length) throw new Refusal('service.unavailable', { reason: 'contention' });
    const existing = places.filter(({ id }) => there.has(id));
    const created = places.filter(({ id }) => written.has(id));
    await store.link(
      programme,
      code,
      [...existing, ...created].map(({ id }) => id),
    );
    return { code, created, existing, refused };
  };

/** One decision for all copies that are still open. @throws Refusal common.not_found */
export const decideCommonDeadline =
  (store: CommonStore, tasks: TaskStore, clock: Clock) =>
  async (
    {
      programme,
      code,
      decision,
    }: { readonly programme: string; readonly code: string; readonly decision: DecideDeadline },
    actor: Actor,
    key: IdempotencyKey,
  ): Promise<BulkOutcome> => {
    const copies = await tasks.load(await store.copies(programme, code));
    if (copies.size === 0) throw new Refusal('common.not_found', { programme, code });
    const items = [...copies.values()].map(({ task }) => ({ taskId: task.id, expectedVersion: task.version }));
    return applyMany(tasks, clock)({ actor, command: decision, items, key });
  };
