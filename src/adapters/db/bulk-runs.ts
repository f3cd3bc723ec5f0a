import type pg from 'pg';
import type {
  AskedRun,
  BulkRun,
  BulkRunStore,
  Refused,
  RefusedItem,
  RunItem,
} from '../../application/tasks/bulk-runs.ts';
import { intentionStore, leaseMs } from './intentions.ts';
import { withinScope } from './queries/scope.ts';
import type { ReferenceData } from './reference-data.ts';
import { taskStore } from './task-store.ts';

const columns = `r.id, r.kind, r.status, r.total, r.processed, r.ok, r.actor, r.created_at as "createdAt",
  r.finished_at as "finishedAt"`;

export const bulkRunStore = (pool: pg.Pool, reference: ReferenceData): BulkRunStore => ({
  async plan(run) {
    const { rowCount } = await pool.query(
      `with planned as (
         insert into bulk_run (id, kind, command, items, body_hash, status, total, processed, ok, actor, created_at)
         values ($1, $2, $3, $4, $5, 'waiting', $6, 0, 0, $7, $8) on conflict (id) do nothing returning id)
       insert into intention (queue, kind, payload, due_at, ready_at)
       select 'bulk', 'bulk-run', json_build_object('runId', id), $8, $8 from planned`,
      [
        run.id,
        run.kind,
        JSON.stringify(run.command),
        JSON.stringify(run.items),
        run.bodyHash,
        run.total,
        run.actor,
        run.createdAt,
      ],
    );
    return rowCount === 1;
  },

  async find(id) {
    const { rows } = await pool.query<BulkRun & Pick<AskedRun, 'bodyHash'>>(
      `select ${columns}, r.body_hash as "bodyHash" from bulk_run r where r.id = $1`,
      [id],
    );
    return rows[0];
  },

  async unfinished(actor) {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::integer as count from bulk_run where actor = $1 and finished_at is null',
      [actor],
    );
    return rows[0]?.count ?? 0;
  },

  async recent(actor, since, limit) {
    const { rows } = await pool.query<BulkRun>(
      `select ${columns} from bulk_run r where r.actor = $1 and (r.finished_at is null or r.created_at > $2)
       order by r.created_at desc, r.id limit $3`,
      [actor, since, limit],
    );
    return rows;
  },

  async refusals(id, scope) {
    const values: unknown[] = [id];
    const inside = withinScope(scope, (value) => `$${values.push(value)}`) ?? 'true';
    const { rows } = await pool.query<RefusedItem>(
      `select f.task_id as "taskId", f.code, f.details, case when k.id is not null then
         json_build_object('code', k.code, 'title', k.title, 'programme', k.programme, 'version', k.version) end as task
       from bulk_run_refusal f left join task k on k.id = f.task_id and ${inside}
       where f.run_id = $1 order by f.number`,
      values,
    );
    return rows;
  },

  async waiting(intentionIds) {
    const { rows } = await pool.query<AskedRun & { readonly intention_id: string }>(
      `select ${columns}, r.command, r.items, r.body_hash as "bodyHash", i.id as intention_id
       from intention i join bulk_run r on r.id = (i.payload->>'runId')::uuid
       where i.id = any($1::bigint[]) and i.kind = 'bulk-run' and r.finished_at is null order by i.id`,
      [intentionIds],
    );
    return rows.map(({ intention_id, ...run }) => ({ intentionId: intention_id, run }));
  },

  async portion({ intentionId, run, most, now }, work) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const step = await portionIn(client, reference, { intentionId, run, most, now }, work);
      await client.query('commit');
      client.release();
      return step;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      client.release(error instanceof Error);
      throw error;
    }
  },

  async failed(intentionId, id, error, now) {
    await intentionStore(pool).failed([intentionId], error, now);
    await pool.query(
      `update bulk_run set status = 'failed' where id = $1 and finished_at is null
         and exists (select 1 from intention where id = $2 and parked_at is not null)`,
      [id, intentionId],
    );
  },
});

type Portion = Parameters<BulkRunStore['portion']>;

const portionIn = async (
  client: pg.PoolClient,
  reference: ReferenceData,
  { intentionId, run, most, now }: Portion[0],
  work: Portion[1],
): Promise<'more' | 'over' | 'taken'> => {
  // Whoever locks the row does the portion, and is left alone while it goes forward: the lease begins anew.
  const { rowCount } = await client.query(
    `update intention set due_at = $2, ready_at = $3, attempts = 0, last_error = null
     where id = (select id from intention where id = $1 for update skip locked)`,
    [intentionId, now, new Date(now.getTime() + leaseMs)],
  );
  if (rowCount !== 1) return 'taken';
  const { rows } = await client.query<{ processed: number }>('select processed from bulk_run where id = $1', [run.id]);
  const start = rows[0]?.processed ?? run.total;
  const end = Math.min(start + most, run.total);
  const refused = await work(taskStore(client, reference), start, end);
  if (refused.size > 0)
    await client.query(
      `insert into bulk_run_refusal (run_id, number, task_id, code, details)
       select $1, f.number, f.task_id, f.code, f.details
       from json_to_recordset($2::json) as f(number integer, task_id uuid, code text, details jsonb)`,
      [run.id, JSON.stringify(refusalRows(run.items, refused))],
    );
  const over = end === run.total;
  await client.query(`update bulk_run set processed = $2, ok = ok + $3, status = $4, finished_at = $5 where id = $1`, [
    run.id,
    end,
    end - start - refused.size,
    over ? 'done' : 'running',
    over ? now : null,
  ]);
  if (over) await client.query('delete from intention where id = $1', [intentionId]);
  return over ? 'over' : 'more';
};

const refusalRows = (items: readonly RunItem[], refused: Refused) =>
  [...refused].map(([index, { code, details }]) => ({
    number: index + 1,
    task_id: items[index]?.taskId,
    code,
    details,
  }));
