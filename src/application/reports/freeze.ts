import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import type { FigureRule } from '../../domain/programmes/settings.ts';
import { ruleOfFigures } from '../../domain/reporting/rates.ts';
import type { RunBasis } from '../../domain/reporting/run-rows.ts';
import { endOfDay } from '../../domain/schedule/civil-date.ts';
import { permit } from '../permit.ts';
import type { Clock } from '../ports.ts';
import type { ConfirmationSummary } from './confirmation.ts';
import { agree, basisOf, rowsText, sha256Of } from './rows.ts';
import { type ReportReader, readStatistics, readStatisticsIn, type StatisticsRequest } from './statistics.ts';

export interface FrozenReport {
  readonly id: string;
  readonly programme: string;
  readonly asOf: string;
  readonly knownAt: string;
  /** The figures as they were rendered; never computed again. */
  readonly body: string;
  readonly sha256: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface FrozenReportStore {
  save(run: FrozenRun): Promise<void>;
}

/** With the tasks behind the figures, as text: `body` names their hash, so that one hash covers all. */
export interface FrozenRun extends FrozenReport {
  readonly rows: string;
}

/** What stands in a frozen body beside the figures. */
export interface FrozenMore {
  readonly basis?: RunBasis;
  readonly confirmation?: ConfirmationSummary | null;
}

/** Keeps the figures as they are known now, for good: what is entered later shows in the next report, never in this one. @throws Refusal permission.denied */
export const freezeReport =
  (reports: ReportReader, store: FrozenReportStore, clock: Clock) =>
  async (request: StatisticsRequest, actor: Actor): Promise<FrozenReport> => {
    permit(actor, 'report.freeze', { kind: 'report', programme: request.programme });
    const { rows, ...frozen } = await runOf(reports, clock)(request, actor);
    await store.save({ ...frozen, rows });
    return frozen;
  };

/** The run as it would be kept; nothing is written. */
export const runOf =
  (reports: ReportReader, clock: Clock) =>
  async (
    request: StatisticsRequest,
    actor: Actor,
    confirmation: ConfirmationSummary | null = null,
  ): Promise<FrozenRun> => {
    const { figures, tasks } = await figuresAndTasks(reports, clock, request);
    const more: FrozenMore = { basis: basisOf(tasks), ...(confirmation ? { confirmation } : {}) };
    const body = JSON.stringify({ ...figures, ...more });
    return {
      id: uuid(),
      programme: figures.programme.code,
      asOf: figures.asOf,
      knownAt: figures.knownAt,
      body,
      sha256: sha256Of(body),
      createdBy: actor.id,
      createdAt: clock.now(),
      rows: rowsText(tasks.rows),
    };
  };

/** Figures and tasks of one day and moment. A commit on its way with an earlier recorded time can come between the two readings. */
export const figuresAndTasks = async (reports: ReportReader, clock: Clock, request: StatisticsRequest) => {
  for (let attempt = 1; ; attempt += 1) {
    const { zone, ...figures } = await readStatisticsIn(reports, clock)(request);
    const tasks = await reports.rows(request.programme, endOfDay(figures.asOf, zone), new Date(figures.knownAt));
    if (tasks && agree(tasks.rows, figures)) return { figures, tasks, zone };
    if (attempt === 3) throw new Error(`Figures and tasks of ${request.programme} do not agree at ${figures.knownAt}.`);
  }
};

/** The rule in the bytes of a frozen report: it stays, whatever its programme says by now. */
export const ruleOfBody = (body: string): FigureRule => ruleOfFigures(JSON.parse(body));

/** A frozen report rendered again from its two times, by its own rule. */
export const computedAgain =
  (reports: ReportReader, clock: Clock) =>
  async ({ programme, asOf, knownAt, body }: FrozenReport): Promise<string> => {
    const request = { programme, asOf, knownAt: new Date(knownAt).toISOString(), rule: ruleOfBody(body) };
    return JSON.stringify(await readStatistics(reports, clock)(request));
  };

/**
 * Does a report computed again say the figures that were frozen? Names may have changed meanwhile; figures may not. Reports
 * frozen before rates were told have none, and nothing of rates is asked of them.
 */
export const sameFigures = (again: string, frozen: string): boolean => {
  const figures = JSON.parse(frozen) as object;
  const left = 'rates' in figures ? named : [...named, ...ofRates];
  return figuresOnly(JSON.parse(again), left) === figuresOnly(figures, left);
};

const named = ['name', 'noun', 'notice', 'basis', 'confirmation'];
const ofRates = ['rate', 'rates', 'percentagesOf'];

const figuresOnly = (figures: object, left: readonly string[]): string =>
  JSON.stringify(figures, (key, value: unknown) => (left.includes(key) ? undefined : value));
