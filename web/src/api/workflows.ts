// Workflow definitions as the API gives and takes them (docs/workflows.md).

import { queryOptions } from '@tanstack/react-query';
import type { Offset } from '../../../src/domain/schedule/offset.ts';
import type { Condition } from '../../../src/domain/workflow/condition.ts';
import {
  taskRoles as allRoles,
  categories,
  fieldTypes,
  holders,
  type Names,
  outcomes,
  type Definition as Published,
  type Appraisal as PublishedAppraisal,
  type Form as PublishedForm,
  type Requirement as PublishedRequirement,
  type State as PublishedState,
  type Transition as PublishedTransition,
  type TimerRule,
  timerActions,
  timerAnchors,
  votingRules,
} from '../../../src/domain/workflow/definition.ts';
import { change, read } from './client.ts';

export type { Names };
export { categories, fieldTypes, holders, outcomes, timerActions, timerAnchors, votingRules };

/** Whom a draft is offered; administrators write the rules and make no move under them. */
export const taskRoles = allRoles.filter((role) => role !== 'administrator');
export const misfires = ['collapse', 'all', 'skip'] as const satisfies readonly TimerRule['misfire'][];

/** What a draft holds may be anything that is written as text, until it is checked. */
type Draft<T> = T extends string
  ? string
  : T extends boolean
    ? boolean
    : T extends Condition
      ? unknown
      : T extends readonly (infer Item)[]
        ? readonly Draft<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]: Draft<T[Key]> }
          : T;

export type Definition = Draft<Published>;
export type State = Draft<PublishedState>;
export type Requirement = Draft<PublishedRequirement>;
export type Transition = Draft<PublishedTransition>;
export type Appraisal = Draft<PublishedAppraisal>;
export type Timer = Draft<TimerRule>;
export type Form = Draft<PublishedForm>;
export type { Offset };

export type Status = 'draft' | 'published' | 'retired';
export interface VersionSummary {
  readonly key: string;
  readonly version: number;
  readonly status: Status;
  readonly name: Names;
  readonly sha256: string | null;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly retiredAt: string | null;
}
export interface Version extends VersionSummary {
  readonly definition: Definition;
}
export interface DefinitionProblem {
  readonly pointer: string;
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

export const versionPath = (key: string, version: number | string): string =>
  `/workflows/${encodeURIComponent(key)}/versions/${version}`;

export const workflowsQuery = queryOptions({
  queryKey: ['workflows'],
  queryFn: async ({ signal }) =>
    (await read<{ readonly items: readonly VersionSummary[] }>('/workflows', {}, signal)).items,
});

export const versionQuery = (key: string, version: number | string) =>
  queryOptions({
    queryKey: ['workflows', key, String(version)],
    queryFn: ({ signal }) => read<Version>(versionPath(key, version), {}, signal),
  });

/** Everything that stands in the way of publishing; nothing is stored. */
export const problemsQuery = (definition: unknown) =>
  queryOptions({
    queryKey: ['workflow-problems', definition],
    queryFn: async () =>
      (
        await change<{ readonly problems: readonly DefinitionProblem[] }>('/workflows/validate', {
          body: definition,
        })
      ).body.problems,
    staleTime: 60_000,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
