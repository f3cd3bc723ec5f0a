// What a change of a task leaves beside the task: intentions, figures, the answer to the request, word to people.

import type { Category } from '../../../domain/workflow/definition.ts';
import {
  day,
  identity,
  instant,
  integer,
  json,
  oneOf,
  optional,
  primary,
  references,
  table,
  text,
  uuid,
} from './table.ts';

export interface IntentionRow {
  readonly id: string;
  readonly queue: string;
  readonly kind: string;
  readonly task_id: string | null;
  readonly rule: string | null;
  readonly occurrence: number | null;
  readonly anchor: string | null;
  readonly payload: unknown;
  readonly due_at: Date;
  readonly ready_at: Date;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly parked_at: Date | null;
}

export const intentionTable = table<IntentionRow>(
  'intention',
  {
    id: identity('intention'),
    queue: text,
    kind: text,
    task_id: references(optional(uuid), 'task', 'intention_task_id_fkey'),
    rule: optional(text),
    occurrence: optional(integer),
    anchor: optional(text),
    payload: json,
    due_at: instant,
    ready_at: instant,
    attempts: { ...integer, default: 0 },
    last_error: optional(text),
    parked_at: optional(instant),
  },
  {
    indices: [
      { name: 'intention_task_rule_key', columns: ['task_id', 'rule'], unique: true, where: 'rule is not null' },
      { name: 'intention_ready_at_idx', columns: ['ready_at'], where: 'parked_at is null' },
      { name: 'intention_parked_at_idx', columns: ['parked_at'], where: 'parked_at is not null' },
    ],
  },
);

export interface DeltaRow {
  readonly id: string;
  readonly task_id: string;
  readonly seq: number;
  readonly programme: string;
  readonly unit: string;
  readonly category_from: Category | null;
  readonly category_to: Category | null;
  readonly effective_on: string;
  readonly recorded_at: Date;
}

export const deltaTable = table<DeltaRow>('delta', {
  id: identity('delta'),
  task_id: uuid,
  seq: integer,
  programme: text,
  unit: text,
  category_from: optional(text),
  category_to: optional(text),
  effective_on: day,
  recorded_at: instant,
});

export interface DailyTallyRow {
  readonly programme: string;
  readonly day: string;
  readonly unit: string;
  readonly category: Category;
  readonly change: number;
}

/** In the order of the key, which begins with what every figure asks for. */
export const dailyTallyTable = table<DailyTallyRow>('daily_tally', {
  programme: primary('daily_tally', text),
  day: primary('daily_tally', day),
  unit: primary('daily_tally', text),
  category: primary('daily_tally', text),
  change: integer,
});

export interface IdempotencyRow {
  readonly actor: string;
  readonly key: string;
  readonly body_hash: string;
  readonly status: number;
  readonly etag: string | null;
  readonly response: string;
  readonly recorded_at: Date;
}

export const idempotencyTable = table<IdempotencyRow>(
  'idempotency',
  {
    actor: primary('idempotency', text),
    key: primary('idempotency', text),
    body_hash: text,
    status: integer,
    etag: optional(text),
    response: text,
    recorded_at: instant,
  },
  { indices: [{ name: 'idempotency_recorded_at_idx', columns: ['recorded_at'] }] },
);

export interface NotificationRow {
  readonly id: string;
  readonly account_id: string;
  readonly task_id: string | null;
  readonly event_seq: number | null;
  readonly confirmation: string | null;
  readonly about: string | null;
  readonly said: Readonly<Record<string, unknown>> | null;
  readonly kind: string;
  readonly urgency: 'now' | 'digest';
  readonly created_at: Date;
  readonly read_at: Date | null;
  readonly mail_id: string | null;
}

export const notificationTable = table<NotificationRow>(
  'notification',
  {
    id: identity('notification'),
    account_id: references(uuid, 'account', 'notification_account_id_fkey'),
    task_id: references(optional(uuid), 'task', 'notification_task_id_fkey'),
    event_seq: optional(integer),
    confirmation: references(optional(uuid), 'confirmation_round', 'notification_confirmation_fkey'),
    about: optional(text),
    said: optional(json),
    kind: text,
    urgency: text,
    created_at: instant,
    read_at: optional(instant),
    mail_id: optional(uuid),
  },
  {
    uniques: [{ name: 'notification_account_event_key', columns: ['account_id', 'task_id', 'event_seq'] }],
    checks: [
      oneOf('notification', 'urgency', ['now', 'digest']),
      {
        name: 'notification_event_check',
        expression:
          '(confirmation is null) = (task_id is not null) and (confirmation is null) = (event_seq is not null)',
      },
      {
        name: 'notification_said_check',
        expression: '(confirmation is null) = (about is null) and (confirmation is null) = (said is null)',
      },
    ],
    indices: [
      {
        name: 'notification_confirmation_key',
        columns: ['account_id', 'confirmation', 'about'],
        unique: true,
        where: 'confirmation is not null',
      },
      { name: 'notification_unmailed_idx', columns: ['account_id'], where: 'mail_id is null' },
      { name: 'notification_account_idx', columns: ['account_id', 'id'] },
      { name: 'notification_task_idx', columns: ['task_id'] },
    ],
  },
);

export interface MailRow {
  readonly id: string;
  readonly account_id: string;
  readonly reason: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly created_at: Date;
  readonly sent_at: Date | null;
}

export const mailTable = table<MailRow>(
  'mail',
  {
    id: primary('mail', uuid),
    account_id: references(uuid, 'account', 'mail_account_id_fkey'),
    reason: text,
    address: text,
    subject: text,
    body: text,
    created_at: instant,
    sent_at: optional(instant),
  },
  {
    uniques: [{ name: 'mail_account_reason_key', columns: ['account_id', 'reason'] }],
    indices: [{ name: 'mail_account_created_at_idx', columns: ['account_id', 'created_at'] }],
  },
);

export interface DecisionLinkRow {
  readonly id: string;
  readonly token_hash: string;
  readonly account_id: string;
  readonly task_id: string;
  readonly round: number;
  readonly mail_id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly outcome: string | null;
  readonly killed_at: Date | null;
}

export const decisionLinkTable = table<DecisionLinkRow>(
  'decision_link',
  {
    id: primary('decision_link', uuid),
    token_hash: text,
    account_id: references(uuid, 'account', 'decision_link_account_id_fkey'),
    task_id: references(uuid, 'task', 'decision_link_task_id_fkey'),
    round: integer,
    mail_id: {
      ...uuid,
      foreignKey: { target: 'mail', name: 'decision_link_mail_id_fkey', onDelete: 'CASCADE' },
    },
    created_at: instant,
    expires_at: instant,
    used_at: optional(instant),
    outcome: optional(text),
    killed_at: optional(instant),
  },
  {
    uniques: [{ name: 'decision_link_token_hash_key', columns: ['token_hash'] }],
    indices: [
      { name: 'decision_link_task_id_idx', columns: ['task_id', 'account_id'] },
      { name: 'decision_link_mail_id_idx', columns: ['mail_id'] },
    ],
  },
);
