import type pg from 'pg';
import type { OpenRounds } from '../../../application/appraisals/incidents.ts';

export const openRounds = (pool: pg.Pool): OpenRounds => ({
  async openRounds(after, limit) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'open-rounds',
      text: `select id from task where category = 'awaiting_appraisal' and ($1::uuid is null or id > $1) order by id limit $2`,
      values: [after ?? null, limit],
    });
    return rows.map(({ id }) => id);
  },
});
