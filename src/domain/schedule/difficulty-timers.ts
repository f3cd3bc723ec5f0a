// Whoever is asked to remove a difficulty is reminded before the day by which an answer is asked, and the day after it
// (letter 000, 0.8: kịp thời). These ladders belong to the difficulty, not to the workflow, and so every workflow has them.

import type { TimerRule } from '../workflow/definition.ts';
import { isFinal } from '../workflow/definition.ts';
import type { Difficulty } from '../workflow/following.ts';
import type { Task } from '../workflow/task.ts';
import { addDays, type CivilDate } from './civil-date.ts';
import type { AddressedAction } from './owed-timers.ts';

/** Days before the day asked for on which its addressee is reminded. */
const daysBefore = 2;

export interface DifficultyRule extends Omit<TimerRule, 'anchor' | 'steps' | 'when' | 'repeat' | 'name' | 'states'> {
  readonly anchor: 'answer_by';
  readonly number: number;
  readonly answerBy: CivilDate;
  readonly steps: readonly (AddressedAction & { readonly offset: string })[];
  readonly unit: string | null;
}

/** No workflow's rule has a stroke in its key. */
export const difficultyRuleKey = (number: number): string => `difficulty/${number}`;

/** One for each difficulty that waits for an answer; nothing is asked of work that has ended. */
export const difficultyRules = ({
  category,
  following,
}: Pick<Task, 'category' | 'following'>): readonly DifficultyRule[] =>
  isFinal(category) ? [] : (following?.difficulties ?? []).filter(({ answer }) => answer === null).map(ruleOf);

const ruleOf = ({ number, answerBy, on, addressee, unit }: Difficulty): DifficultyRule => {
  const asked = ({ unit: ['addressed_unit'], office: ['office'], province: ['office', 'province_leader'] } as const)[
    addressee
  ];
  // Who was asked two days ago or later has just heard of it.
  const early = addDays(answerBy, -daysBefore) > on;
  const steps: DifficultyRule['steps'] = [
    ...(early ? [{ offset: `-P${daysBefore}D`, action: 'remind' as const, to: asked }] : []),
    { offset: 'P1D', action: 'urge', to: [...new Set([...asked, 'office' as const])] },
  ];
  return {
    key: difficultyRuleKey(number),
    anchor: 'answer_by',
    number,
    answerBy,
    unit,
    at: '08:00',
    steps,
    max: steps.length,
    misfire: 'collapse',
  };
};
