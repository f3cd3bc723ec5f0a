// What the aggregating body looks for before it writes its opinion (letter 003, II.2): items copied as they were, items
// that units of one bloc treat differently, and counts that are far apart.

import { fold } from '../text.ts';
import { isStanding, type Proposal, type SourceCommitment, sameTarget } from './proposal.ts';

export interface ComparedUnit {
  readonly code: string;
  readonly name: string;
  readonly bloc: string;
}

/** Carried forward with the same words and the same target. */
export const isUnchanged = (
  proposal: Pick<Proposal, 'title' | 'target' | 'measureUnit' | 'change'>,
  source: Pick<SourceCommitment, 'title' | 'target' | 'measureUnit'> | undefined,
): boolean =>
  source !== undefined &&
  proposal.change !== 'dropped' &&
  fold(proposal.title) === fold(source.title) &&
  fold(proposal.measureUnit ?? '') === fold(source.measureUnit ?? '') &&
  sameTarget(proposal.target, source.target);

/** What was entered as new, and says what a commitment of the unit said this year. */
export const twinOf = (
  proposal: Pick<Proposal, 'title' | 'unit' | 'sourceTask'>,
  sources: readonly Pick<SourceCommitment, 'id' | 'title' | 'unit'>[],
): string | null =>
  proposal.sourceTask === null
    ? (sources.find(({ unit, title }) => unit === proposal.unit && fold(title) === fold(proposal.title))?.id ?? null)
    : null;

/** `missing`: the unit had it this year and proposes nothing of it; `absent`: it has it neither year. */
export const cells = ['kept', 'target_changed', 'dropped', 'added', 'rejected', 'missing', 'absent'] as const;
export type UniformityCell = (typeof cells)[number];

export interface UniformityRow {
  readonly item: string;
  readonly uniform: boolean;
  /** By unit, in the order of the units. */
  readonly cells: Readonly<Record<string, UniformityCell>>;
  readonly counts: Readonly<Partial<Record<UniformityCell, number>>>;
}

export interface UniformityBloc {
  readonly bloc: string;
  readonly units: readonly ComparedUnit[];
  readonly items: readonly UniformityRow[];
  /** Items that not all units of the bloc treat alike. */
  readonly nonUniform: number;
}

/**
 * Items that concern several units of a bloc, and what each unit does with them. An item is known by this year's words;
 * one that was added, by its own. Items of a single unit are its own business, unless they come from a template.
 */
export const uniformity = (
  units: readonly ComparedUnit[],
  sources: readonly SourceCommitment[],
  proposals: readonly Proposal[],
): readonly UniformityBloc[] => {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  return [...new Set(units.map(({ bloc }) => bloc))].map((bloc) => {
    const members = units.filter((unit) => unit.bloc === bloc);
    const inBloc = new Set(members.map(({ code }) => code));
    const items = new Map<string, Item>();
    const itemOf = (title: string, kind: string): Item => {
      const key = fold(title);
      const known = items.get(key) ?? { title, shared: false, cells: new Map() };
      if (kind !== 'own') known.shared = true;
      items.set(key, known);
      return known;
    };
    for (const { unit, title, kind } of sources) if (inBloc.has(unit)) itemOf(title, kind).cells.set(unit, 'missing');
    for (const proposal of proposals) {
      if (!inBloc.has(proposal.unit)) continue;
      const source = proposal.sourceTask === null ? undefined : sourceOf.get(proposal.sourceTask);
      const item = itemOf(source?.title ?? proposal.title, proposal.kind);
      const known = item.cells.get(proposal.unit);
      // Of two proposals for one item the one that goes back to this year's says what became of it.
      if (known === undefined || known === 'missing') item.cells.set(proposal.unit, cellOf(proposal));
    }
    const rows = [...items.values()]
      .filter(({ shared, cells: { size } }) => shared || size > 1)
      .map((item) => rowOf(item, members));
    return { bloc, units: members, items: rows, nonUniform: rows.filter(({ uniform }) => !uniform).length };
  });
};

interface Item {
  readonly title: string;
  shared: boolean;
  readonly cells: Map<string, UniformityCell>;
}

const cellOf = ({ change, status }: Proposal): UniformityCell => {
  if (status === 'rejected') return 'rejected';
  return change === 'carried' ? 'kept' : change;
};

const rowOf = ({ title, cells: said }: Item, members: readonly ComparedUnit[]): UniformityRow => {
  const all = members.map(({ code }) => [code, said.get(code) ?? 'absent'] as const);
  const counts: Partial<Record<UniformityCell, number>> = {};
  for (const [, cell] of all) counts[cell] = (counts[cell] ?? 0) + 1;
  return { item: title, uniform: Object.keys(counts).length === 1, cells: Object.fromEntries(all), counts };
};

export interface Spread {
  readonly units: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Balance extends Spread {
  readonly byBloc: readonly (Spread & { readonly bloc: string })[];
  readonly byUnit: readonly (ComparedUnit & {
    readonly proposed: number;
    readonly thisYear: number;
    readonly difference: number;
    /** Far from the others of its bloc: more than half the median away from it. */
    readonly outlying: boolean;
  })[];
}

/** How many items each unit will have; tasks common to all units are not counted (letter 003, annex IV, footnote 1). */
export const balance = (
  units: readonly ComparedUnit[],
  sources: readonly SourceCommitment[],
  proposals: readonly Proposal[],
): Balance => {
  const count = (of: readonly { readonly unit: string; readonly kind: string }[], unit: string): number =>
    of.filter((one) => one.unit === unit && one.kind !== 'common').length;
  const standing = proposals.filter(isStanding);
  const counted = units.map((unit) => ({
    ...unit,
    proposed: count(standing, unit.code),
    thisYear: count(sources, unit.code),
  }));
  const byBloc = [...new Set(units.map(({ bloc }) => bloc))].map((bloc) => ({
    bloc,
    ...spreadOf(counted.filter((unit) => unit.bloc === bloc).map(({ proposed }) => proposed)),
  }));
  const medians = new Map(byBloc.map(({ bloc, median }) => [bloc, median]));
  return {
    ...spreadOf(counted.map(({ proposed }) => proposed)),
    byBloc,
    byUnit: counted.map((unit) => {
      const median = medians.get(unit.bloc) ?? 0;
      return {
        ...unit,
        difference: unit.proposed - unit.thisYear,
        outlying: Math.abs(unit.proposed - median) * 2 > median,
      };
    }),
  };
};

/** The median of an even number of counts is the mean of the middle two. */
export const spreadOf = (counts: readonly number[]): Spread => {
  const sorted = [...counts].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? 0;
  const half = sorted.length >> 1;
  return {
    units: sorted.length,
    min: at(0),
    median: sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2,
    max: at(sorted.length - 1),
  };
};
