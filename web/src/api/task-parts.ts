// What belongs to one task beside its own facts: deadlines, panel, days in whose court, files, documents, its workflow.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Role } from './session.ts';
import type { Follower, Names, Requirement, Review, SourceDocument } from './tasks.ts';

export interface DeadlineChain {
  readonly dueOriginalOn: string | null;
  readonly dueOn: string | null;
  readonly extensions: number;
  readonly maxExtensions: number | null;
  readonly items: readonly {
    readonly seq: number;
    readonly dueOn: string | null;
    readonly on: string;
    readonly recordedAt: string;
    readonly decidedByName: string | null;
    readonly capacity: string;
    readonly signing: string | null;
    readonly reason: string | null;
    readonly document: SourceDocument | null;
    readonly extension: boolean;
    readonly requested: string | null;
  }[];
}

export interface Seat {
  readonly seat: string;
  readonly name: string;
  readonly unit: string;
  readonly lead: boolean;
  readonly votes: boolean;
  readonly voter: { readonly name: string; readonly onBehalfOf: string | null; readonly signing: string | null } | null;
  readonly empty: string | null;
}

export interface Panel {
  readonly round: number;
  readonly rule: string | null;
  readonly quorum: number | null;
  readonly agencies: readonly string[];
  readonly seats: readonly Seat[];
  readonly review: Review | null;
  readonly appraiseBy: string | null;
  readonly incident: string | null;
}

export interface TaskLedger {
  readonly asOf: string;
  readonly ledger: {
    readonly stretches: readonly {
      readonly holder: string;
      readonly unit: string | null;
      readonly from: string;
      readonly to: string;
      readonly workingDays: number;
    }[];
    readonly totals: Readonly<Record<string, number>>;
    readonly ended: number;
    readonly workingDays: number;
    readonly rounds: readonly {
      readonly round: number;
      readonly agency: string;
      readonly openedOn: string;
      readonly closedOn: string | null;
      readonly end: string;
      readonly appraiseBy: string | null;
      readonly workingDaysLate: number;
    }[];
  } | null;
}

export interface TaskFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedBy: string;
  readonly uploadedAt: string;
  readonly scan: string;
  readonly linkedSeq: number | null;
}

export interface Links {
  readonly document: (SourceDocument & { readonly id: string; readonly title?: string }) | null;
  readonly item: string | null;
  readonly links: readonly {
    readonly kind: string;
    readonly direction: 'to' | 'from';
    readonly task: { readonly id: string; readonly code: string; readonly title: string };
  }[];
}

export interface Lineage {
  readonly items: readonly {
    readonly task: string;
    readonly proposal: {
      readonly year: number;
      readonly origin: string;
      readonly change: string | null;
      readonly targetFrom: string | number | null;
      readonly target: string | number | null;
      readonly basis: string | null;
    };
    readonly from: { readonly id: string; readonly code?: string; readonly title?: string } | null;
  }[];
}

export interface FormField {
  readonly key: string;
  readonly name: Names;
  readonly type: 'text' | 'number' | 'date' | 'percent' | 'yes_no' | 'choice';
  readonly required?: boolean;
  readonly choices?: readonly string[];
}

export interface TimerLevel {
  readonly action: string;
  readonly to: readonly string[];
}

export interface Workflow {
  readonly definition: {
    readonly name: Names;
    readonly forms: readonly { readonly key: string; readonly fields: readonly FormField[] }[];
    readonly states: readonly { readonly key: string; readonly name: Names }[];
    readonly timers: readonly {
      readonly key: string;
      readonly name: Names;
      readonly steps: readonly TimerLevel[];
      readonly repeat?: TimerLevel;
    }[];
    readonly transitions: readonly {
      readonly key: string;
      readonly name: Names;
      readonly by: readonly string[];
      readonly require?: Requirement;
    }[];
    readonly appraisals: readonly { readonly outcomes: Readonly<Record<string, string>> }[];
  };
}

export interface DeadlineProposals {
  readonly items: readonly {
    readonly id: string;
    readonly dueOn: string;
    readonly outcome: string;
    readonly reason: string | null;
    readonly recordedAt: string;
  }[];
}

export interface NamedFollower extends Follower {
  readonly name: string;
}

/** Somebody of a unit whose head looks. */
export interface UnitPerson {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  /** Open tasks that they follow for the unit. */
  readonly following: number;
}

const part = <T>(id: string, name: string) =>
  queryOptions({ queryKey: ['task', id, name], queryFn: ({ signal }) => read<T>(`/tasks/${id}/${name}`, {}, signal) });

export const deadlinesQuery = (id: string) => part<DeadlineChain>(id, 'deadlines');
export const panelQuery = (id: string) => part<Panel>(id, 'panel');
export const ledgerQuery = (id: string) => part<TaskLedger>(id, 'ledger');
export const filesQuery = (id: string) => part<{ readonly items: readonly TaskFile[] }>(id, 'files');
export const linksQuery = (id: string) => part<Links>(id, 'links');
export const lineageQuery = (id: string) => part<Lineage>(id, 'lineage');
export const proposalsQuery = (id: string) => part<DeadlineProposals>(id, 'deadline-proposals');

export const followersQuery = (id: string) => part<{ readonly items: readonly NamedFollower[] }>(id, 'followers');

/** People whom the reader may name. Like all of `tasks` it is read anew when tasks change: who follows how many. */
export const unitPeopleQuery = queryOptions({
  queryKey: ['tasks', 'people'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly UnitPerson[] }>('/followers', {}, signal)).items,
});

/** A published version never changes. */
export const workflowQuery = ({ key, version }: { readonly key: string; readonly version: number }) =>
  queryOptions({
    queryKey: ['workflow', key, version],
    queryFn: ({ signal }) => read<Workflow>(`/workflows/${key}/versions/${version}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const workflowsQuery = queryOptions({
  queryKey: ['workflows'],
  queryFn: async ({ signal }) =>
    (
      await read<{
        readonly items: readonly { readonly key: string; readonly version: number; readonly status: string }[];
      }>('/workflows', {}, signal)
    ).items,
  staleTime: 600_000,
});
