// What has ended is opened again by two persons, within the programme's window, and never across figures that are frozen:
// an engine rule for every workflow, because a signed report has counted on the end (domain: done / not_done -> in_progress).

import { Refusal } from '../refusal.ts';
import { addDays, dayOf } from '../schedule/civil-date.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import { isFinal, type State, type Transition } from './definition.ts';
import type { MoveProposed, Task } from './task.ts';

export const reopens = ({ category }: Pick<Task, 'category'>, to: Pick<State, 'category'>): boolean =>
  isFinal(category) && !isFinal(to.category);

export const refuseReopening = (
  { finishedOn, proposal }: Task,
  { key }: Transition,
  { now, calendar, programme, frozenOn, actor }: Circumstances,
): Refusal | undefined => {
  if (finishedOn !== null && frozenOn !== null && finishedOn <= frozenOn)
    return new Refusal('reopening.frozen', { finishedOn, frozenOn });
  const until = finishedOn === null ? null : addDays(finishedOn, programme.reopenDays);
  if (until !== null && dayOf(now, calendar.zone) > until)
    return new Refusal('reopening.window_closed', { finishedOn, until });
  if (proposal?.transition === key && proposal.by === actor?.id)
    return new Refusal('reopening.second_person', { proposedBy: proposal.by });
  return undefined;
};

/** The first of the two persons: recorded, and nothing moves. */
export const proposeReopening = (
  carrier: Omit<MoveProposed, 'type' | 'payload'>,
  { key }: Transition,
  { fields, reason, document, late }: Omit<MoveProposed['payload'], 'transition'>,
): Decision => ({
  events: [
    {
      ...carrier,
      type: 'task.move_proposed',
      payload: {
        transition: key,
        ...(fields ? { fields } : {}),
        ...(reason ? { reason } : {}),
        ...(document ? { document } : {}),
        ...(late ? { late } : {}),
      },
    },
  ],
});
