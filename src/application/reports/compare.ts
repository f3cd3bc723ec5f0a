// What lies between two frozen reports, task by task, and the events that explain it.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import type { FigureRule } from '../../domain/programmes/settings.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type Cells, cellsOf, diffOf, type Shift } from '../../domain/reporting/diff.ts';
import { rulesNote } from '../../domain/reporting/rates.ts';
import type { RunRow } from '../../domain/reporting/run-rows.ts';
import { endOfDay } from '../../domain/schedule/civil-date.ts';
import { type FrozenReport, ruleOfBody } from './freeze.ts';
import { rowsText, visibleRows } from './rows.ts';
import type { ReportReader } from './statistics.ts';

/** First moment after the cut-off day, and moment known. */
export interface Bounds {
  readonly before: Date;
  readonly known: Date;
}

export interface ExplainingEvent {
  readonly code: string;
  readonly seq: number;
  readonly type: string;
  readonly actor: string;
  readonly capacity: string;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
}

/** Events of these tasks that are within the one pair of bounds and not within the other. */
export type EventsBetween = (
  codes: readonly string[],
  one: Bounds,
  other: Bounds,
) => Promise<readonly ExplainingEvent[]>;

export interface RunReader {
  find(id: string): Promise<FrozenReport | undefined>;
  rows(id: string): Promise<string | undefined>;
}

export interface RunParts {
  readonly frozen: RunReader;
  readonly reports: ReportReader;
  readonly eventsBetween: EventsBetween;
}

export interface RunTasks {
  readonly run: FrozenReport;
  readonly bounds: Bounds;
  readonly rows: readonly RunRow[];
  /** As they are kept, byte for byte. */
  readonly text: string;
}

/**
 * A frozen report with its tasks; of one that was frozen without them they are computed again from the same two times.
 * @throws Refusal report.not_found, also where the reader may not know of it
 */
export const readRun = async ({ frozen, reports }: RunParts, id: string, actor: Actor): Promise<RunTasks> => {
  const run = await frozen.find(id);
  if (!run || !can(actor, 'report.read', { kind: 'report', programme: run.programme }))
    throw new Refusal('report.not_found', { id });
  const zone = (await reports.programme(run.programme))?.zone ?? 'UTC';
  const bounds = { before: endOfDay(run.asOf, zone), known: new Date(run.knownAt) };
  const kept = await frozen.rows(id);
  const computed = async () => rowsText((await reports.rows(run.programme, bounds.before, bounds.known))?.rows ?? []);
  const text = kept ?? (await computed());
  return { run, bounds, rows: JSON.parse(text) as readonly RunRow[], text };
};

export interface Comparison {
  readonly before: FrozenReport;
  readonly after: FrozenReport;
  readonly cells: { readonly before: Cells; readonly after: Cells };
  readonly shifts: readonly (Shift & { readonly title: string | null; readonly why: readonly ExplainingEvent[] })[];
  /** Under which the two tell their rates. */
  readonly rules: {
    readonly before: FigureRule;
    readonly after: FigureRule;
    /** In Vietnamese; null where they are the same. */
    readonly note: string | null;
  };
  /** Tasks that changed and that the reader may not open. */
  readonly hidden: number;
}

/** @throws Refusal report.not_found; input.invalid for reports of two programmes */
export const compareRuns =
  (parts: RunParts) =>
  async (id: string, withId: string, actor: Actor): Promise<Comparison> => {
    const now = await readRun(parts, id, actor);
    const old = await readRun(parts, withId, actor);
    if (now.run.programme !== old.run.programme)
      throw new Refusal('input.invalid', { pointer: '/with', problem: 'is a report of another programme' });
    const all = diffOf(old.rows, now.rows);
    const rows = visibleRows([...old.rows, ...now.rows], now.run.programme, actor);
    const titles = new Map(rows.map(({ code, title }) => [code, title]));
    const seen = all.filter(({ code }) => titles.has(code));
    const events = await parts.eventsBetween(
      seen.map(({ code }) => code),
      now.bounds,
      old.bounds,
    );
    const [before, after] = [ruleOfBody(old.run.body), ruleOfBody(now.run.body)];
    return {
      before: old.run,
      after: now.run,
      cells: { before: cellsOf(old.rows), after: cellsOf(now.rows) },
      shifts: seen.map((shift) => ({
        ...shift,
        title: titles.get(shift.code) ?? null,
        why: events.filter(({ code }) => code === shift.code),
      })),
      rules: { before, after, note: rulesNote(before, after) },
      hidden: all.length - seen.length,
    };
  };
