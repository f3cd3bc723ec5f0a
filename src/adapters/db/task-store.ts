// The hot path: one prepared read, one prepared write. Everything about a change of tasks, for one task or for
// hundreds, goes through `commit`; its statement is the transaction.

import type pg from 'pg';
import {
  type Answer,
  type DoneItem,
  type EarlierAnswer,
  type Ground,
  type IdempotencyKey,
  IdempotencyRace,
  type LoadedTask,
  type StoredTimer,
  type TaskChange,
  type TaskStore,
} from '../../application/ports.ts';
import type { Appraiser } from '../../domain/appraisal/panel.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Roll } from '../../domain/schedule/due.ts';
import type { ProgrammeRules } from '../../domain/workflow/circumstances.ts';
import type { FileOnTask } from '../../domain/workflow/evidence.ts';
import { batched } from './batched.ts';
import { commitStatement } from './commit-statement.ts';
import { presentActor } from './present-actor.ts';
import type { ReferenceData } from './reference-data.ts';
import { dayAt } from './standing-sql.ts';
import { type TaskRow, taskFromRow } from './task-rows.ts';
import { heirs, type StandingRow, standsAt, unitLineOf } from './unit-sql.ts';

interface LoadedRow extends TaskRow {
  readonly programme_roll: Roll | null;
  readonly programme_soon_days: number;
  readonly programme_illustrative: boolean;
  readonly programme_reopen_days: number;
  readonly programme_max_extensions: number | null;
  readonly programme_calendar: string;
  readonly calendar_version: number;
  readonly unit_line: readonly string[];
  readonly central_units: readonly string[];
  readonly appraisers: readonly Appraiser[] | null;
  readonly frozen_on: string | null;
  readonly inheritance: LoadedTask['inheritance'] | null;
}
interface AnswerRow extends Answer {
  readonly body_hash: string;
}

/** A pool, or one connection inside a longer transaction (imports). */
export type Queryable = Pick<pg.Pool, 'query'>;

/**
 * @param database for few rows at a time (see PoolSettings.byKey)
 * @param bulk for hundreds at a time; absent: the same
 */
export const taskStore = (database: Queryable, reference: ReferenceData, bulk: Queryable = database): TaskStore => {
  const loaded = async (row: LoadedRow): Promise<LoadedTask> => ({
    task: taskFromRow(row),
    headHash: row.head_hash,
    programme: rulesOf({
      code: row.programme,
      roll: row.programme_roll,
      soon_days: row.programme_soon_days,
      illustrative: row.programme_illustrative,
      reopen_days: row.programme_reopen_days,
      max_extensions: row.programme_max_extensions,
    }),
    calendar: await reference.calendar(row.programme_calendar, row.calendar_version),
    definition: await reference.definition(row.definition_key, row.definition_version),
    unitLine: row.unit_line,
    centralUnits: row.central_units,
    appraisers: row.appraisers ?? [],
    frozenOn: row.frozen_on,
    inheritance: row.inheritance ?? [],
  });

  const byId = async (rows: readonly LoadedRow[]): Promise<ReadonlyMap<string, LoadedTask>> => {
    const tasks = new Map<string, LoadedTask>();
    for (const row of rows) if (!tasks.has(row.id)) tasks.set(row.id, await loaded(row));
    return tasks;
  };

  const earlierAnswer = async ({ actor, key }: IdempotencyKey): Promise<EarlierAnswer | undefined> => {
    const { rows } = await database.query<AnswerRow>({
      name: 'earlier-answer',
      text: 'select status, etag, response, body_hash from idempotency where actor = $1 and key = $2',
      values: [actor, key],
    });
    return rows[0] && earlier(rows[0]);
  };

  const loadEach = async (asked: readonly Asked[]): Promise<readonly Loaded[]> => {
    const { rows } = await database.query<LoadedRow & { readonly earlier: AnswerRow | null }>({
      name: 'load-each',
      text: loadEachText,
      values: [asked.map(({ taskId }) => taskId), asked.map(({ key }) => key?.actor), asked.map(({ key }) => key?.key)],
    });
    const completed = await complete(rows.filter((row, index) => wantsMore(row, asked[index]?.whole ?? false)));
    return Promise.all(
      rows.map(async (row, index) => {
        const whole = completed.get(row.id) ?? row;
        const key = asked[index]?.key;
        // It may be this very request, sent before and answered to nobody, by which the task moved in between.
        const moved = key !== undefined && row.earlier === null && whole.seq !== row.seq;
        return {
          loaded: row.id === null ? undefined : await loaded(whole),
          earlier: moved ? await earlierAnswer(key) : row.earlier ? earlier(row.earlier) : undefined,
        };
      }),
    );
  };

  /**
   * The dear part of the read, for the few tasks whose state needs it. A task that moved between the two statements is read again
   * whole, so that nobody judges by two of its states.
   */
  const complete = async (rows: readonly LoadedRow[]): Promise<ReadonlyMap<string, LoadedRow>> => {
    if (rows.length === 0) return new Map();
    const ids = rows.map(({ id }) => id);
    const { rows: found } = await database.query<MoreRow>({ name: 'load-more', text: loadMoreText, values: [ids] });
    const more = new Map(found.map((row) => [row.id, row]));
    const moved = rows.filter(({ id, seq }) => more.get(id)?.seq !== seq).map(({ id }) => id);
    const again = moved.length === 0 ? [] : await wholeRows(moved);
    return new Map([...rows.map((row) => ({ ...row, ...more.get(row.id) })), ...again].map((row) => [row.id, row]));
  };

  const wholeRows = async (taskIds: readonly string[]): Promise<readonly LoadedRow[]> => {
    const text = `${loadColumns('whole')} where t.id = any($1::uuid[])`;
    return (await database.query<LoadedRow>({ name: 'load-tasks', text, values: [taskIds] })).rows;
  };

  const commitAll = async (changes: readonly TaskChange[], now: Date): Promise<ReadonlySet<string>> => {
    try {
      const { rows } = await (changes.length > together.most ? bulk : database).query<{ id: string }>(
        commitStatement(changes, now),
      );
      return new Set(rows.map(({ id }) => id));
    } catch (error) {
      throw translated(error);
    }
  };
  const commitEach = async (asked: readonly { readonly change: TaskChange; readonly now: Date }[]) => {
    const written = await commitAll(
      asked.map(({ change }) => change),
      asked.at(-1)?.now ?? new Date(0),
    );
    return asked.map(({ change }) => written.has(change.next.id));
  };

  const loadOne = batched(loadEach, together);
  const commitOne = batched(commitEach, { ...together, apart: ({ change }) => change.next.id });

  return {
    earlierAnswer,

    async keepKey({ actor, key, bodyHash }, now) {
      // Written even when it is there: so that the row that was first is read, whoever wrote it.
      const { rows } = await database.query<{ body_hash: string }>({
        name: 'keep-key',
        text: `insert into idempotency (actor, key, body_hash, status, etag, response, recorded_at)
          values ($1, $2, $3, 200, null, '', $4)
          on conflict (actor, key) do update set recorded_at = idempotency.recorded_at returning body_hash`,
        values: [actor, key, bodyHash, now],
      });
      if (rows[0]?.body_hash !== bodyHash) throw new Refusal('idempotency_key.reused', { key });
    },

    async doneUnder(cause, taskIds) {
      const { rows } = await database.query<DoneItem>({
        name: 'done-under',
        text: doneUnderText,
        values: [cause, taskIds],
      });
      return rows;
    },

    load: async (taskIds) => byId(await wholeRows(taskIds)),

    loadOne: (taskId, key, whole = false) => loadOne({ taskId, key, whole }),

    async files(taskId, ids) {
      const { rows } = await database.query<FileOnTask>({
        name: 'files-of-task',
        text: `select id, sha256, bytes, type, uploaded_by as by, scan from evidence_file
          where id = any($2::uuid[]) and task_id = $1 and state = 'kept'`,
        values: [taskId, ids],
      });
      return new Map(rows.map((file) => [file.id, file]));
    },

    async loadTimers(intentionIds) {
      const { rows } = await database.query<LoadedRow & TimerRow>({
        name: 'load-timers',
        // A timer needs neither the line nor the appraisers: it decides nothing.
        text: `${loadColumns('timer').replace('select', 'select i.id as intention_id, i.rule, i.occurrence, i.anchor,')}
          join intention i on i.task_id = t.id where i.id = any($1::bigint[]) and i.rule is not null order by i.id`,
        values: [intentionIds],
      });
      const timers = rows.map(
        (row): StoredTimer => ({
          intentionId: row.intention_id,
          taskId: row.id,
          rule: row.rule,
          k: row.occurrence,
          anchor: row.anchor,
        }),
      );
      return { timers, tasks: await byId(rows) };
    },

    ground: (programme, workflow) => ground(database, reference, programme, workflow),

    async unitLine(unit, now) {
      const { rows } = await database.query<StandingRow>({
        name: 'unit-line',
        text: `select ${unitLineOf('select u.code')} as unit_line, u.valid_from as "validFrom", u.successor, not (${standsAt('$2')}) as ended,
            u.valid_from > ${dayAt('$2')} as early
          from unit u where u.code = $1`,
        values: [unit, now],
      });
      if (!rows[0]) throw new Refusal('unit.not_found', { unit });
      const { unit_line, ended, early, successor, validFrom } = rows[0];
      if (early) throw new Refusal('unit.not_begun', { unit, validFrom });
      if (ended) throw new Refusal('unit.ended', { unit, successor });
      return unit_line;
    },

    actor: presentActor(database),

    async commit(changes, now) {
      const [change] = changes;
      if (changes.length === 1 && change)
        return (await commitOne({ change, now })) ? new Set([change.next.id]) : new Set();
      return commitAll(changes, now);
    },
  };
};

/** The state is what the last move up to that event led to: the task may have gone on since. */
const doneUnderText = `
  select t.id, t.code, e.seq as version, at.state, at.category, case
      when e.type = 'task.vote_cast' then 'voted' when e.type = 'task.move_proposed' then 'proposed'
      when e.payload ? 'answer' then 'decided' else 'moved' end as result
  from task_event e join task t on t.id = e.task_id
  cross join lateral (select m.state, m.category from task_event m
    where m.task_id = e.task_id and m.seq <= e.seq and m.state is not null order by m.seq desc limit 1) at
  where e.cause = $1 and e.task_id = any($2::uuid[])`;

interface Asked {
  readonly taskId: string;
  readonly key: IdempotencyKey | undefined;
  readonly whole: boolean;
}
type Loaded = Awaited<ReturnType<TaskStore['loadOne']>>;

/** Two statements of each kind at a time, so that one that waits for a lock does not hold up all others. */
const together = { lanes: 2, most: 64 };

interface TimerRow {
  readonly intention_id: string;
  readonly rule: string;
  readonly occurrence: number;
  readonly anchor: string;
}

const earlier = ({ status, etag, response, body_hash }: AnswerRow): EarlierAnswer => ({
  status,
  etag,
  response,
  bodyHash: body_hash,
});

/** Units the person has belonged to since the task was assigned, in any role; those a specialist follows are not theirs. */
function unitsSince(account: string): string {
  return `array(select distinct x.unit from membership x
        where x.account_id = ${account} and x.unit is not null and x.role <> 'specialist' and (x.valid_to is null or x.valid_to > t.assigned_on))`;
}

/** Accounts with the role of appraiser for the agencies on the task, in its field, with who stands in for them. */
const appraisersOf = `(select json_agg(json_build_object('account', a.id, 'name', a.name, 'unit', m.unit,
      'validFrom', m.valid_from, 'validTo', m.valid_to, 'units', ${unitsSince('a.id')},
      'absences', coalesce((select json_agg(json_build_object('from', s.from_day, 'until', s.until_day, 'signing', s.signing,
          'substitute', case when b.active then json_build_object('account', b.id, 'name', b.name, 'units', ${unitsSince('b.id')}) end)
          order by s.from_day, s.id)
        from absence s left join account b on b.id = s.substitute
        where s.account_id = a.id and s.cancelled_at is null and s.until_day > t.assigned_on), '[]')) order by m.id)
    from membership m join account a on a.id = m.account_id
    where m.role = 'appraiser' and a.active and (m.unit = t.appraiser_unit or t.participants ? m.unit)
      and (m.field is null or m.field = t.field))`;

/** Also the units that a reorganisation took the task from: their people do not judge what they worked at. */
const everLed = `select t.lead_unit union select led->>'unit' from jsonb_array_elements(t.former_units) led`;

/**
 * @param extent whole: with the unit's line, the appraisers, and for a final task what its reopening needs; timer: with the central
 *   agencies in place of line and appraisers, since a timer decides nothing; later: the dear part is read after, where the state
 *   needs it
 */
const loadColumns = (
  extent: 'whole' | 'timer' | 'later',
): string => `select t.*, p.roll as programme_roll, p.soon_days as programme_soon_days,
    p.illustrative as programme_illustrative, p.reopen_days as programme_reopen_days, p.max_extensions as programme_max_extensions, p.calendar as programme_calendar,
    c.version as calendar_version,
    ${extent === 'whole' ? unitLineOf(everLed) : noUnits} as unit_line,
    ${extent === 'whole' ? appraisersOf : 'null'} as appraisers,
    ${extent === 'timer' ? centralUnits : noUnits} as central_units,
    ${extent === 'later' ? 'null' : frozenOn} as frozen_on,
    ${extent === 'later' ? 'null' : heirsOfFinal} as inheritance
  from task t join programme p on p.code = t.programme join calendar c on c.key = p.calendar`;

const noUnits = `'{}'::text[]`;

/** Only timers ask who is central: nothing else escalates. */
const centralUnits = `array(select code from unit where code in (t.lead_unit, t.appraiser_unit) and class = 'central')`;

/** Of the units on a task, those that are no more. */
const inheritanceOf = `(select json_agg(json_build_object('unit', u.code, 'name', u.name, 'heir', nullif(h.heir, u.code), 'heirName', x.name,
      'reorganisation', r.id, 'kind', r.kind, 'document', r.document))
    from unit u join ${heirs} h on h.unit = u.code join unit x on x.code = h.heir
      left join lateral (select r.id, r.kind, r.document from reorganisation r where r.status = 'done' and r.predecessors ? u.code
        order by r.effective_on desc limit 1) r on true
    where u.valid_to is not null and (u.code in (t.lead_unit, t.appraiser_unit) or t.participants ? u.code))`;

const frozenOn =
  'case when t.finished_on is not null then (select max(r.as_of) from report_run r where r.programme = t.programme) end';
const heirsOfFinal = `case when t.finished_on is not null then ${inheritanceOf} end`;

/** What only some states need: who may judge, and what a final task would be reopened under. */
const wantsMore = ({ id, category, finished_on }: LoadedRow, whole: boolean): boolean =>
  Boolean(id) && (whole || category === 'in_progress' || category === 'awaiting_appraisal' || finished_on !== null);

type MoreRow = Pick<LoadedRow, 'id' | 'seq' | 'unit_line' | 'appraisers' | 'frozen_on' | 'inheritance'>;

const loadMoreText = `
  select t.id, t.seq, ${unitLineOf(everLed)} as unit_line, ${appraisersOf} as appraisers, ${frozenOn} as frozen_on,
    ${heirsOfFinal} as inheritance
  from task t where t.id = any($1::uuid[])`;

/** One row per question, in the order of the questions, whether the task is there or not. */
const loadEachText = `${loadColumns('later')
  .replace(
    'select',
    `select case when i.key is not null then json_build_object('status', i.status, 'etag', i.etag, 'response', i.response,
      'body_hash', i.body_hash) end as earlier,`,
  )
  .replace(
    'from task t join programme p on p.code = t.programme join calendar c on c.key = p.calendar',
    `from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as asked(id, actor, key, number)
      left join task t on t.id = asked.id left join programme p on p.code = t.programme left join calendar c on c.key = p.calendar
      left join idempotency i on i.actor = asked.actor and i.key = asked.key`,
  )} order by asked.number`;

interface RulesRow {
  readonly code: string;
  readonly roll: Roll | null;
  readonly soon_days: number;
  readonly illustrative: boolean;
  readonly reopen_days: number;
  readonly max_extensions: number | null;
}

const rulesOf = ({ code, roll, soon_days, illustrative, reopen_days, max_extensions }: RulesRow): ProgrammeRules => ({
  code,
  soonDays: soon_days,
  illustrative,
  reopenDays: reopen_days,
  maxExtensions: max_extensions,
  ...(roll === null ? {} : { roll }),
});

const ground = async (
  database: Queryable,
  reference: ReferenceData,
  programme: string,
  workflow: string | undefined,
): Promise<Ground> => {
  const { rows } = await database.query<
    RulesRow & {
      readonly calendar: string;
      readonly calendar_version: number;
      readonly workflow: string;
      readonly version: number | null;
      readonly sha256: string | null;
    }
  >({
    name: 'ground',
    text: `select p.code, p.roll, p.soon_days, p.illustrative, p.reopen_days, p.max_extensions, p.calendar, c.version as calendar_version, coalesce($2, p.workflow) as workflow, d.version, d.sha256
      from programme p join calendar c on c.key = p.calendar
      left join lateral (select version, sha256 from workflow_definition
        where key = coalesce($2, p.workflow) and status = 'published' order by version desc limit 1) d on true
      where p.code = $1`,
    values: [programme, workflow ?? null],
  });
  const row = rows[0];
  if (!row) throw new Refusal('programme.not_found', { programme });
  if (row.version === null || row.sha256 === null)
    throw new Refusal('definition.not_published', { workflow: row.workflow });
  return {
    programme: rulesOf(row),
    calendar: await reference.calendar(row.calendar, row.calendar_version),
    definition: await reference.definition(row.workflow, row.version),
    pin: { key: row.workflow, version: row.version, sha256: row.sha256 },
  };
};

/** Unique keys are how two writers meet; which one was met tells what to do about it. */
const translated = (error: unknown): unknown => {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23505') return error;
  if (constraint === 'idempotency_pkey') return new IdempotencyRace();
  if (constraint === 'task_code_key' || constraint === 'task_pkey') return new Refusal('task.exists');
  return error;
};
