import { z } from 'zod';
import { type Overview, readOverview } from '../../../application/operations/overview.ts';
import { pauseQueue, resumeQueue } from '../../../application/operations/pause-queue.ts';
import {
  type PausableSchedules,
  pauseSchedule,
  resumeSchedule,
} from '../../../application/operations/pause-schedule.ts';
import { knownQueue } from '../../../application/operations/queue-control.ts';
import { type RetryableIntentions, retryIntention } from '../../../application/operations/retry-intention.ts';
import { retryJob } from '../../../application/operations/retry-job.ts';
import { nextTimes } from '../../../application/operations/schedules.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { may } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { OperationsReader, WaitingState } from '../../db/queries/operations.ts';
import type { QueueName, Queues } from '../../queue/queues.ts';
import { type Route, route } from '../route.ts';
import { code, decodeCursor, encodeCursor, page, text } from '../schemas.ts';

export interface OperationsRouteParts {
  readonly queueNames: readonly QueueName[];
  readonly queues: Pick<
    Queues,
    'backend' | 'counts' | 'rate' | 'oldestWaiting' | 'workersAlive' | 'failed' | 'find' | 'retry' | 'pause' | 'resume'
  >;
  readonly operations: OperationsReader;
  readonly intentions: RetryableIntentions;
  readonly schedules: PausableSchedules;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const waitingStates = ['late', 'due', 'parked', 'upcoming'] as const satisfies readonly WaitingState[];

const count = z.number().int();
const instant = z.iso.datetime();
const reasoned = z.strictObject({ reason: text(500).pipe(z.string().min(3)) }).meta({ id: 'OperatorReason' });
const queue = z.string().max(64);
const rowId = z.string().regex(/^\d{1,18}$/, 'is not the number of a row');
const done = { 204: { description: 'Done, and in the audit list with its reason.' } };

const overview = z
  .object({
    status: z.enum(['ok', 'degraded']),
    at: instant,
    backend: z.string(),
    queue: z.enum(['up', 'away']),
    queues: z
      .array(
        z.object({
          name: z.string(),
          waiting: count,
          active: count,
          delayed: count,
          failed: count,
          completed: count,
          paused: z.boolean(),
          perMinute: z.object({ completed: z.number(), failed: z.number() }),
          oldestWaitingSeconds: count.nullable(),
          workers: count,
        }),
      )
      .nullable(),
    intentions: z.object({ due: count, late: count, parked: count, oldestSeconds: count }),
    deltas: z.object({ unfolded: count }),
    mails: z.object({ unsent: count }),
    workers: z.object({ alive: count }),
    audit: z.object({
      checkpoint: count.nullable(),
      sealedAt: instant.nullable(),
      verifiedAt: instant.nullable(),
      broken: count.nullable(),
    }),
    schedules: z.array(z.object({ key: z.string(), paused: z.boolean(), next: instant.nullable() })),
    attention: z.array(z.string()),
  })
  .meta({ id: 'OperationsOverview' });

const failedJob = z.object({
  id: z.string(),
  name: z.string(),
  data: z.looseObject({}),
  reason: z.string().nullable(),
  attempts: count,
  addedAt: instant,
  failedAt: instant.nullable(),
  stack: z.string().optional(),
});

const waitingRow = z
  .object({
    id: z.string(),
    queue: z.string(),
    kind: z.string(),
    taskId: z.uuid().nullable(),
    task: z.string().nullable(),
    rule: z.string().nullable(),
    occurrence: count.nullable(),
    anchor: z.string().nullable(),
    dueAt: instant,
    readyAt: instant,
    attempts: count,
    lastError: z.string().nullable(),
    parkedAt: instant.nullable(),
  })
  .meta({
    id: 'WaitingRow',
    description: 'A timer, a notice or a mail that is still to come; `rule` is set for timers.',
  });

const schedule = z.object({
  key: z.string(),
  cron: z.string(),
  zone: z.string(),
  catchUpHours: count,
  since: instant,
  pausedAt: instant.nullable(),
  pausedReason: z.string().nullable(),
  next: z.array(instant),
  runs: z.array(
    z.object({
      nominalAt: instant,
      outcome: z.string(),
      detail: z.string().nullable(),
      startedAt: instant,
      finishedAt: instant.nullable(),
    }),
  ),
});

const worker = z.object({
  id: z.uuid(),
  name: z.string(),
  queues: z.array(z.string()),
  startedAt: instant,
  seenAt: instant,
  tickSeenAt: instant.nullable(),
  alive: z.boolean(),
});

const auditEntry = z.object({
  id: z.string(),
  at: instant,
  actor: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  object: z.string(),
  reason: z.string().nullable(),
  detail: z.looseObject({}),
});

const upcomingTimes = 10;

export const operationsRoutes = (parts: OperationsRouteParts): readonly Route[] => {
  const { queueNames, queues, operations, intentions, audit, clock } = parts;
  const look = readOverview(operations, queues, clock);
  const retry = retryJob(queues, queueNames, audit, clock);
  const pause = pauseQueue(queues, queueNames, audit, clock);
  const resume = resumeQueue(queues, queueNames, audit, clock);
  const retryRow = retryIntention(intentions, audit, clock);
  const hold = pauseSchedule(parts.schedules, audit, clock);
  const release = resumeSchedule(parts.schedules, audit, clock);

  return [
    route({
      method: 'get',
      path: '/operations',
      tag: 'Operations',
      summary: 'Queues, rows that wait, workers and schedules at one look; answers also while the queue is away',
      requires: 'operations.read',
      scope: 'operations:read',
      answers: { 200: { description: 'The state of the machinery.', schema: overview } },
      handle: async () => ({ status: 200, body: (await look()) satisfies Overview }),
    }),
    route({
      method: 'get',
      path: '/operations/queues/{queue}/failed',
      tag: 'Operations',
      summary: 'Jobs that failed after their last attempt, newest first; the stack for operators only',
      requires: 'operations.read',
      scope: 'operations:read',
      params: z.strictObject({ queue }),
      query: z.strictObject({ limit: page.limit, start: z.coerce.number().int().min(0).max(1_000_000).default(0) }),
      answers: {
        200: {
          description: 'One page; `next` is the next `start`.',
          schema: z.object({ items: z.array(failedJob), next: count.nullable() }),
        },
      },
      handle: async ({ params, query: { limit, start }, actor }) => {
        knownQueue(queueNames, params.queue);
        const jobs = await queues.failed(params.queue as QueueName, { start, count: limit });
        const items = jobs.map(({ failedReason, attemptsMade, timestamp, finishedOn, stack, ...job }) => ({
          ...job,
          reason: failedReason,
          attempts: attemptsMade,
          addedAt: timestamp,
          failedAt: finishedOn,
          ...(stack !== undefined && may(actor, 'operations.act') ? { stack } : {}),
        }));
        return { status: 200, body: { items, next: jobs.length === limit ? start + limit : null } };
      },
    }),
    route({
      method: 'post',
      path: '/operations/queues/{queue}/failed/{jobId}/retry',
      tag: 'Operations',
      summary: 'Hand a failed job out again with all its attempts',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ queue, jobId: z.string().max(200) }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await retry({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/operations/queues/{queue}/pause',
      tag: 'Operations',
      summary: 'Let workers take nothing more from a queue',
      description:
        'What the queue carries stays undone until it is resumed, also by the net under the queue. Rows keep waiting in the database meanwhile.',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ queue }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await pause({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/operations/queues/{queue}/resume',
      tag: 'Operations',
      summary: 'Let workers take from a queue again',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ queue }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await resume({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/operations/timers',
      tag: 'Operations',
      summary: 'Timers and everything else that waits: late (due more than a minute ago), due, parked or upcoming',
      requires: 'operations.read',
      scope: 'operations:read',
      query: z.strictObject({
        state: z.enum(waitingStates).default('late'),
        task: code.optional(),
        rule: z.string().max(64).optional(),
        queue: z.enum(queueNames).optional(),
        ...page,
      }),
      answers: {
        200: {
          description: 'One page, oldest first.',
          schema: z.object({ items: z.array(waitingRow), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { cursor, ...request } }) => {
        const { items, next } = await operations.waiting({ ...request, after: positionOf(cursor) }, clock.now());
        return { status: 200, body: { items, next: next ? encodeCursor(next) : null } };
      },
    }),
    route({
      method: 'get',
      path: '/operations/search',
      tag: 'Operations',
      summary:
        'Why did this reminder (not) go out? What waits for a task, whom it told, which timers fired or were skipped',
      description:
        'Of each kind at most 100, the newest history first. Read a skipped timer’s `reason`, a parked row’s `lastError`, a notification’s `mailSentAt`.',
      requires: 'operations.read',
      scope: 'operations:read',
      query: z.strictObject({ task: code }),
      answers: {
        200: {
          description: 'Everything known about the reminders of the task.',
          schema: z.object({
            task: z.looseObject({ id: z.uuid(), code: z.string() }),
            waiting: z.array(waitingRow),
            notifications: z.array(z.looseObject({ recipient: z.string(), mailSentAt: instant.nullable() })),
            timerEvents: z.array(z.looseObject({ seq: count, type: z.string(), payload: z.looseObject({}) })),
          }),
        },
      },
      handle: async ({ query }) => {
        const trace = await operations.trace(query.task, clock.now());
        if (!trace) throw new Refusal('task.not_found', { task: query.task });
        return { status: 200, body: trace };
      },
    }),
    route({
      method: 'post',
      path: '/operations/intentions/{id}/retry',
      tag: 'Operations',
      summary: 'Do a row again that failed: at once, and with all its attempts',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ id: rowId }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await retryRow({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/operations/schedules',
      tag: 'Operations',
      summary: 'Periodic work: its next ten times in its own zone, its last ten runs',
      requires: 'operations.read',
      scope: 'operations:read',
      answers: { 200: { description: 'All schedules.', schema: z.object({ items: z.array(schedule) }) } },
      handle: async () => {
        const [found, runs] = await Promise.all([operations.schedules(), operations.runs()]);
        const now = clock.now();
        const items = found.map((each) => ({
          ...each,
          next: nextTimes(each, now, upcomingTimes),
          runs: runs.get(each.key) ?? [],
        }));
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'post',
      path: '/operations/schedules/{key}/pause',
      tag: 'Operations',
      summary: 'Let a schedule rest',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ key: z.string().max(64) }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await hold({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/operations/schedules/{key}/resume',
      tag: 'Operations',
      summary: 'Let a schedule run again; of the periods missed the newest is done, if not too old',
      requires: 'operations.act',
      scope: 'session_only',
      params: z.strictObject({ key: z.string().max(64) }),
      body: reasoned,
      answers: done,
      handle: async ({ params, body, actor }) => {
        await release({ ...params, ...body, actor });
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/operations/workers',
      tag: 'Operations',
      summary: 'Worker processes; alive: seen within the last minute',
      requires: 'operations.read',
      scope: 'operations:read',
      answers: { 200: { description: 'Up to 100, last seen first.', schema: z.object({ items: z.array(worker) }) } },
      handle: async () => ({ status: 200, body: { items: await operations.workers(clock.now()) } }),
    }),
    route({
      method: 'get',
      path: '/operations/audit',
      tag: 'Operations',
      summary: 'Who did what outside tasks: sign-ins, workflows, operators’ actions',
      requires: 'audit.read',
      scope: 'audit:read',
      query: z.strictObject({
        action: z.string().max(64).optional(),
        actor: z.string().max(64).optional(),
        object: z.string().max(300).optional(),
        limit: page.limit,
        cursor: rowId.optional(),
      }),
      answers: {
        200: {
          description: 'One page, newest first.',
          schema: z.object({ items: z.array(auditEntry), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { cursor, ...request } }) => ({
        status: 200,
        body: await operations.audit({ ...request, before: cursor }),
      }),
    }),
  ];
};

const position = z.object({ value: z.iso.datetime(), id: rowId });

const positionOf = (cursor: string | undefined) => {
  if (cursor === undefined) return undefined;
  const known = position.safeParse(decodeCursor(cursor));
  if (known.success) return known.data;
  throw new Refusal('input.invalid', {
    errors: [
      { in: 'query', pointer: '/cursor', code: 'invalid', message: 'Use the value of `next` from the page before.' },
    ],
  });
};
