// A task, the commands that may be asked of it and the events that happened to it.
// Lateness is not here: it is computed from days (schedule/timeliness.ts), never stored as a state.

import type { CivilDate } from '../schedule/civil-date.ts';
import type { Due } from '../schedule/due.ts';
import type { Scalar } from './condition.ts';
import type { Category, Holder, TaskRole, TimerAction } from './definition.ts';

export const taskKinds = ['common', 'template', 'own'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** The unit's own year-end judgement; three buckets, as in report 158/BC-SKHĐT section 2. */
export const estimates = ['done', 'not_done', 'stopped'] as const;
export type Estimate = (typeof estimates)[number];

/** An instant in ISO 8601 with milliseconds, UTC. */
export type Instant = string;

export interface DefinitionPin {
  readonly key: string;
  readonly version: number;
  readonly sha256: string;
}

export interface Task {
  readonly id: string;
  readonly code: string;
  readonly programme: string;
  readonly definition: DefinitionPin;
  readonly title: string;
  readonly product: string | null;
  readonly measureUnit: string | null;
  readonly target: string | number | null;
  readonly kind: TaskKind;
  readonly source: SourceDocument | null;
  readonly leadUnit: string;
  readonly appraiserUnit: string | null;
  readonly assignedOn: CivilDate;

  readonly state: string;
  readonly category: Category;
  readonly holder: Holder | null;
  /** Number of the last event that people see as a change; what If-Match names. */
  readonly version: number;
  /** Number of the last event of any kind, timers included. */
  readonly seq: number;
  /** Appraisal round: how often the task has been submitted. */
  readonly round: number;
  readonly enteredOn: CivilDate;
  readonly due: Due;
  /** Last good day, or null while nothing counts down. */
  readonly dueOn: CivilDate | null;
  readonly dueOriginalOn: CivilDate | null;
  readonly extensions: number;
  /** Day of the submission that is being appraised or was accepted: it alone fixes timeliness. */
  readonly submittedOn: CivilDate | null;
  readonly submittedBy: string | null;
  /** Who handed in evidence in the current round; excluded from appraising it. */
  readonly evidenceBy: readonly string[];
  readonly finishedOn: CivilDate | null;
  readonly returns: number;
  readonly progress: number | null;
  readonly result: string | number | null;
  readonly estimate: Estimate | null;
  readonly fields: Readonly<Record<string, Scalar>>;
  /** Last occurrence fired per timer rule and per anchor it was counted from. */
  readonly fired: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** When the last move, report and deadline decision took effect; each kind runs forward in time only. */
  readonly movedAt: Instant;
  readonly reportedAt: Instant | null;
  readonly dueDecidedAt: Instant;
  readonly recordedAt: Instant;
}

export interface SourceDocument {
  /** Number and sign, for example 158/BC-SKHĐT. */
  readonly number: string;
  readonly date: CivilDate;
  readonly issuer: string;
  /** Item within the document, for example "khoản 2". */
  readonly item?: string;
}

/** A stored file as an event names it: whoever has the file can prove that it is this one. */
export interface EvidenceFile {
  readonly id: string;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Media type, judged by the content. */
  readonly type: string;
  /** Account that uploaded it; an author of the evidence, whoever hands it in. */
  readonly by: string;
}

export interface Evidence {
  readonly title: string;
  /** Where the paper is kept: document number, register or link text. */
  readonly reference?: string;
  readonly file?: EvidenceFile;
}

/** A piece of evidence as a command names it: the file by its id alone. */
export interface AskedEvidence extends Omit<Evidence, 'file'> {
  readonly file?: string;
}

/** A day (whole day, local) or an exact instant; absent means now. */
export type EffectiveAt = CivilDate | Instant;

export interface AssignTask {
  readonly type: 'assign';
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly product?: string;
  readonly measureUnit?: string;
  readonly target?: string | number;
  readonly kind: TaskKind;
  readonly source?: SourceDocument;
  readonly leadUnit: string;
  readonly appraiserUnit?: string;
  readonly due: Due;
  readonly effectiveAt?: EffectiveAt;
}
export interface MoveTask {
  readonly type: 'transition';
  readonly transition: string;
  readonly fields?: Readonly<Record<string, Scalar>>;
  readonly evidence?: readonly AskedEvidence[];
  readonly reason?: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
export interface ReportProgress {
  readonly type: 'report_progress';
  /** 0 to 100, per cent. */
  readonly progress?: number;
  readonly result?: string | number;
  readonly narrative?: string;
  readonly estimate?: Estimate;
  readonly effectiveAt?: EffectiveAt;
}
export interface DecideDeadline {
  readonly type: 'decide_deadline';
  readonly due: Due;
  readonly reason: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
/** Asked by the timer worker for one stored timer; anchor and k as stored. */
export interface FireTimer {
  readonly type: 'fire_timer';
  readonly rule: string;
  readonly k: number;
  readonly anchor: string;
}
export type Command = AssignTask | MoveTask | ReportProgress | DecideDeadline | FireTimer;

interface EventBase {
  readonly taskId: string;
  readonly seq: number;
  /** Null: the system itself (timers). */
  readonly actor: string | null;
  readonly capacity: string;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

export interface TaskAssigned extends EventBase {
  readonly type: 'task.assigned';
  readonly payload: Omit<AssignTask, 'type' | 'id' | 'effectiveAt'> & {
    readonly programme: string;
    readonly definition: DefinitionPin;
    readonly state: string;
    readonly category: Category;
    readonly holder: Holder | null;
    readonly assignedOn: CivilDate;
    readonly dueOn: CivilDate | null;
  };
}
export interface TaskMoved extends EventBase {
  readonly type: 'task.moved';
  readonly payload: {
    readonly transition: string;
    readonly from: string;
    readonly to: string;
    readonly fromCategory: Category;
    readonly category: Category;
    readonly holder: Holder | null;
    readonly on: CivilDate;
    /** Set when the move is the appraiser's answer. */
    readonly answer?: 'achieved' | 'not_achieved' | 'returned';
    readonly fields?: Readonly<Record<string, Scalar>>;
    readonly evidence?: readonly Evidence[];
    readonly reason?: string;
    readonly document?: SourceDocument;
    /** Recorded on a later day than it happened. */
    readonly late?: true;
  };
}
export interface ProgressReported extends EventBase {
  readonly type: 'task.progress_reported';
  readonly payload: Omit<ReportProgress, 'type' | 'effectiveAt'> & { readonly late?: true };
}
export interface DeadlineDecided extends EventBase {
  readonly type: 'task.deadline_decided';
  readonly payload: {
    readonly due: Due;
    readonly dueOn: CivilDate | null;
    readonly previousDueOn: CivilDate | null;
    readonly extension: boolean;
    readonly reason: string;
    readonly document?: SourceDocument;
    readonly late?: true;
  };
}
export interface TimerFired extends EventBase {
  readonly type: 'task.timer_fired';
  readonly payload: {
    readonly rule: string;
    readonly k: number;
    readonly anchor: string;
    readonly dueAt: Instant;
    readonly action: TimerAction;
    readonly to: readonly TaskRole[];
    /** Earlier levels that an outage swallowed; recorded here, sent once with this one. */
    readonly missed?: readonly number[];
  };
}
export interface TimerSkipped extends EventBase {
  readonly type: 'task.timer_skipped';
  readonly payload: {
    readonly rule: string;
    readonly k: number;
    readonly anchor: string;
    readonly reason: TimerSkipReason;
  };
}
/** not_owed: the state or the data no longer ask for it; stale_anchor: the day it counted from has moved;
 *  fired_before: this level already went out; misfire_skip: the rule drops what an outage made late. */
export type TimerSkipReason = 'not_owed' | 'stale_anchor' | 'fired_before' | 'misfire_skip';

export type TaskEvent = TaskAssigned | TaskMoved | ProgressReported | DeadlineDecided | TimerFired | TimerSkipped;

/** Events that people see as a change of the task; the others leave `version` alone. */
export const changesVersion = (type: TaskEvent['type']): boolean =>
  type !== 'task.timer_fired' && type !== 'task.timer_skipped';
