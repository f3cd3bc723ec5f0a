// Who follows a task: named by the head of a unit, of their own people (letter 000, item 1).

import { z } from 'zod';
import type { FollowerRow, UnitPerson } from '../../../application/following/ports.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import { applyMany, doneItem, previewMany } from '../../../application/tasks/apply.ts';
import { headsOf } from '../../../domain/organisation/policy.ts';
import type { NameFollower } from '../../../domain/workflow/following.ts';
import { bulkAnswer, bulkItems, bulkReply, bulkTargets } from '../bulk.ts';
import { type Route, route } from '../route.ts';
import { code, moment, text } from '../schemas.ts';
import { defined, keyOf, taskChanges, visibleTask, written } from '../task-change.ts';

export interface FollowerRouteParts {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly followers: (taskId: string) => Promise<readonly FollowerRow[]>;
  readonly people: (units: readonly string[], now: Date) => Promise<readonly UnitPerson[]>;
}

const naming = z.strictObject({
  follower: z.uuid().nullable().meta({ description: 'An account of the unit; null: nobody any more.' }),
  unit: code.optional().meta({
    description: 'Absent: the lead unit where the caller is its head, else the unit whose head the caller is.',
  }),
  reason: text(1000).optional(),
  effectiveAt: moment.optional(),
});

export const followerRoutes = ({ store, clock, followers, people }: FollowerRouteParts): readonly Route[] => {
  const { change } = taskChanges({ store, clock });
  const loadFor = visibleTask(store);
  return [
    route({
      method: 'get',
      path: '/followers',
      tag: 'Following',
      summary: 'People of the units whose head the caller is, with how many open tasks each follows',
      requires: 'task.name_follower',
      scope: 'tasks:read',
      answers: { 200: { description: 'By unit and name.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
      handle: async ({ actor }) => ({ status: 200, body: { items: await people(headsOf(actor), clock.now()) } }),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/followers',
      tag: 'Following',
      summary: 'Who was named to follow the task, by name: one for each unit whose head named one',
      requires: 'task.read',
      scope: 'tasks:read',
      params: z.strictObject({ id: z.uuid() }),
      answers: {
        200: {
          description: 'By unit.',
          schema: z.object({
            items: z.array(z.object({ account: z.uuid(), name: z.string(), unit: z.string(), since: z.iso.date() })),
          }),
        },
      },
      handle: async ({ params, actor }) => {
        const { task } = await loadFor(actor, params.id);
        return { status: 200, body: { items: await followers(task.id) } };
      },
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/follower',
      tag: 'Following',
      summary: 'Name who of the own unit follows the task, somebody else, or nobody any more',
      requires: 'task.name_follower',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: z.strictObject({ id: z.uuid() }),
      body: naming,
      answers: { 200: written },
      handle: (call) => change(call, { type: 'name_follower', ...defined(call.body) } as NameFollower),
    }),
    route({
      method: 'post',
      path: '/tasks/followers',
      tag: 'Following',
      summary: 'Name who follows many tasks at once; each stands or falls alone',
      description: 'With `preview` nothing is written and the answer says what would happen.',
      requires: 'task.name_follower',
      scope: 'tasks:write',
      idempotent: true,
      body: naming.extend({ items: bulkItems, preview: z.boolean().default(false) }),
      answers: { 200: bulkAnswer },
      handle: async (call) => {
        const { items, preview, ...said } = call.body;
        const request = {
          actor: call.actor,
          command: { type: 'name_follower', ...defined(said) } as NameFollower,
          items: bulkTargets(items),
          key: keyOf(call),
        };
        if (!preview) return bulkReply(call, items, { preview, ...(await applyMany(store, clock)(request)) });
        const { changes, refused } = await previewMany(store)(request, 'preview', clock.now());
        return bulkReply(call, items, { preview, ok: changes.map(doneItem), failed: refused });
      },
    }),
  ];
};
