// The whole database as of one moment: one read-only transaction under REPEATABLE READ, so that a running system gives
// no false alarm, read in pages, so that memory does not grow with the number of tasks.

import type pg from 'pg';
import type { SealedHead } from '../../application/audit/verdict.ts';
import type {
  Sizes,
  StoredAnswer,
  StoredDefinition,
  StoredEvent,
  StoredEvidence,
  StoredTask,
  TableCheck,
  TimerRow,
  VerifySource,
  VerifyView,
  Watch,
  WrongRow,
} from '../../application/operations/verify-source.ts';
import type { Clock } from '../../application/ports.ts';
import type { FrozenReport } from '../../application/reports/freeze.ts';
import type { Signing } from '../../domain/organisation/signing.ts';
import { type CalendarDay, type WorkingCalendar, workingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { Task, TaskEvent } from '../../domain/workflow/task.ts';
import { checkpointPages, entryPages, leafPages } from './checkpoints.ts';
import { actedFor, eventFacets, searchText, type TaskRow, taskFromRow } from './task-rows.ts';
import { tableChecks } from './verify-tables.ts';

const tasksPerPage = 500;
const answersPerPage = 1_000;
const reportsPerPage = 20;
const filesPerPage = 500;

export const verifySource = (pool: pg.Pool, clock: Clock): VerifySource => ({
  async snapshot(look) {
    const client = await pool.connect();
    try {
      const now = clock.now();
      await client.query('begin isolation level repeatable read read only');
      // Some comparisons read whole tables, and a report that is computed again takes its time between two statements.
      await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
      const answer = await look(await viewOf(client, now));
      await client.query('commit');
      client.release();
      return answer;
    } catch (error) {
      // Closed rather than handed back: nobody may meet its open transaction.
      client.release(true);
      throw error;
    }
  },
});

const viewOf = async (client: pg.PoolClient, now: Date): Promise<VerifyView> => {
  const calendars = await readCalendars(client);
  return {
    now,
    watches: (await client.query<Watch>('select started_at as "startedAt", seen_at as "seenAt" from worker')).rows,
    definitions: (
      await client.query<StoredDefinition>(
        'select key, version, status, sha256, body from workflow_definition order by key, version',
      )
    ).rows,
    sizes: await readSizes(client),
    tableChecks: tableChecks.map(({ invariant, text }) => ({ invariant, find: findIn(client, text, now) })),
    taskBatches: () => pages((last) => readTasks(client, calendars, last)),
    answerBatches: () => pages((last) => readAnswers(client, last)),
    async *reports() {
      for await (const page of pages<FrozenReport>((last) => readReports(client, last))) yield* page;
    },
    async *files() {
      for await (const page of pages<StoredEvidence>((last) => readFiles(client, last))) yield* page;
    },
    checkpointBatches: () => checkpointPages(client),
    leavesOf: (checkpoint) => leafPages(client, checkpoint),
    entryBatches: () => entryPages(client),
    facetsOf: eventFacets,
    searchTextOf: searchText,
  };
};

/** Reads one page ahead: the database works while the page before is judged. */
export async function* pages<T>(read: (last: T | undefined) => Promise<readonly T[]>): AsyncGenerator<readonly T[]> {
  for (let page = await read(undefined); page.length > 0; ) {
    const next = read(page.at(-1));
    // Whoever stops asking must not leave a rejection behind that nobody hears.
    next.catch(() => undefined);
    yield page;
    page = await next;
  }
}

export interface EventRow {
  readonly task_id: string;
  readonly seq: number;
  readonly type: TaskEvent['type'];
  readonly actor: string | null;
  readonly capacity: string;
  readonly on_behalf_of: string | null;
  readonly signing: Signing | null;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly cause: string;
  readonly payload: TaskEvent['payload'];
  readonly state: string | null;
  readonly category: string | null;
  readonly submitted_on: string | null;
  readonly due_on: string | null;
  readonly estimate: string | null;
  readonly lead_unit: string | null;
  readonly prev_hash: string;
  readonly hash: string;
}

interface TimerRowOfTask extends TimerRow {
  readonly task_id: string;
}

type ReadTask = TaskRow & { readonly search: string; readonly calendar: string };

const readTasks = async (
  client: pg.PoolClient,
  calendars: ReadonlyMap<string, WorkingCalendar>,
  last: StoredTask | undefined,
): Promise<readonly StoredTask[]> => {
  const { rows } = await client.query<ReadTask>({
    name: 'verify-tasks',
    text: `select t.*, p.calendar from task t join programme p on p.code = t.programme
      where $1::uuid is null or t.id > $1 order by t.id limit $2`,
    values: [last?.task.id ?? null, tasksPerPage],
  });
  const ids = rows.map(({ id }) => id);
  const events = await client.query<EventRow>({
    name: 'verify-events',
    text: 'select * from task_event where task_id = any($1::uuid[]) order by task_id, seq',
    values: [ids],
  });
  const timers = await client.query<TimerRowOfTask>({
    name: 'verify-timers',
    text: `select task_id, rule, occurrence as k, anchor, due_at as "dueAt", attempts, parked_at is not null as parked,
        last_error as "lastError"
      from intention where rule is not null and task_id = any($1::uuid[]) order by task_id, rule`,
    values: [ids],
  });
  const sealed = await client.query<SealedHead & { readonly task_id: string }>({
    name: 'verify-sealed-heads',
    text: `select object as task_id, checkpoint, seq, hash from checkpoint_leaf
      where kind = 'task' and object = any($1::text[]) order by object, checkpoint`,
    values: [ids],
  });
  const sealedOf = byTask(sealed.rows);
  const eventsOf = byTask(events.rows);
  const timersOf = byTask(timers.rows);
  return rows.map((row) => ({
    task: taskFromRow(row),
    headHash: row.head_hash,
    searchText: row.search,
    calendar: calendarNamed(calendars, row.calendar),
    events: (eventsOf.get(row.id) ?? []).map(storedEvent),
    timers: timersOf.get(row.id) ?? [],
    sealed: sealedOf.get(row.id) ?? [],
  }));
};

const byTask = <R extends { readonly task_id: string }>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> => {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.task_id);
    if (group) group.push(row);
    else groups.set(row.task_id, [row]);
  }
  return groups;
};

/** The event exactly as it was hashed. */
export const storedEvent = (row: EventRow): StoredEvent => ({
  event: {
    taskId: row.task_id,
    seq: row.seq,
    type: row.type,
    actor: row.actor,
    capacity: row.capacity,
    ...actedFor(row),
    effectiveAt: row.effective_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    payload: row.payload,
  } as TaskEvent,
  cause: row.cause,
  prevHash: row.prev_hash,
  hash: row.hash,
  facets: {
    state: row.state,
    category: row.category,
    submitted_on: row.submitted_on,
    due_on: row.due_on,
    estimate: row.estimate,
    lead_unit: row.lead_unit,
  },
});

const calendarNamed = (calendars: ReadonlyMap<string, WorkingCalendar>, key: string): WorkingCalendar => {
  const calendar = calendars.get(key);
  if (!calendar) throw new Error(`There is no calendar ${key}.`);
  return calendar;
};

const readCalendars = async (client: pg.PoolClient): Promise<ReadonlyMap<string, WorkingCalendar>> => {
  const { rows } = await client.query<{
    key: string;
    zone: string;
    version: number;
    days: readonly CalendarDay[];
  }>(`select c.key, c.zone, c.version, coalesce((
      select json_agg(json_build_object('date', d.date, 'kind', d.kind, 'name', d.name, 'source', d.source) order by d.date)
      from calendar_day d where d.calendar = c.key), '[]') as days
    from calendar c`);
  return new Map(rows.map((row) => [row.key, workingCalendar(row)]));
};

/** Only a command on one task keeps its version as entity tag beside an answer that names the task. */
const readAnswers = async (client: pg.PoolClient, last: StoredAnswer | undefined): Promise<readonly StoredAnswer[]> => {
  let after = last && { actor: last.actor, key: last.key };
  for (;;) {
    const { rows } = await client.query<{ actor: string; key: string; etag: string; response: string }>({
      name: 'verify-answers',
      text: `select actor, key, etag, response from idempotency
        where etag is not null and status between 200 and 299 and ($1::text is null or (actor, key) > ($1, $2))
        order by actor, key limit $3`,
      values: [after?.actor ?? null, after?.key ?? null, answersPerPage],
    });
    const answers = rows.flatMap(taskAnswer);
    // A page without a single task's answer is not yet the end.
    if (answers.length > 0 || rows.length < answersPerPage) return withEvents(client, answers);
    after = rows.at(-1);
  }
};

type Told = Omit<StoredAnswer, 'seq'>;

const taskAnswer = ({ actor, key, etag, response }: Record<'actor' | 'key' | 'etag' | 'response', string>): Told[] => {
  try {
    const { id, version } = JSON.parse(response) as Partial<Task>;
    if (typeof id !== 'string' || !uuidPattern.test(id) || etag !== `"v${version}"`) return [];
    return [{ actor, key, taskId: id, version: Number(version) }];
  } catch {
    return [];
  }
};

const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const withEvents = async (client: pg.PoolClient, answers: readonly Told[]): Promise<readonly StoredAnswer[]> => {
  const { rows } = await client.query<{ seq: number | null }>({
    name: 'verify-answer-events',
    text: `select e.seq from unnest($1::uuid[], $2::text[]) with ordinality as a(task_id, cause, n)
      left join task_event e on e.task_id = a.task_id and e.cause = a.cause order by a.n`,
    values: [answers.map(({ taskId }) => taskId), answers.map(({ actor, key }) => `command:${actor}:${key}`)],
  });
  return answers.map((answer, index) => ({ ...answer, seq: rows[index]?.seq ?? null }));
};

export const readReports = async (
  client: pg.PoolClient,
  last: FrozenReport | undefined,
): Promise<readonly FrozenReport[]> => {
  const { rows } = await client.query<Omit<FrozenReport, 'knownAt'> & { knownAt: Date }>({
    text: `select id, programme, as_of as "asOf", known_at as "knownAt", body, sha256, created_by as "createdBy",
        created_at as "createdAt"
      from report_run where $1::uuid is null or id > $1 order by id limit $2`,
    values: [last?.id ?? null, reportsPerPage],
  });
  return rows.map((row) => ({ ...row, knownAt: row.knownAt.toISOString() }));
};

const readFiles = async (
  client: pg.PoolClient,
  last: StoredEvidence | undefined,
): Promise<readonly StoredEvidence[]> => {
  const { rows } = await client.query<StoredEvidence>({
    name: 'verify-files',
    text: `select f.id, t.code as "taskCode", f.storage_key as "storageKey", f.bytes, f.sha256
      from evidence_file f join task t on t.id = f.task_id
      where f.linked_seq is not null and ($1::uuid is null or f.id > $1) order by f.id limit $2`,
    values: [last?.id ?? null, filesPerPage],
  });
  return rows;
};

const readSizes = async (client: pg.PoolClient): Promise<Sizes> => {
  const { rows } = await client.query<Record<keyof Sizes, string>>(`select
      (select count(*) from notification) + (select count(*) from intention where queue = 'notify') as notices,
      (select count(*) from schedule_run) as "scheduleRuns",
      (select count(*) from intention where rule is null) as intentions,
      (select count(*) from mail) as mails,
      (select count(*) from daily_tally) + (select count(*) from delta) as tallies,
      (select count(*) from report_run) as reports,
      (select count(*) from evidence_file where state = 'kept') as files`);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([key, value]) => [key, Number(value)])) as Sizes;
};

const findIn =
  (client: pg.PoolClient, text: string, now: Date): TableCheck['find'] =>
  async (limit) => {
    const { rows } = await client.query<WrongRow & { broken: string; warned: string }>(
      `with moment as (select $1::timestamptz as now)
       select w.*, count(*) filter (where not w.warning) over () as broken, count(*) filter (where w.warning) over () as warned
       from (${text}) w order by w.warning, w."row" limit $2`,
      [now, limit],
    );
    return {
      broken: Number(rows[0]?.broken ?? 0),
      warned: Number(rows[0]?.warned ?? 0),
      rows: rows.map(({ row, message, warning }) => ({ row, message, warning })),
    };
  };
