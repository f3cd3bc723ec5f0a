// The day that a deadline comes to, for whoever sets one.

import { Refusal } from '../refusal.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import { type Due, dueProblem, lastGoodDay, type Roll } from '../schedule/due.ts';
import type { Circumstances, ProgrammeRules } from './circumstances.ts';
import { earliestDay } from './envelope.ts';

/** The last good day, or the refusal of a deadline that names no day anyone could keep. */
export const dueDay = (
  due: Due,
  assignedOn: CivilDate,
  { calendar, programme }: Circumstances,
): CivilDate | null | Refusal => {
  const invalid = (problem: string) => new Refusal('input.invalid', { pointer: '/due', problem });
  const problem = dueProblem(due);
  if (problem !== undefined) return invalid(problem);
  try {
    const day = lastGoodDay(due, { assignedOn, calendar, ...rollOf(programme) });
    return day === null || (day >= earliestDay && day <= latestDay) ? day : invalid(`${day} is out of range`);
  } catch (error) {
    // Parts that are each fine can lead out of the calendar together, as the millionth occurrence of a year does.
    if (error instanceof RangeError) return invalid(error.message);
    throw error;
  }
};

/** Timers reach a century beyond a deadline; within these days they never leave the calendar. */
const latestDay = '2200-12-31';

const rollOf = ({ roll }: ProgrammeRules): { readonly roll?: Roll } => (roll === undefined ? {} : { roll });
