// Chế độ báo cáo: which reports the units of a programme owe, and by which days each level has them.
// Named days: "chậm nhất ngày 16/6, 16/12 hàng năm" (Sở Nội vụ Quảng Ngãi, 02/2023). Data cut-offs: Nghị định 09/2019/NĐ-CP
// Điều 12; room between cut-off and sending, and a deadline for each level: Điều 8 khoản 5.

import type { UnitClass } from '../organisation/units.ts';
import { addDays, addMonths, type CivilDate, isCivilDate, lastDayOfMonth } from '../schedule/civil-date.ts';
import { lastGoodDay, type Roll } from '../schedule/due.ts';
import { type WorkingCalendar, workingDaysBetween } from '../schedule/working-calendar.ts';

/** 'MM-DD', the same every year; a day its month does not have is the last day of the month. */
export type YearDay = string;

/** Days of one level after the other; each later than the one before. */
export interface Levels<Day> {
  /** Ngày chốt số liệu: the last day whose data the report has. */
  readonly cutOff: Day;
  /** The unit sends to the aggregating agency. */
  readonly unit: Day;
  /** The aggregating agency sends on. */
  readonly aggregator?: Day | undefined;
  /** The level above it sends on. */
  readonly upper?: Day | undefined;
}

/** `half_year` is the first half: the December report covers the whole year (M7), so there is no second half. */
export const namedPeriods = ['half_year', 'year'] as const;
export const repeatedPeriods = ['quarter', 'month'] as const;

export type PeriodRule =
  | ({ readonly kind: (typeof namedPeriods)[number] } & Levels<YearDay>)
  /** Days of the last month of the quarter, or of the month. */
  | ({ readonly kind: (typeof repeatedPeriods)[number] } & Levels<number>)
  /** A period of the programme's own, like the ten months of report 158: cumulative from a day of the year on. */
  | ({
      readonly kind: 'custom';
      readonly key: string;
      readonly name: string;
      readonly from: YearDay;
    } & Levels<YearDay>);

export interface Regime {
  readonly key: string;
  readonly name: string;
  readonly periods: readonly PeriodRule[];
  /** Who owes the reports: units of these classes and these units, less the ones excepted. */
  readonly units: {
    readonly classes: readonly UnitClass[];
    readonly codes: readonly string[];
    readonly except: readonly string[];
  };
  /**
   * The unit that takes the report of the aggregating agency (letter 004: "có cơ sở tham mưu UBND tỉnh"), for the periods that give
   * the agency a day; absent: nobody asks for it here.
   */
  readonly reportsTo?: string | undefined;
}

/** unit: what the units send to the aggregating agency; aggregator: what the agency sends on. */
export const reportLevels = ['unit', 'aggregator'] as const;
export type ReportLevel = (typeof reportLevels)[number];

/** One period of one year. */
export interface Period {
  /** '2026-6T', '2026', '2026-Q1', '2026-01', '2026-10T'. */
  readonly key: string;
  readonly name: string;
  readonly from: CivilDate;
  readonly cutOffOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly aggregatorDueOn: CivilDate | null;
  readonly upperDueOn: CivilDate | null;
}

/**
 * The periods of a year, in order of their deadlines.
 * @param roll of the programme; null: days that a letter names stay where they are (M4)
 */
export const periodsOf = (
  { periods }: Pick<Regime, 'periods'>,
  year: number,
  { calendar, roll }: { readonly calendar: WorkingCalendar; readonly roll: Roll | null },
): readonly Period[] => {
  const rolled = (day: CivilDate): CivilDate =>
    lastGoodDay({ kind: 'on_or_before', day }, { assignedOn: day, calendar, roll: roll ?? 'keep' }) as CivilDate;
  return periods
    .flatMap((rule) => rawPeriods(rule, year, periods))
    .map((period) => ({
      ...period,
      dueOn: rolled(period.dueOn),
      aggregatorDueOn: period.aggregatorDueOn && rolled(period.aggregatorDueOn),
      upperDueOn: period.upperDueOn && rolled(period.upperDueOn),
    }))
    .toSorted((a, b) => (a.dueOn === b.dueOn ? compare(a.key, b.key) : compare(a.dueOn, b.dueOn)));
};

const rawPeriods = (rule: PeriodRule, year: number, all: readonly PeriodRule[]): readonly Period[] => {
  switch (rule.kind) {
    case 'half_year':
    case 'year': {
      const days = levelsOn(rule, (day) => yearDay(year, day));
      const yearly = all.flatMap((other) => (other.kind === 'year' ? [other.cutOff] : []));
      // The year of reports begins when that of the last one was cut off: 15/12 of the year before (Điều 12).
      const closing = yearly[0] ?? `12-${rule.cutOff.slice(3)}`;
      const from = addDays(yearDay(year - 1, closing), 1);
      return rule.kind === 'year'
        ? [{ key: `${year}`, name: `Năm ${year}`, from, ...days }]
        : [{ key: `${year}-6T`, name: `6 tháng đầu năm ${year}`, from, ...days }];
    }
    case 'quarter':
      return [3, 6, 9, 12].map((month, index) => ({
        key: `${year}-Q${index + 1}`,
        name: `Quý ${['I', 'II', 'III', 'IV'][index]} năm ${year}`,
        from: addDays(monthDay(addMonths(`${year}-${two(month)}-01`, -3), rule.cutOff), 1),
        ...levelsOn(rule, (day) => monthDay(`${year}-${two(month)}-01`, day)),
      }));
    case 'month':
      return Array.from({ length: 12 }, (_, index) => {
        const first = `${year}-${two(index + 1)}-01`;
        return {
          key: `${year}-${two(index + 1)}`,
          name: `Tháng ${two(index + 1)} năm ${year}`,
          from: addDays(monthDay(addMonths(first, -1), rule.cutOff), 1),
          ...levelsOn(rule, (day) => monthDay(first, day)),
        };
      });
    case 'custom':
      return [
        {
          key: `${year}-${rule.key}`,
          name: `${rule.name} năm ${year}`,
          from: yearDay(year, rule.from),
          ...levelsOn(rule, (day) => yearDay(year, day)),
        },
      ];
    default:
      return rule satisfies never;
  }
};

type Days = Pick<Period, 'cutOffOn' | 'dueOn' | 'aggregatorDueOn' | 'upperDueOn'>;

const levelsOn = <Day>({ cutOff, unit, aggregator, upper }: Levels<Day>, on: (day: Day) => CivilDate): Days => ({
  cutOffOn: on(cutOff),
  dueOn: on(unit),
  aggregatorDueOn: aggregator === undefined ? null : on(aggregator),
  upperDueOn: upper === undefined ? null : on(upper),
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const two = (value: number): string => String(value).padStart(2, '0');
const yearDay = (year: number, day: YearDay): CivilDate =>
  monthDay(`${year}-${day.slice(0, 2)}-01`, Number(day.slice(3)));
const monthDay = (anyDay: CivilDate, day: number): CivilDate => {
  const month = anyDay.slice(0, 7);
  const last = lastDayOfMonth(month);
  const named = `${month}-${two(day)}`;
  return named < last ? named : last;
};

export interface RegimeProblem {
  /** Into the list of regimes. */
  readonly pointer: string;
  readonly message: string;
}

/** What keeps regimes from being set; nothing is judged here that a calendar must be asked for. */
export const regimeProblems = (regimes: readonly Regime[]): readonly RegimeProblem[] =>
  regimes.flatMap((regime, index) => [
    ...(regimes.findIndex(({ key }) => key === regime.key) < index
      ? [{ pointer: `/${index}/key`, message: 'is the key of another regime' }]
      : []),
    ...(regime.units.classes.length === 0 && regime.units.codes.length === 0
      ? [{ pointer: `/${index}/units`, message: 'names nobody who owes the reports' }]
      : []),
    ...(regime.reportsTo !== undefined && regime.periods.every(({ aggregator }) => aggregator === undefined)
      ? [{ pointer: `/${index}/reportsTo`, message: 'asks for a report that has no day in any period' }]
      : []),
    ...regime.periods.flatMap((rule, at) =>
      ruleProblems(rule, regime.periods.slice(0, at)).map((message) => ({
        pointer: `/${index}/periods/${at}`,
        message,
      })),
    ),
  ]);

const ruleProblems = (rule: PeriodRule, before: readonly PeriodRule[]): readonly string[] => {
  const days = [rule.cutOff, rule.unit, rule.aggregator, rule.upper, ...(rule.kind === 'custom' ? [rule.from] : [])];
  const wrong = days.filter((day) => day !== undefined && !exists(day));
  if (wrong.length > 0) return [`has days that no month has: ${wrong.join(', ')}`];
  const [raw] = rawPeriods(rule, 2023, [rule]);
  const named = (other: PeriodRule): string => (other.kind === 'custom' ? `custom/${other.key}` : other.kind);
  return [
    ...(before.some((other) => named(other) === named(rule)) ? ['is there twice'] : []),
    ...(raw ? levelProblems(raw, rule) : []),
  ];
};

const exists = (day: YearDay | number): boolean =>
  typeof day === 'number' ? Number.isInteger(day) && day >= 1 && day <= 31 : isCivilDate(`2024-${day}`);

const levelProblems = (
  { from, cutOffOn, dueOn, aggregatorDueOn, upperDueOn }: Period,
  { kind, aggregator, upper }: PeriodRule,
): readonly string[] => [
  ...(kind === 'custom' && from > cutOffOn ? ['begins after its data are cut off'] : []),
  // Another day lies between; whether offices work on it depends on the year (shortPeriods).
  ...(addDays(cutOffOn, 2) > dueOn ? ['leaves no day between the cut-off and the deadline of the units'] : []),
  ...(upper !== undefined && aggregator === undefined ? ['has no deadline for the aggregating agency'] : []),
  ...(aggregatorDueOn !== null && aggregatorDueOn <= dueOn
    ? ['has the aggregating agency send before the units have']
    : []),
  ...(aggregatorDueOn !== null && upperDueOn !== null && upperDueOn <= aggregatorDueOn
    ? ['has the upper level send before the aggregating agency has']
    : []),
];

/**
 * Periods without a single working day between the cut-off and the deadline (both exclusive), which Điều 8 khoản 5 asks for.
 * Days that a letter names stay all the same (M4): in 2024, 15/6 is a Saturday. So this is told, not refused.
 */
export const shortPeriods = (periods: readonly Period[], calendar: WorkingCalendar): readonly Period[] =>
  periods.filter(({ cutOffOn, dueOn }) => workingDaysBetween(calendar, cutOffOn, addDays(dueOn, -1)) < 1);
