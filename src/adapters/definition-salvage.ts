// What a definition with a broken structure still says, so that the other checks can be made on it at the same time
// and its author hears everything at once. Positions in lists are kept: pointers stay true.

import { z } from 'zod';
import type { Definition } from '../domain/workflow/definition.ts';
import type { Problem } from '../domain/workflow/problem.ts';

export interface Salvaged {
  readonly definition: Definition;
  /** Whether a problem found in the salvaged definition may come from what had to be made up. */
  readonly affected: (problem: Problem) => boolean;
}

export const salvaged = (schema: z.ZodType<Definition>, input: unknown, structural: readonly Problem[]): Salvaged => {
  const madeUp = structural.filter(({ code, pointer }) => !harmless.has(code) && !/\/name(\/|$)/.test(pointer));
  // One complaint about a value is enough.
  const said = new Set(structural.map(({ pointer }) => pointer));
  const fields = new Set(madeUp.map(({ pointer }) => fieldOf(pointer)));
  const affected = ({ code, pointer }: Problem): boolean => {
    const foundations = [...(restsOn[code.slice(0, code.indexOf('.'))] ?? []), ...(restsOn[code] ?? [])];
    return (
      said.has(pointer) ||
      madeUp.some((made) => within(pointer, made.pointer) || within(made.pointer, pointer)) ||
      foundations.some((field) => fields.has(field) || fields.has(listOf(field)) || fields.has(''))
    );
  };
  return { definition: valueFor(schema, input) as Definition, affected };
};

/** These leave nothing to make up: the key is dropped, the long list and the odd text are taken as they are. */
const harmless: ReadonlySet<string> = new Set(['shape.unknown_key', 'shape.size', 'shape.key', 'shape.text']);

/** Which fields each kind of check builds on, by the noun its codes begin with or by code. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  initial: ['states.key', 'states.category', 'states.initial'],
  state: ['states.key', 'states.category', 'states.holder', 'states.initial', 'transitions.from', 'transitions.to'],
  review: ['states.key', 'states.category', 'appraisals.state'],
  appraisal: [
    ...['states.key', 'states.category', 'states.holder'],
    ...['transitions.key', 'transitions.from', 'transitions.to'],
    ...['appraisals.state', 'appraisals.outcomes', 'timers.anchor', 'timers.states'],
  ],
  transition: ['states.key'],
  reopen: ['states.key', 'states.category', 'states.holder'],
  stop: ['states.key', 'states.category'],
  form: ['forms.key', 'transitions.require'],
  field: ['forms.fields'],
  timer: ['states.key', 'states.category', 'appraisals.state', 'appraisals.within', 'acknowledgeWithin'],
  'timer.step_order': ['timers.steps'],
  acknowledge: ['timers.anchor'],
  condition: ['forms.fields'],
};

/** '/states/2/category' concerns states.category; '/states/2' and '/states' all of states. */
const fieldOf = (pointer: string): string => {
  const [, list = '', index, field] = pointer.split('/');
  return index === undefined || field === undefined ? list : `${list}.${field}`;
};

const listOf = (field: string): string => field.split('.')[0] ?? '';

const within = (pointer: string, place: string): boolean => pointer === place || pointer.startsWith(`${place}/`);

/** The part of the value that fits the schema, with stand-ins for what is missing or wrong. */
const valueFor = (schema: z.core.$ZodType, value: unknown): unknown => {
  if (schema instanceof z.ZodObject) return objectFor(schema, value);
  if (schema instanceof z.ZodArray)
    return Array.isArray(value) ? value.map((item) => valueFor(schema.element, item)) : [];
  if (schema instanceof z.ZodExactOptional) return value === undefined ? undefined : valueFor(schema.unwrap(), value);
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  if (schema instanceof z.ZodString) return typeof value === 'string' ? value : '?';
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodNumber) return 1;
  if (schema instanceof z.ZodUnion) return 'P1D';
  return undefined; // a flag that is not true, a guard that cannot be read
};

const objectFor = (schema: z.ZodObject, value: unknown): Readonly<Record<string, unknown>> => {
  const given = typeof value === 'object' && value !== null ? value : {};
  const parts = Object.entries(schema.shape).map(([key, part]) => {
    const own: unknown = Object.hasOwn(given, key) ? Reflect.get(given, key) : undefined;
    return [key, valueFor(part, own)] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
};
