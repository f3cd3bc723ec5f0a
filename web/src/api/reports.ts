// Figures as the API gives them: counted once, by the server; the console only shows and links them.

import { queryOptions } from '@tanstack/react-query';
import type { DayKind } from '../../../src/domain/schedule/working-calendar.ts';
import type { DeadlineClass } from '../kit/deadline.tsx';
import { read } from './client.ts';
import { isProblem } from './problem.ts';

/** The report's five groups; `in_progress` holds what is assigned and what is in progress. */
export const buckets = ['done', 'awaiting_appraisal', 'in_progress', 'not_done', 'stopped'] as const;
export type Bucket = (typeof buckets)[number];
export const estimates = ['done', 'not_done', 'stopped', 'undeclared'] as const;
export type Estimate = (typeof estimates)[number];

export interface Figures {
  readonly total: number;
  readonly counts: Readonly<Record<Bucket, number>>;
  readonly estimate: Readonly<Record<Estimate, number>>;
  readonly deadlines: Readonly<Partial<Record<DeadlineClass, number>>>;
}

export interface Rate {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly of: number;
  readonly denominator: 'all' | 'fallen_due' | 'within_group';
  readonly denominatorText: string;
  /** Null: of nothing. */
  readonly text: string | null;
}

export interface Statistics extends Figures {
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string };
  readonly asOf: string;
  readonly knownAt: string;
  readonly notice: string | null;
  readonly percentages: Readonly<Record<Bucket, number>>;
  readonly estimatePercentages: Readonly<Record<Estimate, number>>;
  readonly rounding: {
    readonly decimals: number;
    readonly note: string | null;
    readonly estimateNote: string | null;
  };
  /** By the programme's own denominator, headline first; absent from figures frozen before rates were told. */
  readonly rates?: readonly Rate[];
  readonly byUnit: readonly (Figures & { readonly unit: string; readonly name: string; readonly bloc: string })[];
}

export interface Times {
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
}

export const statisticsQuery = (programme: string, times: Times) =>
  queryOptions({
    queryKey: ['statistics', programme, times],
    queryFn: ({ signal }) => read<Statistics>('/reports/statistics', { programme, ...times }, signal),
    enabled: programme !== '',
  });

export interface TrendDay {
  readonly day: string;
  readonly total: number;
  readonly counts: Readonly<Record<Bucket, number>>;
}

export const trendQuery = (programme: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['trend', programme, from, to],
    queryFn: async ({ signal }) =>
      (await read<{ readonly days: readonly TrendDay[] }>('/reports/trend', { programme, from, to }, signal)).days,
    enabled: programme !== '' && from <= to,
  });

export interface Forecast {
  readonly asOf: string;
  readonly history: number;
  readonly explanation: string | null;
  readonly done: { readonly low: number; readonly point: number; readonly high: number } | null;
}

export const forecastQuery = (programme: string, asOf: string) =>
  queryOptions({
    queryKey: ['statistics', 'forecast', programme, asOf],
    queryFn: async ({ signal }) => {
      try {
        return await read<Forecast>('/reports/forecast', { programme, asOf }, signal);
      } catch (error) {
        // Beside the figures, never in their way.
        if (isProblem(error)) return null;
        throw error;
      }
    },
    enabled: programme !== '',
  });

export interface Coming {
  readonly asOf: string;
  readonly knownAt: string;
  readonly weeks: readonly {
    readonly from: string;
    readonly to: string;
    readonly due: number;
    readonly days: readonly { readonly date: string; readonly kind: DayKind; readonly name: string }[];
  }[];
  readonly total: number;
  readonly later: number;
  /** Up to when holidays are known; null: there is no calendar. */
  readonly calendarTo: string | null;
}

export const comingQuery = (programme: string, times: Times) =>
  queryOptions({
    queryKey: ['statistics', 'coming', programme, times],
    queryFn: ({ signal }) => read<Coming>('/reports/coming', { programme, ...times }, signal),
    enabled: programme !== '',
  });

interface EffectPart {
  readonly count: number;
  /** Classes of deadlines by which the list has exactly these. */
  readonly deadline: readonly DeadlineClass[];
}

export interface UrgedRound {
  readonly id: string;
  readonly sentOn: string;
  readonly urged: number;
  readonly readOn: string;
  readonly days: number;
  readonly complete: boolean;
  readonly parts: { readonly undated: EffectPart; readonly dated: EffectPart; readonly ended: EffectPart };
}

export interface UrgingEffect {
  readonly knownAt: string;
  readonly days: number;
  readonly rounds: readonly UrgedRound[];
}

export const urgingEffectQuery = (programme: string, times: Times) =>
  queryOptions({
    queryKey: ['statistics', 'urging-effect', programme, times],
    queryFn: ({ signal }) => read<UrgingEffect>('/reports/urging-effect', { programme, ...times }, signal),
    enabled: programme !== '',
  });

export interface Run {
  readonly id: string;
  readonly programme: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly sha256: string;
  readonly createdAt: string;
}

export const runsQuery = (programme: string) =>
  queryOptions({
    queryKey: ['statistics', 'runs', programme],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Run[] }>('/reports/runs', { programme }, signal)).items,
    enabled: programme !== '',
  });
