import type pg from 'pg';
import type { DueRecurrence, RecurrenceStore } from '../../application/tasks/recur.ts';

export const recurrenceStore = (pool: pg.Pool): RecurrenceStore => ({
  async due(today, after, limit) {
    const { rows } = await pool.query<DueRecurrence>({
      name: 'recurrences-due',
      text: dueText,
      values: [today, after, limit],
    });
    return rows;
  },

  async link(next, before, by, at) {
    await pool.query({ name: 'link-occurrence', text: linkText, values: [next, before, by, at] });
  },
});

// Those that have ended, or whose day is past: an occurrence that nobody finishes does not hold up the ones to come.
const dueText = `
  select t.id, e.actor as "orderedBy" from task t join task_event e on e.task_id = t.id and e.seq = 1
  where t.recurrence is not null and (t.category in ('done', 'not_done') or (t.category <> 'stopped' and t.due_on < $1::date))
    and not exists (select from task_link l where l.to_task = t.id and l.kind = 'next_occurrence')
    and not exists (select from programme_phase p where p.programme = t.programme and p.phase = 'closing' and p.ended_on is not null)
    and ($2::uuid is null or t.id > $2::uuid)
  order by t.id limit $3`;

const linkText = `
  with linked as (
    insert into task_link (from_task, to_task, kind, created_by, recorded_at) values ($1, $2, 'next_occurrence', $3, $4)
    on conflict do nothing)
  insert into document_task (task_id, document_id, item, position, recorded_at)
  select $1, d.document_id, d.item, d.position, $4 from document_task d where d.task_id = $2 on conflict do nothing`;
