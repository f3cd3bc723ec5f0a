import type pg from 'pg';
import type {
  NewObligation,
  ObligationFilter,
  ObligationRow,
  ObligationStore,
} from '../../application/obligations/ports.ts';
import type { TaskScope } from '../../domain/organisation/policy.ts';
import type { Unit } from '../../domain/organisation/units.ts';
import { withinScope } from './queries/scope.ts';

export const obligationStore = (pool: pg.Pool, units: () => Promise<readonly Unit[]>): ObligationStore => ({
  async reporting(programme) {
    const { rows } = await pool.query(
      `select programme, version, regimes, set_by as "setBy", set_at as "setAt" from reporting where programme = $1`,
      [programme],
    );
    return rows[0];
  },

  async allReporting() {
    const { rows } = await pool.query(
      `select programme, version, regimes, set_by as "setBy", set_at as "setAt" from reporting order by programme`,
    );
    return rows;
  },

  async setReporting({ programme, version, regimes, setBy, setAt }) {
    const values = [programme, version, JSON.stringify(regimes), setBy, setAt];
    const { rowCount } = await pool.query(version === 1 ? firstText : nextText, values);
    return rowCount === 1;
  },

  async existing(programme, year) {
    const { rows } = await pool.query<{ id: string }>(
      'select id from report_obligation where programme = $1 and due_on >= $2 and due_on < $3 and year = $4',
      // A deadline that was rolled may lie a few days beyond its year.
      [programme, `${year}-01-01`, `${year + 1}-02-01`, year],
    );
    return rows.map(({ id }) => id);
  },

  async add(obligations, now) {
    const { rows } = await pool.query<{ id: string }>(addText, [JSON.stringify(obligations.map(newRow)), now]);
    return rows.map(({ id }) => id);
  },

  async list(filter) {
    const { rows } = await pool.query<ObligationRow>(listStatement(filter));
    return rows;
  },

  async find(id, scope) {
    const { rows } = await pool.query<ObligationRow>(findStatement(id, scope));
    return rows[0];
  },

  units,
});

const firstText = `insert into reporting (programme, version, regimes, set_by, set_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing`;
const nextText = `update reporting set version = $2, regimes = $3, set_by = $4, set_at = $5
  where programme = $1 and version = $2 - 1`;

/** $1 obligations, $2 now. */
export const addText = `
  insert into report_obligation (id, programme, regime, year, period, period_name, unit, level, from_on, cut_off_on, due_on,
    aggregator_due_on, upper_due_on, created_at)
  select o.*, $2 from json_to_recordset($1::json) as o(id uuid, programme text, regime text, year integer, period text,
    period_name text, unit text, level text, from_on date, cut_off_on date, due_on date, aggregator_due_on date, upper_due_on date)
  order by o.id on conflict do nothing returning id`;

const newRow = (one: NewObligation) => ({
  id: one.id,
  programme: one.programme,
  regime: one.regime,
  year: one.year,
  period: one.key,
  period_name: one.name,
  unit: one.unit,
  level: one.level,
  from_on: one.from,
  cut_off_on: one.cutOffOn,
  due_on: one.dueOn,
  aggregator_due_on: one.aggregatorDueOn,
  upper_due_on: one.upperDueOn,
});

/** The list, the matrix and the export are this one statement; years and units cost what they hold, not what the table does. */
export const listStatement = ({ programme, from, to, unit, level, scope }: ObligationFilter): pg.QueryConfig => {
  const values: unknown[] = [programme, from, to];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const within = withinScope(scope, bind);
  const conditions = [
    'o.programme = $1 and o.due_on >= $2 and o.due_on <= $3',
    ...(within === undefined ? [] : [within]),
    ...(unit === undefined ? [] : [ofUnit(bind(unit))]),
    ...(level === undefined ? [] : [`o.level = ${bind(level)}`]),
  ];
  return { text: `${listed} where ${conditions.join(' and ')} ${inOrder}`, values };
};

const findStatement = (id: string, scope: TaskScope): pg.QueryConfig => {
  const values: unknown[] = [id];
  const within = withinScope(scope, (value) => `$${values.push(value)}`);
  const conditions = ['o.id = $1', ...(within === undefined ? [] : [within])];
  return { text: `${listed} where ${conditions.join(' and ')}`, values };
};

const ofUnit = (unit: string): string => `(o.unit = ${unit} or k.lead_unit = ${unit})`;

const inOrder = 'order by u.official_order, o.unit, o.due_on, o.regime, o.period';

// An obligation is a primary key away from its task, and that from its events.
const listed = `
  select o.id, o.programme, o.regime, o.level, o.period, o.period_name as "periodName", o.from_on as "from", o.cut_off_on as "cutOffOn",
    coalesce(k.due_on, o.due_on) as "dueOn", o.due_on as "dueOriginalOn", o.aggregator_due_on as "aggregatorDueOn",
    o.upper_due_on as "upperDueOn", o.unit, u.name as "unitName", k.lead_unit as "heldBy",
    k.category, k.code as "taskCode", k.state as "taskState", k.version, k.submitted_on as "submittedOn", k.returns,
    sent.sent_on as "sentOn", sent.recorded_at as "sentRecordedAt", sent.number as "documentNumber",
    coalesce(answer.missing, '[]') as missing, answer.reason, counted.submissions, k.urgings
  from report_obligation o join task k on k.id = o.id join unit u on u.code = o.unit
  left join lateral (
    select e.payload ->> 'on' as sent_on, e.recorded_at, e.payload -> 'fields' ->> 'document_number' as number from task_event e
    where e.task_id = o.id and e.type = 'task.moved' and e.category = 'awaiting_appraisal' order by e.seq desc limit 1) sent on true
  left join lateral (
    select e.payload -> 'missing' as missing, e.payload ->> 'reason' as reason from task_event e
    where e.task_id = o.id and e.type = 'task.moved' and e.category in ('in_progress', 'not_done', 'stopped')
    order by e.seq desc limit 1) answer on k.category in ('in_progress', 'not_done', 'stopped')
  cross join lateral (
    select count(*)::integer as submissions from task_event e
    where e.task_id = o.id and e.type = 'task.moved' and e.category = 'awaiting_appraisal') counted`;
