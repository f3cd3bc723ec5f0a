import type { DataSource } from 'typeorm';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { type UnitClass, type UnitRow, unitTable } from './entities/organisation.ts';
import { orRefuse } from './refusals.ts';

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  /** Its place in lists and annexes. */
  readonly officialOrder: number;
  readonly parent: string | null;
  readonly validFrom: CivilDate;
  /** The first day on which it is no more. */
  readonly validTo: CivilDate | null;
  readonly successor: string | null;
}

export interface OrganisationStore {
  /** @throws Refusal unit.exists; unit.not_found for a parent or successor */
  createUnit(unit: Unit): Promise<void>;
  /** In official order. */
  listUnits(): Promise<readonly Unit[]>;
  findUnit(code: string): Promise<Unit | undefined>;
}

export const organisationStore = (source: DataSource): OrganisationStore => ({
  async createUnit(unit) {
    const { officialOrder, validFrom, validTo, ...same } = unit;
    const row = { ...same, official_order: officialOrder, valid_from: validFrom, valid_to: validTo };
    await orRefuse(source.manager.insert(unitTable, row), {
      unit_pkey: ['unit.exists', { unit: unit.code }],
      unit_parent_fkey: ['unit.not_found', { unit: unit.parent }],
      unit_successor_fkey: ['unit.not_found', { unit: unit.successor }],
    });
  },

  async listUnits() {
    return (await source.manager.find(unitTable, { order: { official_order: 'ASC', code: 'ASC' } })).map(unitOf);
  },

  async findUnit(code) {
    const row = await source.manager.findOneBy(unitTable, { code });
    return row ? unitOf(row) : undefined;
  },
});

const unitOf = ({ official_order, valid_from, valid_to, ...same }: UnitRow): Unit => ({
  ...same,
  officialOrder: official_order,
  validFrom: valid_from,
  validTo: valid_to,
});
