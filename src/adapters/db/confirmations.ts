import type pg from 'pg';
import type { Line, Round, RoundStore } from '../../application/reports/confirmation.ts';

type RoundRow = Omit<Round, 'knownAt'> & { readonly knownAt: Date };

const rounds = `select r.id, r.edition, r.programme, r.as_of as "asOf", r.known_at as "knownAt", r.due_on as "dueOn",
    r.opened_by as "openedBy", r.opened_at as "openedAt", c.zone, e.run_id is not null as frozen
  from confirmation_round r join report_edition e on e.id = r.edition
    join programme p on p.code = r.programme join calendar c on c.key = p.calendar`;

const lines = `select l.row, t.lead_unit as "leadsNow", last.said as last
  from confirmation_line l join task t on t.code = l.code
  left join lateral (
    select json_build_object('code', n.code, 'kind', n.kind, 'reason', n.reason, 'correction', n.correction, 'actor', n.actor,
      'at', n.at) as said
    from confirmation_entry n where n.round_id = l.round_id and n.code = l.code order by n.id desc limit 1) last on true
  where l.round_id = $1 order by l.row ->> 'bloc', l.row ->> 'unit', l.code collate "C"`;

export const confirmationStore = (pool: pg.Pool): RoundStore => {
  const find = async (query: string, value: string): Promise<readonly Round[]> =>
    (await pool.query<RoundRow>(query, [value])).rows.map((row) => ({ ...row, knownAt: row.knownAt.toISOString() }));
  const read = async (client: pg.Pool | pg.PoolClient, id: string): Promise<readonly Line[]> =>
    (await client.query<Line>(lines, [id])).rows;
  return {
    find: async (id) => (await find(`${rounds} where r.id = $1`, id))[0],
    ofEdition: async (edition) => (await find(`${rounds} where r.edition = $1`, edition))[0],
    list: (programme) => find(`${rounds} where r.programme = $1 order by r.opened_at desc limit 100`, programme),
    lines: (id) => read(pool, id),

    async write(id, { actor, at }, decide) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 158))', [id]);
        // Whoever freezes waits until what is said here is written, and nothing is said once it is frozen.
        const { rows } = await client.query<{ frozen: boolean }>(frozenYet, [id]);
        const entries = decide(await read(client, id), rows[0]?.frozen ?? false);
        await client.query(insert, [id, actor, at, JSON.stringify(entries)]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },

    async corrected(code, seq, after) {
      const { rowCount } = await pool.query(
        `select from task_event e join task t on t.id = e.task_id where t.code = $1 and e.seq = $2 and e.recorded_at > $3`,
        [code, seq, after],
      );
      return rowCount === 1;
    },
  };
};

const frozenYet = `
  select e.run_id is not null as frozen from confirmation_round r join report_edition e on e.id = r.edition
  where r.id = $1 for share of e`;

// A dispute is told to the office, what became of it to its unit: once for each unit and request.
const insert = `
  with said as (
  insert into confirmation_entry (round_id, code, kind, reason, correction, actor, at)
  select $1::uuid, n.code, n.kind, n.reason, n.correction, $2::text, $3::timestamptz
  from jsonb_to_recordset($4::jsonb) n(code text, kind text, reason text, correction integer)
  returning id, code, kind),
  news as (
    select l.row ->> 'unit' as unit, case s.kind when 'dispute' then 'disputed' else 'resolved' end as news, min(s.id) as first,
      jsonb_agg(s.code order by s.id) as codes
    from said s join confirmation_line l on l.round_id = $1 and l.code = s.code where s.kind <> 'agree' group by 1, 2)
  insert into intention (queue, kind, payload, due_at, ready_at)
  select 'notify', 'confirmation', jsonb_build_object('round', $1::uuid, 'news', news, 'unit', unit, 'actor', $2::text,
    'about', news || '/' || unit || '/' || first, 'codes', codes), $3, $3
  from news`;
