// The obligations of a year: one task per unit and period under the workflow periodic-report, all written in one statement,
// and a row each that says which period it is for. Ids are computed, so that doing it again, at once or after a crash in
// between, adds only what is missing.

import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { owingUnits } from '../../domain/reporting/obligations.ts';
import { type Period, periodsOf, type Regime, shortPeriods } from '../../domain/reporting/regime.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import { permit } from '../permit.ts';
import type { Clock, TaskChange, TaskStore } from '../ports.ts';
import { assignmentOf } from '../tasks/apply.ts';
import type { NewObligation, ObligationStore } from './ports.ts';

export interface CreateYearParts {
  readonly obligations: ObligationStore;
  readonly tasks: Pick<TaskStore, 'ground' | 'unitLine' | 'load' | 'commit'>;
  readonly programme: (
    code: string,
  ) => Promise<{ readonly name: string; readonly aggregator: string | null } | undefined>;
  readonly clock: Clock;
}

export interface YearMade {
  readonly year: number;
  readonly created: number;
  readonly existing: number;
  /** Deadlines that had passed already: nobody is made to owe yesterday's report. */
  readonly passed: readonly string[];
  /** Periods without a working day between cut-off and deadline in this year (Nghị định 09/2019 Điều 8 khoản 5). */
  readonly short: readonly string[];
  /** Units that owe nothing although the regime names them, and why. */
  readonly skipped: readonly { readonly unit: string; readonly code: string }[];
}

/** The workflow that periodic reports follow. */
export const reportWorkflow = 'periodic-report';
const namespace = 'b7f3c1f2-5f0b-4b43-9a53-2b8d3b0a6d51';
const attempts = 5;

/**
 * @throws Refusal programme.not_found, reporting.not_set, reporting.no_aggregator, definition.not_published, permission.denied
 */
export const createYear =
  (parts: CreateYearParts) =>
  async (code: string, year: number, actor: Actor): Promise<YearMade> => {
    const { obligations, tasks, clock } = parts;
    permit(actor, 'reporting.write', { kind: 'programme', programme: code });
    const ground = await tasks.ground(code, reportWorkflow);
    const programme = await parts.programme(code);
    const reporting = await obligations.reporting(code);
    if (!reporting) throw new Refusal('reporting.not_set', { programme: code });
    const aggregator = programme?.aggregator;
    if (!aggregator) throw new Refusal('reporting.no_aggregator', { programme: code });

    const now = clock.now();
    const today = dayOf(now, ground.calendar.zone);
    const roll = ground.programme.roll ?? null;
    const units = await obligations.units();
    const planned = reporting.regimes.flatMap((regime) =>
      periodsOf(regime, year, { calendar: ground.calendar, roll }).map((period) => ({ regime, period })),
    );
    const owed = planned
      .filter(({ period }) => period.dueOn >= today)
      .flatMap(({ regime, period }) =>
        owingUnits(regime, period, units, { aggregator, today }).map((unit) => ({
          regime,
          sendsTo: aggregator,
          ...obligationOf(code, regime, period, unit.code, year),
        })),
      );
    const wanted = [...owed, ...planned.flatMap((one) => upward(code, one, { aggregator, today, year }))];

    const there = new Set(await obligations.existing(code, year));
    const fresh = wanted.filter(({ id }) => !there.has(id));
    const lines = new Map<string, readonly string[] | Refusal>();
    for (const { unit } of fresh) if (!lines.has(unit)) lines.set(unit, await refusalOr(tasks.unitLine(unit, now)));
    const skipped = new Map<string, string>();
    const assign = (one: (typeof fresh)[number]): TaskChange | undefined => {
      const unitLine = lines.get(one.unit) as readonly string[] | Refusal;
      const change =
        unitLine instanceof Refusal
          ? unitLine
          : tried(() =>
              assignmentOf({ ...ground, unitLine }, { actor, command: commandOf(one, one.sendsTo) }, causeOf(one), now),
            );
      if (!(change instanceof Refusal)) return change;
      skipped.set(one.unit, change.code);
      return undefined;
    };
    const standing = await write(parts, fresh, assign, now);
    const created = await obligations.add(
      fresh
        .filter(({ id }) => standing.has(id))
        .map(({ regime, sendsTo: _sendsTo, title: _title, ...one }) => ({ ...one, regime: regime.key })),
      now,
    );
    const named = (some: readonly { readonly regime: Regime; readonly period: Period }[]) =>
      some.map(({ regime, period }) => `${regime.key}/${period.key}`);
    return {
      year,
      created: created.length,
      existing: wanted.length - fresh.length,
      passed: named(planned.filter(({ period }) => period.dueOn < today)),
      short: named(planned.filter(({ period }) => shortPeriods([period], ground.calendar).length > 0)),
      skipped: [...skipped].map(([unit, why]) => ({ unit, code: why })),
    };
  };

/**
 * Tasks that a run left behind before it could write its rows are taken as they are.
 * @returns ids of those whose task is there
 */
const write = async <One extends { readonly id: string }>(
  { tasks }: CreateYearParts,
  wanted: readonly One[],
  assign: (one: One) => TaskChange | undefined,
  now: Date,
): Promise<ReadonlySet<string>> => {
  for (let tries = 0; tries < attempts; tries += 1) {
    const there = new Set((await tasks.load(wanted.map(({ id }) => id))).keys());
    const changes = wanted.filter(({ id }) => !there.has(id)).flatMap((one) => assign(one) ?? []);
    if (changes.length === 0) return there;
    const written = await refusalOr(tasks.commit(changes, now));
    // Somebody else makes the same year at this moment: what they wrote is there when it is looked for again.
    if (written instanceof Refusal && written.code !== 'task.exists') throw written;
    if (!(written instanceof Refusal) && written.size === changes.length) return new Set([...there, ...written]);
  }
  throw new Refusal('service.unavailable', { reason: 'contention' });
};

/** The agency's own report, once it has the reports of the units: owed by its own day to the level above it. */
const upward = (
  programme: string,
  { regime, period }: { readonly regime: Regime; readonly period: Period },
  { aggregator, today, year }: { readonly aggregator: string; readonly today: CivilDate; readonly year: number },
) => {
  const dueOn = period.aggregatorDueOn;
  if (regime.reportsTo === undefined || dueOn === null || dueOn < today) return [];
  const own = obligationOf(programme, regime, { ...period, dueOn }, aggregator, year);
  const title = `${own.title} (báo cáo tổng hợp)`;
  return [{ ...own, regime, title, level: 'aggregator' as const, sendsTo: regime.reportsTo }];
};

const obligationOf = (
  programme: string,
  regime: Regime,
  period: Period,
  unit: string,
  year: number,
): Omit<NewObligation, 'regime'> & { readonly title: string } => ({
  ...period,
  id: uuidFrom([programme, regime.key, period.key, unit].join('\n'), namespace),
  programme,
  year,
  unit,
  level: 'unit',
  title: `${regime.name} – ${period.name}`,
});

const commandOf = (
  one: Omit<NewObligation, 'regime'> & { readonly regime: Regime; readonly title: string },
  sendsTo: string,
): Parameters<typeof assignmentOf>[1]['command'] => ({
  type: 'assign',
  id: one.id,
  code: [one.programme, one.regime.key, one.key, one.unit].join('/'),
  title: one.title,
  product: 'Báo cáo',
  kind: 'common',
  leadUnit: one.unit,
  appraiserUnit: sendsTo,
  due: { kind: 'on_or_before', day: one.dueOn },
});

const causeOf = ({ id }: { readonly id: string }): string => `obligation:${id}`;

const refusalOr = async <T>(asked: Promise<T>): Promise<T | Refusal> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

const tried = <T>(act: () => T): T | Refusal => {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
