// When a round is decided. Votes count over the seats that are eligible at the moment of the latest vote; what became
// impossible is an incident for people to mend, and is never quietly made smaller.

import type { Appraisal, Outcome } from '../workflow/definition.ts';
import type { Panel, Seat } from './panel.ts';
import { sameSeat, type Vote } from './review.ts';

export const incidents = [
  /** No seat at all can be filled. */
  'nobody_eligible',
  /** Fewer eligible seats than the quorum asks for. */
  'quorum_impossible',
  /** Rule `all`: a member is away and nobody stands in for them. */
  'seat_unfilled',
  /** An agency that votes has nobody who may. */
  'group_unfilled',
  /** Everybody has voted and no outcome can be reached unless somebody votes otherwise. */
  'deadlocked',
  /** The votes suffice since the panel changed; one of them has to be given again, for nothing is decided by time. */
  'decided_but_open',
] as const;
export type Incident = (typeof incidents)[number];

type Rules = Pick<Appraisal, 'rule' | 'quorum' | 'participants' | 'veto'>;

/** Does this seat vote, or give its opinion only? */
export const votes = ({ rule, participants }: Rules, { lead }: Pick<Seat, 'lead'>): boolean =>
  lead || participants === 'vote' || rule === 'per_group';

/** Votes of seats that are still in the panel, and whose voter has not become party to the case. */
export const countedVotes = (rules: Rules, { seats }: Panel, cast: readonly Vote[]): readonly Vote[] =>
  cast.filter((vote) => {
    const seat = seats.find((candidate) => sameSeat(candidate, vote));
    return seat !== undefined && votes(rules, seat) && sits(seat);
  });

/** What the votes decide, or null. */
export const decidedBy = (rules: Rules, panel: Panel, cast: readonly Vote[]): Outcome | null => {
  const counted = countedVotes(rules, panel, cast);
  const vetoed = counted.find((vote) => isVeto(rules, panel, vote));
  if (vetoed) return vetoed.outcome;
  switch (rules.rule) {
    case 'any':
      return counted.at(-1)?.outcome ?? null;
    case 'all':
      return alike(counted, [...sitting(rules, panel).map(seatKey), ...speaking(rules, panel)]);
    case 'quorum':
      return reached(counted, rules.quorum ?? 1);
    case 'per_group':
      return alike(counted, speaking(rules, panel));
    default:
      return rules.rule satisfies never;
  }
};

/** What stands in the way of a decision although nobody is to blame; undefined: the panel only has to vote. */
export const incidentOf = (rules: Rules, panel: Panel, cast: readonly Vote[]): Incident | undefined => {
  const counted = countedVotes(rules, panel, cast);
  const seats = sitting(rules, panel);
  const voted = (seat: Seat) => counted.some((vote) => sameSeat(vote, seat));
  const able = seats.filter((seat) => seat.voter !== null || voted(seat));
  if (able.length === 0) return 'nobody_eligible';
  if (rules.rule === 'quorum' && able.length < (rules.quorum ?? 1)) return 'quorum_impossible';
  if (rules.rule === 'all' && able.length < seats.length) return 'seat_unfilled';
  if (needsEveryAgency(rules) && speaking(rules, panel).some((agency) => !able.some(({ unit }) => unit === agency)))
    return 'group_unfilled';
  if (decidedBy(rules, panel, cast) !== null) return 'decided_but_open';
  return able.every(voted) ? 'deadlocked' : undefined;
};

/** Excluded members are no members of this panel; absent ones are, and their voice is missed. */
const sits = ({ voter, empty }: Seat): boolean =>
  voter !== null || empty === 'absent' || empty === 'fills_another_seat';

const sitting = (rules: Rules, { seats }: Panel): readonly Seat[] =>
  seats.filter((seat) => votes(rules, seat) && sits(seat));

/** The agencies that vote; one that has no appraiser left is missed and not forgotten. */
const speaking = (rules: Rules, { agencies }: Panel): readonly string[] =>
  agencies.filter((_, index) => votes(rules, { lead: index === 0 }));

const needsEveryAgency = ({ rule }: Rules): boolean => rule === 'all' || rule === 'per_group';

const seatKey = ({ seat, unit }: Pick<Seat, 'seat' | 'unit'>): string => `${unit}/${seat}`;

/** All votes say the same, and every one of these seats and agencies is among them. */
const alike = (counted: readonly Vote[], needed: readonly string[]): Outcome | null => {
  const first = counted[0]?.outcome;
  const heard = new Set(counted.flatMap((vote) => [vote.unit, seatKey(vote)]));
  const agreed = counted.every(({ outcome }) => outcome === first);
  return first !== undefined && agreed && needed.every((name) => heard.has(name)) ? first : null;
};

const reached = (counted: readonly Vote[], least: number): Outcome | null =>
  counted.find(({ outcome }) => counted.filter((other) => other.outcome === outcome).length >= least)?.outcome ?? null;

const isVeto = ({ veto }: Rules, { agencies }: Panel, { outcome, unit }: Vote): boolean =>
  outcome !== 'achieved' && (veto === 'any' || (veto === 'lead' && unit === agencies[0]));
