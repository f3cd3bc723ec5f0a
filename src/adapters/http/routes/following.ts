// Difficulties, extensions, explanations and urgings of one task, and the list of difficulties.

import { z } from 'zod';
import type { DifficultyRow, FollowingReader } from '../../../application/following/ports.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { answersFor, can, taskScope } from '../../../domain/organisation/policy.ts';
import { daysBetween } from '../../../domain/schedule/civil-date.ts';
import { answererOf } from '../../../domain/workflow/answering.ts';
import { addressees, type FollowingCommand } from '../../../domain/workflow/following.ts';
import { type Call, type Route, route } from '../route.ts';
import { code, day, moment, sourceDocument, text, urgingBody } from '../schemas.ts';
import { defined, taskChanges, visibleTask, written } from '../task-change.ts';
import { difficultyOutside, outsideView, taskSchema, todayIn } from '../views.ts';

export interface FollowingRouteParts {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly reader: Pick<FollowingReader, 'difficulties' | 'deadlines'>;
  readonly zone: string;
}

const taskId = z.strictObject({ id: z.uuid() });
const oneDifficulty = z.strictObject({ id: z.uuid(), number: z.coerce.number().int().min(1).max(10_000) });
const effectiveAt = moment.optional();
const onOneTask = {
  tag: 'Following',
  idempotent: true,
  conditional: true,
  answers: { 200: written },
} as const;

export const followingRoutes = ({ store, clock, reader, zone }: FollowingRouteParts): readonly Route[] => {
  const { change, view } = taskChanges({ store, clock });
  const loadFor = visibleTask(store);
  /** The body is the command itself. */
  const asking = (type: FollowingCommand['type']) => (call: Call<{ id: string }, unknown, object>) =>
    change(call, { type, ...defined(call.body) } as FollowingCommand);

  return [
    route({
      method: 'post',
      path: '/tasks/{id}/difficulties',
      summary: 'Report a difficulty upward, at once; the task goes on as it is',
      requires: 'task.report_difficulty',
      scope: 'tasks:write',
      ...onOneTask,
      params: taskId,
      body: z.strictObject({
        cause: text(4000),
        proposal: text(4000).optional(),
        addressee: z.enum(addressees).default('office'),
        unit: code.optional(),
        answerBy: day,
        effectiveAt,
      }),
      handle: asking('report_difficulty'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/difficulties/{number}/answer',
      summary: 'Answer a difficulty: the office, the province, or the unit to which it is put',
      description:
        'A unit outside the task is told of its difficulty alone: the answer shows that and no more of the task.',
      requires: 'task.answer_difficulty',
      scope: 'tasks:write',
      ...onOneTask,
      answers: { 200: { ...written, schema: z.union([taskSchema, difficultyOutside]) } },
      params: oneDifficulty,
      body: z.strictObject({ answer: text(4000), document: sourceDocument.optional(), effectiveAt }),
      handle: (call) =>
        change(
          call,
          { type: 'answer_difficulty', number: call.params.number, ...defined(call.body) } as FollowingCommand,
          (task, rules) =>
            can(call.actor, 'task.read', { kind: 'task', task })
              ? view(task, rules)
              : outsideView(task, call.params.number),
        ),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/difficulties/{number}/redirect',
      summary: 'Put an open difficulty to whoever can answer it, with the reason',
      requires: 'task.redirect_difficulty',
      scope: 'tasks:write',
      ...onOneTask,
      params: oneDifficulty,
      body: z.strictObject({
        addressee: z.enum(addressees),
        unit: code.optional(),
        answerBy: day.optional(),
        reason: text(2000),
        document: sourceDocument.optional(),
        effectiveAt,
      }),
      handle: (call) =>
        change(call, {
          type: 'redirect_difficulty',
          number: call.params.number,
          ...defined(call.body),
        } as FollowingCommand),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/extension-requests',
      summary: 'Ask for a later deadline; a decision on the deadline answers it',
      requires: 'task.request_extension',
      scope: 'tasks:write',
      ...onOneTask,
      params: taskId,
      body: z.strictObject({ day, reason: text(1000).optional(), effectiveAt }),
      handle: asking('request_extension'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/explanations',
      summary: 'Explain why the work is overdue, was finished late or has failed',
      requires: 'task.explain',
      scope: 'tasks:write',
      ...onOneTask,
      params: taskId,
      body: z.strictObject({ text: text(4000), objectiveCause: text(2000).optional(), effectiveAt }),
      handle: asking('explain'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/explanations/judgement',
      summary: 'Confirm the objective cause that the unit named, or do not',
      requires: 'task.judge_cause',
      scope: 'tasks:write',
      ...onOneTask,
      params: taskId,
      body: z.strictObject({
        confirmed: z.boolean(),
        reason: text(1000),
        document: sourceDocument.optional(),
        effectiveAt,
      }),
      handle: asking('judge_cause'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/urgings',
      summary: 'Log that the unit was urged: by telephone, by letter or at a meeting',
      requires: 'task.urge',
      scope: 'tasks:write',
      ...onOneTask,
      params: taskId,
      body: urgingBody,
      handle: asking('urge'),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/deadlines',
      tag: 'Following',
      summary:
        'All deadlines a task ever had, the first one first: by whom, in which capacity, why, with which document',
      requires: 'task.read',
      scope: 'tasks:read',
      params: taskId,
      answers: {
        200: {
          description: 'The chain of deadlines.',
          schema: z.object({
            dueOriginalOn: z.iso.date().nullable(),
            dueOn: z.iso.date().nullable(),
            extensions: z.number().int(),
            maxExtensions: z.number().int().nullable(),
            items: z.array(z.looseObject({})),
          }),
        },
      },
      handle: async ({ params, actor }) => {
        const { task, programme } = await loadFor(actor, params.id);
        const { dueOriginalOn, dueOn, extensions } = task;
        const items = await reader.deadlines(task.id);
        return {
          status: 200,
          body: { dueOriginalOn, dueOn, extensions, maxExtensions: programme.maxExtensions, items },
        };
      },
    }),
    route({
      method: 'get',
      path: '/difficulties',
      tag: 'Following',
      summary:
        'Difficulties of tasks that the caller may see, and those put to their unit; to be answered soonest first',
      description:
        '`outside`: the task itself is not theirs to see, only this of it. `version` goes into If-Match of an answer. `mayAnswer` and `mayRedirect`: whether the caller may, as long as it is open.',
      requires: 'task.read',
      scope: 'tasks:read',
      query: z.strictObject({
        programme: code.optional(),
        open: z.enum(['true', 'false']).optional(),
        unit: code.optional(),
      }),
      answers: {
        200: {
          description: 'The list with its counts; `unanswered` are open and past the day by which an answer was asked.',
          schema: z.object({
            asOf: z.iso.date(),
            counts: z.object({ total: z.number(), open: z.number(), answered: z.number(), unanswered: z.number() }),
            items: z.array(z.looseObject({})),
          }),
        },
      },
      handle: async ({ query, actor }) => {
        const asOf = todayIn(clock.now(), zone);
        const open = query.open === undefined ? undefined : query.open === 'true';
        const { programme, unit } = query;
        const items = await reader.difficulties({
          programme,
          unit,
          open,
          scope: taskScope(actor),
          answersFor: answersFor(actor),
        });
        return {
          status: 200,
          body: { asOf, counts: countsOf(items, asOf), items: items.map((row) => offered(actor, row)) },
        };
      },
    }),
  ];
};

/** What of it is the caller's to do. */
const offered = (actor: Actor, { bounds, ...row }: DifficultyRow) => ({
  ...row,
  mayAnswer: row.answer === null && answererOf(actor, bounds, row.addresseeUnit) !== undefined,
  mayRedirect: row.answer === null && can(actor, 'task.redirect_difficulty', { kind: 'task', task: bounds }),
});

const countsOf = (items: readonly DifficultyRow[], asOf: string) => {
  const open = items.filter(({ answer }) => answer === null);
  return {
    total: items.length,
    open: open.length,
    answered: items.length - open.length,
    unanswered: open.filter(({ answerBy }) => daysBetween(answerBy, asOf) > 0).length,
  };
};
