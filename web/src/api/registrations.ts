// Registration of next year's commitments: rounds, their rows, and what stands out among them.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { SourceDocument } from './tasks.ts';

export interface Registration {
  readonly id: string;
  readonly programme: string;
  readonly sourceProgramme: string | null;
  readonly year: number;
  readonly document: SourceDocument | null;
  readonly openedAt: string;
}

export const proposalChanges = ['carried', 'target_changed', 'added', 'dropped'] as const;
export type ProposalChange = (typeof proposalChanges)[number];
export const proposalStatuses = ['draft', 'submitted', 'returned', 'approved', 'rejected'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];
type Target = string | number | null;

export interface Proposal {
  readonly id: string;
  readonly unit: string;
  readonly origin: 'unit' | 'office';
  readonly change: ProposalChange;
  readonly sourceTask: string | null;
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: Target;
  readonly targetFrom: Target;
  readonly kind: 'own' | 'common' | 'template';
  readonly field: string | null;
  readonly indicator: string | null;
  readonly appraiserUnit: string | null;
  readonly basis: SourceDocument | null;
  /** Why it is dropped. */
  readonly reason: string | null;
  readonly status: ProposalStatus;
  readonly opinion: string | null;
  /** Why it came back, or was rejected. */
  readonly note: string | null;
  readonly decision: SourceDocument | null;
  readonly task: string | null;
  readonly version: number;
  /** Carried forward in the same words with the same target. */
  readonly unchanged: boolean;
  /** Entered as new though this year's task of that id says the same. */
  readonly twin: string | null;
}

export interface WholeRegistration extends Registration {
  readonly proposals: readonly Proposal[];
  readonly opinions: readonly { readonly bloc: string; readonly text: string; readonly at: string }[];
}

export const registrationsQuery = queryOptions({
  queryKey: ['registrations', 'list'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly Registration[] }>('/registrations', {}, signal)).items,
});

export const registrationQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['registrations', 'one', id],
    queryFn: ({ signal }) => read<WholeRegistration>(`/registrations/${id}`, {}, signal),
    enabled: id !== undefined,
  });

export interface AnnexTable {
  readonly titles: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly notes: readonly string[];
}

export const annexQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['registrations', 'annex', id],
    queryFn: ({ signal }) => read<AnnexTable>(`/registrations/${id}/annex-iv`, {}, signal),
    enabled: id !== undefined,
  });

export const uniformityCells = ['kept', 'target_changed', 'dropped', 'added', 'rejected', 'missing', 'absent'] as const;
export type UniformityCell = (typeof uniformityCells)[number];

export interface UniformityBloc {
  readonly bloc: string;
  readonly units: readonly { readonly code: string; readonly name: string }[];
  readonly items: readonly {
    readonly item: string;
    readonly uniform: boolean;
    readonly cells: Readonly<Record<string, UniformityCell>>;
  }[];
  readonly nonUniform: number;
}

export const uniformityQuery = (id: string) =>
  queryOptions({
    queryKey: ['registrations', 'uniformity', id],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly UniformityBloc[] }>(`/registrations/${id}/uniformity`, {}, signal)).items,
  });

export interface Balance {
  readonly units: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly byUnit: readonly {
    readonly code: string;
    readonly name: string;
    readonly bloc: string;
    readonly proposed: number;
    readonly thisYear: number;
    readonly difference: number;
    readonly outlying: boolean;
  }[];
}

export const balanceQuery = (id: string) =>
  queryOptions({
    queryKey: ['registrations', 'balance', id],
    queryFn: ({ signal }) => read<Balance>(`/registrations/${id}/balance`, {}, signal),
  });

/** What a unit still has in draft, or got back. */
export const openRowsOf = (registration: WholeRegistration, unit: string): readonly Proposal[] =>
  registration.proposals.filter((row) => row.unit === unit && (row.status === 'draft' || row.status === 'returned'));
