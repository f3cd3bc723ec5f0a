// Telling people of events: who they are is found and who they were told is kept in one statement.

import type pg from 'pg';
import type { NoticeStore, PlannedNotice } from '../../application/notifications/ports.ts';
import { type NoticeColumns, noticeColumns, noticeFromRow, noticeJoins } from './notice-rows.ts';
import type { ReferenceData } from './reference-data.ts';

export const noticeStore = (pool: pg.Pool, reference: Pick<ReferenceData, 'calendar'>): NoticeStore => ({
  async load(intentionIds) {
    const { rows } = await pool.query<LoadedRow>({ name: 'load-notices', text: loadText, values: [intentionIds] });
    return Promise.all(
      rows.map(async (row) => ({
        intentionId: row.intention_id,
        notice:
          row.seq === null
            ? undefined
            : { ...noticeFromRow(row), calendar: await reference.calendar(row.calendar, row.calendar_version) },
      })),
    );
  },

  async tell(notices, now, urgentPerHour) {
    const statement: pg.QueryConfig = {
      name: 'tell',
      text: tellText,
      values: [JSON.stringify(notices.map(noticeRow)), JSON.stringify(notices.flatMap(wantedRows)), now, urgentPerHour],
    };
    if (notices.every(({ mail }) => mail === undefined)) return toldBy(await pool.query<{ told: number }>(statement));
    const client = await pool.connect();
    try {
      await client.query('begin');
      // One batch with urgent mails at a time: each must see the mails of the one before to keep to the hourly limit.
      await client.query('select pg_advisory_xact_lock($1)', [urgentMailLock]);
      const told = toldBy(await client.query<{ told: number }>(statement));
      await client.query('commit');
      client.release();
      return told;
    } catch (error) {
      // A connection that failed inside a transaction is not reused.
      client.release(true);
      throw error;
    }
  },
});

/** Any number, as long as nothing else locks by it. */
const urgentMailLock = 7_130_501;

type LoadedRow = NoticeColumns & {
  readonly intention_id: string;
  readonly calendar: string;
  readonly calendar_version: number;
};

/** The number of an event is a number and not too long for one; anything else is an event that is not there. */
const loadText = `
  select i.id as intention_id, ${noticeColumns}, p.calendar, c.version as calendar_version
  from intention i
  left join task_event e on e.task_id = i.task_id
    and e.seq = case when i.payload->>'seq' ~ '^[0-9]{1,9}$' then (i.payload->>'seq')::integer end
  left join (task t ${noticeJoins} join calendar c on c.key = p.calendar) on t.id = e.task_id
  where i.id = any($1::bigint[]) and i.kind = 'notify' and i.parked_at is null order by i.id`;

/**
 * $1 notices, $2 whom each is for, $3 now, $4 urgent mails per person and hour. Rows are inserted in one order, so that
 * two batches cannot deadlock and a person's numbers follow the events. The slot in a mail's reason counts the person's
 * mails of that hour; with all slots taken a notice has no mail and is found by the next digest.
 */
const tellText = `
  with
  notice as (
    select * from json_to_recordset($1::json) as n(intention_id bigint, task_id uuid, seq integer,
      confirmation uuid, about text, said jsonb, kind text, urgency text,
      actor text, subject text, body text, due_at timestamptz, hour text)),
  wanted as (
    select * from json_to_recordset($2::json) as w(intention_id bigint, role text, unit text, programme text, field text,
      account text)),
  today as (select ($3::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date as day),
  -- Whoever stands in for an absent appraiser is told in their place.
  people as (
    select w.intention_id, coalesce(away.substitute, m.account_id) as account_id from wanted w cross join today
      join membership m on m.role = w.role
        and (w.unit is null or m.unit = w.unit or (m.role = 'specialist' and m.unit is null))
        and (m.role not in ('specialist', 'aggregator') or m.programme = w.programme
          or (m.role = 'specialist' and m.programme is null))
        and (m.field is null or m.field = w.field)
        and (m.valid_from is null or m.valid_from <= today.day) and (m.valid_to is null or m.valid_to > today.day)
      left join lateral (
        select s.substitute from absence s where s.account_id = m.account_id and m.role = 'appraiser'
          and s.cancelled_at is null and s.from_day <= today.day and s.until_day > today.day
        order by s.substitute is null, s.from_day, s.id limit 1) away on true
    union
    select w.intention_id, a.id from wanted w join account a on a.id::text = w.account cross join today
      where w.unit is null or exists (select from membership m where m.account_id = a.id and m.unit = w.unit and m.role <> 'specialist'
        and (m.valid_from is null or m.valid_from <= today.day) and (m.valid_to is null or m.valid_to > today.day))),
  fresh as (
    select n.*, a.id as account_id, a.email from notice n join people using (intention_id)
      join account a on a.id = people.account_id
    where a.active and a.id::text is distinct from n.actor and not exists (
      select from notification x where x.account_id = a.id and x.task_id = n.task_id and x.event_seq = n.seq)
    and not exists (
      select from notification x where x.account_id = a.id and x.confirmation = n.confirmation and x.about = n.about)),
  urgent as (
    select f.*, row_number() over (partition by f.account_id, f.hour order by f.intention_id) + coalesce((
        select max(split_part(x.reason, '/', 3)::integer) from mail x
        where x.account_id = f.account_id and x.reason like 'now/' || f.hour || '/%'), 0) as slot
    from fresh f where f.subject is not null),
  mailed as materialized (select *, gen_random_uuid() as mail_id from urgent where slot <= $4::integer),
  told as (
    insert into notification (account_id, task_id, event_seq, confirmation, about, said, kind, urgency, created_at, mail_id)
    select f.account_id, f.task_id, f.seq, f.confirmation, f.about, f.said, f.kind, f.urgency, $3, m.mail_id
    from fresh f left join mailed m using (intention_id, account_id) order by f.account_id, f.intention_id
    on conflict do nothing returning mail_id),
  written as (
    insert into mail (id, account_id, reason, address, subject, body, created_at)
    select m.mail_id, m.account_id, 'now/' || m.hour || '/' || m.slot, m.email, m.subject, m.body, $3
    from mailed m join told using (mail_id) returning id),
  planned as (
    insert into intention (queue, kind, task_id, payload, due_at, ready_at)
    select 'mail', 'mail', m.task_id, json_build_object('mailId', m.mail_id), m.due_at, m.due_at
    from mailed m join written on written.id = m.mail_id),
  settled as (delete from intention i using notice n where i.id = n.intention_id)
  select count(*)::integer as told from told`;

const noticeRow = ({ intentionId, taskId, seq, round, kind, urgency, actor, mail }: PlannedNotice) => ({
  intention_id: intentionId,
  task_id: taskId,
  seq,
  confirmation: round?.id ?? null,
  about: round?.about ?? null,
  said: round?.said ?? null,
  kind,
  urgency,
  actor,
  subject: mail?.subject ?? null,
  body: mail?.text ?? null,
  due_at: mail?.dueAt ?? null,
  // The hour in which it may be sent: what waits through a night all falls into the first hour of the morning.
  hour: mail?.dueAt.toISOString().slice(0, 13) ?? null,
});

const wantedRows = ({ intentionId, addressees }: PlannedNotice) =>
  addressees.map((addressee) => ({ intention_id: intentionId, ...addressee }));

const toldBy = ({ rows }: pg.QueryResult<{ told: number }>): number => rows[0]?.told ?? 0;
