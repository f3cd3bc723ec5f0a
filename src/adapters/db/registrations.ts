import type pg from 'pg';
import {
  type BlocOpinion,
  Overtaken,
  type ProgrammeYear,
  type Registration,
  type RegistrationStore,
} from '../../application/registrations/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ComparedUnit } from '../../domain/registration/compare.ts';
import type { Proposal, SourceCommitment } from '../../domain/registration/proposal.ts';
import type { ReferenceData } from './reference-data.ts';
import { taskStore } from './task-store.ts';
import { heirs } from './unit-sql.ts';

/** Tasks made in one transaction. */
const batch = 200;

const roundColumns = `r.id, r.programme, r.source_programme as "sourceProgramme", r.year, r.document, r.opened_by as "openedBy",
  r.opened_at as "openedAt"`;

const proposalColumns = `p.id, p.registration, p.unit, p.year, p.origin, p.change, p.source_task as "sourceTask",
  p.target_from as "targetFrom", p.basis, p.reason, p.title, p.product, p.measure_unit as "measureUnit", p.target, p.kind,
  p.field, p.indicator, p.appraiser_unit as "appraiserUnit", p.status, p.opinion, p.note, p.decision, p.task, p.version`;

const givenColumns = `id uuid, registration uuid, unit text, year integer, origin text, change text, "sourceTask" uuid,
  "targetFrom" jsonb, basis jsonb, reason text, title text, product text, "measureUnit" text, target jsonb, kind text,
  field text, indicator text, "appraiserUnit" text, status text, opinion text, note text, decision jsonb, task uuid,
  version integer`;

export const registrationStore = (pool: pg.Pool, reference: ReferenceData): RegistrationStore => ({
  async programme(code) {
    const { rows } = await pool.query<ProgrammeYear>(
      `select p.year, p.default_due as "defaultDue", c.zone, p.name, p.illustrative
       from programme p join calendar c on c.key = p.calendar where p.code = $1`,
      [code],
    );
    if (!rows[0]) throw new Refusal('programme.not_found', { programme: code });
    return rows[0];
  },

  async open({ id, programme, sourceProgramme, year, document, openedBy, openedAt }) {
    const { rowCount } = await pool.query(
      `insert into registration (id, programme, source_programme, year, document, opened_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (programme) do nothing`,
      [id, programme, sourceProgramme, year, document && JSON.stringify(document), openedBy, openedAt],
    );
    if (rowCount !== 1) throw new Refusal('registration.exists', { programme });
  },

  async find(id) {
    const { rows } = await pool.query<Registration>(`select ${roundColumns} from registration r where r.id = $1`, [id]);
    return rows[0];
  },

  async list(programme) {
    const { rows } = await pool.query<Registration>(
      `select ${roundColumns} from registration r where $1::text is null or r.programme = $1
       order by r.year desc, r.programme limit 100`,
      [programme ?? null],
    );
    return rows;
  },

  async sources({ sourceProgramme }, unit) {
    const { rows } = await pool.query<SourceCommitment>(
      `select t.id, t.code, h.heir as unit, t.title, t.product, t.measure_unit as "measureUnit", t.target, t.kind, t.field,
         t.indicator, t.appraiser_unit as "appraiserUnit", t.category, t.result, t.estimate
       from task t join ${heirs} h on h.unit = t.lead_unit
       where t.programme = $1 and not t.secret and t.category <> 'stopped' and ($2::text is null or h.heir = $2)
       order by t.code, t.id`,
      [sourceProgramme, unit ?? null],
    );
    return rows;
  },

  proposals: (registration) => readProposals(pool, registration),

  async units(codes) {
    const { rows } = await pool.query<ComparedUnit>(
      `select u.code, u.name, u.bloc from unit u where u.code = any($1::text[])
       order by min(u.official_order) over (partition by u.bloc), u.bloc, u.official_order, u.code`,
      [codes],
    );
    return rows;
  },

  async add(proposals, by, now) {
    const { rows } = await pool.query<{ id: string }>(
      `insert into proposal (id, registration, unit, year, origin, change, source_task, target_from, basis, reason, title, product,
         measure_unit, target, kind, field, indicator, appraiser_unit, status, opinion, note, decision, task, version,
         created_by, created_at, updated_at)
       select n.id, n.registration, n.unit, n.year, n.origin, n.change, n."sourceTask", n."targetFrom", n.basis, n.reason, n.title,
         n.product, n."measureUnit", n.target, n.kind, n.field, n.indicator, n."appraiserUnit", n.status, n.opinion, n.note,
         n.decision, n.task, n.version, $2, $3, $3
       from json_to_recordset($1::json) as n(${givenColumns})
       order by n."sourceTask", n.id
       on conflict (source_task, year) do nothing returning id`,
      [JSON.stringify(proposals), by, now],
    );
    return new Set(rows.map(({ id }) => id));
  },

  async write(changes, by, now) {
    const asked = changes.map(({ next, expected }) => ({ ...next, expected }));
    const { rowCount } = await pool.query(
      `with asked as (select * from json_to_recordset($1::json) as n(${givenColumns}, expected integer)),
       locked as materialized (
         select p.id from proposal p join asked a on a.id = p.id and a.expected = p.version order by p.id for update of p)
       update proposal p set change = a.change, basis = a.basis, reason = a.reason, title = a.title, product = a.product,
         measure_unit = a."measureUnit", target = a.target, kind = a.kind, field = a.field, indicator = a.indicator,
         appraiser_unit = a."appraiserUnit", status = a.status, opinion = a.opinion, note = a.note, decision = a.decision,
         decided_by = case when a.decision is null then null else coalesce(p.decided_by, $2) end,
         decided_at = case when a.decision is null then null else coalesce(p.decided_at, $3) end,
         version = a.version, updated_at = $3
       from asked a where a.id = p.id and (select count(*) from locked) = (select count(*) from asked)`,
      [JSON.stringify(asked), by, now],
    );
    return rowCount === changes.length;
  },

  async opinions(registration, known) {
    const { rows } = await pool.query<BlocOpinion>(
      `select distinct on (o.bloc) o.bloc, o.text, o.by_account as by, o.at from bloc_opinion o
       where o.registration = $1 and ($2::timestamptz is null or o.at <= $2) order by o.bloc, o.id desc`,
      [registration, known ?? null],
    );
    return rows;
  },

  async addOpinion(registration, { bloc, text, by, at }) {
    await pool.query(
      'insert into bloc_opinion (registration, bloc, text, by_account, at) values ($1, $2, $3, $4, $5)',
      [registration, bloc, text, by, at],
    );
  },

  async createTasks(registration, make, now) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      // Whoever holds the row makes the tasks; another one waits here and then finds them made.
      await client.query('select from registration where id = $1 for update', [registration]);
      const { rows } = await client.query<Proposal>(
        `select ${proposalColumns} from proposal p
         where p.registration = $1 and p.status = 'approved' and p.change <> 'dropped' and p.task is null
         order by p.unit, p.id limit $2`,
        [registration, batch],
      );
      if (rows.length > 0) {
        const tasks = taskStore(client, reference);
        const changes = await make(tasks, rows);
        const written = await tasks.commit(changes, now);
        if (written.size < changes.length) throw new Overtaken();
        await client.query(
          `update proposal p set task = x.task, version = p.version + 1, updated_at = $3
           from unnest($1::uuid[], $2::uuid[]) as x(id, task) where p.id = x.id`,
          [rows.map(({ id }) => id), changes.map(({ next }) => next.id), now],
        );
      }
      await client.query('commit');
      client.release();
      return rows.length;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      client.release(!(error instanceof Refusal || error instanceof Overtaken));
      throw error;
    }
  },

  async lineage(task) {
    const { rows } = await pool.query<Proposal>(
      `with recursive back(id, depth) as (
         select p.id, 0 from proposal p where p.task = $1
         union all
         select q.id, b.depth + 1 from back b join proposal p on p.id = b.id join proposal q on q.task = p.source_task)
       select ${proposalColumns} from back b join proposal p on p.id = b.id order by b.depth`,
      [task],
    );
    return rows.map((proposal) => ({ task: proposal.task as string, sourceTask: proposal.sourceTask, proposal }));
  },
});

const readProposals = async (database: pg.Pool, registration: string): Promise<readonly Proposal[]> => {
  const { rows } = await database.query<Proposal>(
    `select ${proposalColumns} from proposal p join unit u on u.code = p.unit
     where p.registration = $1 order by u.official_order, u.code, p.created_at, p.id`,
    [registration],
  );
  return rows;
};
