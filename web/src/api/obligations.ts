// Periodic reports: who owes which, and what became of it.

import { queryOptions } from '@tanstack/react-query';
import { type Query, read, readWhole } from './client.ts';
import { isProblem } from './problem.ts';

export const obligationStates = ['on_time', 'late', 'missing', 'returned', 'due', 'not_yet_due', 'waived'] as const;
export type ObligationState = (typeof obligationStates)[number];

export interface Cell {
  readonly id: string;
  readonly state: ObligationState;
  readonly completeness: 'complete' | 'incomplete' | null;
  readonly heldBy: string;
  readonly sentOn: string | null;
  readonly daysLate: number;
}

export interface MatrixPeriod {
  readonly key: string;
  readonly name: string;
  readonly dueOn: string | null;
  readonly counts: Readonly<Record<ObligationState, number>>;
  readonly total: number;
}

export interface MatrixUnit {
  readonly unit: string;
  readonly unitName: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Matrix {
  readonly asOf: string;
  readonly periods: readonly MatrixPeriod[];
  readonly units: readonly MatrixUnit[];
}

export const matrixQuery = (programme: string, span: Query) =>
  queryOptions({
    queryKey: ['obligations', 'matrix', programme, span],
    queryFn: ({ signal }) => read<Matrix>(`/programmes/${programme}/obligations/matrix`, span, signal),
    placeholderData: (before) => before,
  });

export interface Urged {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly period: { readonly key: string; readonly name: string };
  readonly dueOn: string;
  readonly state: ObligationState;
  readonly daysLate: number;
  readonly missing: readonly string[];
  readonly reason: string | null;
  readonly urgings: number;
  readonly demand: 'missing' | 'incomplete' | 'late';
  readonly task: { readonly code: string; readonly version: number };
}

export const urgedQuery = (programme: string, span: Query) =>
  queryOptions({
    queryKey: ['obligations', 'urging', programme, span],
    queryFn: async ({ signal }) =>
      (await read<{ readonly items: readonly Urged[] }>(`/programmes/${programme}/obligations/urging`, span, signal))
        .items,
    placeholderData: (before) => before,
  });

export const unitClasses = ['department', 'district', 'commune', 'central', 'office', 'task_force'] as const;

interface PeriodRule {
  readonly kind: string;
  readonly name?: string;
  /** MM-DD, or a day of the month. */
  readonly cutOff: string | number;
  readonly unit: string | number;
  readonly aggregator?: string | number;
  readonly upper?: string | number;
}

export interface Regime {
  readonly key: string;
  readonly name: string;
  readonly periods: readonly PeriodRule[];
  readonly units: {
    readonly classes: readonly string[];
    readonly codes: readonly string[];
    readonly except: readonly string[];
  };
}

export interface Reporting {
  readonly version: number;
  readonly regimes: readonly Regime[];
}

/** Null: no periodic reports were ever set. */
export const reportingQuery = (programme: string) =>
  queryOptions({
    queryKey: ['obligations', 'reporting', programme],
    queryFn: async ({ signal }): Promise<Reporting | null> => {
      try {
        return (await readWhole<Reporting>(`/programmes/${programme}/reporting`, {}, signal)).body;
      } catch (error) {
        if (isProblem(error, 'reporting.not_set')) return null;
        throw error;
      }
    },
  });
