// What the use cases need from the world. Reading methods are on the stores; a change of tasks is one value
// (TaskChange) written by one method, so there is no second way to write a task.

import type { Actor } from '../domain/organisation/actor.ts';
import type { OwedTimer } from '../domain/schedule/owed-timers.ts';
import type { WorkingCalendar } from '../domain/schedule/working-calendar.ts';
import type { Circumstances, ProgrammeRules } from '../domain/workflow/circumstances.ts';
import type { Category, Definition } from '../domain/workflow/definition.ts';
import type { FileOnTask } from '../domain/workflow/evidence.ts';
import type { DefinitionPin, Task, TaskEvent } from '../domain/workflow/task.ts';

/** The present moment. In production it follows the database's clock (adapters/db/clock.ts), in tests a hand. */
export interface Clock {
  now(): Date;
}

export interface IdempotencyKey {
  readonly actor: string;
  readonly key: string;
  /** SHA-256 of route and body: the same key with another body is an error. */
  readonly bodyHash: string;
}
export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  /** The response body, byte for byte. */
  readonly response: string;
}

/** A task with everything `decide` needs beside it, read in one statement. */
export interface LoadedTask {
  readonly task: Task;
  readonly headHash: string;
  readonly programme: ProgrammeRules;
  readonly calendar: WorkingCalendar;
  readonly definition: Definition;
  readonly unitLine: readonly string[];
  /** Files that the command names; read for such a command only. */
  readonly files?: ReadonlyMap<string, FileOnTask>;
  /** The account that the command names; read for such a command only. */
  readonly named?: Actor;
  readonly appraisers: Circumstances['appraisers'];
  readonly centralUnits: readonly string[];
  readonly frozenOn: Circumstances['frozenOn'];
  readonly inheritance: NonNullable<Circumstances['inheritance']>;
}

/** What a new task will stand on. */
export interface Ground {
  readonly programme: ProgrammeRules;
  readonly calendar: WorkingCalendar;
  readonly definition: Definition;
  readonly pin: DefinitionPin;
}

export interface StoredTimer {
  readonly intentionId: string;
  readonly taskId: string;
  readonly rule: string;
  readonly k: number;
  readonly anchor: string;
}

export interface ChainedEvent {
  readonly event: TaskEvent;
  readonly cause: string;
  readonly prevHash: string;
  readonly hash: string;
}

export interface Delta {
  readonly seq: number;
  readonly unit: string;
  /** Null: it was not counted for the unit before … */
  readonly from: Category | null;
  /** … or is no more. */
  readonly to: Category | null;
  /** Local day on which it took effect. */
  readonly effectiveOn: string;
}

/** One task's change, complete: the store writes all of it or nothing. */
export interface TaskChange {
  readonly before: Task | null;
  readonly next: Task;
  /** Number of the last event before this change; 0 creates the task. Another number found means: decide again. */
  readonly expectedSeq: number;
  readonly headHash: string;
  readonly events: readonly ChainedEvent[];
  readonly deltas: readonly Delta[];
  /** Units that the task names anew: they must stand at the moment of writing, or the change is not written. */
  readonly units: readonly string[];
  readonly plan: readonly OwedTimer[];
  /** Timer rules that are owed no more. */
  readonly cancel: readonly string[];
  /** Events (by number) of which people shall be told. */
  readonly notify: readonly number[];
  readonly idempotency?: IdempotencyKey & Answer;
  /** Whose rights the decision was based on: when they are others at the write, nothing is written. */
  readonly judged?: { readonly account: string; readonly standing: string };
}

/** What a command did to one task. */
export interface DoneItem {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: string;
  readonly category: Category;
  /**
   * decided: the answer that closes an appraisal round; voted: a vote that leaves it open; proposed: a reopening that
   * waits for the second person; moved: anything else.
   */
  readonly result: 'decided' | 'voted' | 'proposed' | 'moved';
}

export interface TaskStore {
  /** Tasks by id, in any order; unknown ids are missing from the map. */
  load(taskIds: readonly string[]): Promise<ReadonlyMap<string, LoadedTask>>;
  /**
   * The hot read: one task and the answer this key got before, in one statement; a second one only where the state needs more.
   * @param whole also what only some states need otherwise: the unit's line and the appraisers
   */
  loadOne(
    taskId: string,
    key: IdempotencyKey | undefined,
    whole?: boolean,
  ): Promise<{ readonly loaded: LoadedTask | undefined; readonly earlier: EarlierAnswer | undefined }>;
  /** Those of the files that belong to the task, by id. */
  files(taskId: string, ids: readonly string[]): Promise<ReadonlyMap<string, FileOnTask>>;
  earlierAnswer(key: IdempotencyKey): Promise<EarlierAnswer | undefined>;
  /**
   * Keeps a key for a request that many tasks answer one by one.
   * @throws Refusal idempotency_key.reused when the key stands for another request
   */
  keepKey(key: IdempotencyKey, now: Date): Promise<void>;
  /** Those of these tasks that already carry an event with this cause, as that event left them. */
  doneUnder(cause: string, taskIds: readonly string[]): Promise<readonly DoneItem[]>;
  /** Live timers among these intentions, with their tasks. Ids that are gone are simply missing. */
  loadTimers(
    intentionIds: readonly string[],
  ): Promise<{ readonly timers: readonly StoredTimer[]; readonly tasks: ReadonlyMap<string, LoadedTask> }>;
  ground(programme: string, workflow?: string): Promise<Ground>;
  /**
   * The unit, all above it and all below it.
   * @throws Refusal unit.not_found; unit.ended, unit.not_begun on the day of `now`
   */
  unitLine(unit: string, now: Date): Promise<readonly string[]>;
  /** The account as it may act now; undefined: not any more. */
  actor(accountId: string, now: Date): Promise<Actor | undefined>;
  /**
   * Writes changes in one statement and so in one transaction; each stands or falls alone by its expectedSeq and its units.
   * @returns ids of the tasks that were written; the others had moved meanwhile, or the rights of who asked had changed
   * @throws Refusal task.exists when a new code is taken; IdempotencyRace when the key was used meanwhile
   */
  commit(changes: readonly TaskChange[], now: Date): Promise<ReadonlySet<string>>;
}

export interface EarlierAnswer extends Answer {
  readonly bodyHash: string;
}

/** Another request with the same key committed between our read and our write. */
export class IdempotencyRace extends Error {}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** @param stored null: there is no such account; takes as long and answers false */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** Made with other parameters than hashes are made with today. */
  outdated(stored: string): boolean;
}

export interface AuditEntry {
  readonly at: Date;
  readonly actor: string | null;
  readonly action: string;
  readonly object: string;
  readonly reason?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Who did what outside tasks: sign-ins, definitions, operators' actions. Append-only. */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
}

/** A row of the table of intentions: something to do now or later, outside the transaction that wanted it. */
export interface Claimed {
  readonly id: string;
  readonly queue: string;
}

export interface IntentionStore {
  /** Takes what is due for handing to the queue, and leases it so that nobody else does for a while. */
  claimDue(now: Date, limit: number): Promise<readonly Claimed[]>;
  /** Takes what was handed out a while ago and is still here: the queue lost it, or nobody works. */
  claimStranded(now: Date, limit: number): Promise<readonly Claimed[]>;
  /** Writes down something to do now. */
  plan(queue: string, kind: string, now: Date): Promise<void>;
  /** Removes what was done. */
  done(ids: readonly string[]): Promise<void>;
  /** Gives back what could not be handed out. */
  release(ids: readonly string[], readyAt: Date): Promise<void>;
  /** Counts a failed attempt, sets the next one further off, and parks the row after the last. */
  failed(ids: readonly string[], error: string, now: Date): Promise<void>;
}
