// Whom a role of a definition means on one task, as a membership to look for or as one person.
// The same rules as holdsTaskRole (actor.ts), asked the other way round; a test holds the two together.

import type { TaskRole } from '../workflow/definition.ts';
import { agenciesOf, type Role, type RoleTask } from './actor.ts';

export type Addressee =
  /** Everyone with this membership; `unit` null: whatever the unit. Memberships bound to a field mean that field only. */
  | {
      readonly role: Role;
      readonly unit: string | null;
      readonly programme?: string;
      readonly field?: string | null;
    }
  /** One person; with a unit: as long as they are of it. */
  | { readonly account: string; readonly unit?: string };

/** Empty when the task has nobody in this role: no appraising agency named, not submitted yet. */
export const addresseesOf = (role: TaskRole, task: RoleTask): readonly Addressee[] => {
  switch (role) {
    case 'lead_unit.head':
      return [{ role: 'head', unit: task.leadUnit }];
    case 'lead_unit.focal_point':
      return [{ role: 'focal_point', unit: task.leadUnit }];
    case 'appraising_agency':
      return agenciesOf(task).map((unit) => ({ role: 'appraiser', unit, field: task.field }));
    case 'office':
      return [{ role: 'office', unit: null }];
    case 'province_leader':
      return [{ role: 'leader', unit: null }];
    case 'administrator':
      return [{ role: 'administrator', unit: null }];
    case 'submitter':
      return task.submittedBy === null ? [] : [{ account: task.submittedBy }];
    case 'specialist':
      return [{ role: 'specialist', unit: task.leadUnit, programme: task.programme, field: task.field }];
    case 'aggregator':
      return [{ role: 'aggregator', unit: null, programme: task.programme }];
    default:
      return role satisfies never;
  }
};
