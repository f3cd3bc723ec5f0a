// The detail of an entry as lines of name and value, whatever it holds.

import { day, moment, number } from '../../format.ts';

interface Words {
  readonly keys: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const civil = /^\d{4}-\d{2}-\d{2}$/;

const wordOf = (value: unknown, words: Words): string => {
  if (value === null || value === undefined || value === '') return words.nothing;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return instant.test(value) ? moment(value) : civil.test(value) ? day(value) : value;
  if (Array.isArray(value))
    return value.length === 0 ? words.nothing : value.map((one) => wordOf(one, words)).join('; ');
  return Object.entries(value as object)
    .map(([key, inner]) => `${words.keys[key] ?? key}: ${wordOf(inner, words)}`)
    .join(', ');
};

/** @returns name and value of each line; one level of objects is told in lines of their own */
export const readable = (
  detail: Readonly<Record<string, unknown>>,
  words: Words,
): readonly (readonly [string, string])[] =>
  Object.entries(detail).map(([key, value]) => [
    words.keys[key] ?? key,
    key === 'outcome' ? (words.outcomes[String(value)] ?? String(value)) : wordOf(value, words),
  ]);
