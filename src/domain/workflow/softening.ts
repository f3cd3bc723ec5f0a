// Central agencies in the province are addressees of its letters and not its subordinates (letter 002 names them apart;
// domain rule P5): what would escalate against them becomes a reminder to the office, which writes politely or calls.

import type { AddressedAction } from '../schedule/owed-timers.ts';
import type { TimerAnchor } from './definition.ts';
import type { Task } from './task.ts';

/** What the office reads in place of an escalation. */
export const softenedAction: AddressedAction = { action: 'remind', to: ['office'] };

export const softened = (
  action: AddressedAction,
  { anchor }: { readonly anchor: TimerAnchor | 'answer_by' },
  { leadUnit, appraiserUnit }: Pick<Task, 'leadUnit' | 'appraiserUnit'>,
  centralUnits: readonly string[],
): AddressedAction & { readonly softened?: true } => {
  const late = anchor === 'appraise_by' ? appraiserUnit : leadUnit;
  return action.action === 'escalate' && late !== null && centralUnits.includes(late)
    ? { ...softenedAction, softened: true }
    : action;
};
