import { type EntryKind, entryKinds } from '../../../domain/reporting/confirmation.ts';
import type { RunRow } from '../../../domain/reporting/run-rows.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
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

export interface ReportRunRowsRow {
  readonly run_id: string;
  readonly rows: string;
  readonly sha256: string;
}

export const reportRunRowsTable = table<ReportRunRowsRow>('report_run_rows', {
  run_id: references(primary('report_run_rows', uuid), 'report_run', 'report_run_rows_run_id_fkey'),
  rows: text,
  sha256: text,
});

export const editionStatuses = ['draft', 'confirming', 'frozen', 'issued'] as const;

export interface ReportEditionRow {
  readonly id: string;
  readonly programme: string;
  readonly title: string;
  readonly as_of: string;
  readonly status: (typeof editionStatuses)[number];
  readonly run_id: string | null;
  readonly corrects: string | null;
  readonly reason: string | null;
  readonly number: string | null;
  readonly issued_on: string | null;
  readonly document: SourceDocument | null;
  readonly order_task: string | null;
  readonly order_document: string | null;
  readonly created_by: string;
  readonly created_at: Date;
}

export const reportEditionTable = table<ReportEditionRow>(
  'report_edition',
  {
    id: primary('report_edition', uuid),
    programme: references(text, 'programme', 'report_edition_programme_fkey'),
    title: text,
    as_of: day,
    status: text,
    run_id: references(optional(uuid), 'report_run', 'report_edition_run_id_fkey'),
    corrects: references(optional(uuid), 'report_edition', 'report_edition_corrects_fkey'),
    reason: optional(text),
    number: optional(text),
    issued_on: optional(day),
    document: optional(json),
    order_task: references(optional(uuid), 'task', 'report_edition_order_task_fkey'),
    order_document: references(optional(uuid), 'document', 'report_edition_order_document_fkey'),
    created_by: text,
    created_at: instant,
  },
  {
    uniques: [{ name: 'report_edition_corrects_key', columns: ['corrects'] }],
    checks: [
      oneOf('report_edition', 'status', editionStatuses),
      { name: 'report_edition_run_check', expression: `(run_id is null) = (status in ('draft', 'confirming'))` },
      {
        name: 'report_edition_issue_check',
        expression: `(status = 'issued') = (number is not null and issued_on is not null)`,
      },
      { name: 'report_edition_reason_check', expression: 'corrects is null or reason is not null' },
    ],
    indices: [
      { name: 'report_edition_programme_idx', columns: ['programme', 'created_at'] },
      { name: 'report_edition_run_idx', columns: ['run_id'] },
      { name: 'report_edition_order_task_idx', columns: ['order_task'], where: 'order_task is not null' },
      { name: 'report_edition_order_document_idx', columns: ['order_document'], where: 'order_document is not null' },
    ],
  },
);

export interface ReportEditionStepRow {
  readonly id: string;
  readonly edition: string;
  readonly status: (typeof editionStatuses)[number];
  readonly actor: string;
  readonly at: Date;
}

export const reportEditionStepTable = table<ReportEditionStepRow>(
  'report_edition_step',
  {
    id: identity('report_edition_step'),
    edition: references(uuid, 'report_edition', 'report_edition_step_edition_fkey'),
    status: text,
    actor: text,
    at: instant,
  },
  {
    checks: [oneOf('report_edition_step', 'status', editionStatuses)],
    indices: [{ name: 'report_edition_step_edition_idx', columns: ['edition', 'id'] }],
  },
);

export interface ConfirmationRoundRow {
  readonly id: string;
  readonly edition: string;
  readonly programme: string;
  readonly as_of: string;
  readonly known_at: Date;
  readonly due_on: string;
  readonly opened_by: string;
  readonly opened_at: Date;
}

export const confirmationRoundTable = table<ConfirmationRoundRow>(
  'confirmation_round',
  {
    id: primary('confirmation_round', uuid),
    edition: references(uuid, 'report_edition', 'confirmation_round_edition_fkey'),
    programme: references(text, 'programme', 'confirmation_round_programme_fkey'),
    as_of: day,
    known_at: instant,
    due_on: day,
    opened_by: text,
    opened_at: instant,
  },
  {
    uniques: [{ name: 'confirmation_round_edition_key', columns: ['edition'] }],
    indices: [{ name: 'confirmation_round_programme_idx', columns: ['programme', 'opened_at'] }],
  },
);

export interface ConfirmationLineRow {
  readonly round_id: string;
  readonly code: string;
  readonly row: RunRow;
}

export const confirmationLineTable = table<ConfirmationLineRow>('confirmation_line', {
  round_id: references(primary('confirmation_line', uuid), 'confirmation_round', 'confirmation_line_round_id_fkey'),
  code: primary('confirmation_line', text),
  row: json,
});

export interface ConfirmationEntryRow {
  readonly id: string;
  readonly round_id: string;
  readonly code: string;
  readonly kind: EntryKind;
  readonly reason: string | null;
  readonly correction: number | null;
  readonly actor: string;
  readonly at: Date;
}

export const confirmationEntryTable = table<ConfirmationEntryRow>(
  'confirmation_entry',
  {
    id: identity('confirmation_entry'),
    round_id: uuid,
    code: text,
    kind: text,
    reason: optional(text),
    correction: optional(integer),
    actor: text,
    at: instant,
  },
  {
    foreignKeys: [
      {
        name: 'confirmation_entry_line_fkey',
        target: 'confirmation_line',
        columnNames: ['round_id', 'code'],
        referencedColumnNames: ['round_id', 'code'],
      },
    ],
    checks: [
      oneOf('confirmation_entry', 'kind', entryKinds),
      {
        name: 'confirmation_entry_reason_check',
        expression: `kind in ('agree', 'upheld') or reason is not null`,
      },
      {
        name: 'confirmation_entry_correction_check',
        expression: `(kind = 'upheld') = (correction is not null)`,
      },
    ],
    indices: [{ name: 'confirmation_entry_line_idx', columns: ['round_id', 'code', 'id'] }],
  },
);
