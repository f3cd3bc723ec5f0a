// What the API tells of tasks, as far as pages read it.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { DeadlineClass } from '../kit/deadline.tsx';
import type { Category } from '../kit/state-mark.tsx';
import { type Query, read } from './client.ts';

export interface TaskListing {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly programme: string;
  readonly unit: string;
  readonly unitName: string;
  readonly appraiser: string | null;
  readonly kind: string;
  readonly state: string;
  readonly category: Category;
  readonly dueOn: string | null;
  readonly submittedOn: string | null;
  readonly estimate: string | null;
  readonly deadline: DeadlineClass;
  readonly version: number;
  readonly recordedAt: string;
}

export interface TaskList {
  readonly notice: string | null;
  readonly items: readonly TaskListing[];
  readonly total: number | null;
  readonly next: string | null;
}

export interface Names {
  readonly vi: string;
  readonly en: string;
}

export interface SourceDocument {
  readonly number: string;
  readonly date: string;
  readonly issuer: string;
  readonly item?: string;
}

export interface Requirement {
  readonly form?: string;
  readonly evidence?: number;
  readonly reason?: boolean;
  readonly document?: boolean;
}

export interface PossibleAction {
  readonly transition: string;
  readonly name: Names;
  readonly to: string;
  readonly require: Requirement;
  readonly refused?: string;
  /** The sentence for it. */
  readonly why?: Names;
}

export interface Difficulty {
  readonly number: number;
  readonly cause: string;
  readonly proposal: string | null;
  readonly addressee: string;
  readonly unit: string | null;
  readonly answerBy: string;
  readonly by: string;
  readonly on: string;
  readonly answer: { readonly text: string; readonly by: string; readonly on: string } | null;
}

/** Chuyên viên theo dõi: one for each unit whose head named one. */
export interface Follower {
  readonly account: string;
  readonly unit: string;
  readonly since: string;
}

export interface Vote {
  readonly seat: string;
  readonly unit: string;
  readonly by: string;
  readonly signing?: string;
  readonly outcome: string;
  readonly on: string;
  readonly missing?: readonly string[];
}

export interface Review {
  readonly since: string;
  readonly votes: readonly Vote[];
  readonly opinions: readonly {
    readonly seat: string;
    readonly unit: string;
    readonly by: string;
    readonly stance: string;
  }[];
  readonly question: { readonly by: string; readonly unit: string; readonly on: string } | null;
}

export interface Task {
  readonly id: string;
  readonly code: string;
  readonly programme: string;
  readonly workflow: { readonly key: string; readonly version: number };
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: string | number | null;
  readonly kind: string;
  readonly source: SourceDocument | null;
  readonly field: string | null;
  readonly indicator: string | null;
  readonly secret: boolean;
  readonly leadUnit: string;
  readonly appraiserUnit: string | null;
  readonly participants: readonly string[];
  readonly assignedOn: string;
  readonly state: string;
  readonly stateName: Names;
  readonly category: Category;
  readonly holder: string | null;
  readonly version: number;
  readonly round: number;
  readonly returns: number;
  readonly dueOn: string | null;
  readonly dueOriginalOn: string | null;
  readonly extensions: number;
  readonly deadline: DeadlineClass;
  readonly submittedOn: string | null;
  readonly finishedOn: string | null;
  readonly progress: number | null;
  readonly result: string | number | null;
  readonly estimate: string | null;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly due: { readonly kind: string; readonly reason?: string; readonly event?: string; readonly byDay?: string };
  readonly proposal: { readonly transition: string; readonly by: string; readonly at: string } | null;
  readonly extensionRequest: { readonly day: string; readonly by: string; readonly on: string } | null;
  readonly explanation: {
    readonly text: string;
    readonly objectiveCause: string | null;
    readonly on: string;
    readonly confirmed: boolean | null;
  } | null;
  readonly review: Review | null;
  readonly difficulties: readonly Difficulty[];
  readonly followers: readonly Follower[];
  readonly urgings: number;
  readonly urgedOn: string | null;
  readonly recordedAt: string;
  readonly notice: string | null;
  readonly actions: readonly PossibleAction[];
  readonly timers: readonly { readonly rule: string; readonly k: number; readonly dueAt: string }[];
  readonly lastReturn: {
    readonly on: string;
    readonly round: number;
    readonly reason: string | null;
    readonly missing: readonly string[];
  } | null;
}

export interface TaskEvent {
  readonly seq: number;
  readonly type: string;
  /** Null: the system itself. */
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly capacity: string | null;
  readonly onBehalfOf: string | null;
  readonly signing: string | null;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

/** A list grows as it is scrolled; each page names the next. */
export const taskListQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      // A short first page is there at once; the rest comes in large ones.
      read<TaskList>(
        '/tasks',
        { ...query, ...(pageParam === '' ? { limit: 100 } : { limit: 500, cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });

export const taskQuery = (id: string) =>
  queryOptions({ queryKey: ['task', id], queryFn: ({ signal }) => read<Task>(`/tasks/${id}`, {}, signal) });

export const taskEventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id, 'events'],
    queryFn: async ({ signal }) => {
      const items: TaskEvent[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const page: { readonly items: readonly TaskEvent[]; readonly next: number | null } = await read(
          `/tasks/${id}/events`,
          { after, limit: 100 },
          signal,
        );
        items.push(...page.items);
        after = page.next;
      }
      return items;
    },
  });
