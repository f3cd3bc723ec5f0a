// A request that comes twice with one key is done once: what leaves an answer of its own outside tasks (reports, rounds of
// confirmation and of urging) takes its key first, is done, and keeps the answer under the key. Every such deed also stands once by
// its own rules, so that a process that dies between the deed and its answer leaves nothing that could be done twice
// (docs/decisions/0032).

import { v5 as uuidFrom } from 'uuid';
import { Refusal } from '../domain/refusal.ts';
import type { Answer, Clock, EarlierAnswer, IdempotencyKey } from './ports.ts';
import { type Applied, replayOf } from './tasks/apply.ts';

export interface KeptAnswers {
  /**
   * Takes the key for this request.
   * @param givenUp a request that took it before this moment and has not answered is dead
   * @returns undefined: it is taken; otherwise what it was taken for, `answered` or still on its way
   */
  take(
    key: IdempotencyKey,
    now: Date,
    givenUp: Date,
  ): Promise<{ readonly answered: boolean; readonly earlier: EarlierAnswer } | undefined>;
  keep(key: IdempotencyKey, answer: Answer): Promise<void>;
  /** Nothing was done under it. */
  release(key: IdempotencyKey): Promise<void>;
}

/** Longer than any request lives: the pool cancels a statement after 15 s. */
const longestRequestMs = 120_000;

/**
 * @throws Refusal idempotency_key.reused when the key stands for another request, idempotency_key.in_progress while the first is on
 *   its way; whatever the deed refuses, which keeps no answer
 */
export const once =
  (answers: KeptAnswers, clock: Clock) =>
  async (key: IdempotencyKey, deed: () => Promise<Answer>): Promise<Applied> => {
    const now = clock.now();
    const before = await answers.take(key, now, new Date(now.getTime() - longestRequestMs));
    if (before) {
      const replay = replayOf(before.earlier, key);
      if (!before.answered) throw new Refusal('idempotency_key.in_progress', { key: key.key });
      return replay;
    }
    let answer: Answer;
    try {
      answer = await deed();
    } catch (error) {
      await answers.release(key);
      throw error;
    }
    await answers.keep(key, answer);
    return { answer, replayed: false };
  };
export type Once = ReturnType<typeof once>;

const namespace = '5c1b6a53-0d0b-4f0e-9a0f-3f6a3c0d7a32';

/** The id of what a request makes: asked again, also after its answer was lost, it makes the same thing. */
export const idUnder = ({ actor, key, bodyHash }: IdempotencyKey): string =>
  uuidFrom([actor, key, bodyHash].join('\n'), namespace);
