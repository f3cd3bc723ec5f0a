// Who acts, and whether they hold a role on one task. Roles attach to a unit or a programme, not to the system.

import type { TaskRole } from '../workflow/definition.ts';
import type { Task } from '../workflow/task.ts';

export const roles = [
  'administrator',
  'office',
  'head',
  'focal_point',
  'appraiser',
  'aggregator',
  'leader',
  'operator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

export interface Membership {
  readonly role: Role;
  /** For head, focal_point and appraiser: the unit they act for. */
  readonly unit?: string | undefined;
  /** For aggregator: the programme they aggregate. */
  readonly programme?: string | undefined;
}

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
  /** Where the request came from, for the audit list. */
  readonly address?: string | undefined;
}

export const hasRole = (actor: Actor, ...wanted: readonly Role[]): boolean =>
  actor.memberships.some(({ role }) => wanted.includes(role));

/** Does the actor hold this role of a definition on this task? */
export const holdsTaskRole = (
  actor: Actor,
  role: TaskRole,
  task: Pick<Task, 'leadUnit' | 'appraiserUnit' | 'submittedBy'>,
): boolean => {
  switch (role) {
    case 'lead_unit.head':
      return actsFor(actor, 'head', task.leadUnit);
    case 'lead_unit.focal_point':
      return actsFor(actor, 'focal_point', task.leadUnit);
    case 'appraising_agency':
      return task.appraiserUnit !== null && actsFor(actor, 'appraiser', task.appraiserUnit);
    case 'office':
      return hasRole(actor, 'office');
    case 'province_leader':
      return hasRole(actor, 'leader');
    case 'administrator':
      return hasRole(actor, 'administrator');
    case 'submitter':
      return actor.id === task.submittedBy;
    default:
      return role satisfies never;
  }
};

const actsFor = (actor: Actor, role: Role, unit: string): boolean =>
  actor.memberships.some((membership) => membership.role === role && membership.unit === unit);

/** The units an actor belongs to in any capacity. */
export const unitsOf = (actor: Actor): readonly string[] =>
  actor.memberships.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
