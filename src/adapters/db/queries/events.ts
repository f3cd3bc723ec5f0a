import type pg from 'pg';

export interface EventPage {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: number | null;
}

/** A task's history, oldest first. */
export const listEvents =
  (pool: pg.Pool) =>
  async (taskId: string, after: number, limit: number): Promise<EventPage> => {
    const { rows } = await pool.query<{ seq: number }>({
      name: 'list-events',
      text: `select e.seq, e.type, e.actor, a.name as "actorName", e.capacity, e.on_behalf_of as "onBehalfOf",
          e.signing, e.effective_at as "effectiveAt",
          e.recorded_at as "recordedAt", e.cause, e.payload, e.prev_hash as "prevHash", e.hash
        from task_event e left join account a on a.id::text = e.actor
        where e.task_id = $1 and e.seq > $2 order by e.seq limit $3`,
      values: [taskId, after, limit + 1],
    });
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
  };
