// Lists for those who follow: what is late, what is blocked, which deadlines were set, who keeps to them.

import type pg from 'pg';
import type {
  DeadlineRow,
  DifficultyRow,
  FollowerRow,
  FollowingReader,
  OnTimeRow,
  UnitPerson,
  UrgingRow,
} from '../../../application/following/ports.ts';
import { dayAt, inForce } from '../standing-sql.ts';
import { isUrging } from '../urging-sql.ts';
import { knownTasks } from './as-of.ts';
import { withinScope } from './scope.ts';

/** The most rows of one list; a province has some thousand tasks a year. */
const mostRows = 5000;

export const followingReader = (pool: pg.Pool): FollowingReader => ({
  async urging(list, programme, { asOf, before, known }, scope) {
    const values: unknown[] = [programme, before, known];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [withinScope(scope, bind) ?? 'true'];
    const { rows } = await pool.query<UrgingRow>({
      text: `with ${knownTasks},
        late as (
          select k.*, case k.category when 'done' then k.submitted_on else ${bind(asOf)}::date end - k.due_on as days
          from known k where k.due_on is not null and ${conditions.join(' and ')}
            and case ${bind(list)} when 'overdue' then k.category in ('assigned', 'in_progress') else k.category = 'done' end)
        select ${urgingColumns} from late k ${urgingJoins}
        where k.days > 0 order by u.official_order, k.lead_unit, k.due_on, k.code limit ${bind(mostRows)}`,
      values,
    });
    return rows;
  },

  async onTime(programme, from, { asOf, before, known }) {
    const { rows } = await pool.query<OnTimeRow>({
      name: 'on-time',
      text: onTimeText,
      values: [programme, before, known, from, asOf],
    });
    return rows;
  },

  async difficulties({ programme, open, unit, scope, answersFor }) {
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const inside = withinScope(scope, bind) ?? 'true';
    const conditions = [
      'k.following is not null',
      `(${inside} or d.unit = any(${bind(answersFor)}))`,
      ...(programme === undefined ? [] : [`${inside} and k.programme = ${bind(programme)}`]),
      ...(unit === undefined ? [] : [`k.lead_unit = ${bind(unit)}`]),
      ...(open === undefined ? [] : [`(d.answer is null) = ${bind(open)}`]),
    ];
    const { rows } = await pool.query<DifficultyRow>({
      text: `select k.id as "taskId", k.code, k.title, case when ${inside} then k.programme end as programme, k.version, not (${inside}) as outside,
          json_build_object('programme', k.programme, 'field', k.field, 'leadUnit', k.lead_unit, 'appraiserUnit', k.appraiser_unit,
            'participants', k.participants) as bounds, k.lead_unit as unit, u.name as "unitName", d.number, d.cause,
          d.proposal, d.by, (select a.name from account a where a.id::text = d.by) as "byName", d.capacity, d.addressee, d.unit as "addresseeUnit", d."on", d."answerBy", d.answer ->> 'text' as answer,
          d.answer ->> 'on' as "answeredOn"
        from task k join unit u on u.code = k.lead_unit
          cross join lateral jsonb_to_recordset(k.following -> 'difficulties') as d(number integer, cause text, proposal text,
            by text, capacity text, addressee text, unit text, "on" text, "answerBy" text, answer jsonb)
        where ${conditions.join(' and ')} order by d."answerBy", u.official_order, k.code, d.number limit ${bind(mostRows)}`,
      values,
    });
    return rows;
  },

  async deadlines(taskId) {
    const { rows } = await pool.query<DeadlineRow>({
      name: 'deadlines-of-task',
      text: `select e.seq, e.due_on as "dueOn", e.effective_at as "on", e.recorded_at as "recordedAt", e.actor as "decidedBy",
          a.name as "decidedByName", e.capacity, e.signing,
          coalesce(e.payload ->> 'reason', e.payload -> 'due' ->> 'reason') as reason,
          coalesce(e.payload -> 'document', e.payload -> 'source') as document,
          coalesce((e.payload ->> 'extension')::boolean, false) as extension, e.payload ->> 'requested' as requested
        from task_event e left join account a on a.id::text = e.actor
        where e.task_id = $1 and e.type in ('task.assigned', 'task.deadline_decided') order by e.seq`,
      values: [taskId],
    });
    return rows;
  },

  async followers(taskId) {
    const { rows } = await pool.query<FollowerRow>({
      name: 'followers-of-task',
      text: `select f.account, a.name, f.unit, f.since
        from task k cross join lateral jsonb_to_recordset(k.followers) as f(account uuid, unit text, since text)
          join account a on a.id = f.account
        where k.id = $1 order by f.unit, a.name`,
      values: [taskId],
    });
    return rows;
  },

  async people(units, now) {
    const { rows } = await pool.query<UnitPerson>({ name: 'people-of-units', text: peopleText, values: [units, now] });
    return rows;
  },
});

const peopleText = `
  with today as (select ${dayAt('$2')} as day),
  people as (
    select m.unit, m.account_id, array_agg(distinct m.role order by m.role) as roles from membership m cross join today
    where m.unit = any($1::text[]) and m.role <> 'specialist' and ${inForce('m', 'today.day')} group by m.unit, m.account_id),
  followed as (
    select f.account, f.unit, count(*)::integer as tasks
    from task k cross join lateral jsonb_to_recordset(k.followers) as f(account uuid, unit text)
    where k.followers <> '[]' and f.unit = any($1::text[]) and k.category in ('assigned', 'in_progress', 'awaiting_appraisal')
    group by f.account, f.unit)
  select a.id as account, a.name, p.unit, p.roles, coalesce(f.tasks, 0) as following
  from people p join account a on a.id = p.account_id and a.active left join followed f on f.account = a.id and f.unit = p.unit
  order by p.unit, a.name, a.id`;

/** The first deadline that a task ever had; the last explanation and how its cause was judged; all within both bounds. */
const firstDue = `left join lateral (
    select e.due_on from task_event e where e.task_id = k.id and e.due_on is not null
      and e.type in ('task.assigned', 'task.deadline_decided') and e.effective_at < $2 and e.recorded_at <= $3
    order by e.seq limit 1) original on true
  left join lateral (
    select e.seq, e.payload from task_event e where e.task_id = k.id and e.type = 'task.explained'
      and e.effective_at < $2 and e.recorded_at <= $3 order by e.seq desc limit 1) explained on true
  left join lateral (
    select (e.payload ->> 'confirmed')::boolean as confirmed from task_event e where e.task_id = k.id and e.type = 'task.cause_judged'
      and e.seq > explained.seq and e.effective_at < $2 and e.recorded_at <= $3 order by e.seq desc limit 1) judged on true`;

const urgingColumns = `k.id, k.code, k.title, k.lead_unit as unit, u.name as "unitName", t.source ->> 'number' as "sourceNumber",
  t.assigned_on as "assignedOn", k.due_on as "dueOn", coalesce(original.due_on, k.due_on) as "dueOriginalOn",
  k.submitted_on as "submittedOn", k.days as "daysLate",
  (select count(*)::integer from task_event e where e.task_id = k.id and ${isUrging}
    and e.effective_at < $2 and e.recorded_at <= $3) as urgings,
  explained.payload ->> 'text' as explanation, explained.payload ->> 'objectiveCause' as "objectiveCause",
  judged.confirmed as "causeConfirmed",
  (select count(*)::integer from task_event e where e.task_id = k.id and e.type = 'task.difficulty_reported'
    and e.effective_at < $2 and e.recorded_at <= $3 and not exists (select from task_event x where x.task_id = e.task_id
      and x.type = 'task.difficulty_answered' and x.payload -> 'number' = e.payload -> 'number'
      and x.effective_at < $2 and x.recorded_at <= $3)) as "openDifficulties"`;

const urgingJoins = `join task t on t.id = k.id join unit u on u.code = k.lead_unit ${firstDue}`;

/** $4 first day of the period, $5 its last: tasks whose deadline lies in it, as they stood at its end. */
const onTimeText = `with ${knownTasks},
  judged_tasks as (
    select k.lead_unit, k.category, original.due_on < k.due_on as extended,
      case when k.category = 'stopped' then 'stopped' when k.category = 'not_done' then 'failed'
        when k.category in ('assigned', 'in_progress') then case when $5::date > k.due_on then 'overdue' else 'running' end
        when k.category = 'awaiting_appraisal' and k.submitted_on <= k.due_on then 'running'
        when k.submitted_on <= k.due_on then 'on_time' else 'late' end as verdict,
      k.category = 'done' and k.submitted_on <= coalesce(original.due_on, k.due_on) as original_kept,
      coalesce(judged.confirmed, false) as excused
    from known k ${firstDue}
    where k.due_on >= $4::date and k.due_on <= $5::date)
  select j.lead_unit as unit, u.name as "unitName",
    count(*) filter (where verdict = 'on_time')::integer as "onTime", count(*) filter (where original_kept)::integer as "onTimeOriginal",
    count(*) filter (where verdict = 'late')::integer as late, count(*) filter (where verdict = 'overdue')::integer as overdue,
    count(*) filter (where verdict = 'failed')::integer as failed, count(*) filter (where verdict = 'running')::integer as running,
    count(*) filter (where extended)::integer as extended,
    count(*) filter (where excused and verdict in ('late', 'overdue', 'failed'))::integer as excused
  from judged_tasks j join unit u on u.code = j.lead_unit
  group by j.lead_unit, u.name, u.official_order order by u.official_order, j.lead_unit`;
