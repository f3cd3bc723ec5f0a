// Who acts, and whether they hold a role on one task. Roles attach to a unit or a programme, not to the system.

import type { TaskRole } from '../workflow/definition.ts';
import type { Task } from '../workflow/task.ts';
import type { Scope } from './access.ts';

export const roles = [
  'administrator',
  'office',
  'specialist',
  'head',
  'focal_point',
  'member',
  'appraiser',
  'aggregator',
  'leader',
  'operator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

export interface Membership {
  readonly role: Role;
  /** For head, focal_point, member and appraiser: the unit they act for. For a specialist: a unit they follow. */
  readonly unit?: string | undefined;
  /** For aggregator: the programme they aggregate. For a specialist: one they follow. */
  readonly programme?: string | undefined;
  /** Lĩnh vực an appraiser or a specialist has in charge; absent: all. */
  readonly field?: string | undefined;
}

/** An absent member for whom somebody acts at present. */
export interface StandsInFor {
  readonly account: string;
  /** The agency for which the absent member appraises. */
  readonly unit: string;
  /** The absent member's field; absent: all. */
  readonly field?: string | undefined;
}

/** A unit that is no more, and one of the actor's units to which its work went. */
export interface Succession {
  readonly former: string;
  readonly unit: string;
}

export interface Actor {
  readonly id: string;
  readonly name: string;
  /** Those in force on the day. */
  readonly memberships: readonly Membership[];
  /** Where the request came from, for the audit list. */
  readonly address?: string | undefined;
  readonly standsInFor?: readonly StandsInFor[];
  /** Through all reorganisations; what such a unit had finished stays under its name, and its successor answers for it. */
  readonly succeeds?: readonly Succession[];
  /** Names what the rights above were read from. A write stands only while the database would still say the same. */
  readonly standing?: string;
  /** They came by API token, and may do no more than this; absent: in a session, or not over the API at all. */
  readonly scopes?: readonly Scope[] | undefined;
}

export const hasRole = (actor: Actor, ...wanted: readonly Role[]): boolean =>
  actor.memberships.some(({ role }) => wanted.includes(role));

/** The parts of a task by which its roles are resolved. */
export type RoleTask = Pick<
  Task,
  'programme' | 'leadUnit' | 'appraiserUnit' | 'participants' | 'field' | 'submittedBy'
>;

/** Does the actor hold this role of a definition on this task? */
export const holdsTaskRole = (actor: Actor, role: TaskRole, task: RoleTask): boolean => {
  switch (role) {
    case 'lead_unit.head':
      return actsFor(actor, 'head', task.leadUnit);
    case 'lead_unit.focal_point':
      return actsFor(actor, 'focal_point', task.leadUnit);
    case 'appraising_agency':
      return agenciesOf(task).some((unit) => appraises(actor, unit, task));
    case 'office':
      return hasRole(actor, 'office');
    case 'province_leader':
      return hasRole(actor, 'leader');
    case 'administrator':
      return hasRole(actor, 'administrator');
    case 'submitter':
      return actor.id === task.submittedBy;
    case 'specialist':
      return actor.memberships.some((held) => held.role === 'specialist' && follows(held, task));
    case 'aggregator':
      return actor.memberships.some((held) => held.role === 'aggregator' && held.programme === task.programme);
    default:
      return role satisfies never;
  }
};

/** The agency that leads the appraisal, and those that take part. */
export const agenciesOf = ({ appraiserUnit, participants }: Pick<Task, 'appraiserUnit' | 'participants'>) =>
  appraiserUnit === null ? [] : [appraiserUnit, ...participants];

const appraises = (actor: Actor, unit: string, { field }: Pick<Task, 'field'>): boolean =>
  actor.memberships.some(
    (held) => held.role === 'appraiser' && held.unit === unit && (held.field === undefined || held.field === field),
  ) ||
  (actor.standsInFor ?? []).some(
    (absent) => absent.unit === unit && (absent.field === undefined || absent.field === field),
  );

/** A follow-up specialist has what matches every bound of the membership (letter 000 a: by sector in charge). */
export const follows = (
  { unit, programme, field }: Membership,
  task: Pick<Task, 'leadUnit' | 'programme' | 'field'>,
): boolean =>
  (unit === undefined || unit === task.leadUnit) &&
  (programme === undefined || programme === task.programme) &&
  (field === undefined || field === task.field);

const actsFor = (actor: Actor, role: Role, unit: string): boolean =>
  actor.memberships.some((membership) => membership.role === role && membership.unit === unit);

/** The units an actor belongs to in any capacity; those a specialist follows are not theirs. */
export const unitsOf = (actor: Actor): readonly string[] =>
  actor.memberships.flatMap(({ role, unit }) => (unit === undefined || role === 'specialist' ? [] : [unit]));
