// What a unit owes for a period, judged on a day. An obligation is a task of the workflow periodic-report; lateness is
// computed from days and never stored.

import type { Unit } from '../organisation/units.ts';
import { stands } from '../organisation/units.ts';
import { type CivilDate, daysBetween } from '../schedule/civil-date.ts';
import type { Category } from '../workflow/definition.ts';
import type { Period, Regime } from './regime.ts';

export const obligationStates = [
  /** The period's data are not cut off yet. */
  'not_yet_due',
  /** From the day after the cut-off until 24:00 of the deadline. */
  'due',
  /** Sent in time; the submission counts that is being checked or was accepted. */
  'on_time',
  'late',
  /** Nothing was sent by 24:00 of the deadline. */
  'missing',
  /** Sent, and given back because something is missing; incomplete is not missing. */
  'returned',
  /** Let off by decision. */
  'waived',
] as const;
export type ObligationState = (typeof obligationStates)[number];

export const completenesses = ['complete', 'incomplete'] as const;
export type Completeness = (typeof completenesses)[number];

/** The facts by which an obligation is judged. */
export interface ObligationFacts {
  readonly category: Category;
  /** Last day on which data count. */
  readonly cutOffOn: CivilDate;
  /** As it stands, after whatever was decided about it. */
  readonly dueOn: CivilDate;
  readonly submittedOn: CivilDate | null;
  readonly returns: number;
}

export interface Judged {
  readonly state: ObligationState;
  /** Null while nobody has checked. */
  readonly completeness: Completeness | null;
  /** Days after the deadline: of the submission, or so far; 0 when there are none. */
  readonly daysLate: number;
}

/** @param day local day on which it is judged */
export const judge = (facts: ObligationFacts, day: CivilDate): Judged => {
  const state = stateOn(facts, day);
  const { category, dueOn, submittedOn } = facts;
  const until = submittedOn ?? day;
  const runs = state === 'late' || state === 'missing' || (state === 'returned' && day > dueOn);
  return {
    state,
    completeness: completenessOf(category, state),
    daysLate: runs ? Math.max(0, daysBetween(dueOn, until)) : 0,
  };
};

const stateOn = ({ category, cutOffOn, dueOn, submittedOn, returns }: ObligationFacts, day: CivilDate) => {
  if (category === 'stopped') return 'waived';
  if (submittedOn !== null) return submittedOn <= dueOn ? 'on_time' : 'late';
  if (category === 'not_done') return 'missing';
  if (returns > 0) return 'returned';
  if (day > dueOn) return 'missing';
  return day > cutOffOn ? 'due' : 'not_yet_due';
};

const completenessOf = (category: Category, state: ObligationState): Completeness | null => {
  if (category === 'done') return 'complete';
  return state === 'returned' || (category === 'not_done' && state !== 'missing') ? 'incomplete' : null;
};

/** Why an obligation stands in the annex of the urging letter: these are different demands. */
export const demandsOf = ({ state, completeness }: Judged): 'missing' | 'incomplete' | 'late' | undefined => {
  if (state === 'missing') return 'missing';
  if (completeness === 'incomplete') return 'incomplete';
  return state === 'late' ? 'late' : undefined;
};

/**
 * The units that owe a period's report: of the regime, standing on its deadline and not the agency that collects.
 * @param today units that are no more take no new work
 */
export const owingUnits = (
  { units: { classes, codes, except } }: Pick<Regime, 'units'>,
  { dueOn }: Pick<Period, 'dueOn'>,
  units: readonly Unit[],
  { aggregator, today }: { readonly aggregator: string; readonly today: CivilDate },
): readonly Unit[] =>
  units.filter(
    (unit) =>
      (classes.includes(unit.class) || codes.includes(unit.code)) &&
      !except.includes(unit.code) &&
      unit.code !== aggregator &&
      stands(unit, today) &&
      stands(unit, dueOn),
  );

/** One row of the list: an obligation with what became of it. */
export interface ListedObligation extends Judged {
  readonly id: string;
  readonly regime: string;
  readonly period: string;
  readonly unit: string;
  readonly unitName: string;
  readonly heldBy: string;
}

export interface MatrixOf<Row> {
  readonly periods: readonly {
    readonly key: string;
    readonly counts: Readonly<Record<ObligationState, number>>;
    readonly complete: number;
    readonly incomplete: number;
    readonly total: number;
  }[];
  readonly units: readonly {
    readonly unit: string;
    readonly unitName: string;
    /** By the period's key; a unit that owes nothing for a period has no cell. */
    readonly cells: Readonly<Record<string, Row>>;
  }[];
}

/** Units by periods. @param rows in order of the periods within order of the units */
export const matrixOf = <Row extends ListedObligation>(rows: readonly Row[]): MatrixOf<Row> => {
  const periods = new Map<string, Row[]>();
  const units = new Map<string, Row[]>();
  for (const row of rows) {
    gather(periods, columnOf(row), row);
    gather(units, row.unit, row);
  }
  return {
    periods: [...periods].map(([key, column]) => ({
      key,
      counts: Object.fromEntries(
        obligationStates.map((state) => [state, column.filter((row) => row.state === state).length]),
      ) as Record<ObligationState, number>,
      complete: column.filter(({ completeness }) => completeness === 'complete').length,
      incomplete: column.filter(({ completeness }) => completeness === 'incomplete').length,
      total: column.length,
    })),
    units: [...units].map(([unit, cells]) => ({
      unit,
      unitName: cells[0]?.unitName ?? unit,
      cells: Object.fromEntries(cells.map((row) => [columnOf(row), row])),
    })),
  };
};

/** Names a column: two regimes may have periods of one key. */
export const columnOf = ({ regime, period }: Pick<ListedObligation, 'regime' | 'period'>): string =>
  `${regime}/${period}`;

const gather = <K, V>(groups: Map<K, V[]>, key: K, value: V): void => {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
};
