// What the appraisers' desk needs to read beside the tasks themselves.

import type { Category } from '../../domain/workflow/definition.ts';
import type { TaskEvent } from '../../domain/workflow/task.ts';

export interface DeskFilter {
  /** Agencies that lead or take part. */
  readonly agencies: readonly string[];
  /** Besides: rounds that lie with the office or the province, whose people answer by their role. */
  readonly courts: readonly ('office' | 'province')[];
  readonly programme?: string | undefined;
  readonly unit?: string | undefined;
  /** The indicator, or the title of a task that has none. */
  readonly indicator?: string | undefined;
  readonly text?: string | undefined;
}

export interface DeskUnit {
  readonly code: string;
  readonly name: string;
  readonly order: number;
}

/** Events that say what was handed in, asked, answered and thought, with as much as is told of them. */
export type DeskEvent = Extract<
  TaskEvent,
  {
    type:
      | 'task.moved'
      | 'task.recalled'
      | 'task.information_requested'
      | 'task.information_given'
      | 'task.opinion_given';
  }
>;

export interface DeskReader {
  /** Ids of the tasks under appraisal. */
  candidates(filter: DeskFilter): Promise<readonly string[]>;
  /** Units by code. */
  units(codes: readonly string[]): Promise<ReadonlyMap<string, DeskUnit>>;
  /** By task, in order. */
  events(taskIds: readonly string[]): Promise<ReadonlyMap<string, readonly DeskEvent[]>>;
  /** Names of accounts. */
  names(accounts: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A task's events as far as they pass the ball on. */
export interface LedgerTask {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly category: Category;
  readonly leadUnit: string;
  readonly definition: { readonly key: string; readonly version: number };
  readonly events: readonly TaskEvent[];
}
