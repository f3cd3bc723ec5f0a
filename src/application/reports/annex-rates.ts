// The rates of a programme by its own denominator, as a sheet beside the annexes: of all, of each bloc and of each unit, with
// what each is a share of in figures and in words.

import { type Rate, ratesOf, ruleOfFigures, ruleText } from '../../domain/reporting/rates.ts';
import type { Figures } from '../../domain/reporting/statistics.ts';
import type { Cell, Sheet } from '../book.ts';
import type { StatisticsReport } from './statistics.ts';

/** @param heading rows that stand above every annex */
export const ratesSheet = (
  figures: StatisticsReport,
  blocNames: Readonly<Record<string, string>>,
  heading: readonly (readonly Cell[])[],
): Sheet => {
  const rule = ruleOfFigures(figures);
  // Figures that were frozen before rates were told have what rates are counted from.
  const headline = (part: Figures & { readonly rate?: Rate }): Rate => part.rate ?? ratesOf(part, rule)[0];
  const rates = ratesIn(figures);
  const line = (number: Cell, name: string, rate: Rate): Cell[] => [
    number,
    name,
    rate.name,
    rate.count,
    rate.of,
    rate.percent === null ? null : { percent: rate.percent, digits: rule.percentDigits },
    rate.denominatorText,
  ];
  const sums = (figures.rounding.groups ?? []).filter(({ note }) => note !== null);
  return {
    name: 'Tỷ lệ',
    heading: heading.length + 2,
    widths: [6, 40, 34, 12, 12, 12, 34],
    print: { head: [heading.length, heading.length + 2], merged: [], strong: [] },
    rows: [
      ...heading,
      ['STT', 'Đơn vị', 'Chỉ tiêu', 'Số lượng', 'Mẫu số', 'Tỷ lệ (%)', 'Tỷ lệ tính'],
      Array.from({ length: 7 }, (_, n) => `(${n + 1})`),
      ...rates.map((rate) => line(null, 'Toàn chương trình', rate)),
      ...figures.byBloc
        .filter(({ total }) => total > 0)
        .map((bloc) => line(null, blocNames[bloc.bloc] ?? bloc.bloc, headline(bloc))),
      ...figures.byUnit.map((unit, index) => line(index + 1, unit.name, headline(unit))),
      [null, `${ruleText(rule)}.`],
      ...sums.slice(0, 1).map(({ note }): Cell[] => [null, note]),
    ],
  };
};

/** The rates of the whole programme, as the figures tell them. */
export const ratesIn = (figures: StatisticsReport): readonly Rate[] =>
  (figures.rates as StatisticsReport['rates'] | undefined) ?? ratesOf(figures, ruleOfFigures(figures));
