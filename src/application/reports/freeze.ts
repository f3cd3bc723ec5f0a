import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { permit } from '../permit.ts';
import type { Clock } from '../ports.ts';
import { type ReportReader, readStatistics, type StatisticsRequest } from './statistics.ts';

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
  save(report: FrozenReport): Promise<void>;
}

/** Keeps the figures as they are known now, for good: what is entered later shows in the next report, never in this one. @throws Refusal permission.denied */
export const freezeReport =
  (reports: ReportReader, store: FrozenReportStore, clock: Clock) =>
  async (request: StatisticsRequest, actor: Actor): Promise<FrozenReport> => {
    permit(actor, 'report.freeze', { kind: 'report', programme: request.programme });
    const figures = await readStatistics(reports, clock)(request);
    const body = JSON.stringify(figures);
    const frozen: FrozenReport = {
      id: uuid(),
      programme: figures.programme.code,
      asOf: figures.asOf,
      knownAt: figures.knownAt,
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      createdBy: actor.id,
      createdAt: clock.now(),
    };
    await store.save(frozen);
    return frozen;
  };

/** Do two rendered reports say the same figures? Names may have changed meanwhile; figures may not. */
export const sameFigures = (one: string, other: string): boolean => figuresOnly(one) === figuresOnly(other);

const figuresOnly = (body: string): string =>
  JSON.stringify(JSON.parse(body), (key, value: unknown) =>
    key === 'name' || key === 'noun' || key === 'notice' ? undefined : value,
  );
