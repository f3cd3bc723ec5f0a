import { Refusal } from '../../domain/refusal.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import {
  effectDays,
  type UrgedRound,
  type UrgingEffect,
  urgingEffectOf,
} from '../../domain/reporting/urging-effect.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { Clock } from '../ports.ts';
import { type ReportReader, type ReportTimes, reportTimes, type StatisticsRequest } from './statistics.ts';

/** Rounds that had urged somebody by then, as was known, the earliest first; each read `days` days after its last letter at most. */
export type ReadUrgedRounds = (programme: string, times: ReportTimes, days: number) => Promise<readonly UrgedRound[]>;

export interface UrgingEffectReport {
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string };
  readonly asOf: CivilDate;
  readonly knownAt: string;
  readonly notice: string | null;
  /** After how many days each round is read. */
  readonly days: number;
  readonly rounds: readonly UrgingEffect[];
}

/**
 * What became of the tasks of each urging round, as of a day, as known at a moment.
 * @throws Refusal programme.not_found; input.invalid when a time lies ahead
 */
export const readUrgingEffect =
  (reports: Pick<ReportReader, 'programme'>, rounds: ReadUrgedRounds, clock: Clock) =>
  async ({
    programme,
    ...request
  }: Pick<StatisticsRequest, 'programme' | 'asOf' | 'knownAt'>): Promise<UrgingEffectReport> => {
    const found = await reports.programme(programme);
    if (!found) throw new Refusal('programme.not_found', { programme });
    const times = reportTimes(request, found.zone, clock.now());
    return {
      programme: { code: programme, name: found.name, noun: found.noun },
      asOf: times.asOf,
      knownAt: times.known.toISOString(),
      notice: noticeOf(found),
      days: effectDays,
      rounds: (await rounds(programme, times, effectDays)).map(urgingEffectOf),
    };
  };
