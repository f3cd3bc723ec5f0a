// Whom an event concerns, and how soon they should hear of it.

import { isFinal, type TaskRole } from './definition.ts';
import type { TaskEvent } from './task.ts';

export interface Audience {
  readonly to: readonly TaskRole[];
  /** `now`: at once, outside quiet hours; `digest`: with the next working morning's summary. */
  readonly urgency: 'now' | 'digest';
}

const nobody: Audience = { to: [], urgency: 'digest' };
const leadUnit: readonly TaskRole[] = ['lead_unit.focal_point', 'lead_unit.head'];

export const audienceOf = (event: TaskEvent): Audience => {
  switch (event.type) {
    case 'task.assigned':
      return { to: leadUnit, urgency: 'digest' };
    case 'task.moved':
      if (event.payload.category === 'awaiting_appraisal')
        return { to: event.payload.holder === 'office' ? ['office'] : ['appraising_agency'], urgency: 'digest' };
      if (event.payload.answer === 'returned' || event.payload.category === 'stopped')
        return { to: leadUnit, urgency: 'now' };
      return isFinal(event.payload.category) ? { to: leadUnit, urgency: 'digest' } : nobody;
    case 'task.deadline_decided':
      return { to: leadUnit, urgency: 'digest' };
    case 'task.timer_fired':
      return { to: event.payload.to, urgency: 'digest' };
    case 'task.progress_reported':
    case 'task.timer_skipped':
      return nobody;
    default:
      return event satisfies never;
  }
};
