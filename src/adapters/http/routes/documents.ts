// Documents that give work: drafts, their number and day, the tasks of each item, and where a task comes from.

import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { GivenTask, GiveTasks, TaskToGive } from '../../../application/documents/give-tasks.ts';
import { type ManageDocuments, mayRead } from '../../../application/documents/manage.ts';
import type { DocumentStore } from '../../../application/documents/ports.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import type { EditionStore, ReportOrder } from '../../../application/reports/editions.ts';
import {
  type Document,
  type DocumentFacts,
  documentKinds,
  orderingAuthorities,
  recipientPurposes,
  toldLinkKinds,
} from '../../../domain/documents/document.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { signings } from '../../../domain/organisation/signing.ts';
import { problemOf } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';
import { code, day, newTask, page, text } from '../schemas.ts';
import { defined, keyOf, replyOf, versionOf, visibleTask } from '../task-change.ts';
import { taskView, todayIn } from '../views.ts';

export interface DocumentRouteParts {
  readonly documents: ManageDocuments;
  readonly give: GiveTasks;
  readonly store: DocumentStore;
  readonly tasks: TaskStore;
  readonly editions: Pick<EditionStore, 'underOrder'>;
  readonly clock: Clock;
}

const facts = {
  kind: z.enum(documentKinds),
  sign: text(60).nullable().default(null).meta({ description: 'What follows the number: UBND-KSTT.' }),
  issuer: text(200),
  authority: z.enum(orderingAuthorities).default('issuer'),
  signer: z
    .strictObject({
      name: text(200),
      position: text(200),
      capacity: z.enum(signings).optional(),
      signsFor: text(200).optional(),
    })
    .nullable()
    .default(null),
  abstract: text(2000).nullable().default(null),
  secret: z.boolean().default(false),
  recipients: z
    .array(z.strictObject({ name: text(300), unit: code.optional(), purpose: z.enum(recipientPurposes) }))
    .max(500)
    .default([]),
  attachments: z
    .array(z.strictObject({ title: text(500), reference: text(500).optional() }))
    .max(200)
    .default([]),
};
const draft = z
  .strictObject({ ...facts, corrects: z.uuid().nullable().default(null) })
  .meta({ id: 'NewDocument', description: 'A draft; `corrects` is the issued document that it puts right.' });
const edited = z.strictObject(facts).meta({ id: 'DocumentFacts' });

const shown = z
  .looseObject({
    id: z.uuid(),
    status: z.enum(['draft', 'issued']),
    number: z.string().nullable(),
    date: z.iso.date().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Document' });

const item = newTask
  .omit({ source: true, leadUnit: true })
  .extend({
    item: text(100).optional(),
    leadUnit: code.optional(),
    leadUnits: z.array(code).min(1).max(200).optional(),
    relatedTask: text(64).optional(),
    relation: z.enum(toldLinkKinds).optional(),
  })
  .refine(({ leadUnit, leadUnits }) => (leadUnit === undefined) !== (leadUnits === undefined), {
    message: 'give either leadUnit or leadUnits',
    path: ['leadUnit'],
  })
  .refine(({ relatedTask, relation }) => relatedTask !== undefined || relation === undefined, {
    message: 'says nothing without relatedTask',
    path: ['relation'],
  })
  .meta({
    id: 'DocumentItem',
    description: 'A task, or with leadUnits one for each unit; relatedTask is the id or code of an earlier task.',
  });

const byId = z.strictObject({ id: z.uuid() });
const answer = (description: string) => ({ description, schema: shown });

export const documentRoutes = (parts: DocumentRouteParts): readonly Route[] => {
  const { documents, give, store, tasks, editions, clock } = parts;
  const loadFor = visibleTask(tasks);
  const visible = async (actor: Actor, ids: readonly string[]) => {
    const loaded = await tasks.load(ids);
    return ids.flatMap((id) => {
      const found = loaded.get(id);
      return found && can(actor, 'task.read', { kind: 'task', task: found.task }) ? [found] : [];
    });
  };
  /** Reports made under an order (letter 003, 3.2). */
  const reportsUnder = async (actor: Actor, order: Partial<ReportOrder>) =>
    (await editions.underOrder(order))
      .filter(({ programme }) => can(actor, 'report.read', { kind: 'report', programme }))
      .map(({ id, programme, title, status, number, issuedOn, runId }) => {
        return { id, programme, title, status, number, issuedOn, runId };
      });
  const viewOf = ({ change, rules }: GivenTask) =>
    taskView(change.next, rules.definition, todayIn(clock.now(), rules.calendar.zone), rules.programme);

  return [
    route({
      method: 'get',
      path: '/documents',
      tag: 'Documents',
      summary: 'Documents that give work, newest first: all, or those that one’s unit received',
      requires: 'document.read',
      scope: 'tasks:read',
      query: z.strictObject({ status: z.enum(['draft', 'issued']).optional(), limit: page.limit }),
      answers: { 200: { description: 'Documents.', schema: z.object({ items: z.array(shown) }) } },
      handle: async ({ actor, query }) => ({
        status: 200,
        body: { items: (await documents.list(actor, query)).map(documentView) },
      }),
    }),
    route({
      method: 'post',
      path: '/documents',
      tag: 'Documents',
      summary: 'Enter a document as a draft, its number and day still blank',
      requires: 'document.write',
      scope: 'session_only',
      body: draft,
      answers: { 201: answer('The draft; ETag is its version.') },
      handle: async ({ actor, body: { corrects, ...entered } }) => {
        const document = await documents.draft(actor, factsOf(entered), corrects);
        const headers = { ETag: etag(document), Location: `/api/v1/documents/${document.id}` };
        return { status: 201, body: documentView(document), headers };
      },
    }),
    route({
      method: 'get',
      path: '/documents/{id}',
      tag: 'Documents',
      summary: 'One document with the tasks it gave, item by item, and what corrects it',
      requires: 'document.read',
      scope: 'tasks:read',
      params: byId,
      answers: { 200: answer('The document, and of its tasks those that the caller may see.') },
      handle: async ({ actor, params }) => {
        const document = await documents.find(actor, params.id);
        const given = await store.tasksOf(document.id);
        const items = new Map(given.map((task) => [task.taskId, task.item]));
        const seen = await visible(
          actor,
          given.map(({ taskId }) => taskId),
        );
        const corrections = (await documents.corrections(document.id)).filter((one) => mayRead(actor, one));
        const body = {
          ...documentView(document),
          tasks: seen.map(({ task }) => ({ item: items.get(task.id) ?? null, ...briefly(task) })),
          tasksTotal: given.length,
          reports: await reportsUnder(actor, { document: document.id }),
          correctedBy: corrections.map(({ id, status, number, issuedOn }) => ({ id, status, number, date: issuedOn })),
        };
        return { status: 200, body, headers: { ETag: etag(document) } };
      },
    }),
    route({
      method: 'put',
      path: '/documents/{id}',
      tag: 'Documents',
      summary: 'Change a draft',
      requires: 'document.write',
      scope: 'session_only',
      conditional: true,
      params: byId,
      body: edited,
      answers: { 200: answer('The draft as it is now.') },
      handle: async ({ actor, params, body, ifMatch }) => {
        const document = await documents.edit(actor, params.id, versionOf(ifMatch), factsOf(body));
        return { status: 200, body: documentView(document), headers: { ETag: etag(document) } };
      },
    }),
    route({
      method: 'post',
      path: '/documents/{id}/issue',
      tag: 'Documents',
      summary: 'Give a draft its number and day; from then on it does not change',
      requires: 'document.write',
      scope: 'session_only',
      conditional: true,
      params: byId,
      body: z.strictObject({ number: text(100), date: day }).meta({ id: 'DocumentIssue' }),
      answers: { 200: answer('Issued.') },
      handle: async ({ actor, params, body, ifMatch }) => {
        const document = await documents.issue(actor, params.id, versionOf(ifMatch), body);
        return { status: 200, body: documentView(document), headers: { ETag: etag(document) } };
      },
    }),
    route({
      method: 'post',
      path: '/documents/{id}/tasks',
      tag: 'Documents',
      summary: 'Assign what a document orders, item by item: all of it or nothing',
      description:
        'Each task carries the document with its item as its source. With `preview` nothing is written; `refused` says which items would stand in the way. Without it one refused item refuses all.',
      requires: 'document.write',
      scope: 'session_only',
      idempotent: true,
      params: byId,
      body: z
        .strictObject({ items: z.array(item).min(1).max(100), preview: z.boolean().default(false) })
        .meta({ id: 'DocumentTasks' }),
      answers: {
        200: {
          description: 'The tasks, or what they would be.',
          schema: z.looseObject({ tasks: z.array(z.unknown()) }),
        },
      },
      handle: async (call) => {
        const { actor, params, body, res } = call;
        const asked = body.items.flatMap(tasksOf);
        const listed = (given: readonly GivenTask[]) =>
          given.map((one) => ({ item: one.asked.item ?? null, related: one.relatedId, ...viewOf(one) }));
        if (body.preview) {
          const { document, given, refused } = await give.preview(params.id, actor, asked);
          const instance = String(res.getHeader('X-Request-Id'));
          const problems = refused.map(({ asked: { index, item: name }, refusal }) => ({
            index,
            item: name ?? null,
            problem: problemOf(refusal.code, instance, refusal.details),
          }));
          return { status: 200, body: { document: documentView(document), tasks: listed(given), refused: problems } };
        }
        return replyOf(
          await give.give(params.id, actor, asked, keyOf(call as Call), (document, given) => ({
            status: 200,
            etag: null,
            response: JSON.stringify({ document: documentView(document), tasks: listed(given) }),
          })),
        );
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/links',
      tag: 'Documents',
      summary:
        'Where a task comes from, the tasks it is about, follows or carries forward, both ways, and reports it orders',
      requires: 'task.read',
      scope: 'tasks:read',
      params: byId,
      answers: { 200: { description: 'Links.', schema: z.looseObject({ links: z.array(z.looseObject({})) }) } },
      handle: async ({ actor, params }) => {
        const { task } = await loadFor(actor, params.id);
        const from = await store.documentOf(task.id);
        const links = await store.linksOf(task.id);
        const others = links.map((link) => (link.from === task.id ? link.to : link.from));
        const seen = new Map((await visible(actor, others)).map((loaded) => [loaded.task.id, loaded.task]));
        const shownLinks = links.flatMap(({ from: earlier, to, kind }) => {
          const other = seen.get(earlier === task.id ? to : earlier);
          return other ? [{ kind, direction: earlier === task.id ? 'to' : 'from', task: briefly(other) }] : [];
        });
        const document = from && mayRead(actor, from.document) ? documentView(from.document) : null;
        return {
          status: 200,
          body: {
            document,
            item: from?.item ?? null,
            links: shownLinks,
            reports: await reportsUnder(actor, { task: task.id }),
          },
        };
      },
    }),
  ];
};

/** One task, or for an item to many units one each. */
const tasksOf = (
  {
    programme,
    workflow,
    code: given,
    leadUnit,
    leadUnits,
    item: name,
    relatedTask,
    relation,
    ...rest
  }: z.output<typeof item>,
  index: number,
): readonly TaskToGive[] =>
  (leadUnits ?? [leadUnit as string]).map((unit) => {
    const id = uuid();
    const own = given === undefined ? `${programme}-${unit}-${id.slice(-8)}` : leadUnits ? `${given}-${unit}` : given;
    return {
      index,
      programme,
      ...defined({ workflow, item: name }),
      command: { type: 'assign', id, code: own, leadUnit: unit, ...defined(rest) } as TaskToGive['command'],
      ...(relatedTask === undefined ? {} : { related: { task: relatedTask, kind: relation ?? 'about' } }),
    };
  });

const factsOf = (given: z.output<typeof edited>): DocumentFacts => given as DocumentFacts;

const etag = ({ version }: Pick<Document, 'version'>): string => `"v${version}"`;

const documentView = ({ issuedOn, attachments, ...document }: Document) => ({
  ...document,
  date: issuedOn,
  attachments: attachments.map((attachment, index) => ({ number: index + 1, ...attachment })),
});

const briefly = (task: {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly leadUnit: string;
  readonly state: string;
  readonly category: string;
  readonly due: unknown;
  readonly dueOn: string | null;
}) => ({
  id: task.id,
  code: task.code,
  title: task.title,
  leadUnit: task.leadUnit,
  state: task.state,
  category: task.category,
  due: task.due,
  dueOn: task.dueOn,
});
