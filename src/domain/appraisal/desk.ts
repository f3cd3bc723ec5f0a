// A task as it lies on an appraiser's desk: whose turn it is, which seat is theirs, what they may do and why not.

import type { Actor } from '../organisation/actor.ts';
import { Refusal } from '../refusal.ts';
import { type CivilDate, dayOf } from '../schedule/civil-date.ts';
import { appraiseBy } from '../schedule/owed-timers.ts';
import { workingDaysBetween } from '../schedule/working-calendar.ts';
import { type PossibleAction, possibleActions } from '../workflow/actions.ts';
import type { Circumstances } from '../workflow/circumstances.ts';
import { decide } from '../workflow/decide.ts';
import {
  type Appraisal,
  appraisalAnsweredBy,
  type Definition,
  type Outcome,
  outcomes,
} from '../workflow/definition.ts';
import { standingOf } from '../workflow/standing.ts';
import type { Task } from '../workflow/task.ts';
import { panelOf, type Seat, seatOf } from './panel.ts';
import { sameSeat, type Vote } from './review.ts';
import { votes } from './voting.ts';

/** mine: the reader has yet to vote or to give an opinion; unit: a question is open; others: somebody else's turn. */
export const turns = ['mine', 'others', 'unit'] as const;
export type Turn = (typeof turns)[number];

export interface DeskPlace {
  readonly turn: Turn;
  /** The seat the reader fills now. */
  readonly seat: Seat | null;
  /** Whether that seat votes, or gives its opinion only. */
  readonly votes: boolean;
  readonly vote: Vote | null;
  /** The appraisers' own deadline; null: none, or it stands still while the unit owes an answer. */
  readonly appraiseBy: CivilDate | null;
  /** The appraisers' lateness, never the unit's. */
  readonly workingDaysLate: number;
}

type Desk = Omit<Circumstances, 'actor'> & { readonly actor: Actor };

export const deskPlace = (definition: Definition, task: Task, desk: Desk): DeskPlace => {
  const { actor, appraisers, unitLine, calendar, now } = desk;
  const today = dayOf(now, calendar.zone);
  const appraisal = definition.appraisals.find(({ state }) => state === task.state);
  const seat = seatOf(actor.id, panelOf(task, appraisers, unitLine, today)) ?? null;
  const vote = (seat && task.review?.votes.find((cast) => sameSeat(cast, seat))) ?? null;
  const voting = seat !== null && appraisal !== undefined && votes(appraisal, seat);
  const deadline = appraiseBy(definition, task, calendar);
  return {
    turn: turnOf(definition, task, desk, { appraisal, seat, vote, voting }),
    seat,
    votes: voting,
    vote,
    appraiseBy: deadline,
    workingDaysLate: deadline !== null && today > deadline ? workingDaysBetween(calendar, deadline, today) : 0,
  };
};

const turnOf = (
  definition: Definition,
  task: Task,
  desk: Desk,
  {
    appraisal,
    seat,
    vote,
    voting,
  }: {
    readonly appraisal: Appraisal | undefined;
    readonly seat: Seat | null;
    readonly vote: Vote | null;
    readonly voting: boolean;
  },
): Turn => {
  if (task.review?.question) return 'unit';
  if (seat && voting) return vote ? 'others' : 'mine';
  if (seat) return task.review?.opinions.some((given) => sameSeat(given, seat)) ? 'others' : 'mine';
  // Where a role alone answers (the office confirms) there are no seats.
  const answer = definition.transitions.find(({ key }) => key === appraisal?.outcomes.achieved);
  return answer && !(standingOf(definition, answer, task, desk) instanceof Refusal) ? 'mine' : 'others';
};

export interface DeskAction extends PossibleAction {
  readonly outcome: Outcome;
}

export interface DeskActions {
  /** The answers of the workflow, in the order achieved, not achieved, returned. */
  readonly answers: readonly DeskAction[];
  /** Code of the refusal; null: it may be done. */
  readonly giveOpinion: string | null;
  readonly requestInformation: string | null;
}

export const deskActions = (definition: Definition, task: Task, desk: Desk): DeskActions => {
  const refusalOf = (command: Parameters<typeof decide>[2]): string | null => {
    const decision = decide(definition, task, command, desk);
    return decision instanceof Refusal ? decision.code : null;
  };
  const answers = possibleActions(definition, task, desk).flatMap((action): readonly DeskAction[] => {
    const outcome = outcomeOf(definition, task, action.transition);
    return outcome === undefined ? [] : [{ ...action, outcome }];
  });
  return {
    answers: answers.toSorted((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome)),
    giveOpinion: refusalOf({ type: 'give_opinion', stance: 'neutral' }),
    requestInformation: refusalOf({ type: 'request_information', question: '?' }),
  };
};

const outcomeOf = (definition: Definition, { state }: Task, key: string): Outcome | undefined => {
  const transition = definition.transitions.find((candidate) => candidate.key === key);
  const appraisal = transition && appraisalAnsweredBy(definition, { ...transition, from: [state] });
  return outcomes.find((outcome) => appraisal?.outcomes[outcome] === key);
};
