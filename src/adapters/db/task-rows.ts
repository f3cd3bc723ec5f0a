// Between a task in memory and its row. Column names are the snake_case of the field names.

import type { Signing } from '../../domain/organisation/signing.ts';
import { fold } from '../../domain/text.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';

export interface TaskRow {
  readonly id: string;
  readonly code: string;
  readonly programme: string;
  readonly definition_key: string;
  readonly definition_version: number;
  readonly definition_sha256: string;
  readonly title: string;
  readonly product: string | null;
  readonly measure_unit: string | null;
  readonly target: Task['target'];
  readonly kind: Task['kind'];
  readonly source: Task['source'];
  readonly field: string | null;
  readonly indicator: string | null;
  readonly secret: boolean;
  readonly lead_unit: string;
  readonly former_units: Task['formerUnits'];
  readonly appraiser_unit: string | null;
  readonly participants: readonly string[];
  readonly assigned_on: string;
  readonly state: string;
  readonly category: Task['category'];
  readonly holder: Task['holder'];
  readonly version: number;
  readonly seq: number;
  readonly round: number;
  readonly review: Task['review'];
  readonly proposal: Task['proposal'];
  readonly following: Task['following'];
  readonly urgings: number;
  readonly followers: Task['followers'];
  readonly entered_on: string;
  readonly due: Task['due'];
  readonly recurrence: Task['recurrence'];
  readonly due_on: string | null;
  readonly due_original_on: string | null;
  readonly extensions: number;
  readonly submitted_on: string | null;
  readonly submitted_by: string | null;
  readonly evidence_by: readonly string[];
  readonly finished_on: string | null;
  readonly returns: number;
  readonly progress: number | null;
  readonly result: Task['result'];
  readonly estimate: Task['estimate'];
  readonly fields: Task['fields'];
  readonly fired: Task['fired'];
  readonly moved_at: Date;
  readonly reported_at: Date | null;
  readonly due_decided_at: Date;
  readonly recorded_at: Date;
  readonly head_hash: string;
}

export const taskFromRow = (row: TaskRow): Task => ({
  id: row.id,
  code: row.code,
  programme: row.programme,
  definition: { key: row.definition_key, version: row.definition_version, sha256: row.definition_sha256 },
  title: row.title,
  product: row.product,
  measureUnit: row.measure_unit,
  target: row.target,
  kind: row.kind,
  source: row.source,
  field: row.field,
  indicator: row.indicator,
  secret: row.secret,
  leadUnit: row.lead_unit,
  formerUnits: row.former_units,
  appraiserUnit: row.appraiser_unit,
  participants: row.participants,
  assignedOn: row.assigned_on,
  state: row.state,
  category: row.category,
  holder: row.holder,
  version: row.version,
  seq: row.seq,
  round: row.round,
  review: row.review,
  proposal: row.proposal,
  following: row.following,
  urgings: row.urgings,
  followers: row.followers,
  enteredOn: row.entered_on,
  due: row.due,
  recurrence: row.recurrence,
  dueOn: row.due_on,
  dueOriginalOn: row.due_original_on,
  extensions: row.extensions,
  submittedOn: row.submitted_on,
  submittedBy: row.submitted_by,
  evidenceBy: row.evidence_by,
  finishedOn: row.finished_on,
  returns: row.returns,
  progress: row.progress,
  result: row.result,
  estimate: row.estimate,
  fields: row.fields,
  fired: row.fired,
  movedAt: row.moved_at.toISOString(),
  reportedAt: row.reported_at?.toISOString() ?? null,
  dueDecidedAt: row.due_decided_at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
});

/** Columns written once, when the task is created. */
export const fixedColumns = {
  id: 'uuid',
  code: 'text',
  programme: 'text',
  definition_key: 'text',
  definition_version: 'integer',
  definition_sha256: 'text',
  title: 'text',
  product: 'text',
  measure_unit: 'text',
  target: 'jsonb',
  kind: 'text',
  source: 'jsonb',
  field: 'text',
  indicator: 'text',
  secret: 'boolean',
  assigned_on: 'date',
  search: 'text',
} as const;

/** Columns that events change. */
export const livingColumns = {
  lead_unit: 'text',
  former_units: 'jsonb',
  appraiser_unit: 'text',
  participants: 'jsonb',
  state: 'text',
  category: 'text',
  holder: 'text',
  version: 'integer',
  seq: 'integer',
  round: 'integer',
  review: 'jsonb',
  proposal: 'jsonb',
  following: 'jsonb',
  urgings: 'integer',
  followers: 'jsonb',
  entered_on: 'date',
  due: 'jsonb',
  recurrence: 'jsonb',
  due_on: 'date',
  due_original_on: 'date',
  extensions: 'integer',
  submitted_on: 'date',
  submitted_by: 'text',
  evidence_by: 'jsonb',
  finished_on: 'date',
  returns: 'integer',
  progress: 'double precision',
  result: 'jsonb',
  estimate: 'text',
  fields: 'jsonb',
  fired: 'jsonb',
  moved_at: 'timestamptz',
  reported_at: 'timestamptz',
  due_decided_at: 'timestamptz',
  recorded_at: 'timestamptz',
  head_hash: 'text',
} as const;

export const fixedValues = (task: Task): Record<keyof typeof fixedColumns, unknown> => ({
  id: task.id,
  code: task.code,
  programme: task.programme,
  definition_key: task.definition.key,
  definition_version: task.definition.version,
  definition_sha256: task.definition.sha256,
  title: task.title,
  product: task.product,
  measure_unit: task.measureUnit,
  target: task.target,
  kind: task.kind,
  source: task.source,
  field: task.field,
  indicator: task.indicator,
  secret: task.secret,
  assigned_on: task.assignedOn,
  search: searchText(task),
});

export const searchText = ({ code, title, product }: Task): string => fold(`${code} ${title} ${product ?? ''}`);

export const livingValues = (task: Task, headHash: string): Record<keyof typeof livingColumns, unknown> => ({
  lead_unit: task.leadUnit,
  former_units: task.formerUnits,
  appraiser_unit: task.appraiserUnit,
  participants: task.participants,
  state: task.state,
  category: task.category,
  holder: task.holder,
  version: task.version,
  seq: task.seq,
  round: task.round,
  review: task.review,
  proposal: task.proposal,
  following: task.following,
  urgings: task.urgings,
  followers: task.followers,
  entered_on: task.enteredOn,
  due: task.due,
  recurrence: task.recurrence,
  due_on: task.dueOn,
  due_original_on: task.dueOriginalOn,
  extensions: task.extensions,
  submitted_on: task.submittedOn,
  submitted_by: task.submittedBy,
  evidence_by: task.evidenceBy,
  finished_on: task.finishedOn,
  returns: task.returns,
  progress: task.progress,
  result: task.result,
  estimate: task.estimate,
  fields: task.fields,
  fired: task.fired,
  moved_at: task.movedAt,
  reported_at: task.reportedAt,
  due_decided_at: task.dueDecidedAt,
  recorded_at: task.recordedAt,
  head_hash: headHash,
});

/** The two keys of an event that only those who stood in for somebody carry. */
export const actedFor = ({
  on_behalf_of,
  signing,
}: {
  readonly on_behalf_of: string | null;
  readonly signing: Signing | null;
}): Pick<TaskEvent, 'onBehalfOf' | 'signing'> => ({
  ...(on_behalf_of === null ? {} : { onBehalfOf: on_behalf_of }),
  ...(signing === null ? {} : { signing }),
});

/** What report queries read of an event, beside the payload. */
export const eventFacets = (
  event: TaskEvent,
  next: Task,
): {
  state: string | null;
  category: string | null;
  submitted_on: string | null;
  due_on: string | null;
  estimate: string | null;
  lead_unit: string | null;
} => {
  const moves = event.type === 'task.assigned' || event.type === 'task.moved' || event.type === 'task.recalled';
  const leads = event.type === 'task.assigned' || (event.type === 'task.transferred' && event.payload.to !== undefined);
  return {
    state: moves ? next.state : null,
    category: moves ? event.payload.category : null,
    submitted_on: moves ? next.submittedOn : null,
    due_on: event.type === 'task.assigned' || event.type === 'task.deadline_decided' ? event.payload.dueOn : null,
    estimate: event.type === 'task.progress_reported' ? (event.payload.estimate ?? null) : null,
    lead_unit: leads ? next.leadUnit : null,
  };
};
