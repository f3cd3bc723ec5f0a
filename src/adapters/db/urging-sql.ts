import { urgedRoles } from '../../domain/workflow/urgings.ts';

/** workflow/urgings.ts in SQL, for counting over events `e` as of a day. */
export const isUrging = `(e.type = 'task.urged' or (e.type = 'task.timer_fired' and e.payload ->> 'action' <> 'remind'
    and e.payload -> 'to' ?| array[${urgedRoles.map((role) => `'${role}'`).join(', ')}]))`;
