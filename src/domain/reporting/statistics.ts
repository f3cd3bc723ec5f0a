// The figures of a programme, all from one set of counted rows, so that no two parts of a report can disagree.

import { type Denominator, type FigureRule, type Rounding, type ShareRule, usualRule } from '../programmes/settings.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import { type DeadlineClass, deadlineClass } from '../schedule/timeliness.ts';
import { type Category, isFinal } from '../workflow/definition.ts';
import type { Estimate } from '../workflow/task.ts';
import { percentage, sumOfPercentages } from './percentage.ts';
import { denominatorTexts, type GroupSum, groupSumsOf, type Rate, ratesOf, sumNote } from './rates.ts';

/** Tasks that are alike in everything a report asks, and how many they are. */
export interface CountedRow {
  readonly unit: string;
  readonly category: Category;
  readonly dueOn: CivilDate | null;
  readonly submittedOn: CivilDate | null;
  readonly estimate: Estimate | null;
  readonly count: number;
}

export interface ReportUnit {
  readonly code: string;
  readonly name: string;
  readonly bloc: string;
}

/** `in_progress` is the report's "chưa hoàn thành, đang tiếp tục thực hiện": assigned and in progress together. */
export const buckets = ['in_progress', 'done', 'not_done', 'awaiting_appraisal', 'stopped'] as const;
export type Bucket = (typeof buckets)[number];

export type EstimateBucket = Estimate | 'undeclared';

export interface Figures {
  readonly total: number;
  readonly counts: Readonly<Record<Bucket, number>>;
  readonly parts: { readonly in_progress: { readonly assigned: number; readonly in_progress: number } };
  readonly estimate: Readonly<Record<EstimateBucket, number>>;
  readonly deadlines: Readonly<Partial<Record<DeadlineClass, number>>>;
}

/** With the programme's headline rate. */
export interface RatedPart extends Figures {
  readonly rate: Rate;
}

export interface Statistics extends RatedPart {
  /** Of the programme's rates. */
  readonly denominator: Denominator;
  /** The headline and, within groups, every part of each. */
  readonly rates: readonly Rate[];
  /** Of what the percentages below are: of all tasks of the programme, the stopped ones included, whatever its denominator. */
  readonly percentagesOf: { readonly denominator: 'all'; readonly denominatorText: string; readonly of: number };
  readonly percentages: Readonly<Record<Bucket, number>>;
  readonly estimatePercentages: Readonly<Record<EstimateBucket, number>>;
  readonly rounding: {
    readonly rule: Rounding;
    readonly decimals: number;
    /** Sums of the percentages as printed, and a note for each that is not 100. */
    readonly sum: number;
    readonly note: string | null;
    readonly estimateSum: number;
    readonly estimateNote: string | null;
    /** The same of rates within groups. */
    readonly groups?: readonly GroupSum[];
  };
  readonly byBloc: readonly (RatedPart & { readonly bloc: string })[];
  readonly byUnit: readonly (RatedPart & { readonly unit: string; readonly name: string; readonly bloc: string })[];
}

export const bucketOf = (category: Category): Bucket => (category === 'assigned' ? 'in_progress' : category);

/** A finished task is its own estimate; an open one is what the unit declared, and may be undeclared. */
export const estimateOf = (category: Category, declared: Estimate | null): EstimateBucket =>
  isFinal(category) ? (category as Estimate) : (declared ?? 'undeclared');

/**
 * @param units in official order; every unit of a row must be among them
 * @param soonDays days before the deadline from which a task counts as due soon
 * @param rule absent: that of report 158/BC-SKHĐT
 */
export const statisticsOf = (
  rows: readonly CountedRow[],
  units: readonly ReportUnit[],
  { asOf, soonDays, rule = usualRule }: StatisticsOf,
): Statistics => {
  const figures = (of: readonly CountedRow[]): RatedPart => {
    const counted = figuresOf(of, asOf, soonDays);
    return { ...counted, rate: ratesOf(counted, rule)[0] };
  };
  const whole = figures(rows);
  const rates = ratesOf(whole, rule);
  const percentages = sharesOf(whole.counts, whole.total, rule);
  const estimatePercentages = sharesOf(whole.estimate, whole.total, rule);
  const ofUnit = groupedByUnit(rows, units);
  const byUnit = units.map(({ code, name, bloc }) => ({ unit: code, name, bloc, ...figures(ofUnit.get(code) ?? []) }));
  const byBloc = [...new Set(units.map(({ bloc }) => bloc))].map((bloc) => ({
    bloc,
    ...figures(units.filter((unit) => unit.bloc === bloc).flatMap(({ code }) => ofUnit.get(code) ?? [])),
  }));
  assertWhole(whole, byUnit);
  assertWhole(whole, byBloc);
  const { sum, note } = sumOfShares(Object.values(percentages), whole.total, rule);
  const estimated = sumOfShares(Object.values(estimatePercentages), whole.total, rule);
  const grouped = rule.denominator === 'within_group' ? { groups: groupSumsOf(rates, rule) } : {};
  return {
    denominator: rule.denominator,
    ...whole,
    rates,
    percentagesOf: { denominator: 'all', denominatorText: denominatorTexts.all, of: whole.total },
    percentages,
    estimatePercentages,
    rounding: {
      rule: rule.rounding,
      decimals: rule.percentDigits,
      sum,
      note,
      estimateSum: estimated.sum,
      estimateNote: estimated.note,
      ...grouped,
    },
    byBloc,
    byUnit: byUnit.filter(({ total }) => total > 0),
  };
};

export interface StatisticsOf {
  readonly asOf: CivilDate;
  readonly soonDays: number;
  readonly rule?: FigureRule | undefined;
}

const groupedByUnit = (
  rows: readonly CountedRow[],
  units: readonly ReportUnit[],
): ReadonlyMap<string, readonly CountedRow[]> => {
  const groups = new Map<string, CountedRow[]>(units.map(({ code }) => [code, []]));
  for (const row of rows) {
    const group = groups.get(row.unit);
    if (!group) throw new Error(`Tasks of ${row.unit} were counted, which is not among the units of the report.`);
    group.push(row);
  }
  return groups;
};

/** What printed shares of a whole add up to, and the note where that is not 100 (rule C4). */
export const sumOfShares = (
  shares: readonly number[],
  total: number,
  rule: ShareRule,
): { readonly sum: number; readonly note: string | null } => {
  const sum = sumOfPercentages(shares, rule);
  return { sum, note: sum === 100 || total === 0 ? null : sumNote(rule) };
};

const figuresOf = (rows: readonly CountedRow[], today: CivilDate, soonDays: number): Figures => {
  const counts: Record<Bucket, number> = { in_progress: 0, done: 0, not_done: 0, awaiting_appraisal: 0, stopped: 0 };
  const estimate: Record<EstimateBucket, number> = { done: 0, not_done: 0, stopped: 0, undeclared: 0 };
  const deadlines: Partial<Record<DeadlineClass, number>> = {};
  let assigned = 0;
  let total = 0;
  for (const row of rows) {
    total += row.count;
    counts[bucketOf(row.category)] += row.count;
    if (row.category === 'assigned') assigned += row.count;
    estimate[estimateOf(row.category, row.estimate)] += row.count;
    const late = deadlineClass({ ...row, today, soonDays });
    deadlines[late] = (deadlines[late] ?? 0) + row.count;
  }
  return {
    total,
    counts,
    parts: { in_progress: { assigned, in_progress: counts.in_progress - assigned } },
    estimate,
    deadlines,
  };
};

/** The share of each count, rounded alone. */
export const sharesOf = <K extends string>(
  counts: Readonly<Record<K, number>>,
  total: number,
  rule: ShareRule,
): Readonly<Record<K, number>> =>
  Object.fromEntries(
    Object.entries<number>(counts).map(([key, count]) => [key, percentage(count, total, rule)]),
  ) as Record<K, number>;

/** The parts sum to the whole, in every cell, or there is no report. */
const assertWhole = (whole: Figures, parts: readonly Figures[]): void => {
  for (const cells of [totals, countCells, estimateCells, deadlineCells])
    for (const [cell, count] of Object.entries(cells(whole))) {
      const sum = parts.reduce((total, part) => total + (cells(part)[cell] ?? 0), 0);
      if (sum !== count) throw new Error(`The parts of ${cell} sum to ${sum}, the whole is ${count}.`);
    }
};

type Cells = (figures: Figures) => Readonly<Record<string, number>>;
const totals: Cells = ({ total }) => ({ total });
const countCells: Cells = ({ counts }) => counts;
const estimateCells: Cells = ({ estimate }) => estimate;
const deadlineCells: Cells = ({ deadlines }) => deadlines;
