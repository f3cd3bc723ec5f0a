// What a person was told, newest first, each with the line that was true on the day they were told.

import type pg from 'pg';
import { roundLine } from '../../../application/notifications/round-wording.ts';
import { lineOf } from '../../../application/notifications/wording.ts';
import type { RoundSaid } from '../../../application/reports/round-news.ts';
import { dayOf } from '../../../domain/schedule/civil-date.ts';
import type { TaskEvent } from '../../../domain/workflow/task.ts';
import { type NoticeColumns, noticeColumns, noticeFromRow, noticeJoins } from '../notice-rows.ts';

export interface InboxItem {
  readonly id: string;
  /** Null: it tells of a confirmation round. */
  readonly taskId: string | null;
  readonly taskCode: string | null;
  readonly taskTitle: string | null;
  readonly confirmation: string | null;
  readonly programme: string;
  readonly kind: string;
  readonly urgency: 'now' | 'digest';
  readonly eventSeq: number | null;
  readonly eventType: TaskEvent['type'] | null;
  readonly line: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface InboxPage {
  readonly items: readonly InboxItem[];
  readonly total: number;
  readonly unread: number;
  /** Id after which the next page begins. */
  readonly next: string | null;
}

export interface InboxRequest {
  readonly accountId: string;
  readonly unread?: boolean | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Inbox {
  list(request: InboxRequest): Promise<InboxPage>;
  /** How many are unread; what the bell shows. */
  unread(accountId: string): Promise<number>;
  /** False when the person has no such notification. Reading twice keeps the first time. */
  markRead(accountId: string, id: string, now: Date): Promise<boolean>;
  /** All up to and including an id: what came while the person was reading stays unread. @returns how many */
  markAllRead(accountId: string, upToId: string, now: Date): Promise<number>;
}

/** @param zone in which the day of a line is told */
export const inbox = (pool: pg.Pool, zone: string): Inbox => ({
  async list({ accountId, unread = false, after, limit }) {
    const [page, counts] = await Promise.all([
      pool.query<ItemRow>({
        name: 'inbox',
        text: listText,
        values: [accountId, unread, after ?? null, limit + 1],
      }),
      pool.query<{ total: number; unread: number }>({
        name: 'inbox-counts',
        text: `select count(*)::integer as total, count(*) filter (where read_at is null)::integer as unread
          from notification where account_id = $1`,
        values: [accountId],
      }),
    ]);
    const items = page.rows.slice(0, limit).map((row) => itemOf(row, zone));
    const next = page.rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, next, total: counts.rows[0]?.total ?? 0, unread: counts.rows[0]?.unread ?? 0 };
  },

  async unread(accountId) {
    const { rows } = await pool.query<{ unread: number }>({
      name: 'inbox-unread',
      text: 'select count(*)::integer as unread from notification where account_id = $1 and read_at is null',
      values: [accountId],
    });
    return rows[0]?.unread ?? 0;
  },

  async markRead(accountId, id, now) {
    const { rowCount } = await pool.query({
      name: 'inbox-read-one',
      text: 'update notification set read_at = coalesce(read_at, $3) where id = $2 and account_id = $1',
      values: [accountId, id, now],
    });
    return rowCount === 1;
  },

  async markAllRead(accountId, upToId, now) {
    const { rowCount } = await pool.query({
      name: 'inbox-read-all',
      text: 'update notification set read_at = $3 where account_id = $1 and id <= $2 and read_at is null',
      values: [accountId, upToId, now],
    });
    return rowCount ?? 0;
  },
});

interface ItemColumns {
  readonly id: string;
  readonly kind: string;
  readonly urgency: 'now' | 'digest';
  readonly created_at: Date;
  readonly read_at: Date | null;
}
type ItemRow = ItemColumns &
  ((NoticeColumns & { readonly confirmation: null }) | { readonly confirmation: string; readonly said: RoundSaid });

const listText = `
  select n.id, n.kind, n.urgency, n.created_at, n.read_at, n.confirmation, n.said, ${noticeColumns}
  from (
    select * from notification
    where account_id = $1 and (not $2::boolean or read_at is null) and ($3::bigint is null or id < $3)
    order by id desc limit $4) n
  left join (task_event e join task t on t.id = e.task_id ${noticeJoins}) on e.task_id = n.task_id and e.seq = n.event_seq
  order by n.id desc`;

const itemOf = (row: ItemRow, zone: string): InboxItem => {
  const { id, kind, urgency, created_at: createdAt, read_at: readAt } = row;
  if (row.confirmation !== null)
    return {
      id,
      ...noTask,
      confirmation: row.confirmation,
      programme: row.said.programme,
      kind,
      urgency,
      line: roundLine(row.said),
      createdAt,
      readAt,
    };
  return {
    id,
    taskId: row.task_id,
    taskCode: row.code,
    taskTitle: row.title,
    confirmation: null,
    programme: row.programme,
    kind,
    urgency,
    eventSeq: row.seq,
    eventType: row.type,
    line: lineOf(noticeFromRow(row), dayOf(createdAt, zone)),
    createdAt,
    readAt,
  };
};

const noTask = { taskId: null, taskCode: null, taskTitle: null, eventSeq: null, eventType: null } as const;
