// Ledgers of many tasks, summed by holder, by unit and by appraising agency.

import { type Holder, holders } from '../workflow/definition.ts';
import type { Ledger, RoundEntry } from './ledger.ts';

export interface LedgerOfTask {
  readonly id: string;
  readonly code: string;
  readonly ledger: Ledger;
}

/** Working days of several tasks; the average is per task, rounded half up to one decimal. */
export interface DaySum {
  readonly workingDays: number;
  readonly tasks: number;
  readonly average: number;
  /** The task that took longest. */
  readonly longest: { readonly id: string; readonly code: string; readonly workingDays: number } | null;
}

export interface Rounds {
  readonly answeredInTime: number;
  readonly answeredLate: number;
  readonly open: number;
  /** Of the open ones. */
  readonly openLate: number;
  /** Recalled, given to others or stopped before there was an answer. */
  readonly withdrawn: number;
  /** Beyond the agency's own deadline, all rounds together. */
  readonly workingDaysLate: number;
}

/** Per holder: every task that ever lay with it. */
export const sumsByHolder = (tasks: readonly LedgerOfTask[]): Readonly<Record<Holder, DaySum>> =>
  Object.fromEntries(
    holders.map((holder) => [
      holder,
      daySum(daysOf(tasks, (stretch) => (stretch.holder === holder ? '' : null)).get('')),
    ]),
  ) as Record<Holder, DaySum>;

/** Per lead unit: the days it had its own tasks, questions of the appraisers included. */
export const sumsByUnit = (tasks: readonly LedgerOfTask[]): ReadonlyMap<string, DaySum> =>
  mapped(
    daysOf(tasks, ({ holder, unit }) => (holder === 'unit' ? unit : null)),
    daySum,
  );

/** Per appraising agency: the days it had tasks of others, and how it kept its own deadlines. */
export const sumsByAgency = (
  tasks: readonly LedgerOfTask[],
): ReadonlyMap<string, DaySum & { readonly rounds: Rounds }> => {
  const days = daysOf(tasks, ({ holder, unit }) => (holder === 'appraiser' ? unit : null));
  const entries = tasks.flatMap(({ ledger }) => ledger.rounds).filter(({ agency }) => agency !== null);
  const agencies = [...new Set([...days.keys(), ...entries.map(({ agency }) => agency as string)])];
  return new Map(
    agencies.map((agency) => [
      agency,
      { ...daySum(days.get(agency)), rounds: roundSum(entries.filter((entry) => entry.agency === agency)) },
    ]),
  );
};

export const roundSum = (entries: readonly RoundEntry[]): Rounds => {
  const count = (end: RoundEntry['end'], late?: boolean) =>
    entries.filter((entry) => entry.end === end && (late === undefined || late === entry.workingDaysLate > 0)).length;
  return {
    answeredInTime: count('answered', false),
    answeredLate: count('answered', true),
    open: count('open'),
    openLate: count('open', true),
    withdrawn: count('withdrawn'),
    workingDaysLate: entries.reduce((total, { workingDaysLate }) => total + workingDaysLate, 0),
  };
};

interface TaskDays {
  readonly id: string;
  readonly code: string;
  readonly workingDays: number;
}

/** Days per key and task; a task counts once under a key however often it came back. */
const daysOf = (
  tasks: readonly LedgerOfTask[],
  keyOf: (stretch: Ledger['stretches'][number]) => string | null,
): ReadonlyMap<string, readonly TaskDays[]> => {
  const found = new Map<string, TaskDays[]>();
  for (const { id, code, ledger } of tasks) {
    const own = new Map<string, number>();
    for (const stretch of ledger.stretches) {
      const key = keyOf(stretch);
      if (key !== null) own.set(key, (own.get(key) ?? 0) + stretch.workingDays);
    }
    for (const [key, workingDays] of own) {
      const others = found.get(key);
      if (others) others.push({ id, code, workingDays });
      else found.set(key, [{ id, code, workingDays }]);
    }
  }
  return found;
};

const daySum = (days: readonly TaskDays[] = []): DaySum => {
  const workingDays = days.reduce((total, each) => total + each.workingDays, 0);
  return {
    workingDays,
    tasks: days.length,
    average: days.length === 0 ? 0 : Math.round((workingDays * 10) / days.length) / 10,
    longest: days.reduce<TaskDays | null>(
      (most, each) => (most === null || each.workingDays > most.workingDays ? each : most),
      null,
    ),
  };
};

const mapped = <A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): ReadonlyMap<string, B> =>
  new Map([...map].map(([key, value]) => [key, change(value)]));
