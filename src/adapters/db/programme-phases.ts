import type { DataSource } from 'typeorm';
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

  async record(programme, phase, what, { on, by, document, recordedAt }) {
    const text = what === 'started' ? startText : endText;
    const values = [programme, phase, on, by, recordedAt, document === null ? null : JSON.stringify(document)];
    const [rows]: [unknown[], number] = await source.query(text, values);
    return rows.length === 1;
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

const startText = `
  update programme_phase set started_on = $3, started_by = $4, started_recorded_at = $5, started_document = $6
  where programme = $1 and phase = $2 and started_on is null returning phase`;

const endText = `
  update programme_phase set ended_on = $3, ended_by = $4, ended_recorded_at = $5, ended_document = $6
  where programme = $1 and phase = $2 and started_on is not null and ended_on is null returning phase`;

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
