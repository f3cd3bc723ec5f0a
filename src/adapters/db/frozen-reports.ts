import type pg from 'pg';
import type { FrozenReport, FrozenReportStore } from '../../application/reports/freeze.ts';

export interface FrozenReports extends FrozenReportStore {
  find(id: string): Promise<FrozenReport | undefined>;
  list(programme: string): Promise<readonly Omit<FrozenReport, 'body'>[]>;
}

type Row = Omit<FrozenReport, 'knownAt'> & { readonly knownAt: Date };

const columns = `id, programme, as_of as "asOf", known_at as "knownAt", sha256, created_by as "createdBy", created_at as "createdAt"`;

export const frozenReports = (pool: pg.Pool): FrozenReports => ({
  async save({ id, programme, asOf, knownAt, body, sha256, createdBy, createdAt }) {
    await pool.query(
      'insert into report_run (id, programme, as_of, known_at, body, sha256, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, programme, asOf, knownAt, body, sha256, createdBy, createdAt],
    );
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
