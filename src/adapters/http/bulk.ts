// One command for many tasks: what is asked, and what is answered per item.

import { z } from 'zod';
import type { DoneItem } from '../../application/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { MoveTask } from '../../domain/workflow/task.ts';
import { problemOf } from './problem.ts';
import type { Call, Reply } from './route.ts';
import type { transitionBody } from './schemas.ts';
import { defined } from './task-change.ts';

const item = z.strictObject({ id: z.uuid(), version: z.number().int().min(1) });
export const bulkItems = z.array(item).min(1).max(1000);
/** Of a run, which answers later. */
export const runItems = z.array(item).min(1).max(10_000);
type Items = z.output<typeof bulkItems>;

export const bulkAnswer = {
  description: 'Per item.',
  schema: z.strictObject({
    preview: z.boolean(),
    ok: z.array(z.unknown()),
    failed: z.record(z.string(), z.unknown()),
  }),
};

/** @throws Refusal input.invalid when an item comes twice */
export const bulkTargets = (items: Items): readonly { readonly taskId: string; readonly expectedVersion: number }[] => {
  if (new Set(items.map(({ id }) => id)).size < items.length)
    throw new Refusal('input.invalid', {
      errors: [{ in: 'body', pointer: '/items', code: 'duplicate', message: 'An item comes twice.' }],
    });
  return items.map(({ id, version }) => ({ taskId: id, expectedVersion: version }));
};

/** Exactly one of transition and outcome; a line of what is missing and its note become one text. */
export const moveOf = ({ missing, ...body }: Omit<z.output<typeof transitionBody>, 'takeMeasured'>): MoveTask => {
  if ((body.transition === undefined) === (body.outcome === undefined))
    throw new Refusal('input.invalid', {
      errors: [{ in: 'body', pointer: '/transition', code: 'one_of', message: 'Give either transition or outcome.' }],
    });
  const lines = missing?.map(({ what, note }) => (note === undefined ? what : `${what} (${note})`));
  return { type: 'transition', ...defined(body), ...(lines ? { missing: lines } : {}) } as MoveTask;
};

export const bulkReply = (
  { res }: Pick<Call, 'res'>,
  items: Items,
  {
    preview,
    ok,
    failed,
  }: { readonly preview: boolean; readonly ok: readonly DoneItem[]; readonly failed: ReadonlyMap<string, Refusal> },
): Reply => {
  const instance = String(res.getHeader('X-Request-Id'));
  const order = new Map(items.map(({ id }, index) => [id, index]));
  const denied = preview ? undefined : denialIn(failed);
  return {
    status: 200,
    ...(denied ? { refused: denied } : {}),
    body: {
      preview,
      // In the order in which they were asked for, so that a replay answers the same.
      ok: [...ok].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
      failed: Object.fromEntries(
        [...failed].map(([id, refusal]) => [id, problemOf(refusal.code, instance, refusal.details)]),
      ),
    },
  };
};

/** One for all: a thousand items must not fill the audit list. */
const denialIn = (failed: ReadonlyMap<string, Refusal>): Refusal | undefined => {
  const denied = [...failed].filter(([, { code }]) => code === 'permission.denied' || code === 'conflict_of_interest');
  const [first] = denied;
  return first && new Refusal(first[1].code, { count: denied.length, tasks: denied.slice(0, 50).map(([id]) => id) });
};
