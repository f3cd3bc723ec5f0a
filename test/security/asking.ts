// How each route is asked so that it gets past everything but the question who asks, and changes nothing. Each part of
// the API has a file of its own; who adds one names it in the list below, and its rows in a table beside it.

import type { Asked } from '../support/client.ts';
import type { Office } from '../support/http-office.ts';
import { auditWays } from './asking-audit.ts';
import { documentWays } from './asking-documents.ts';
import { followingWays } from './asking-following.ts';
import { operationsWays } from './asking-operations.ts';
import { organisationWays } from './asking-organisation.ts';
import { peopleWays } from './asking-people.ts';
import { registrationWays } from './asking-registration.ts';
import { reportingWays } from './asking-reporting.ts';
import { runWays } from './asking-runs.ts';
import { taskWays } from './asking-tasks.ts';
import type { Place } from './ground.ts';

export interface Ask {
  readonly url: string;
  readonly body?: unknown;
  readonly asked?: Asked;
  /** What a GET answers to whoever is let through; absent: 200. */
  readonly passes?: number;
  /** Ends sessions of whoever asks: asked in one of its own, and the others are not used again. */
  readonly endsSessions?: true;
}
export type Asking = (place: Place, office: Office) => Ask | Promise<Ask>;
/** By "method path". */
export type Ways = Readonly<Record<string, Asking>>;

const parts: readonly Ways[] = [
  taskWays,
  peopleWays,
  organisationWays,
  auditWays,
  operationsWays,
  registrationWays,
  followingWays,
  documentWays,
  runWays,
  reportingWays,
];

/** @throws Error when two parts name the same route */
const merged = (all: readonly Ways[]): Ways => {
  const entries = all.flatMap((ways) => Object.entries(ways));
  const names = entries.map(([name]) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`Asked in two ways: ${twice.join(', ')}`);
  return Object.fromEntries(entries);
};

export const asking: Ways = merged(parts);
