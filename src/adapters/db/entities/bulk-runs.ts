import { bulkKinds, bulkStatuses } from '../../../application/tasks/bulk-runs.ts';
import { instant, integer, json, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export interface BulkRunRow {
  readonly id: string;
  readonly kind: (typeof bulkKinds)[number];
  readonly command: unknown;
  readonly items: unknown;
  readonly body_hash: string;
  readonly status: (typeof bulkStatuses)[number];
  readonly total: number;
  readonly processed: number;
  readonly ok: number;
  readonly actor: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export const bulkRunTable = table<BulkRunRow>(
  'bulk_run',
  {
    id: primary('bulk_run', uuid),
    kind: text,
    command: json,
    items: json,
    body_hash: text,
    status: text,
    total: integer,
    processed: integer,
    ok: integer,
    actor: references(uuid, 'account', 'bulk_run_actor_fkey'),
    created_at: instant,
    finished_at: optional(instant),
  },
  {
    indices: [{ name: 'bulk_run_actor_idx', columns: ['actor', 'created_at'] }],
    checks: [oneOf('bulk_run', 'kind', bulkKinds), oneOf('bulk_run', 'status', bulkStatuses)],
  },
);

export interface BulkRunRefusalRow {
  readonly run_id: string;
  readonly number: number;
  readonly task_id: string;
  readonly code: string;
  readonly details: unknown;
}

export const bulkRunRefusalTable = table<BulkRunRefusalRow>('bulk_run_refusal', {
  run_id: references(primary('bulk_run_refusal', uuid), 'bulk_run', 'bulk_run_refusal_run_fkey'),
  number: primary('bulk_run_refusal', integer),
  task_id: uuid,
  code: text,
  details: json,
});
