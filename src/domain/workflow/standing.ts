// In which capacity a person may make a move, and in whose seat. Asked at every move anew.

import { panelOf, type Seat, seatOf } from '../appraisal/panel.ts';
import { votes } from '../appraisal/voting.ts';
import { holdsTaskRole, unitsOf } from '../organisation/actor.ts';
import { can } from '../organisation/policy.ts';
import { conflictOfInterest } from '../organisation/separation.ts';
import { Refusal } from '../refusal.ts';
import { dayOf } from '../schedule/civil-date.ts';
import type { Circumstances } from './circumstances.ts';
import {
  type Appraisal,
  appraisalAnsweredBy,
  type Definition,
  type Outcome,
  outcomes,
  type TaskRole,
  type Transition,
} from './definition.ts';
import type { Task } from './task.ts';

export interface Standing {
  readonly capacity: TaskRole;
  /** The move answers this appraisal … */
  readonly appraisal?: Appraisal;
  /** … with this outcome … */
  readonly answer?: Outcome;
  /** … from this seat; absent when a role alone answers (the office confirms). */
  readonly seat?: Seat;
}

export const standingOf = (
  definition: Definition,
  transition: Transition,
  task: Task,
  circumstances: Circumstances,
): Standing | Refusal => {
  const { actor, unitLine } = circumstances;
  // Made when it is needed: an error that nobody sees costs its stack all the same.
  const denied = () => new Refusal('permission.denied', { transition: transition.key, by: transition.by });
  if (!actor) return denied();
  const moves = can(actor, 'task.move', { kind: 'task', task });
  const appraisal = appraisalAnsweredBy(definition, transition);
  if (!appraisal) {
    const capacity = transition.by.find((role) => holdsTaskRole(actor, role, task));
    return capacity === undefined || !moves ? denied() : { capacity };
  }
  // Separation first: an appraiser of the unit's own line learns the real reason, whatever roles they hold.
  const conflict = conflictOfInterest(actor, task, unitLine);
  if (conflict) return new Refusal('conflict_of_interest', { conflict, transition: transition.key });
  if (!moves) return denied();
  const answer = outcomes.find((outcome) => appraisal.outcomes[outcome] === transition.key) as Outcome;
  const role = transition.by.find((each) => each !== 'appraising_agency' && holdsTaskRole(actor, each, task));
  if (role !== undefined) {
    // Beside a panel a role may be held for the whole province: of nobody's line is only who is known to be of another.
    const unknown = transition.by.includes('appraising_agency') && unitsOf(actor).length === 0;
    if (unknown) return new Refusal('conflict_of_interest', { conflict: 'unit_unknown', transition: transition.key });
    return { capacity: role, appraisal, answer };
  }
  if (!transition.by.includes('appraising_agency')) return denied();
  const seat = seatFor(actor.id, task, circumstances);
  if (seat instanceof Refusal) return seat;
  if (!votes(appraisal, seat)) return new Refusal('appraisal.opinion_only', { unit: seat.unit });
  return { capacity: 'appraising_agency', appraisal, answer, seat };
};

/** The seat on the panel that this account fills now, or why it fills none. */
export const seatFor = (
  account: string,
  task: Task,
  { now, calendar, appraisers, unitLine }: Circumstances,
): Seat | Refusal => {
  const panel = panelOf(task, appraisers, unitLine, dayOf(now, calendar.zone));
  const seat = seatOf(account, panel);
  if (seat) return seat;
  const own = panel.seats.find((each) => each.seat === account);
  switch (own?.empty) {
    case 'submitter':
    case 'evidence_author':
    case 'own_line':
      return new Refusal('conflict_of_interest', { conflict: own.empty });
    case 'absent':
    case 'fills_another_seat':
      return new Refusal('appraisal.absent', { seat: account });
    default:
      return new Refusal(own ? 'appraisal.absent' : 'permission.denied', { by: ['appraising_agency'] });
  }
};
