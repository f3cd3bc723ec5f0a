import { day, instant, integer, json, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export const roundStatuses = ['proposed', 'approved', 'sent', 'withdrawn'] as const;
export type RoundStatus = (typeof roundStatuses)[number];
export const lineStatuses = ['proposed', 'taken_out', 'sent', 'skipped'] as const;
export type LineStatus = (typeof lineStatuses)[number];

export interface UrgingRoundRow {
  readonly id: string;
  readonly programme: string;
  readonly as_of: string;
  readonly status: RoundStatus;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly approved_by: string | null;
  readonly approved_at: Date | null;
  readonly sent_at: Date | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawal_reason: string | null;
}

export const urgingRoundTable = table<UrgingRoundRow>(
  'urging_round',
  {
    id: primary('urging_round', uuid),
    programme: references(text, 'programme', 'urging_round_programme_fkey'),
    as_of: day,
    status: text,
    proposed_by: text,
    proposed_at: instant,
    approved_by: optional(text),
    approved_at: optional(instant),
    sent_at: optional(instant),
    withdrawn_by: optional(text),
    withdrawn_at: optional(instant),
    withdrawal_reason: optional(text),
  },
  {
    indices: [
      {
        name: 'urging_round_day_key',
        columns: ['programme', 'as_of'],
        unique: true,
        where: `status <> 'withdrawn'`,
      },
    ],
    checks: [
      oneOf('urging_round', 'status', roundStatuses),
      {
        name: 'urging_round_approval_check',
        expression: `(status in ('approved', 'sent')) = (approved_by is not null)`,
      },
      {
        name: 'urging_round_withdrawal_check',
        expression: `(status = 'withdrawn') = (withdrawn_by is not null) and (status = 'withdrawn') = (withdrawal_reason is not null)`,
      },
    ],
  },
);

export interface UrgingLineRow {
  readonly round: string;
  readonly task_id: string;
  readonly unit: string;
  readonly assigned_on: string;
  readonly months: number;
  readonly n: number | null;
  readonly status: LineStatus;
  readonly reason: string | null;
  readonly changed_by: string | null;
}

export const urgingLineTable = table<UrgingLineRow>(
  'urging_line',
  {
    round: references(primary('urging_line', uuid), 'urging_round', 'urging_line_round_fkey'),
    task_id: references(primary('urging_line', uuid), 'task', 'urging_line_task_id_fkey'),
    unit: text,
    assigned_on: day,
    months: integer,
    n: optional(integer),
    status: text,
    reason: optional(text),
    changed_by: optional(text),
  },
  {
    checks: [
      oneOf('urging_line', 'status', lineStatuses),
      { name: 'urging_line_reason_check', expression: `status in ('proposed', 'sent') or reason is not null` },
    ],
    indices: [{ name: 'urging_line_task_id_idx', columns: ['task_id'] }],
  },
);

export interface CommonTaskRow {
  readonly programme: string;
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly created_by: string;
  readonly created_at: Date;
}

export const commonTaskTable = table<CommonTaskRow>('common_task', {
  programme: references(primary('common_task', text), 'programme', 'common_task_programme_fkey'),
  code: primary('common_task', text),
  body: json,
  created_by: text,
  created_at: instant,
});

export interface CommonCopyRow {
  readonly task_id: string;
  readonly programme: string;
  readonly code: string;
}

export const commonCopyTable = table<CommonCopyRow>(
  'common_copy',
  {
    task_id: references(primary('common_copy', uuid), 'task', 'common_copy_task_id_fkey'),
    programme: text,
    code: text,
  },
  {
    foreignKeys: [
      {
        name: 'common_copy_common_fkey',
        target: 'common_task',
        columnNames: ['programme', 'code'],
        referencedColumnNames: ['programme', 'code'],
      },
    ],
    indices: [{ name: 'common_copy_common_idx', columns: ['programme', 'code'] }],
  },
);
