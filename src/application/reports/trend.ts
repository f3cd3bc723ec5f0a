import type { FigureRule } from '../../domain/programmes/settings.ts';
import { Refusal } from '../../domain/refusal.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { denominatorTexts } from '../../domain/reporting/rates.ts';
import { type Bucket, sharesOf, sumOfShares } from '../../domain/reporting/statistics.ts';
import { type DayChange, type TrendDay, trendOf } from '../../domain/reporting/trend.ts';
import { addDays, type CivilDate, dayOf, daysBetween } from '../../domain/schedule/civil-date.ts';
import type { Clock } from '../ports.ts';
import type { ReportReader } from './statistics.ts';

export interface TrendReader {
  /** By day, as known now; what happened before `from` counts as of `from`. */
  changes(programme: string, from: CivilDate, to: CivilDate): Promise<readonly DayChange[]>;
}

export interface TrendRequest {
  readonly programme: string;
  /** Absent: 30 days before the last day. */
  readonly from?: CivilDate | undefined;
  /** Absent: today. */
  readonly to?: CivilDate | undefined;
}

export interface Trend {
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string };
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly notice: string | null;
  /**
   * Of what the percentages are: always of all. The daily tally knows no deadlines, so a programme's rate by another
   * denominator is read day by day from its figures.
   */
  readonly percentagesOf: { readonly denominator: 'all'; readonly denominatorText: string };
  readonly rounding: {
    readonly rule: FigureRule['rounding'];
    readonly decimals: number;
    /** Where the percentages of some day do not add up to 100. */
    readonly note: string | null;
  };
  readonly days: readonly (TrendDay & { readonly percentages: Readonly<Record<Bucket, number>> })[];
}

/** Two years of days; who asks for more wants another kind of answer. */
const mostDays = 732;

/**
 * The figures at the end of each day, as known now: what was entered late counts from the day it happened.
 * @throws Refusal programme.not_found; input.invalid
 */
export const readTrend =
  (reports: Pick<ReportReader, 'programme'>, tallies: TrendReader, clock: Clock) =>
  async (request: TrendRequest): Promise<Trend> => {
    const found = await reports.programme(request.programme);
    if (!found) throw new Refusal('programme.not_found', { programme: request.programme });
    const today = dayOf(clock.now(), found.zone);
    const { to = today } = request;
    const { from = addDays(to, -30) } = request;
    if (to > today) throw new Refusal('input.invalid', { pointer: '/to', problem: 'lies ahead' });
    if (from > to) throw new Refusal('input.invalid', { pointer: '/from', problem: 'lies after the last day' });
    if (daysBetween(from, to) >= mostDays)
      throw new Refusal('input.invalid', {
        pointer: '/from',
        problem: `is more than ${mostDays} days before the last day`,
      });
    const days = trendOf(await tallies.changes(request.programme, from, to), from, to).map((each) => ({
      ...each,
      percentages: sharesOf(each.counts, each.total, found.rule),
    }));
    const notes = days.map(({ percentages, total }) => sumOfShares(Object.values(percentages), total, found.rule).note);
    return {
      programme: { code: request.programme, name: found.name, noun: found.noun },
      from,
      to,
      notice: noticeOf(found),
      percentagesOf: { denominator: 'all', denominatorText: denominatorTexts.all },
      rounding: {
        rule: found.rule.rounding,
        decimals: found.rule.percentDigits,
        note: notes.find((note) => note !== null) ?? null,
      },
      days,
    };
  };
