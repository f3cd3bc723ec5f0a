/** workflow/urgings.ts in SQL, for counting over events `e` as of a day. */
export const isUrging = `(e.type = 'task.urged' or (e.type = 'task.timer_fired' and e.payload ->> 'action' <> 'remind'
    and e.payload -> 'to' ?| array['lead_unit.head', 'lead_unit.focal_point']))`;
