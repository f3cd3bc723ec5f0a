// An event with its task and what a line about it names, as columns and as a value. Expects task_event e, task t.

import type { TaskNotice } from '../../application/notifications/ports.ts';
import type { Signing } from '../../domain/organisation/signing.ts';
import type { TaskEvent } from '../../domain/workflow/task.ts';

import { actedFor } from './task-rows.ts';

export interface NoticeColumns {
  readonly task_id: string;
  readonly seq: number;
  readonly type: TaskEvent['type'];
  readonly actor: string | null;
  readonly capacity: string;
  readonly on_behalf_of: string | null;
  readonly signing: Signing | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly payload: unknown;
  readonly code: string;
  readonly title: string;
  readonly category: TaskNotice['task']['category'];
  readonly due_on: string | null;
  readonly lead_unit: string;
  readonly appraiser_unit: string | null;
  readonly participants: readonly string[];
  readonly programme: string;
  readonly field: string | null;
  readonly submitted_by: string | null;
  readonly followers: TaskNotice['task']['followers'];
  readonly source_number: string | null;
  readonly unit_name: string;
  readonly central_units: readonly string[];
  readonly noun: string;
  readonly programme_name: string;
  readonly illustrative: boolean;
}

export const noticeColumns = `e.task_id, e.seq, e.type, e.actor, e.capacity, e.on_behalf_of, e.signing, e.effective_at, e.recorded_at, e.payload,
  t.code, t.title, t.category, t.due_on, t.lead_unit, t.appraiser_unit, t.participants, t.programme, t.field, t.submitted_by, t.followers, t.source->>'number' as source_number,
  u.name as unit_name, array(select code from unit where code in (t.lead_unit, t.appraiser_unit) and class = 'central') as central_units, p.noun, p.name as programme_name, p.illustrative`;

export const noticeJoins = 'join unit u on u.code = t.lead_unit join programme p on p.code = t.programme';

export const noticeFromRow = (row: NoticeColumns): TaskNotice => ({
  event: {
    taskId: row.task_id,
    seq: row.seq,
    type: row.type,
    actor: row.actor,
    capacity: row.capacity,
    ...actedFor(row),
    effectiveAt: row.effective_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    payload: row.payload,
    // Written by commit (task-store.ts) from an event of this type.
  } as TaskEvent,
  task: {
    id: row.task_id,
    code: row.code,
    title: row.title,
    category: row.category,
    dueOn: row.due_on,
    leadUnit: row.lead_unit,
    appraiserUnit: row.appraiser_unit,
    participants: row.participants,
    programme: row.programme,
    field: row.field,
    submittedBy: row.submitted_by,
    ...(row.followers ? { followers: row.followers } : {}),
  },
  sourceNumber: row.source_number,
  unitName: row.unit_name,
  centralUnits: row.central_units,
  noun: row.noun,
  programmeName: row.programme_name,
  illustrative: row.illustrative,
});
