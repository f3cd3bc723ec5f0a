// A vote, and whether it closes the round.

import { dayOf } from '../schedule/civil-date.ts';
import type { Circumstances } from '../workflow/circumstances.ts';
import type { Definition, State, Transition } from '../workflow/definition.ts';
import type { Standing } from '../workflow/standing.ts';
import type { Task } from '../workflow/task.ts';
import { panelOf } from './panel.ts';
import { openReview, sameSeat, type Vote, withVote } from './review.ts';
import { countedVotes, decidedBy, type Incident, incidentOf } from './voting.ts';

export interface Verdict {
  readonly vote: Vote;
  readonly closes: boolean;
  /** What decided, where one vote alone does not. */
  readonly counted?: readonly Vote[];
  readonly again: { readonly changed?: true };
}

interface GivenAnswer {
  readonly transition: Transition;
  readonly on: string;
  readonly missing: readonly string[] | undefined;
}

/** Undefined: the move answers no panel. */
export const decidedVotes = (
  _definition: Definition,
  task: Task,
  { appraisal, answer, seat }: Standing,
  { transition, on, missing }: GivenAnswer,
  { now, calendar, appraisers, unitLine, actor }: Circumstances,
): Verdict | undefined => {
  if (!appraisal || !answer || !seat || !actor || !task.review) return undefined;
  const signing = seat.voter?.signing;
  const vote: Vote = {
    seat: seat.seat,
    unit: seat.unit,
    by: actor.id,
    ...(signing ? { signing } : {}),
    transition: transition.key,
    outcome: answer,
    on,
    ...(missing ? { missing } : {}),
  };
  const panel = panelOf(task, appraisers, unitLine, dayOf(now, calendar.zone));
  const cast = withVote(task.review.votes, vote);
  const again = task.review.votes.some((earlier) => sameSeat(earlier, vote)) ? { changed: true as const } : {};
  // Only the outcome this vote is for: a person decides, never a change of the panel.
  const closes = decidedBy(appraisal, panel, cast) === answer;
  return appraisal.rule === 'any'
    ? { vote, closes, again }
    : { vote, closes, counted: countedVotes(appraisal, panel, cast), again };
};

/** What the unit is asked to bring by everybody who returned the work. */
export const missingOf = (verdict: Verdict): readonly string[] | undefined => {
  const lines = (verdict.counted ?? [verdict.vote])
    .filter(({ outcome }) => outcome === verdict.vote.outcome)
    .flatMap(({ missing = [] }) => missing);
  return lines.length > 0 ? [...new Set(lines)] : undefined;
};

/** What keeps the panel of a round that opens now from ever deciding. */
export const openingIncident = (
  definition: Definition,
  task: Pick<Task, 'appraiserUnit' | 'participants' | 'submittedBy' | 'evidenceBy'>,
  to: Pick<State, 'key' | 'category'>,
  { now, calendar, appraisers, unitLine }: Circumstances,
): Incident | undefined => {
  const appraisal = definition.appraisals.find(({ state }) => state === to.key);
  const answering = definition.transitions.find(({ key }) => key === appraisal?.outcomes.achieved);
  if (!appraisal || !answering?.by.includes('appraising_agency') || answering.by.length > 1) return undefined;
  const panel = panelOf(task, appraisers, unitLine, dayOf(now, calendar.zone));
  return incidentOf(appraisal, panel, openReview(dayOf(now, calendar.zone)).votes);
};
