import { z } from 'zod';
import { entryOf } from '../../../application/audit/entry.ts';
import { mayRead } from '../../../application/documents/manage.ts';
import { idUnder, type Once } from '../../../application/once.ts';
import { permit } from '../../../application/permit.ts';
import type { AuditLog } from '../../../application/ports.ts';
import type { RunReader } from '../../../application/reports/compare.ts';
import {
  confirmationOf,
  draftEdition,
  type Edition,
  type EditionParts,
  freezeEdition,
  issueEdition,
  type OrderBook,
  openRound,
  type ReportOrder,
  readableEdition,
  ruleOfEdition,
} from '../../../application/reports/editions.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { onceOnly } from '../once-only.ts';
import { type Route, route } from '../route.ts';
import { code, day, figureRule, sourceDocument, text } from '../schemas.ts';
import { roundView } from './confirmations.ts';

export interface EditionRouteParts extends EditionParts {
  readonly once: Once;
  readonly audit: AuditLog;
  readonly frozen: Pick<RunReader, 'find'>;
}

const edition = z
  .object({
    id: z.uuid(),
    programme: z.string(),
    title: z.string(),
    asOf: z.iso.date(),
    status: z.enum(['draft', 'confirming', 'frozen', 'issued']),
    runId: z.uuid().nullable(),
    corrects: z.uuid().nullable(),
    correctedBy: z.uuid().nullable(),
    reason: z.string().nullable(),
    number: z.string().nullable(),
    issuedOn: z.iso.date().nullable(),
    document: z.unknown().nullable(),
    order: z
      .object({ task: z.uuid().nullable(), document: z.uuid().nullable() })
      .nullable()
      .meta({ description: 'The task, and the document, that order the report to be made.' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ReportEdition', description: 'A report on its way from draft to issued, and what it corrects.' });

const counts = z.record(z.string(), z.number().int());
const whole = edition.extend({
  rule: figureRule,
  ruleNote: z.string().nullable().meta({ description: 'Where the report that it corrects told its rates otherwise.' }),
  ordered: z
    .object({ task: z.looseObject({}).nullable(), document: z.looseObject({}).nullable() })
    .meta({ description: 'The order, as far as the reader may see it.' }),
  history: z.array(
    z.object({ status: z.string(), actor: z.string(), actorName: z.string().nullable(), at: z.iso.datetime() }),
  ),
  confirmation: z
    .object({
      round: z.uuid(),
      dueOn: z.iso.date(),
      counts,
      footnotes: z.array(z.object({ code: z.string(), unit: z.string(), reason: z.string() })),
    })
    .nullable()
    .meta({ description: 'As it stands now; what it was when the figures were frozen stands in the run.' }),
});

const orderedBy = async ({ tasks, documents }: OrderBook, order: ReportOrder | null, actor: Actor) => {
  const task = order?.task ? (await tasks.load([order.task])).get(order.task)?.task : undefined;
  const document = order?.document ? await documents.find(order.document) : undefined;
  return {
    task:
      task && can(actor, 'task.read', { kind: 'task', task })
        ? { id: task.id, code: task.code, title: task.title, dueOn: task.dueOn, category: task.category }
        : null,
    document:
      document && mayRead(actor, document)
        ? { id: document.id, number: document.number, date: document.issuedOn, abstract: document.abstract }
        : null,
  };
};

const id = z.strictObject({ id: z.uuid() });

export const editionRoutes = (parts: EditionRouteParts): readonly Route[] => {
  const { editions, clock, audit } = parts;
  const keyed = onceOnly(parts.once);
  const record = (actor: Actor, action: string, of: Pick<Edition, 'id'>, detail: Readonly<Record<string, unknown>>) =>
    audit.record(entryOf(clock, { actor, action, object: `report edition ${of.id}`, detail }));
  return [
    route({
      method: 'post',
      path: '/reports/editions',
      tag: 'Reports',
      summary: 'Draft a report, or one that corrects another',
      description:
        '`corrects` and `reason` go together: the report corrected must have frozen figures and no correction yet. `order` names the task or the document by which the report is to be made; the order then leads to the report (`GET /tasks/{id}/links`, `GET /documents/{id}`).',
      requires: 'report.conduct',
      scope: 'reports:write',
      idempotent: true,
      body: z.strictObject({
        programme: code,
        title: text(500),
        asOf: day,
        corrects: z.uuid().optional(),
        reason: text(2000).optional(),
        order: z.strictObject({ task: z.uuid().optional(), document: z.uuid().optional() }).optional(),
      }),
      answers: { 201: { description: 'The draft.', schema: edition } },
      handle: (call) =>
        keyed(
          call,
          async (key) => {
            const { body, actor } = call;
            const drafted = await draftEdition(parts)(body, actor, idUnder(key));
            const { programme, asOf, corrects, order } = drafted;
            await record(actor, 'report.drafted', drafted, {
              programme,
              asOf,
              ...(corrects ? { corrects } : {}),
              ...(order ? { order } : {}),
            });
            return { status: 201, body: drafted };
          },
          (drafted) => `/api/v1/reports/editions/${drafted.id}`,
        ),
    }),
    route({
      method: 'get',
      path: '/reports/editions',
      tag: 'Reports',
      summary: 'Reports of a programme with their status, newest first',
      requires: 'report.read',
      scope: 'reports:read',
      query: z.strictObject({ programme: code }),
      answers: { 200: { description: 'Up to 100.', schema: z.object({ items: z.array(edition) }) } },
      handle: async ({ query, actor }) => {
        permit(actor, 'report.read', { kind: 'report', programme: query.programme });
        return { status: 200, body: { items: await editions.list(query.programme) } };
      },
    }),
    route({
      method: 'get',
      path: '/reports/editions/{id}',
      tag: 'Reports',
      summary: 'A report, its history and what came of its confirmation round',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      answers: { 200: { description: 'The report.', schema: whole } },
      handle: async ({ params, actor }) => {
        const found = await readableEdition(editions, params.id, actor);
        const history = await editions.steps(found.id);
        const confirmation = await confirmationOf(parts, found.id);
        const ordered = await orderedBy(parts.orders, found.order, actor);
        const rule = await ruleOfEdition(parts, found);
        return { status: 200, body: { ...found, ...rule, ordered, history, confirmation } };
      },
    }),
    route({
      method: 'post',
      path: '/reports/editions/{id}/confirmation',
      tag: 'Reports',
      summary: 'Put the figures, as they are known now, to the units for confirmation by a day',
      requires: 'report.conduct',
      scope: 'reports:write',
      idempotent: true,
      params: id,
      body: z.strictObject({ dueOn: day }),
      answers: { 201: { description: 'The round.', schema: roundView } },
      handle: (call) =>
        keyed(
          call,
          async (key) => {
            const { params, body, actor } = call;
            const { zone: _zone, ...round } = await openRound(parts)(params.id, body.dueOn, actor, idUnder(key));
            await record(actor, 'report.confirmation_opened', params, { round: round.id, dueOn: round.dueOn });
            return { status: 201, body: round };
          },
          (round) => `/api/v1/reports/confirmations/${round.id}`,
        ),
    }),
    route({
      method: 'post',
      path: '/reports/editions/{id}/freeze',
      tag: 'Reports',
      summary: 'Freeze figures and tasks of the report as they are known now, with what came of the confirmation',
      requires: 'report.freeze',
      scope: 'reports:write',
      idempotent: true,
      params: id,
      body: z.strictObject({}),
      answers: { 200: { description: 'The report with its run.', schema: edition } },
      handle: (call) =>
        keyed(call, async (key) => {
          const { params, actor } = call;
          const run = await freezeEdition(parts)(params.id, actor, idUnder(key));
          if (run) await record(actor, 'report.frozen', params, { run: run.id, sha256: run.sha256 });
          return { status: 200, body: await editions.find(params.id) };
        }),
    }),
    route({
      method: 'post',
      path: '/reports/editions/{id}/issue',
      tag: 'Reports',
      summary: 'Enter number and day which the records office gave the report',
      requires: 'report.conduct',
      scope: 'reports:write',
      idempotent: true,
      params: id,
      body: z.strictObject({ number: text(100), issuedOn: day, document: sourceDocument.optional() }),
      answers: { 200: { description: 'The issued report.', schema: edition } },
      handle: (call) =>
        keyed(call, async () => {
          const { params, body, actor } = call;
          const issue = body as Parameters<ReturnType<typeof issueEdition>>[1];
          const issued = await issueEdition(parts)(params.id, issue, actor);
          await record(actor, 'report.issued', params, { number: body.number, issuedOn: body.issuedOn });
          return { status: 200, body: issued };
        }),
    }),
  ];
};
