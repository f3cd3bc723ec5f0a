import type pg from 'pg';
import type { TaskEvent } from '../../../domain/workflow/task.ts';

/** All that happened to a task, oldest first, as the domain reads it. */
export const taskHistory =
  (pool: pg.Pool) =>
  async (taskId: string): Promise<readonly TaskEvent[]> => {
    const { rows } = await pool.query<TaskEvent & { effectiveAt: Date; recordedAt: Date }>({
      name: 'task-history',
      text: `select e.task_id as "taskId", e.seq, e.type, e.actor, e.capacity, e.effective_at as "effectiveAt",
          e.recorded_at as "recordedAt", e.payload
        from task_event e where e.task_id = $1 order by e.seq`,
      values: [taskId],
    });
    return rows.map((row) => ({
      ...row,
      effectiveAt: row.effectiveAt.toISOString(),
      recordedAt: row.recordedAt.toISOString(),
    })) as unknown as readonly TaskEvent[];
  };
