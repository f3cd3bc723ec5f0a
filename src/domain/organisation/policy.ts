// Who may do what outside the workflow's own transitions. One table, asked by every door.

import type { Task } from '../workflow/task.ts';
import { type Actor, agenciesOf, follows, hasRole, type Role, unitsOf } from './actor.ts';

/** Actions and the roles that hold them. Transitions are not here: the definition names their roles. */
const allowed = {
  'definition.write': ['administrator'],
  'definition.read': [
    'administrator',
    'office',
    'leader',
    'auditor',
    'operator',
    'aggregator',
    'head',
    'focal_point',
    'appraiser',
  ],
  'programme.write': ['administrator'],
  'organisation.write': ['administrator'],
  'organisation.read': [
    'administrator',
    'office',
    'leader',
    'auditor',
    'operator',
    'aggregator',
    'head',
    'focal_point',
    'appraiser',
  ],
  'task.import': ['administrator', 'office', 'aggregator'],
  'report.read': ['administrator', 'office', 'leader', 'auditor', 'aggregator', 'head', 'focal_point', 'appraiser'],
  'report.freeze': ['administrator', 'office', 'aggregator'],
  'operations.read': ['operator', 'administrator', 'auditor'],
  'operations.act': ['operator'],
  'operations.board': ['operator', 'administrator'],
  'appraisal.incidents': ['operator', 'administrator', 'office', 'auditor'],
  'audit.read': ['auditor', 'administrator'],
  'audit.seal': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof allowed;

export const may = (actor: Actor, action: Action): boolean => hasRole(actor, ...allowed[action]);

/** Roles that see every task of the province. */
export const seesAllTasks = (actor: Actor): boolean =>
  hasRole(actor, 'administrator', 'office', 'leader', 'auditor', 'aggregator');

/** Others see what their unit leads, appraises or takes part in appraising, for themselves or for an absent member. */
export const mayReadTask = (
  actor: Actor,
  task: Pick<Task, 'programme' | 'field' | 'leadUnit' | 'appraiserUnit' | 'participants'>,
): boolean =>
  seesAllTasks(actor) ||
  unitsActedFor(actor).some((unit) => unit === task.leadUnit || agenciesOf(task).includes(unit)) ||
  actor.memberships.some((held) => held.role === 'specialist' && follows(held, task));

/** The actor's units, and the agencies where they stand in for somebody. */
export const unitsActedFor = (actor: Actor): readonly string[] => [
  ...unitsOf(actor),
  ...(actor.standsInFor ?? []).map(({ unit }) => unit),
];
