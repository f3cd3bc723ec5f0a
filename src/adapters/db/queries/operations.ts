// What operators see of the machinery: rows that wait, schedules and their runs, worker processes, the audit list.

import type pg from 'pg';

/** What waits in the database, in one statement and so in one snapshot. */
export interface Backlog {
  readonly due: number;
  readonly late: number;
  readonly parked: number;
  readonly oldestDueAt: Date | null;
  readonly unfolded: number;
  readonly unsentMails: number;
  readonly workers: number;
}

export type WaitingState = 'late' | 'due' | 'parked' | 'upcoming';

export interface WaitingRow {
  readonly id: string;
  readonly queue: string;
  readonly kind: string;
  readonly taskId: string | null;
  readonly task: string | null;
  readonly rule: string | null;
  readonly occurrence: number | null;
  readonly anchor: string | null;
  readonly dueAt: Date;
  /** When it may be handed to the queue (again). */
  readonly readyAt: Date;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly parkedAt: Date | null;
}

export interface Position {
  /** Milliseconds suffice: the columns have no more. */
  readonly value: string;
  readonly id: string;
}

export interface WaitingRequest {
  readonly state: WaitingState;
  readonly task?: string | undefined;
  readonly rule?: string | undefined;
  readonly queue?: string | undefined;
  readonly limit: number;
  readonly after?: Position | undefined;
}

export interface WaitingPage {
  readonly items: readonly WaitingRow[];
  readonly next: Position | undefined;
}

/** Everything that explains why a reminder of one task did or did not go out. */
export interface TaskTrace {
  readonly task: Readonly<Record<string, unknown>>;
  /** Timers, notices and mails that are still to come, parked ones among them. */
  readonly waiting: readonly WaitingRow[];
  readonly notifications: readonly Readonly<Record<string, unknown>>[];
  /** Timers that fired or were skipped, each with its reason. */
  readonly timerEvents: readonly Readonly<Record<string, unknown>>[];
}

export interface ScheduleRow {
  readonly key: string;
  readonly cron: string;
  readonly zone: string;
  readonly catchUpHours: number;
  readonly since: Date;
  readonly pausedAt: Date | null;
  readonly pausedReason: string | null;
}

export interface ScheduleRun {
  readonly nominalAt: Date;
  readonly outcome: string;
  readonly detail: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface WorkerRow {
  readonly id: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly tickSeenAt: Date | null;
  readonly alive: boolean;
}

export interface AuditRequest {
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly object?: string | undefined;
  readonly limit: number;
  readonly before?: string | undefined;
}

export interface AuditPage {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}

/** How the proof of the histories stands. */
export interface ProofRow {
  readonly checkpoint: number | null;
  readonly sealedAt: Date | null;
  readonly sealingSince: Date | null;
  readonly verifiedAt: Date | null;
  readonly verification: string | null;
}

export interface OperationsReader {
  backlog(now: Date): Promise<Backlog>;
  waiting(request: WaitingRequest, now: Date): Promise<WaitingPage>;
  /** Undefined: there is no such task. */
  trace(code: string, now: Date): Promise<TaskTrace | undefined>;
  schedules(): Promise<readonly ScheduleRow[]>;
  /** The last ten of each schedule, newest first. */
  runs(): Promise<ReadonlyMap<string, readonly ScheduleRun[]>>;
  proof(): Promise<ProofRow>;
  workers(now: Date): Promise<readonly WorkerRow[]>;
  audit(request: AuditRequest): Promise<AuditPage>;
}

const lateMs = 60_000;
/** Four signs of life missed (they come every 15 s). */
const silentMs = 60_000;
const most = 100;

// A row that is due has been handed out at most a lease or the longest back-off ahead (intentions.ts): within this of now
// lies its ready_at, which has an index. The timers of the coming months, nearly the whole table, are not even looked at.
const handedOutWithin = `interval '15 minutes'`;

export const operationsReader = (pool: pg.Pool): OperationsReader => ({
  async backlog(now) {
    const { rows } = await pool.query<Backlog>({
      name: 'operations-backlog',
      text: `
        with due as (
          select due_at from intention
          where parked_at is null and ready_at <= $1::timestamptz + ${handedOutWithin} and due_at <= $1)
        select (select count(*)::integer from due) as due,
          (select count(*)::integer from due where due_at <= $2) as late,
          (select min(due_at) from due) as "oldestDueAt",
          (select count(*)::integer from intention where parked_at is not null) as parked,
          (select count(*)::integer from delta) as unfolded,
          (select count(*)::integer from mail where sent_at is null) as "unsentMails",
          (select count(*)::integer from worker where seen_at > $3) as workers`,
      values: [now, new Date(now.getTime() - lateMs), new Date(now.getTime() - silentMs)],
    });
    return rows[0] as Backlog;
  },

  async waiting({ state, task, rule, queue, limit, after }, now) {
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const { column, field, condition } = stateSql(state, bind, now);
    const conditions = [condition];
    if (task !== undefined) conditions.push(`t.code = ${bind(task)}`);
    if (rule !== undefined) conditions.push(`i.rule = ${bind(rule)}`);
    if (queue !== undefined) conditions.push(`i.queue = ${bind(queue)}`);
    if (after) conditions.push(`(${column}, i.id) > (${bind(after.value)}::timestamptz, ${bind(after.id)}::bigint)`);
    const { rows } = await pool.query<WaitingRow>(
      `select ${waitingColumns}
       from intention i left join task t on t.id = i.task_id
       where ${conditions.join(' and ')} order by ${column}, i.id limit ${bind(limit + 1)}`,
      values,
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit), next: last && { value: (last[field] as Date).toISOString(), id: last.id } };
  },

  async trace(code, now) {
    const { rows: tasks } = await pool.query<{ id: string }>(
      `select id, code, programme, lead_unit as "leadUnit", state, category, due_on as "dueOn", recorded_at as "recordedAt"
       from task where code = $1`,
      [code],
    );
    const task = tasks[0];
    if (!task) return undefined;
    const [waiting, notifications, timerEvents] = await Promise.all([
      // Mails belong to a person, not to a task; their rows name the mail in the payload.
      pool.query<WaitingRow>(
        `select ${waitingColumns} from intention i left join task t on t.id = i.task_id
         where i.task_id = $1
           or i.queue = 'mail' and (i.parked_at is not null or i.ready_at <= $2::timestamptz + ${handedOutWithin})
             and exists (select from jsonb_each_text(i.payload) as p join notification n on n.mail_id::text = p.value
               where n.task_id = $1)
         order by i.due_at, i.id limit ${most}`,
        [task.id, now],
      ),
      pool.query(
        `select n.id, n.event_seq as "eventSeq", n.kind, n.urgency, a.name as recipient, n.created_at as "createdAt",
           n.read_at as "readAt", m.id as "mailId", m.reason as "mailReason", m.address as "mailAddress",
           m.sent_at as "mailSentAt"
         from notification n join account a on a.id = n.account_id left join mail m on m.id = n.mail_id
         where n.task_id = $1 order by n.id desc limit ${most}`,
        [task.id],
      ),
      pool.query(
        `select seq, type, recorded_at as "recordedAt", payload from task_event
         where task_id = $1 and type in ('task.timer_fired', 'task.timer_skipped') order by seq desc limit ${most}`,
        [task.id],
      ),
    ]);
    return { task, waiting: waiting.rows, notifications: notifications.rows, timerEvents: timerEvents.rows };
  },

  async schedules() {
    const { rows } = await pool.query<ScheduleRow>(
      `select key, cron, zone, catch_up_hours as "catchUpHours", since, paused_at as "pausedAt",
         paused_reason as "pausedReason" from schedule order by key`,
    );
    return rows;
  },

  async runs() {
    const { rows } = await pool.query<ScheduleRun & { readonly schedule: string }>(
      `select s.key as schedule, r.* from schedule s cross join lateral (
         select nominal_at as "nominalAt", outcome, detail, started_at as "startedAt", finished_at as "finishedAt"
         from schedule_run where schedule = s.key order by nominal_at desc limit 10) r
       order by s.key, r."nominalAt" desc`,
    );
    const bySchedule = new Map<string, ScheduleRun[]>();
    for (const { schedule, ...run } of rows) {
      const runs = bySchedule.get(schedule);
      if (runs) runs.push(run);
      else bySchedule.set(schedule, [run]);
    }
    return bySchedule;
  },

  async proof() {
    const { rows } = await pool.query<ProofRow>({
      name: 'operations-proof',
      text: `select c.number as checkpoint, c.sealed_at as "sealedAt", r.finished_at as "verifiedAt", r.detail as verification,
          (select since from schedule where key = 'audit-seal') as "sealingSince"
        from (select 1) one
          left join (select number, sealed_at from checkpoint order by number desc limit 1) c on true
          left join (select finished_at, detail from schedule_run where schedule = 'verify' and outcome = 'done'
            order by nominal_at desc limit 1) r on true`,
    });
    return rows[0] as ProofRow;
  },

  async workers(now) {
    const { rows } = await pool.query<WorkerRow>(
      `select id, name, queues, started_at as "startedAt", seen_at as "seenAt", tick_seen_at as "tickSeenAt",
         seen_at > $1 as alive from worker order by seen_at desc, id limit ${most}`,
      [new Date(now.getTime() - silentMs)],
    );
    return rows;
  },

  async audit({ action, actor, object, limit, before }) {
    const { rows } = await pool.query<{ id: string }>(
      `select e.id, e.at, e.actor, a.name as "actorName", e.action, e.object, e.reason, e.detail
       from audit_entry e left join account a on a.id::text = e.actor
       where ($1::text is null or e.action = $1) and ($2::text is null or e.actor = $2)
         and ($3::text is null or e.object = $3) and ($4::bigint is null or e.id < $4)
       order by e.id desc limit $5`,
      [action, actor, object, before, limit + 1],
    );
    return { items: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
  },
});

const waitingColumns = `i.id, i.queue, i.kind, i.task_id as "taskId", t.code as task, i.rule, i.occurrence, i.anchor,
  i.due_at as "dueAt", i.ready_at as "readyAt", i.attempts, i.last_error as "lastError", i.parked_at as "parkedAt"`;

/** Each state with the column it is paged by, so that an index serves it. */
const stateSql = (
  state: WaitingState,
  bind: (value: unknown) => string,
  now: Date,
): { readonly column: string; readonly field: 'dueAt' | 'readyAt' | 'parkedAt'; readonly condition: string } => {
  if (state === 'parked') return { column: 'i.parked_at', field: 'parkedAt', condition: 'i.parked_at is not null' };
  const at = `${bind(now)}::timestamptz`;
  switch (state) {
    // Not due yet means never handed out: ready_at still equals due_at.
    case 'upcoming':
      return {
        column: 'i.ready_at',
        field: 'readyAt',
        condition: `i.parked_at is null and i.ready_at > ${at} and i.due_at > ${at}`,
      };
    case 'due':
    case 'late': {
      const until = state === 'due' ? at : `${at} - interval '${lateMs} milliseconds'`;
      return {
        column: 'i.due_at',
        field: 'dueAt',
        condition: `i.parked_at is null and i.ready_at <= ${at} + ${handedOutWithin} and i.due_at <= ${until}`,
      };
    }
    default:
      return state satisfies never;
  }
};
