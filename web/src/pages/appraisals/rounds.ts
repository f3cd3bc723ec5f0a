// What the unit handed in, round after round, read from the history of the task.

import type { TaskEvent } from '../../api/tasks.ts';

export interface Piece {
  readonly title: string;
  readonly reference?: string;
  readonly file?: { readonly id: string; readonly type: string };
}

export interface Submission {
  readonly number: number;
  readonly on: string;
  readonly by: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly evidence: readonly Piece[];
  /** The unit's last account of the work before it handed it in. */
  readonly narrative: string | null;
  readonly progress: number | null;
  readonly answers: readonly { readonly question: string | null; readonly answer: string; readonly on: string }[];
  readonly returned: {
    readonly on: string;
    readonly by: string;
    readonly reason: string | null;
    readonly missing: readonly string[];
  } | null;
}

interface Payload {
  readonly category?: string;
  readonly fromCategory?: string;
  readonly answer?: string;
  readonly on?: string;
  readonly fields?: Submission['fields'];
  readonly evidence?: readonly Piece[];
  readonly reason?: string;
  readonly missing?: readonly string[];
  readonly narrative?: string;
  readonly progress?: number;
  readonly question?: string;
}

/** @param events of one task, oldest first */
export const submissionsOf = (events: readonly TaskEvent[]): readonly Submission[] => {
  const all: Submission[] = [];
  let narrative: string | null = null;
  let progress: number | null = null;
  let question: string | null = null;
  const amend = (changes: Partial<Submission>) => {
    const last = all.pop();
    if (last) all.push({ ...last, ...changes });
  };
  for (const { type, payload: raw, actorName, actor, effectiveAt } of events) {
    const payload = raw as Payload;
    const by = actorName ?? actor ?? '';
    const on = payload.on ?? effectiveAt;
    const last = all.at(-1);
    if (type === 'task.progress_reported') {
      narrative = payload.narrative ?? narrative;
      progress = payload.progress ?? progress;
    } else if (type === 'task.information_requested') question = payload.question ?? null;
    else if (type === 'task.information_given' && last)
      amend({
        answers: [...last.answers, { question, answer: String(raw.answer), on }],
        evidence: [...last.evidence, ...(payload.evidence ?? [])],
      });
    else if (type === 'task.moved' && payload.category === 'awaiting_appraisal' && payload.answer === undefined)
      all.push({
        number: all.length + 1,
        on,
        by,
        fields: payload.fields ?? {},
        evidence: payload.evidence ?? [],
        narrative,
        progress,
        answers: [],
        returned: null,
      });
    else if (type === 'task.recalled') all.pop();
    else if (type === 'task.moved' && payload.fromCategory === 'awaiting_appraisal' && payload.answer !== undefined)
      amend({ returned: { on, by, reason: payload.reason ?? null, missing: payload.missing ?? [] } });
  }
  return all;
};

export interface Difference {
  /** Key of a field, or one of the texts every submission has. */
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

/** What is told otherwise than in the round before. */
export const differencesOf = (before: Submission, now: Submission): readonly Difference[] => {
  const told = ({ fields, narrative }: Submission): Readonly<Record<string, string>> => ({
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)])),
    ...(narrative === null ? {} : { narrative }),
  });
  const [old, fresh] = [told(before), told(now)];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((what) =>
    (old[what] ?? '') === (fresh[what] ?? '') ? [] : [{ what, before: old[what] ?? '', now: fresh[what] ?? '' }],
  );
};

/** Same title and same file or number: the same piece. */
const sameAs = (piece: Piece): string => [piece.title, piece.reference ?? '', piece.file?.id ?? ''].join('\n');

export const isNewPiece = (piece: Piece, before: Submission | undefined): boolean =>
  before !== undefined && !before.evidence.some((old) => sameAs(old) === sameAs(piece));
