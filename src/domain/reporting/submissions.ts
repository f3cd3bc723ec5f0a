// What was sent for an obligation and what became of it, read from the history of its task: each submission a number, and
// one that was given back stays where it is.

import type { CivilDate } from '../schedule/civil-date.ts';
import type { Evidence, Instant, TaskEvent } from '../workflow/task.ts';

export const submissionStatuses = ['sent', 'returned', 'recalled', 'accepted', 'incomplete'] as const;
export type SubmissionStatus = (typeof submissionStatuses)[number];

export interface Submission {
  readonly number: number;
  readonly sentOn: CivilDate;
  readonly sentBy: string | null;
  /** When the system learnt of it. */
  readonly recordedAt: Instant;
  readonly documentNumber: string | null;
  readonly dataUntil: string | null;
  /** Kết quả, đề xuất, kiến nghị: the three contents of letter 004. */
  readonly result: string | null;
  readonly proposals: string | null;
  readonly recommendations: string | null;
  readonly difficulties: string | null;
  readonly evidence: readonly Evidence[];
  readonly status: SubmissionStatus;
  readonly answeredOn: CivilDate | null;
  readonly answeredBy: string | null;
  readonly missing: readonly string[];
  readonly reason: string | null;
}

/** @param events of one task, oldest first */
export const submissionsOf = (events: readonly TaskEvent[]): readonly Submission[] => {
  const all: Submission[] = [];
  for (const event of events) {
    const sent = sentBy(event, all.length + 1);
    if (sent) all.push(sent);
    else {
      const last = all.at(-1);
      const answer = last?.status === 'sent' ? answerOf(event) : undefined;
      if (last && answer) all[all.length - 1] = { ...last, ...answer };
    }
  }
  return all;
};

const sentBy = (event: TaskEvent, number: number): Submission | undefined => {
  if (event.type !== 'task.moved' || event.payload.category !== 'awaiting_appraisal') return undefined;
  const { fields = {}, evidence = [], on } = event.payload;
  const field = (key: string): string | null => (fields[key] === undefined ? null : String(fields[key]));
  return {
    number,
    sentOn: on,
    sentBy: event.actor,
    recordedAt: event.recordedAt,
    documentNumber: field('document_number'),
    dataUntil: field('data_until'),
    result: field('result'),
    proposals: field('proposals'),
    recommendations: field('recommendations'),
    difficulties: field('difficulties'),
    evidence,
    status: 'sent',
    answeredOn: null,
    answeredBy: null,
    missing: [],
    reason: null,
  };
};

type Answered = Pick<Submission, 'status' | 'answeredOn' | 'answeredBy' | 'missing' | 'reason'>;

const answerOf = (event: TaskEvent): Answered | undefined => {
  if (event.type === 'task.recalled')
    return { status: 'recalled', answeredOn: event.payload.on, answeredBy: event.actor, missing: [], reason: null };
  if (event.type !== 'task.moved' || event.payload.answer === undefined) return undefined;
  const { answer, on, missing = [], reason = null } = event.payload;
  const status = ({ achieved: 'accepted', not_achieved: 'incomplete', returned: 'returned' } as const)[answer];
  return { status, answeredOn: on, answeredBy: event.actor, missing, reason };
};
