// One deed on many tasks: in portions, so that its progress shows, and with an answer for each of them.

import { change, newKey } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import type { TaskListing } from '../../api/tasks.ts';

/** Selected tasks by their id, as the list last told of them. */
export type Selection = ReadonlyMap<string, TaskListing>;

export interface BulkRefusal {
  readonly task: TaskListing;
  readonly vi: string;
  readonly en: string;
}

export interface BulkResult {
  readonly ok: readonly string[];
  readonly failed: readonly BulkRefusal[];
}

export interface BulkDeed {
  readonly kind: 'transition' | 'urge';
  readonly body: Readonly<Record<string, unknown>>;
}

interface Answered {
  readonly ok: readonly { readonly id: string }[];
  readonly failed: Readonly<Record<string, { readonly detail: string; readonly detailEn: string }>>;
}

const portion = 100;

/** @param onProgress how many have their answer */
export const applyToAll = async (
  deed: BulkDeed,
  tasks: readonly TaskListing[],
  { preview = false, onProgress }: { readonly preview?: boolean; readonly onProgress?: (done: number) => void } = {},
): Promise<BulkResult> => {
  const ok: string[] = [];
  const failed: BulkRefusal[] = [];
  const take = deed.kind === 'urge' ? 1 : portion;
  for (let at = 0; at < tasks.length; at += take) {
    const some = tasks.slice(at, at + take);
    const answer = deed.kind === 'urge' ? await urge(deed.body, some) : await transition(deed.body, some, preview);
    ok.push(...answer.ok);
    failed.push(...answer.failed);
    onProgress?.(at + some.length);
  }
  return { ok, failed };
};

const transition = async (
  body: BulkDeed['body'],
  tasks: readonly TaskListing[],
  preview: boolean,
): Promise<BulkResult> => {
  const items = tasks.map(({ id, version }) => ({ id, version }));
  const { body: answered } = await change<Answered>('/tasks/transitions', {
    body: { ...body, items, preview },
    key: newKey(),
  });
  return {
    ok: answered.ok.map(({ id }) => id),
    failed: tasks.flatMap((task) => {
      const refusal = answered.failed[task.id];
      return refusal ? [{ task, vi: refusal.detail, en: refusal.detailEn }] : [];
    }),
  };
};

const urge = async (body: BulkDeed['body'], [task]: readonly TaskListing[]): Promise<BulkResult> => {
  if (!task) return { ok: [], failed: [] };
  try {
    await change(`/tasks/${task.id}/urgings`, { body, version: task.version });
    return { ok: [task.id], failed: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: [], failed: [{ task, vi: error.body.detail, en: error.body.detailEn }] };
  }
};
