// Whom a role of a definition means on one task, as a membership to look for or as one person.
// The same rules as holdsTaskRole (actor.ts), asked the other way round; a test holds the two together.

import type { TaskRole } from '../workflow/definition.ts';
import type { Task } from '../workflow/task.ts';
import type { Role } from './actor.ts';

export type Addressee =
  /** Everyone with this membership; `unit` null: whatever the unit. */
  { readonly role: Role; readonly unit: string | null } | { readonly account: string };

/** Undefined when the task has nobody in this role: no appraising agency named, not submitted yet. */
export const addresseeOf = (
  role: TaskRole,
  task: Pick<Task, 'leadUnit' | 'appraiserUnit' | 'submittedBy'>,
): Addressee | undefined => {
  switch (role) {
    case 'lead_unit.head':
      return { role: 'head', unit: task.leadUnit };
    case 'lead_unit.focal_point':
      return { role: 'focal_point', unit: task.leadUnit };
    case 'appraising_agency':
      return task.appraiserUnit === null ? undefined : { role: 'appraiser', unit: task.appraiserUnit };
    case 'office':
      return { role: 'office', unit: null };
    case 'province_leader':
      return { role: 'leader', unit: null };
    case 'administrator':
      return { role: 'administrator', unit: null };
    case 'submitter':
      return task.submittedBy === null ? undefined : { account: task.submittedBy };
    default:
      return role satisfies never;
  }
};
