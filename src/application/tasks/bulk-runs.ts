// One deed on many tasks, done by a worker, portion by portion: what was asked stands in a row, so that it goes on when the
// page is closed, the worker dies or the queue forgets it. A portion's deeds and the news of them are one transaction; each
// task takes the deed once under the name of the run, judged by what the person may do at the moment of the write.

import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { type Action, may, type TaskScope } from '../../domain/organisation/policy.ts';
import { Refusal, type RefusalCode, type RefusalDetails } from '../../domain/refusal.ts';
import type { AssignTask, Command } from '../../domain/workflow/task.ts';
import type { Denial } from '../audit/denials.ts';
import { entryOf } from '../audit/entry.ts';
import type { Log } from '../log.ts';
import type { AuditLog, Clock, IntentionStore, TaskStore } from '../ports.ts';
import { applyUnder, type BulkRequest } from './apply.ts';

export const bulkKinds = ['transition', 'urge'] as const;
export type BulkKind = (typeof bulkKinds)[number];
export const bulkStatuses = ['waiting', 'running', 'done', 'failed'] as const;

export interface BulkRun {
  readonly id: string;
  readonly kind: BulkKind;
  /** failed: it broke off too often, and waits for an operator; what was done stays done. */
  readonly status: (typeof bulkStatuses)[number];
  readonly total: number;
  /** Tasks that have their answer: the deed or a refusal. */
  readonly processed: number;
  readonly ok: number;
  /** Account of who started it. */
  readonly actor: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export type RunItem = BulkRequest['items'][number];

export interface AskedRun extends BulkRun {
  readonly command: Exclude<Command, AssignTask>;
  readonly items: readonly RunItem[];
  /** Of the request: the same key with another body is an error. */
  readonly bodyHash: string;
}

export interface RefusedItem {
  readonly taskId: string;
  readonly code: RefusalCode;
  readonly details: RefusalDetails;
  /** As it is now; null for who may not see it. */
  readonly task: {
    readonly code: string;
    readonly title: string;
    readonly programme: string;
    readonly version: number;
  } | null;
}

/** Refusals of a portion, by the place of the task in the run, from 0. */
export type Refused = ReadonlyMap<number, Refusal>;

export interface BulkRunStore {
  /** Stores a run and plans its job, in one transaction. False when the id is taken. */
  plan(run: AskedRun): Promise<boolean>;
  find(id: string): Promise<(BulkRun & Pick<AskedRun, 'bodyHash'>) | undefined>;
  /** Runs of an account that are not over. */
  unfinished(actor: string): Promise<number>;
  /** Newest first: all that are not over, and those begun since. */
  recent(actor: string, since: Date, limit: number): Promise<readonly BulkRun[]>;
  /** In the order of the request. @param scope tasks of which the reader may be told */
  refusals(id: string, scope: TaskScope): Promise<readonly RefusedItem[]>;
  /** Runs among these intentions that are not over. */
  waiting(
    intentionIds: readonly string[],
  ): Promise<readonly { readonly intentionId: string; readonly run: AskedRun }[]>;
  /**
   * Does the next portion in one transaction with the news of it. Whoever holds the row of the intention does it.
   * @param work answers the refusals of the items from `start` to `end`
   * @returns `taken`: somebody else is at it, or it is over
   */
  portion(
    asked: { readonly intentionId: string; readonly run: AskedRun; readonly most: number; readonly now: Date },
    work: (store: TaskStore, start: number, end: number) => Promise<Refused>,
  ): Promise<'more' | 'over' | 'taken'>;
  /** Counts a failed attempt; after the last the run is failed and waits for an operator. */
  failed(intentionId: string, id: string, error: string, now: Date): Promise<void>;
}

export interface BulkRunParts {
  readonly runs: BulkRunStore;
  readonly intentions: Pick<IntentionStore, 'release'>;
  readonly actorOf: (id: string, now: Date) => Promise<Actor | undefined>;
  /** Writes down what somebody was not allowed to do. */
  readonly denied: (denial: Denial) => Promise<void>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
}

export interface StartRun {
  readonly kind: BulkKind;
  readonly command: AskedRun['command'];
  readonly items: readonly RunItem[];
  readonly key: string;
  readonly bodyHash: string;
}

const namespace = '0b9a7a0e-4f0c-4d53-8f4f-6a4f2f3c9a11';

/** What it takes to do it to any task at all. */
const actionOf = { transition: 'task.move', urge: 'task.urge' } as const satisfies Record<BulkKind, Action>;

/** Few enough that tasks are not locked for long, many enough that statements stay few. */
const portionSize = 100;
/** After so long a run gives way to the next one, and a worker that is to stop need not wait longer. */
const turnMs = 4_000;
const mostUnfinished = 20;
const recentMs = 24 * 3_600_000;
const mostRecent = 20;

/** @throws Refusal permission.denied for who may do it to no task at all */
export const permitKind = (actor: Actor, kind: BulkKind): void => {
  const action = actionOf[kind];
  if (!may(actor, action)) throw new Refusal('permission.denied', { action });
};

export const bulkRuns = ({ runs, intentions, actorOf, denied, audit, clock, log }: BulkRunParts) => {
  /** The deed on each task of the portion, each standing or falling alone. */
  const doPortion = async (store: TaskStore, run: AskedRun, start: number, end: number): Promise<Refused> => {
    const items = run.items.slice(start, end);
    const place = new Map(items.map(({ taskId }, index) => [taskId, start + index]));
    const actor = await actorOf(run.actor, clock.now());
    if (!actor) {
      const refusal = new Refusal('permission.denied', { action: actionOf[run.kind] });
      return new Map([...place.values()].map((index) => [index, refusal]));
    }
    const { failed } = await applyUnder(store, clock)({ actor, command: run.command, items }, `bulk:${run.id}`);
    return new Map([...failed].map(([taskId, refusal]) => [place.get(taskId) as number, refusal]));
  };

  /** One entry for a run, as for one request: a thousand items must not fill the audit list. */
  const tellDenials = async ({ id, actor }: AskedRun): Promise<void> => {
    const items = (await runs.refusals(id, [])).filter(
      ({ code }) => code === 'permission.denied' || code === 'conflict_of_interest',
    );
    const [first] = items;
    if (!first) return;
    const tasks = items.slice(0, 50).map(({ taskId }) => taskId);
    await denied({ actor, object: `bulk run ${id}`, detail: { code: first.code, count: items.length, tasks } });
  };

  const takeTurn = async (intentionId: string, run: AskedRun): Promise<void> => {
    const until = clock.now().getTime() + turnMs;
    for (;;) {
      const now = clock.now();
      const step = await runs.portion({ intentionId, run, most: portionSize, now }, (store, start, end) =>
        doPortion(store, run, start, end),
      );
      if (step === 'over') await tellDenials(run);
      if (step !== 'more') return;
      if (clock.now().getTime() < until) continue;
      await intentions.release([intentionId], clock.now());
      return;
    }
  };

  return {
    /**
     * Accepts a deed on many tasks; a worker does it, and it can be followed under the run's id.
     * @throws Refusal permission.denied, bulk_run.too_many, idempotency_key.reused
     */
    async start({ kind, command, items, key, bodyHash }: StartRun, actor: Actor): Promise<BulkRun> {
      permitKind(actor, kind);
      const id = uuidFrom(`${actor.id}/${key}`, namespace);
      const same = (earlier: BulkRun & Pick<AskedRun, 'bodyHash'>): BulkRun => {
        if (earlier.bodyHash !== bodyHash) throw new Refusal('idempotency_key.reused', { key });
        return earlier;
      };
      const earlier = await runs.find(id);
      if (earlier) return same(earlier);
      if ((await runs.unfinished(actor.id)) >= mostUnfinished)
        throw new Refusal('bulk_run.too_many', { most: mostUnfinished });
      const run: AskedRun = {
        id,
        kind,
        command,
        items,
        bodyHash,
        status: 'waiting',
        total: items.length,
        processed: 0,
        ok: 0,
        actor: actor.id,
        createdAt: clock.now(),
        finishedAt: null,
      };
      if (!(await runs.plan(run))) return same((await runs.find(id)) as AskedRun);
      const detail = { kind, tasks: items.length };
      await audit.record(entryOf(clock, { actor, action: 'bulk_run.started', object: `bulk run ${id}`, detail }));
      return run;
    },

    /** @throws Refusal bulk_run.not_found */
    async find(id: string): Promise<BulkRun> {
      const run = await runs.find(id);
      if (!run) throw new Refusal('bulk_run.not_found', { run: id });
      return run;
    },

    refusals: (id: string, scope: TaskScope): Promise<readonly RefusedItem[]> => runs.refusals(id, scope),

    /** One's own: what still runs, and what was begun within a day. */
    recent: (actor: Actor): Promise<readonly BulkRun[]> =>
      runs.recent(actor.id, new Date(clock.now().getTime() - recentMs), mostRecent),

    /** Goes on with the runs named by these intentions; one that fails holds up no other. */
    async run(intentionIds: readonly string[]): Promise<void> {
      for (const { intentionId, run } of await runs.waiting(intentionIds)) {
        try {
          await takeTurn(intentionId, run);
        } catch (error) {
          log.error('A portion of a bulk run failed; nothing of it stands.', { run: run.id, error });
          await runs.failed(intentionId, run.id, String(error), clock.now());
        }
      }
    },
  };
};
export type BulkRuns = ReturnType<typeof bulkRuns>;
