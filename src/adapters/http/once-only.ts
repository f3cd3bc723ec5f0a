// Routes outside tasks whose POSTs are done once per Idempotency-Key: the answer is kept and comes again byte for byte.

import type { Once } from '../../application/once.ts';
import type { IdempotencyKey } from '../../application/ports.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Call, Reply } from './route.ts';
import { keyOf, replyOf } from './task-change.ts';

export interface Deed {
  readonly status: number;
  readonly body: unknown;
  /** What was refused within a success (Reply); of the first time only. */
  readonly refused?: Refusal | undefined;
}

/** @param location of what was made, from the body that tells of it */
export const onceOnly =
  (once: Once) =>
  async <P, Q, B>(
    call: Call<P, Q, B>,
    deed: (key: IdempotencyKey) => Promise<Deed>,
    location?: (made: { readonly id: string }) => string,
  ): Promise<Reply> => {
    const key = keyOf(call as Call);
    let refused: Refusal | undefined;
    const applied = await once(key, async () => {
      const { status, body, refused: within } = await deed(key);
      refused = within;
      return { status, etag: null, response: JSON.stringify(body) };
    });
    const reply = replyOf(applied);
    const place = location?.(JSON.parse(applied.answer.response));
    return { ...reply, refused, headers: { ...reply.headers, ...(place === undefined ? {} : { Location: place }) } };
  };
