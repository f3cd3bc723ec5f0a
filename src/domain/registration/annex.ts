// Annex IV of the report (letter 003): what is registered for next year, by bloc and unit, beside this year's. Tasks that
// are common to all units are left out, and named in a footnote (domain 3.11).

import { fold } from '../text.ts';
import type { BlocOf } from './blocs.ts';
import { blocsOf } from './blocs.ts';
import type { ComparedUnit } from './compare.ts';
import type { Proposal, ProposalChange, SourceCommitment } from './proposal.ts';

export interface AnnexItem {
  readonly proposal: Proposal;
  readonly source: SourceCommitment | null;
}

export interface AnnexIV {
  readonly blocs: readonly (BlocOf & {
    readonly units: readonly (ComparedUnit & { readonly items: readonly AnnexItem[] })[];
    readonly count: number;
  })[];
  /** Items in the annex; what is to be dropped is listed and not counted. */
  readonly count: number;
  readonly changes: Readonly<Record<ProposalChange, number>>;
  /** Names of the common tasks that were left out, each once. */
  readonly common: readonly string[];
}

/** What is still a draft, or back with its unit, is not part of it. */
const isRegistered = ({ status }: Proposal): boolean => status !== 'draft' && status !== 'returned';

/** @param units in official order */
export const annexOf = (
  units: readonly ComparedUnit[],
  sources: readonly SourceCommitment[],
  proposals: readonly Proposal[],
): AnnexIV => {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  const registered = proposals.filter(isRegistered);
  const shown = registered.filter(({ kind }) => kind !== 'common');
  const common = new Map(
    registered.filter(({ kind }) => kind === 'common').map(({ title }) => [fold(title), title] as const),
  );
  const items = (unit: string): readonly AnnexItem[] =>
    shown
      .filter((proposal) => proposal.unit === unit)
      .map((proposal) => ({
        proposal,
        source: proposal.sourceTask === null ? null : (sourceOf.get(proposal.sourceTask) ?? null),
      }));
  const counted = (of: readonly Proposal[]): number => of.filter(({ change }) => change !== 'dropped').length;
  const changes = { carried: 0, target_changed: 0, added: 0, dropped: 0 };
  for (const { change } of shown) changes[change] += 1;
  return {
    blocs: blocsOf(units).map(({ bloc, units: members }) => {
      const listed = members
        .map((unit) => ({ ...unit, items: items(unit.code) }))
        .filter(({ items: { length } }) => length > 0);
      return {
        bloc,
        units: listed,
        count: counted(listed.flatMap((unit) => unit.items.map(({ proposal }) => proposal))),
      };
    }),
    count: counted(shown),
    changes,
    common: [...common.values()],
  };
};
