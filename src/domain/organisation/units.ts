// Units of the organisation as they stand, and the lines between them. What they were called and where they belonged on
// other days is history (unit versions), read by day where figures and lists of that day are made.

import type { CivilDate } from '../schedule/civil-date.ts';

/**
 * sở, ban, ngành · UBND cấp huyện (until 30/6/2025) · UBND cấp xã · cơ quan Trung ương trên địa bàn · phòng thuộc Văn phòng ·
 * Tổ công tác
 */
export const unitClasses = ['department', 'district', 'commune', 'central', 'office', 'task_force'] as const;
export type UnitClass = (typeof unitClasses)[number];

/** What a unit is from one day to the next change. */
export interface UnitFacts {
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  /** Its place in lists and annexes. */
  readonly officialOrder: number;
  readonly parent: string | null;
}

export interface Unit extends UnitFacts {
  readonly code: string;
  readonly validFrom: CivilDate;
  /** The first day on which it is no more. */
  readonly validTo: CivilDate | null;
  /** Who has its work when it is no more, unless a task was given to another. */
  readonly successor: string | null;
}

export const stands = ({ validFrom, validTo }: Pick<Unit, 'validFrom' | 'validTo'>, day: CivilDate): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

type Parents = ReadonlyMap<string, string | null>;

export const parentsOf = (units: Iterable<Pick<Unit, 'code' | 'parent'>>): Parents =>
  new Map([...units].map(({ code, parent }) => [code, parent]));

/** The unit, all above it and all below it: none of their people may appraise its work. */
export const lineOf = (unit: string, parents: Parents): readonly string[] => {
  const line = new Set(chainAbove(unit, parents));
  const below = [unit];
  for (let next = below.pop(); next !== undefined; next = below.pop())
    for (const [code, parent] of parents)
      if (parent === next && !line.has(code)) {
        line.add(code);
        below.push(code);
      }
  return [...line];
};

/** A unit that lies above itself, or undefined. */
export const cycleIn = (parents: Parents): string | undefined =>
  [...parents.keys()].find((code) => {
    const above = parents.get(code);
    return above !== null && above !== undefined && chainAbove(above, parents).includes(code);
  });

const chainAbove = (unit: string, parents: Parents): readonly string[] => {
  const chain: string[] = [];
  for (let at: string | null | undefined = unit; at != null && !chain.includes(at); at = parents.get(at))
    chain.push(at);
  return chain;
};
