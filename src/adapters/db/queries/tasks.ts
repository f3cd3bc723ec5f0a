// Lists of tasks, straight to the shape a screen needs; filters and sorts come from closed lists only.

import type pg from 'pg';
import type { TaskScope } from '../../../domain/organisation/policy.ts';
import type { DeadlineClass } from '../../../domain/schedule/timeliness.ts';
import { fold } from '../../../domain/text.ts';
import type { Category } from '../../../domain/workflow/definition.ts';
import { heirs, unitThen } from '../unit-sql.ts';
import { urgedInRound } from '../urging-sql.ts';
import { knownTasks } from './as-of.ts';
import { isFollowed, withinScope } from './scope.ts';

export type TaskSort = 'code' | '-code' | 'dueOn' | '-dueOn' | 'recordedAt' | '-recordedAt';

export interface TaskFilter {
  readonly programme?: string | undefined;
  readonly units?: readonly string[] | undefined;
  readonly bloc?: string | undefined;
  readonly appraiser?: string | undefined;
  readonly categories?: readonly Category[] | undefined;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly estimate?: string | undefined;
  readonly deadlines?: readonly DeadlineClass[] | undefined;
  readonly text?: string | undefined;
  /** Account that was named to follow the task. */
  readonly follower?: string | undefined;
  /** First and last day on which the deadline may lie, both included; a task without one is in no such list. */
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  /** Urging round in which the task was urged. */
  readonly urgedIn?: string | undefined;
}

export interface TaskListing {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly programme: string;
  readonly unit: string;
  readonly unitName: string;
  readonly appraiser: string | null;
  readonly kind: string;
  readonly state: string;
  readonly category: Category;
  readonly dueOn: string | null;
  readonly submittedOn: string | null;
  readonly estimate: string | null;
  readonly deadline: DeadlineClass;
  /** Who follows the task today. */
  readonly followers: readonly { readonly account: string; readonly unit: string; readonly name: string }[];
  readonly version: number;
  readonly recordedAt: Date;
  /** Of a demonstration programme. */
  readonly illustrative: boolean;
}

export interface TaskPageRequest {
  readonly filter: TaskFilter;
  /** Which tasks the reader may see. */
  readonly scope: TaskScope;
  readonly sort: TaskSort;
  readonly limit: number;
  readonly after?: { readonly value: string; readonly id: string } | undefined;
  /** Present: the tasks as they had happened and were known; a programme is then required. */
  readonly times?: { readonly before: Date; readonly known: Date } | undefined;
  /** Local day against which deadlines are judged. */
  readonly today: string;
  /** Absent: each task with the unit of then; `now`: with whoever has its work today. */
  readonly structure?: 'then' | 'now' | undefined;
}

export interface TaskPage {
  readonly items: readonly TaskListing[];
  /** Of all pages together; counted only within a programme. */
  readonly total: number | null;
  readonly next: { readonly value: string; readonly id: string } | undefined;
}

/**
 * schedule/timeliness.ts in SQL, for filtering; a test holds the two against each other over the whole table of cases.
 * Expects the columns category, due_on, submitted_on, soon_days.
 */
export const deadlineClassSql = (today: string): string => `case
  when category in ('stopped', 'not_done') then 'closed'
  when category = 'done' then case when due_on is null or submitted_on is null then 'done_undated'
    when submitted_on <= due_on then 'done_on_time' else 'done_late' end
  when category = 'awaiting_appraisal' then case when due_on is null or submitted_on is null then 'submitted_undated'
    when submitted_on <= due_on then 'submitted_on_time' else 'submitted_late' end
  when due_on is null then 'undated'
  when ${today} > due_on then 'overdue'
  when due_on - ${today} <= soon_days then 'due_soon'
  else 'in_time' end`;

const sortColumns: Readonly<
  Record<'code' | 'dueOn' | 'recordedAt', { readonly column: string; readonly type: string }>
> = {
  code: { column: 'k.code', type: 'text' },
  dueOn: { column: `coalesce(k.due_on, 'infinity'::date)`, type: 'date' },
  recordedAt: { column: 'k.recorded_at', type: 'timestamptz' },
};

export const listTasks =
  (pool: pg.Pool) =>
  async (request: TaskPageRequest): Promise<TaskPage> => {
    const values: unknown[] = request.times
      ? [request.filter.programme, request.times.before, request.times.known]
      : [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const today = `${bind(request.today)}::date`;
    const conditions = conditionsOf(request, bind, today);
    const { column, type } = sortColumns[request.sort.replace('-', '') as keyof typeof sortColumns];
    const [direction, beyond] = request.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
    const after = request.after
      ? `where (sort_value, id) ${beyond} (${bind(request.after.value)}::${type}, ${bind(request.after.id)}::uuid)`
      : '';
    const source = request.times
      ? 'known'
      : `(select id, code, title, programme, lead_unit, lead_unit as leads_now, appraiser_unit, participants, field, kind, search, version, followers, category, state, submitted_on,
          due_on, estimate, recorded_at from task)`;
    const { rows } = await pool.query<TaskListing & { sort_text: string; total: number | null }>(
      `with ${request.times ? `${knownTasks},` : ''}
      matching as (
        select k.*, ${column} as sort_value, ${deadlineClassSql(today)} as deadline, p.illustrative, u.code as unit, u.name as unit_name
        from ${source} k join programme p on p.code = k.programme ${unitJoin(request)}
        ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''})
      select id, code, title, programme, unit, unit_name as "unitName", appraiser_unit as appraiser, kind, state,
        category, due_on as "dueOn", submitted_on as "submittedOn", estimate, deadline, coalesce((select json_agg(json_build_object('account', a.id, 'unit', f.unit, 'name', a.name) order by f.unit)
          from jsonb_to_recordset(followers) as f(account uuid, unit text) join account a on a.id = f.account), '[]') as followers, version, recorded_at as "recordedAt", illustrative,
        sort_value::text as sort_text, ${request.filter.programme === undefined ? 'null' : '(select count(*)::integer from matching)'} as total
      -- Not by the text: "order by" takes a column of the result first, and texts of instants sort otherwise than instants.
      from matching ${after} order by sort_value ${direction}, id ${direction} limit ${bind(request.limit + 1)}`,
      values,
    );
    const items = rows.slice(0, request.limit);
    const last = rows.length > request.limit ? items.at(-1) : undefined;
    const total =
      rows[0]?.total ?? (rows.length === 0 && !request.after && request.filter.programme !== undefined ? 0 : null);
    return {
      items: items.map(({ sort_text: _sortText, total: _total, ...item }) => item),
      total,
      next: last && { value: last.sort_text, id: last.id },
    };
  };

/** The unit that a task is listed with: its name and bloc of the day listed, or of today. */
const unitJoin = ({ times, structure }: Pick<TaskPageRequest, 'times' | 'structure'>): string => {
  if (structure === 'now') return `join ${heirs} h on h.unit = k.leads_now join unit u on u.code = h.heir`;
  if (!times) return 'join unit u on u.code = k.lead_unit';
  const day = `(($2::timestamptz - interval '1 millisecond') at time zone c.zone)::date`;
  return `join calendar c on c.key = p.calendar cross join lateral (select k.lead_unit as code, s.name, s.bloc
    from ${unitThen('k.lead_unit', day, '$3')} s) u`;
};

/** Whether they followed it by then, as was known: named for a unit, and neither replaced there nor gone with its lead. */
const followedThen = (by: string): string => `exists (select from task_event e
  where e.task_id = k.id and e.type = 'task.follower_named' and e.payload ->> 'follower' = ${by}
    and e.effective_at < $2 and e.recorded_at <= $3
    and not exists (select from task_event m where m.task_id = e.task_id and m.seq > e.seq and m.effective_at < $2 and m.recorded_at <= $3
      and (m.type = 'task.follower_named' and m.payload ->> 'unit' = e.payload ->> 'unit'
        or m.type = 'task.transferred' and m.payload ->> 'from' = e.payload ->> 'unit')))`;

const conditionsOf = (
  { filter, scope, times }: TaskPageRequest,
  bind: (value: unknown) => string,
  today: string,
): readonly string[] => {
  const conditions: string[] = [];
  const within = withinScope(scope, bind);
  if (within !== undefined) conditions.push(within);
  if (filter.programme !== undefined) conditions.push(`k.programme = ${bind(filter.programme)}`);
  if (filter.units) conditions.push(`u.code = any(${bind(filter.units)})`);
  if (filter.bloc !== undefined) conditions.push(`u.bloc = ${bind(filter.bloc)}`);
  if (filter.appraiser !== undefined) conditions.push(`k.appraiser_unit = ${bind(filter.appraiser)}`);
  if (filter.categories) conditions.push(`k.category = any(${bind(filter.categories)})`);
  if (filter.state !== undefined) conditions.push(`k.state = ${bind(filter.state)}`);
  if (filter.follower !== undefined)
    conditions.push(
      times ? followedThen(bind(filter.follower)) : isFollowed(bind(JSON.stringify([{ account: filter.follower }]))),
    );
  if (filter.kind !== undefined) conditions.push(`k.kind = ${bind(filter.kind)}`);
  if (filter.estimate !== undefined)
    conditions.push(`(case when k.category in ('done', 'not_done', 'stopped') then k.category
      else coalesce(k.estimate, 'undeclared') end) = ${bind(filter.estimate)}`);
  if (filter.dueFrom !== undefined) conditions.push(`k.due_on >= ${bind(filter.dueFrom)}::date`);
  if (filter.dueTo !== undefined) conditions.push(`k.due_on <= ${bind(filter.dueTo)}::date`);
  if (filter.urgedIn !== undefined)
    conditions.push(`exists (select from task_event e where e.task_id = k.id and ${urgedInRound('e', bind(filter.urgedIn))}
      ${times ? 'and e.effective_at < $2 and e.recorded_at <= $3' : ''})`);
  if (filter.deadlines) conditions.push(`(${deadlineClassSql(today)}) = any(${bind(filter.deadlines)})`);
  for (const word of fold(filter.text ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 10))
    conditions.push(`k.search like ${bind(`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)}`);
  return conditions;
};
