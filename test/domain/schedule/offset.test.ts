import { expect } from 'chai';
import fc from 'fast-check';
import { applyOffset, isOffset, nthOccurrence, parseOffset } from '../../../src/domain/schedule/offset.ts';
import { vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../../src/domain/schedule/working-calendar.ts';

const calendar = workingCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', version: 1, days: vietnamCalendarDays });

describe('offsets', () => {
  it('are ISO 8601 durations of whole years, months, weeks and days, with an optional sign', () => {
    expect(['P3M', '-P7D', '+P1Y', 'P2W', 'P1Y2M3W4D', 'P0D'].map(parseOffset)).to.deep.equal([
      { months: 3, days: 0, sign: 1 },
      { months: 0, days: 7, sign: -1 },
      { months: 12, days: 0, sign: 1 },
      { months: 0, days: 14, sign: 1 },
      { months: 14, days: 25, sign: 1 },
      { months: 0, days: 0, sign: 1 },
    ]);
  });

  it('are nothing else', () => {
    const strangers = [
      ...[
        '',
        'P',
        '-P',
        'P3',
        '3M',
        'p3m',
        'P3m',
        'PT1H',
        'P1DT1H',
        'P1DT',
        'P1.5M',
        'P-3M',
        '--P3M',
        'P3M ',
        ' P3M',
        'P1D1M',
      ],
      ...['P3M\n', '−P7D', 'P1M2M', 'P9999Y', 'P99999D', 'P1201M'],
    ];

    expect(strangers.filter((text) => parseOffset(text) !== undefined)).to.deep.equal([]);
  });

  it('are calendar time or working days, never both in one value', () => {
    const offsets: unknown[] = ['P3M', '-P7D', { workingDays: 5 }, { workingDays: -5 }, { workingDays: 0 }];
    const strangers: unknown[] = [
      ...['5', 5, null, undefined, [], {}, { workingDays: '5' }, { workingDays: 1.5 }, { workingDays: 1e9 }, ['P3M']],
      ...[{ workingDays: 5, days: 5 }, { days: 5 }, { workingDays: Number.NaN }, { workingDays: null }],
    ];

    expect(offsets.filter((value) => !isOffset(value))).to.deep.equal([]);
    expect(strangers.filter((value) => isOffset(value))).to.deep.equal([]);
  });

  it('move a day by months first, clamped, then by days', () => {
    expect(applyOffset('2026-01-31', 'P1M', calendar)).to.equal('2026-02-28');
    expect(applyOffset('2026-01-31', 'P1M1D', calendar)).to.equal('2026-03-01');
    expect(applyOffset('2026-03-31', '-P1M1D', calendar)).to.equal('2026-02-27');
    expect(applyOffset('2026-06-16', '-P7D', calendar)).to.equal('2026-06-09');
    expect(applyOffset('2026-06-16', 'P2W', calendar)).to.equal('2026-06-30');
    expect(applyOffset('2028-02-29', 'P1Y', calendar)).to.equal('2029-02-28');
  });

  it('of five days and of five working days are different', () => {
    expect(applyOffset('2026-02-11', 'P5D', calendar)).to.equal('2026-02-16');
    expect(applyOffset('2026-02-11', { workingDays: 5 }, calendar)).to.equal('2026-02-25');
    expect(applyOffset('2026-02-25', { workingDays: -5 }, calendar)).to.equal('2026-02-11');
  });

  it('that are not offsets are a fault when applied', () => {
    expect(() => applyOffset('2026-01-01', 'PT1H', calendar)).to.throw(RangeError, 'Not an offset: PT1H');
    expect(() => nthOccurrence('2026-01-01', undefined, '3M', 1)).to.throw(RangeError, 'Not an offset: 3M');
  });
});

describe('recurrences', () => {
  it('are counted from the anchor, so a short month does not pull later days forward', () => {
    const fromThirtieth = [1, 2, 3, 4].map((k) => nthOccurrence('2026-11-30', undefined, 'P3M', k));
    const fromThirtyFirst = [1, 2, 3].map((k) => nthOccurrence('2026-01-31', undefined, 'P1M', k));

    expect(fromThirtieth).to.deep.equal(['2027-02-28', '2027-05-30', '2027-08-30', '2027-11-30']);
    expect(fromThirtyFirst).to.deep.equal(['2026-02-28', '2026-03-31', '2026-04-30']);
  });

  it('begin at the anchor with k = 0, and with `first` at k = 1', () => {
    expect(nthOccurrence('2026-06-16', undefined, 'P6M', 0)).to.equal('2026-06-16');
    expect([1, 2, 3].map((k) => nthOccurrence('2026-06-16', '-P7D', 'P3D', k))).to.deep.equal([
      '2026-06-09',
      '2026-06-12',
      '2026-06-15',
    ]);
    for (const k of [-1, 0.5, Number.NaN]) {
      expect(() => nthOccurrence('2026-06-16', undefined, 'P6M', k)).to.throw(RangeError, 'No occurrence');
    }
    expect(() => nthOccurrence('2026-06-16', '-P7D', 'P3D', 0)).to.throw(RangeError, 'No occurrence 0');
  });

  it('add `first` and the periods up before the month is clamped', () => {
    // Chained, 31 December would first become 28 February and then 28 March.
    expect(nthOccurrence('2025-12-31', 'P2M', 'P1M', 2)).to.equal('2026-03-31');
  });

  it('may count working days, given a calendar', () => {
    expect([1, 2].map((k) => nthOccurrence('2026-02-11', undefined, { workingDays: 5 }, k, calendar))).to.deep.equal([
      '2026-02-25',
      '2026-03-04',
    ]);
    expect(nthOccurrence('2026-02-18', '-P7D', { workingDays: 5 }, 2, calendar)).to.equal('2026-02-25');
    expect(nthOccurrence('2026-02-11', { workingDays: 2 }, { workingDays: 3 }, 2, calendar)).to.equal('2026-02-25');
    expect(() => nthOccurrence('2026-02-11', undefined, { workingDays: 5 }, 1)).to.throw(RangeError, 'need a calendar');
  });

  it('keep 16 June and 16 December for ever', () => {
    const days = Array.from({ length: 14 }, (_, k) => nthOccurrence('2026-06-16', undefined, 'P6M', k));

    expect(days).to.deep.equal(
      [2026, 2027, 2028, 2029, 2030, 2031, 2032].flatMap((year) => [`${year}-06-16`, `${year}-12-16`]),
    );
  });

  it('give the golden days from 29 February and 31 August', () => {
    const from = (anchor: string, every: string, upTo: number) =>
      Array.from({ length: upTo }, (_, k) => nthOccurrence(anchor, undefined, every, k + 1));

    expect(from('2028-02-29', 'P1Y', 4)).to.deep.equal(['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
    expect(from('2027-08-31', 'P6M', 4)).to.deep.equal(['2028-02-29', '2028-08-31', '2029-02-28', '2029-08-31']);
    expect(from('2026-08-31', 'P3M', 4)).to.deep.equal(['2026-11-30', '2027-02-28', '2027-05-31', '2027-08-31']);
  });

  it('agree with a table of month lengths for days 28 to 31, by 1, 3, 6 and 12 months, over 2026 to 2032', () => {
    const differing: string[] = [];
    let compared = 0;
    for (const [year, month, day] of monthEndAnchors()) {
      for (const [every, step] of Object.entries({ P1M: 1, P3M: 3, P6M: 6, P1Y: 12 })) {
        for (const [index, expected] of recurringFrom(year, month, day, step).entries()) {
          const actual = nthOccurrence(written(year, month, day), undefined, every, index + 1);
          compared += 1;
          if (actual !== expected) differing.push(`${written(year, month, day)} ${every} ${index + 1}: ${actual}`);
        }
      }
    }

    expect(differing).to.deep.equal([]);
    expect(compared).to.equal(18_514);
  });

  it('never run backwards and never leave the month they belong to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 50 }),
        (n, months, k) => {
          const anchor = new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
          const here = nthOccurrence(anchor, undefined, `P${months}M`, k);
          const next = nthOccurrence(anchor, undefined, `P${months}M`, k + 1);
          const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
          expect(next > here).to.equal(true);
          expect(monthOf(next) - monthOf(here)).to.equal(months);
          expect(here.slice(8) <= anchor.slice(8)).to.equal(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

// The oracle walks month by month through a written table; it shares nothing with the module.
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leapYears = [2028, 2032];

function lengthOf(year: number, month: number): number {
  return month === 2 && leapYears.includes(year) ? 29 : (lengths[month - 1] ?? Number.NaN);
}

function monthEndAnchors(): [number, number, number][] {
  const anchors: [number, number, number][] = [];
  for (let year = 2026; year <= 2032; year++) {
    for (let month = 1; month <= 12; month++) {
      for (let day = 28; day <= lengthOf(year, month); day++) anchors.push([year, month, day]);
    }
  }
  return anchors;
}

function recurringFrom(year: number, month: number, day: number, step: number): string[] {
  const found: string[] = [];
  let [y, m] = [year, month];
  for (;;) {
    for (let n = 0; n < step; n++) {
      m += 1;
      if (m === 13) [y, m] = [y + 1, 1];
    }
    if (y > 2032) return found;
    found.push(written(y, m, day <= lengthOf(y, m) ? day : lengthOf(y, m)));
  }
}

function written(year: number, month: number, day: number): string {
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
