import { expect } from 'chai';
import { cycleIn, lineOf, parentsOf, stands } from '../../../src/domain/organisation/units.ts';

const parents = parentsOf([
  { code: 'tinh', parent: null },
  { code: 'so', parent: 'tinh' },
  { code: 'phong', parent: 'so' },
  { code: 'khac', parent: 'tinh' },
]);

describe('Units and their lines', () => {
  it('a line is the unit, all above it and all below it, and no sister', () => {
    expect(lineOf('so', parents)).to.have.members(['tinh', 'so', 'phong']);
    expect(lineOf('phong', parents)).to.have.members(['tinh', 'so', 'phong']);
    expect(lineOf('khac', parents)).to.have.members(['tinh', 'khac']);
    expect(lineOf('tinh', parents)).to.have.members(['tinh', 'so', 'phong', 'khac']);
  });

  it('nothing lies below itself', () => {
    expect(cycleIn(parents)).to.equal(undefined);
    expect(cycleIn(new Map([...parents, ['tinh', 'phong']]))).to.be.a('string');
    expect(cycleIn(new Map([['a', 'a']]))).to.equal('a');
  });

  it('a unit stands from its first day on and no more on the day it ends', () => {
    const unit = { validFrom: '2000-01-01', validTo: '2025-07-01' };
    expect(['1999-12-31', '2000-01-01', '2025-06-30', '2025-07-01'].map((day) => stands(unit, day))).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });
});
