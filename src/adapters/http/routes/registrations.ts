// Registration of next year's commitments: a round, its proposals, opinions and the decision.

import { z } from 'zod';
import {
  createApproved,
  type DecideParts,
  type DecisionRequest,
  decideRegistration,
} from '../../../application/registrations/decide.ts';
import type { RegistrationStore } from '../../../application/registrations/ports.ts';
import {
  type AddRequest,
  addProposals,
  type CarryRequest,
  carryForward,
  type EditRequest,
  editProposal,
} from '../../../application/registrations/propose.ts';
import {
  giveBlocOpinion,
  giveOpinion,
  returnProposal,
  submitProposals,
} from '../../../application/registrations/review.ts';
import { type OpenRequest, openRegistration, readRegistration } from '../../../application/registrations/rounds.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { balance, isUnchanged, twinOf, uniformity } from '../../../domain/registration/compare.ts';
import {
  origins,
  type Proposal,
  proposalChanges,
  proposalStatuses,
  type SourceCommitment,
} from '../../../domain/registration/proposal.ts';
import { taskKinds } from '../../../domain/workflow/task.ts';
import { type Route, route } from '../route.ts';
import { code, due, sourceDocument, text } from '../schemas.ts';
import { versionOf } from '../task-change.ts';

export interface RegistrationRouteParts extends DecideParts {
  readonly store: RegistrationStore;
}

const target = z.union([text(200), z.number()]);
const content = {
  title: text(1000),
  product: text(1000).nullable().default(null),
  measureUnit: text(100).nullable().default(null),
  target: target.nullable().default(null),
  kind: z.enum(taskKinds).default('own'),
  field: text(100).nullable().default(null),
  indicator: text(300).nullable().default(null),
  appraiserUnit: code.nullable().default(null),
  basis: sourceDocument.nullable().default(null),
};

const roundView = z
  .object({
    id: z.uuid(),
    programme: z.string(),
    sourceProgramme: z.string().nullable(),
    year: z.number().int(),
    document: z.unknown(),
    openedBy: z.string(),
    openedAt: z.iso.datetime(),
  })
  .meta({ id: 'Registration', description: 'What is registered for a programme, one round for each.' });
const proposalView = z
  .looseObject({
    id: z.uuid(),
    unit: z.string(),
    origin: z.enum(origins),
    change: z.enum(proposalChanges),
    sourceTask: z.uuid().nullable(),
    title: z.string(),
    target: z.union([z.string(), z.number()]).nullable(),
    targetFrom: z.union([z.string(), z.number()]).nullable(),
    status: z.enum(proposalStatuses),
    task: z.uuid().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Proposal', description: 'One row of a registration; ETag and If-Match are "v" and its version.' });
const comparison = z.looseObject({});

const byId = z.strictObject({ id: z.uuid() });
const row = z.strictObject({ id: z.uuid(), proposal: z.uuid() });
const oneRow = { description: 'The proposal as it then stands.', schema: proposalView };

export const registrationRoutes = (parts: RegistrationRouteParts): readonly Route[] => {
  const { store, clock, audit } = parts;
  const read = readRegistration(store);
  const reply = (proposal: Proposal) => ({
    status: 200,
    body: proposal,
    headers: { ETag: `"v${proposal.version}"` },
  });
  return [
    route({
      method: 'post',
      path: '/registrations',
      tag: 'Registration',
      summary: 'Open the registration of a programme of next year',
      requires: 'registration.open',
      scope: 'tasks:write',
      body: z.strictObject({
        programme: code,
        sourceProgramme: code.nullable().default(null),
        document: sourceDocument.nullable().default(null),
      }),
      answers: { 201: { description: 'Opened.', schema: roundView } },
      handle: async ({ body, actor }) => {
        const opened = await openRegistration(store, clock, audit)(body as OpenRequest, actor);
        return { status: 201, body: opened, headers: { Location: `/api/v1/registrations/${opened.id}` } };
      },
    }),
    route({
      method: 'get',
      path: '/registrations',
      tag: 'Registration',
      summary: 'Registrations, latest year first',
      requires: 'registration.read',
      scope: 'tasks:read',
      query: z.strictObject({ programme: code.optional() }),
      answers: { 200: { description: 'Up to 100.', schema: z.object({ items: z.array(roundView) }) } },
      handle: async ({ query, actor }) => {
        const found = await store.list(query.programme);
        return {
          status: 200,
          body: {
            items: found.filter(({ programme }) =>
              can(actor, 'registration.read', { kind: 'registration', programme, unit: null }),
            ),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/registrations/{id}',
      tag: 'Registration',
      summary: 'A registration: its rows, what each changes of this year, and the opinions per bloc',
      description:
        'A draft, and what was returned, is seen by who may propose for its unit; the rest by everybody. `unchanged`: carried forward in the same words with the same target. `twin`: entered as new, though this year’s task of that id says the same.',
      requires: 'registration.read',
      scope: 'tasks:read',
      params: byId,
      query: z.strictObject({ unit: code.optional(), status: z.enum(proposalStatuses).optional() }),
      answers: {
        200: {
          description: 'The round.',
          schema: roundView.extend({
            proposals: z.array(proposalView),
            opinions: z.array(z.looseObject({ bloc: z.string(), text: z.string() })),
          }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { registration, proposals, sources, opinions } = await read(params.id, actor);
        const shown = proposals.filter(
          ({ unit, status }) => (query.unit ?? unit) === unit && (query.status ?? status) === status,
        );
        return { status: 200, body: { ...registration, opinions, proposals: judged(shown, sources) } };
      },
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/carry-forward',
      tag: 'Registration',
      summary: 'Copy this year’s commitments of a unit, or of all, as proposals; doing it again copies nothing twice',
      description:
        'Each copy goes back to its task. `changes` names tasks whose target changes, each with the document it follows from; `drop` those that are not continued, each with its reason. What was carried forward before stays as it is. Stopped and secret work is not carried forward.',
      requires: 'registration.propose',
      scope: 'tasks:write',
      params: byId,
      body: z.strictObject({
        unit: code.optional(),
        changes: z
          .array(z.strictObject({ task: z.uuid(), target, basis: sourceDocument.optional() }))
          .max(1000)
          .default([]),
        drop: z
          .array(z.strictObject({ task: z.uuid(), reason: text(1000) }))
          .max(1000)
          .default([]),
      }),
      answers: {
        200: {
          description: 'How many were copied now, and how many had been before.',
          schema: z.object({
            copied: z.number().int(),
            existing: z.number().int(),
            targetChanged: z.number().int(),
            dropped: z.number().int(),
          }),
        },
      },
      handle: async ({ params, body, actor }) => ({
        status: 200,
        body: await carryForward(parts)(params.id, body as CarryRequest, actor),
      }),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/proposals',
      tag: 'Registration',
      summary: 'Propose something new, for one’s unit or, from above, for several',
      requires: 'registration.propose',
      scope: 'tasks:write',
      params: byId,
      body: z.strictObject({ units: z.array(code).min(1).max(200), ...content }),
      answers: {
        201: { description: 'One proposal for each unit.', schema: z.object({ items: z.array(proposalView) }) },
      },
      handle: async ({ params, body, actor }) => ({
        status: 201,
        body: { items: await addProposals(parts)(params.id, body as AddRequest, actor) },
      }),
    }),
    route({
      method: 'put',
      path: '/registrations/{id}/proposals/{proposal}',
      tag: 'Registration',
      summary: 'Change a proposal that is a draft or came back; `reason` drops what was carried forward',
      requires: 'registration.propose',
      scope: 'tasks:write',
      conditional: true,
      params: row,
      body: z.strictObject({ ...content, reason: text(1000).nullable().default(null) }),
      answers: { 200: oneRow },
      handle: async ({ params, body, actor, ifMatch }) =>
        reply(await editProposal(parts)(params.id, params.proposal, versionOf(ifMatch), body as EditRequest, actor)),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/submissions',
      tag: 'Registration',
      summary: 'The head signs for everything the unit has in draft',
      requires: 'registration.submit',
      scope: 'tasks:write',
      params: byId,
      body: z.strictObject({ unit: code }),
      answers: {
        200: { description: 'How many were submitted now.', schema: z.object({ submitted: z.number().int() }) },
      },
      handle: async ({ params, body, actor }) => ({
        status: 200,
        body: { submitted: await submitProposals(parts)(params.id, body.unit, actor) },
      }),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/proposals/{proposal}/return',
      tag: 'Registration',
      summary: 'Give a proposal back to its unit, with the reason',
      requires: 'registration.review',
      scope: 'tasks:write',
      conditional: true,
      params: row,
      body: z.strictObject({ reason: text(1000) }),
      answers: { 200: oneRow },
      handle: async ({ params, body, actor, ifMatch }) =>
        reply(await returnProposal(parts)(params.id, params.proposal, versionOf(ifMatch), body.reason, actor)),
    }),
    route({
      method: 'put',
      path: '/registrations/{id}/proposals/{proposal}/opinion',
      tag: 'Registration',
      summary: 'The aggregating body’s opinion on one row',
      requires: 'registration.review',
      scope: 'tasks:write',
      conditional: true,
      params: row,
      body: z.strictObject({ opinion: text(4000) }),
      answers: { 200: oneRow },
      handle: async ({ params, body, actor, ifMatch }) =>
        reply(await giveOpinion(parts)(params.id, params.proposal, versionOf(ifMatch), body.opinion, actor)),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/opinions',
      tag: 'Registration',
      summary: 'The aggregating body’s opinion on a bloc; a later one stands in its place',
      requires: 'registration.review',
      scope: 'tasks:write',
      params: byId,
      body: z.strictObject({ bloc: z.string().min(1).max(64), text: text(4000) }),
      answers: { 201: { description: 'Written down.', schema: comparison } },
      handle: async ({ params, body, actor }) => ({
        status: 201,
        body: await giveBlocOpinion(parts)(params.id, body.bloc, body.text, actor),
      }),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/decisions',
      tag: 'Registration',
      summary: 'The province decides on rows, by a document; what it approves becomes next year’s tasks',
      description:
        'All rows are judged first: if one could not become a task, nothing is decided (`registration.rows_refused` lists them). What was decided the same way before stays. Each proposal has one task, however often this is asked.',
      requires: 'registration.decide',
      scope: 'session_only',
      params: byId,
      body: z.strictObject({
        document: sourceDocument,
        approve: z.union([z.literal('all'), z.array(z.uuid()).max(5000)]).default([]),
        reject: z
          .array(z.strictObject({ id: z.uuid(), reason: text(1000) }))
          .max(5000)
          .default([]),
        due: due.optional(),
      }),
      answers: {
        200: {
          description: 'What was decided now, and how many tasks were made.',
          schema: z.object({ approved: z.number().int(), rejected: z.number().int(), created: z.number().int() }),
        },
      },
      handle: async ({ params, body, actor }) => ({
        status: 200,
        body: await decideRegistration(parts)(params.id, body as DecisionRequest, actor),
      }),
    }),
    route({
      method: 'post',
      path: '/registrations/{id}/tasks',
      tag: 'Registration',
      summary: 'Make the tasks of approved rows that have none yet, where a decision was cut off',
      requires: 'registration.decide',
      scope: 'session_only',
      params: byId,
      body: z.strictObject({ due: due.optional() }),
      answers: {
        200: { description: 'How many were made now.', schema: z.object({ created: z.number().int() }) },
      },
      handle: async ({ params, body, actor }) => ({
        status: 200,
        body: { created: await createApproved(parts)(params.id, body.due, actor) },
      }),
    }),
    route({
      method: 'get',
      path: '/registrations/{id}/uniformity',
      tag: 'Registration',
      summary: 'Items of several units of a bloc, and what each unit does with them',
      description:
        'One matrix for each bloc: kept, target_changed, dropped, added, rejected, missing (it has it this year and proposes nothing), absent.',
      requires: 'registration.read',
      scope: 'tasks:read',
      params: byId,
      query: z.strictObject({ bloc: z.string().max(64).optional() }),
      answers: { 200: { description: 'The matrices.', schema: z.object({ items: z.array(comparison) }) } },
      handle: async ({ params, query, actor }) => {
        const { units, sources, proposals } = await read(params.id, actor);
        const items = uniformity(units, sources, proposals).filter(({ bloc }) => (query.bloc ?? bloc) === bloc);
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'get',
      path: '/registrations/{id}/balance',
      tag: 'Registration',
      summary: 'How many items each unit registers: least, median, most; common tasks are not counted',
      requires: 'registration.read',
      scope: 'tasks:read',
      params: byId,
      answers: { 200: { description: 'The counts.', schema: comparison } },
      handle: async ({ params, actor }) => {
        const { units, sources, proposals } = await read(params.id, actor);
        return { status: 200, body: balance(units, sources, proposals) };
      },
    }),
  ];
};

const judged = (proposals: readonly Proposal[], sources: readonly SourceCommitment[]) => {
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  return proposals.map((proposal) => ({
    ...proposal,
    unchanged: isUnchanged(proposal, sourceOf.get(proposal.sourceTask ?? '')),
    twin: twinOf(proposal, sources),
  }));
};
