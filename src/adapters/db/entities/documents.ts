import type {
  Attachment,
  DocumentKind,
  OrderingAuthority,
  Recipient,
  Signer,
  TaskLinkKind,
} from '../../../domain/documents/document.ts';
import { documentKinds, orderingAuthorities, taskLinkKinds } from '../../../domain/documents/document.ts';
import type { Due } from '../../../domain/schedule/due.ts';
import {
  boolean,
  day,
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

export interface DocumentRow {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly sign: string | null;
  readonly issued_on: string | null;
  readonly issuer: string;
  readonly authority: OrderingAuthority;
  readonly signer: Signer | null;
  readonly abstract: string | null;
  readonly secret: boolean;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
  readonly status: 'draft' | 'issued';
  readonly version: number;
  readonly corrects: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly issued_by: string | null;
  readonly recorded_at: Date | null;
}

export const documentTable = table<DocumentRow>(
  'document',
  {
    id: primary('document', uuid),
    kind: text,
    number: optional(text),
    sign: optional(text),
    issued_on: optional(day),
    issuer: text,
    authority: text,
    signer: optional(json),
    abstract: optional(text),
    secret: boolean,
    recipients: json,
    attachments: json,
    status: text,
    version: integer,
    corrects: references(optional(uuid), 'document', 'document_corrects_fkey'),
    created_by: text,
    created_at: instant,
    issued_by: optional(text),
    recorded_at: optional(instant),
  },
  {
    checks: [
      oneOf('document', 'kind', documentKinds),
      oneOf('document', 'authority', orderingAuthorities),
      oneOf('document', 'status', ['draft', 'issued']),
      {
        name: 'document_issued_check',
        expression: `(status = 'issued') = (number is not null and issued_on is not null and issued_by is not null
          and recorded_at is not null)`,
      },
      { name: 'document_abstract_check', expression: 'not secret or abstract is null' },
    ],
    indices: [
      {
        name: 'document_number_idx',
        columns: ['issuer', 'number', 'issued_on'],
        unique: true,
        where: `status = 'issued' and corrects is null`,
      },
      { name: 'document_created_idx', columns: ['created_at', 'id'] },
      { name: 'document_corrects_idx', columns: ['corrects'] },
    ],
  },
);

export interface DocumentTaskRow {
  readonly task_id: string;
  readonly document_id: string;
  readonly item: string | null;
  readonly position: number;
  readonly recorded_at: Date;
}

export const documentTaskTable = table<DocumentTaskRow>(
  'document_task',
  {
    task_id: references(primary('document_task', uuid), 'task', 'document_task_task_id_fkey'),
    document_id: references(uuid, 'document', 'document_task_document_id_fkey'),
    item: optional(text),
    position: integer,
    recorded_at: instant,
  },
  { indices: [{ name: 'document_task_document_idx', columns: ['document_id', 'position'] }] },
);

export interface TaskLinkRow {
  readonly from_task: string;
  readonly to_task: string;
  readonly kind: TaskLinkKind;
  readonly created_by: string;
  readonly recorded_at: Date;
}

export const taskLinkTable = table<TaskLinkRow>(
  'task_link',
  {
    from_task: references(primary('task_link', uuid), 'task', 'task_link_from_task_fkey'),
    to_task: references(primary('task_link', uuid), 'task', 'task_link_to_task_fkey'),
    kind: primary('task_link', text),
    created_by: text,
    recorded_at: instant,
  },
  {
    checks: [
      oneOf('task_link', 'kind', taskLinkKinds),
      { name: 'task_link_self_check', expression: 'from_task <> to_task' },
    ],
    indices: [
      { name: 'task_link_to_idx', columns: ['to_task'] },
      { name: 'task_link_next_key', columns: ['to_task'], unique: true, where: `kind = 'next_occurrence'` },
    ],
  },
);

export interface DeadlineProposalRow {
  readonly id: string;
  readonly task_id: string;
  readonly after_seq: number;
  readonly due: Due;
  readonly due_on: string;
  readonly reason: string | null;
  readonly proposed_by: string;
  readonly capacity: string;
  readonly recorded_at: Date;
}

export const deadlineProposalTable = table<DeadlineProposalRow>(
  'deadline_proposal',
  {
    id: primary('deadline_proposal', uuid),
    task_id: references(uuid, 'task', 'deadline_proposal_task_id_fkey'),
    after_seq: integer,
    due: json,
    due_on: day,
    reason: optional(text),
    proposed_by: text,
    capacity: text,
    recorded_at: instant,
  },
  { indices: [{ name: 'deadline_proposal_task_idx', columns: ['task_id', 'recorded_at'] }] },
);
