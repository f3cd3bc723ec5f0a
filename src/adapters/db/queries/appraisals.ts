// What the appraisers' desk and the ledger read beside the tasks.

import type pg from 'pg';
import type { DeskEvent, DeskReader, DeskUnit, LedgerTask } from '../../../application/appraisals/ports.ts';
import type { LedgerReader } from '../../../application/reports/ledger.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { fold } from '../../../domain/text.ts';
import type { ReferenceData } from '../reference-data.ts';

export const deskReader = (pool: pg.Pool): DeskReader => ({
  async candidates({ agencies, courts, programme, unit, indicator, text }) {
    const words = fold(text ?? '')
      .split(' ')
      .filter(Boolean)
      .slice(0, 10)
      .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
    const { rows } = await pool.query<{ id: string }>({
      name: 'desk-candidates',
      text: candidatesText,
      values: [agencies, courts, programme ?? null, unit ?? null, indicator ?? null, words],
    });
    return rows.map(({ id }) => id);
  },

  async units(codes) {
    const { rows } = await pool.query<DeskUnit>({
      name: 'desk-units',
      text: 'select code, name, official_order as "order" from unit where code = any($1)',
      values: [codes],
    });
    return new Map(rows.map((unit) => [unit.code, unit]));
  },

  async events(taskIds) {
    const { rows } = await pool.query<{ id: string; events: readonly DeskEvent[] }>({
      name: 'desk-events',
      text: `select task_id as id, json_agg(json_build_object('seq', seq, 'type', type, 'actor', actor, 'payload', payload)
          order by seq) as events
        from task_event where task_id = any($1::uuid[]) and type in ('task.moved', 'task.recalled',
          'task.information_requested', 'task.information_given', 'task.opinion_given') group by task_id`,
      values: [taskIds],
    });
    return new Map(rows.map(({ id, events }) => [id, events]));
  },

  async names(accounts) {
    const { rows } = await pool.query<{ id: string; name: string }>({
      name: 'desk-names',
      text: 'select id, name from account where id::text = any($1)',
      values: [accounts],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
});

const candidatesText = `
  select t.id from task t
  where t.category = 'awaiting_appraisal'
    and (t.appraiser_unit = any($1::text[]) or t.participants ?| $1::text[] or t.holder = any($2::text[]))
    and ($3::text is null or t.programme = $3) and ($4::text is null or t.lead_unit = $4)
    and ($5::text is null or coalesce(t.indicator, t.title) = $5) and t.search like all ($6::text[])`;

/** Tasks read at a time for a ledger. */
const pageSize = 500;

/** What passes the ball on, and no more of it than that. */
const ledgerEvents = `(select json_agg(json_build_object('type', e.type, 'effectiveAt', e.effective_at,
      'payload', e.payload - '{fields,evidence,reason,document,votes,missing,question}'::text[]) order by e.seq)
    from task_event e where e.task_id = t.id and e.type in ('task.assigned', 'task.moved', 'task.recalled',
      'task.information_requested', 'task.information_given', 'task.reassigned',
      'task.transferred')) as events`;

type LedgerRow = Omit<LedgerTask, 'definition'> & { readonly key: string; readonly version: number };

const ledgerColumns = `t.id, t.code, t.title, t.category, t.lead_unit as "leadUnit", t.definition_key as key,
  t.definition_version as version, ${ledgerEvents}`;

/** All tasks of a programme, page by page in the order of their ids, so that no programme fills the memory. */
export const ledgerReader = (pool: pg.Pool, reference: ReferenceData): LedgerReader => ({
  async *programme(code): AsyncGenerator<LedgerTask> {
    let after: string | null = null;
    for (;;) {
      const { rows }: pg.QueryResult<LedgerRow> = await pool.query<LedgerRow>({
        name: 'ledger-programme',
        text: `select ${ledgerColumns} from task t
          where t.programme = $1 and ($2::uuid is null or t.id > $2) order by t.id limit ${pageSize}`,
        values: [code, after],
      });
      for (const row of rows) yield ledgerTask(row);
      if (rows.length < pageSize) return;
      after = rows.at(-1)?.id ?? null;
    }
  },

  async events(taskId) {
    const { rows } = await pool.query<LedgerRow>({
      name: 'ledger-task',
      text: `select ${ledgerColumns} from task t where t.id = $1`,
      values: [taskId],
    });
    return rows[0]?.events ?? [];
  },

  async calendar(programme) {
    const { rows } = await pool.query<{ calendar: string; version: number }>(
      'select p.calendar, c.version from programme p join calendar c on c.key = p.calendar where p.code = $1',
      [programme],
    );
    if (!rows[0]) throw new Refusal('programme.not_found', { programme });
    return reference.calendar(rows[0].calendar, rows[0].version);
  },

  definition: (key, version) => reference.definition(key, version),

  async unitNames() {
    const { rows } = await pool.query<DeskUnit>('select code, name, official_order as "order" from unit');
    return new Map(rows.map(({ code, name, order }) => [code, { name, order }]));
  },
});

const ledgerTask = ({ key, version, ...row }: LedgerRow): LedgerTask => ({ ...row, definition: { key, version } });

export interface LastReturn {
  readonly on: string;
  readonly round: number;
  readonly reason: string | null;
  /** What the unit is to bring. */
  readonly missing: readonly string[];
}

/** The return that brought the task back to its unit, while it is the latest way back; a recall or a reopening ends it. */
export const lastReturn =
  (pool: pg.Pool) =>
  async (taskId: string): Promise<LastReturn | null> => {
    const { rows } = await pool.query<LastReturn & { readonly returned: boolean }>({
      name: 'last-return',
      text: `select e.payload->>'on' as "on", e.payload->>'reason' as reason, t.round,
          coalesce(e.payload->'missing', '[]') as missing, e.payload->>'answer' is not distinct from 'returned' as returned
        from task t join task_event e on e.task_id = t.id
        where t.id = $1 and t.category in ('assigned', 'in_progress') and e.type in ('task.moved', 'task.recalled')
          and e.payload->>'fromCategory' in ('awaiting_appraisal', 'done', 'not_done', 'stopped')
        order by e.seq desc limit 1`,
      values: [taskId],
    });
    const [row] = rows;
    if (!row?.returned) return null;
    const { on, round, reason, missing } = row;
    return { on, round, reason, missing };
  };
