// One deed on many tasks: what is selected, what would become of it, and the runs that are watched until their end was seen.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type BulkRefusal, type BulkRun, bulkRunsQuery, isOver } from '../../api/bulk-runs.ts';
import { change } from '../../api/client.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import type { TaskListing } from '../../api/tasks.ts';
import { useKept } from '../../kit/drafts.ts';

/** What a deed needs to know of a task. */
export type Chosen = Pick<TaskListing, 'id' | 'code' | 'title' | 'programme' | 'version'>;
/** Selected tasks by their id, as the list last told of them. */
export type Selection = ReadonlyMap<string, Chosen>;

export interface BulkDeed {
  readonly kind: BulkRun['kind'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** As many as one run takes. */
export const mostTasks = 10_000;
const portion = 1_000;

export const bodyOfRun = ({ kind, body }: BulkDeed, tasks: readonly Chosen[]) => ({
  kind,
  ...body,
  items: tasks.map(({ id, version }) => ({ id, version })),
});

interface Answered {
  readonly ok: readonly unknown[];
  readonly failed: Readonly<Record<string, { readonly detail: string; readonly detailEn: string }>>;
}

export interface Judged {
  readonly ok: number;
  readonly refusals: readonly BulkRefusal[];
}

/** What would become of each; changes nothing. @param onProgress how many have their answer */
export const judgeAll = async (
  deed: BulkDeed,
  tasks: readonly Chosen[],
  onProgress: (done: number) => void,
): Promise<Judged> => {
  let ok = 0;
  const refusals: BulkRefusal[] = [];
  for (let at = 0; at < tasks.length; at += portion) {
    const some = tasks.slice(at, at + portion);
    const { body } = await change<Answered>('/tasks/bulk-runs/preview', { body: bodyOfRun(deed, some) });
    ok += body.ok.length;
    for (const task of some) {
      const refusal = body.failed[task.id];
      if (refusal) refusals.push({ id: task.id, task, vi: refusal.detail, en: refusal.detailEn });
    }
    onProgress(at + some.length);
  }
  return { ok, refusals };
};

/** Refused tasks as they are now, to be selected again. */
export const chosenAgain = (refusals: readonly BulkRefusal[]): Selection =>
  new Map(refusals.flatMap(({ id, task }) => (task ? [[id, { id, ...task }] as const] : [])));

export interface WatchedRuns {
  /** Those that run, and those whose end was not seen yet in this browser. */
  readonly list: readonly BulkRun[];
  readonly watch: (id: string) => void;
  readonly dismiss: (id: string) => void;
}

export const useBulkRuns = (): WatchedRuns => {
  const me = useMe();
  const client = useQueryClient();
  const runs = useQuery({ ...bulkRunsQuery, enabled: may(me, 'task.move') }).data;
  const { kept: watched = [], keep } = useKept<readonly string[]>('bulk-runs');
  const running = (runs ?? []).filter((run) => !isOver(run)).map(({ id }) => id);
  const fresh = running.filter((id) => !watched.includes(id));
  const latest = useRef({ watched, keep });
  latest.current = { watched, keep };
  const found = fresh.join();
  // Begun elsewhere: its end is to be seen here too.
  useEffect(() => {
    if (found !== '') latest.current.keep([...latest.current.watched, ...found.split(',')]);
  }, [found]);
  const before = useRef<readonly string[]>([]);
  const now = running.join();
  useEffect(() => {
    const still = now === '' ? [] : now.split(',');
    if (before.current.some((id) => !still.includes(id))) void client.invalidateQueries({ queryKey: ['tasks'] });
    before.current = still;
  }, [now, client]);
  return {
    list: (runs ?? []).filter((run) => !isOver(run) || watched.includes(run.id)),
    watch: (id) => keep([...watched, id]),
    dismiss: (id) => {
      const left = watched.filter((each) => each !== id && runs?.some((run) => run.id === each));
      keep(left.length === 0 ? undefined : left);
    },
  };
};
