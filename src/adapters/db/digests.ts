// What waits to be told, by person, and the mails that tell it.

import type pg from 'pg';
import type { DigestEntry, DigestReader, DigestStore, RoundEntry } from '../../application/notifications/ports.ts';
import { type NoticeColumns, noticeColumns, noticeFromRow, noticeJoins } from './notice-rows.ts';
import type { ReferenceData } from './reference-data.ts';

export const digestStore = (pool: pg.Pool, reference: Pick<ReferenceData, 'calendar'>): DigestStore => ({
  async calendar(key) {
    const { rows } = await pool.query<{ version: number }>('select version from calendar where key = $1', [key]);
    if (!rows[0]) throw new Error(`There is no calendar ${key}.`);
    return reference.calendar(key, rows[0].version);
  },

  async withdrawUnsent({ dueBefore, readyBefore, exceptReason }) {
    const { rows } = await pool.query<{ withdrawn: number }>(
      `with gone as (
        delete from intention i using mail m
        where i.queue = 'mail' and i.kind = 'mail' and i.parked_at is null and i.due_at < $1 and i.ready_at <= $2
          and m.id::text = i.payload->>'mailId' and m.sent_at is null and m.reason <> $3
        returning m.id),
      untold as (update notification n set mail_id = null from gone where n.mail_id = gone.id),
      dropped as (delete from mail m using gone where m.id = gone.id)
      select count(*)::integer as withdrawn from gone`,
      [dueBefore, readyBefore, exceptReason],
    );
    return rows[0]?.withdrawn ?? 0;
  },

  async readers({ reason, since, afterAccount, limit }) {
    const { rows } = await pool.query<EntryRow>({
      name: 'digest-readers',
      text: readersText,
      values: [reason, since, afterAccount ?? null, limit],
    });
    return byReader(rows);
  },

  async plan(digests, dueAt, now) {
    const { rows } = await pool.query<{ planned: number }>({
      name: 'plan-digests',
      text: planText,
      values: [JSON.stringify(digests.map(digestRow)), dueAt, now],
    });
    return rows[0]?.planned ?? 0;
  },
});

interface ReaderColumns {
  readonly account_id: string;
  readonly name: string;
  readonly email: string;
  readonly notification_id: string;
}
type EntryRow = ReaderColumns &
  (
    | (NoticeColumns & { readonly confirmation: null })
    | {
        readonly confirmation: string;
        readonly said: RoundEntry['said'];
        readonly frozen: boolean;
        readonly waiting: boolean;
      }
  );

const readersText = `
  with reader as (
    select distinct n.account_id from notification n join account a on a.id = n.account_id
    where n.mail_id is null and n.read_at is null and n.created_at >= $2 and a.active
      and ($3::uuid is null or n.account_id > $3) and not exists (
        select from mail m where m.account_id = n.account_id and m.reason = $1)
    order by n.account_id limit $4)
  select a.id as account_id, a.name, a.email, n.id as notification_id, n.confirmation, n.said, d.run_id is not null as frozen,
    n.confirmation is not null and exists (
      select from confirmation_line l where l.round_id = n.confirmation and l.row ->> 'unit' = n.said ->> 'unit' and not exists (
        select from confirmation_entry y where y.round_id = l.round_id and y.code = l.code)) as waiting,
    ${noticeColumns}
  from reader join account a on a.id = reader.account_id
    join notification n on n.account_id = a.id and n.mail_id is null and n.read_at is null and n.created_at >= $2
    left join (task_event e join task t on t.id = e.task_id ${noticeJoins}) on e.task_id = n.task_id and e.seq = n.event_seq
    left join confirmation_round r on r.id = n.confirmation
    left join report_edition d on d.id = r.edition
  order by a.id, n.id`;

const byReader = (rows: readonly EntryRow[]): readonly DigestReader[] => {
  const readers = new Map<string, DigestReader & { readonly entries: DigestEntry[]; readonly rounds: RoundEntry[] }>();
  for (const row of rows) {
    const reader = readers.get(row.account_id) ?? {
      accountId: row.account_id,
      name: row.name,
      address: row.email,
      entries: [],
      rounds: [],
    };
    readers.set(row.account_id, reader);
    const notificationId = row.notification_id;
    if (row.confirmation === null) reader.entries.push({ ...noticeFromRow(row), notificationId });
    else {
      const { confirmation: round, said, frozen, waiting } = row;
      reader.rounds.push({ notificationId, round, said, frozen, waiting });
    }
  }
  return [...readers.values()];
};

/** $1 mails, $2 when they may go, $3 now. The unique key (account, reason) is what finds the other worker. */
const planText = `
  with
  digest as (
    select * from json_to_recordset($1::json) as d(id uuid, account_id uuid, reason text, address text, subject text,
      body text, notifications json, links json)),
  written as (
    insert into mail (id, account_id, reason, address, subject, body, created_at)
    select id, account_id, reason, address, subject, body, $3 from digest order by account_id
    on conflict (account_id, reason) do nothing returning id),
  marked as (
    update notification n set mail_id = d.id
    from digest d join written using (id), json_array_elements_text(d.notifications) as told(id)
    where n.id = told.id::bigint and n.mail_id is null),
  -- One living link per person and round: the newest mail has it.
  replaced as (
    update decision_link old set killed_at = $3
    from digest d join written using (id),
      json_to_recordset(d.links) as l(id uuid, token_hash text, task_id uuid, round integer, expires_at timestamptz)
    where old.account_id = d.account_id and old.task_id = l.task_id and old.killed_at is null),
  linked as (
    insert into decision_link (id, token_hash, account_id, task_id, round, mail_id, created_at, expires_at)
    select l.id, l.token_hash, d.account_id, l.task_id, l.round, d.id, $3, l.expires_at
    from digest d join written using (id),
      json_to_recordset(d.links) as l(id uuid, token_hash text, task_id uuid, round integer, expires_at timestamptz)),
  planned as (
    insert into intention (queue, kind, payload, due_at, ready_at)
    select 'mail', 'mail', json_build_object('mailId', id), $2::timestamptz, $2::timestamptz from written)
  select count(*)::integer as planned from written`;

const digestRow = ({
  mailId,
  accountId,
  reason,
  address,
  subject,
  text,
  notificationIds,
  links,
}: Parameters<DigestStore['plan']>[0][number]) => ({
  id: mailId,
  account_id: accountId,
  reason,
  address,
  subject,
  body: text,
  notifications: notificationIds,
  links: links.map(({ id, tokenHash, taskId, round, expiresAt }) => ({
    id,
    token_hash: tokenHash,
    task_id: taskId,
    round,
    expires_at: expiresAt,
  })),
});
