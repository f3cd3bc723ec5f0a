// What a transition asks for and the command does not bring, all of it at once.

import { isCivilDate } from '../schedule/civil-date.ts';
import type { Scalar } from './condition.ts';
import type { Definition, FormField, Requirement, Transition } from './definition.ts';
import type { MoveTask, Task } from './task.ts';

export interface Missing {
  /** JSON pointer into the command. */
  readonly pointer: string;
  readonly what: 'field' | 'field_type' | 'field_unknown' | 'evidence' | 'reason' | 'document';
  readonly least?: number;
}

export const missingRequirements = (
  definition: Definition,
  { require = {} }: Transition,
  command: MoveTask,
  { secret }: Pick<Task, 'secret'>,
): readonly Missing[] => {
  const missing: Missing[] = [];
  const form = definition.forms.find(({ key }) => key === require.form);
  missing.push(...fieldProblems((form?.fields ?? []).map(secret ? withoutContent : asItIs), command.fields ?? {}));
  // What cannot be given for secret work (secrecy.ts) is not asked for either.
  if (!secret) missing.push(...contentMissing(require, command));
  if (require.document && !command.document) missing.push({ pointer: '/document', what: 'document' });
  return missing;
};

const contentMissing = (require: Requirement, command: MoveTask): readonly Missing[] => {
  const missing: Missing[] = [];
  const evidence = command.evidence?.length ?? 0;
  if (require.evidence !== undefined && evidence < require.evidence)
    missing.push({ pointer: '/evidence', what: 'evidence', least: require.evidence });
  if (require.reason && !command.reason?.trim()) missing.push({ pointer: '/reason', what: 'reason' });
  return missing;
};

const asItIs = (field: FormField): FormField => field;
const withoutContent = ({ required, ...field }: FormField): FormField =>
  required && !holdsText(field) ? { ...field, required } : field;
const holdsText = ({ type }: Pick<FormField, 'type'>): boolean =>
  type === 'text' || type === 'choice' || type === 'date';

const fieldProblems = (fields: readonly FormField[], values: Readonly<Record<string, Scalar>>): readonly Missing[] => {
  const known = new Set(fields.map(({ key }) => key));
  const unknown = Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key): Missing => ({ pointer: `/fields/${escapePointer(key)}`, what: 'field_unknown' }));
  return [...unknown, ...fields.flatMap((field) => fieldProblem(field, values))];
};

const fieldProblem = (field: FormField, values: Readonly<Record<string, Scalar>>): readonly Missing[] => {
  const pointer = `/fields/${escapePointer(field.key)}`;
  const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
  if (value === undefined || value === '') return field.required ? [{ pointer, what: 'field' }] : [];
  return fits(field, value) ? [] : [{ pointer, what: 'field_type' }];
};

const fits = ({ type, choices = [] }: FormField, value: Scalar): boolean => {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'percent':
      return typeof value === 'number' && value >= 0 && value <= 100;
    case 'yes_no':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isCivilDate(value);
    case 'choice':
      return typeof value === 'string' && choices.includes(value);
    default:
      return type satisfies never;
  }
};

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
