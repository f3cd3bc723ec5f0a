// Separation of duties: who may not answer an appraisal, whatever role they hold.
// Source: domain rule P2 (a unit must not appraise itself) and the exclusions of the appraisal contract:
// the submitter, the authors of the evidence, and people of the appraised unit's line (unit, parents, children).

import type { Task } from '../workflow/task.ts';
import { type Actor, unitsOf } from './actor.ts';

export type Conflict = 'submitter' | 'evidence_author' | 'own_line';

export const conflictOfInterest = (
  actor: Actor,
  task: Pick<Task, 'submittedBy' | 'evidenceBy'>,
  unitLine: readonly string[],
): Conflict | undefined => {
  if (actor.id === task.submittedBy) return 'submitter';
  if (task.evidenceBy.includes(actor.id)) return 'evidence_author';
  if (unitsOf(actor).some((unit) => unitLine.includes(unit))) return 'own_line';
  return undefined;
};
