// A reorganisation as it is being written down, and the request it becomes.

import type { ReorganisationBody, ReorganisationKind } from '../../api/reorganisations.ts';
import type { Unit, UnitClass } from '../../api/units.ts';
import { type DocumentValue, emptyDocument, isWholeDocument } from '../../kit/document-fields.tsx';
import { emptyUnit, type UnitDraft, unitBodyOf, wrongUnit } from './unit-fields.tsx';

export interface SuccessorDraft {
  readonly key: string;
  readonly fresh: boolean;
  /** Of one that stands. */
  readonly existing: string;
  readonly unit: UnitDraft;
}

export interface RequestDraft {
  readonly kind: ReorganisationKind;
  readonly effectiveOn: string;
  readonly document: DocumentValue;
  /** Of a rename: its unit and what it is from then on. */
  readonly renamed: {
    readonly code: string;
    readonly name: string;
    readonly class: UnitClass;
    readonly parent: string;
  };
  readonly predecessors: readonly string[];
  readonly successors: readonly SuccessorDraft[];
  readonly mapping: readonly { readonly key: string; readonly field: string; readonly to: string }[];
  readonly appraisers: readonly { readonly tasks: readonly string[]; readonly appraiserUnit: string }[];
  readonly members: readonly { readonly account: string; readonly to: string | null }[];
}

export const newSuccessor = (): SuccessorDraft => ({
  key: crypto.randomUUID(),
  fresh: false,
  existing: '',
  unit: emptyUnit,
});

export const emptyRequest = (): RequestDraft => ({
  kind: 'rename',
  effectiveOn: '',
  document: emptyDocument,
  renamed: { code: '', name: '', class: 'department', parent: '' },
  predecessors: [],
  successors: [newSuccessor()],
  mapping: [],
  appraisers: [],
  members: [],
});

export const codeOf = ({ fresh, existing, unit }: SuccessorDraft): string => (fresh ? unit.code.trim() : existing);

const successorsOf = ({ kind, successors }: RequestDraft): readonly SuccessorDraft[] =>
  kind === 'merge' ? successors.slice(0, 1) : kind === 'split' ? successors : [];

/** What of a unit changes by a rename. */
const changesOf = ({ renamed }: RequestDraft, unit: Unit | undefined) => ({
  ...(renamed.name.trim() === unit?.name ? {} : { name: renamed.name.trim() }),
  ...(renamed.class === unit?.class ? {} : { class: renamed.class }),
  ...(renamed.parent === (unit?.parent ?? '') ? {} : { parent: renamed.parent === '' ? null : renamed.parent }),
});

export type RequestProblem =
  | 'effectiveOn'
  | 'document'
  | 'renamed'
  | 'nothing'
  | 'predecessors'
  | 'successors'
  | 'two'
  | 'twice'
  | 'mapping';

export const problemsOf = (draft: RequestDraft, unit: Unit | undefined): readonly RequestProblem[] => {
  const { kind, effectiveOn, document, renamed, predecessors, mapping } = draft;
  const successors = successorsOf(draft);
  const codes = successors.map(codeOf);
  const found: readonly (readonly [RequestProblem, boolean])[] = [
    ['effectiveOn', effectiveOn === ''],
    ['document', !isWholeDocument(document)],
    ['renamed', kind === 'rename' && (renamed.code === '' || renamed.name.trim() === '')],
    ['nothing', kind === 'rename' && renamed.code !== '' && Object.keys(changesOf(draft, unit)).length === 0],
    ['predecessors', kind !== 'rename' && predecessors.length === 0],
    ['successors', successors.some((one) => (one.fresh ? wrongUnit(one.unit) : one.existing === ''))],
    ['two', kind === 'split' && successors.length < 2],
    ['twice', new Set(codes).size < codes.length],
    ['mapping', kind === 'split' && mapping.some(({ field, to }) => field.trim() === '' || !codes.includes(to))],
  ];
  return found.flatMap(([problem, is]) => (is ? [problem] : []));
};

export const requestOf = (draft: RequestDraft, unit: Unit | undefined): ReorganisationBody => {
  const { kind, effectiveOn, document, renamed, predecessors, mapping, appraisers, members } = draft;
  const { number, date, issuer } = document;
  const shared = { kind, effectiveOn, document: { number: number.trim(), date, issuer: issuer.trim() } };
  if (kind === 'rename') return { ...shared, changes: [{ code: renamed.code, ...changesOf(draft, unit) }] };
  return {
    ...shared,
    predecessors: kind === 'split' ? predecessors.slice(0, 1) : predecessors,
    successors: successorsOf(draft).map((one) => (one.fresh ? unitBodyOf(one.unit) : { code: one.existing })),
    ...(kind === 'split' ? { mapping: mapping.map(({ field, to }) => ({ field: field.trim(), to })) } : {}),
    appraisers,
    members,
  };
};
