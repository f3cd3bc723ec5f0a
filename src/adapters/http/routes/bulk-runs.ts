// One deed on many tasks as a run on the server: asked for once, done by a worker, followed until it is over.

import { z } from 'zod';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import { doneItem, previewMany } from '../../../application/tasks/apply.ts';
import {
  type BulkRun,
  type BulkRuns,
  bulkKinds,
  bulkStatuses,
  permitKind,
  type RefusedItem,
  type StartRun,
} from '../../../application/tasks/bulk-runs.ts';
import { may, taskScope } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { bulkAnswer, bulkItems, bulkReply, bulkTargets, moveOf, runItems } from '../bulk.ts';
import { problemTexts } from '../problem-texts.ts';
import { type Route, route } from '../route.ts';
import { sharedTransitionBody, urgingBody } from '../schemas.ts';
import { defined, keyOf } from '../task-change.ts';

export interface BulkRunRouteParts {
  readonly runs: BulkRuns;
  readonly store: TaskStore;
  readonly clock: Clock;
}

/** 10,000 items with room for long texts. */
const bodyLimitBytes = 1024 * 1024;

const deedOn = <I extends z.ZodType>(items: I) =>
  z.discriminatedUnion('kind', [
    sharedTransitionBody.extend({ kind: z.literal('transition'), items }),
    urgingBody.extend({ kind: z.literal('urge'), items }),
  ]);
const startBody = deedOn(runItems);
const previewBody = deedOn(bulkItems);

/** @throws Refusal input.invalid */
const commandOf = ({ items: _items, ...body }: z.output<typeof startBody>): StartRun['command'] => {
  if (body.kind === 'urge') {
    const { kind, ...rest } = body;
    return { type: kind, ...defined(rest) } as StartRun['command'];
  }
  const { kind: _kind, ...rest } = body;
  return moveOf(rest);
};

const runShape = {
  id: z.uuid(),
  kind: z.enum(bulkKinds),
  status: z.enum(bulkStatuses),
  total: z.number().int(),
  processed: z.number().int(),
  ok: z.number().int(),
  refused: z.number().int(),
  actor: z.uuid(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
};
const run = z
  .object(runShape)
  .meta({ id: 'BulkRun', description: 'How far one deed on many tasks is: processed of total, ok and refused.' });
const wholeRun = z
  .object({
    ...runShape,
    refusals: z.array(
      z.object({
        id: z.uuid(),
        task: z
          .object({ code: z.string(), title: z.string(), programme: z.string(), version: z.number().int() })
          .nullable(),
        code: z.string(),
        vi: z.string(),
        en: z.string(),
        details: z.looseObject({}),
      }),
    ),
  })
  .meta({ id: 'BulkRunWithRefusals' });

const runView = ({ id, kind, status, total, processed, ok, actor, createdAt, finishedAt }: BulkRun) => ({
  id,
  kind,
  status,
  total,
  processed,
  ok,
  refused: processed - ok,
  actor,
  createdAt,
  finishedAt,
});

const refusalView = ({ taskId, code, details, task }: RefusedItem) => {
  const { vi, en } = problemTexts[code];
  return { id: taskId, task, code, vi, en, details };
};

export const bulkRunRoutes = ({ runs, store, clock }: BulkRunRouteParts): readonly Route[] => [
  route({
    method: 'post',
    path: '/tasks/bulk-runs',
    tag: 'Tasks',
    summary: 'Do one thing to up to 10,000 tasks: a worker does it, each task stands or falls alone',
    description:
      'Answers at once; follow it under Location. Each task is judged when its turn comes, by the rights that whoever started it has then; one that changed since its `version` is refused.',
    // Whoever may urge may also move; what the deed itself takes is asked by its kind.
    requires: 'task.move',
    scope: 'tasks:write',
    idempotent: true,
    bodyLimitBytes,
    body: startBody,
    answers: { 202: { description: 'Accepted.', schema: run } },
    handle: async (call) => {
      const { bodyHash, key } = keyOf(call);
      const { kind, items } = call.body;
      permitKind(call.actor, kind);
      const asked = { kind, command: commandOf(call.body), items: bulkTargets(items), key, bodyHash };
      const accepted = await runs.start(asked, call.actor);
      return {
        status: 202,
        body: runView(accepted),
        headers: { Location: `/api/v1/tasks/bulk-runs/${accepted.id}` },
      };
    },
  }),
  route({
    method: 'post',
    path: '/tasks/bulk-runs/preview',
    tag: 'Tasks',
    summary: 'What a run would do to each of these tasks now; writes nothing',
    requires: 'task.move',
    scope: 'tasks:write',
    body: previewBody,
    answers: { 200: bulkAnswer },
    handle: async (call) => {
      permitKind(call.actor, call.body.kind);
      const items = call.body.items;
      const request = { actor: call.actor, command: commandOf(call.body), items: bulkTargets(items) };
      const { changes, refused } = await previewMany(store)(request, 'preview', clock.now());
      return bulkReply(call, items, { preview: true, ok: changes.map(doneItem), failed: refused });
    },
  }),
  route({
    method: 'get',
    path: '/tasks/bulk-runs',
    tag: 'Tasks',
    summary: 'One’s own runs, newest first: what is not over, and what was begun within a day',
    requires: 'signed_in',
    scope: 'tasks:write',
    answers: { 200: { description: 'At most 20.', schema: z.object({ items: z.array(run) }) } },
    handle: async ({ actor }) => ({ status: 200, body: { items: (await runs.recent(actor)).map(runView) } }),
  }),
  route({
    method: 'get',
    path: '/tasks/bulk-runs/{id}',
    tag: 'Tasks',
    summary: 'How far a run is, and every task that was refused with the reason',
    description:
      'Of one’s own runs; whoever reads the audit list reads all. `task` is as it is now, null for who may not see it.',
    requires: 'signed_in',
    scope: 'tasks:write',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'The run.', schema: wholeRun } },
    handle: async ({ params, actor }) => {
      const found = await runs.find(params.id);
      if (found.actor !== actor.id && !may(actor, 'audit.read'))
        throw new Refusal('bulk_run.not_found', { run: params.id });
      const refusals = await runs.refusals(found.id, taskScope(actor));
      return { status: 200, body: { ...runView(found), refusals: refusals.map(refusalView) } };
    },
  }),
];
