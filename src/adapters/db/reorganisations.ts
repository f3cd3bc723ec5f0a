// Reorganisations and what they write of units and people. Begin and finish each are one transaction under one lock, so
// that no two reorganisations judge by the same moment, and no task is given to a unit between its judging and its closing.

import type pg from 'pg';
import type {
  ReorganisationRun,
  ReorganisationStore,
  WaitingReorganisation,
} from '../../application/organisation/ports.ts';
import type { Role } from '../../domain/organisation/actor.ts';
import {
  type AffectedTask,
  defaultSuccessor,
  endedUnits,
  type Member,
  movedMembers,
  type Reorganisation,
  type ReorganisationPlan,
  type Situation,
} from '../../domain/organisation/reorganisation.ts';
import type { Unit } from '../../domain/organisation/units.ts';
import { Refusal } from '../../domain/refusal.ts';

const columns = `r.id, r.kind, r.effective_on as "effectiveOn", r.document, r.predecessors, r.successors, r.status, r.total, r.processed,
  r.problem, r.actor, r.created_at as "createdAt", r.finished_at as "finishedAt", r.request`;

const openCategories = `('assigned', 'in_progress', 'awaiting_appraisal')`;
/** Open tasks t that one of the units leads, appraises or takes part in appraising. */
const names = (units: string): string =>
  `t.category in ${openCategories} and (t.lead_unit = any(${units}) or t.appraiser_unit = any(${units}) or t.participants ?| ${units})`;

export const reorganisationStore = (pool: pg.Pool): ReorganisationStore => ({
  situation: (request, today) => readSituation(pool, request, today, undefined),

  async plan(run, dueAt) {
    const { rowCount } = await pool.query(
      `with planned as (
         insert into reorganisation (id, kind, effective_on, document, request, predecessors, successors, status, total, processed,
           actor, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, 0, $9, $10) on conflict (id) do nothing returning id)
       insert into intention (queue, kind, payload, due_at, ready_at)
       select 'organisation', 'reorganise', json_build_object('reorganisationId', id), $11, $11 from planned`,
      [
        run.id,
        run.kind,
        run.effectiveOn,
        JSON.stringify(run.document),
        JSON.stringify(run.request),
        JSON.stringify(run.predecessors),
        JSON.stringify(run.successors),
        run.total,
        run.actor,
        run.createdAt,
        dueAt,
      ],
    );
    return rowCount === 1;
  },

  async find(id) {
    const { rows } = await pool.query<ReorganisationRun>(`select ${columns} from reorganisation r where r.id = $1`, [
      id,
    ]);
    return rows[0];
  },

  async list(limit) {
    const { rows } = await pool.query<ReorganisationRun>(
      `select ${columns} from reorganisation r order by r.effective_on desc, r.created_at desc limit $1`,
      [limit],
    );
    return rows;
  },

  async cancel(id, now) {
    const { rowCount } = await pool.query(
      `with cancelled as (
         update reorganisation set status = 'cancelled', finished_at = $2 where id = $1 and status = 'planned' returning id),
       dropped as (
         delete from intention i using cancelled c where i.kind = 'reorganise' and i.payload ->> 'reorganisationId' = c.id::text)
       select from cancelled`,
      [id, now],
    );
    return rowCount === 1;
  },

  async waiting(intentionIds) {
    const { rows } = await pool.query<ReorganisationRun & { intention_id: string }>(
      `select ${columns}, i.id as intention_id from intention i
         join reorganisation r on r.id = (i.payload ->> 'reorganisationId')::uuid
       where i.id = any($1::bigint[]) and i.kind = 'reorganise' and r.status in ('planned', 'running') order by r.effective_on, r.created_at`,
      [intentionIds],
    );
    return rows.map(({ intention_id, ...run }) => ({ intentionId: intention_id, run }));
  },

  begin: (waiting, judge, { now, today }) =>
    locked(pool, waiting, async (client, status) => {
      if (status !== 'planned') return status === 'running';
      const { run } = waiting;
      const plan = judge(await readSituation(client, run.request, today, run.id));
      if (plan instanceof Refusal) {
        await refuse(client, waiting, plan, now);
        return false;
      }
      await writeUnits(client, run, plan, now);
      await carryMembers(client, run);
      await client.query(`update reorganisation set status = 'running', total = $2 where id = $1`, [
        run.id,
        plan.moves.length,
      ]);
      return true;
    }),

  async affected({ predecessors }, after, limit) {
    const { rows } = await pool.query<{ id: string }>(
      `select t.id from task t where ${names('$1::text[]')} and ($2::uuid is null or t.id > $2) order by t.id limit $3`,
      [predecessors, after ?? null, limit],
    );
    return rows.map(({ id }) => id);
  },

  async progress(id, moved, problem) {
    await pool.query('update reorganisation set processed = processed + $2, problem = $3 where id = $1', [
      id,
      moved,
      problem === null ? null : JSON.stringify(problem),
    ]);
  },

  finish: (waiting, now) =>
    locked(pool, waiting, async (client, status) => {
      if (status !== 'running') return 0;
      const { run } = waiting;
      const gone = endedUnits(run.request);
      const { rows } = await client.query<{ left: number }>(
        `select count(*)::integer as left from task t where ${names('$1::text[]')}`,
        [gone],
      );
      if (rows[0] && rows[0].left > 0) return rows[0].left;
      await carryMembers(client, run);
      await releaseMembers(client, run);
      const heir = defaultSuccessor(run.request);
      await client.query('update unit set valid_to = $2, successor = $3, closing = null where code = any($1)', [
        gone,
        run.effectiveOn,
        heir,
      ]);
      await client.query('update programme set aggregator = $2 where aggregator = any($1)', [gone, heir]);
      await client.query(`update reorganisation set status = 'done', problem = null, finished_at = $2 where id = $1`, [
        run.id,
        now,
      ]);
      await client.query('delete from intention where id = $1', [waiting.intentionId]);
      return 0;
    }),
});

type Client = Pick<pg.PoolClient, 'query'>;

/** One reorganisation at a time judges and writes; its units are held against everybody who would give them work. */
const locked = async <T>(
  pool: pg.Pool,
  { run }: WaitingReorganisation,
  work: (client: pg.PoolClient, status: ReorganisationRun['status'] | undefined) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('reorganisation'))`);
    const { rows } = await client.query<Pick<ReorganisationRun, 'status'>>(
      'select status from reorganisation where id = $1 for update',
      [run.id],
    );
    await client.query('select from unit where code = any($1) order by code for update', [
      [...run.predecessors, ...run.request.changes.map(({ code }) => code)],
    ]);
    const done = await work(client, rows[0]?.status);
    await client.query('commit');
    client.release();
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    client.release(error instanceof Error);
    throw error;
  }
};

const refuse = async (
  client: Client,
  { intentionId, run }: WaitingReorganisation,
  { code, details }: Refusal,
  now: Date,
): Promise<void> => {
  await client.query(`update reorganisation set status = 'refused', problem = $2, finished_at = $3 where id = $1`, [
    run.id,
    JSON.stringify({ code, ...details }),
    now,
  ]);
  await client.query('delete from intention where id = $1', [intentionId]);
};

const writeUnits = async (
  client: Client,
  { id, actor, effectiveOn, document, predecessors, request }: ReorganisationRun,
  plan: ReorganisationPlan,
  now: Date,
): Promise<void> => {
  // The trigger that gives a new unit its first version reads by which act it came.
  await client.query(`select set_config('dondoc.reorganisation', $1, true)`, [id]);
  for (const unit of parentsFirst(plan.created))
    await client.query(
      'insert into unit (code, name, class, bloc, official_order, parent, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
      [unit.code, unit.name, unit.class, unit.bloc, unit.officialOrder, unit.parent, unit.validFrom],
    );
  for (const { code, name, class: kind, bloc, officialOrder, parent } of plan.changed) {
    const facts = [code, name, kind, bloc, officialOrder, parent];
    await client.query(
      `insert into unit_version (unit, name, class, bloc, official_order, parent, valid_from, document, reorganisation, recorded_at,
         recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [...facts, effectiveOn, JSON.stringify(document), id, now, actor],
    );
    await client.query(
      'update unit set name = $2, class = $3, bloc = $4, official_order = $5, parent = $6 where code = $1',
      facts,
    );
  }
  const gone = endedUnits(request);
  if (gone.length > 0)
    await client.query('update unit set closing = $2 where code = any($1)', [
      predecessors.filter((code) => gone.includes(code)),
      id,
    ]);
};

/** A new unit may lie below another new one. */
const parentsFirst = (units: readonly Unit[]): readonly Unit[] => {
  const waiting = [...units];
  const sorted: Unit[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ parent }) => !waiting.some(({ code }) => code === parent));
    sorted.push(...waiting.splice(Math.max(index, 0), 1));
  }
  return sorted;
};

/** People get their roles in the successor before tasks move, so that somebody can be told; running it again adds nothing. */
const carryMembers = async (client: Client, run: ReorganisationRun): Promise<void> => {
  const members = await readMembers(client, run.predecessors, run.effectiveOn);
  for (const { member, to } of movedMembers(run.request, members))
    if (to !== null)
      await client.query(
        `insert into membership (account_id, role, unit, programme, field, valid_from, valid_to)
         select account_id, role, $2, programme, field, greatest(valid_from, $3::date), valid_to from membership m where id = $1
           and not exists (select from membership o where o.account_id = m.account_id and o.role = m.role and o.unit = $2
             and o.programme is not distinct from m.programme and o.field is not distinct from m.field
             and (o.valid_to is null or o.valid_to > $3::date))`,
        [member.membership, to, run.effectiveOn],
      );
};

const releaseMembers = async (client: Client, run: ReorganisationRun): Promise<void> => {
  const members = await readMembers(client, run.predecessors, run.effectiveOn);
  const leaving = movedMembers(run.request, members).map(({ member }) => member.membership);
  // A role that was to begin later has its successor already and never began here.
  await client.query('delete from membership where id = any($1::bigint[]) and valid_from >= $2', [
    leaving,
    run.effectiveOn,
  ]);
  await client.query('update membership set valid_to = $2 where id = any($1::bigint[])', [leaving, run.effectiveOn]);
};

const readMembers = async (client: Client, units: readonly string[], day: string): Promise<readonly Member[]> => {
  const { rows } = await client.query<Member & { role: Role }>(
    `select m.id as membership, m.account_id as account, a.name, m.role, m.unit from membership m join account a on a.id = m.account_id
     where m.unit = any($1) and (m.valid_to is null or m.valid_to > $2) order by a.name, m.id`,
    [units, day],
  );
  return rows;
};

const readSituation = async (
  client: Client,
  request: Reorganisation,
  today: string,
  self: string | undefined,
): Promise<Situation> => {
  // One after the other: inside a transaction there is one connection.
  const units = await client.query<Unit & { closing: string | null; last: string }>(
    `select u.code, u.name, u.class, u.bloc, u.official_order as "officialOrder", u.parent, u.valid_from as "validFrom",
       u.valid_to as "validTo", u.successor, u.closing, (select max(v.valid_from) from unit_version v where v.unit = u.code) as last
     from unit u order by u.official_order, u.code`,
  );
  const running = await client.query<{ unit: string }>(
    `select jsonb_array_elements_text(r.predecessors || r.successors) as unit from reorganisation r
     where r.status = 'running' and r.id is distinct from $1`,
    [self ?? null],
  );
  const tasks = await client.query<AffectedTask>(
    `select t.id, t.code, t.programme, t.lead_unit as "leadUnit", t.appraiser_unit as "appraiserUnit", t.participants, t.field, t.kind,
       t.category, t.review is not null as "inReview"
     from task t where ${names('$1::text[]')} order by t.code`,
    [request.predecessors],
  );
  const programmes = await client.query<Situation['programmes'][number]>(
    `select p.code, p.aggregator, (select max(r.as_of) from report_run r where r.programme = p.code) as "frozenOn"
     from programme p order by p.code`,
  );
  return {
    today,
    units: units.rows.map(({ closing: _closing, last: _last, ...unit }) => unit),
    closing: running.rows.map(({ unit }) => unit),
    lastVersions: new Map(units.rows.map(({ code, last }) => [code, last])),
    tasks: tasks.rows,
    members: await readMembers(client, request.predecessors, request.effectiveOn),
    programmes: programmes.rows,
  };
};
