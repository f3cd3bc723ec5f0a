// Links of mails, and the people they stand for.

import type pg from 'pg';
import type { DecisionLink, DecisionLinkStore } from '../../application/appraisals/decision-links.ts';
import { linkKey } from '../../application/appraisals/decision-links.ts';
import type { Outcome } from '../../domain/workflow/definition.ts';
import { presentActor } from './present-actor.ts';

interface LinkRow {
  readonly id: string;
  readonly account_id: string;
  readonly task_id: string;
  readonly round: number;
  readonly expires_at: Date;
  readonly killed_at: Date | null;
  readonly decided_at: Date | null;
  readonly outcome: Outcome | null;
}

export const decisionLinkStore = (pool: pg.Pool): DecisionLinkStore => ({
  async find(tokenHash) {
    const { rows } = await pool.query<LinkRow>({
      name: 'decision-link',
      text: `select l.id, l.account_id, l.task_id, l.round, l.expires_at, l.killed_at, e.recorded_at as decided_at,
          coalesce(e.payload->>'answer', e.payload->>'outcome') as outcome
        from decision_link l left join task_event e on e.task_id = l.task_id
          and e.cause = 'command:' || l.account_id || ':' || $2 || l.id
        where l.token_hash = $1`,
      values: [tokenHash, linkKey('')],
    });
    return rows[0] && linkOf(rows[0]);
  },

  actor: presentActor(pool),

  async markUsed(id, at, outcome) {
    await pool.query({
      name: 'decision-link-used',
      text: 'update decision_link set used_at = $2, outcome = $3 where id = $1',
      values: [id, at, outcome],
    });
  },
});

const linkOf = ({ killed_at, decided_at, outcome, ...row }: LinkRow): DecisionLink => ({
  id: row.id,
  accountId: row.account_id,
  taskId: row.task_id,
  round: row.round,
  expiresAt: row.expires_at,
  killed: killed_at !== null,
  used: decided_at && outcome ? { at: decided_at, outcome } : null,
});
