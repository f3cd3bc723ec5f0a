// A forecast from history, as of a day, from what was known by the end of that day; kept so that it can be scored.

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type Forecast,
  type ForecastScore,
  type ForecastTask,
  forecastMethod,
  forecastOf,
  leastHistory,
  scoreOf,
} from '../../domain/reporting/forecast.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { type CivilDate, dayOf, endOfDay } from '../../domain/schedule/civil-date.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';

export interface ForecastProgramme {
  readonly name: string;
  readonly year: number;
  readonly zone: string;
  readonly workflow: string;
  readonly illustrative: boolean;
}

export interface StoredForecast {
  readonly id: string;
  readonly programme: string;
  readonly asOf: CivilDate;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly method: string;
  readonly inputsSha256: string;
  readonly rows: Forecast;
}

export interface ForecastStore {
  programme(code: string): Promise<ForecastProgramme | undefined>;
  /** Its tasks as they had happened by a moment and were known at another; secret ones are counted like others. */
  present(programme: string, before: Date, known: Date): Promise<readonly ForecastTask[]>;
  /** Tasks of programmes with the same workflow whose year was over on the day. */
  past(
    programme: { readonly workflow: string; readonly year: number },
    asOf: CivilDate,
    before: Date,
    known: Date,
  ): Promise<readonly ForecastTask[]>;
  save(forecast: StoredForecast): Promise<void>;
  /** Oldest first. */
  stored(programme: string): Promise<readonly StoredForecast[]>;
}

export interface ForecastReport extends Omit<Forecast, 'tasks'> {
  readonly programme: { readonly code: string; readonly name: string };
  readonly asOf: CivilDate;
  /** By when what it rests on was known. */
  readonly knownAt: Date;
  readonly inputsSha256: string;
  readonly notice: string | null;
  /** Why there is none, in words; null where there is one. */
  readonly explanation: string | null;
}

interface Made {
  readonly report: ForecastReport;
  readonly forecast: Forecast;
}

/** @throws Refusal permission.denied, programme.not_found; input.invalid when the day lies ahead */
export const readForecast =
  (store: ForecastStore, clock: Clock) =>
  async (
    request: { readonly programme: string; readonly asOf?: CivilDate | undefined },
    actor: Actor,
  ): Promise<ForecastReport> => {
    permit(actor, 'report.read', { kind: 'report', programme: request.programme });
    return (await made(store, clock, request)).report;
  };

/** Keeps a forecast for ever, so that it can be scored once the year is over. */
export const keepForecast =
  (store: ForecastStore, clock: Clock, audit: AuditLog) =>
  async (
    request: { readonly programme: string; readonly asOf?: CivilDate | undefined },
    actor: Actor,
  ): Promise<ForecastReport & { readonly id: string }> => {
    permit(actor, 'report.freeze', { kind: 'report', programme: request.programme });
    const { report, forecast } = await made(store, clock, request);
    const id = uuid();
    const { asOf, inputsSha256 } = report;
    await store.save({
      id,
      programme: request.programme,
      asOf,
      madeAt: clock.now(),
      madeBy: actor.id,
      method: forecastMethod,
      inputsSha256,
      rows: forecast,
    });
    const detail = { programme: request.programme, asOf, method: forecastMethod, inputsSha256 };
    await audit.record(entryOf(clock, { actor, action: 'forecast.kept', object: `forecast ${id}`, detail }));
    return { id, ...report };
  };

export interface ScoredForecast {
  readonly id: string;
  readonly asOf: CivilDate;
  readonly madeAt: Date;
  readonly method: string;
  readonly inputsSha256: string;
  /** Null while the year is not over. */
  readonly score: ForecastScore | null;
}

/** @throws Refusal permission.denied, programme.not_found */
export const scoreForecasts =
  (store: ForecastStore, clock: Clock) =>
  async (code: string, actor: Actor): Promise<readonly ScoredForecast[]> => {
    permit(actor, 'report.read', { kind: 'report', programme: code });
    const programme = await programmeOf(store, code);
    const now = clock.now();
    const over = dayOf(now, programme.zone) > `${programme.year}-12-31`;
    const outcome = new Map((await store.present(code, now, now)).map((task) => [task.id, task]));
    return (await store.stored(code)).map(({ rows, madeBy: _madeBy, programme: _programme, ...kept }) => ({
      ...kept,
      score: over ? scoreOf(rows, outcome) : null,
    }));
  };

const made = async (
  store: ForecastStore,
  clock: Clock,
  { programme: code, asOf: asked }: { readonly programme: string; readonly asOf?: CivilDate | undefined },
): Promise<Made> => {
  const programme = await programmeOf(store, code);
  const now = clock.now();
  const today = dayOf(now, programme.zone);
  const asOf = asked ?? today;
  if (asOf > today) throw new Refusal('input.invalid', { pointer: '/asOf', problem: 'lies ahead' });
  const before = endOfDay(asOf, programme.zone);
  // What was recorded later was not known on the day, and a forecast that knew it would be none.
  const known = before < now ? new Date(before.getTime() - 1) : now;
  const present = await store.present(code, before, known);
  const past = await store.past(programme, asOf, before, known);
  const forecast = forecastOf(past, present, asOf);
  const inputs = canonicalize({ method: forecastMethod, asOf, past, present }) ?? '';
  const { tasks: _tasks, ...figures } = forecast;
  return {
    forecast,
    report: {
      programme: { code, name: programme.name },
      asOf,
      knownAt: known,
      inputsSha256: createHash('sha256').update(inputs).digest('hex'),
      notice: noticeOf(programme),
      explanation:
        forecast.done === null
          ? `Chưa đủ số liệu các năm trước để dự báo: cần ít nhất ${leastHistory} nhiệm vụ tương tự còn đang thực hiện ở cùng thời điểm trong năm.`
          : null,
      ...figures,
    },
  };
};

const programmeOf = async (store: ForecastStore, code: string): Promise<ForecastProgramme> => {
  const found = await store.programme(code);
  if (!found) throw new Refusal('programme.not_found', { programme: code });
  return found;
};
