import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { v5 as uuidFrom } from 'uuid';
import type {
  AnsweredProposal,
  DocumentStore,
  OpenProposal,
  ProposalStore,
} from '../../application/documents/ports.ts';
import type { Document, DocumentFacts } from '../../domain/documents/document.ts';
import {
  type DocumentRow,
  type DocumentTaskRow,
  documentTable,
  documentTaskTable,
  taskLinkTable,
} from './entities/documents.ts';
import { row } from './entities/table.ts';
import type { ReferenceData } from './reference-data.ts';
import { orRefuse } from './refusals.ts';
import { taskStore } from './task-store.ts';

export const documentStore = (source: DataSource, pool: pg.Pool, reference: ReferenceData): DocumentStore => ({
  async add(document) {
    await orRefuse(source.manager.insert(documentTable, row<DocumentRow>(rowOf(document))), {
      document_corrects_fkey: ['document.not_found', { document: document.corrects }],
    });
  },

  async find(id) {
    const found = await source.manager.findOneBy(documentTable, { id });
    return found ? documentOf(found) : undefined;
  },

  async list({ units, status, limit }) {
    const found = await source.manager
      .createQueryBuilder(documentTable, 'd')
      .where('(cast(:status as text) is null or d.status = :status)', { status: status ?? null })
      .andWhere(
        `(cast(:units as text[]) is null or d.status = 'issued' and exists (
           select from jsonb_array_elements(d.recipients) r where r->>'unit' = any(:units)))`,
        { units: units ?? null },
      )
      .orderBy('d.created_at', 'DESC')
      .addOrderBy('d.id', 'DESC')
      .limit(limit)
      .getMany();
    return found.map(documentOf);
  },

  async correctionsOf(id) {
    const order = { created_at: 'ASC', id: 'ASC' } as const;
    return (await source.manager.find(documentTable, { where: { corrects: id }, order })).map(documentOf);
  },

  async update(id, version, facts) {
    const { affected } = await source.manager.update(
      documentTable,
      { id, version, status: 'draft' },
      row<DocumentFacts & { version: number }>({ ...facts, version: version + 1 }),
    );
    return affected === 1;
  },

  async issue(id, version, { number, on, by, at }) {
    const issued = { status: 'issued', number, issued_on: on, issued_by: by, recorded_at: at, version: version + 1 };
    const { affected } = await orRefuse(
      source.manager.update(documentTable, { id, version, status: 'draft' }, issued as Partial<DocumentRow>),
      { document_number_idx: ['document.exists', { number, date: on }] },
    );
    return affected === 1;
  },

  async tasksOf(documentId) {
    const where = { document_id: documentId };
    const rows = await source.manager.find(documentTaskTable, {
      where,
      order: { recorded_at: 'ASC', position: 'ASC', task_id: 'ASC' },
    });
    return rows.map(({ task_id, item }) => ({ taskId: task_id, item }));
  },

  async documentOf(taskId) {
    const from = await source.manager.findOneBy(documentTaskTable, { task_id: taskId });
    const document = from && (await source.manager.findOneBy(documentTable, { id: from.document_id }));
    return document ? { document: documentOf(document), item: (from as DocumentTaskRow).item } : undefined;
  },

  async linksOf(taskId) {
    const rows = await source.manager.find(taskLinkTable, {
      where: [{ from_task: taskId }, { to_task: taskId }],
      order: { recorded_at: 'ASC', from_task: 'ASC', to_task: 'ASC', kind: 'ASC' },
      take: 500,
    });
    return rows.map(({ from_task, to_task, kind }) => ({ from: from_task, to: to_task, kind }));
  },

  async taskId(codeOrId) {
    const { rows } = await pool.query<{ id: string }>(
      'select id from task where code = $1 union all select id from task where id = $2::uuid limit 1',
      [codeOrId, uuidShape.test(codeOrId) ? codeOrId : null],
    );
    return rows[0]?.id;
  },

  async together(write) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await write({
        tasks: taskStore(client, reference),
        async keep(tasks, links, { actor, at }) {
          await client.query(keepTasksText, [JSON.stringify(tasks), at]);
          if (links.length > 0) await client.query(keepLinksText, [JSON.stringify(links), actor, at]);
        },
      });
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      client.release();
      throw error;
    }
  },
});

const uuidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const keepTasksText = `
  insert into document_task (task_id, document_id, item, position, recorded_at)
  select t."taskId", t."documentId", t.item, t.position, $2
  from jsonb_to_recordset($1) as t("taskId" uuid, "documentId" uuid, item text, position integer)`;

const keepLinksText = `
  insert into task_link (from_task, to_task, kind, created_by, recorded_at)
  select l."from", l."to", l.kind, $2, $3 from jsonb_to_recordset($1) as l("from" uuid, "to" uuid, kind text)
  on conflict do nothing`;

export const proposalStore = (source: DataSource): ProposalStore => ({
  async ofTask(taskId) {
    const rows: (AnsweredProposal & { readonly id: string | null })[] = await source.query(proposalsText, [taskId]);
    return rows.map((each) => ({ ...each, id: each.id ?? proposalId(taskId, each.afterSeq) }));
  },

  async open(limit) {
    const rows: (OpenProposal & { readonly id: string | null; readonly seq: number })[] = await source.query(openText, [
      limit,
    ]);
    return rows.map(({ seq, ...each }) => ({ ...each, id: each.id ?? proposalId(each.task.id, seq) }));
  },
});

/** Of a proposal that is an event: the same whenever it is read. */
const proposalId = (taskId: string, seq: number): string => uuidFrom(`${taskId}/${seq}`, proposals);
const proposals = '6f0c1f0e-2b0f-4c55-9d0a-0a1a5d4c7e21';

const proposalsText = `
  with proposed as (
    select p.id, p.task_id, p.after_seq, p.due, p.due_on::text as due_on, p.reason, p.proposed_by, p.capacity, p.recorded_at
    from deadline_proposal p where p.task_id = $1
    union all
    select null, e.task_id, e.seq, jsonb_build_object('kind', 'on_or_before', 'day', e.payload->>'day'), e.payload->>'day',
      e.payload->>'reason', e.actor, e.capacity, e.recorded_at
    from task_event e where e.task_id = $1 and e.type = 'task.deadline_proposed')
  select p.id, p.task_id as "taskId", p.after_seq as "afterSeq", p.due, p.due_on as "dueOn", p.reason,
    p.proposed_by as "proposedBy", p.capacity, p.recorded_at as "recordedAt",
    (select json_build_object('seq', e.seq, 'by', e.actor, 'dueOn', e.payload->'dueOn', 'recordedAt', e.recorded_at)
     from task_event e where e.task_id = p.task_id and e.seq > p.after_seq and e.type = 'task.deadline_decided'
     order by e.seq limit 1) as decision
  from proposed p order by p.recorded_at, p.after_seq, p.id limit 200`;

/** What a task's row says of its last proposal comes first; a row of before is open while nothing came after it. */
const openText = `
  with waiting as (
    select null::uuid as id, t.id as task_id, e.seq, e.payload->>'day' as due_on, e.payload->>'reason' as reason, e.recorded_at
    from task t join task_event e on e.task_id = t.id and e.seq = (t.following->'deadlineProposal'->>'seq')::integer
    where t.following is not null and t.following->>'deadlineProposal' is not null
    union all
    select p.id, p.task_id, p.after_seq, p.due_on::text, p.reason, p.recorded_at
    from deadline_proposal p
    where not exists (select from deadline_proposal l where l.task_id = p.task_id and (l.recorded_at, l.id) > (p.recorded_at, p.id))
      and not exists (select from task_event e where e.task_id = p.task_id and e.seq > p.after_seq
        and e.type in ('task.deadline_decided', 'task.deadline_proposed')))
  select w.id, w.seq, w.due_on as "dueOn", w.reason, w.recorded_at as "recordedAt", json_build_object('id', t.id, 'code', t.code,
    'title', t.title, 'leadUnit', t.lead_unit, 'programme', t.programme, 'version', t.version) as task
  from waiting w join task t on t.id = w.task_id
  where t.category not in ('done', 'not_done', 'stopped')
  order by w.recorded_at, w.task_id limit $1`;

const rowOf = ({ issuedOn, createdBy, createdAt, issuedBy, recordedAt, ...same }: Document): DocumentRow => ({
  ...same,
  issued_on: issuedOn,
  created_by: createdBy,
  created_at: createdAt,
  issued_by: issuedBy,
  recorded_at: recordedAt,
});

const documentOf = ({ issued_on, created_by, created_at, issued_by, recorded_at, ...same }: DocumentRow): Document => ({
  ...same,
  issuedOn: issued_on,
  createdBy: created_by,
  createdAt: created_at,
  issuedBy: issued_by,
  recordedAt: recorded_at,
});
