// What is newest of each kind, cheap enough to be asked every second: a few rows at the end of an index each.

import type pg from 'pg';
import type { LiveSource } from '../../../application/live/hub.ts';

interface Row {
  readonly counted: number;
  readonly next: number;
  readonly marks: Readonly<Record<string, string>>;
  readonly notifications: Readonly<Record<string, string>> | null;
  readonly sessions: readonly string[];
}

export const liveSource = (pool: pg.Pool): LiveSource => ({
  async look({ accounts, sessions, from, at }) {
    const { rows } = await pool.query<Row>({
      name: 'live-look',
      text,
      values: [from.before, from.now, accounts, sessions, at],
    });
    const row = rows[0] as Row;
    return {
      events: { before: row.counted, now: row.next },
      marks: row.marks,
      notifications: row.notifications ?? {},
      sessions: row.sessions,
    };
  },
});

/**
 * $1 and $2 since when events of tasks are counted, $3 accounts, $4 sessions, $5 now. Numbers are handed out before they
 * are committed: the sum of the last few changes also when a lower one appears behind a higher. A session that is looked
 * at here was not used: it ends after its half hour like one whose page is closed.
 */
const text = `
  select
    (select count(*)::integer from task_event where recorded_at > $1) as counted,
    (select count(*)::integer from task_event where recorded_at > $2) as next,
    json_build_object(
      'imports', (select concat_ws('/', count(*), sum(processed), count(finished_at)) from import_run),
      'reports', (select concat_ws('/', sum(id), (select count(*) from report_run))
        from (select id from report_edition_step order by id desc limit 50) s),
      'confirmations', (select concat_ws('/', sum(id), (select count(*) from confirmation_round))
        from (select id from confirmation_entry order by id desc limit 50) s),
      'registrations', (select concat_ws('/', count(*), sum(version), max(updated_at), (select max(id) from bloc_opinion)) from proposal),
      'workflows', (select concat_ws('/', count(*), count(*) filter (where status = 'published'), count(*) filter (where status = 'retired'))
        from workflow_definition),
      'operations', concat_ws('/',
        (select count(*) from intention where parked_at is not null),
        (select string_agg(concat(s.key, s.paused_at, r.nominal_at, r.outcome), ',' order by s.key) from schedule s
          left join lateral (select nominal_at, outcome from schedule_run where schedule = s.key order by nominal_at desc limit 1) r on true),
        (select string_agg(id::text, ',' order by id) from worker where seen_at > $5::timestamptz - interval '1 minute')),
      'audit', (select sum(id)::text from (select id from audit_entry order by id desc limit 50) s)) as marks,
    (select json_object_agg(a.id, (
        select concat_ws('/', sum(n.id), count(n.read_at))
        from (select id, read_at from notification where account_id = a.id order by id desc limit 30) n))
      from unnest($3::uuid[]) as a(id)) as notifications,
    array(select s.id::text from session s join account a on a.id = s.account_id
      where s.id = any($4::uuid[]) and s.revoked_at is null and s.expires_at > $5::timestamptz
        and s.seen_at > $5::timestamptz - interval '30 minutes' and a.active) as sessions`;
