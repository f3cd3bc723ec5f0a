import type pg from 'pg';
import type { FrozenReport, FrozenReportStore, FrozenRun } from '../../application/reports/freeze.ts';
import { sha256Of } from '../../application/reports/rows.ts';

export interface FrozenReports extends FrozenReportStore {
  find(id: string): Promise<FrozenReport | undefined>;
  /** The tasks of a run as text; undefined of one that was frozen without them. */
  rows(id: string): Promise<string | undefined>;
  list(programme: string): Promise<readonly Omit<FrozenReport, 'body'>[]>;
}

type Row = Omit<FrozenReport, 'knownAt'> & { readonly knownAt: Date };

const columns = `id, programme, as_of as "asOf", known_at as "knownAt", sha256, created_by as "createdBy", created_at as "createdAt"`;

/** Expressions `run` and `kept`, which write the values below ($1 to $10). */
export const insertRun = `run as (
    insert into report_run (id, programme, as_of, known_at, body, sha256, created_by, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) returning id),
  kept as (insert into report_run_rows (run_id, rows, sha256) select id, $9, $10 from run)`;

export const runValues = (run: FrozenRun): readonly unknown[] => [
  run.id,
  run.programme,
  run.asOf,
  run.knownAt,
  run.body,
  run.sha256,
  run.createdBy,
  run.createdAt,
  run.rows,
  sha256Of(run.rows),
];

export const frozenReports = (pool: pg.Pool): FrozenReports => ({
  async save(run) {
    await pool.query(`with ${insertRun} select 1`, [...runValues(run)]);
  },
  async rows(id) {
    const { rows } = await pool.query<{ rows: string }>('select rows from report_run_rows where run_id = $1', [id]);
    return rows[0]?.rows;
  },
  async find(id) {
    const { rows } = await pool.query<Row>(`select ${columns}, body from report_run where id = $1`, [id]);
    return rows[0] && { ...rows[0], knownAt: rows[0].knownAt.toISOString() };
  },
  async list(programme) {
    const { rows } = await pool.query<Omit<Row, 'body'>>(
      `select ${columns} from report_run where programme = $1 order by created_at desc limit 100`,
      [programme],
    );
    return rows.map((row) => ({ ...row, knownAt: row.knownAt.toISOString() }));
  },
});
