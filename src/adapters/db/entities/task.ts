import { categories, holders } from '../../../domain/workflow/definition.ts';
import { eventTypes } from '../../../domain/workflow/event-types.ts';
import { estimates, type TaskEvent, taskKinds } from '../../../domain/workflow/task.ts';
import type { TaskRow } from '../task-rows.ts';
import {
  boolean,
  day,
  double,
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

/** The row with the column that only searching reads. */
export interface SearchableTaskRow extends TaskRow {
  readonly search: string;
}

export const taskTable = table<SearchableTaskRow>(
  'task',
  {
    id: primary('task', uuid),
    code: text,
    programme: references(text, 'programme', 'task_programme_fkey'),
    definition_key: text,
    definition_version: integer,
    definition_sha256: text,
    title: text,
    product: optional(text),
    measure_unit: optional(text),
    target: optional(json),
    kind: text,
    source: optional(json),
    field: optional(text),
    indicator: optional(text),
    secret: { ...boolean, default: false },
    lead_unit: references(text, 'unit', 'task_lead_unit_fkey'),
    former_units: { ...json, default: [] },
    appraiser_unit: references(optional(text), 'unit', 'task_appraiser_unit_fkey'),
    participants: { ...json, default: [] },
    assigned_on: day,
    state: text,
    category: text,
    holder: optional(text),
    version: integer,
    seq: integer,
    round: integer,
    review: optional(json),
    proposal: optional(json),
    following: optional(json),
    urgings: { ...integer, default: 0 },
    followers: { ...json, default: [] },
    entered_on: day,
    due: json,
    recurrence: optional(json),
    due_on: optional(day),
    due_original_on: optional(day),
    extensions: integer,
    submitted_on: optional(day),
    submitted_by: optional(text),
    evidence_by: json,
    finished_on: optional(day),
    returns: integer,
    progress: optional(double),
    result: optional(json),
    estimate: optional(text),
    fields: json,
    fired: json,
    moved_at: instant,
    reported_at: optional(instant),
    due_decided_at: instant,
    recorded_at: instant,
    head_hash: text,
    search: text,
  },
  {
    uniques: [{ name: 'task_code_key', columns: ['code'] }],
    checks: [
      oneOf('task', 'kind', taskKinds),
      oneOf('task', 'category', categories),
      oneOf('task', 'holder', holders),
      oneOf('task', 'estimate', estimates),
    ],
    foreignKeys: [
      {
        name: 'task_definition_fkey',
        target: 'workflow_definition',
        columnNames: ['definition_key', 'definition_version'],
        referencedColumnNames: ['key', 'version'],
      },
    ],
    indices: [
      { name: 'task_programme_code_idx', columns: ['programme', 'code'] },
      { name: 'task_programme_due_on_idx', columns: ['programme', 'due_on'] },
      { name: 'task_lead_unit_idx', columns: ['lead_unit'] },
      { name: 'task_appraiser_unit_idx', columns: ['appraiser_unit'] },
      { name: 'task_followed_idx', columns: ['programme'], where: 'following is not null' },
      { name: 'task_recurring_idx', columns: ['programme'], where: 'recurrence is not null' },
      { name: 'task_followers_idx', columns: ['programme'], where: `followers <> '[]'` },
      // GIN with gin_trgm_ops, which EntitySchema has no words for.
      { name: 'task_search_idx', columns: ['search'], synchronize: false },
    ],
  },
);

export interface TaskEventRow {
  readonly task_id: string;
  readonly seq: number;
  readonly type: TaskEvent['type'];
  readonly actor: string | null;
  readonly capacity: string;
  readonly on_behalf_of: string | null;
  readonly signing: string | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly cause: string;
  readonly payload: TaskEvent['payload'];
  readonly state: string | null;
  readonly category: TaskRow['category'] | null;
  readonly submitted_on: string | null;
  readonly due_on: string | null;
  readonly estimate: string | null;
  readonly lead_unit: string | null;
  readonly prev_hash: string;
  readonly hash: string;
}

export const taskEventTable = table<TaskEventRow>(
  'task_event',
  {
    task_id: references(primary('task_event', uuid), 'task', 'task_event_task_id_fkey'),
    seq: primary('task_event', integer),
    type: text,
    actor: optional(text),
    capacity: text,
    on_behalf_of: optional(text),
    signing: optional(text),
    effective_at: instant,
    recorded_at: instant,
    cause: text,
    payload: json,
    state: optional(text),
    category: optional(text),
    submitted_on: optional(day),
    due_on: optional(day),
    estimate: optional(text),
    lead_unit: optional(text),
    prev_hash: text,
    hash: text,
  },
  {
    checks: [oneOf('task_event', 'type', eventTypes), oneOf('task_event', 'category', categories)],
    indices: [
      { name: 'task_event_cause_key', columns: ['task_id', 'cause'], unique: true },
      // BRIN, which EntitySchema has no words for.
      { name: 'task_event_recorded_idx', columns: ['recorded_at'], synchronize: false },
    ],
  },
);
