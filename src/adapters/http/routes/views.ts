import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type manageViews, mostViews, sharings, viewPages } from '../../../application/views/manage.ts';
import { type Route, route } from '../route.ts';
import { code, text } from '../schemas.ts';

/** As URLSearchParams writes it. */
const query = z
  .string()
  .max(1000)
  .regex(/^[\w%.*+=&~-]*$/, 'is not the query of an address');

const view = z
  .object({
    id: z.uuid(),
    page: z.enum(viewPages),
    name: z.string(),
    query: z.string(),
    sharing: z.enum(sharings),
    unit: z.string().nullable(),
    own: z.boolean(),
  })
  .meta({
    id: 'SavedView',
    description: 'A list under a name: the query of its address. It shows nobody more than they may see.',
  });

export const viewRoutes = (views: ReturnType<typeof manageViews>): readonly Route[] => [
  route({
    method: 'get',
    path: '/me/views',
    tag: 'My account',
    summary: 'Saved views of a page: my own, those of my units, those for everybody',
    requires: 'signed_in',
    scope: 'session_only',
    query: z.strictObject({ page: z.enum(viewPages).default('tasks') }),
    answers: { 200: { description: 'My own first, each kind by name.', schema: z.object({ items: z.array(view) }) } },
    handle: async ({ actor, query }) => {
      const items = await views.list(actor, query.page);
      return {
        status: 200,
        body: { items: items.map(({ owner, createdAt: _at, ...shown }) => ({ ...shown, own: owner === actor.id })) },
      };
    },
  }),
  route({
    method: 'post',
    path: '/me/views',
    tag: 'My account',
    summary: 'Save a view; under a name I have already, in its place',
    description: `At most ${mostViews} of one account. Sharing needs \`view.share\`: with a unit for that unit, with everybody everywhere.`,
    requires: 'signed_in',
    scope: 'session_only',
    body: z
      .strictObject({
        page: z.enum(viewPages).default('tasks'),
        name: text(100),
        query,
        sharing: z.enum(sharings).default('private'),
        unit: code.nullable().default(null),
      })
      .refine(({ sharing, unit }) => (sharing === 'unit') === (unit !== null), {
        path: ['unit'],
        message: 'is named exactly when the view is shared with a unit',
      }),
    answers: { 201: { description: 'Saved.', schema: z.object({ id: z.uuid() }) } },
    handle: async ({ actor, body }) => ({
      status: 201,
      body: { id: await views.save(actor, { id: uuid(), ...body }) },
    }),
  }),
  route({
    method: 'delete',
    path: '/me/views/{id}',
    tag: 'My account',
    summary: 'Remove a saved view: my own, or a shared one where I may share as well',
    requires: 'signed_in',
    scope: 'session_only',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 204: { description: 'Removed.' } },
    handle: async ({ actor, params }) => {
      await views.remove(actor, params.id);
      return { status: 204 };
    },
  }),
];
