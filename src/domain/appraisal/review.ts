// What has happened in an open appraisal round. Earlier rounds are history: their events stay, their votes count no more.

import type { Signing } from '../organisation/signing.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { Outcome } from '../workflow/definition.ts';
import type { Stance } from '../workflow/task.ts';

export interface Vote {
  /** Account of the member whose seat it is. */
  readonly seat: string;
  /** Agency of the seat. */
  readonly unit: string;
  /** Who gave it: the member, or who stood in for them. */
  readonly by: string;
  readonly signing?: Signing;
  readonly transition: string;
  readonly outcome: Outcome;
  readonly on: CivilDate;
  /** Of a vote to return the work: what the unit is to bring. */
  readonly missing?: readonly string[];
}

export interface Opinion {
  readonly seat: string;
  readonly unit: string;
  readonly by: string;
  readonly stance: Stance;
}

export interface Question {
  readonly by: string;
  readonly unit: string;
  readonly on: CivilDate;
}

export interface Review {
  /** Day from which the appraisers' own deadline counts: the submission, the reassignment or the answer they waited for. */
  readonly since: CivilDate;
  /** One per seat: the last one given. */
  readonly votes: readonly Vote[];
  readonly opinions: readonly Opinion[];
  /** What the unit was asked and has not answered; meanwhile the ball is with the unit. */
  readonly question: Question | null;
}

export const openReview = (since: CivilDate): Review => ({ since, votes: [], opinions: [], question: null });

/** A seat's vote may change until the round closes; the last one counts. */
export const withVote = (votes: readonly Vote[], vote: Vote): readonly Vote[] => [
  ...votes.filter((other) => !sameSeat(other, vote)),
  vote,
];

export const withOpinion = (opinions: readonly Opinion[], opinion: Opinion): readonly Opinion[] => [
  ...opinions.filter((other) => !sameSeat(other, opinion)),
  opinion,
];

interface SeatName {
  readonly seat: string;
  readonly unit: string;
}

export const sameSeat = (a: SeatName, b: SeatName): boolean => a.seat === b.seat && a.unit === b.unit;
