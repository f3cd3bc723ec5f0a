import { expect } from 'chai';
import fc from 'fast-check';
import { countText, percentage, percentageText, sumOfPercentages } from '../../../src/domain/reporting/percentage.ts';

/** Half up in whole numbers of unbounded size: the rule itself, without a binary fraction anywhere. */
const exactTenths = (count: number, total: number): bigint =>
  (2000n * BigInt(count) + BigInt(total)) / (2n * BigInt(total));
const tenths = (value: number): bigint => BigInt(Math.round(value * 10));

describe('A share in per cent', () => {
  it('is that of report 158/BC-SKHĐT in all eight lines', () => {
    const lines = [103, 81, 20, 84, 5, 261, 27, 5].map((count) => percentage(count, 293));

    expect(lines).to.deep.equal([35.2, 27.6, 6.8, 28.7, 1.7, 89.1, 9.2, 1.7]);
    expect(lines.map(percentageText)).to.deep.equal([
      '35,2%',
      '27,6%',
      '6,8%',
      '28,7%',
      '1,7%',
      '89,1%',
      '9,2%',
      '1,7%',
    ]);
  });

  it('is rounded half up, the same as in exact arithmetic', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(), (total, seed) => {
        const count = seed % (total + 1);
        expect(tenths(percentage(count, total))).to.equal(exactTenths(count, total));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is rounded up at every tie', () => {
    // count / total = (2k + 1) / 2000 lies exactly between two tenths of a per cent.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 5000 }), (k, times) => {
        expect(tenths(percentage((2 * k + 1) * times, 2000 * times))).to.equal(BigInt(k + 1));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is 0 of nothing and 100 of all', () => {
    expect([percentage(0, 0), percentage(0, 7), percentage(7, 7)]).to.deep.equal([0, 0, 100]);
  });

  it('adds up in tenths, without the crumbs of binary fractions', () => {
    expect(sumOfPercentages([35.2, 27.6, 6.8, 28.7, 1.7])).to.equal(100);
    expect(sumOfPercentages([0.1, 0.2])).to.equal(0.3);
    expect(sumOfPercentages([33.3, 33.3, 33.3])).to.equal(99.9);
  });
});

describe('A figure in a letter', () => {
  it('has a decimal comma and always one decimal', () => {
    expect([0, 1.7, 35.2, 100].map(percentageText)).to.deep.equal(['0,0%', '1,7%', '35,2%', '100,0%']);
  });

  it('is padded below ten and has dots at the thousands', () => {
    expect([0, 5, 9, 10, 293, 5863, 21_914, 1_234_567].map(countText)).to.deep.equal([
      '00',
      '05',
      '09',
      '10',
      '293',
      '5.863',
      '21.914',
      '1.234.567',
    ]);
    expect(`${countText(5)}/${countText(293)}`).to.equal('05/293');
  });
});
