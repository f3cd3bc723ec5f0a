import { z } from 'zod';
import type { Clock } from '../../../application/ports.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Inbox } from '../../db/queries/inbox.ts';
import { type Route, route } from '../route.ts';

export interface NotificationRouteParts {
  readonly inbox: Inbox;
  readonly clock: Clock;
}

const id = z.string().regex(/^\d{1,18}$/);
const item = z.looseObject({
  id,
  taskId: z.uuid().nullable().meta({ description: 'Null: it tells of a confirmation round.' }),
  taskCode: z.string().nullable(),
  confirmation: z.uuid().nullable(),
  line: z.string(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export const notificationRoutes = ({ inbox, clock }: NotificationRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'What the caller was told, newest first',
    requires: 'notification.read',
    scope: 'notifications:read',
    query: z.strictObject({
      unread: z
        .enum(['true', 'false'])
        .default('false')
        .transform((value) => value === 'true'),
      after: id.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answers: {
      200: {
        description: 'One page, with counts.',
        schema: z.object({
          items: z.array(item),
          total: z.number().int(),
          unread: z.number().int(),
          next: id.nullable(),
        }),
      },
    },
    handle: async ({ query, actor }) => ({ status: 200, body: await inbox.list({ accountId: actor.id, ...query }) }),
  }),
  route({
    method: 'post',
    path: '/notifications/{id}/read',
    tag: 'Notifications',
    summary: 'Mark one notification read',
    requires: 'notification.read',
    scope: 'notifications:write',
    params: z.strictObject({ id }),
    answers: { 204: { description: 'Read.' } },
    handle: async ({ params, actor }) => {
      if (!(await inbox.markRead(actor.id, params.id, clock.now())))
        throw new Refusal('notification.not_found', { id: params.id });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/notifications/read',
    tag: 'Notifications',
    summary: 'Mark everything read up to and including one notification',
    requires: 'notification.read',
    scope: 'notifications:write',
    body: z.strictObject({ upTo: id }),
    answers: { 200: { description: 'How many.', schema: z.object({ read: z.number().int() }) } },
    handle: async ({ body, actor }) => ({
      status: 200,
      body: { read: await inbox.markAllRead(actor.id, body.upTo, clock.now()) },
    }),
  }),
];
