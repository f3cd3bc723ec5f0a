import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type BookWriter, bookFormats } from '../../../application/book.ts';
import { type MeasureTasks, withMeasured } from '../../../application/following/measure.ts';
import type { AuditLog, Clock, TaskStore } from '../../../application/ports.ts';
import { type ReportReader, reportTimes, structures } from '../../../application/reports/statistics.ts';
import { applyMany, assignTask, doneItem, previewMany } from '../../../application/tasks/apply.ts';
import { taskScope } from '../../../domain/organisation/policy.ts';
import { Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { noticeOf } from '../../../domain/reporting/illustrative.ts';
import { owedTimers } from '../../../domain/schedule/owed-timers.ts';
import { possibleActions } from '../../../domain/workflow/actions.ts';
import { categories } from '../../../domain/workflow/definition.ts';
import type { AssignTask, Command } from '../../../domain/workflow/task.ts';
import type { LastReturn } from '../../db/queries/appraisals.ts';
import type { EventPage } from '../../db/queries/events.ts';
import type { StateNames } from '../../db/queries/state-names.ts';
import type { TaskPage, TaskPageRequest, TaskSort } from '../../db/queries/tasks.ts';
import { bulkAnswer, bulkItems, bulkReply, bulkTargets, moveOf } from '../bulk.ts';
import { problemTexts } from '../problem-texts.ts';
import { type Route, route } from '../route.ts';
import {
  code,
  day,
  deadlineBody,
  decodeCursor,
  encodeCursor,
  listOf,
  moment,
  mostInteger,
  newTask,
  page,
  progressBody,
  sharedTransitionBody,
  transitionBody,
} from '../schemas.ts';
import { defined, keyOf, replyOf, taskChanges, visibleTask, written } from '../task-change.ts';
import { etagOf, measuredSchema, taskSchema, todayIn } from '../views.ts';
import { exportTasks } from './task-export.ts';

export interface TaskRouteParts {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly list: (request: TaskPageRequest) => Promise<TaskPage>;
  readonly stateNames: StateNames;
  readonly events: (taskId: string, after: number, limit: number) => Promise<EventPage>;
  readonly lastReturn: (taskId: string) => Promise<LastReturn | null>;
  readonly reports: ReportReader;
  /** Zone in which "today" is judged where no programme says otherwise. */
  readonly zone: string;
  readonly writer: BookWriter;
  readonly audit: AuditLog;
  readonly measured: MeasureTasks;
  readonly defaultDue: (programme: string) => Promise<AssignTask['due'] | undefined>;
}

const taskId = z.strictObject({ id: z.uuid() });

const taskSorts = [
  'code',
  '-code',
  'dueOn',
  '-dueOn',
  'recordedAt',
  '-recordedAt',
] as const satisfies readonly TaskSort[];

const deadlineClasses = [
  'in_time',
  'due_soon',
  'overdue',
  'undated',
  'submitted_on_time',
  'submitted_late',
  'submitted_undated',
  'done_on_time',
  'done_late',
  'done_undated',
  'closed',
] as const;

const taskQuery = z.strictObject({
  programme: code.optional(),
  unit: listOf(code).optional(),
  bloc: z.string().max(64).optional(),
  appraiser: code.optional(),
  category: listOf(z.enum(categories)).optional(),
  state: z.string().max(64).optional(),
  kind: z.enum(['common', 'template', 'own']).optional(),
  estimate: z.enum(['done', 'not_done', 'stopped', 'undeclared']).optional(),
  deadline: listOf(z.enum(deadlineClasses)).optional(),
  follower: z.union([z.literal('me'), z.uuid()]).optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  urgedIn: z.uuid().optional(),
  q: z.string().max(200).optional(),
  asOf: day.optional(),
  knownAt: moment.optional(),
  structure: z.enum(structures).default('then'),
  sort: z.enum(taskSorts).default('code'),
  format: z.enum(['json', ...bookFormats]).default('json'),
  ...page,
  // A list that a person looks through is one request, and the browser's own search finds what is in it.
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const taskRoutes = (parts: TaskRouteParts): readonly Route[] => {
  const { store, clock } = parts;
  const loadFor = visibleTask(store);
  const { view, idempotent, change } = taskChanges(parts);

  return [
    route({
      method: 'get',
      path: '/tasks',
      tag: 'Tasks',
      summary: 'List tasks by filter, sort and search; with asOf, as they had happened and were known',
      description:
        'dueFrom and dueTo: the days within which the deadline lies; urgedIn: the urging round in which the task was urged (as of asOf, when given). With format=csv or xlsx the whole list as a file, whatever limit and cursor say: the same rows in the same order, at most 10,000, and a line that says of when they are.',
      requires: 'task.read',
      scope: 'tasks:read',
      query: taskQuery,
      answers: {
        200: {
          description: 'One page.',
          schema: z.looseObject({
            items: z.array(z.unknown()),
            total: z.number().int().nullable(),
            next: z.string().nullable(),
          }),
        },
      },
      handle: async ({ query, actor }) => {
        const after = cursorOf(query.cursor, query.sort);
        const times = query.asOf === undefined && query.knownAt === undefined ? undefined : await timesOf(parts, query);
        const asked: TaskPageRequest = {
          filter: {
            programme: query.programme,
            units: query.unit,
            bloc: query.bloc,
            appraiser: query.appraiser,
            categories: query.category,
            state: query.state,
            kind: query.kind,
            estimate: query.estimate,
            deadlines: query.deadline,
            text: query.q,
            follower: query.follower === 'me' ? actor.id : query.follower,
            dueFrom: query.dueFrom,
            dueTo: query.dueTo,
            urgedIn: query.urgedIn,
          },
          scope: taskScope(actor),
          structure: query.structure,
          sort: query.sort,
          limit: query.limit,
          ...(after ? { after } : {}),
          ...(times ? { times } : {}),
          today: times?.asOf ?? todayIn(clock.now(), parts.zone),
        };
        if (query.format !== 'json') return exportTasks(parts, query.format, asked, actor);
        const { items, total, next } = await parts.list(asked);
        return {
          status: 200,
          body: {
            notice: noticeOf({ illustrative: items.some(({ illustrative }) => illustrative) }),
            items,
            total,
            next: next ? encodeCursor(next) : null,
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/tasks',
      tag: 'Tasks',
      summary: 'Assign a task under the latest published version of its workflow',
      requires: 'task.assign',
      scope: 'tasks:write',
      idempotent: true,
      body: newTask,
      answers: { 201: written },
      handle: async (call) => {
        const { programme, workflow, due, code: given, ...rest } = call.body;
        const id = uuid();
        const effectiveDue = due ?? (await parts.defaultDue(programme));
        if (!effectiveDue) throw new Refusal('task.deadline_required', { pointer: '/due' });
        const command = {
          type: 'assign',
          id,
          code: given ?? `${programme}-${rest.leadUnit}-${id.slice(-8)}`,
          due: effectiveDue,
          ...defined(rest),
        } as AssignTask;
        const applied = await assignTask(store, clock)(
          { actor: call.actor, programme, ...defined({ workflow }), command },
          idempotent(call, 201),
        );
        const reply = replyOf(applied);
        const created = JSON.parse(applied.answer.response) as { id: string };
        return { ...reply, headers: { ...reply.headers, Location: `/api/v1/tasks/${created.id}` } };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{id}',
      tag: 'Tasks',
      summary: 'One task, what the caller may do with it now, and the timers it owes',
      requires: 'task.read',
      scope: 'tasks:read',
      params: taskId,
      answers: {
        200: {
          description: 'The task.',
          schema: taskSchema.extend({
            actions: z.array(z.unknown()),
            timers: z.array(z.unknown()),
            lastReturn: z
              .object({
                on: z.string(),
                round: z.number(),
                reason: z.string().nullable(),
                missing: z.array(z.string()),
              })
              .nullable()
              .meta({ description: 'What the unit was asked to bring, while the task is back with it.' }),
            measured: measuredSchema.nullable(),
          }),
        },
      },
      handle: async ({ params, actor }) => {
        const loaded = await loadFor(actor, params.id);
        const { task, definition, calendar } = loaded;
        const actions = possibleActions(definition, task, { ...loaded, pin: task.definition, actor, now: clock.now() });
        const lastReturn = task.returns > 0 ? await parts.lastReturn(task.id) : null;
        const told = actions.map((action) => {
          const { vi, en } = problemTexts[(action.refused ?? 'fault') as RefusalCode];
          return action.refused === undefined ? action : { ...action, why: { vi, en } };
        });
        const measured = (await parts.measured([task])).get(task.id) ?? null;
        const timers = owedTimers(definition, task, calendar);
        const body = { ...view(task, loaded), actions: told, timers, lastReturn, measured };
        return { status: 200, body, headers: { ETag: etagOf(task) } };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/events',
      tag: 'Tasks',
      summary: 'The history of a task, oldest first, with the hash chain',
      requires: 'task.read',
      scope: 'tasks:read',
      params: taskId,
      query: z.strictObject({ after: z.coerce.number().int().min(0).max(mostInteger).default(0), limit: page.limit }),
      answers: {
        200: {
          description: 'Events.',
          schema: z.looseObject({ items: z.array(z.unknown()), next: z.number().int().nullable() }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { programme } = await loadFor(actor, params.id);
        return {
          status: 200,
          body: { notice: noticeOf(programme), ...(await parts.events(params.id, query.after, query.limit)) },
        };
      },
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/transitions',
      tag: 'Tasks',
      summary: 'Move a task along its workflow',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: taskId,
      body: transitionBody,
      answers: { 200: written },
      handle: async (call) => {
        const { takeMeasured, ...body } = call.body;
        const move = moveOf(body);
        if (!takeMeasured) return change(call, move);
        const { task, definition } = await loadFor(call.actor, call.params.id);
        const fields = withMeasured(definition, move, (await parts.measured([task])).get(task.id));
        if (!fields) throw new Refusal('measure.none', { taskId: task.id });
        return change(call, { ...move, fields });
      },
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/progress',
      tag: 'Tasks',
      summary: 'Report progress, result and the unit’s own year-end estimate',
      requires: 'task.report_progress',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: taskId,
      body: progressBody,
      answers: { 200: written },
      handle: (call) =>
        change(call, { type: 'report_progress', ...defined(call.body) } as Exclude<Command, AssignTask>),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/deadlines',
      tag: 'Tasks',
      summary: 'Decide a deadline: the first one, another one, or an extension (with its document)',
      requires: 'task.decide_deadline',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: taskId,
      body: deadlineBody,
      answers: { 200: written },
      handle: (call) =>
        change(call, { type: 'decide_deadline', ...defined(call.body) } as Exclude<Command, AssignTask>),
    }),
    route({
      method: 'post',
      path: '/tasks/transitions',
      tag: 'Tasks',
      summary: 'Move many tasks at once; each stands or falls alone',
      description:
        'With `preview` nothing is written and the answer says what would happen. `outcome` in place of `transition` chooses the answer in each task’s own workflow. Per item `result` says what was done: decided, voted (the round stays open), proposed (a reopening) or moved; `failed` holds the refusal. The deciding document stands in every event.',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      body: sharedTransitionBody.extend({
        items: bulkItems,
        preview: z.boolean().default(false),
      }),
      answers: {
        200: bulkAnswer,
      },
      handle: async (call) => {
        const { items, preview, ...rest } = call.body;
        const request = {
          actor: call.actor,
          command: moveOf(rest),
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

const timesOf = async (
  { reports, clock }: TaskRouteParts,
  {
    programme,
    asOf,
    knownAt,
  }: { programme?: string | undefined; asOf?: string | undefined; knownAt?: string | undefined },
) => {
  if (programme === undefined)
    throw new Refusal('input.invalid', {
      errors: [{ in: 'query', pointer: '/programme', code: 'required', message: 'asOf and knownAt need a programme.' }],
    });
  const found = await reports.programme(programme);
  if (!found) throw new Refusal('programme.not_found', { programme });
  return reportTimes({ asOf, knownAt }, found.zone, clock.now());
};

/** A moment as the database writes it: 2022-03-01 08:00:00.5+07. */
const storedMoment = z
  .string()
  .transform((value) => value.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))
  .pipe(z.iso.datetime({ offset: true }));
/** What a page can end with, by its order. A cursor is only a text in the hands of strangers. */
const sortValues = {
  code: z.string().max(200),
  dueOn: z.union([day, z.literal('infinity')]),
  recordedAt: storedMoment,
};

const cursorOf = (cursor: string | undefined, sort: TaskSort) => {
  if (cursor === undefined) return undefined;
  const decoded = decodeCursor(cursor);
  const sorted = sortValues[sort.replace('-', '') as keyof typeof sortValues];
  if (!decoded || !z.uuid().safeParse(decoded.id).success || !sorted.safeParse(decoded.value).success)
    throw new Refusal('input.invalid', {
      errors: [
        { in: 'query', pointer: '/cursor', code: 'invalid', message: 'Use the value of `next` from the page before.' },
      ],
    });
  return decoded;
};
