import type { FigureRule } from '../../domain/programmes/settings.ts';
import { Refusal } from '../../domain/refusal.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { type CountedRow, type ReportUnit, type Statistics, statisticsOf } from '../../domain/reporting/statistics.ts';
import { type CivilDate, dayOf, endOfDay, isCivilDate } from '../../domain/schedule/civil-date.ts';
import type { Instant } from '../../domain/workflow/task.ts';
import type { Clock } from '../ports.ts';
import type { ReadRows } from './rows.ts';

export interface ProgrammeFigures {
  readonly name: string;
  readonly noun: string;
  readonly soonDays: number;
  readonly illustrative: boolean;
  readonly rule: FigureRule;
  readonly units: readonly ReportUnit[];
  readonly rows: readonly CountedRow[];
}

export interface ReportedProgramme {
  readonly name: string;
  readonly noun: string;
  readonly illustrative: boolean;
  readonly rule: FigureRule;
  /** In which its days begin and end. */
  readonly zone: string;
}

export interface ReportReader {
  programme(code: string): Promise<ReportedProgramme | undefined>;
  /** What had happened before `before` (exclusive) as known at `known` (inclusive). */
  figures(programme: string, before: Date, known: Date, structure?: Structure): Promise<ProgrammeFigures | undefined>;
  readonly rows: ReadRows;
}

/** `then`: by the units of the day, with their names of the day; `now`: each task with whoever has its work today. */
export const structures = ['then', 'now'] as const;
export type Structure = (typeof structures)[number];

export interface StatisticsRequest {
  readonly programme: string;
  /** Cut-off day, whole; absent: today. */
  readonly asOf?: CivilDate | undefined;
  /** A day (whole) or an instant; absent: now. */
  readonly knownAt?: CivilDate | Instant | undefined;
  /** Absent: then. Only figures of then are the same for ever. */
  readonly structure?: Structure | undefined;
  /** Absent: as the programme says now. A frozen report is computed again by its own. */
  readonly rule?: FigureRule | undefined;
}

export interface StatisticsReport extends Statistics {
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string };
  readonly asOf: CivilDate;
  readonly knownAt: Instant;
  /** Printed on everything that shows figures of demonstration data. */
  readonly notice: string | null;
}

/**
 * Figures of one programme as of a day, as known at a moment. The same two times give the same figures for ever, by the
 * structure of then.
 * @throws Refusal programme.not_found; input.invalid when a time lies ahead
 */
export const readStatistics =
  (reports: ReportReader, clock: Clock) =>
  async (request: StatisticsRequest): Promise<StatisticsReport> => {
    const { zone: _zone, ...report } = await readStatisticsIn(reports, clock)(request);
    return report;
  };

/** The same with the zone in which its days begin and end. */
export const readStatisticsIn =
  (reports: ReportReader, clock: Clock) =>
  async (request: StatisticsRequest): Promise<StatisticsReport & { readonly zone: string }> => {
    const { programme } = request;
    const found = await reports.programme(programme);
    if (!found) throw new Refusal('programme.not_found', { programme });
    const { asOf, before, known } = reportTimes(request, found.zone, clock.now());
    const figures = await reports.figures(programme, before, known, request.structure);
    if (!figures) throw new Refusal('programme.not_found', { programme });
    return {
      zone: found.zone,
      programme: { code: programme, name: figures.name, noun: figures.noun },
      asOf,
      knownAt: known.toISOString(),
      notice: noticeOf(figures),
      ...statisticsOf(figures.rows, figures.units, {
        asOf,
        soonDays: figures.soonDays,
        rule: request.rule ?? figures.rule,
      }),
    };
  };

export interface ReportTimes {
  readonly asOf: CivilDate;
  /** First moment after the cut-off day. */
  readonly before: Date;
  readonly known: Date;
}

/** @throws Refusal input.invalid */
export const reportTimes = (
  { asOf: asked, knownAt }: Pick<StatisticsRequest, 'asOf' | 'knownAt'>,
  zone: string,
  now: Date,
): ReportTimes => {
  const asOf = asked ?? dayOf(now, zone);
  if (asOf > dayOf(now, zone)) throw new Refusal('input.invalid', { pointer: '/asOf', problem: 'lies ahead' });
  const known = knownAt === undefined ? now : knownMoment(knownAt, zone, now);
  if (Number.isNaN(known.getTime()) || known > now)
    throw new Refusal('input.invalid', { pointer: '/knownAt', problem: 'is not an instant, or lies ahead' });
  return { asOf, before: endOfDay(asOf, zone), known };
};

const knownMoment = (knownAt: CivilDate | Instant, zone: string, now: Date): Date => {
  if (!isCivilDate(knownAt)) return new Date(knownAt);
  return knownAt === dayOf(now, zone) ? now : new Date(endOfDay(knownAt, zone).getTime() - 1);
};
