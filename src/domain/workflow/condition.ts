// Guards are small declarative trees over the task's data: no scripts, no regular expressions from users.
// Bounds are checked at publishing (check.ts), so evaluating one costs microseconds.

import type { Task } from './task.ts';

export type Scalar = string | number | boolean;

export const comparisons = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'present', 'absent'] as const;
export type Comparison = (typeof comparisons)[number];

export interface Test {
  readonly field: string;
  readonly op: Comparison;
  readonly value?: Scalar | readonly Scalar[];
}
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Test;

export const conditionLimits = { depth: 5, nodes: 50 } as const;

/** What a guard may look at. Form fields are named `form.<key>`. */
export const conditionFields: Readonly<Record<string, (task: Task) => Scalar | null>> = {
  kind: (task) => task.kind,
  programme: (task) => task.programme,
  leadUnit: (task) => task.leadUnit,
  appraiserUnit: (task) => task.appraiserUnit,
  dueOn: (task) => task.dueOn,
  assignedOn: (task) => task.assignedOn,
  submittedOn: (task) => task.submittedOn,
  progress: (task) => task.progress,
  estimate: (task) => task.estimate,
  returns: (task) => task.returns,
  extensions: (task) => task.extensions,
  round: (task) => task.round,
};

export const holds = (condition: Condition, task: Task): boolean => {
  if ('all' in condition) return condition.all.every((part) => holds(part, task));
  if ('any' in condition) return condition.any.some((part) => holds(part, task));
  if ('not' in condition) return !holds(condition.not, task);
  return passes(condition, actualOf(condition.field, task));
};

const actualOf = (field: string, task: Task): Scalar | null => {
  if (field.startsWith('form.')) return formValue(field.slice('form.'.length), task);
  const read = Object.hasOwn(conditionFields, field) ? conditionFields[field] : undefined;
  if (!read) throw new Error(`A published guard names the unknown field ${field}.`);
  return read(task);
};

const formValue = (key: string, { fields }: Task): Scalar | null =>
  (Object.hasOwn(fields, key) ? fields[key] : undefined) ?? null;

const passes = ({ op, value }: Test, actual: Scalar | null): boolean => {
  switch (op) {
    case 'present':
      return actual !== null;
    case 'absent':
      return actual === null;
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'in':
      return Array.isArray(value) && actual !== null && value.includes(actual);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compares(op, actual, value);
    default:
      return op satisfies never;
  }
};

/** Order exists only between two numbers or two texts (civil dates are texts); anything else is false. */
const compares = (op: 'lt' | 'lte' | 'gt' | 'gte', actual: Scalar | null, value: Test['value']): boolean => {
  const comparable =
    (typeof actual === 'number' && typeof value === 'number') ||
    (typeof actual === 'string' && typeof value === 'string');
  if (!comparable) return false;
  const [a, b] = [actual as string | number, value as string | number];
  if (op === 'lt') return a < b;
  if (op === 'lte') return a <= b;
  if (op === 'gt') return a > b;
  return a >= b;
};
