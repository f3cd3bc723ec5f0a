// A programme with its settings, and the phases of its year.

import { queryOptions } from '@tanstack/react-query';
import type { Offset } from '../../../src/domain/schedule/offset.ts';
import { read } from './client.ts';
import type { Programme } from './programmes.ts';
import type { DocumentBody } from './reorganisations.ts';

export interface ProgrammeSettings extends Programme {
  readonly roll: 'keep' | 'next' | 'previous' | null;
  readonly soonDays: number;
  readonly reopenDays: number;
  readonly maxExtensions: number | null;
  readonly criteria: string | null;
  readonly basis: DocumentBody | null;
  /** Of tasks that are given without a deadline of their own. */
  readonly defaultDue: { readonly kind: string; readonly day?: string } | null;
}

export const programmeQuery = (code: string) =>
  queryOptions({
    queryKey: ['programmes', 'one', code],
    queryFn: ({ signal }) => read<ProgrammeSettings>(`/programmes/${encodeURIComponent(code)}`, {}, signal),
  });

/** In the order in which a year usually goes. */
export const phaseNames = [
  'registration',
  'opinions',
  'approval',
  'execution',
  'confirmation',
  'appraisal',
  'closing',
] as const;
export type PhaseName = (typeof phaseNames)[number];

export interface PhaseFact {
  readonly on: string;
  readonly document: DocumentBody | null;
}

export interface PhasePlan {
  readonly phase: PhaseName;
  readonly starts:
    | { readonly kind: 'on_day'; readonly day: string }
    /** Nothing counts down before it is recorded; the tentative day is a forecast. */
    | {
        readonly kind: 'after_submission';
        readonly event: string;
        readonly unit: string;
        readonly tentativeDay?: string;
      };
  readonly ends:
    | { readonly kind: 'on_day'; readonly day: string }
    | { readonly kind: 'within'; readonly offset: Offset }
    | null;
}

export interface StandingPhase extends PhasePlan {
  readonly started: PhaseFact | null;
  readonly ended: PhaseFact | null;
  readonly state: 'planned' | 'waiting' | 'running' | 'overrun' | 'ended';
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly daysLeft: number | null;
}

/** What recording the event of a phase sets, or has set. */
export interface WaitingDeadlines {
  readonly event: string;
  readonly on: string;
  readonly items: readonly {
    readonly id: string;
    readonly code: string;
    readonly title: string;
    readonly programme: string;
    readonly unit: string;
    /** Null: the deadline names no period, so nothing counts even then. */
    readonly dueOn: string | null;
  }[];
}

export interface DeadlinesSet {
  readonly set: number;
  readonly refused: readonly { readonly id: string; readonly code: string; readonly reason: string }[];
}

export const phasesPath = (code: string): string => `/programmes/${encodeURIComponent(code)}/phases`;

/** @param on the day on which it happened; after it is recorded, of tasks that came since */
export const waitingDeadlinesQuery = (code: string, phase: PhaseName, on: string | undefined) =>
  queryOptions({
    queryKey: ['programmes', 'waiting', code, phase, on],
    queryFn: ({ signal }) => read<WaitingDeadlines>(`${phasesPath(code)}/${phase}/deadlines`, { on }, signal),
  });

export const phasesQuery = (code: string) =>
  queryOptions({
    queryKey: ['programmes', 'phases', code],
    queryFn: async ({ signal }) =>
      (await read<{ readonly phases: readonly StandingPhase[] }>(phasesPath(code), {}, signal)).phases,
  });

export const workflowKeysQuery = queryOptions({
  queryKey: ['workflows', 'published'],
  queryFn: async ({ signal }) => {
    const { items } = await read<{
      readonly items: readonly { readonly key: string; readonly status: string; readonly name: unknown }[];
    }>('/workflows', {}, signal);
    return [...new Set(items.flatMap(({ key, status }) => (status === 'published' ? [key] : [])))];
  },
});
