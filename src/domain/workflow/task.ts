// A task, the commands that may be asked of it and the events that happened to it.
// Lateness is not here: it is computed from days (schedule/timeliness.ts), never stored as a state.

import type { Review, Vote } from '../appraisal/review.ts';
import type { Incident } from '../appraisal/voting.ts';
import type { ReorganisationKind } from '../organisation/reorganisation.ts';
import type { Signing } from '../organisation/signing.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { Due, Recurring } from '../schedule/due.ts';
import type { Hearer } from './audience.ts';
import type { Scalar } from './condition.ts';
import type { Category, Holder, Outcome, TimerAction } from './definition.ts';
import type { Follower, Following, FollowingCommand, FollowingEvent } from './following.ts';
import type { AskedEvidence, Evidence, SourceDocument } from './grounds.ts';
import type { EventHappened } from './happening.ts';

export type { AskedEvidence, Evidence, EvidenceFile, SourceDocument } from './grounds.ts';

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
  /** Lĩnh vực: chooses the appraisers and the follow-up specialist who have it in charge. */
  readonly field: string | null;
  /** What many units are measured by alike; appraisers work through it unit by unit. */
  readonly indicator: string | null;
  /** From a secret document: counted, but without any content (domain rule T12). */
  readonly secret: boolean;
  readonly leadUnit: string;
  /** Who led it before, the first one first; each until the moment from which the next one did. */
  readonly formerUnits: readonly FormerUnit[];
  /** The agency that leads the appraisal. */
  readonly appraiserUnit: string | null;
  /** Agencies that take part in it (letter 000 b: tham gia thẩm định). */
  readonly participants: readonly string[];
  readonly assignedOn: CivilDate;

  readonly state: string;
  readonly category: Category;
  readonly holder: Holder | null;
  /** Number of the last event that people see as a change; what If-Match names. */
  readonly version: number;
  /** Number of the last event of any kind, timers included. */
  readonly seq: number;
  /** Appraisal round: every submission and every change of appraisers opens another. */
  readonly round: number;
  /** The open round; null while the task is not under appraisal. */
  readonly review: Review | null;
  /** A reopening that one person asked for and a second has yet to agree to. */
  readonly proposal: Proposal | null;
  /** Null until something is: difficulties, explanations, urgings by people. */
  readonly following: Following | null;
  /** How often the unit was urged by whatever means: lần n (urgings.ts). */
  readonly urgings: number;
  /** Who was named to follow it up (người theo dõi), one for each unit whose head named one. */
  readonly followers: readonly Follower[];
  readonly enteredOn: CivilDate;
  readonly due: Due;
  /** Định kỳ: the occurrence it is, however its own deadline was moved since (recurrence.ts). */
  readonly recurrence: Recurring | null;
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

export interface FormerUnit {
  readonly unit: string;
  readonly until: Instant;
}

export interface Proposal {
  readonly transition: string;
  readonly by: string;
  readonly at: Instant;
}

/** A day (whole day, local) or an exact instant; absent means now. */
export type EffectiveAt = CivilDate | Instant;

export interface AssignTask {
  readonly type: 'assign';
  readonly id: string;
  readonly code: string;
  /** Absent for secret work only. */
  readonly title?: string;
  readonly product?: string;
  readonly measureUnit?: string;
  readonly target?: string | number;
  readonly kind: TaskKind;
  readonly source?: SourceDocument;
  readonly field?: string;
  readonly indicator?: string;
  readonly secret?: true;
  readonly leadUnit: string;
  readonly appraiserUnit?: string;
  readonly participants?: readonly string[];
  readonly due: Due;
  readonly effectiveAt?: EffectiveAt;
}
export interface MoveTask {
  readonly type: 'transition';
  /** The transition, or the outcome that it stands for where the task is: workflows name their answers differently. */
  readonly transition?: string;
  readonly outcome?: Outcome;
  readonly fields?: Readonly<Record<string, Scalar>>;
  readonly evidence?: readonly AskedEvidence[];
  readonly reason?: string;
  /** Of an answer that returns the work: what the unit is to bring, line by line. */
  readonly missing?: readonly string[];
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
  /** Required but for secret work, where a document stands for it. */
  readonly reason?: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
/** The unit takes its submission back, as long as nobody has voted. */
export interface RecallSubmission {
  readonly type: 'recall';
  readonly reason?: string;
  readonly effectiveAt?: EffectiveAt;
}
/** The panel asks the unit for something; until it answers, the ball is with the unit. */
export interface RequestInformation {
  readonly type: 'request_information';
  readonly question: string;
  readonly effectiveAt?: EffectiveAt;
}
export interface AnswerInformation {
  readonly type: 'answer_information';
  readonly answer: string;
  readonly evidence?: readonly AskedEvidence[];
  readonly effectiveAt?: EffectiveAt;
}
/** What a member of the panel thinks, without deciding (domain rule P3: participants give their opinion). */
export interface GiveOpinion {
  readonly type: 'give_opinion';
  readonly stance: Stance;
  readonly opinion?: string;
  readonly effectiveAt?: EffectiveAt;
}
export const stances = ['agree', 'disagree', 'neutral'] as const;
export type Stance = (typeof stances)[number];
/** Gives the appraisal to other agencies; an open round begins anew and its links die. */
export interface Reassign {
  readonly type: 'reassign';
  readonly appraiserUnit: string;
  readonly participants: readonly string[];
  readonly reason?: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
/** Asked by the execution of a reorganisation alone (application/organisation); units as they are to be. */
export interface TransferTask {
  readonly type: 'transfer';
  readonly reorganisation: string;
  readonly kind: ReorganisationKind;
  readonly document: SourceDocument;
  /** From which day on. */
  readonly effectiveOn: CivilDate;
  readonly leadUnit: string;
  readonly appraiserUnit: string | null;
  readonly participants: readonly string[];
  /** The agencies are others by decision, not by succession. */
  readonly replaced: boolean;
  /** What the old and the new lead unit are called. */
  readonly names: Readonly<Record<string, string>>;
  /** Predecessors of agencies and who has their place now. */
  readonly heirs: Readonly<Record<string, string>>;
}
/** Asked by the timer worker for one stored timer; anchor and k as stored. */
export interface FireTimer {
  readonly type: 'fire_timer';
  readonly rule: string;
  readonly k: number;
  readonly anchor: string;
}
export type ReviewCommand = RecallSubmission | RequestInformation | AnswerInformation | GiveOpinion | Reassign;
export type Command =
  | AssignTask
  | MoveTask
  | ReportProgress
  | DecideDeadline
  | ReviewCommand
  | FollowingCommand
  | TransferTask
  | EventHappened
  | FireTimer;

export interface EventBase {
  readonly taskId: string;
  readonly seq: number;
  /** Null: the system itself (timers). */
  readonly actor: string | null;
  readonly capacity: string;
  /** Account of the absent member the actor stood in for, and the capacity they sign in. */
  readonly onBehalfOf?: string;
  readonly signing?: Signing;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

export interface TaskAssigned extends EventBase {
  readonly type: 'task.assigned';
  readonly payload: Omit<AssignTask, 'type' | 'id' | 'effectiveAt' | 'title'> & {
    readonly title: string;
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
    /** Set when the move is the appraisers' answer. */
    readonly answer?: Outcome;
    /** The votes that made it, where one vote does not decide. */
    readonly votes?: readonly Vote[];
    /** Who had asked for it first, where two persons must. */
    readonly proposedBy?: string;
    /** Opening a round: what keeps its panel from deciding. */
    readonly incident?: Incident;
    readonly fields?: Readonly<Record<string, Scalar>>;
    readonly evidence?: readonly Evidence[];
    readonly reason?: string;
    /** What all who returned the work ask for. */
    readonly missing?: readonly string[];
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
    /** The day the unit had asked for, where this answers it. */
    readonly requested?: CivilDate;
    /** The phase whose event it waited for, where the recording of that set it. */
    readonly happened?: { readonly programme: string; readonly phase: string };
    readonly reason?: string;
    readonly document?: SourceDocument;
    readonly late?: true;
  };
}
/** A vote that does not yet decide; the one that does is in the move. */
export interface VoteCast extends EventBase {
  readonly type: 'task.vote_cast';
  readonly payload: Vote & {
    readonly round: number;
    readonly state: string;
    /** The same seat had voted before. */
    readonly changed?: true;
    readonly fields?: Readonly<Record<string, Scalar>>;
    readonly evidence?: readonly Evidence[];
    readonly reason?: string;
    readonly document?: SourceDocument;
    readonly late?: true;
  };
}
export interface SubmissionRecalled extends EventBase {
  readonly type: 'task.recalled';
  readonly payload: {
    readonly from: string;
    readonly to: string;
    readonly fromCategory: Category;
    readonly category: Category;
    readonly holder: Holder | null;
    readonly on: CivilDate;
    readonly reason?: string;
    readonly late?: true;
  };
}
export interface InformationRequested extends EventBase {
  readonly type: 'task.information_requested';
  readonly payload: {
    readonly round: number;
    readonly unit: string;
    readonly question: string;
    readonly on: CivilDate;
    readonly late?: true;
  };
}
export interface InformationGiven extends EventBase {
  readonly type: 'task.information_given';
  readonly payload: {
    readonly round: number;
    readonly answer: string;
    readonly evidence?: readonly Evidence[];
    /** Who holds the task again. */
    readonly holder: Holder | null;
    readonly on: CivilDate;
    readonly late?: true;
  };
}
export interface OpinionGiven extends EventBase {
  readonly type: 'task.opinion_given';
  readonly payload: {
    readonly round: number;
    readonly unit: string;
    readonly seat: string;
    readonly stance: Stance;
    readonly opinion?: string;
    readonly late?: true;
  };
}
export interface Reassigned extends EventBase {
  readonly type: 'task.reassigned';
  readonly payload: {
    readonly appraiserUnit: string;
    readonly participants: readonly string[];
    readonly previous: { readonly appraiserUnit: string | null; readonly participants: readonly string[] };
    readonly on: CivilDate;
    readonly reason?: string;
    readonly document?: SourceDocument;
    readonly late?: true;
  };
}
/** The first of two persons asked for a reopening; nothing has moved yet. */
export interface MoveProposed extends EventBase {
  readonly type: 'task.move_proposed';
  readonly payload: {
    readonly transition: string;
    readonly fields?: Readonly<Record<string, Scalar>>;
    readonly reason?: string;
    readonly document?: SourceDocument;
    readonly late?: true;
  };
}
/** The organisation changed, and with it who leads the task or who appraises it. */
export interface TaskTransferred extends EventBase {
  readonly type: 'task.transferred';
  readonly payload: {
    readonly reorganisation: string;
    readonly kind: ReorganisationKind;
    readonly document: SourceDocument;
    /** Local day from which it holds for this task. */
    readonly on: CivilDate;
    /** The lead unit before and after, with their names of the day; absent: it stayed. */
    readonly from?: string;
    readonly fromName?: string;
    readonly to?: string;
    readonly toName?: string;
    /** The agencies before and after; absent: they stayed. */
    readonly appraisal?: {
      readonly previous: { readonly appraiserUnit: string | null; readonly participants: readonly string[] };
      readonly appraiserUnit: string | null;
      readonly participants: readonly string[];
      /** Successors take the place of their predecessors in an open round. */
      readonly heirs: Readonly<Record<string, string>>;
      /** Others by decision: the day from which an open round counts anew. */
      readonly replacedOn?: CivilDate;
    };
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
    readonly to: readonly Hearer[];
    /** Of a reminder of a difficulty that was put to a unit: the unit. */
    readonly unit?: string;
    /** Earlier levels that an outage swallowed; recorded here, sent once with this one. */
    readonly missed?: readonly number[];
    /** The level said `escalate`, and the unit is none that the province escalates against (domain rule P5). */
    readonly softened?: true;
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

export type TaskEvent =
  | TaskAssigned
  | TaskMoved
  | ProgressReported
  | DeadlineDecided
  | VoteCast
  | SubmissionRecalled
  | InformationRequested
  | InformationGiven
  | OpinionGiven
  | Reassigned
  | MoveProposed
  | TaskTransferred
  | FollowingEvent
  | TimerFired
  | TimerSkipped;
