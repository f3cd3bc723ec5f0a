/** workflow/urgings.ts in SQL, for counting over events `e` as of a day. */
export const isUrging = `(e.type = 'task.urged' or (e.type = 'task.timer_fired' and e.payload ->> 'action' <> 'remind'
    and e.payload -> 'to' ?| array['lead_unit.head', 'lead_unit.focal_point']))`;

/** Whether event `event` is the one that the round left on a task. @param round SQL of its id as text */
export const urgedInRound = (event: string, round: string): string => `${event}.cause = 'urging-round:' || ${round}`;
