import { expect } from 'chai';
import { safeText } from '../../../src/adapters/documents/safe-cell.ts';

describe('Text written to a spreadsheet', () => {
  for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
    it(`is no formula when it begins with ${JSON.stringify(sign)}`, () => {
      expect(safeText(`${sign}cmd|' /C calc'!A0`)).to.equal(`'${sign}cmd|' /C calc'!A0`);
    });

  it('stays as it is when it begins with anything else', () => {
    const plain = ['', 'Sở Nội vụ', '>=2021', '12,5%', "'=1", 'a=1', '≥ 01 sáng kiến'];

    expect(plain.map(safeText)).to.deep.equal(plain);
  });
});
