// Links as mails carry them, made by hand: also for people to whom no mail would ever bring one.

import { randomUUID } from 'node:crypto';
import { decisionTokens } from '../../src/adapters/auth/decision-tokens.ts';
import { deriveKey } from '../../src/adapters/auth/keys.ts';
import type { Json } from './client.ts';
import type { Office } from './http-office.ts';
import { secretKey } from './province.ts';

export const linkTokens = decisionTokens(deriveKey(secretKey, 'decision-link'));

/** A link about a task for an account, good for a day. */
export const forgedLink = async (
  office: Office,
  task: Json,
  account: string,
): Promise<{ readonly id: string; readonly token: string }> => {
  const [id, mail] = [randomUUID(), randomUUID()];
  const token = linkTokens.token(id);
  await office.pool.query(
    `with written as (insert into mail (id, account_id, reason, address, subject, body, created_at, sent_at)
       values ($1, $2, $1::uuid::text, 'x@thu.test', '', '', $3, $3) returning id)
     insert into decision_link (id, token_hash, account_id, task_id, round, mail_id, created_at, expires_at)
     select $4, $5, $2, $6, $7, id, $3, $3::timestamptz + interval '1 day' from written`,
    [mail, account, office.clock.now(), id, linkTokens.hash(token), task.id, task.round],
  );
  return { id, token };
};
