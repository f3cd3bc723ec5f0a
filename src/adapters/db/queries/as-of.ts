// A programme's tasks as they had happened by one moment and were known at another.
// Moves, changes of hands, deadline decisions and declared estimates each run forward in time (decide.ts), so the last entry by number
// within both bounds is the state. Bounds: effective_at < the end of the day asked for; recorded_at <= the moment known.

/** Common table expression `known`; expects $1 programme, $2 end of the day (exclusive), $3 moment known (inclusive). */
export const knownTasks = `known as (
  select t.id, t.code, t.title, t.programme, led.lead_unit, t.lead_unit as leads_now, t.appraiser_unit, t.participants, t.field, t.kind,
    t.search, t.version, t.progress, t.followers,
    moved.category, moved.state, moved.submitted_on, due.due_on, declared.estimate, moved.recorded_at
  from task t
  cross join lateral (
    select e.category, e.state, e.submitted_on, e.recorded_at from task_event e
    where e.task_id = t.id and e.category is not null and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) moved
  cross join lateral (
    select e.due_on from task_event e
    where e.task_id = t.id and e.type in ('task.assigned', 'task.deadline_decided') and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) due
  cross join lateral (
    select e.lead_unit from task_event e
    where e.task_id = t.id and e.lead_unit is not null and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) led
  left join lateral (
    select e.estimate from task_event e
    where e.task_id = t.id and e.estimate is not null and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq desc limit 1) declared on true
  where t.programme = $1)`;
