// Where the time of a programme went: working days in whose court, as known now.

import { Refusal } from '../../domain/refusal.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { type Ledger, ledgerOf } from '../../domain/reporting/ledger.ts';
import { type LedgerOfTask, sumsByAgency, sumsByHolder, sumsByUnit } from '../../domain/reporting/ledger-sums.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
import type { TaskEvent } from '../../domain/workflow/task.ts';
import type { LedgerTask } from '../appraisals/ports.ts';
import type { Clock, LoadedTask } from '../ports.ts';
import { type ReportReader, reportTimes } from './statistics.ts';

export const ledgerViews = ['holder', 'unit', 'agency'] as const;
export type LedgerView = (typeof ledgerViews)[number];

export interface LedgerReader {
  programme(code: string): AsyncIterable<LedgerTask>;
  events(taskId: string): Promise<readonly TaskEvent[]>;
  unitNames(): Promise<ReadonlyMap<string, { readonly name: string; readonly order: number }>>;
  /** The calendar a programme counts by. */
  calendar(programme: string): Promise<WorkingCalendar>;
  definition(key: string, version: number): Promise<Definition>;
}

export interface LedgerRequest {
  readonly programme: string;
  /** Last day that counts; absent: today. */
  readonly asOf?: CivilDate | undefined;
  readonly by: LedgerView;
}

/** @throws Refusal programme.not_found; input.invalid when the day lies ahead */
export const readLedger =
  (reports: Pick<ReportReader, 'programme'>, reader: LedgerReader, clock: Clock) =>
  async ({ programme, asOf: asked, by }: LedgerRequest) => {
    const found = await reports.programme(programme);
    if (!found) throw new Refusal('programme.not_found', { programme });
    const { asOf } = reportTimes({ asOf: asked, knownAt: undefined }, found.zone, clock.now());
    const calendar = await reader.calendar(programme);
    const tasks: LedgerOfTask[] = [];
    for await (const { id, code, definition, events } of reader.programme(programme)) {
      const ledger = ledgerOf(events, await reader.definition(definition.key, definition.version), calendar, asOf);
      if (ledger) tasks.push({ id, code, ledger });
    }
    return {
      programme: { code: programme, name: found.name, noun: found.noun },
      asOf,
      by,
      notice: noticeOf(found),
      tasks: tasks.length,
      workingDays: total(tasks, ({ workingDays }) => workingDays),
      ended: total(tasks, ({ ended }) => ended),
      holders: sumsByHolder(tasks),
      rows: await rowsOf(tasks, by, reader),
    };
  };

/** @throws Refusal input.invalid when the day lies ahead */
export const readTaskLedger =
  (reader: LedgerReader, clock: Clock) =>
  async ({ task, definition, calendar }: LoadedTask, asked: CivilDate | undefined) => {
    const { asOf } = reportTimes({ asOf: asked, knownAt: undefined }, calendar.zone, clock.now());
    return {
      taskId: task.id,
      asOf,
      ledger: ledgerOf(await reader.events(task.id), definition, calendar, asOf) ?? null,
    };
  };

const rowsOf = async (tasks: readonly LedgerOfTask[], by: LedgerView, reader: LedgerReader) => {
  if (by === 'holder') return [];
  const names = await reader.unitNames();
  const rows = by === 'unit' ? sumsByUnit(tasks) : sumsByAgency(tasks);
  const orderOf = (unit: string) => names.get(unit)?.order ?? Number.MAX_SAFE_INTEGER;
  return [...rows]
    .map(([unit, sums]) => ({ unit, name: names.get(unit)?.name ?? unit, ...sums }))
    .sort((a, b) => orderOf(a.unit) - orderOf(b.unit) || (a.unit < b.unit ? -1 : 1));
};

const total = (tasks: readonly LedgerOfTask[], of: (ledger: Ledger) => number): number =>
  tasks.reduce((sum, { ledger }) => sum + of(ledger), 0);
