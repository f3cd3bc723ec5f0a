// Renaming, merging, splitting and ending units: each one act with its document, looked at before it is done.

import { z } from 'zod';
import type { ReorganisationRun } from '../../../application/organisation/ports.ts';
import type { Reorganise } from '../../../application/organisation/reorganise.ts';
import {
  type Reorganisation,
  type ReorganisationPlan,
  reorganisationKinds,
} from '../../../domain/organisation/reorganisation.ts';
import { taskKinds } from '../../../domain/workflow/task.ts';
import { type Route, route } from '../route.ts';
import { code, day, sourceDocument, text } from '../schemas.ts';
import { unitFacts } from './units.ts';

const { order, ...facts } = unitFacts;

const body = z
  .strictObject({
    kind: z.enum(reorganisationKinds),
    effectiveOn: day,
    document: sourceDocument,
    predecessors: z.array(code).max(500).default([]),
    successors: z
      .array(z.union([z.strictObject({ code }), z.strictObject({ ...facts, order })]))
      .max(500)
      .default([]),
    changes: z
      .array(
        z.strictObject({
          code,
          name: facts.name.optional(),
          class: facts.class.optional(),
          bloc: facts.bloc.optional(),
          order: order.optional(),
          parent: code.nullable().optional(),
        }),
      )
      .max(500)
      .default([]),
    mapping: z
      .array(
        z
          .strictObject({
            tasks: z.array(z.uuid()).max(5000).optional(),
            field: text(100).optional(),
            kind: z.enum(taskKinds).optional(),
            to: code,
          })
          .refine((rule) => Object.keys(rule).length > 1, 'says nothing of which tasks'),
      )
      .max(500)
      .default([]),
    appraisers: z
      .array(
        z.strictObject({
          tasks: z.array(z.uuid()).min(1).max(5000),
          appraiserUnit: code,
          participants: z.array(code).max(50).optional(),
        }),
      )
      .max(500)
      .default([]),
    members: z
      .array(z.strictObject({ account: z.uuid(), to: code.nullable() }))
      .max(5000)
      .default([]),
  })
  .meta({ id: 'Reorganisation' });

const run = z
  .object({
    id: z.uuid(),
    kind: z.enum(reorganisationKinds),
    effectiveOn: z.iso.date(),
    document: z.unknown(),
    predecessors: z.array(z.string()),
    successors: z.array(z.string()),
    status: z.enum(['planned', 'running', 'done', 'refused', 'cancelled']),
    total: z.number().int(),
    processed: z.number().int(),
    problem: z.unknown().nullable(),
    actor: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ReorganisationRun' });

const preview = z
  .looseObject({
    created: z.array(z.string()),
    changed: z.array(z.looseObject({})),
    ended: z.array(z.looseObject({})),
    tasks: z.looseObject({ total: z.number().int(), items: z.array(z.looseObject({})) }),
    conflicts: z.array(z.looseObject({})),
  })
  .meta({ id: 'ReorganisationPreview' });

export const reorganisationRoutes = (reorganisations: Reorganise): readonly Route[] => [
  route({
    method: 'post',
    path: '/reorganisations/preview',
    tag: 'Organisation',
    summary: 'What a reorganisation would do: units, tasks, people, programmes, open rounds, conflicts; stores nothing',
    requires: 'organisation.write',
    scope: 'session_only',
    body,
    answers: { 200: { description: 'The plan as of now.', schema: preview } },
    handle: async (call) => ({ status: 200, body: previewOf(await reorganisations.preview(requestOf(call.body))) }),
  }),
  route({
    method: 'post',
    path: '/reorganisations',
    tag: 'Organisation',
    summary: 'Rename, merge, split or end units from a day on, by a document',
    description:
      'Answers at once; a worker does it on its day, at once when the day has come. Open tasks move to the successor (a split: by mapping, the rest to the first successor), finished ones stay with the old unit under its old name. The day must lie after the last frozen day of every programme whose open tasks move. Tasks whose appraiser would be in its own unit’s line need another one in appraisers, or the whole is refused.',
    requires: 'organisation.write',
    scope: 'session_only',
    idempotent: true,
    body,
    answers: { 202: { description: 'Accepted.', schema: run } },
    handle: async (call) => {
      const accepted = await reorganisations.plan(requestOf(call.body), call.actor, call.idempotencyKey);
      const headers = { Location: `/api/v1/reorganisations/${accepted.id}` };
      return { status: 202, body: runOf(accepted), headers };
    },
  }),
  route({
    method: 'get',
    path: '/reorganisations',
    tag: 'Organisation',
    summary: 'Reorganisations, latest day first',
    requires: 'organisation.read',
    scope: 'organisation:read',
    answers: { 200: { description: 'Up to 200.', schema: z.object({ items: z.array(run) }) } },
    handle: async () => ({ status: 200, body: { items: (await reorganisations.list(200)).map(runOf) } }),
  }),
  route({
    method: 'get',
    path: '/reorganisations/{id}',
    tag: 'Organisation',
    summary: 'How far a reorganisation is, and what stands in its way',
    requires: 'organisation.read',
    scope: 'organisation:read',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'The run.', schema: run } },
    handle: async ({ params }) => ({ status: 200, body: runOf(await reorganisations.find(params.id)) }),
  }),
  route({
    method: 'post',
    path: '/reorganisations/{id}/cancel',
    tag: 'Organisation',
    summary: 'Call off a reorganisation whose day has not come',
    requires: 'organisation.write',
    scope: 'session_only',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: text(1000) }),
    answers: { 200: { description: 'Cancelled.', schema: run } },
    handle: async (call) => ({
      status: 200,
      body: runOf(await reorganisations.cancel(call.params.id, call.actor, call.body.reason)),
    }),
  }),
];

const requestOf = ({ successors, changes, ...rest }: z.output<typeof body>): Reorganisation =>
  ({
    ...rest,
    successors: successors.map((unit) => ('name' in unit ? placed(unit) : unit.code)),
    changes: changes.map((change) => placed(change)),
    // Keys that were not given are not there, not undefined: parsed JSON holds no undefined.
  }) as Reorganisation;

const placed = <T extends { readonly order?: number | undefined }>({ order: officialOrder, ...unit }: T) => ({
  ...unit,
  ...(officialOrder === undefined ? {} : { officialOrder }),
});

const runOf = ({ request: _request, ...view }: ReorganisationRun): Omit<ReorganisationRun, 'request'> => view;

/** Tasks and conflicts that a preview lists; the totals count all. */
const mostListed = 1000;

const previewOf = ({ created, changed, ended, moves, conflicts, members, aggregators }: ReorganisationPlan) => ({
  created: created.map((unit) => unit.code),
  changed,
  ended,
  tasks: {
    total: moves.length,
    byUnit: countedBy(moves.map(({ task, move }) => `${task.leadUnit} → ${move.leadUnit}`)),
    items: moves.slice(0, mostListed).map(({ task, move }) => ({
      id: task.id,
      code: task.code,
      programme: task.programme,
      category: task.category,
      from: { leadUnit: task.leadUnit, appraiserUnit: task.appraiserUnit, participants: task.participants },
      to: { leadUnit: move.leadUnit, appraiserUnit: move.appraiserUnit, participants: move.participants },
    })),
  },
  openRounds: moves.filter(({ task }) => task.inReview).map(({ task }) => ({ id: task.id, code: task.code })),
  members: members.map(({ member: { account, name, role, unit }, to }) => ({ account, name, role, from: unit, to })),
  programmes: aggregators,
  conflictsTotal: conflicts.length,
  conflicts: conflicts.slice(0, mostListed),
});

const countedBy = (keys: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};
