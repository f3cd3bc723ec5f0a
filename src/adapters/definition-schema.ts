// The one structural schema of a workflow definition: keys, types and sizes. Whether the parts fit together is
// domain/workflow/check.ts; parseDefinition reports both kinds of problem together.

import { z } from 'zod';
import { checkDefinition } from '../domain/workflow/check.ts';
import { type Condition, comparisons } from '../domain/workflow/condition.ts';
import {
  categories,
  type Definition,
  fieldTypes,
  holders,
  taskRoles,
  timerActions,
  timerAnchors,
  votingRules,
} from '../domain/workflow/definition.ts';
import { byPointer, type Problem, pointerOf, problem } from '../domain/workflow/problem.ts';
import { salvaged } from './definition-salvage.ts';
import { structuralProblems } from './definition-shape-problems.ts';

export const definitionLimits = {
  depth: 32,
  values: 100_000,
  /** A list longer than any limit below is not even looked into. */
  list: 200,
  states: 50,
  transitions: 200,
  timers: 50,
  forms: 20,
  fields: 50,
  steps: 100,
  choices: 50,
  text: 200,
} as const;

const text = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(definitionLimits.text)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const names = z.strictObject({ vi: text, en: text }).meta({ id: 'Names' });
const key = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);
const stateKeys = z.array(key).max(definitionLimits.states);
const flag = z.literal(true);
const roles = z.array(z.enum(taskRoles)).max(taskRoles.length);
const offset = z
  .union([z.string().max(40), z.strictObject({ workingDays: z.int() })])
  .meta({ id: 'Offset', description: 'ISO 8601 duration of whole days (P3M, -P7D) or a number of working days.' });

const scalar = z.union([z.string().max(definitionLimits.text), z.number(), z.boolean()]);
const test = z.strictObject({
  field: z.string().max(80),
  op: z.enum(comparisons),
  value: z.union([scalar, z.array(scalar).max(definitionLimits.choices)]).exactOptional(),
});
const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(condition).max(definitionLimits.list) }),
      z.strictObject({ any: z.array(condition).max(definitionLimits.list) }),
      z.strictObject({ not: condition }),
      test,
    ]),
  )
  .meta({ id: 'Condition' });

const state = z
  .strictObject({
    key,
    name: names,
    category: z.enum(categories),
    holder: z.enum(holders).exactOptional(),
    initial: flag.exactOptional(),
  })
  .meta({ id: 'DefinitionState' });

const requirement = z.strictObject({
  form: key.exactOptional(),
  evidence: z.int().exactOptional(),
  reason: flag.exactOptional(),
  document: flag.exactOptional(),
});

const transition = z
  .strictObject({
    key,
    name: names,
    from: stateKeys,
    to: key,
    by: roles,
    require: requirement.exactOptional(),
    when: condition.exactOptional(),
  })
  .meta({ id: 'DefinitionTransition' });

const appraisal = z
  .strictObject({
    state: key,
    rule: z.enum(votingRules),
    quorum: z.int().exactOptional(),
    participants: z.enum(['opinion', 'vote']).exactOptional(),
    veto: z.enum(['lead', 'any']).exactOptional(),
    outcomes: z.strictObject({ achieved: key, not_achieved: key, returned: key }),
    within: offset.exactOptional(),
  })
  .meta({ id: 'DefinitionAppraisal' });

const action = z.enum(timerActions);
const timer = z
  .strictObject({
    key,
    name: names,
    states: stateKeys,
    anchor: z.enum(timerAnchors),
    when: condition.exactOptional(),
    at: z.string().max(5),
    steps: z.array(z.strictObject({ offset, action, to: roles })).max(definitionLimits.steps),
    repeat: z.strictObject({ every: offset, action, to: roles }).exactOptional(),
    max: z.int(),
    misfire: z.enum(['collapse', 'all', 'skip']),
  })
  .meta({ id: 'DefinitionTimer' });

const field = z.strictObject({
  key,
  name: names,
  type: z.enum(fieldTypes),
  required: flag.exactOptional(),
  choices: z.array(text).max(definitionLimits.choices).exactOptional(),
});
const form = z
  .strictObject({ key, fields: z.array(field).max(definitionLimits.fields) })
  .meta({ id: 'DefinitionForm' });

export const definitionSchema = z
  .strictObject({
    key,
    version: z.int().min(1).max(1_000_000),
    name: names,
    states: z.array(state).max(definitionLimits.states),
    transitions: z.array(transition).max(definitionLimits.transitions),
    appraisals: z.array(appraisal).max(definitionLimits.states),
    timers: z.array(timer).max(definitionLimits.timers),
    forms: z.array(form).max(definitionLimits.forms),
    acknowledgeWithin: offset.exactOptional(),
  })
  .meta({ id: 'Definition' }) satisfies z.ZodType<Definition>;

export interface ParsedDefinition {
  /** From parseDefinition only when there is no problem at all. */
  readonly definition?: Definition;
  readonly problems: readonly Problem[];
}

/** Reads a definition from outside. Everything wrong with it comes out at once; nothing that is JSON makes it throw. */
export const parseDefinition = (input: unknown): ParsedDefinition => {
  const { definition, problems } = parseDraft(input);
  return definition && problems.length === 0 ? { definition, problems } : { problems };
};

/** The same; but one whose keys, types and sizes are right comes out even if its parts do not fit together yet. */
export const parseDraft = (input: unknown): ParsedDefinition => {
  const monstrous = oversize(input);
  if (monstrous) return { problems: [monstrous] };
  const parsed = definitionSchema.safeParse(input);
  if (parsed.success) return { definition: parsed.data, problems: checkDefinition(parsed.data) };
  const structural = structuralProblems(parsed.error.issues, input);
  const { definition, affected } = salvaged(definitionSchema, input, structural);
  const semantic = checkDefinition(definition).filter((found) => !affected(found));
  return { problems: [...structural, ...semantic].toSorted(byPointer) };
};

/** What would cost more to look into than any honest definition: refused before anything recursive sees it. */
const oversize = (input: unknown): Problem | undefined => {
  let values = 0;
  const visit = (value: unknown, path: readonly string[]): Problem | undefined => {
    values += 1;
    if (values > definitionLimits.values) return problem('shape.too_long', '', definitionLimits.values, values);
    if (typeof value !== 'object' || value === null) return undefined;
    if (path.length >= definitionLimits.depth)
      return problem('shape.too_deep', pointerOf(path), definitionLimits.depth);
    if (Array.isArray(value) && value.length > definitionLimits.list)
      return problem('shape.too_long', pointerOf(path), definitionLimits.list, value.length);
    for (const [name, part] of Object.entries(value)) {
      const found = visit(part, [...path, name]);
      if (found) return found;
    }
    return undefined;
  };
  return visit(input, []);
};
