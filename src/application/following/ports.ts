// What following needs from the world.

import type { TaskScope } from '../../domain/organisation/policy.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument, Task } from '../../domain/workflow/task.ts';
import type { ReportTimes } from '../reports/statistics.ts';

/** A: quá hạn còn tồn đọng; B: hoàn thành trễ hạn. Two lists with two demands (letter 002, clause 1). */
export const urgingLists = ['overdue', 'late-done'] as const;
export type UrgingList = (typeof urgingLists)[number];

export interface UrgingRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly sourceNumber: string | null;
  readonly assignedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly dueOriginalOn: CivilDate;
  readonly submittedOn: CivilDate | null;
  readonly daysLate: number;
  /** How often it was urged by then: lần n. */
  readonly urgings: number;
  readonly explanation: string | null;
  readonly objectiveCause: string | null;
  /** Null: not judged by then. */
  readonly causeConfirmed: boolean | null;
  readonly openDifficulties: number;
}

export interface OnTimeRow {
  readonly unit: string;
  readonly unitName: string;
  readonly onTime: number;
  /** Against the first deadline, before any extension. */
  readonly onTimeOriginal: number;
  readonly late: number;
  readonly overdue: number;
  readonly failed: number;
  /** Not due yet, or waiting on the appraiser in time: not judged. */
  readonly running: number;
  readonly extended: number;
  /** Of those late, overdue or failed: with an objective cause that was confirmed. */
  readonly excused: number;
}

export interface DifficultyRow {
  readonly taskId: string;
  readonly code: string;
  readonly title: string;
  /** Null where the task is not the reader's to see. */
  readonly programme: string | null;
  /** Of the task; an answer names it. */
  readonly version: number;
  /** Of the task the reader sees this difficulty alone: it was put to their unit. */
  readonly outside: boolean;
  /** By what of the task it is judged who answers. */
  readonly bounds: Pick<Task, 'programme' | 'field' | 'leadUnit' | 'appraiserUnit' | 'participants'>;
  readonly unit: string;
  readonly unitName: string;
  readonly number: number;
  readonly cause: string;
  readonly proposal: string | null;
  /** Who wrote it down, and as what: people of the unit, its follower, or a specialist. */
  readonly by: string;
  readonly byName: string | null;
  readonly capacity: string;
  readonly addressee: string;
  readonly addresseeUnit: string | null;
  readonly on: CivilDate;
  readonly answerBy: CivilDate;
  readonly answer: string | null;
  readonly answeredOn: CivilDate | null;
}

export interface DeadlineRow {
  readonly seq: number;
  /** Null: none was set. */
  readonly dueOn: CivilDate | null;
  readonly on: Date;
  readonly recordedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly capacity: string;
  readonly signing: string | null;
  readonly reason: string | null;
  readonly document: SourceDocument | null;
  readonly extension: boolean;
  /** The day the unit had asked for. */
  readonly requested: CivilDate | null;
}

/** Who was named to follow a task, by name. */
export interface FollowerRow {
  readonly account: string;
  readonly name: string;
  /** Whose head named them. */
  readonly unit: string;
  readonly since: CivilDate;
}

/** Somebody of a unit, for its head to choose from. */
export interface UnitPerson {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
  /** Open tasks they follow for the unit. */
  readonly following: number;
}

export interface FollowingReader {
  urging(list: UrgingList, programme: string, times: ReportTimes, scope: TaskScope): Promise<readonly UrgingRow[]>;
  onTime(programme: string, from: CivilDate, times: ReportTimes): Promise<readonly OnTimeRow[]>;
  difficulties(asked: {
    readonly programme: string | undefined;
    readonly open: boolean | undefined;
    readonly unit: string | undefined;
    readonly scope: TaskScope;
    /** Units for which the reader answers. */
    readonly answersFor: readonly string[];
  }): Promise<readonly DifficultyRow[]>;
  deadlines(taskId: string): Promise<readonly DeadlineRow[]>;
  followers(taskId: string): Promise<readonly FollowerRow[]>;
  /** Active people of the units on that day; those who follow a unit as specialists are not of it. */
  people(units: readonly string[], now: Date): Promise<readonly UnitPerson[]>;
}

export interface UrgingRound {
  readonly id: string;
  readonly programme: string;
  /** The list is of this day. */
  readonly asOf: CivilDate;
  /**
   * proposed: people still edit it; approved: a person did, and it is being sent; sent: nothing is left of it to send; withdrawn:
   * nobody wanted it sent.
   */
  readonly status: 'proposed' | 'approved' | 'sent' | 'withdrawn';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly sentAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
}

export interface UrgingLine {
  readonly taskId: string;
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly assignedOn: CivilDate;
  /** Whole months since it was first assigned. */
  readonly months: number;
  /** Lần n: of a sent line the number it was, of another the number it would be. */
  readonly n: number;
  readonly status: 'proposed' | 'taken_out' | 'sent' | 'skipped';
  readonly reason: string | null;
}

export interface SettledLine {
  readonly taskId: string;
  readonly status: 'sent' | 'skipped';
  readonly reason: string | null;
}

export interface UrgingStore {
  /** Writes the round with its lines, unless there is one of that day already. @throws Refusal programme.not_found */
  propose(round: UrgingRound): Promise<void>;
  /** How many rounds of that day were withdrawn: the next one is another. */
  withdrawn(programme: string, asOf: CivilDate): Promise<number>;
  /** Programmes with work that is due to be urged on that day and stands in no round that is still open. */
  due(asOf: CivilDate): Promise<readonly string[]>;
  find(id: string): Promise<UrgingRound | undefined>;
  list(programme: string): Promise<readonly UrgingRound[]>;
  lines(id: string): Promise<readonly UrgingLine[]>;
  /** @returns false: the round is no proposal any more, or has no such line */
  takeOut(
    id: string,
    line: { readonly taskId: string; readonly reason: string; readonly by: string },
  ): Promise<boolean>;
  /** Approves it and plans its sending, in one transaction. @returns false: it was no proposal any more */
  approve(id: string, by: string, at: Date): Promise<boolean>;
  /** @returns false: it was no proposal any more */
  withdraw(
    id: string,
    withdrawal: { readonly by: string; readonly reason: string; readonly at: Date },
  ): Promise<boolean>;
  /** Approved rounds whose sending these intentions are. */
  waiting(
    intentionIds: readonly string[],
  ): Promise<readonly { readonly intentionId: string; readonly round: UrgingRound }[]>;
  /** Tasks of lines that are still to be sent. */
  open(id: string, limit: number): Promise<readonly string[]>;
  settle(id: string, lines: readonly SettledLine[]): Promise<void>;
  finish(intentionId: string, id: string, at: Date): Promise<void>;
}

/** How a common commitment measures itself: the unit's work in these programmes whose deadline lies within the period. */
export interface Measure {
  readonly kind: 'on_time';
  readonly programmes: readonly string[];
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export interface CommonTask {
  readonly programme: string;
  readonly code: string;
  /** What every unit is given, and which blocs. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface CommonFigures {
  readonly code: string;
  readonly title: string;
  readonly copies: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface CommonStore {
  /** @returns the body that is kept under the code: the one given, or an earlier one. @throws Refusal programme.not_found */
  keep(task: CommonTask): Promise<CommonTask['body']>;
  /** Units of the blocs that stand on that day, in the official order. */
  unitsOf(blocs: readonly string[], now: Date): Promise<readonly string[]>;
  link(programme: string, code: string, taskIds: readonly string[]): Promise<void>;
  copies(programme: string, code: string): Promise<readonly string[]>;
  figures(programme: string): Promise<readonly CommonFigures[]>;
  /** Of those of the tasks that are copies of a common task which measures itself. */
  measures(taskIds: readonly string[]): Promise<ReadonlyMap<string, Measure>>;
}
