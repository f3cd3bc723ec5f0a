import type pg from 'pg';
import type { ExportSource, ExportView, ExportWindow } from '../../application/audit/ports.ts';
import type { ChainLink } from '../../application/audit/verdict.ts';
import type { FrozenReport } from '../../application/reports/freeze.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
import { checkpointPages, entryPages, leafPages } from './checkpoints.ts';
import { type EventRow, pages, readReports, storedEvent } from './verify-source.ts';

const tasksPerPage = 200;

export const exportSource = (pool: pg.Pool): ExportSource => ({
  async *snapshot(lines) {
    const client = await pool.connect();
    let whole = false;
    try {
      await client.query('begin isolation level repeatable read read only');
      // Whoever reads sets the pace; the HTTP adapter gives up on those who stop reading.
      await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
      yield* lines(viewOf(client));
      await client.query('commit');
      whole = true;
    } finally {
      // Broken off: closed rather than handed back, so that nobody meets its open transaction.
      client.release(!whole);
    }
  },
});

const viewOf = (client: pg.PoolClient): ExportView => ({
  checkpoints: () => checkpointPages(client),
  leavesOf: (checkpoint) => leafPages(client, checkpoint),
  async definitions() {
    const { rows } = await client.query<{ key: string; version: number; sha256: string; body: Definition }>(
      'select key, version, sha256, body from workflow_definition where sha256 is not null order by key, version',
    );
    return rows;
  },
  async *reports({ from, until, programme }) {
    for await (const page of pages<FrozenReport>((last) => readReports(client, last)))
      yield page.filter(
        (report) =>
          (programme === undefined || report.programme === programme) &&
          (!from || report.createdAt >= from) &&
          (!until || report.createdAt < until),
      );
  },
  events: (window) => eventPages(client, window),
  entries: (window) => entryPages(client, window),
});

async function* eventPages(
  client: pg.PoolClient,
  { from, until, programme }: ExportWindow,
): AsyncGenerator<readonly ChainLink[]> {
  for (let after: string | null = null; ; ) {
    const tasks: pg.QueryResult<{ id: string }> = await client.query({
      name: 'export-tasks',
      text: `select t.id from task t
        where ($1::uuid is null or t.id > $1) and ($2::text is null or t.programme = $2)
          and ($3::timestamptz is null and $4::timestamptz is null or exists (
            select from task_event e where e.task_id = t.id and e.recorded_at >= coalesce($3, '-infinity')
              and e.recorded_at < coalesce($4, 'infinity')))
        order by t.id limit $5`,
      values: [after, programme ?? null, from ?? null, until ?? null, tasksPerPage],
    });
    const last = tasks.rows.at(-1);
    if (!last) return;
    const { rows } = await client.query<EventRow>({
      name: 'export-events',
      text: 'select * from task_event where task_id = any($1::uuid[]) order by task_id, seq',
      values: [tasks.rows.map(({ id }) => id)],
    });
    yield rows.map(storedEvent);
    after = last.id;
  }
}
