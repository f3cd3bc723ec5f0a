// What counts as an urging, once for all lists: "lần đôn đốc" of the task, of the letter's annexes and of periodic reports.

import type { TaskRole } from './definition.ts';
import type { TaskEvent } from './task.ts';

/** Who is urged. What a timer tells the office or the appraisers is no urging of the unit. */
const urgedRoles = ['lead_unit.head', 'lead_unit.focal_point'] as const satisfies readonly TaskRole[];

/**
 * A line of a round that was sent, a call, a letter or a meeting; or a timer that did more than remind and spoke to the unit.
 * Levels that an outage collapsed were sent once, and count once. In SQL: adapters/db/urging-sql.ts.
 */
export const isUrging = (event: TaskEvent): boolean =>
  event.type === 'task.urged' ||
  (event.type === 'task.timer_fired' &&
    event.payload.action !== 'remind' &&
    event.payload.to.some((role) => urgedRoles.some((urged) => urged === role)));
