// Whether urging for a deadline was followed by one: what became of the tasks of a round within thirty days. Before and
// after only: nobody knows what would have become of them without it.

import { addDays, type CivilDate, daysBetween } from '../schedule/civil-date.ts';
import type { DeadlineClass } from '../schedule/timeliness.ts';

/** Days after the last letter of a round that its effect is read. */
export const effectDays = 30;

/** What a task without a deadline can have become; every class of deadlines is in exactly one part. */
export const effectParts = {
  /** Open, and still without a deadline. */
  undated: ['undated'],
  /** It has a deadline, however the work stands. */
  dated: ['in_time', 'due_soon', 'overdue', 'submitted_on_time', 'submitted_late', 'done_on_time', 'done_late'],
  /** Submitted, done or ended without one. */
  ended: ['submitted_undated', 'done_undated', 'closed'],
} as const satisfies Readonly<Record<string, readonly DeadlineClass[]>>;
export type EffectPart = keyof typeof effectParts;

/** A round whose tasks were urged: how many of each class of deadlines they were on the day it is read. */
export interface UrgedRound {
  readonly id: string;
  /** The list was of this day. */
  readonly asOf: CivilDate;
  /** Day of its last letter. */
  readonly sentOn: CivilDate;
  /** Thirty days after that, or the day asked for if that comes first. */
  readonly readOn: CivilDate;
  readonly classes: Readonly<Partial<Record<DeadlineClass, number>>>;
}

export interface UrgingEffect {
  readonly id: string;
  readonly asOf: CivilDate;
  readonly sentOn: CivilDate;
  /** Tasks that were urged: each was open and without a deadline at that moment, or it would not have been sent. */
  readonly urged: number;
  readonly readOn: CivilDate;
  /** Days from the last letter to the day of reading: fewer than thirty while they have not passed. */
  readonly days: number;
  readonly complete: boolean;
  /** `deadline`: the classes by which the list of tasks has exactly these. */
  readonly parts: Readonly<Record<EffectPart, { readonly count: number; readonly deadline: readonly DeadlineClass[] }>>;
}

/** @param readOn the day of reading must not lie before the last letter */
export const urgingEffectOf = ({ id, asOf, sentOn, readOn, classes }: UrgedRound): UrgingEffect => {
  const partOf = (deadline: readonly DeadlineClass[]) => ({
    count: deadline.reduce((sum, each) => sum + (classes[each] ?? 0), 0),
    deadline,
  });
  return {
    id,
    asOf,
    sentOn,
    urged: Object.values(classes).reduce((sum, count) => sum + count, 0),
    readOn,
    days: daysBetween(sentOn, readOn),
    complete: readOn === addDays(sentOn, effectDays),
    parts: {
      undated: partOf(effectParts.undated),
      dated: partOf(effectParts.dated),
      ended: partOf(effectParts.ended),
    },
  };
};
