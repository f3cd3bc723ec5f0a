// Renaming, merging, splitting and ending units: what is asked for, what it would do, and how far it is.

import { queryOptions } from '@tanstack/react-query';
import { change, read } from './client.ts';
import type { Role } from './session.ts';
import type { UnitClass } from './units.ts';

export const reorganisationKinds = ['rename', 'merge', 'split', 'dissolve'] as const;
export type ReorganisationKind = (typeof reorganisationKinds)[number];

export interface DocumentBody {
  readonly number: string;
  readonly date: string;
  readonly issuer: string;
}

export interface NewUnitBody {
  readonly code: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly order: number;
  readonly parent?: string | null;
}

export interface ReorganisationBody {
  readonly kind: ReorganisationKind;
  readonly effectiveOn: string;
  readonly document: DocumentBody;
  readonly predecessors?: readonly string[];
  readonly successors?: readonly ({ readonly code: string } | NewUnitBody)[];
  readonly changes?: readonly ({ readonly code: string } & Partial<Omit<NewUnitBody, 'code'>>)[];
  readonly mapping?: readonly { readonly field: string; readonly to: string }[];
  readonly appraisers?: readonly { readonly tasks: readonly string[]; readonly appraiserUnit: string }[];
  readonly members?: readonly { readonly account: string; readonly to: string | null }[];
}

export interface Preview {
  readonly created: readonly string[];
  readonly changed: readonly { readonly code: string; readonly name: string; readonly parent: string | null }[];
  readonly ended: readonly { readonly code: string; readonly successor: string | null }[];
  readonly tasks: {
    readonly total: number;
    /** "SNV → STP": how many. */
    readonly byUnit: Readonly<Record<string, number>>;
    readonly items: readonly { readonly id: string; readonly code: string }[];
  };
  readonly openRounds: readonly { readonly id: string; readonly code: string }[];
  readonly members: readonly {
    readonly account: string;
    readonly name: string;
    readonly role: Role;
    readonly from: string;
    readonly to: string | null;
  }[];
  readonly programmes: readonly { readonly programme: string; readonly from: string; readonly to: string | null }[];
  readonly conflictsTotal: number;
  readonly conflicts: readonly {
    readonly task: string;
    readonly code: string;
    readonly leadUnit: string;
    readonly agency: string;
  }[];
}

export interface ReorganisationRun {
  readonly id: string;
  readonly kind: ReorganisationKind;
  readonly effectiveOn: string;
  readonly document: DocumentBody;
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  readonly status: 'planned' | 'running' | 'done' | 'refused' | 'cancelled';
  readonly total: number;
  readonly processed: number;
  readonly problem: Readonly<Record<string, unknown>> | null;
  readonly actor: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** Stores nothing, so it is asked like a question. */
export const previewQuery = (body: ReorganisationBody) =>
  queryOptions({
    queryKey: ['reorganisations', 'preview', body],
    queryFn: async () => (await change<Preview>('/reorganisations/preview', { body })).body,
    retry: false,
    gcTime: 0,
  });

export const reorganisationsQuery = queryOptions({
  queryKey: ['reorganisations', 'list'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly ReorganisationRun[] }>('/reorganisations', {}, signal)).items,
});

/** @param today one whose day has come is about to be done, and is asked after until it is */
export const reorganisationQuery = (id: string, today: string) =>
  queryOptions({
    queryKey: ['reorganisations', 'one', id],
    queryFn: ({ signal }) => read<ReorganisationRun>(`/reorganisations/${id}`, {}, signal),
    refetchInterval: ({ state: { data, fetchStatus } }) =>
      fetchStatus === 'idle' && data && isUnderWay(data, today) ? 2000 : false,
  });

export const isUnderWay = ({ status, effectiveOn }: ReorganisationRun, today: string): boolean =>
  status === 'running' || (status === 'planned' && effectiveOn <= today);
