// A draft is JSON that may be wrong in any way. Places in it are JSON pointers, as the API names them in its problems.

import type { Definition } from '../../api/workflows.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Members = Readonly<Record<string, Json>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const partsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

export const getAt = (value: unknown, pointer: string): unknown =>
  partsOf(pointer).reduce<unknown>(
    (inner, part) =>
      Array.isArray(inner)
        ? inner[Number(part)]
        : isMembers(inner) && Object.hasOwn(inner, part)
          ? inner[part]
          : undefined,
    value,
  );

/** The same with another value at a place; undefined takes the member or the item away. */
export const setAt = (value: unknown, pointer: string, next: unknown): Json => put(value, partsOf(pointer), next);

const put = (value: unknown, [part, ...rest]: readonly string[], next: unknown): Json => {
  if (part === undefined) return (next ?? null) as Json;
  if (Array.isArray(value) || (value === undefined && /^\d+$/.test(part))) {
    const items: unknown[] = Array.isArray(value) ? [...value] : [];
    if (rest.length === 0 && next === undefined) items.splice(Number(part), 1);
    else items[Number(part)] = put(items[Number(part)], rest, next);
    return items as Json;
  }
  const members: Record<string, unknown> = isMembers(value) ? { ...value } : {};
  if (rest.length === 0 && next === undefined) delete members[part];
  else members[part] = put(members[part], rest, next);
  return members as Json;
};

/** One text for one content, whatever the order of its keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isMembers(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

const order =
  'key version name vi en states transitions appraisals timers forms acknowledgeWithin category holder initial from to by require form evidence reason document state rule quorum participants veto outcomes achieved not_achieved returned within anchor at steps offset every action repeat max misfire when fields type required choices'.split(
    ' ',
  );
const placeOf = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);

/** As people write it: keys in the order of the documentation, whatever order they were stored in. */
export const written = (value: Json): string =>
  JSON.stringify(
    value,
    (_, inner: unknown) =>
      isMembers(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => placeOf(a) - placeOf(b))) : inner,
    2,
  );

const text = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
const names = (value: unknown) => {
  const given = isMembers(value) ? value : {};
  return { vi: text(given.vi), en: text(given.en) };
};
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : []);
const items = (value: unknown): readonly Members[] =>
  Array.isArray(value) ? value.map((item) => (isMembers(item) ? item : {})) : [];

/** What forms, tables and the diagram can draw of it: the same places, with nothing missing that they read. */
export const drawable = (value: unknown): Definition => {
  const given = isMembers(value) ? value : {};
  return {
    ...given,
    key: text(given.key),
    version: Number(given.version),
    name: names(given.name),
    states: items(given.states).map((state) => ({
      ...state,
      key: text(state.key),
      name: names(state.name),
      category: text(state.category),
    })),
    transitions: items(given.transitions).map((transition) => ({
      ...transition,
      key: text(transition.key),
      name: names(transition.name),
      from: texts(transition.from),
      to: text(transition.to),
      by: texts(transition.by),
      require: isMembers(transition.require) ? transition.require : {},
    })),
    appraisals: items(given.appraisals).map((appraisal) => ({
      ...appraisal,
      state: text(appraisal.state),
      rule: text(appraisal.rule),
      outcomes: isMembers(appraisal.outcomes) ? appraisal.outcomes : {},
    })),
    timers: items(given.timers).map((timer) => ({
      ...timer,
      key: text(timer.key),
      name: names(timer.name),
      states: texts(timer.states),
      anchor: text(timer.anchor),
      at: text(timer.at),
      max: Number(timer.max),
      misfire: text(timer.misfire),
      steps: items(timer.steps).map(ring),
      ...(isMembers(timer.repeat) ? { repeat: { ...ring(timer.repeat), every: timer.repeat.every } } : {}),
    })),
    forms: items(given.forms).map((form) => ({
      ...form,
      key: text(form.key),
      fields: items(form.fields).map((field) => ({
        ...field,
        key: text(field.key),
        name: names(field.name),
        type: text(field.type),
        ...(field.choices === undefined ? {} : { choices: texts(field.choices) }),
      })),
    })),
  } as unknown as Definition;
};

const ring = (step: Members) => ({ ...step, action: text(step.action), to: texts(step.to) });

/** Another key for a thing, and for everybody who names it. */
export const renamed = (definition: Json, pointer: string, key: string): Json => {
  const [part, index] = partsOf(pointer);
  const before = getAt(definition, pointer);
  const taken = drawable(definition)[part as 'states']?.some((item) => item.key === key);
  const next = setAt(definition, pointer, key);
  if (typeof before !== 'string' || before === '' || taken || index === undefined) return next;
  const now = drawable(definition);
  const swap = (value: string) => (value === before ? key : value);
  const changes: (readonly [string, unknown])[] = [];
  if (part === 'states') {
    for (const [at, { from, to }] of now.transitions.entries()) {
      if (from.includes(before)) changes.push([`/transitions/${at}/from`, from.map(swap)]);
      if (to === before) changes.push([`/transitions/${at}/to`, key]);
    }
    for (const [at, { state }] of now.appraisals.entries())
      if (state === before) changes.push([`/appraisals/${at}/state`, key]);
    for (const [at, { states }] of now.timers.entries())
      if (states.includes(before)) changes.push([`/timers/${at}/states`, states.map(swap)]);
  }
  if (part === 'transitions')
    for (const [at, appraisal] of now.appraisals.entries())
      for (const [outcome, transition] of Object.entries(appraisal.outcomes))
        if (transition === before) changes.push([`/appraisals/${at}/outcomes/${outcome}`, key]);
  if (part === 'forms')
    for (const [at, { require }] of now.transitions.entries())
      if (require?.form === before) changes.push([`/transitions/${at}/require/form`, key]);
  return changes.reduce((value, [at, to]) => setAt(value, at, to), next);
};

/** A key that nothing of its kind has yet. */
export const freeKey = (taken: readonly string[], stem: string): string => {
  let number = taken.length + 1;
  while (taken.includes(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
};
