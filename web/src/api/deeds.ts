// Which deeds on a task its policy would let somebody do, and why not the others: the same table the API asks, so that
// no form opens that is refused for its person. The API judges again.

import { type Action, can, headsOf } from '../../../src/domain/organisation/policy.ts';
import { answererOf } from '../../../src/domain/workflow/answering.ts';
import type { Me } from './session.ts';
import type { Task } from './tasks.ts';

export const deeds = [
  'report_progress',
  'report_difficulty',
  'request_extension',
  'propose_deadline',
  'explain',
  'judge_cause',
  'decide_deadline',
  'urge',
  'recall',
  'answer_information',
  'request_information',
  'give_opinion',
  'reassign',
] as const;
export type Deed = (typeof deeds)[number];

/** A key of the page's dictionary of reasons. */
export type DeedReason = 'ended' | 'extended' | 'no_cause';

const actions: Readonly<Record<Deed, Action>> = {
  report_progress: 'task.report_progress',
  report_difficulty: 'task.report_difficulty',
  request_extension: 'task.request_extension',
  propose_deadline: 'task.report_progress',
  explain: 'task.explain',
  judge_cause: 'task.judge_cause',
  decide_deadline: 'task.decide_deadline',
  urge: 'task.urge',
  // Whoever handed it in, or the head: the API knows who that was.
  recall: 'task.report_progress',
  answer_information: 'task.answer_information',
  request_information: 'task.request_information',
  give_opinion: 'task.give_opinion',
  reassign: 'task.reassign',
};

export const mayOnTask = (me: Me, action: Extract<Action, `task.${string}`>, task: Task): boolean =>
  can(me, action as 'task.read', { kind: 'task', task });

/** @param unit to which the difficulty is put; null: to the office or the province */
export const answers = (me: Me, task: Task, unit: string | null): boolean => answererOf(me, task, unit) !== undefined;

/** Units for which a head may name who follows the task: the one that leads it, or the head's own that has it in charge. */
export const namingUnits = (me: Me, { leadUnit }: Pick<Task, 'leadUnit'>): readonly string[] => {
  const own = headsOf(me);
  return own.includes(leadUnit) ? [leadUnit] : own;
};

/** In the order of use; those that make no sense here (a first deadline where one stands) are left out. */
export const deedsOf = (
  me: Me,
  task: Task,
  maxExtensions: number | null | undefined,
): readonly { readonly deed: Deed; readonly refused?: DeedReason }[] =>
  deeds
    .filter((deed) => mayOnTask(me, actions[deed] as 'task.urge', task) && isAbout[deed](task))
    .map((deed) => {
      const refused = refusal(deed, task, maxExtensions);
      return { deed, ...(refused ? { refused } : {}) };
    });

const ended = ({ category }: Task) => ['done', 'not_done', 'stopped'].includes(category);
const isLate = ({ category, deadline }: Task) =>
  category === 'not_done' || ['overdue', 'submitted_late', 'done_late'].includes(deadline);
const always = () => true;

const isAbout: Readonly<Record<Deed, (task: Task) => boolean>> = {
  report_progress: always,
  report_difficulty: always,
  request_extension: ({ dueOn }) => dueOn !== null,
  propose_deadline: ({ dueOn }) => dueOn === null,
  explain: isLate,
  judge_cause: ({ explanation }) => explanation !== null && explanation.confirmed === null,
  decide_deadline: always,
  urge: always,
  recall: ({ review }) => review !== null && review.votes.length === 0,
  answer_information: ({ review }) => review !== null && review.question !== null,
  request_information: ({ review }) => review !== null && review.question === null,
  give_opinion: ({ review }) => review !== null,
  reassign: (task) => task.appraiserUnit !== null && !ended(task),
};

const refusal = (deed: Deed, task: Task, maxExtensions: number | null | undefined): DeedReason | undefined => {
  if (deed === 'explain') return undefined;
  if (deed === 'judge_cause') return task.explanation?.objectiveCause === null ? 'no_cause' : undefined;
  if (ended(task)) return 'ended';
  if (deed === 'request_extension' && typeof maxExtensions === 'number' && task.extensions >= maxExtensions)
    return 'extended';
  return undefined;
};
