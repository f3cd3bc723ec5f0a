// A programme with its settings, and the phases of its year.

import { queryOptions } from '@tanstack/react-query';
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
}

export const programmeQuery = (code: string) =>
  queryOptions({
    queryKey: ['programmes', 'one', code],
    queryFn: ({ signal }) => read<ProgrammeSettings>(`/programmes/${encodeURIComponent(code)}`, {}, signal),
  });

export interface StandingPhase {
  readonly phase: 'registration' | 'opinions' | 'approval' | 'execution' | 'confirmation' | 'appraisal' | 'closing';
  readonly starts:
    | { readonly kind: 'on_day'; readonly day: string }
    | { readonly kind: 'after_submission'; readonly event: string; readonly unit: string };
  readonly state: 'planned' | 'waiting' | 'running' | 'overrun' | 'ended';
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly daysLeft: number | null;
}

export const phasesQuery = (code: string) =>
  queryOptions({
    queryKey: ['programmes', 'phases', code],
    queryFn: async ({ signal }) =>
      (
        await read<{ readonly phases: readonly StandingPhase[] }>(
          `/programmes/${encodeURIComponent(code)}/phases`,
          {},
          signal,
        )
      ).phases,
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
