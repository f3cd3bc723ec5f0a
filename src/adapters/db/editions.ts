import type pg from 'pg';
import type { Edition, EditionStep, EditionStore, Standing } from '../../application/reports/editions.ts';
import { Refusal } from '../../domain/refusal.ts';
import { insertRun, runValues } from './frozen-reports.ts';

const columns = `e.id, e.programme, e.title, e.as_of as "asOf", e.status, e.run_id as "runId", e.corrects,
  (select c.id from report_edition c where c.corrects = e.id) as "correctedBy", e.reason, e.number, e.issued_on as "issuedOn",
  e.document, case when coalesce(e.order_task, e.order_document) is not null
    then json_build_object('task', e.order_task, 'document', e.order_document) end as "order", e.created_by as "createdBy", e.created_at as "createdAt"`;

export const editionStore = (pool: pg.Pool): EditionStore => {
  const one = async (query: string, value: string): Promise<Edition | undefined> =>
    (await pool.query<Edition>(query, [value])).rows[0];
  const wrote = async (query: string, values: readonly unknown[]): Promise<boolean> =>
    (await pool.query(query, [...values])).rowCount === 1;
  return {
    async add({ id, programme, title, asOf, status, corrects, reason, order, createdBy, createdAt }) {
      try {
        await pool.query(addText, [
          ...[id, programme, title, asOf, status, corrects, reason, createdBy, createdAt],
          ...[order?.task ?? null, order?.document ?? null],
        ]);
      } catch (error) {
        if ((error as { constraint?: string }).constraint === 'report_edition_corrects_key')
          throw new Refusal('report.has_correction', { id: corrects });
        throw error;
      }
    },
    find: (id) => one(`select ${columns} from report_edition e where e.id = $1`, id),
    ofRun: (runId) => one(`select ${columns} from report_edition e where e.run_id = $1`, runId),
    async list(programme) {
      const { rows } = await pool.query<Edition>(
        `select ${columns} from report_edition e where e.programme = $1 order by e.created_at desc, e.id desc limit 100`,
        [programme],
      );
      return rows;
    },
    async underOrder({ task = null, document = null }) {
      const { rows } = await pool.query<Edition>(
        `select ${columns} from report_edition e where e.order_task = $1 or e.order_document = $2 order by e.created_at, e.id limit 100`,
        [task, document],
      );
      return rows;
    },
    async steps(id) {
      const { rows } = await pool.query<EditionStep>(
        `select s.status, s.actor, a.name as "actorName", s.at from report_edition_step s
         left join account a on a.id::text = s.actor where s.edition = $1 order by s.id`,
        [id],
      );
      return rows;
    },
    openRound: (r, rows, news) =>
      wrote(openText, [
        ...[r.edition, r.id, r.programme, r.asOf, r.knownAt, r.dueOn, r.openedBy, r.openedAt, rows],
        JSON.stringify(news.map((one) => ({ ...one, about: `${one.news}/${one.unit ?? ''}` }))),
      ]),
    async standing(id) {
      return (await pool.query<Standing>(standingText, [id])).rows[0];
    },
    async freeze(id, run, { status, lastWord }, { actor, at }) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        // Whoever answers holds this row shared until the answer is written (confirmations.ts): what was written is counted below,
        // and what comes later finds the figures frozen.
        await client.query('select from report_edition where id = $1 for update', [id]);
        const { rows } = await client.query<Standing>(standingText, [id]);
        const unchanged = rows[0]?.status === status && rows[0].lastWord === lastWord;
        const frozen = unchanged && (await client.query(freezeText, [...runValues(run), id, actor, at])).rowCount === 1;
        await client.query('commit');
        client.release();
        return frozen;
      } catch (error) {
        // A connection that failed inside a transaction is not reused.
        client.release(true);
        throw error;
      }
    },
    issue: (id, { number, issuedOn, document }, { actor, at }) =>
      wrote(issueText, [id, number, issuedOn, document ? JSON.stringify(document) : null, actor, at]),
  };
};

const addText = `
  with added as (
    insert into report_edition (id, programme, title, as_of, status, corrects, reason, created_by, created_at, order_task, order_document)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id)
  insert into report_edition_step (edition, status, actor, at) select id, $5, $8, $9 from added`;

const openText = `
  with moved as (update report_edition set status = 'confirming' where id = $1 and status = 'draft' returning id),
  opened as (
    insert into confirmation_round (id, edition, programme, as_of, known_at, due_on, opened_by, opened_at)
    select $2, id, $3, $4, $5, $6, $7, $8 from moved returning id),
  lines as (
    insert into confirmation_line (round_id, code, row)
    select o.id, r ->> 'code', r from opened o cross join jsonb_array_elements($9::jsonb) r),
  told as (
    insert into intention (queue, kind, payload, due_at, ready_at)
    select 'notify', 'confirmation', jsonb_build_object('round', o.id, 'news', n.news, 'unit', n.unit, 'about', n.about,
      -- What time brings about nobody does.
      'actor', case n.news when 'opened' then $7::text end),
      n."dueAt", n."dueAt"
    from opened o cross join jsonb_to_recordset($10::jsonb) n(news text, unit text, about text, "dueAt" timestamptz))
  insert into report_edition_step (edition, status, actor, at) select id, 'confirming', $7, $8 from moved`;

const standingText = `
  select e.status, (select max(n.id) from confirmation_round r join confirmation_entry n on n.round_id = r.id
    where r.edition = e.id) as "lastWord"
  from report_edition e where e.id = $1`;

// Nothing is frozen under an edition that another has frozen meanwhile: the update waits for that one and then finds no row.
const freezeText = `
  with moved as (
    update report_edition set status = 'frozen', run_id = $1 where id = $11 and status in ('draft', 'confirming') returning id),
  ${insertRun.replace('values ($1, $2, $3, $4, $5, $6, $7, $8)', 'select $1::uuid, $2, $3::date, $4::timestamptz, $5, $6, $7, $8::timestamptz from moved')}
  insert into report_edition_step (edition, status, actor, at) select id, 'frozen', $12, $13 from moved`;

const issueText = `
  with moved as (
    update report_edition set status = 'issued', number = $2, issued_on = $3, document = $4
    where id = $1 and status = 'frozen' returning id)
  insert into report_edition_step (edition, status, actor, at) select id, 'issued', $5, $6 from moved`;
