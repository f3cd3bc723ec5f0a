import type pg from 'pg';
import type { ExistingTask, ImportRun, ImportStore } from '../../application/imports/import-commitments.ts';
import type { NamedUnit } from '../../application/imports/unit-finder.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Due } from '../../domain/schedule/due.ts';
import { intentionStore } from './intentions.ts';
import type { ReferenceData } from './reference-data.ts';
import { taskStore } from './task-store.ts';
import { heirs, standsAt } from './unit-sql.ts';

const columns = `r.id, r.programme, r.mode, r.status, r.total, r.processed, r.created, r.unchanged, r.problems,
  r.file_sha256 as "fileSha256", r.actor, r.created_at as "createdAt", r.finished_at as "finishedAt"`;

export const importStore = (pool: pg.Pool, reference: ReferenceData): ImportStore => ({
  async units(now) {
    const { rows } = await pool.query<NamedUnit>(
      `select u.code, u.name, case when not (${standsAt('$1')}) then json_build_object('successor', nullif(h.heir, u.code)) end as ended
       from unit u join ${heirs} h on h.unit = u.code`,
      [now],
    );
    return rows;
  },

  async defaultDue(programme) {
    const { rows } = await pool.query<{ due: Due | null }>('select default_due as due from programme where code = $1', [
      programme,
    ]);
    if (!rows[0]) throw new Refusal('programme.not_found', { programme });
    return rows[0].due ?? undefined;
  },

  async existing(codes) {
    const { rows } = await pool.query<ExistingTask>(
      `select t.code, t.programme, t.lead_unit as "leadUnit", h.heir, t.title, e.cause
       from task t join ${heirs} h on h.unit = t.lead_unit join task_event e on e.task_id = t.id and e.seq = 1 where t.code = any($1)`,
      [codes],
    );
    return new Map(rows.map((row) => [row.code, row]));
  },

  async plan(run, file) {
    const { rowCount } = await pool.query(
      `with planned as (
         insert into import_run (id, programme, mode, status, total, processed, created, unchanged, problems, file, file_sha256,
           actor, created_at)
         values ($1, $2, $3, 'waiting', $4, 0, 0, 0, $5, $6, $7, $8, $9) on conflict (id) do nothing returning id)
       insert into intention (queue, kind, payload, due_at, ready_at)
       select 'imports', 'import', json_build_object('importId', id), $9, $9 from planned`,
      [
        run.id,
        run.programme,
        run.mode,
        run.total,
        JSON.stringify(run.problems),
        file,
        run.fileSha256,
        run.actor,
        run.createdAt,
      ],
    );
    return rowCount === 1;
  },

  async find(id) {
    const { rows } = await pool.query<ImportRun>(`select ${columns} from import_run r where r.id = $1`, [id]);
    return rows[0];
  },

  async waiting(intentionIds) {
    const { rows } = await pool.query<ImportRun & { intention_id: string; file: Buffer }>(
      `select ${columns}, r.file, i.id as intention_id from intention i join import_run r on r.id = (i.payload->>'importId')::uuid
       where i.id = any($1::bigint[]) and i.kind = 'import' and r.status in ('waiting', 'running', 'failed') and r.file is not null`,
      [intentionIds],
    );
    return rows.map(({ intention_id, file, ...run }) => ({ intentionId: intention_id, run, file }));
  },

  async failed(intentionId, id, error, now) {
    await intentionStore(pool).failed([intentionId], error, now);
    await pool.query(
      `update import_run set status = 'failed' where id = $1 and status in ('waiting', 'running')
         and exists (select 1 from intention where id = $2 and parked_at is not null)`,
      [id, intentionId],
    );
  },

  async progress(id, processed, total) {
    await pool.query(
      `update import_run set processed = $2, total = $3, status = 'running' where id = $1 and status in ('waiting', 'running')`,
      [id, processed, total],
    );
  },

  async finish(intentionId, id, write, now) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      // Whoever locks the row does the import; another worker with the same job finds it locked, or gone, and leaves.
      const { rowCount } = await client.query(
        'delete from intention where id = (select id from intention where id = $1 for update skip locked)',
        [intentionId],
      );
      if (rowCount === 1) {
        const end = await write(taskStore(client, reference));
        await client.query(
          `update import_run set status = $2, created = $3, unchanged = $4, problems = $5, processed = $6, total = $7,
             finished_at = $8 where id = $1`,
          [id, end.status, end.created, end.unchanged, JSON.stringify(end.problems), end.processed, end.total, now],
        );
      }
      await client.query('commit');
      client.release();
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      client.release(error instanceof Error);
      throw error;
    }
  },
});
