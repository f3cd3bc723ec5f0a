import type pg from 'pg';
import type { ReadUrgedRounds } from '../../../application/reports/urging-effect.ts';
import type { UrgedRound } from '../../../domain/reporting/urging-effect.ts';
import { urgedInRound } from '../urging-sql.ts';
import { deadlineClassSql } from './tasks.ts';

/**
 * From the events that a round leaves on its tasks, not from its lines: these say when somebody was urged and when that was
 * recorded, so a past day has the figures of then.
 */
export const urgedRounds =
  (pool: pg.Pool): ReadUrgedRounds =>
  async (programme, { asOf, before, known }, days) => {
    const { rows } = await pool.query<UrgedRound>({
      name: 'urging-effect',
      text: effectText,
      values: [programme, before, known, asOf, days],
    });
    return rows;
  };

/** $1 programme, $2 end of the day (exclusive), $3 moment known (inclusive), $4 the day, $5 days after which a round is read. */
const effectText = `with sent as (
    select r.id, r.as_of, l.task_id, e.effective_at, c.zone, p.soon_days
    from urging_round r join programme p on p.code = r.programme join calendar c on c.key = p.calendar
      join urging_line l on l.round = r.id
      join task_event e on e.task_id = l.task_id and ${urgedInRound('e', 'r.id')} and e.effective_at < $2 and e.recorded_at <= $3
    where r.programme = $1),
  rounds as (
    select id, as_of, zone, max((effective_at at time zone zone)::date) as sent_on from sent group by id, as_of, zone),
  read as (
    select *, least(sent_on + $5::integer, $4::date) as read_on from rounds),
  stood as (
    select r.id, r.read_on, s.soon_days, moved.category, moved.submitted_on, due.due_on
    from read r join sent s on s.id = r.id
      cross join lateral (select ((r.read_on + 1)::timestamp at time zone r.zone) as after) day
      cross join lateral (
        select e.category, e.submitted_on from task_event e
        where e.task_id = s.task_id and e.category is not null and e.effective_at < day.after and e.recorded_at <= $3
        order by e.seq desc limit 1) moved
      cross join lateral (
        select e.due_on from task_event e
        where e.task_id = s.task_id and e.type in ('task.assigned', 'task.deadline_decided')
          and e.effective_at < day.after and e.recorded_at <= $3
        order by e.seq desc limit 1) due),
  classed as (
    select id, ${deadlineClassSql('read_on')} as class from stood),
  counted as (
    select id, class, count(*)::integer as tasks from classed group by id, class)
  select r.id, r.as_of as "asOf", r.sent_on as "sentOn", r.read_on as "readOn",
    (select json_object_agg(c.class, c.tasks) from counted c where c.id = r.id) as classes
  from read r order by r.sent_on, r.as_of, r.id`;
