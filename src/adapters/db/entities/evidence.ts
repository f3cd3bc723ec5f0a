import { fileTypeList } from '../../../application/evidence/file-types.ts';
import { type FileScan, fileScans } from '../../../domain/workflow/evidence.ts';
import { instant, integer, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export interface EvidenceFileRow {
  readonly id: string;
  readonly task_id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly storage_key: string;
  readonly uploaded_by: string;
  readonly uploaded_at: Date;
  readonly scan: FileScan;
  readonly state: 'arriving' | 'kept' | 'leaving';
  readonly linked_seq: number | null;
  readonly linked_at: Date | null;
}

export const evidenceFileTable = table<EvidenceFileRow>(
  'evidence_file',
  {
    id: primary('evidence_file', uuid),
    task_id: references(uuid, 'task', 'evidence_file_task_id_fkey'),
    name: text,
    type: text,
    bytes: integer,
    sha256: text,
    storage_key: text,
    uploaded_by: references(uuid, 'account', 'evidence_file_uploaded_by_fkey'),
    uploaded_at: instant,
    scan: text,
    state: text,
    linked_seq: optional(integer),
    linked_at: optional(instant),
  },
  {
    uniques: [{ name: 'evidence_file_storage_key_key', columns: ['storage_key'] }],
    checks: [
      oneOf('evidence_file', 'type', fileTypeList),
      oneOf('evidence_file', 'scan', fileScans),
      oneOf('evidence_file', 'state', ['arriving', 'kept', 'leaving']),
      { name: 'evidence_file_bytes_check', expression: 'bytes > 0' },
      {
        name: 'evidence_file_linked_check',
        expression: `linked_seq is null and linked_at is null
          or linked_seq is not null and linked_at is not null and state = 'kept' and scan in ('clean', 'skipped')`,
      },
    ],
    indices: [
      { name: 'evidence_file_task_idx', columns: ['task_id', 'linked_seq'] },
      { name: 'evidence_file_unlinked_idx', columns: ['uploaded_at'], where: 'linked_seq is null' },
    ],
  },
);
