import type pg from 'pg';
import type { UrgingLine, UrgingRound, UrgingStore } from '../../application/following/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import { urgedInRound } from './urging-sql.ts';

const columns = `r.id, r.programme, r.as_of as "asOf", r.status, r.proposed_by as "proposedBy", r.proposed_at as "proposedAt",
  r.approved_by as "approvedBy", r.approved_at as "approvedAt", r.sent_at as "sentAt",
  r.withdrawn_by as "withdrawnBy", r.withdrawn_at as "withdrawnAt", r.withdrawal_reason as "withdrawalReason"`;

export const urgingStore = (pool: pg.Pool): UrgingStore => ({
  async propose({ id, programme, asOf, proposedBy, proposedAt }) {
    const { rowCount } = await pool.query('select from programme where code = $1', [programme]);
    if (rowCount === 0) throw new Refusal('programme.not_found', { programme });
    await pool.query({
      name: 'propose-urging',
      text: proposeText,
      values: [id, programme, asOf, proposedBy, proposedAt],
    });
  },

  async withdrawn(programme, asOf) {
    const { rows } = await pool.query<{ withdrawn: number }>(
      `select count(*)::integer as withdrawn from urging_round where programme = $1 and as_of = $2 and status = 'withdrawn'`,
      [programme, asOf],
    );
    return rows[0]?.withdrawn ?? 0;
  },

  async due(asOf) {
    const { rows } = await pool.query<{ programme: string }>({ name: 'urging-due', text: dueText, values: [asOf] });
    return rows.map(({ programme }) => programme).sort();
  },

  async find(id) {
    const { rows } = await pool.query<UrgingRound>(`select ${columns} from urging_round r where r.id = $1`, [id]);
    return rows[0];
  },

  async list(programme) {
    const { rows } = await pool.query<UrgingRound>(
      `select ${columns} from urging_round r where r.programme = $1 order by r.as_of desc limit 200`,
      [programme],
    );
    return rows;
  },

  async lines(id) {
    const { rows } = await pool.query<UrgingLine>({
      name: 'urging-lines',
      text: `select l.task_id as "taskId", t.code, t.title, l.unit, u.name as "unitName", l.assigned_on as "assignedOn", l.months,
          coalesce(l.n, t.urgings + 1) as n, l.status, l.reason
        from urging_line l join task t on t.id = l.task_id join unit u on u.code = l.unit
        where l.round = $1 order by u.official_order, l.assigned_on, t.code`,
      values: [id],
    });
    return rows;
  },

  async takeOut(id, { taskId, reason, by }) {
    const { rowCount } = await pool.query(
      `with held as (select id from urging_round where id = $1 and status = 'proposed' for update)
       update urging_line l set status = 'taken_out', reason = $3, changed_by = $4 from held
       where l.round = held.id and l.task_id = $2`,
      [id, taskId, reason, by],
    );
    return rowCount === 1;
  },

  async approve(id, by, at) {
    const { rowCount } = await pool.query(
      `with approved as (
         update urging_round set status = 'approved', approved_by = $2, approved_at = $3
         where id = $1 and status = 'proposed' returning id)
       insert into intention (queue, kind, payload, due_at, ready_at)
       select 'organisation', 'urging-round', json_build_object('roundId', id), $3, $3 from approved`,
      [id, by, at],
    );
    return rowCount === 1;
  },

  async withdraw(id, { by, reason, at }) {
    const { rowCount } = await pool.query(
      `update urging_round set status = 'withdrawn', withdrawn_by = $2, withdrawn_at = $3, withdrawal_reason = $4
       where id = $1 and status = 'proposed'`,
      [id, by, at, reason],
    );
    return rowCount === 1;
  },

  async waiting(intentionIds) {
    const { rows } = await pool.query<UrgingRound & { intention_id: string }>(
      `select ${columns}, i.id as intention_id from intention i join urging_round r on r.id = (i.payload ->> 'roundId')::uuid
       where i.id = any($1::bigint[]) and i.kind = 'urging-round' and r.status in ('approved', 'sent') order by r.approved_at`,
      [intentionIds],
    );
    return rows.map(({ intention_id, ...round }) => ({ intentionId: intention_id, round }));
  },

  async open(id, limit) {
    const { rows } = await pool.query<{ task_id: string }>(
      `select task_id from urging_line where round = $1 and status = 'proposed' order by task_id limit $2`,
      [id, limit],
    );
    return rows.map(({ task_id }) => task_id);
  },

  async settle(id, lines) {
    await pool.query({ name: 'settle-urging', text: settleText, values: [id, JSON.stringify(lines)] });
  },

  async finish(intentionId, id, at) {
    await pool.query(
      `with sent as (update urging_round set status = 'sent', sent_at = coalesce(sent_at, $3) where id = $2)
       delete from intention where id = $1`,
      [intentionId, id, at],
    );
  },
});

/**
 * Open work that had no deadline when it was first assigned and has none now, three months after it was assigned or last
 * urged. Work that waits for an event or a tentative day is not undated in that sense.
 */
const isDue = `t.category in ('assigned', 'in_progress') and t.due_on is null and e.due_on is null
    and t.due ->> 'kind' in ('none', 'proposed')
    and (greatest(t.assigned_on, (t.following ->> 'urgedOn')::date) + interval '3 months')::date <= $3::date
    and not exists (select from urging_line o join urging_round r on r.id = o.round
      where o.task_id = t.id and o.status = 'proposed' and r.status in ('proposed', 'approved'))`;

const proposeText = `
  with round as (
    insert into urging_round (id, programme, as_of, status, proposed_by, proposed_at) values ($1, $2, $3, 'proposed', $4, $5)
    on conflict do nothing returning id)
  insert into urging_line (round, task_id, unit, assigned_on, months, status)
  select round.id, t.id, t.lead_unit, t.assigned_on,
    (extract(year from age($3::date, t.assigned_on)) * 12 + extract(month from age($3::date, t.assigned_on)))::integer, 'proposed'
  from round, task t join task_event e on e.task_id = t.id and e.seq = 1
  where t.programme = $2 and ${isDue}`;

const dueText = `
  select distinct t.programme from task t join task_event e on e.task_id = t.id and e.seq = 1 where ${isDue.replace('$3', '$1')}`;

const settleText = `
  update urging_line l set status = s.status, reason = s.reason, n = (
    select (e.payload ->> 'n')::integer from task_event e where e.task_id = l.task_id and ${urgedInRound('e', 'l.round')})
  from json_to_recordset($2::json) as s("taskId" uuid, status text, reason text)
  where l.round = $1 and l.task_id = s."taskId" and l.status = 'proposed'`;
