// What following a task adds to it: difficulties, requests for another deadline, explanations of lateness, urgings. None of it
// is a state: a task can be on time and blocked (letter 000, 0.4 and 0.8).

import type { CivilDate } from '../schedule/civil-date.ts';
import type { EffectiveAt, EventBase, SourceDocument } from './task.ts';

/** To whom a difficulty is put: the office, the province, or a unit that has to help. */
export const addressees = ['office', 'province', 'unit'] as const;
export type Addressee = (typeof addressees)[number];

/** `system`: a line of an approved round; the others are logged by who urged. */
export const urgingChannels = ['system', 'letter', 'phone', 'meeting'] as const;
export type UrgingChannel = (typeof urgingChannels)[number];

export interface Difficulty {
  /** 1, 2, 3 … within the task. */
  readonly number: number;
  readonly cause: string;
  /** Giải pháp tháo gỡ, where the unit has one. */
  readonly proposal: string | null;
  readonly addressee: Addressee;
  /** Of addressee `unit`. */
  readonly unit: string | null;
  readonly answerBy: CivilDate;
  readonly by: string;
  /** As what they wrote it: the unit's own people, its `follower`, or a `specialist`. */
  readonly capacity: string;
  readonly on: CivilDate;
  /** Null while it is open. */
  readonly answer: { readonly text: string; readonly by: string; readonly on: CivilDate } | null;
}

export interface ExtensionRequest {
  readonly day: CivilDate;
  readonly by: string;
  readonly on: CivilDate;
}

/** Of work that has no deadline: the day its unit proposes (letter 002, item 2). */
export interface DeadlineProposal {
  readonly day: CivilDate;
  readonly by: string;
  readonly on: CivilDate;
  /** Number of the event that says why. */
  readonly seq: number;
}

/** Chuyên viên theo dõi of one task. */
export interface Follower {
  readonly account: string;
  /** Whose head named them. */
  readonly unit: string;
  readonly since: CivilDate;
}

export interface Explanation {
  readonly text: string;
  /** Nguyên nhân khách quan: counts against nobody once it is confirmed (Nghị định 335/2025/NĐ-CP). */
  readonly objectiveCause: string | null;
  readonly by: string;
  readonly on: CivilDate;
  /** Null until the office has judged the cause. */
  readonly confirmed: boolean | null;
}

export interface Following {
  readonly difficulties: readonly Difficulty[];
  readonly extensionRequest: ExtensionRequest | null;
  /** Until a deadline is decided. */
  readonly deadlineProposal: DeadlineProposal | null;
  readonly explanation: Explanation | null;
  /** The last time that people urged it, or a round that they approved; timers have days of their own. */
  readonly urgedOn: CivilDate | null;
}

export const nothingFollowed: Following = {
  difficulties: [],
  extensionRequest: null,
  deadlineProposal: null,
  explanation: null,
  urgedOn: null,
};

export interface ReportDifficulty {
  readonly type: 'report_difficulty';
  readonly cause: string;
  readonly proposal?: string;
  readonly addressee: Addressee;
  readonly unit?: string;
  readonly answerBy: CivilDate;
  readonly effectiveAt?: EffectiveAt;
}
export interface AnswerDifficulty {
  readonly type: 'answer_difficulty';
  readonly number: number;
  readonly answer: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
/** The office puts a difficulty to whoever can really answer it. */
export interface RedirectDifficulty {
  readonly type: 'redirect_difficulty';
  readonly number: number;
  readonly addressee: Addressee;
  readonly unit?: string;
  /** Absent: as before. */
  readonly answerBy?: CivilDate;
  readonly reason: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
export interface RequestExtension {
  readonly type: 'request_extension';
  readonly day: CivilDate;
  /** Required but for secret work. */
  readonly reason?: string;
  readonly effectiveAt?: EffectiveAt;
}
export interface ProposeDeadline {
  readonly type: 'propose_deadline';
  readonly day: CivilDate;
  readonly reason?: string;
  readonly effectiveAt?: EffectiveAt;
}
export interface Explain {
  readonly type: 'explain';
  readonly text: string;
  readonly objectiveCause?: string;
  readonly effectiveAt?: EffectiveAt;
}
export interface JudgeCause {
  readonly type: 'judge_cause';
  readonly confirmed: boolean;
  readonly reason: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
export interface UrgeTask {
  readonly type: 'urge';
  readonly channel: UrgingChannel;
  /** The approved round this is a line of; set by its sending and by nothing else. */
  readonly round?: string;
  readonly note?: string;
  readonly document?: SourceDocument;
  readonly effectiveAt?: EffectiveAt;
}
/** Phân công thành viên theo dõi (letter 000, item 1). */
export interface NameFollower {
  readonly type: 'name_follower';
  /** Account; null: nobody any more. */
  readonly follower: string | null;
  /** Absent: the lead unit, where its head names; else the unit of the head who does. */
  readonly unit?: string;
  readonly reason?: string;
  readonly effectiveAt?: EffectiveAt;
}
export type FollowingCommand =
  | ReportDifficulty
  | AnswerDifficulty
  | RedirectDifficulty
  | RequestExtension
  | ProposeDeadline
  | Explain
  | JudgeCause
  | NameFollower
  | UrgeTask;

/** Units to which this difficulty is put; none when it lies with the office or the province. */
export const addressedUnits = (following: Following | null, number: number): readonly string[] =>
  (following?.difficulties ?? []).flatMap((each) => (each.number === number && each.unit !== null ? [each.unit] : []));

interface Dated {
  readonly on: CivilDate;
  readonly late?: true;
}
type Said<C extends FollowingCommand> = Omit<C, 'type' | 'effectiveAt'> & Dated;

export interface DifficultyReported extends EventBase {
  readonly type: 'task.difficulty_reported';
  readonly payload: Said<ReportDifficulty> & { readonly number: number };
}
export interface DifficultyAnswered extends EventBase {
  readonly type: 'task.difficulty_answered';
  readonly payload: Said<AnswerDifficulty>;
}
export interface DifficultyRedirected extends EventBase {
  readonly type: 'task.difficulty_redirected';
  readonly payload: Said<RedirectDifficulty> & {
    readonly answerBy: CivilDate;
    readonly previous: { readonly addressee: Addressee; readonly unit?: string };
  };
}
export interface ExtensionRequested extends EventBase {
  readonly type: 'task.extension_requested';
  readonly payload: Said<RequestExtension>;
}
export interface DeadlineProposed extends EventBase {
  readonly type: 'task.deadline_proposed';
  readonly payload: Said<ProposeDeadline>;
}
export interface Explained extends EventBase {
  readonly type: 'task.explained';
  readonly payload: Said<Explain> & { readonly daysLate: number };
}
export interface FollowerNamed extends EventBase {
  readonly type: 'task.follower_named';
  readonly payload: Said<NameFollower> & {
    readonly unit: string;
    readonly previous: string | null;
  };
}
export interface CauseJudged extends EventBase {
  readonly type: 'task.cause_judged';
  readonly payload: Said<JudgeCause>;
}
export interface TaskUrged extends EventBase {
  readonly type: 'task.urged';
  /** `n`: the how-manieth urging of this task, of any kind. */
  readonly payload: Said<UrgeTask> & { readonly n: number };
}
export type FollowingEvent =
  | DifficultyReported
  | DifficultyAnswered
  | DifficultyRedirected
  | ExtensionRequested
  | DeadlineProposed
  | Explained
  | CauseJudged
  | FollowerNamed
  | TaskUrged;
