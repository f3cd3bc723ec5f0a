import type pg from 'pg';
import type { EventsBetween, ExplainingEvent } from '../../../application/reports/compare.ts';

export const eventsBetween =
  (pool: pg.Pool): EventsBetween =>
  async (codes, one, other) => {
    const { rows } = await pool.query<ExplainingEvent>(text, [codes, one.before, one.known, other.before, other.known]);
    return rows;
  };

const text = `
  select t.code, e.seq, e.type, e.actor, e.capacity, e.effective_at as "effectiveAt", e.recorded_at as "recordedAt"
  from task t join task_event e on e.task_id = t.id
  where t.code = any($1)
    and e.type not in ('task.timer_fired', 'task.timer_skipped')
    and (e.effective_at < $2 and e.recorded_at <= $3) <> (e.effective_at < $4 and e.recorded_at <= $5)
  order by t.code collate "C", e.seq`;
