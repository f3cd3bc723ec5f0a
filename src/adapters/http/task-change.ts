// What routes that change tasks share: the key of the request, the version it saw, and the answer that is kept with it.

import { createHash } from 'node:crypto';
import type { Clock, IdempotencyKey, LoadedTask, TaskStore } from '../../application/ports.ts';
import { type Applied, applyCommand, type Idempotent, type Rules } from '../../application/tasks/apply.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { AssignTask, Command, Task } from '../../domain/workflow/task.ts';
import type { Call, Reply } from './route.ts';
import { etagOf, taskSchema, taskView, todayIn } from './views.ts';

export const written = { description: 'The task after the change; ETag is its version.', schema: taskSchema };

/** A task as the actor may see it. @throws Refusal task.not_found, also for what exists and is not theirs */
export const visibleTask =
  (store: Pick<TaskStore, 'load'>) =>
  async (actor: Actor, id: string): Promise<LoadedTask> => {
    const loaded = (await store.load([id])).get(id);
    if (!loaded || !can(actor, 'task.read', { kind: 'task', task: loaded.task }))
      throw new Refusal('task.not_found', { taskId: id });
    return loaded;
  };

export const taskChanges = ({ store, clock }: { readonly store: TaskStore; readonly clock: Clock }) => {
  const view = (task: Task, { definition, calendar, programme }: Rules) =>
    taskView(task, definition, todayIn(clock.now(), calendar.zone), programme);
  const idempotent = (call: Call, status: number, shown: (task: Task, rules: Rules) => unknown = view): Idempotent => ({
    key: keyOf(call),
    answer: (task, rules) => ({ status, etag: etagOf(task), response: JSON.stringify(shown(task, rules)) }),
  });
  const apply = applyCommand(store, clock);
  /** @param shown what is answered, where it is not the whole task */
  const change = async (
    call: Call<{ id: string }>,
    command: Exclude<Command, AssignTask>,
    shown?: (task: Task, rules: Rules) => unknown,
  ): Promise<Reply> =>
    replyOf(
      await apply(
        { taskId: call.params.id, actor: call.actor, command, expectedVersion: versionOf(call.ifMatch) },
        idempotent(call, 200, shown),
      ),
    );
  return { view, idempotent, change };
};

export const replyOf = ({ answer, replayed }: Applied): Reply => ({
  status: answer.status,
  text: answer.response,
  headers: {
    ...(answer.etag === null ? {} : { ETag: answer.etag }),
    ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
  },
});

export const keyOf = (call: Call): IdempotencyKey => ({
  actor: call.actor.id,
  key: call.idempotencyKey,
  bodyHash: bodyHash(call),
});

const bodyHash = ({ req, body }: Call): string =>
  createHash('sha256')
    .update(`${req.method} ${req.originalUrl}\n${req.get('If-Match') ?? ''}\n`)
    .update(body === undefined ? '' : JSON.stringify(body))
    .digest('base64url');

export const versionOf = (ifMatch: string): number => {
  const version = /^(?:W\/)?"v(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined)
    throw new Refusal('input.invalid', {
      errors: [
        {
          in: 'header',
          pointer: '/If-Match',
          code: 'invalid',
          message: 'Send the ETag of the task, for example "v3".',
        },
      ],
    });
  return Number(version);
};

/** Optional fields that were not given are absent, not undefined. */
export const defined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
