// What telling people needs from the world: three small stores on the same tables, and a way to send mail.

import type { Addressee } from '../../domain/organisation/addressees.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { QuietHours } from '../../domain/schedule/quiet-hours.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { NoticeKind } from '../../domain/workflow/notice.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';
import type { OfferedLink } from '../appraisals/offer-links.ts';
import type { RoundNews, RoundSaid } from '../reports/round-news.ts';

export interface MailSettings {
  /** False without a mail server: people are told in the program only, and no mail is planned. */
  readonly mailEnabled: boolean;
  /** Address under which people reach the program; absent: mails carry no links. */
  readonly publicUrl?: string | undefined;
  readonly quietHours: QuietHours;
  /** Mails at once that one person may get in one hour of the clock; what is above goes to the next digest. */
  readonly urgentPerHour: number;
  /** Key of the calendar whose working mornings bring digests. */
  readonly calendar: string;
}

/** An event and as much of its task as a line about it says. */
export interface TaskNotice {
  readonly event: TaskEvent;
  readonly task: Pick<
    Task,
    | 'id'
    | 'code'
    | 'title'
    | 'programme'
    | 'category'
    | 'dueOn'
    | 'field'
    | 'leadUnit'
    | 'appraiserUnit'
    | 'participants'
    | 'submittedBy'
  > &
    Partial<Pick<Task, 'followers'>>;
  /** Number and sign of the assigning document. */
  readonly sourceNumber: string | null;
  readonly unitName: string;
  /** Of the units on the task, those that are central agencies: asked politely, never urged. */
  readonly centralUnits?: readonly string[];
  /** What the programme calls its tasks: nhiệm vụ, nội dung cam kết. */
  readonly noun: string;
  readonly programmeName: string;
  readonly illustrative: boolean;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** An intention to tell people of an event; without `notice` it names an event that is not there. */
export interface NoticeRow {
  readonly intentionId: string;
  readonly notice: (TaskNotice & { readonly calendar: WorkingCalendar }) | undefined;
}

export interface PlannedNotice {
  readonly intentionId: string;
  /** The event told of; null: of a confirmation round. */
  readonly taskId: string | null;
  readonly seq: number | null;
  readonly round?: { readonly id: string; readonly about: string; readonly said: RoundSaid };
  readonly kind: NoticeKind | `confirmation_${RoundNews}`;
  readonly urgency: 'now' | 'digest';
  /** Whoever did it is not told of it. */
  readonly actor: string | null;
  readonly addressees: readonly Addressee[];
  readonly mail?: (MailText & { readonly dueAt: Date }) | undefined;
}

export interface NoticeStore {
  /** Ids that are gone or parked are simply missing. */
  load(intentionIds: readonly string[]): Promise<readonly NoticeRow[]>;
  /**
   * Tells everyone once, plans the mails that go out at once, and removes the intentions, in one transaction.
   * @returns how many people were told of something
   */
  tell(notices: readonly PlannedNotice[], now: Date, urgentPerHour: number): Promise<number>;
}

export interface DigestEntry extends TaskNotice {
  readonly notificationId: string;
}

/** News of a confirmation round, and how the round stands when the digest is written. */
export interface RoundEntry {
  readonly notificationId: string;
  readonly round: string;
  readonly said: RoundSaid;
  readonly frozen: boolean;
  /** The unit it is about has items left to answer. */
  readonly waiting: boolean;
}

export interface DigestReader {
  readonly accountId: string;
  readonly name: string;
  readonly address: string;
  readonly entries: readonly DigestEntry[];
  readonly rounds: readonly RoundEntry[];
}

export interface PlannedDigest extends MailText {
  readonly mailId: string;
  readonly accountId: string;
  readonly reason: string;
  readonly address: string;
  readonly notificationIds: readonly string[];
  /** Links by which the reader can decide; the text holds a placeholder for each. */
  readonly links: readonly OfferedLink[];
}

export interface DigestStore {
  /** @throws Error when there is no such calendar */
  calendar(key: string): Promise<WorkingCalendar>;
  /**
   * Takes back mails that were to be sent before `dueBefore` and were not, except those with the reason, those that
   * wait for an operator and those put off beyond `readyBefore` (being sent, or at fault themselves). What they told
   * is untold again. @returns how many
   */
  withdrawUnsent(request: {
    readonly dueBefore: Date;
    readonly readyBefore: Date;
    readonly exceptReason: string;
  }): Promise<number>;
  /**
   * The next people, in order of their ids, with something unread and unmailed since then and no mail for the reason.
   * An empty page is the end.
   */
  readers(request: {
    readonly reason: string;
    readonly since: Date;
    readonly afterAccount: string | undefined;
    readonly limit: number;
  }): Promise<readonly DigestReader[]>;
  /** One mail per person and reason, however often it is asked for. @returns how many were planned */
  plan(digests: readonly PlannedDigest[], dueAt: Date, now: Date): Promise<number>;
}

export interface WaitingMail {
  readonly intentionId: string;
  /** Undefined: the intention names a mail that is not there. */
  readonly mail:
    | {
        readonly id: string;
        readonly address: string;
        readonly subject: string;
        readonly text: string;
        /** Ids of the links that belong to this mail; the text holds a placeholder for each. */
        readonly links: readonly string[];
        /** Sent already, or to somebody who is no longer active: nothing is left to do. */
        readonly settled: boolean;
      }
    | undefined;
}

export interface MailStore {
  /** Ids that are gone or parked are simply missing. */
  load(intentionIds: readonly string[]): Promise<readonly WaitingMail[]>;
  /** True for one caller at a time: the others keep off until then. */
  claim(intentionId: string, now: Date, until: Date): Promise<boolean>;
  sent(intentionId: string, mailId: string, now: Date): Promise<void>;
  /** Removes intentions of which nothing is left to do. */
  drop(intentionIds: readonly string[]): Promise<void>;
  /** Tries later without counting it as an attempt: the fault is not the mail's. */
  postpone(intentionIds: readonly string[], error: string, until: Date): Promise<void>;
}

export interface Mailer {
  /**
   * @param message messageId: the whole header, <id@domain>; the same mail has the same one however often it is sent
   * @throws MailServerAway when no mail at all can be sent now; any other error is this mail's own
   */
  send(message: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly messageId: string;
  }): Promise<void>;
}

/** After how long a mail is tried again when the server was away. */
export const mailServerAwayMs = 60_000;

/** The mail server cannot be reached or lets nobody in. */
export class MailServerAway extends Error {}

/** 'digest/2026-06-15': one digest per person and day. */
export const digestReason = (day: CivilDate): string => `digest/${day}`;
