import { expect } from 'chai';
import { problemCodes, rowProblem } from '../../../src/application/imports/row-problems.ts';

const place = { row: 2, column: 'Mã', columnLetter: 'A' };
const details = { limit: 64, length: 65, otherRow: 9, read: '1,234' };

describe('The texts of row problems', () => {
  for (const code of problemCodes)
    it(`say what to do about ${code}, in full sentences of both languages, with nothing left blank`, () => {
      const { vi, en } = rowProblem(code, place, 'giá trị', details);

      expect(vi).to.match(/^[\p{Lu}“].*[^.]\. \p{Lu}.*\.$/u);
      expect(en).to.match(/^[A-Z'].*[^.]\. [A-Z].*\.$/u);
      expect(vi).to.equal(vi.normalize('NFC'));
      expect(`${vi} ${en}`).not.to.match(/undefined|null|NaN|đơn đốc/u);
    });

  it('repeat at most 60 characters of a cell and keep at most 200', () => {
    const { vi, value } = rowProblem('unit.unknown', place, 'ộ'.repeat(5_000));

    expect(vi).to.include(`“${'ộ'.repeat(59)}…”`);
    expect(value).to.equal(`${'ộ'.repeat(199)}…`);
  });
});
