// Reports on their way from draft to issued, what was frozen with them, and what lies between two of them.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Bucket, Estimate, Statistics, Times } from './reports.ts';
import type { SourceDocument } from './tasks.ts';

export const editionSteps = ['draft', 'confirming', 'frozen', 'issued'] as const;
export type EditionStatus = (typeof editionSteps)[number];

export interface Edition {
  readonly id: string;
  readonly programme: string;
  readonly title: string;
  readonly asOf: string;
  readonly status: EditionStatus;
  readonly runId: string | null;
  readonly corrects: string | null;
  readonly correctedBy: string | null;
  readonly reason: string | null;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly document: SourceDocument | null;
  readonly createdBy: string;
  readonly createdAt: string;
}

export const lineStatuses = ['waiting', 'agreed', 'deemed', 'disputed', 'upheld', 'rejected'] as const;
export type LineStatus = (typeof lineStatuses)[number];
export type LineCounts = Readonly<Record<LineStatus, number>>;

export interface WholeEdition extends Edition {
  /** Where the report that it corrects told its rates otherwise. */
  readonly ruleNote: string | null;
  /** What orders the report to be made, as far as the reader may see it. */
  readonly ordered: {
    readonly task: { readonly id: string; readonly code: string; readonly title: string | null } | null;
    readonly document: {
      readonly id: string;
      readonly number: string | null;
      readonly date: string | null;
      readonly abstract: string | null;
    } | null;
  };
  readonly history: readonly {
    readonly status: EditionStatus;
    readonly actorName: string | null;
    readonly at: string;
  }[];
  readonly confirmation: {
    readonly round: string;
    readonly dueOn: string;
    readonly counts: LineCounts;
    readonly footnotes: readonly { readonly code: string; readonly unit: string; readonly reason: string }[];
  } | null;
}

export const editionsQuery = (programme: string) =>
  queryOptions({
    queryKey: ['reports', 'editions', programme],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Edition[] }>('/reports/editions', { programme }, signal)).items,
    enabled: programme !== '',
  });

export const editionQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', 'edition', id],
    queryFn: ({ signal }) => read<WholeEdition>(`/reports/editions/${id}`, {}, signal),
  });

/** Reports whose figures were put to the units. */
export const askedQuery = (programme: string) =>
  queryOptions({
    queryKey: ['confirmations', 'rounds', programme],
    queryFn: async ({ signal }) =>
      new Set(
        (
          await read<{ readonly items: readonly { readonly edition: string }[] }>(
            '/reports/confirmations',
            { programme },
            signal,
          )
        ).items.map(({ edition }) => edition),
      ),
    enabled: programme !== '',
  });

/** Never changes once it is there. */
export const runQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => read<Statistics>(`/reports/runs/${id}`, {}, signal),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface RunRow {
  readonly code: string;
  readonly title: string | null;
  readonly unit: string;
  readonly unitName: string;
  readonly category: Bucket | 'assigned';
  readonly estimate: Estimate | null;
  readonly target: string | number | null;
  readonly measureUnit: string | null;
  readonly result: string | number | null;
  readonly dueOn: string | null;
  readonly document: string | null;
}

export interface RunFilter {
  readonly unit?: string | undefined;
  readonly bucket?: string | undefined;
  readonly estimate?: string | undefined;
}

export const runTasksQuery = (id: string, filter: RunFilter) =>
  queryOptions({
    queryKey: ['run', id, 'tasks', filter],
    queryFn: ({ signal }) =>
      read<{ readonly total: number; readonly hidden: number; readonly items: readonly RunRow[] }>(
        `/reports/runs/${id}/tasks`,
        { ...filter },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface DiffPlace {
  readonly unit: string;
  readonly bucket: Bucket;
  readonly estimate: Estimate;
}

export interface DiffEvent {
  readonly seq: number;
  readonly type: string;
  readonly capacity: string | null;
  readonly effectiveAt: string;
  readonly recordedAt: string;
}

export interface RunDiff {
  readonly before: { readonly id: string; readonly asOf: string; readonly knownAt: string };
  readonly after: { readonly id: string; readonly asOf: string; readonly knownAt: string };
  readonly rules: { readonly note: string | null };
  readonly cells: {
    readonly before: Readonly<Record<string, number>>;
    readonly after: Readonly<Record<string, number>>;
  };
  readonly shifts: readonly {
    readonly code: string;
    readonly title: string | null;
    readonly before: DiffPlace | null;
    readonly after: DiffPlace | null;
    readonly why: readonly DiffEvent[];
  }[];
  readonly hidden: number;
}

export const diffQuery = (id: string, earlier: string | undefined) =>
  queryOptions({
    queryKey: ['run', id, 'diff', earlier],
    queryFn: ({ signal }) => read<RunDiff>(`/reports/runs/${id}/diff`, { with: earlier }, signal),
    enabled: earlier !== undefined,
  });

export interface Round {
  readonly id: string;
  readonly dueOn: string;
  readonly knownAt: string;
  readonly frozen: boolean;
  readonly counts: LineCounts;
  readonly byUnit: readonly { readonly unit: string; readonly name: string; readonly counts: LineCounts }[];
}

export const roundQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['confirmations', 'round', id],
    queryFn: ({ signal }) => read<Round>(`/reports/confirmations/${id}`, {}, signal),
    enabled: id !== undefined,
  });

export interface RoundLine {
  readonly code: string;
  readonly title: string | null;
  readonly unitName: string;
  readonly bucket: Bucket;
  readonly estimate: Estimate;
  readonly status: LineStatus;
  readonly reason: string | null;
}

export const disputesQuery = (round: string | undefined) =>
  queryOptions({
    queryKey: ['confirmations', 'disputes', round],
    queryFn: async ({ signal }) =>
      (
        await read<{ readonly items: readonly RoundLine[] }>(
          `/reports/confirmations/${round}/lines`,
          { status: 'disputed' },
          signal,
        )
      ).items,
    enabled: round !== undefined,
  });

interface Spread {
  readonly units: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Imbalance {
  readonly asOf: string;
  readonly knownAt: string;
  readonly all: Spread;
  readonly byBloc: readonly (Spread & { readonly bloc: string })[];
  readonly byUnit: readonly {
    readonly unit: string;
    readonly name: string;
    readonly bloc: string;
    readonly total: number;
  }[];
}

export const imbalanceQuery = (programme: string, times: Times) =>
  queryOptions({
    queryKey: ['statistics', 'imbalance', programme, times],
    queryFn: ({ signal }) => read<Imbalance>('/reports/imbalance', { programme, ...times }, signal),
    enabled: programme !== '',
  });

interface DaySum {
  readonly workingDays: number;
  readonly tasks: number;
  readonly average: number;
}

export interface Ledger {
  readonly asOf: string;
  readonly tasks: number;
  readonly workingDays: number;
  readonly ended: number;
  readonly holders: Readonly<Record<'unit' | 'appraiser' | 'office' | 'province', DaySum>>;
  readonly rows: readonly (DaySum & {
    readonly unit: string;
    readonly name: string;
    readonly rounds?: {
      readonly answeredInTime: number;
      readonly answeredLate: number;
      readonly open: number;
      readonly openLate: number;
      readonly workingDaysLate: number;
    };
  })[];
}

export const ledgerQuery = (programme: string, asOf: string | undefined, by: 'unit' | 'agency') =>
  queryOptions({
    queryKey: ['statistics', 'ledger', programme, asOf, by],
    queryFn: ({ signal }) => read<Ledger>('/reports/ledger', { programme, asOf, by }, signal),
    enabled: programme !== '',
  });
