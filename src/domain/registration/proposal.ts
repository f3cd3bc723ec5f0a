// What a unit, or the office for it, proposes to commit to next year (letter 003 part II, letter 000 c). A proposal knows
// the commitment it goes back to, and what it changes of it.

import { Refusal } from '../refusal.ts';
import { fold } from '../text.ts';
import type { Category } from '../workflow/definition.ts';
import type { Estimate, SourceDocument, TaskKind } from '../workflow/task.ts';

/** Annex IV, column 7: Chuyển tiếp, Điều chỉnh chỉ tiêu, Bổ sung, Giảm. */
export const proposalChanges = ['carried', 'target_changed', 'added', 'dropped'] as const;
export type ProposalChange = (typeof proposalChanges)[number];

export const proposalStatuses = ['draft', 'submitted', 'returned', 'approved', 'rejected'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** Who came up with it: the unit itself, or those above it (letter 000 c: proposals come from both sides). */
export const origins = ['unit', 'office'] as const;
export type Origin = (typeof origins)[number];

export type Target = string | number;

/** This year's commitment, as next year's registration looks at it. */
export interface SourceCommitment {
  readonly id: string;
  readonly code: string;
  /** Who has its work today. */
  readonly unit: string;
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: Target | null;
  readonly kind: TaskKind;
  readonly field: string | null;
  readonly indicator: string | null;
  readonly appraiserUnit: string | null;
  readonly category: Category;
  readonly result: Target | null;
  readonly estimate: Estimate | null;
}

export interface ProposalContent {
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: Target | null;
  readonly kind: TaskKind;
  readonly field: string | null;
  readonly indicator: string | null;
  readonly appraiserUnit: string | null;
}

export interface Proposal extends ProposalContent {
  readonly id: string;
  readonly registration: string;
  readonly unit: string;
  readonly year: number;
  readonly origin: Origin;
  readonly change: ProposalChange;
  /** The task it is carried forward from. */
  readonly sourceTask: string | null;
  /** That task's target when it was carried forward; null for an added one. */
  readonly targetFrom: Target | null;
  /** For a changed target: the document it follows from (letter 003, II.3.2). */
  readonly basis: SourceDocument | null;
  /** Why it is dropped. */
  readonly reason: string | null;
  readonly status: ProposalStatus;
  readonly opinion: string | null;
  /** What the unit is asked to change, or why it was rejected. */
  readonly note: string | null;
  readonly decision: SourceDocument | null;
  /** Next year's task, once there is one. */
  readonly task: string | null;
  readonly version: number;
}

/** 95 and "95", "100 %" and "100  %" say the same. */
export const sameTarget = (one: Target | null, other: Target | null): boolean =>
  one === null || other === null ? one === other : fold(String(one)) === fold(String(other));

export interface Wish {
  readonly target: Target | null;
  readonly basis: SourceDocument | null;
  /** Set: it is not to be continued. */
  readonly reason: string | null;
}

/**
 * What a proposal changes of this year's commitment.
 * @param source target of the commitment it goes back to; undefined: there is none
 * @returns requirement.missing for a changed target without its basis (letter 003, II.3.2)
 */
export const changeOf = (
  source: { readonly target: Target | null } | undefined,
  { target, basis, reason }: Wish,
): ProposalChange | Refusal => {
  if (!source) return 'added';
  if (reason !== null) return 'dropped';
  if (sameTarget(source.target, target)) return 'carried';
  return basis ? 'target_changed' : missing('/basis', 'basis');
};

const missing = (pointer: string, what: string): Refusal =>
  new Refusal('requirement.missing', { missing: [{ pointer, what }] });

/** Who proposed may still change it: the unit until it is submitted or when it came back, the office until the decision. */
export const mayEdit = ({ status, origin }: Pick<Proposal, 'status' | 'origin'>): boolean =>
  status === 'draft' || status === 'returned' || (status === 'submitted' && origin === 'office');

/** What next year's programme will have; a dropped item and a rejected one will not be there. */
export const isStanding = ({ change, status }: Pick<Proposal, 'change' | 'status'>): boolean =>
  change !== 'dropped' && status !== 'rejected';
