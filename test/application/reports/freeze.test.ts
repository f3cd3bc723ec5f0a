import { expect } from 'chai';
import { ruleOfBody, sameFigures } from '../../../src/application/reports/freeze.ts';

/** As reports were frozen before programmes had a choice of denominator, decimals and rounding. */
const old = JSON.stringify({
  programme: { code: 'CK2022', name: 'Cam kết 2022', noun: 'nội dung' },
  asOf: '2022-10-30',
  denominator: 'all',
  total: 293,
  counts: { done: 81 },
  percentages: { done: 27.6 },
  rounding: { rule: 'half_up', decimals: 1, sum: 100, note: null, estimateSum: 100, estimateNote: null },
  byUnit: [{ unit: 'SNV', name: 'Sở Nội vụ', total: 293 }],
});
const rate = { key: 'completion', count: 81, of: 293, denominator: 'all', percent: 27.6 };
const again = (change: object = {}): string => {
  const figures = JSON.parse(old);
  return JSON.stringify({
    ...figures,
    rate,
    rates: [rate],
    percentagesOf: { denominator: 'all', of: 293 },
    byUnit: figures.byUnit.map((unit: object) => ({ ...unit, rate })),
    ...change,
  });
};

describe('A frozen report computed again', () => {
  it('is the same where it was frozen before rates were told, and other figures are other figures', () => {
    expect(sameFigures(again(), old)).to.equal(true);
    expect(sameFigures(again({ counts: { done: 82 } }), old)).to.equal(false);
    expect(sameFigures(again({ percentages: { done: 27.64 } }), old)).to.equal(false);
    expect(sameFigures(again({ denominator: 'fallen_due' }), old)).to.equal(false);
  });

  it('is held to the rates that it was frozen with', () => {
    const frozen = again();
    expect(sameFigures(again(), frozen)).to.equal(true);
    expect(sameFigures(again({ rate: { ...rate, percent: 27.7 } }), frozen)).to.equal(false);
    expect(sameFigures(again({ rates: [{ ...rate, of: 292 }] }), frozen)).to.equal(false);
    expect(sameFigures(old, frozen)).to.equal(false);
  });

  it('is told by the rule in its bytes', () => {
    const rounding = { rule: 'truncate', decimals: 2 };
    expect(ruleOfBody(old)).to.deep.equal({ denominator: 'all', percentDigits: 1, rounding: 'half_up' });
    expect(ruleOfBody(again({ denominator: 'within_group', rounding }))).to.deep.equal({
      denominator: 'within_group',
      percentDigits: 2,
      rounding: 'truncate',
    });
  });
});
