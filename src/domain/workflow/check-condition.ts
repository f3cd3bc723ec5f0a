// Whether a guard can be evaluated and means something: known data, fitting comparisons, bounded size.

import { isCivilDate } from '../schedule/civil-date.ts';
import { type Condition, conditionFields, conditionLimits, type Scalar, type Test } from './condition.ts';
import type { Definition, FormField } from './definition.ts';
import { type Problem, problem } from './problem.ts';
import { estimates, taskKinds } from './task.ts';

export const checkCondition = (condition: Condition, pointer: string, definition: Definition): readonly Problem[] => {
  if (depthOf(condition) > conditionLimits.depth)
    return [problem('condition.too_deep', pointer, conditionLimits.depth)];
  if (sizeOf(condition) > conditionLimits.nodes)
    return [problem('condition.too_large', pointer, conditionLimits.nodes)];
  return checkNode(condition, pointer, definition);
};

const partsOf = (condition: Condition): readonly Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

const depthOf = (condition: Condition): number => 1 + Math.max(0, ...partsOf(condition).map(depthOf));

const sizeOf = (condition: Condition): number => partsOf(condition).reduce((size, part) => size + sizeOf(part), 1);

const checkNode = (condition: Condition, pointer: string, definition: Definition): readonly Problem[] => {
  if ('not' in condition) return checkNode(condition.not, `${pointer}/not`, definition);
  if ('field' in condition) return checkTest(condition, pointer, definition);
  const list = 'all' in condition ? 'all' : 'any';
  const parts = partsOf(condition);
  if (parts.length === 0) return [problem('condition.empty', `${pointer}/${list}`)];
  return parts.flatMap((part, index) => checkNode(part, `${pointer}/${list}/${index}`, definition));
};

const checkTest = ({ field, op, value }: Test, pointer: string, definition: Definition): readonly Problem[] => {
  const domain = domainOf(field, definition);
  if (!domain) {
    const known = [...Object.keys(conditionFields), ...formFields(definition).map(({ key }) => `form.${key}`)];
    return [problem('condition.field', `${pointer}/field`, field, known.join(', '))];
  }
  const needed = (what: string) => [problem('condition.value', `${pointer}/value`, field, op, what)];
  switch (op) {
    case 'present':
    case 'absent':
      return value === undefined ? [] : needed('–');
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      if (!domain.ordered) return [problem('condition.op', `${pointer}/op`, op, field)];
      return isScalar(value) && domain.fits(value) ? [] : needed(domain.example);
    case 'eq':
    case 'ne':
      return isScalar(value) && domain.fits(value) ? [] : needed(domain.example);
    case 'in':
      return Array.isArray(value) && value.length > 0 && value.every((one: Scalar) => domain.fits(one))
        ? []
        : needed(`[${domain.example}, …]`);
    default:
      return op satisfies never;
  }
};

const isScalar = (value: Test['value']): value is Scalar => value !== undefined && typeof value !== 'object';

/** The values a piece of data can take. */
interface Domain {
  readonly fits: (value: Scalar) => boolean;
  readonly ordered: boolean;
  readonly example: string;
}

const text: Domain = { fits: (value) => typeof value === 'string', ordered: false, example: '"…"' };
const number: Domain = { fits: (value) => typeof value === 'number', ordered: true, example: '0' };
const yesNo: Domain = { fits: (value) => typeof value === 'boolean', ordered: false, example: 'true' };
const day: Domain = {
  fits: (value) => typeof value === 'string' && isCivilDate(value),
  ordered: true,
  example: '"2026-06-16"',
};
const oneOf = (choices: readonly string[]): Domain => ({
  fits: (value) => typeof value === 'string' && choices.includes(value),
  ordered: false,
  example: choices.map((choice) => JSON.stringify(choice)).join(' | '),
});

const taskData: Readonly<Record<string, Domain>> = {
  kind: oneOf(taskKinds),
  programme: text,
  leadUnit: text,
  appraiserUnit: text,
  dueOn: day,
  assignedOn: day,
  submittedOn: day,
  progress: number,
  estimate: oneOf(estimates),
  returns: number,
  extensions: number,
  round: number,
};

const domainOf = (field: string, definition: Definition): Domain | undefined => {
  if (Object.hasOwn(conditionFields, field)) return taskData[field];
  const formField = formFields(definition).find(({ key }) => field === `form.${key}`);
  return formField && domainOfForm(formField);
};

const domainOfForm = ({ type, choices = [] }: FormField): Domain => {
  switch (type) {
    case 'text':
      return text;
    case 'number':
    case 'percent':
      return number;
    case 'date':
      return day;
    case 'yes_no':
      return yesNo;
    case 'choice':
      return oneOf(choices);
    default:
      return type satisfies never;
  }
};

const formFields = ({ forms }: Definition): readonly FormField[] => forms.flatMap(({ fields }) => fields);
