// I5 and I6 of what happens in appraisal rounds and of reopenings: votes, recalls, questions, second persons.

import { backTo } from '../../domain/appraisal/review-commands.ts';
import { type Appraisal, appraisalAnsweredBy, type Definition, isFinal } from '../../domain/workflow/definition.ts';
import type { SubmissionRecalled, Task, TaskEvent, TaskMoved, VoteCast } from '../../domain/workflow/task.ts';
import type { TaskJudge } from './verify-task.ts';

export const judgeReviewEvent = (
  event: TaskEvent,
  before: Task,
  definition: Definition,
  row: string,
  judge: TaskJudge,
): void => {
  switch (event.type) {
    case 'task.vote_cast':
      judgeVote(event, before, definition, row, judge);
      break;
    case 'task.recalled':
      judgeRecall(event, before, definition, row, judge);
      break;
    case 'task.moved':
      judgeReopening(event, before, row, judge);
      judgeVotes(event, before, definition, row, judge);
      break;
    case 'task.reassigned':
      if (isFinal(before.category)) judge.broken('I5', row, `reassigns a task that had ended in ${before.state}`);
      break;
    default:
  }
};

const judgeVote = (
  { actor, onBehalfOf, payload }: VoteCast,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  const appraisal = appraisalOf(definition, payload.transition, before.state);
  if (!before.review || payload.round !== before.round)
    broken('I5', row, `votes in round ${payload.round}, the task was in round ${before.round}`);
  if (!appraisal || appraisal.rule === 'any' || appraisal.outcomes[payload.outcome] !== payload.transition)
    broken('I5', row, `${payload.transition} is no vote for ${payload.outcome} in ${before.state}`);
  if (payload.by !== actor || (payload.seat !== actor && payload.seat !== onBehalfOf))
    broken('I6', row, `is a vote of ${payload.by} for the seat of ${payload.seat}, given by ${actor}`);
  if (actor === before.submittedBy) broken('I6', row, `was appraised by ${actor}, who had submitted it`);
  else if (actor !== null && before.evidenceBy.includes(actor))
    broken('I6', row, `was appraised by ${actor}, who brought its evidence`);
};

/** Where votes are counted the move carries them: enough, each from another person, all of them cast. */
const judgeVotes = (
  { actor, payload }: TaskMoved,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  const appraisal = appraisalOf(definition, payload.transition, payload.from);
  if (!appraisal || appraisal.rule === 'any') return;
  const votes = payload.votes ?? [];
  const alike = votes.filter(({ outcome }) => outcome === payload.answer);
  if (!alike.some(({ by }) => by === actor)) broken('I6', row, `is decided by ${actor}, who did not vote for it`);
  if (new Set(votes.map(({ by }) => by)).size < votes.length) broken('I6', row, 'counts two votes of one person');
  const vetoed = appraisal.veto !== undefined && payload.answer !== 'achieved';
  if (!vetoed && appraisal.rule === 'quorum' && alike.length < (appraisal.quorum ?? 1))
    broken('I6', row, `is decided by ${alike.length} votes, the definition asks for ${appraisal.quorum}`);
  if (!vetoed && appraisal.rule !== 'quorum' && alike.length < votes.length)
    broken('I6', row, 'is decided although votes differ');
  for (const vote of votes)
    if (vote.by !== actor && !before.review?.votes.some(({ seat, by }) => seat === vote.seat && by === vote.by))
      broken('I6', row, `counts a vote of ${vote.by} that was not cast`);
};

const judgeRecall = (
  { payload }: SubmissionRecalled,
  before: Task,
  definition: Definition,
  row: string,
  { broken }: TaskJudge,
): void => {
  if (!before.review) broken('I5', row, `is recalled from ${before.state}, where nothing is under appraisal`);
  else if (before.review.votes.length > 0) broken('I5', row, 'is recalled after a vote');
  if (backTo(definition, before)?.key !== payload.to)
    broken('I5', row, `leads to ${payload.to}, where no return leads`);
};

/** What has ended is opened by two persons. */
const judgeReopening = ({ actor, payload }: TaskMoved, before: Task, row: string, { broken }: TaskJudge): void => {
  if (!isFinal(payload.fromCategory) || isFinal(payload.category)) return;
  if (payload.proposedBy === undefined || payload.proposedBy === actor || payload.proposedBy !== before.proposal?.by)
    broken('I6', row, `was reopened by ${actor} without a second person`);
};

const appraisalOf = (definition: Definition, key: string, from: string): Appraisal | undefined => {
  const transition = definition.transitions.find((candidate) => candidate.key === key);
  return transition && appraisalAnsweredBy(definition, { ...transition, from: [from] });
};
