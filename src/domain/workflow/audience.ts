// Whom an event concerns, and how soon they should hear of it.

import { type Holder, isFinal, type TaskRole } from './definition.ts';
import type { Addressee } from './following.ts';
import type { TaskEvent } from './task.ts';

/** A role on the task, the unit to which a difficulty is put, or who follows the task and who did. */
export type Hearer = TaskRole | 'addressed_unit' | 'named_follower';

export interface Audience {
  readonly to: readonly Hearer[];
  /** Which unit `addressed_unit` is. */
  readonly unit?: string;
  /** Who `named_follower` is. */
  readonly accounts?: readonly string[];
  /** `now`: at once, outside quiet hours; `digest`: with the next working morning's summary. */
  readonly urgency: 'now' | 'digest';
}

const nobody: Audience = { to: [], urgency: 'digest' };
const leadUnit: readonly TaskRole[] = ['lead_unit.focal_point', 'lead_unit.head'];

const appraisers: readonly TaskRole[] = ['appraising_agency'];

const reviewersHolding = (holder: Holder | null): readonly TaskRole[] => {
  if (holder === 'office') return ['office'];
  return holder === 'province' ? ['province_leader'] : ['appraising_agency'];
};

/** Beside the office, which hears of every difficulty. */
const answerers = (addressee: Addressee): readonly Hearer[] => {
  if (addressee === 'office') return [];
  return addressee === 'province' ? ['province_leader'] : ['addressed_unit'];
};

const putTo = ({ unit }: { readonly unit?: string }): Pick<Audience, 'unit'> => (unit === undefined ? {} : { unit });

export const audienceOf = (event: TaskEvent): Audience => {
  switch (event.type) {
    case 'task.assigned':
      return { to: leadUnit, urgency: 'digest' };
    case 'task.moved':
      // A panel that cannot decide is for the office to mend, at once.
      if (event.payload.incident) return { to: ['office'], urgency: 'now' };
      if (event.payload.category === 'awaiting_appraisal')
        return { to: reviewersHolding(event.payload.holder), urgency: 'digest' };
      if (event.payload.answer === 'returned' || event.payload.category === 'stopped')
        return { to: leadUnit, urgency: 'now' };
      return isFinal(event.payload.category) ? { to: leadUnit, urgency: 'digest' } : nobody;
    case 'task.deadline_decided':
      return { to: leadUnit, urgency: 'digest' };
    case 'task.timer_fired':
      return { to: event.payload.to, ...putTo(event.payload), urgency: 'digest' };
    case 'task.recalled':
    case 'task.information_given':
    case 'task.opinion_given':
    case 'task.reassigned':
      return { to: ['appraising_agency'], urgency: 'digest' };
    case 'task.transferred':
      return {
        to: [...(event.payload.to === undefined ? [] : leadUnit), ...(event.payload.appraisal ? appraisers : [])],
        urgency: 'digest',
      };
    case 'task.information_requested':
      return { to: leadUnit, urgency: 'now' };
    case 'task.difficulty_reported':
      // Kịp thời báo cáo: upward at once (letter 000 a).
      return {
        // What a follower writes down on the unit's behalf, the unit has to know.
        to: [
          'office',
          'specialist',
          ...(event.capacity.startsWith('lead_unit.') ? [] : leadUnit),
          ...answerers(event.payload.addressee),
        ],
        ...putTo(event.payload),
        urgency: 'now',
      };
    case 'task.difficulty_redirected':
      return {
        to: ['office', ...leadUnit, ...answerers(event.payload.addressee)],
        ...putTo(event.payload),
        urgency: 'now',
      };
    case 'task.difficulty_answered':
      return { to: leadUnit, urgency: 'now' };
    case 'task.extension_requested':
    case 'task.explained':
      return { to: ['office'], urgency: 'digest' };
    case 'task.follower_named': {
      const { follower, previous } = event.payload;
      return { to: ['named_follower'], accounts: [follower, previous].filter((id) => id !== null), urgency: 'now' };
    }
    case 'task.deadline_proposed':
      return { to: ['office', 'province_leader'], urgency: 'digest' };
    case 'task.cause_judged':
      return { to: leadUnit, urgency: 'digest' };
    case 'task.urged':
      // Who was called or spoken to has heard it.
      return event.payload.channel === 'system' || event.payload.channel === 'letter'
        ? { to: leadUnit, urgency: 'digest' }
        : nobody;
    case 'task.move_proposed':
      return { to: ['office'], urgency: 'now' };
    case 'task.vote_cast':
    case 'task.progress_reported':
    case 'task.timer_skipped':
      return nobody;
    default:
      return event satisfies never;
  }
};
