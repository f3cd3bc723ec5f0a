// What a workflow definition says. Definitions are data (strict JSON): administrators write them,
// check.ts tells whether they may be published, decide.ts obeys them. Every key here is read by code.

import type { Offset } from '../schedule/offset.ts';
import type { Condition } from './condition.ts';

/** The fixed vocabulary of all statistics. The first three are open, the last three final. */
export const categories = ['assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped'] as const;
export type Category = (typeof categories)[number];

export const isFinal = (category: Category): boolean =>
  category === 'done' || category === 'not_done' || category === 'stopped';

/** In whose court the ball lies while a task is open. */
export const holders = ['unit', 'appraiser', 'office', 'province'] as const;
export type Holder = (typeof holders)[number];

/** Roles a definition can name; each is resolved against one task (see organisation/actor.ts). */
export const taskRoles = [
  'lead_unit.head',
  'lead_unit.focal_point',
  'appraising_agency',
  'office',
  'province_leader',
  'administrator',
  'submitter',
  'specialist',
  'aggregator',
] as const;
export type TaskRole = (typeof taskRoles)[number];

export interface Names {
  readonly vi: string;
  readonly en: string;
}

export interface State {
  readonly key: string;
  readonly name: Names;
  readonly category: Category;
  /** Open states only. */
  readonly holder?: Holder;
  readonly initial?: true;
}

export interface Requirement {
  /** Key of a form whose required fields must be given. */
  readonly form?: string;
  /** Least number of pieces of evidence handed in with the command. */
  readonly evidence?: number;
  readonly reason?: true;
  /** The deciding document: number, date and issuing body. */
  readonly document?: true;
}

export interface Transition {
  readonly key: string;
  readonly name: Names;
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly TaskRole[];
  readonly require?: Requirement;
  readonly when?: Condition;
}

export const outcomes = ['achieved', 'not_achieved', 'returned'] as const;
export type Outcome = (typeof outcomes)[number];

export const votingRules = ['any', 'all', 'quorum', 'per_group'] as const;
export type VotingRule = (typeof votingRules)[number];

/** Which transitions of a review state are the appraisers' answers; these are under separation of duties. */
export interface Appraisal {
  readonly state: string;
  /**
   * any: one vote decides. all: every seat, alike. quorum: that many alike. per_group: each agency, alike.
   * Votes count over the seats that are eligible when a vote is given (domain/appraisal/voting.ts).
   */
  readonly rule: VotingRule;
  /** With rule `quorum` only: how many votes alike decide. */
  readonly quorum?: number;
  /** Agencies that take part: do they vote, or give their opinion only? Absent: opinion. */
  readonly participants?: 'opinion' | 'vote';
  /** Whose `not_achieved` or `returned` decides alone: the lead agency's, or any member's. */
  readonly veto?: 'lead' | 'any';
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** The appraiser's own deadline, counted from the day of submission. */
  readonly within?: Offset;
}

export const timerAnchors = ['assigned', 'entered', 'due', 'acknowledge_by', 'appraise_by'] as const;
export type TimerAnchor = (typeof timerAnchors)[number];

/** From the mildest to the gravest. */
export const timerActions = ['remind', 'urge', 'escalate'] as const;
export type TimerAction = (typeof timerActions)[number];

export interface TimerStep {
  readonly offset: Offset;
  readonly action: TimerAction;
  readonly to: readonly TaskRole[];
}

/**
 * A ladder of steps counted from an anchor day, and an optional repetition after the last step.
 * Occurrence k is always computed from the anchor, never from the run before it.
 */
export interface TimerRule {
  readonly key: string;
  readonly name: Names;
  readonly states: readonly string[];
  readonly anchor: TimerAnchor;
  readonly when?: Condition;
  /** Local time of day, HH:MM. */
  readonly at: string;
  readonly steps: readonly TimerStep[];
  readonly repeat?: { readonly every: Offset; readonly action: TimerAction; readonly to: readonly TaskRole[] };
  /** The last occurrence that may fire. */
  readonly max: number;
  /** After an outage: record every missed level and send once, send all, or send none. */
  readonly misfire: 'collapse' | 'all' | 'skip';
}

export const fieldTypes = ['text', 'number', 'date', 'percent', 'yes_no', 'choice'] as const;
export interface FormField {
  readonly key: string;
  readonly name: Names;
  readonly type: (typeof fieldTypes)[number];
  readonly required?: true;
  readonly choices?: readonly string[];
}
export interface Form {
  readonly key: string;
  readonly fields: readonly FormField[];
}

export interface Definition {
  readonly key: string;
  readonly version: number;
  readonly name: Names;
  readonly states: readonly State[];
  readonly transitions: readonly Transition[];
  readonly appraisals: readonly Appraisal[];
  readonly timers: readonly TimerRule[];
  readonly forms: readonly Form[];
  /** By when the unit acknowledges, counted from the day of assignment. */
  readonly acknowledgeWithin?: Offset;
}

export const stateOf = (definition: Definition, key: string): State => {
  const state = definition.states.find((candidate) => candidate.key === key);
  if (!state) throw new Error(`Definition ${definition.key} v${definition.version} has no state ${key}.`);
  return state;
};

export const initialState = (definition: Definition): State => {
  const state = definition.states.find((candidate) => candidate.initial);
  if (!state) throw new Error(`Definition ${definition.key} v${definition.version} has no initial state.`);
  return state;
};

/** Whether tasks under this definition name an agency that appraises them; some are confirmed by the office alone. */
export const needsAppraiserUnit = ({ transitions, states }: Definition): boolean =>
  transitions.some(({ by }) => by.includes('appraising_agency')) || states.some(({ holder }) => holder === 'appraiser');

/** The appraisal whose answer this transition is, if any. */
export const appraisalAnsweredBy = (definition: Definition, transition: Transition): Appraisal | undefined =>
  definition.appraisals.find(
    ({ state, outcomes }) => transition.from.includes(state) && Object.values(outcomes).includes(transition.key),
  );
