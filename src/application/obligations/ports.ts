import type { TaskScope } from '../../domain/organisation/policy.ts';
import type { Unit } from '../../domain/organisation/units.ts';
import type { ListedObligation, ObligationFacts } from '../../domain/reporting/obligations.ts';
import type { Period, Regime, ReportLevel } from '../../domain/reporting/regime.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';

/** The periodic reports of a programme as they were last set. */
export interface Reporting {
  readonly programme: string;
  /** Counts the settings; 0: nothing was set yet. */
  readonly version: number;
  readonly regimes: readonly Regime[];
  /** The account for which the schedule makes the obligations of the next year. */
  readonly setBy: string;
  readonly setAt: Date;
}

/** An obligation that is to be; its task has the same id. */
export interface NewObligation extends Period {
  readonly id: string;
  readonly programme: string;
  readonly regime: string;
  readonly year: number;
  readonly unit: string;
  readonly level: ReportLevel;
}

/** An obligation with the facts of its task. */
export interface ObligationRow extends ObligationFacts {
  readonly id: string;
  readonly programme: string;
  readonly regime: string;
  readonly level: ReportLevel;
  readonly period: string;
  readonly periodName: string;
  readonly from: CivilDate;
  /** As the regime had it. */
  readonly dueOriginalOn: CivilDate;
  readonly aggregatorDueOn: CivilDate | null;
  readonly upperDueOn: CivilDate | null;
  readonly unit: string;
  readonly unitName: string;
  /** Who owes it at present: the unit or its successor. */
  readonly heldBy: string;
  readonly taskCode: string;
  readonly taskState: string;
  readonly version: number;
  /** Of the last submission, given back or not. */
  readonly sentOn: CivilDate | null;
  readonly sentRecordedAt: Date | null;
  readonly documentNumber: string | null;
  readonly submissions: number;
  /** What the last answer found missing, part by part. */
  readonly missing: readonly string[];
  readonly reason: string | null;
  /** Of any kind: timers, rounds, letters, calls. */
  readonly urgings: number;
}
export type Obligation = ObligationRow & ListedObligation;

export interface ObligationFilter {
  readonly programme: string;
  /** Of the deadline as the regime had it; both days belong to it. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Owed by it at first, or held by it now. */
  readonly unit?: string | undefined;
  /** Absent: both. */
  readonly level?: ReportLevel | undefined;
  readonly scope: TaskScope;
}

export interface ObligationStore {
  reporting(programme: string): Promise<Reporting | undefined>;
  allReporting(): Promise<readonly Reporting[]>;
  /** @returns false: another setting came first */
  setReporting(reporting: Reporting): Promise<boolean>;
  /** Ids of those of a year. */
  existing(programme: string, year: number): Promise<readonly string[]>;
  /**
   * Writes obligations whose tasks are there, in one statement; those that are there already stay as they are.
   * @returns the ids that are new
   */
  add(obligations: readonly NewObligation[], now: Date): Promise<readonly string[]>;
  /** In one statement: by unit in official order, then by deadline. */
  list(filter: ObligationFilter): Promise<readonly ObligationRow[]>;
  /** Undefined also for what lies outside the scope. */
  find(id: string, scope: TaskScope): Promise<ObligationRow | undefined>;
  units(): Promise<readonly Unit[]>;
}
