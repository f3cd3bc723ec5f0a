// Mails on their way out. The intention is the right to send one; removing it and marking the mail is one statement.

import type pg from 'pg';
import type { MailStore } from '../../application/notifications/ports.ts';
import { leaseMs } from './intentions.ts';

export const mailStore = (pool: pg.Pool): MailStore => ({
  async load(intentionIds) {
    const { rows } = await pool.query<MailRow>({ name: 'load-mails', text: loadText, values: [intentionIds] });
    return rows.map(({ intention_id, id, address, subject, body, links, settled }) => ({
      intentionId: intention_id,
      mail: id === null ? undefined : { id, address, subject, text: body, links: links ?? [], settled },
    }));
  },

  async claim(intentionId, now, until) {
    // Who hands rows out leases them for leaseMs. A row put off for longer is being sent by somebody, or was postponed.
    const { rowCount } = await pool.query({
      name: 'claim-mail',
      text: 'update intention set ready_at = $3 where id = $1 and ready_at <= $2 and parked_at is null',
      values: [intentionId, new Date(now.getTime() + leaseMs), until],
    });
    return rowCount === 1;
  },

  async sent(intentionId, mailId, now) {
    await pool.query({
      name: 'mail-sent',
      text: `with marked as (update mail set sent_at = $3 where id = $2 and sent_at is null)
        delete from intention where id = $1`,
      values: [intentionId, mailId, now],
    });
  },

  async drop(intentionIds) {
    await pool.query('delete from intention where id = any($1::bigint[])', [intentionIds]);
  },

  async postpone(intentionIds, error, until) {
    await pool.query(
      'update intention set ready_at = $2, last_error = left($3, 2000) where id = any($1::bigint[]) and parked_at is null',
      [intentionIds, until, error],
    );
  },
});

interface MailRow {
  readonly intention_id: string;
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly links: readonly string[] | null;
  readonly settled: boolean;
}

const loadText = `
  select i.id as intention_id, m.id, m.address, m.subject, m.body,
    (select json_agg(l.id) from decision_link l where l.mail_id = m.id) as links, (m.sent_at is not null or not a.active) as settled
  from intention i left join (mail m join account a on a.id = m.account_id)
    on m.id = case when i.payload->>'mailId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then (i.payload->>'mailId')::uuid end
  where i.id = any($1::bigint[]) and i.kind = 'mail' and i.parked_at is null order by i.id`;
