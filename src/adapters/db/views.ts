import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { SavedView, ViewStore } from '../../application/views/manage.ts';
import { orRefuse } from './refusals.ts';

const columns = 'v.id, v.owner, v.page, v.name, v.query, v.sharing, v.unit, v.created_at as "createdAt"';

export const viewStore = (pool: pg.Pool, source: DataSource): ViewStore => ({
  async list(account, units, page) {
    const { rows } = await pool.query<SavedView>({
      name: 'saved-views',
      text: `select ${columns} from saved_view v
        where v.page = $3 and (v.owner = $1 or v.sharing = 'all' or v.unit = any($2::text[]))
        order by v.owner <> $1, v.sharing, v.name, v.id limit 200`,
      values: [account, units, page],
    });
    return rows;
  },

  async save({ id, owner, page, name, query, sharing, unit, createdAt }, most) {
    const rows: readonly { readonly id: string }[] = await orRefuse(
      source.query(
        `insert into saved_view (id, owner, page, name, query, sharing, unit, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8 where (
           select count(*) < $9 from saved_view where owner = $2 and not (page = $3 and name = $4))
         on conflict (owner, page, name) do update set query = excluded.query, sharing = excluded.sharing, unit = excluded.unit
         returning id`,
        [id, owner, page, name, query, sharing, unit, createdAt, most],
      ),
      { saved_view_unit_fkey: ['unit.not_found', { unit }] },
    );
    return rows[0]?.id;
  },

  async find(id) {
    const { rows } = await pool.query<SavedView>(`select ${columns} from saved_view v where v.id = $1`, [id]);
    return rows[0];
  },

  async remove(id) {
    const { rowCount } = await pool.query('delete from saved_view where id = $1', [id]);
    return rowCount === 1;
  },
});
