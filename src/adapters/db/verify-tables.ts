// Comparisons of whole tables for the verification. Each statement answers the rows that are wrong as (row, message,
// warning); `moment` holds the one moment they all judge by.

import type { Invariant } from '../../application/operations/verify-source.ts';

export interface TableQuery {
  readonly invariant: Invariant;
  readonly text: string;
}

/** Left lying only if some worker was at work that long after the moment; a system at rest is merely waiting. */
const leftLying = (since: string, limit: string): string =>
  `exists (select from worker w where w.seen_at - greatest(w.started_at, ${since}) > interval '${limit}')`;

const openCategories = `('assigned', 'in_progress', 'awaiting_appraisal')`;

/** A payload that was tampered with must not end the verification. */
const noticeSeq = `case when payload ->> 'seq' ~ '^[0-9]{1,9}$' then (payload ->> 'seq')::integer end`;

const notices = `select task_id, ${noticeSeq} as seq from intention where queue = 'notify' and kind = 'notify'`;

export const tableChecks: readonly TableQuery[] = [
  {
    invariant: 'I1',
    text: `select 'answer to ' || i.actor || ' key ' || i.key as "row",
        format('one command changed %s tasks', count(*)) as message, false as warning
      from idempotency i join task_event e on e.cause = 'command:' || i.actor || ':' || i.key
      where i.etag is not null group by i.actor, i.key having count(*) > 1`,
  },
  {
    invariant: 'I2',
    text: `select format('task %s event %s', e.task_id, e.seq) as "row", 'belongs to no task' as message, false as warning
      from task_event e where not exists (select from task t where t.id = e.task_id)`,
  },
  {
    invariant: 'I7',
    text: `select format('intention %s', i.id) as "row", format('is the timer %s of no task', i.rule) as message, false as warning
      from intention i where i.rule is not null and not exists (select from task t where t.id = i.task_id)`,
  },
  {
    // Whom a role meant then is not known, only whom it means now; an account made later proves nothing.
    invariant: 'I8',
    text: `with told as (${notices} union select task_id, event_seq from notification)
      select format('task %s event %s', t.code, e.seq) as "row",
        'fired a timer of which nobody was told' as message, false as warning
      from task_event e join task t on t.id = e.task_id
      where e.type = 'task.timer_fired'
        and not exists (select from told where told.task_id = e.task_id and told.seq = e.seq)
        and exists (
          select from membership m join account a on a.id = m.account_id and a.active and a.created_at <= e.recorded_at
          where (m.role = 'head' and m.unit = t.lead_unit and e.payload -> 'to' ? 'lead_unit.head')
            or (m.role = 'focal_point' and m.unit = t.lead_unit and e.payload -> 'to' ? 'lead_unit.focal_point')
            or (m.role in ('head', 'focal_point') and m.unit = e.payload ->> 'unit' and e.payload -> 'to' ? 'addressed_unit')
            or (m.role = 'appraiser' and m.unit = t.appraiser_unit and e.payload -> 'to' ? 'appraising_agency')
            or (m.role = 'aggregator' and m.programme = t.programme and e.payload -> 'to' ? 'aggregator')
            or (m.role = 'office' and e.payload -> 'to' ? 'office')
            or (m.role = 'leader' and e.payload -> 'to' ? 'province_leader')
            or (m.role = 'administrator' and e.payload -> 'to' ? 'administrator'))`,
  },
  {
    invariant: 'I8',
    text: `select format('task %s event %s', coalesce(t.code, n.task_id::text), n.seq) as "row",
        format('has %s notices waiting', count(*)) as message, false as warning
      from (${notices}) n left join task t on t.id = n.task_id group by t.code, n.task_id, n.seq having count(*) > 1`,
  },
  {
    invariant: 'I8',
    text: `select format('task %s event %s', t.code, n.seq) as "row",
        'has a notice waiting although people were told' as message, false as warning
      from (${notices}) n join task t on t.id = n.task_id
      where exists (select from notification o where o.task_id = n.task_id and o.event_seq = n.seq)`,
  },
  {
    invariant: 'I8',
    text: `select format('intention %s', i.id) as "row", 'is a notice of an event that does not exist' as message, false as warning
      from (select id, task_id, ${noticeSeq} as seq from intention where queue = 'notify' and kind = 'notify') i
      where not exists (select from task_event e where e.task_id = i.task_id and e.seq = i.seq)`,
  },
  {
    invariant: 'I8',
    text: `select format('notification %s', n.id) as "row",
        format('tells of event %s of task %s, which does not exist', n.event_seq, n.task_id) as message, false as warning
      from notification n
      where n.confirmation is null and not exists (select from task_event e where e.task_id = n.task_id and e.seq = n.event_seq)`,
  },
  {
    invariant: 'I10',
    text: `select format('run %s of %s', schedule, nominal_at) as "row", format('is there %s times', count(*)) as message, false as warning
      from schedule_run group by schedule, nominal_at having count(*) > 1`,
  },
  {
    invariant: 'I10',
    text: `select format('run %s of %s', r.schedule, r.nominal_at) as "row",
        format('has been running since %s', r.started_at) as message, not ${leftLying('r.started_at', '15 minutes')} as warning
      from schedule_run r, moment
      where r.outcome = 'running' and r.started_at < moment.now - interval '15 minutes'`,
  },
  {
    invariant: 'I11',
    text: `select format('intention %s (%s)', i.id, i.kind) as "row",
        format('was due at %s and has not been tried', i.due_at) as message,
        not ${leftLying('i.due_at', '60 seconds')} as warning
      from intention i, moment
      where i.rule is null and i.attempts = 0 and i.parked_at is null and i.due_at < moment.now - interval '60 seconds'`,
  },
  {
    invariant: 'I11',
    text: `select format('intention %s (%s)', i.id, i.kind) as "row",
        format('waits for an operator after %s attempts: %s', i.attempts, i.last_error) as message, true as warning
      from intention i where i.rule is null and i.parked_at is not null`,
  },
  {
    invariant: 'I11',
    text: `select format('mail %s (%s)', m.id, m.reason) as "row", 'was sent and tells of no notification' as message, false as warning
      from mail m
      where m.sent_at is not null and (m.reason like 'digest/%' or m.reason like 'now/%')
        and not exists (select from notification n where n.mail_id = m.id)`,
  },
  {
    invariant: 'I11',
    text: `select format('notification %s', n.id) as "row", format('is in mail %s, which does not exist', n.mail_id) as message,
        false as warning
      from notification n where n.mail_id is not null and not exists (select from mail m where m.id = n.mail_id)`,
  },
  {
    invariant: 'I12',
    text: `select format('task %s', t.code) as "row",
        case when u.code is null then format('is led by %s, which does not exist', t.lead_unit)
          else format('is open and led by %s, which is valid from %s to %s', u.code, u.valid_from, u.valid_to) end as message,
        false as warning
      from moment, task t join programme p on p.code = t.programme join calendar c on c.key = p.calendar
        left join unit u on u.code = t.lead_unit
      where t.category in ${openCategories}
        and (u.code is null or u.valid_from > (moment.now at time zone c.zone)::date
          or u.valid_to <= (moment.now at time zone c.zone)::date)`,
  },
  {
    // And so have those who appraise them.
    invariant: 'I12',
    text: `select format('task %s', t.code) as "row",
        format('is open and to be appraised by %s, which ended on %s', u.code, u.valid_to) as message, false as warning
      from moment, task t join programme p on p.code = t.programme join calendar c on c.key = p.calendar
        join unit u on u.code = t.appraiser_unit or t.participants ? u.code
      where t.category in ${openCategories} and u.valid_to <= (moment.now at time zone c.zone)::date`,
  },
  {
    // A unit is what its latest version says, and it is being ended only by an act that goes on.
    invariant: 'I12',
    text: `select format('unit %s', u.code) as "row",
        case when v.unit is null then 'has no history' else 'is another than its latest version says' end as message, false as warning
      from unit u left join lateral (select * from unit_version v where v.unit = u.code
        order by v.valid_from desc, v.recorded_at desc, v.id desc limit 1) v on true
      where v.unit is null
        or (u.name, u.class, u.bloc, u.official_order, u.parent) is distinct from (v.name, v.class, v.bloc, v.official_order, v.parent)
      union all
      select format('unit %s', u.code), format('is being ended by reorganisation %s, which is %s', r.id, r.status), false
      from unit u join reorganisation r on r.id = u.closing where r.status <> 'running'`,
  },
  {
    // Folded days and deltas not yet folded, together, are the tasks as they stand.
    invariant: 'I12',
    text: `with tallied as (
        select programme, unit, category, sum(change) as n from (
          select programme, unit, category, change from daily_tally
          union all select programme, unit, category_to, 1 from delta where category_to is not null
          union all select programme, unit, category_from, -1 from delta where category_from is not null) c
        group by programme, unit, category),
      counted as (select programme, lead_unit as unit, category, count(*) as n from task group by programme, lead_unit, category)
      select format('tally %s %s %s', programme, unit, category) as "row",
        format('says %s, there are %s tasks', coalesce(tallied.n, 0), coalesce(counted.n, 0)) as message, false as warning
      from tallied full join counted using (programme, unit, category)
      where coalesce(tallied.n, 0) <> coalesce(counted.n, 0)`,
  },
  {
    // And each day of them is what the history says of that day.
    invariant: 'I12',
    text: `with entry as (
        select e.task_id, t.programme, e.seq, (e.effective_at at time zone c.zone)::date as day, e.category, e.lead_unit
        from task_event e join task t on t.id = e.task_id join programme p on p.code = t.programme
          join calendar c on c.key = p.calendar
        where e.category is not null or e.lead_unit is not null),
      -- Moves run forward in time, and so do changes of hands: by day, the last of each that is set is the one in force.
      filled as (
        select *, count(category) over w as moves, count(lead_unit) over w as hands
        from entry window w as (partition by task_id order by day, seq)),
      standing as (
        select distinct on (task_id, day) task_id, programme, day, category_then as category, unit_then as unit from (
          select task_id, programme, day, seq, max(category) over (partition by task_id, moves) as category_then,
            max(lead_unit) over (partition by task_id, hands) as unit_then from filled) f
        order by task_id, day, seq desc),
      step as (
        select *, lag(category) over w as category_before, lag(unit) over w as unit_before
        from standing window w as (partition by task_id order by day)),
      turn as (select * from step where (category, unit) is distinct from (category_before, unit_before)),
      history as (
        select programme, unit, day, category, sum(change) as n from (
          select programme, unit, day, category, 1 as change from turn
          union all select programme, unit_before, day, category_before, -1 from turn where category_before is not null) s
        group by programme, unit, day, category),
      tallied as (
        select programme, unit, day, category, sum(change) as n from (
          select programme, unit, day, category, change from daily_tally
          union all select programme, unit, effective_on, category_to, 1 from delta where category_to is not null
          union all select programme, unit, effective_on, category_from, -1 from delta where category_from is not null) c
        group by programme, unit, day, category)
      select format('tally %s %s %s %s', programme, unit, category, day) as "row",
        format('says %s, the history of that day gives %s', coalesce(tallied.n, 0), coalesce(history.n, 0)) as message,
        false as warning
      from history full join tallied using (programme, unit, day, category)
      where coalesce(history.n, 0) <> coalesce(tallied.n, 0)`,
  },
  {
    invariant: 'I12',
    // The hash is a text of its own in the body: whether the rest of it can be read is asked elsewhere.
    text: `select format('report %s', r.id) as "row", 'keeps other tasks than its hash says' as message, false as warning
      from report_run r join report_run_rows k on k.run_id = r.id
      where encode(sha256(convert_to(k.rows, 'UTF8')), 'hex') <> k.sha256 or position(k.sha256 in r.body) = 0`,
  },
  {
    invariant: 'I13',
    text: `select format('task %s', l.object) as "row",
        format('missing task: checkpoint %s covers %s events of it', max(l.checkpoint), max(l.seq)) as message, false as warning
      from checkpoint_leaf l
      where l.kind = 'task' and not exists (select from task t where t.id::text = l.object) group by l.object`,
  },
  {
    invariant: 'I13',
    text: `select format('%s %s', case l.kind when 'entry' then 'audit entry' when 'report' then 'report' else 'workflow' end,
          l.object) as "row",
        case when f.hash is null then format('missing: was sealed by checkpoint %s', l.checkpoint)
          else format('changed: checkpoint %s sealed another hash', l.checkpoint) end as message, false as warning
      from checkpoint_leaf l left join (
        select 'entry' as kind, id::text as object, null as hash, true as there from audit_entry
        union all select 'report', id::text, sha256, true from report_run
        union all select 'definition', key || '/' || version, sha256, true from workflow_definition where sha256 is not null
        ) f on f.kind = l.kind and f.object = l.object
      where l.kind <> 'task' and (f.there is null or f.hash <> l.hash)`,
  },
  {
    invariant: 'I13',
    text: `select format('leaf %s %s', l.kind, l.object) as "row",
        format('forged seal: belongs to checkpoint %s, which does not exist', l.checkpoint) as message, false as warning
      from checkpoint_leaf l where not exists (select from checkpoint c where c.number = l.checkpoint)`,
  },
  {
    // What was tampered with into no list at all has no pieces; its hash says the rest.
    invariant: 'I14',
    text: `with named as (
        select e.task_id, e.seq, piece -> 'file' as file
        from task_event e cross join lateral jsonb_array_elements(
          case when jsonb_typeof(e.payload -> 'evidence') = 'array' then e.payload -> 'evidence' else '[]' end) piece
        where piece ? 'file')
      select format('task %s event %s', coalesce(t.code, n.task_id::text), n.seq) as "row",
        case when f.id is null then format('names file %s, which is not there', n.file ->> 'id')
          else format('names file %s, whose row says something else', f.id) end as message, false as warning
      from named n left join task t on t.id = n.task_id
        left join evidence_file f on f.id::text = n.file ->> 'id' and f.task_id = n.task_id and f.state = 'kept'
      where f.id is null or f.sha256 is distinct from n.file ->> 'sha256' or f.bytes::text is distinct from n.file ->> 'bytes'
        or f.type is distinct from n.file ->> 'type' or f.uploaded_by::text is distinct from n.file ->> 'by'
        or f.linked_seq is null or f.linked_seq > n.seq`,
  },
  {
    invariant: 'I14',
    text: `select format('file %s', f.id) as "row",
        format('is linked to event %s, which does not name it', f.linked_seq) as message, false as warning
      from evidence_file f
      where f.linked_seq is not null and not exists (
        select from task_event e where e.task_id = f.task_id and e.seq = f.linked_seq
          and e.payload -> 'evidence' @> jsonb_build_array(jsonb_build_object('file', jsonb_build_object('id', f.id))))`,
  },
];
