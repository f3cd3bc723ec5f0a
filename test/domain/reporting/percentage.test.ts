import { expect } from 'chai';
import fc from 'fast-check';
import { roundings, type ShareRule, usualRule } from '../../../src/domain/programmes/settings.ts';
import { countText, percentage, percentageText, sumOfPercentages } from '../../../src/domain/reporting/percentage.ts';

/** The rule itself in whole numbers of unbounded size, digit by digit as one divides on paper. */
const onPaper = (count: number, total: number, { percentDigits, rounding }: ShareRule): string => {
  const whole = BigInt(total);
  let rest = 100n * BigInt(count);
  let digits = rest / whole;
  rest %= whole;
  for (let place = 0; place < percentDigits; place += 1) {
    digits = 10n * digits + (10n * rest) / whole;
    rest = (10n * rest) % whole;
  }
  const next = (10n * rest) / whole;
  if (rounding === 'half_up' && next >= 5n) digits += 1n;
  const text = `${digits}`.padStart(percentDigits + 1, '0');
  const cut = text.length - percentDigits;
  return percentDigits === 0 ? `${text}%` : `${text.slice(0, cut)},${text.slice(cut)}%`;
};
const printed = (count: number, total: number, rule: ShareRule): string =>
  percentageText(percentage(count, total, rule), rule);
const rules: readonly ShareRule[] = [0, 1, 2].flatMap((percentDigits) =>
  roundings.map((rounding) => ({ percentDigits, rounding })),
);
const truncated: ShareRule = { percentDigits: 2, rounding: 'truncate' };

describe('A share in per cent', () => {
  it('is that of report 158/BC-SKHĐT in all eight lines', () => {
    const lines = [103, 81, 20, 84, 5, 261, 27, 5].map((count) => percentage(count, 293, usualRule));

    expect(lines).to.deep.equal([35.2, 27.6, 6.8, 28.7, 1.7, 89.1, 9.2, 1.7]);
    expect(lines.map((line) => percentageText(line, usualRule))).to.deep.equal([
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

  it('is cut off where the rule says so: 98,6297 is 98,62 and 12,36 is 12,3', () => {
    expect(printed(16_051, 16_051 + 223, truncated)).to.equal('98,62%');
    expect(printed(16_051, 16_051 + 223, { ...truncated, rounding: 'half_up' })).to.equal('98,63%');
    expect(printed(11, 89, { percentDigits: 1, rounding: 'truncate' })).to.equal('12,3%');
    expect(printed(11, 89, usualRule)).to.equal('12,4%');
    expect(printed(2_501, 2_723, usualRule)).to.equal('91,8%');
  });

  it('is what division on paper gives, for every rule', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 100_000_000_000 })),
        fc.maxSafeNat(),
        (rule, total, seed) => {
          const count = seed % (total + 1);
          expect(printed(count, total, rule)).to.equal(onPaper(count, total, rule));
        },
      ),
      { numRuns: 30_000 },
    );
  });

  it('is so for every share of every total up to 300', () => {
    for (const rule of rules)
      for (let total = 1; total <= 300; total += 1)
        for (let count = 0; count <= total; count += 1)
          if (printed(count, total, rule) !== onPaper(count, total, rule))
            expect.fail(`${count}/${total} by ${JSON.stringify(rule)} is ${printed(count, total, rule)}`);
  });

  it('goes up at every tie, and down where it is cut off', () => {
    // count / total = (2k + 1) / (200 * scale) lies exactly between two neighbours.
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 2),
        fc.nat(9_999),
        fc.integer({ min: 1, max: 5_000 }),
        (percentDigits, k, times) => {
          const scale = 10 ** percentDigits;
          const lower = k % (100 * scale);
          const tie = [(2 * lower + 1) * times, 200 * scale * times] as const;
          expect(percentage(...tie, { percentDigits, rounding: 'half_up' })).to.equal((lower + 1) / scale);
          expect(percentage(...tie, { percentDigits, rounding: 'truncate' })).to.equal(lower / scale);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('is 0 of nothing and 100 of all, by every rule', () => {
    for (const rule of rules)
      expect([percentage(0, 0, rule), percentage(0, 7, rule), percentage(7, 7, rule)]).to.deep.equal([0, 0, 100]);
  });

  it('adds up as printed, without the crumbs of binary fractions', () => {
    expect(sumOfPercentages([35.2, 27.6, 6.8, 28.7, 1.7], usualRule)).to.equal(100);
    expect(sumOfPercentages([0.1, 0.2], usualRule)).to.equal(0.3);
    expect(sumOfPercentages([33.3, 33.3, 33.3], usualRule)).to.equal(99.9);
    expect(sumOfPercentages([32.53, 67.47], truncated)).to.equal(100);
    expect(sumOfPercentages([33, 33, 33], { percentDigits: 0 })).to.equal(99);
  });
});

describe('A figure in a letter', () => {
  it('has a decimal comma and always all decimals of its rule', () => {
    const texts = (percentDigits: number, values: readonly number[]) =>
      values.map((value) => percentageText(value, { percentDigits }));
    expect(texts(1, [0, 1.7, 35.2, 100])).to.deep.equal(['0,0%', '1,7%', '35,2%', '100,0%']);
    expect(texts(2, [0, 1.7, 98.62])).to.deep.equal(['0,00%', '1,70%', '98,62%']);
    expect(texts(0, [0, 2, 100])).to.deep.equal(['0%', '2%', '100%']);
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
