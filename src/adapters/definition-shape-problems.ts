// Zod's issues as problems in the words of the product. Zod tells what a schema wanted; we tell the way out.

import type { z } from 'zod';
import { type Problem, pointerOf, problem } from '../domain/workflow/problem.ts';

type Issue = z.core.$ZodIssue;

export const structuralProblems = (issues: readonly Issue[], input: unknown): readonly Problem[] => {
  const found = issues.flatMap((issue) => problemsOf(issue, [], input));
  // A text that is empty breaks several rules at once; one problem of a kind per place is enough.
  const seen = new Set<string>();
  return found.filter(({ pointer, code }) => {
    const id = `${pointer}\n${code}`;
    return seen.has(id) ? false : seen.add(id) !== undefined;
  });
};

const problemsOf = (issue: Issue, base: readonly PropertyKey[], input: unknown): readonly Problem[] => {
  const path = [...base, ...issue.path];
  const pointer = pointerOf(path);
  const value = valueAt(input, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => problem('shape.unknown_key', pointerOf([...path, key]), key));
    case 'invalid_type':
      return [
        problem(
          value === undefined ? 'shape.missing' : 'shape.type',
          pointer,
          examples[issue.expected] ?? issue.expected,
        ),
      ];
    case 'invalid_value': {
      const choices = issue.values.map(String).join(', ');
      return [problem(value === undefined ? 'shape.missing' : 'shape.choice', pointer, choices)];
    }
    case 'too_small':
      return [problem('shape.size', pointer, `≥ ${issue.minimum}`)];
    case 'too_big':
      return [problem('shape.size', pointer, `≤ ${issue.maximum}`)];
    case 'invalid_format':
      return [problem(issue.pattern?.startsWith('/^[a-z]') ? 'shape.key' : 'shape.text', pointer)];
    case 'invalid_union':
      return problemsOfUnion(issue, path, input, value);
    default:
      return [problem('shape.type', pointer, issue.code)];
  }
};

/** A union fails in all its branches; only the branch that was meant is worth hearing about. */
const problemsOfUnion = (
  { errors }: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  input: unknown,
  value: unknown,
): readonly Problem[] => {
  const pointer = pointerOf(path);
  const meant = (branch: number) => (errors[branch] ?? []).flatMap((issue) => problemsOf(issue, path, input));
  if (value === undefined) return [problem('shape.missing', pointer, expectedAt(path))];
  if (path.at(-1) === 'value' || path.at(-2) === 'value') return [problem('shape.type', pointer, scalars)];
  if (!isRecord(value)) {
    if (typeof value === 'string' && !path.includes('when')) return meant(0);
    return [problem('shape.type', pointer, expectedAt(path))];
  }
  if (!path.includes('when')) return meant(1);
  const branch = ['all', 'any', 'not'].findIndex((name) => Object.hasOwn(value, name));
  return meant(branch === -1 ? 3 : branch);
};

/** How a value of the type is written; the same in both languages. */
const examples: Readonly<Record<string, string>> = {
  array: '[…]',
  object: '{…}',
  string: '"…"',
  number: '1, 2, 3…',
  int: '1, 2, 3…',
  boolean: 'true',
};

const scalars = 'text, number, true, false, […]';

const expectedAt = (path: readonly PropertyKey[]): string =>
  path.includes('when')
    ? '{"all": […]}, {"any": […]}, {"not": …}, {"field", "op", "value"}'
    : '"P3D", {"workingDays": 5}';

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Readonly<Record<PropertyKey, unknown>>)[segment]
        : undefined,
    input,
  );
