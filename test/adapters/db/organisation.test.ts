import { expect } from 'chai';
import { type OrganisationStore, organisationStore } from '../../../src/adapters/db/organisation.ts';
import { refusalOf } from '../../support/refusal.ts';
import { suiteDatabase } from '../../support/source.ts';
import { aUnit } from './a-unit.ts';

describe('units in the database', () => {
  const database = suiteDatabase();
  let organisation: OrganisationStore;
  before(() => {
    organisation = organisationStore(database.source);
  });

  beforeEach(() => database.source.query('delete from unit'));

  it('come back as they were given, days as days', async () => {
    const merged = aUnit({ code: 'STC', validFrom: '2025-03-01' });
    const unit = aUnit({ validTo: '2025-03-01', successor: 'STC', parent: 'STC' });
    await organisation.createUnit(merged);
    await organisation.createUnit(unit);

    expect(await organisation.findUnit('SKHDT')).to.deep.equal(unit);
    expect(await organisation.findUnit('NOWHERE')).to.equal(undefined);
  });

  it('are listed in official order', async () => {
    for (const [code, officialOrder] of [
      ['C', 2],
      ['B', 2],
      ['A', 10],
    ] as const)
      await organisation.createUnit(aUnit({ code, officialOrder }));

    expect((await organisation.listUnits()).map(({ code }) => code)).to.deep.equal(['B', 'C', 'A']);
  });

  it('are refused for a code that is taken, and the first stays as it was', async () => {
    await organisation.createUnit(aUnit());

    const refusal = await refusalOf(organisation.createUnit(aUnit({ name: 'Another' })));

    expect(refusal).to.deep.equal({ code: 'unit.exists', details: { unit: 'SKHDT' } });
    expect(await organisation.listUnits()).to.deep.equal([aUnit()]);
  });

  it('are refused below or before a unit that does not exist', async () => {
    expect(await refusalOf(organisation.createUnit(aUnit({ parent: 'NOWHERE' })))).to.deep.equal({
      code: 'unit.not_found',
      details: { unit: 'NOWHERE' },
    });
    expect(await refusalOf(organisation.createUnit(aUnit({ successor: 'NOBODY' })))).to.deep.equal({
      code: 'unit.not_found',
      details: { unit: 'NOBODY' },
    });
  });
});
