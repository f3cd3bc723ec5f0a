// Units as they stand, as they stood on a day, and what each has been. How they end or are renamed is in reorganisations.ts.

import type { DataSource, EntityManager } from 'typeorm';
import type { Unit, UnitFacts } from '../../domain/organisation/units.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { type UnitRow, unitTable } from './entities/organisation.ts';
import { orRefuse } from './refusals.ts';
import { unitThen } from './unit-sql.ts';

export type { Unit };

export interface UnitVersion extends UnitFacts {
  readonly validFrom: CivilDate;
  readonly document: SourceDocument | null;
  readonly reorganisation: string | null;
  /** Null: known since ever. */
  readonly recordedAt: Date | null;
  readonly recordedBy: string | null;
  /** Why it was corrected. */
  readonly reason: string | null;
  /** Another row for the same day came later and holds instead. */
  readonly corrected: boolean;
}

export interface UnitHistory extends Unit {
  /** By their first day; corrections after what they correct. */
  readonly versions: readonly UnitVersion[];
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
}

export interface UnitCorrection {
  readonly unit: string;
  /** First day of the version that is corrected. */
  readonly validFrom: CivilDate;
  readonly facts: Partial<Pick<UnitFacts, 'name' | 'bloc' | 'officialOrder'>>;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

export interface OrganisationStore {
  /** @throws Refusal unit.exists; unit.cycle; unit.not_found for a parent or successor */
  createUnit(unit: Unit): Promise<void>;
  /** In official order; with a day, those that stood on it, as they were then. */
  listUnits(asOf?: CivilDate): Promise<readonly Unit[]>;
  findUnit(code: string): Promise<Unit | undefined>;
  /** @throws Refusal unit.not_found */
  history(code: string): Promise<UnitHistory>;
  /**
   * Mends a slip in a version: as another row, known from now on, so that figures as known before keep what they said.
   * @throws Refusal unit.not_found when the unit has no version from that day
   */
  correct(correction: UnitCorrection): Promise<void>;
}

export const organisationStore = (source: DataSource): OrganisationStore => ({
  async createUnit(unit) {
    const { officialOrder, validFrom, validTo, ...same } = unit;
    if (unit.parent === unit.code) throw new Refusal('unit.cycle', { unit: unit.code });
    const row = { ...same, official_order: officialOrder, valid_from: validFrom, valid_to: validTo };
    await orRefuse(source.manager.insert(unitTable, row), {
      unit_pkey: ['unit.exists', { unit: unit.code }],
      unit_parent_fkey: ['unit.not_found', { unit: unit.parent }],
      unit_successor_fkey: ['unit.not_found', { unit: unit.successor }],
    });
  },

  async listUnits(asOf) {
    if (asOf !== undefined) return unitsOn(source, asOf);
    return (await source.manager.find(unitTable, { order: { official_order: 'ASC', code: 'ASC' } })).map(unitOf);
  },

  async findUnit(code) {
    const row = await source.manager.findOneBy(unitTable, { code });
    return row ? unitOf(row) : undefined;
  },

  async history(code) {
    const row = await source.manager.findOneBy(unitTable, { code });
    if (!row) throw new Refusal('unit.not_found', { unit: code });
    const versions: UnitVersion[] = await source.query(
      `select v.valid_from::text as "validFrom", v.name, v.class, v.bloc, v.official_order as "officialOrder", v.parent, v.document,
         v.reorganisation, nullif(v.recorded_at, to_timestamp(0)) as "recordedAt", v.recorded_by as "recordedBy", v.reason,
         lead(v.id) over (partition by v.valid_from order by v.recorded_at, v.id) is not null as corrected
       from unit_version v where v.unit = $1 order by v.valid_from, v.recorded_at, v.id`,
      [code],
    );
    const kin: { predecessors: readonly string[]; successors: readonly string[] }[] = await source.query(
      `select coalesce(jsonb_agg(distinct p) filter (where r.successors ? $1 and p <> $1), '[]') as predecessors,
         coalesce(jsonb_agg(distinct s) filter (where r.predecessors ? $1 and s <> $1), '[]') as successors
       from reorganisation r left join lateral jsonb_array_elements_text(r.predecessors) p on true
         left join lateral jsonb_array_elements_text(r.successors) s on true
       where r.status = 'done' and (r.predecessors ? $1 or r.successors ? $1)`,
      [code],
    );
    return { ...unitOf(row), versions, predecessors: [], successors: [], ...kin[0] };
  },

  correct: (correction) => source.transaction((manager) => correctVersion(manager, correction)),
});

const unitsOn = (source: DataSource, day: CivilDate): Promise<readonly Unit[]> =>
  source.query(
    `select u.code, v.name, v.class, v.bloc, v.official_order as "officialOrder", v.parent, u.valid_from::text as "validFrom",
       u.valid_to::text as "validTo", u.successor
     from unit u cross join lateral ${unitThen('u.code', '$1::date', "'infinity'::timestamptz")} v
     where u.valid_from <= $1 and (u.valid_to is null or u.valid_to > $1) order by v.official_order, u.code`,
    [day],
  );

const correctVersion = async (
  manager: EntityManager,
  { unit, validFrom, facts, reason, by, at }: UnitCorrection,
): Promise<void> => {
  const { name = null, bloc = null, officialOrder = null } = facts;
  // The unit's row is held first: a reorganisation may be writing the next version.
  await manager.query('select from unit where code = $1 for update', [unit]);
  const written: unknown[] = await manager.query(
    `insert into unit_version (unit, valid_from, name, class, bloc, official_order, parent, document, reorganisation, recorded_at,
       recorded_by, reason)
     select unit, valid_from, coalesce($3, name), class, coalesce($4, bloc), coalesce($5::integer, official_order), parent, document,
       reorganisation, greatest($6::timestamptz, recorded_at), $7, $8
     from unit_version where unit = $1 and valid_from = $2 order by recorded_at desc, id desc limit 1 returning id`,
    [unit, validFrom, name, bloc, officialOrder, at, by, reason],
  );
  if (written.length === 0) throw new Refusal('unit.not_found', { unit, validFrom });
  await manager.query(
    `update unit u set name = v.name, bloc = v.bloc, official_order = v.official_order
     from (select * from unit_version where unit = $1 order by valid_from desc, recorded_at desc, id desc limit 1) v where u.code = v.unit`,
    [unit],
  );
};

const unitOf = ({ official_order, valid_from, valid_to, closing: _closing, ...same }: UnitRow): Unit => ({
  ...same,
  officialOrder: official_order,
  validFrom: valid_from,
  validTo: valid_to,
});
