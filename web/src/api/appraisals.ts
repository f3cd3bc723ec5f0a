// The appraisers' desk as the API tells it.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Query, read } from './client.ts';
import type { PossibleAction } from './tasks.ts';

export const outcomes = ['achieved', 'not_achieved', 'returned'] as const;
export type Outcome = (typeof outcomes)[number];
export type Stance = 'agree' | 'disagree' | 'neutral';

interface Person {
  readonly account: string;
  readonly name: string;
}

export interface GivenVote {
  readonly unit: string;
  readonly seat: Person;
  readonly by: Person;
  readonly signing: string | null;
  readonly outcome: Outcome;
  readonly on: string;
}

export interface DeskAnswer extends PossibleAction {
  readonly outcome: Outcome;
}

export interface DeskItem {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly indicator: string;
  readonly programme: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly agency: string | null;
  readonly participants: readonly string[];
  readonly round: number;
  readonly submittedOn: string | null;
  readonly dueOn: string | null;
  readonly evidence: readonly string[];
  readonly appraiseBy: string | null;
  readonly workingDaysLate: number;
  readonly waiting: 'mine' | 'others' | 'unit';
  readonly seat: { readonly unit: string; readonly lead: boolean; readonly onBehalfOf: Person | null } | null;
  readonly vote: GivenVote | null;
  readonly votes: { readonly cast: readonly GivenVote[] };
  readonly opinions: readonly {
    readonly unit: string;
    readonly by: Person;
    readonly stance: Stance;
    readonly opinion: string | null;
  }[];
  readonly question: { readonly on: string; readonly by: Person; readonly question: string | null } | null;
  readonly actions: {
    readonly answers: readonly DeskAnswer[];
    /** Code of the refusal; null: it may be done. */
    readonly giveOpinion: string | null;
    readonly requestInformation: string | null;
  };
  readonly version: number;
}

export interface DeskGroup {
  readonly key: string;
  readonly name: string;
  readonly tasks: number;
  readonly units: number;
  readonly late: number;
}

export interface Desk {
  readonly notice: string | null;
  readonly total: number;
  readonly counts: { readonly mine: number; readonly others: number; readonly unit: number; readonly late: number };
  readonly groups: readonly DeskGroup[];
  readonly items: readonly DeskItem[];
  readonly next: string | null;
}

export const deskQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['appraisals', 'desk', query],
    queryFn: ({ pageParam, signal }) =>
      read<Desk>('/appraisals', { ...query, limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });

export interface Panel {
  readonly round: number;
  readonly rule: 'any' | 'all' | 'quorum' | 'per_group' | null;
  readonly quorum: number | null;
  readonly agencies: readonly string[];
  readonly seats: readonly {
    readonly seat: string;
    readonly name: string;
    readonly unit: string;
    readonly votes: boolean;
    readonly voter: { readonly account: string; readonly name: string } | null;
    readonly empty: string | null;
  }[];
  readonly incident: string | null;
}

export const panelQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id, 'panel'],
    queryFn: ({ signal }) => read<Panel>(`/tasks/${id}/panel`, {}, signal),
  });

export interface EvidenceFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly uploadedAt: string;
  readonly scan: 'clean' | 'skipped' | 'pending' | 'infected';
  readonly linkedSeq: number | null;
}

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id, 'files'],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly EvidenceFile[] }>(`/tasks/${id}/files`, {}, signal)).items,
  });

interface Form {
  readonly key: string;
  readonly fields: readonly { readonly key: string; readonly name: { readonly vi: string; readonly en: string } }[];
}

/** Names of what a form asks for; a published version never changes. */
export const formsQuery = (workflow: { readonly key: string; readonly version: number } | undefined) =>
  queryOptions({
    queryKey: ['workflows', 'forms', workflow?.key, workflow?.version],
    queryFn: async ({ signal }) => {
      const found = await read<{ readonly definition?: { readonly forms?: readonly Form[] } }>(
        `/workflows/${workflow?.key}/versions/${workflow?.version}`,
        {},
        signal,
      );
      return found.definition?.forms ?? [];
    },
    enabled: workflow !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
