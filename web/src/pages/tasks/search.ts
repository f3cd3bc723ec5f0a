// The address of the list is the request of the list and of its export: one grammar, the same rows everywhere.

import { categories } from '../../kit/state-mark.tsx';
import { common } from '../../text/common.ts';

export interface TaskSearch {
  readonly q?: string;
  readonly programme?: string;
  readonly unit?: string;
  readonly category?: string;
  readonly deadline?: string;
  readonly estimate?: string;
  readonly bloc?: string;
  readonly appraiser?: string;
  readonly kind?: string;
  readonly dueFrom?: string;
  readonly dueTo?: string;
  /** Urging round in which they were urged. */
  readonly urgedIn?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly sort?: string;
  /** The task that lies open over the list. */
  readonly open?: string;
}

export const taskSorts = ['code', 'dueOn', '-dueOn', '-recordedAt', 'recordedAt', '-code'] as const;

const listWithin = (known: readonly string[]) => (value: string) =>
  value.split(',').every((one) => known.includes(one));
const short = (value: string) => value.length <= 200;
const aDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);
const anId = (value: string) => /^[0-9a-f-]{36}$/.test(value);
const checks: Readonly<Record<keyof TaskSearch, (value: string) => boolean>> = {
  q: short,
  programme: short,
  unit: short,
  category: listWithin(categories),
  deadline: listWithin(Object.keys(common.vi.deadlines)),
  estimate: listWithin(Object.keys(common.vi.estimates)),
  bloc: short,
  appraiser: short,
  kind: listWithin(['common', 'template', 'own']),
  dueFrom: aDay,
  dueTo: aDay,
  urgedIn: anId,
  asOf: aDay,
  knownAt: short,
  open: anId,
  sort: (value) => (taskSorts as readonly string[]).includes(value),
};

/** What an address says, without what this list does not know. */
export const taskSearchOf = (given: Record<string, unknown>): TaskSearch =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([key, isGood]) => {
      const value = given[key];
      const text = typeof value === 'number' ? String(value) : value;
      return typeof text === 'string' && text !== '' && isGood(text) ? [[key, text]] : [];
    }),
  );
