// Whether appraisals hold together: a review state has exactly one, its answers lead where they say, the unit gives
// none of them, and nothing slips past.

import {
  type Appraisal,
  type Definition,
  isFinal,
  type Outcome,
  outcomes,
  type State,
  type TaskRole,
  type Transition,
} from './definition.ts';
import { type Problem, problem } from './problem.ts';

export const checkAppraisals = (definition: Definition): readonly Problem[] => [
  ...definition.appraisals.flatMap((appraisal, index) => checkAppraisal(appraisal, index, definition)),
  ...checkReviewStates(definition),
  ...checkWaysPast(definition),
];

const checkAppraisal = (appraisal: Appraisal, index: number, definition: Definition): readonly Problem[] => {
  const pointer = `/appraisals/${index}`;
  const state = definition.states.find(({ key }) => key === appraisal.state);
  const first = definition.appraisals.findIndex((other) => other.state === appraisal.state);
  return [
    ...(state ? [] : [problem('appraisal.unknown_state', `${pointer}/state`, appraisal.state)]),
    ...(state && state.category !== 'awaiting_appraisal'
      ? [problem('appraisal.not_review', `${pointer}/state`, appraisal.state)]
      : []),
    ...(first < index ? [problem('appraisal.repeated', `${pointer}/state`, appraisal.state)] : []),
    ...outcomes.flatMap((name) => checkOutcome(appraisal, name, `${pointer}/outcomes/${name}`, definition)),
    ...checkVoting(appraisal, pointer, definition),
  ];
};

/** A rule says what it needs and nothing that it does not read; where votes are counted, only the panel answers. */
const checkVoting = (appraisal: Appraisal, pointer: string, { transitions }: Definition): readonly Problem[] => {
  const { rule, quorum, participants, veto } = appraisal;
  const quorumFits = rule === 'quorum' ? quorum !== undefined && quorum >= 2 && quorum <= 20 : quorum === undefined;
  const beside = rule === 'any' ? [] : transitionsBesidePanel(appraisal, transitions);
  return [
    ...(quorumFits ? [] : [problem('appraisal.quorum', `${pointer}/quorum`)]),
    ...(rule === 'per_group' && participants === 'opinion'
      ? [problem('appraisal.per_group_votes', `${pointer}/participants`)]
      : []),
    ...(rule === 'any' && veto !== undefined ? [problem('appraisal.veto_unused', `${pointer}/veto`)] : []),
    ...beside.map(([key, index]) => problem('appraisal.beside_panel', `/transitions/${index}/by`, key)),
  ];
};

const transitionsBesidePanel = ({ outcomes: keys }: Appraisal, transitions: Definition['transitions']) =>
  [...transitions.entries()].flatMap(([index, { key, by }]) =>
    Object.values(keys).includes(key) && by.some((role) => role !== 'appraising_agency') ? [[key, index] as const] : [],
  );

const checkOutcome = (
  { state, outcomes: keys }: Appraisal,
  name: Outcome,
  pointer: string,
  { states, transitions }: Definition,
): readonly Problem[] => {
  const key = keys[name];
  const index = transitions.findIndex((candidate) => candidate.key === key);
  const transition = transitions[index];
  if (!transition) return [problem('appraisal.unknown_transition', pointer, key)];
  const at = `/transitions/${index}`;
  const target = states.find((candidate) => candidate.key === transition.to);
  const leadsRight = target === undefined || (target.key !== state && targets[name](target));
  return [
    ...(transition.from.every((from) => from === state)
      ? []
      : [problem('appraisal.outcome_from', pointer, key, state)]),
    ...(leadsRight ? [] : [problem(`appraisal.${name}_target`, pointer, key)]),
    ...(name === 'achieved' || transition.require?.reason
      ? []
      : [problem('appraisal.reason', `${at}/require/reason`, key)]),
    ...unitRolesIn(transition).map(([role, place]) => problem('appraisal.own_work', `${at}/by/${place}`, role, key)),
  ];
};

/** An answer may also hand on to a further review: an opinion first, then the decision. */
const targets: Readonly<Record<Outcome, (target: State) => boolean>> = {
  achieved: ({ category }) => category === 'done' || category === 'awaiting_appraisal',
  not_achieved: ({ category }) => category === 'not_done' || category === 'awaiting_appraisal',
  returned: ({ category, holder }) => (category === 'assigned' || category === 'in_progress') && holder === 'unit',
};

const checkReviewStates = ({ states, appraisals }: Definition): readonly Problem[] =>
  states.flatMap(({ key, category }, index) =>
    category === 'awaiting_appraisal' && !appraisals.some(({ state }) => state === key)
      ? [problem('review.no_appraisal', `/states/${index}`, key)]
      : [],
  );

/** Work under appraisal ends by an answer or by being stopped; work that needs appraisal is not declared done by its unit. */
const checkWaysPast = ({ states, transitions, appraisals }: Definition): readonly Problem[] => {
  const categoryOf = (key: string) => states.find((state) => state.key === key)?.category;
  const answers = new Set(appraisals.flatMap(({ outcomes }) => Object.values(outcomes)));
  return transitions.flatMap((transition, index) => {
    const target = categoryOf(transition.to);
    if (target === undefined || !isFinal(target) || target === 'stopped' || answers.has(transition.key)) return [];
    const at = `/transitions/${index}`;
    if (transition.from.some((from) => categoryOf(from) === 'awaiting_appraisal'))
      return [problem('appraisal.bypassed', at, transition.key)];
    if (target !== 'done' || appraisals.length === 0) return [];
    return rolesBesideProvince(transition).map(([role, place]) =>
      problem('appraisal.skipped', `${at}/by/${place}`, role, transition.key),
    );
  });
};

const unitRoles: readonly TaskRole[] = ['lead_unit.head', 'lead_unit.focal_point', 'submitter'];

const unitRolesIn = ({ by }: Transition) =>
  [...by.entries()].flatMap(([index, role]) => (unitRoles.includes(role) ? [[role, index] as const] : []));

const rolesBesideProvince = ({ by }: Transition) =>
  [...by.entries()].flatMap(([index, role]) =>
    role === 'office' || role === 'province_leader' ? [] : [[role, index] as const],
  );
