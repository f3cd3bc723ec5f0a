// Whether a definition may be published. Everything that is wrong comes out at once, each with its place.
// The structure itself (keys, types, sizes) is the schema's business: adapters/definition-schema.ts.

import { checkAppraisals } from './check-appraisals.ts';
import { checkCondition } from './check-condition.ts';
import { checkTimers } from './check-timers.ts';
import { type Definition, type Form, isFinal, type State, type TaskRole, type Transition } from './definition.ts';
import { byPointer, type Problem, problem } from './problem.ts';
import { repeated } from './repeated.ts';

/**
 * The rules, in short. One first state, of category assigned or in_progress. Every state can be reached and every
 * open one can end. Open states say who holds the task, final ones cannot. What has ended is left only by reopening:
 * by the office or the province, with reason and document, back to the unit. Work is stopped only by the office or
 * the province, with the deciding document (report 158/BC-SKHĐT). Appraisals and timers: see their files.
 */
export const checkDefinition = (definition: Definition): readonly Problem[] =>
  [
    ...checkKeys(definition),
    ...checkInitial(definition),
    ...definition.states.flatMap((state, index) => checkHolder(state, `/states/${index}`)),
    ...checkGraph(definition),
    ...definition.transitions.flatMap((transition, index) =>
      checkTransition(transition, `/transitions/${index}`, definition),
    ),
    ...checkForms(definition),
    ...checkAppraisals(definition),
    ...checkTimers(definition),
  ].toSorted(byPointer);

const checkKeys = ({ states, transitions, timers, forms }: Definition): readonly Problem[] => [
  ...keysOf(states, '/states'),
  ...keysOf(transitions, '/transitions'),
  ...keysOf(timers, '/timers'),
  ...keysOf(forms, '/forms'),
  ...forms.flatMap(({ fields }, index) => keysOf(fields, `/forms/${index}/fields`)),
];

const keysOf = (items: readonly { readonly key: string }[], pointer: string): readonly Problem[] => {
  const keys = items.map(({ key }) => key);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? [problem('key.repeated', `${pointer}/${index}/key`, key)] : [],
  );
};

const checkInitial = ({ states }: Definition): readonly Problem[] => {
  const first = states.findIndex(({ initial }) => initial);
  const state = states[first];
  if (!state) return [problem('initial.missing', '/states')];
  const others = states.flatMap(({ initial }, index) =>
    initial && index !== first ? [problem('initial.several', `/states/${index}/initial`, state.key)] : [],
  );
  return isWork(state) ? others : [problem('initial.category', `/states/${first}/category`), ...others];
};

/** Open and not under appraisal: the unit (or whoever holds it) works on it. */
const isWork = ({ category }: State): boolean => category === 'assigned' || category === 'in_progress';

const checkHolder = ({ key, category, holder }: State, pointer: string): readonly Problem[] => {
  const at = `${pointer}/holder`;
  if (isFinal(category)) return holder === undefined ? [] : [problem('state.holder_unexpected', at, key)];
  if (holder === undefined) return [problem('state.holder_missing', at, key)];
  return category === 'awaiting_appraisal' && holder === 'unit' ? [problem('review.holder', at, key)] : [];
};

/** Guards are not looked into: a way that a guard may bar still counts as a way. */
const checkGraph = ({ states, transitions }: Definition): readonly Problem[] => {
  const edges = transitions.flatMap(({ from, to }) => from.map((source) => [source, to] as const));
  const starts = states.filter(({ initial }) => initial).map(({ key }) => key);
  const ends = states.filter(({ category }) => isFinal(category)).map(({ key }) => key);
  const reached = closure(starts, edges);
  const ending = closure(
    ends,
    edges.map(([source, target]) => [target, source] as const),
  );
  return states.flatMap(({ key }, index) => [
    // Without a first state nothing is reachable, and saying so once is enough.
    ...(starts.length === 0 || reached.has(key) ? [] : [problem('state.unreachable', `/states/${index}`, key)]),
    ...(ending.has(key) ? [] : [problem('state.dead_end', `/states/${index}`, key)]),
  ]);
};

const closure = (
  starts: readonly string[],
  edges: readonly (readonly [source: string, target: string])[],
): ReadonlySet<string> => {
  const seen = new Set(starts);
  // A set visits what is added while it is being walked.
  for (const key of seen) for (const [source, target] of edges) if (source === key) seen.add(target);
  return seen;
};

const checkTransition = (transition: Transition, pointer: string, definition: Definition): readonly Problem[] => [
  ...checkEnds(transition, pointer, definition),
  ...(transition.by.length === 0 ? [problem('transition.no_role', `${pointer}/by`, transition.key)] : []),
  ...transition.by.flatMap((role, index) =>
    role === 'administrator' ? [problem('transition.administrator', `${pointer}/by/${index}`, transition.key)] : [],
  ),
  ...repeated(transition.by, `${pointer}/by`),
  ...checkRequirement(transition, pointer, definition),
  ...checkReopening(transition, pointer, definition),
  ...checkStop(transition, pointer, definition),
  ...(transition.when ? checkCondition(transition.when, `${pointer}/when`, definition) : []),
];

const checkEnds = ({ key, from, to }: Transition, pointer: string, { states }: Definition): readonly Problem[] => {
  const known = new Set(states.map((state) => state.key));
  return [
    ...(from.length === 0 ? [problem('transition.no_from', `${pointer}/from`, key)] : []),
    ...from.flatMap((name, index) =>
      known.has(name) ? [] : [problem('transition.unknown_state', `${pointer}/from/${index}`, name)],
    ),
    ...repeated(from, `${pointer}/from`),
    ...(known.has(to) ? [] : [problem('transition.unknown_state', `${pointer}/to`, to)]),
  ];
};

const checkRequirement = ({ require = {} }: Transition, pointer: string, { forms }: Definition): readonly Problem[] => {
  const { form, evidence } = require;
  const problems: Problem[] = [];
  if (form !== undefined && !forms.some(({ key }) => key === form))
    problems.push(problem('form.unknown', `${pointer}/require/form`, form));
  if (evidence !== undefined && !(Number.isInteger(evidence) && evidence >= 1 && evidence <= 20))
    problems.push(problem('requirement.evidence', `${pointer}/require/evidence`));
  return problems;
};

/** Only these speak for the province; everyone else's wish to reopen or stop goes through them. */
const provinceRoles: readonly TaskRole[] = ['office', 'province_leader'];

const checkReopening = (
  { key, from, to, by, require = {} }: Transition,
  pointer: string,
  { states }: Definition,
): readonly Problem[] => {
  const reopens = states.some((state) => isFinal(state.category) && from.includes(state.key));
  if (!reopens) return [];
  const target = states.find((state) => state.key === to);
  const problems: Problem[] = rolesOutside(by, provinceRoles).map(([role, index]) =>
    problem('reopen.role', `${pointer}/by/${index}`, role, key),
  );
  if (!require.reason || !require.document) problems.push(problem('reopen.requirement', `${pointer}/require`, key));
  if (target && !(isWork(target) && target.holder === 'unit'))
    problems.push(problem('reopen.target', `${pointer}/to`, key));
  return problems;
};

const checkStop = (
  { key, to, by, require = {} }: Transition,
  pointer: string,
  { states }: Definition,
): readonly Problem[] => {
  if (states.find((state) => state.key === to)?.category !== 'stopped') return [];
  const problems: Problem[] = rolesOutside(by, provinceRoles).map(([role, index]) =>
    problem('stop.role', `${pointer}/by/${index}`, role, key),
  );
  return require.document ? problems : [...problems, problem('stop.document', `${pointer}/require/document`, key)];
};

const rolesOutside = (by: readonly TaskRole[], allowed: readonly TaskRole[]) =>
  [...by.entries()].flatMap(([index, role]) => (allowed.includes(role) ? [] : [[role, index] as const]));

const checkForms = ({ forms, transitions }: Definition): readonly Problem[] =>
  forms.flatMap((form, index) => {
    const pointer = `/forms/${index}`;
    const used = transitions.some(({ require }) => require?.form === form.key);
    return [
      ...(used ? [] : [problem('form.unused', pointer, form.key)]),
      ...(form.fields.length === 0 ? [problem('form.empty', `${pointer}/fields`, form.key)] : []),
      ...checkFields(form, pointer, forms.slice(0, index)),
    ];
  });

/** A task keeps one value per field key, whichever form it came from. */
const checkFields = ({ fields }: Form, pointer: string, earlier: readonly Form[]): readonly Problem[] =>
  fields.flatMap(({ key, type, choices }, index) => {
    const at = `${pointer}/fields/${index}`;
    const same = earlier.flatMap((form) => form.fields).find((field) => field.key === key);
    return [
      ...(type === 'choice' && !choices?.length ? [problem('field.choices_missing', `${at}/choices`, key)] : []),
      ...(type !== 'choice' && choices ? [problem('field.choices_unexpected', `${at}/choices`, key)] : []),
      ...repeated(choices ?? [], `${at}/choices`),
      ...(same && same.type !== type ? [problem('field.type_differs', `${at}/type`, key, same.type)] : []),
    ];
  });
