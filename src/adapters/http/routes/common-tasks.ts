// Common tasks: a copy in every unit, made, moved and counted in one act each.

import { z } from 'zod';
import { createCommon, decideCommonDeadline, type NewCommonTask } from '../../../application/following/common-tasks.ts';
import type { CommonStore } from '../../../application/following/ports.ts';
import { permit } from '../../../application/permit.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import type { DecideDeadline } from '../../../domain/workflow/task.ts';
import { problemOf } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { code, day, deadlineBody, due, newTask } from '../schemas.ts';
import { defined, keyOf } from '../task-change.ts';

export interface CommonRouteParts {
  readonly common: CommonStore;
  readonly store: TaskStore;
  readonly clock: Clock;
}

const placed = z.object({ id: z.uuid(), unit: z.string() });

export const commonTaskRoutes = ({ common, store, clock }: CommonRouteParts): readonly Route[] => [
  route({
    method: 'post',
    path: '/tasks/common',
    tag: 'Following',
    summary: 'Give every unit of some blocs its copy of one task, in one act',
    requires: 'task.assign',
    scope: 'tasks:write',
    idempotent: true,
    body: newTask
      .omit({ kind: true, leadUnit: true, code: true, workflow: true, due: true })
      .extend({
        code: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,31}$/u),
        due,
        blocs: z.array(z.string().min(1).max(64)).min(1).max(20),
        measure: z
          .strictObject({
            kind: z.literal('on_time'),
            programmes: z.array(code).min(1).max(20),
            from: day,
            to: day,
          })
          .refine(({ from, to }) => from <= to, 'ends before it begins')
          .optional()
          .meta({
            description:
              'The commitment measures itself: the share of the unit’s work in these programmes, due within the period, that was on time. Shown on each copy as `measured`; it decides nothing.',
          }),
      })
      .meta({ id: 'NewCommonTask' }),
    answers: {
      200: {
        description: 'Who has a copy now, and who can have none by the rules.',
        schema: z.object({
          code: z.string(),
          created: z.array(placed),
          existing: z.array(placed),
          refused: z.array(z.object({ unit: z.string(), reason: z.string() })),
        }),
      },
    },
    handle: async ({ body, actor, idempotencyKey }) => {
      const { programme, code: commonCode, blocs, measure, ...task } = body;
      const asked = {
        programme,
        code: commonCode,
        blocs,
        ...defined({ measure }),
        task: defined(task),
      } as NewCommonTask;
      return { status: 200, body: await createCommon(common, store, clock)(asked, actor, idempotencyKey) };
    },
  }),
  route({
    method: 'post',
    path: '/programmes/{code}/common/{common}/deadlines',
    tag: 'Following',
    summary: 'Decide one deadline for all open copies of a common task; each stands or falls alone',
    requires: 'task.decide_deadline',
    scope: 'tasks:write',
    idempotent: true,
    params: z.strictObject({ code, common: code }),
    body: deadlineBody,
    answers: {
      200: {
        description: 'Per copy.',
        schema: z.object({ ok: z.array(z.unknown()), failed: z.record(z.string(), z.unknown()) }),
      },
    },
    handle: async (call) => {
      const decision = { type: 'decide_deadline', ...defined(call.body) } as DecideDeadline;
      const { code: programme, common: commonCode } = call.params;
      const { ok, failed } = await decideCommonDeadline(common, store, clock)(
        { programme, code: commonCode, decision },
        call.actor,
        keyOf(call),
      );
      const instance = String(call.res.getHeader('X-Request-Id'));
      return {
        status: 200,
        body: {
          ok,
          failed: Object.fromEntries(
            [...failed].map(([id, refusal]) => [id, problemOf(refusal.code, instance, refusal.details)]),
          ),
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/programmes/{code}/common',
    tag: 'Following',
    summary: 'Common tasks of a programme: how many copies stand where',
    requires: 'report.read',
    scope: 'reports:read',
    params: z.strictObject({ code }),
    answers: { 200: { description: 'Per common task.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
    handle: async ({ params, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: params.code });
      return { status: 200, body: { items: await common.figures(params.code) } };
    },
  }),
];
