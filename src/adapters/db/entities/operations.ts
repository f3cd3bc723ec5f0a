import {
  bytes,
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

const importModes = ['all', 'partial'] as const;
const importStatuses = ['waiting', 'running', 'done', 'refused', 'failed'] as const;

export interface ImportRunRow {
  readonly id: string;
  readonly programme: string;
  readonly mode: (typeof importModes)[number];
  readonly status: (typeof importStatuses)[number];
  readonly total: number;
  readonly processed: number;
  readonly created: number;
  readonly unchanged: number;
  readonly problems: unknown;
  readonly file: Buffer | null;
  readonly file_sha256: string;
  readonly actor: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export const importRunTable = table<ImportRunRow>(
  'import_run',
  {
    id: primary('import_run', uuid),
    programme: references(text, 'programme', 'import_run_programme_fkey'),
    mode: text,
    status: text,
    total: integer,
    processed: integer,
    created: integer,
    unchanged: integer,
    problems: json,
    file: optional(bytes),
    file_sha256: text,
    actor: text,
    created_at: instant,
    finished_at: optional(instant),
  },
  { checks: [oneOf('import_run', 'mode', importModes), oneOf('import_run', 'status', importStatuses)] },
);

export interface ReportRunRow {
  readonly id: string;
  readonly programme: string;
  readonly as_of: string;
  readonly known_at: Date;
  readonly body: string;
  readonly sha256: string;
  readonly created_by: string;
  readonly created_at: Date;
}

export const reportRunTable = table<ReportRunRow>(
  'report_run',
  {
    id: primary('report_run', uuid),
    programme: references(text, 'programme', 'report_run_programme_fkey'),
    as_of: day,
    known_at: instant,
    body: text,
    sha256: text,
    created_by: text,
    created_at: instant,
  },
  { indices: [{ name: 'report_run_programme_idx', columns: ['programme', 'as_of'] }] },
);

export interface AuditEntryRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string | null;
  readonly action: string;
  readonly object: string;
  readonly reason: string | null;
  readonly detail: unknown;
}

export const auditEntryTable = table<AuditEntryRow>(
  'audit_entry',
  {
    id: identity('audit_entry'),
    at: instant,
    actor: optional(text),
    action: text,
    object: text,
    reason: optional(text),
    detail: json,
  },
  { indices: [{ name: 'audit_entry_throttle_idx', columns: ['actor', 'action', 'object', 'at'] }] },
);

export interface ScheduleRow {
  readonly key: string;
  readonly cron: string;
  readonly zone: string;
  readonly catch_up_hours: number;
  readonly since: Date;
  readonly paused_at: Date | null;
  readonly paused_reason: string | null;
}

export const scheduleTable = table<ScheduleRow>('schedule', {
  key: primary('schedule', text),
  cron: text,
  zone: text,
  catch_up_hours: integer,
  since: instant,
  paused_at: optional(instant),
  paused_reason: optional(text),
});

const runOutcomes = ['running', 'done', 'skipped', 'failed'] as const;

export interface ScheduleRunRow {
  readonly schedule: string;
  readonly nominal_at: Date;
  readonly outcome: (typeof runOutcomes)[number];
  readonly detail: string | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

export const scheduleRunTable = table<ScheduleRunRow>(
  'schedule_run',
  {
    schedule: references(primary('schedule_run', text), 'schedule', 'schedule_run_schedule_fkey'),
    nominal_at: primary('schedule_run', instant),
    outcome: text,
    detail: optional(text),
    started_at: instant,
    finished_at: optional(instant),
  },
  { checks: [oneOf('schedule_run', 'outcome', runOutcomes)] },
);

export interface WorkerRow {
  readonly id: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly tick_seen_at: Date | null;
}

export const workerTable = table<WorkerRow>('worker', {
  id: primary('worker', uuid),
  name: text,
  queues: json,
  started_at: instant,
  seen_at: instant,
  tick_seen_at: optional(instant),
});
