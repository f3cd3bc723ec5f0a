// Workflow definitions as the API gives and takes them (docs/workflows.md).

import { queryOptions } from '@tanstack/react-query';
import { type Category, categories } from '../kit/state-mark.tsx';
import { change, read } from './client.ts';

export interface Names {
  readonly vi: string;
  readonly en: string;
}

export const holders = ['unit', 'appraiser', 'office', 'province'] as const;
/** Whom a definition may name; administrators write the rules and take no part. */
export const taskRoles = [
  'lead_unit.head',
  'lead_unit.focal_point',
  'submitter',
  'appraising_agency',
  'specialist',
  'office',
  'province_leader',
] as const;
export const votingRules = ['any', 'all', 'quorum', 'per_group'] as const;
export const outcomes = ['achieved', 'not_achieved', 'returned'] as const;
export const anchors = ['assigned', 'entered', 'due', 'acknowledge_by', 'appraise_by'] as const;
export const actions = ['remind', 'urge', 'escalate'] as const;
export const misfires = ['collapse', 'all', 'skip'] as const;
export const fieldTypes = ['text', 'number', 'date', 'percent', 'yes_no', 'choice'] as const;
export { categories };

/** An ISO 8601 duration of whole days, or working days. */
export type Offset = string | { readonly workingDays: number };

/** What a draft holds may be anything that is written as text; what has a name of its own is told in words. */
export interface State {
  readonly key: string;
  readonly name: Names;
  readonly category: Category;
  readonly holder?: string;
  readonly initial?: boolean;
}
export interface Requirement {
  readonly form?: string;
  readonly evidence?: number;
  readonly reason?: boolean;
  readonly document?: boolean;
}
export interface Transition {
  readonly key: string;
  readonly name: Names;
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly string[];
  readonly require?: Requirement;
  readonly when?: unknown;
}
export interface Appraisal {
  readonly state: string;
  readonly rule: string;
  readonly quorum?: number;
  readonly participants?: string;
  readonly veto?: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly within?: Offset;
}
export interface Step {
  readonly offset: Offset;
  readonly action: string;
  readonly to: readonly string[];
}
export interface Timer {
  readonly key: string;
  readonly name: Names;
  readonly states: readonly string[];
  readonly anchor: string;
  readonly when?: unknown;
  readonly at: string;
  readonly steps: readonly Step[];
  readonly repeat?: { readonly every: Offset; readonly action: string; readonly to: readonly string[] };
  readonly max: number;
  readonly misfire: string;
}
export interface FormField {
  readonly key: string;
  readonly name: Names;
  readonly type: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
}
export interface Form {
  readonly key: string;
  readonly fields: readonly FormField[];
}
export interface Definition {
  readonly key: string;
  readonly version: number;
  readonly name: Names;
  readonly states: readonly State[];
  readonly transitions: readonly Transition[];
  readonly appraisals: readonly Appraisal[];
  readonly timers: readonly Timer[];
  readonly forms: readonly Form[];
  readonly acknowledgeWithin?: Offset;
}

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
