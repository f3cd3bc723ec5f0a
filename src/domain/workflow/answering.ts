// Who answers a difficulty: asked when one is answered, and wherever an answer is offered.

import type { Actor } from '../organisation/actor.ts';
import { type BoundTask, can, capacityFor } from '../organisation/policy.ts';

/**
 * As what somebody answers a difficulty of the task; undefined: not at all.
 * @param unit to which the difficulty is put; null: to the office or the province
 */
export const answererOf = (actor: Actor, task: BoundTask, unit: string | null): string | undefined => {
  // Nobody answers what their own unit has asked.
  const addressed = unit === null || unit === task.leadUnit ? [] : [unit];
  if (!can(actor, 'task.answer_difficulty', { kind: 'task', task, addressed })) return undefined;
  const capacity = capacityFor(actor, 'task.answer_difficulty', task) ?? 'addressed_unit';
  // An agency answers what was put to it, and nothing that was put to the office or the province.
  const asked = unit !== null && actor.memberships.some((membership) => membership.unit === unit);
  return capacity === 'appraising_agency' && !asked ? undefined : capacity;
};
