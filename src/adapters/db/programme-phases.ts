import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { EventStore, PhaseEvent } from '../../application/programmes/event-deadlines.ts';
import type { PhaseStore } from '../../application/programmes/phases.ts';
import type { ScopeStore, UnitScope } from '../../application/programmes/scope.ts';
import type { Phase, PhaseFact } from '../../domain/programmes/phases.ts';
import {
  type ProgrammePhaseRow,
  programmePhaseTable,
  type ScopeReviewRow,
  scopeReviewTable,
} from './entities/programme-phases.ts';
import { row } from './entities/table.ts';
import { leaseMs } from './intentions.ts';
import { orRefuse } from './refusals.ts';

export const phaseStore = (source: DataSource): PhaseStore => ({
  async list(programme) {
    const rows = await source.manager.find(programmePhaseTable, { where: { programme }, order: { position: 'ASC' } });
    return rows.map(phaseOf);
  },

  plan: (programme, phases) =>
    source.transaction(async (manager) => {
      await manager.query('select from programme where code = $1 for update', [programme]);
      const planned = JSON.stringify(phases.map((phase, position) => ({ ...phase, position })));
      const gone: { readonly begun: boolean }[] = await manager.query(barredText, [programme, planned]);
      if (gone.length > 0) return false;
      await manager.query(dropText, [programme, planned]);
      await manager.query(planText, [programme, planned]);
      return true;
    }),

  async record(programme, phase, what, { on, by, document, recordedAt }, plan) {
    const values = [programme, phase, on, by, recordedAt, document === null ? null : JSON.stringify(document)];
    const planned = [plan !== undefined, plan?.everywhere ?? false, new Date(recordedAt.getTime() + leaseMs)];
    const rows: { readonly intentionId: string | null }[] =
      what === 'started' ? await source.query(startText, [...values, ...planned]) : await source.query(endText, values);
    return rows[0];
  },

  async knowsUnits(units) {
    const found: unknown[] = await source.query(
      'select from unnest($1::text[]) as n(code) where not exists (select from unit u where u.code = n.code)',
      [units],
    );
    return found.length === 0;
  },
});

// Those that have begun and would go, or begin otherwise.
const barredText = `
  select true as begun from programme_phase p
    left join jsonb_to_recordset($2) as n(phase text, starts jsonb) on n.phase = p.phase
  where p.programme = $1 and p.started_on is not null and (n.phase is null or n.starts <> p.starts) limit 1`;

const dropText = `
  delete from programme_phase p where p.programme = $1
    and not exists (select from jsonb_to_recordset($2) as n(phase text) where n.phase = p.phase)`;

const planText = `
  insert into programme_phase (programme, phase, position, starts, ends)
  select $1, n.phase, n.position, n.starts, nullif(n.ends, 'null')
  from jsonb_to_recordset($2) as n(phase text, position integer, starts jsonb, ends jsonb)
  on conflict (programme, phase) do update set position = excluded.position, starts = excluded.starts, ends = excluded.ends`;

// $7 deadlines wait for it, $8 in every programme, $9 when a worker looks after those that were not set at once.
const startText = `
  with started as (
    update programme_phase set started_on = $3, started_by = $4, started_recorded_at = $5, started_document = $6
    where programme = $1 and phase = $2 and started_on is null returning programme, phase),
  planned as (
    insert into intention (queue, kind, payload, due_at, ready_at)
    select 'organisation', 'phase-event', json_build_object('programme', programme, 'phase', phase, 'everywhere', $8::boolean), $5, $9
    from started where $7::boolean returning id)
  select (select id from planned) as "intentionId" from started`;

const endText = `
  with ended as (
    update programme_phase set ended_on = $3, ended_by = $4, ended_recorded_at = $5, ended_document = $6
    where programme = $1 and phase = $2 and started_on is not null and ended_on is null returning phase)
  select null as "intentionId" from ended`;

export const eventStore = (pool: pg.Pool): EventStore => ({
  async waiting({ programme, event, everywhere }, after, limit) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'tasks-waiting-for-event',
      text: waitingText,
      values: [programme, event, everywhere, after, limit],
    });
    return rows.map(({ id }) => id);
  },

  async recorded(intentionIds) {
    const { rows } = await pool.query<PhaseEvent & { intention_id: string }>(
      `select i.id as intention_id, p.programme, p.phase, p.starts ->> 'event' as event,
         (i.payload ->> 'everywhere')::boolean as everywhere, p.started_on as "on", p.started_by as by, p.started_document as document
       from intention i join programme_phase p on p.programme = i.payload ->> 'programme' and p.phase = i.payload ->> 'phase'
       where i.id = any($1::bigint[]) and i.kind = 'phase-event' and p.started_on is not null order by i.id`,
      [intentionIds],
    );
    return rows.map(({ intention_id, ...event }) => ({ intentionId: intention_id, event }));
  },
});

// workflow/happening.ts in SQL. An undated task is found by its programme; in another programme the same words of another
// year mean another event.
const waitingText = `
  select t.id from task t
  where t.programme = any(array(
      select p.code from programme p join programme own on own.code = $1 where p.code = $1 or ($3::boolean and p.year = own.year)))
    and t.due_on is null and t.due ->> 'kind' = 'after_event' and t.due ->> 'happenedOn' is null
    and btrim(t.due ->> 'event') = btrim($2) and t.category in ('assigned', 'in_progress', 'awaiting_appraisal')
    and ($4::uuid is null or t.id > $4::uuid)
  order by t.id limit $5`;

const phaseOf = (found: ProgrammePhaseRow): Phase => ({
  phase: found.phase,
  starts: found.starts,
  ends: found.ends,
  started: factOf(found.started_on, found.started_by, found.started_recorded_at, found.started_document),
  ended: factOf(found.ended_on, found.ended_by, found.ended_recorded_at, found.ended_document),
});

const factOf = (
  on: string | null,
  by: string | null,
  recordedAt: Date | null,
  document: PhaseFact['document'],
): PhaseFact | null => (on === null || by === null || recordedAt === null ? null : { on, by, recordedAt, document });

export const scopeStore = (source: DataSource): ScopeStore => ({
  async add(programme, { reviewedOn, reviewedBy, recordedAt, ...same }) {
    const values = { ...same, programme, reviewed_on: reviewedOn, reviewed_by: reviewedBy, recorded_at: recordedAt };
    await orRefuse(source.manager.insert(scopeReviewTable, row<Omit<ScopeReviewRow, 'id'>>(values)), {
      scope_review_unit_fkey: ['unit.not_found', { unit: same.unit }],
    });
  },

  list: (programme, day): Promise<readonly UnitScope[]> => source.query(scopeText, [programme, day]),

  async unknown(programme, codes) {
    const rows: { readonly code: string }[] = await source.query(
      `select n.code from unnest($2::text[]) as n(code)
       where not exists (select from task t where t.code = n.code and t.programme = $1)`,
      [programme, codes],
    );
    return rows.map(({ code }) => code);
  },
});

// Letter 004 goes to sở, ban, ngành and to UBND of districts: rooms, the task force and central agencies do not scope themselves.
const scopeText = `
  select u.code as unit, u.name, u.bloc, r.reviews::integer as reviews, case when l.unit is not null then json_build_object(
      'unit', l.unit, 'applies', l.applies, 'note', l.note, 'reviewedOn', l.reviewed_on, 'reviewedBy', l.reviewed_by,
      'recordedAt', l.recorded_at) end as review
  from unit u
    cross join lateral (select count(*) as reviews from scope_review s where s.programme = $1 and s.unit = u.code) r
    left join lateral (
      select s.* from scope_review s where s.programme = $1 and s.unit = u.code order by s.id desc limit 1) l on true
  where u.class in ('department', 'district', 'commune') and u.valid_from <= $2 and (u.valid_to is null or u.valid_to > $2)
    and (u.parent is null or not exists (select from unit p where p.code = u.parent and p.class = 'department'))
  order by u.official_order, u.code`;
