// What the verification reads. The database answers from one moment; judging is done here, in memory, wherever the
// domain has the rule, and in the database where two whole tables have to be laid beside each other.

import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';
import type { Checkpoint, Leaf, SealedEntry } from '../audit/checkpoint.ts';
import type { SealedHead } from '../audit/verdict.ts';
import type { FrozenReport } from '../reports/freeze.ts';

export const invariants = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
  'I13',
  'I14',
] as const;
export type Invariant = (typeof invariants)[number];

export interface VerifySource {
  /** Runs `look` over the database as it is at one moment, whatever is written meanwhile; `look` can change nothing. */
  snapshot<T>(look: (view: VerifyView) => Promise<T>): Promise<T>;
}

export interface VerifyView {
  /** A moment just before the one that is seen, so that nothing seen can be overdue without having been left lying. */
  readonly now: Date;
  readonly watches: readonly Watch[];
  readonly definitions: readonly StoredDefinition[];
  readonly sizes: Sizes;
  readonly tableChecks: readonly TableCheck[];
  /** Every task with its history, some hundreds at a time, by id. */
  taskBatches(): AsyncIterable<readonly StoredTask[]>;
  /** Kept answers of commands on one task. */
  answerBatches(): AsyncIterable<readonly StoredAnswer[]>;
  reports(): AsyncIterable<FrozenReport>;
  /** Files that were handed in; the others may leave while we look. */
  files(): AsyncIterable<StoredEvidence>;
  /** Oldest first. */
  checkpointBatches(): AsyncIterable<readonly Checkpoint[]>;
  /** Of one checkpoint, in the order of its tree. */
  leavesOf(checkpoint: number): AsyncIterable<readonly Leaf[]>;
  /** Audit entries, each with the hash that was sealed; null: not sealed yet. */
  entryBatches(): AsyncIterable<readonly { readonly entry: SealedEntry; readonly sealed: string | null }[]>;
  /** What the store copies out of an event and a task for quick reading; computed again to be compared. */
  facetsOf(event: TaskEvent, next: Task): Facets;
  searchTextOf(task: Task): string;
}

/** From when until when one worker process is known to have been at work. */
export interface Watch {
  readonly startedAt: Date;
  readonly seenAt: Date;
}

export interface StoredDefinition {
  readonly key: string;
  readonly version: number;
  readonly status: 'draft' | 'published' | 'retired';
  readonly sha256: string | null;
  readonly body: Definition;
}

export interface StoredTask {
  readonly task: Task;
  readonly headHash: string;
  readonly searchText: string;
  readonly calendar: WorkingCalendar;
  /** In the order of their numbers. */
  readonly events: readonly StoredEvent[];
  readonly timers: readonly TimerRow[];
  /** What checkpoints say of it, oldest first. */
  readonly sealed: readonly SealedHead[];
}

export interface StoredEvent {
  readonly event: TaskEvent;
  readonly cause: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly facets: Facets;
}

/** Columns of an event that report queries read. */
export type Facets = Readonly<
  Record<'state' | 'category' | 'submitted_on' | 'due_on' | 'estimate' | 'lead_unit', string | null>
>;

export interface TimerRow {
  readonly rule: string;
  readonly k: number | null;
  readonly anchor: string | null;
  readonly dueAt: Date;
  readonly attempts: number;
  readonly parked: boolean;
  readonly lastError: string | null;
}

export interface StoredAnswer {
  readonly actor: string;
  readonly key: string;
  readonly taskId: string;
  readonly version: number;
  /** Number of the event on that task with this key's cause; null: there is none. */
  readonly seq: number | null;
}

export interface StoredEvidence {
  readonly id: string;
  readonly taskCode: string;
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A comparison of whole tables that the database makes by itself. */
export interface TableCheck {
  readonly invariant: Invariant;
  /** The first wrong rows, broken before warnings, and how many there are in all. */
  find(
    limit: number,
  ): Promise<{ readonly broken: number; readonly warned: number; readonly rows: readonly WrongRow[] }>;
}
export interface WrongRow {
  readonly row: string;
  readonly message: string;
  /** True: worth a look, but nothing is broken. */
  readonly warning: boolean;
}

/** How much there is of what only the database looks at. */
export type Sizes = Readonly<
  Record<'notices' | 'scheduleRuns' | 'intentions' | 'mails' | 'tallies' | 'reports' | 'files', number>
>;
