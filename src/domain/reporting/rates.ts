// The rates of a programme by its own denominator (rule C5). Shares of the states are always of all; what a programme calls
// its result is not: a report of 293 commitments counts what is done among all, the Government's working group among what
// has fallen due, and others tell how timely each group was.

import { type Denominator, type FigureRule, type ShareRule, sameRule, usualRule } from '../programmes/settings.ts';
import type { DeadlineClass } from '../schedule/timeliness.ts';
import { percentage, percentageText, sumOfPercentages } from './percentage.ts';

/** Each task is in one of them. What is still open is not what has failed: "chưa hoàn thành", "không hoàn thành". */
export const rateGroups = ['done', 'undone', 'closed'] as const;
export type RateGroup = (typeof rateGroups)[number];

export interface Rate {
  readonly key: string;
  /** In Vietnamese, as it is printed. */
  readonly name: string;
  readonly count: number;
  /** The denominator in figures. */
  readonly of: number;
  readonly denominator: Denominator;
  /** In which group, of a rate within one. */
  readonly group?: RateGroup;
  /** The denominator in words: "trên tổng số". */
  readonly denominatorText: string;
  /** Null: of nothing. */
  readonly percent: number | null;
  /** "98,62%"; null: of nothing. */
  readonly text: string | null;
}

export const denominatorTexts: Readonly<Record<Denominator, string>> = {
  all: 'trên tổng số',
  fallen_due: 'trên số đã đến hạn',
  within_group: 'trong nhóm',
};
const groupNames: Readonly<Record<RateGroup, string>> = {
  done: 'đã hoàn thành',
  undone: 'chưa hoàn thành',
  closed: 'không hoàn thành, dừng thực hiện',
};

/** What rates are counted from. */
export interface RatedFigures {
  readonly total: number;
  readonly counts: {
    readonly in_progress: number;
    readonly done: number;
    readonly not_done: number;
    readonly awaiting_appraisal: number;
    readonly stopped: number;
  };
  readonly deadlines: Readonly<Partial<Record<DeadlineClass, number>>>;
}

/**
 * What has fallen due: done, overdue, and failed, which was not done in its time either; without the failed a rate would
 * rise with every failure. What waits for appraisal is neither done nor overdue.
 */
export const fallenDue = ({ counts, deadlines }: RatedFigures): number =>
  counts.done + (deadlines.overdue ?? 0) + counts.not_done;

/** @returns the rates of a programme, its headline first */
export const ratesOf = (figures: RatedFigures, rule: FigureRule): readonly [headline: Rate, ...more: Rate[]] => {
  const { total, counts } = figures;
  const completion = { key: 'completion', name: 'Tỷ lệ hoàn thành', count: counts.done };
  switch (rule.denominator) {
    case 'all':
      return [rateOf({ ...completion, of: total, denominator: 'all' }, rule)];
    case 'fallen_due':
      return [rateOf({ ...completion, of: fallenDue(figures), denominator: 'fallen_due' }, rule)];
    case 'within_group':
      return withinGroups(figures, rule);
    default:
      return rule.denominator satisfies never;
  }
};

/** Of each group its parts, which sum to it: a task is in exactly one part. */
const withinGroups = ({ counts, deadlines }: RatedFigures, rule: ShareRule): readonly [Rate, ...Rate[]] => {
  const of = (...classes: readonly DeadlineClass[]): number =>
    classes.reduce((sum, each) => sum + (deadlines[each] ?? 0), 0);
  const within = (group: RateGroup, whole: number, key: string, name: string, count: number): Rate =>
    rateOf({ key, name, count, of: whole, denominator: 'within_group', group }, rule);
  const undone = counts.in_progress + counts.awaiting_appraisal;
  const closed = counts.not_done + counts.stopped;
  return [
    within('done', counts.done, 'done_on_time', 'Hoàn thành đúng hạn', of('done_on_time')),
    within('done', counts.done, 'done_late', 'Hoàn thành trễ hạn', of('done_late')),
    within('done', counts.done, 'done_undated', 'Hoàn thành, không có thời hạn', of('done_undated')),
    within('undone', undone, 'in_time', 'Đang thực hiện, trong hạn', of('in_time', 'due_soon')),
    within('undone', undone, 'overdue', 'Quá hạn', of('overdue')),
    within('undone', undone, 'undated', 'Đang thực hiện, không có thời hạn', of('undated')),
    within('undone', undone, 'awaiting_appraisal', 'Chờ thẩm định', counts.awaiting_appraisal),
    within('closed', closed, 'not_done', 'Không hoàn thành', counts.not_done),
    within('closed', closed, 'stopped', 'Dừng thực hiện', counts.stopped),
  ];
};

export const rateOf = (given: Omit<Rate, 'percent' | 'text' | 'denominatorText'>, rule: ShareRule): Rate => {
  const percent = given.of === 0 ? null : percentage(given.count, given.of, rule);
  const within = given.group ? ` ${groupNames[given.group]}` : '';
  return {
    ...given,
    denominatorText: `${denominatorTexts[given.denominator]}${within}`,
    percent,
    text: percent === null ? null : percentageText(percent, rule),
  };
};

export interface GroupSum {
  readonly group: RateGroup;
  readonly sum: number;
  readonly note: string | null;
}

/** What the printed rates of each group add up to; groups of nothing are left out. */
export const groupSumsOf = (rates: readonly Rate[], rule: ShareRule): readonly GroupSum[] =>
  rateGroups.flatMap((group) => {
    const mine = rates
      .filter((rate) => rate.group === group)
      .flatMap(({ percent }) => (percent === null ? [] : [percent]));
    if (mine.length === 0) return [];
    const sum = sumOfPercentages(mine, rule);
    return [{ group, sum, note: sum === 100 ? null : sumNote(rule) }];
  });

const roundedTo = ['hàng đơn vị', 'một chữ số thập phân', 'hai chữ số thập phân'];
const cutAfter = ['phần thập phân', 'từ chữ số thập phân thứ hai', 'từ chữ số thập phân thứ ba'];

/** Stands wherever printed rates do not add up to 100 (rule C4): they are not forced, and here is by which rule they came. */
export const sumNote = ({ percentDigits, rounding }: ShareRule): string => {
  const hundred = percentageText(100, { percentDigits });
  return rounding === 'half_up'
    ? `Tổng các tỷ lệ có thể khác ${hundred} do làm tròn từng tỷ lệ đến ${roundedTo[percentDigits]}.`
    : `Tổng các tỷ lệ có thể khác ${hundred} do từng tỷ lệ được cắt bỏ ${cutAfter[percentDigits]}, không làm tròn.`;
};

/** The rule of rounding in one line. */
export const roundingText = ({ percentDigits, rounding }: ShareRule): string =>
  rounding === 'half_up'
    ? `Từng tỷ lệ làm tròn đến ${roundedTo[percentDigits]}, từ 5 trở lên làm tròn lên; tổng không ép về 100`
    : `Từng tỷ lệ cắt bỏ ${cutAfter[percentDigits]}, không làm tròn; tổng không ép về 100`;

/** The whole rule in words: "Tỷ lệ tính trên số đã đến hạn; …". */
export const ruleText = (rule: FigureRule): string =>
  `Tỷ lệ tính ${denominatorTexts[rule.denominator]}; ${lowered(roundingText(rule))}`;

/** Stands wherever two reports are set side by side that tell their rates by two rules; null where there is nothing to say. */
export const rulesNote = (before: FigureRule, after: FigureRule): string | null =>
  sameRule(before, after)
    ? null
    : `Hai báo cáo tính tỷ lệ theo hai quy tắc khác nhau, không so sánh trực tiếp. Trước: ${ruleText(before)}. Sau: ${ruleText(after)}.`;

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The rule under which figures were told. Figures frozen before there was a choice say the usual one. */
export const ruleOfFigures = ({
  denominator = usualRule.denominator,
  rounding,
}: {
  readonly denominator?: Denominator;
  readonly rounding?: { readonly rule: FigureRule['rounding']; readonly decimals: number };
}): FigureRule => ({
  denominator,
  percentDigits: rounding?.decimals ?? usualRule.percentDigits,
  rounding: rounding?.rule ?? usualRule.rounding,
});
