import { z } from 'zod';
import type { ManageDefinitions } from '../../../application/definitions/manage.ts';
import { mermaid, svg } from '../../../domain/workflow/diagram.ts';
import type { DefinitionSummary } from '../../db/definitions.ts';
import { type Route, route } from '../route.ts';
import { mostInteger } from '../schemas.ts';

export interface WorkflowRouteParts {
  readonly definitions: ManageDefinitions;
  readonly list: () => Promise<readonly DefinitionSummary[]>;
  readonly versions: (key: string) => Promise<readonly DefinitionSummary[]>;
}

const key = z.string().max(64);
const version = z.coerce.number().int().min(1).max(mostInteger);
const one = z.strictObject({ key, version });
const definitionBody = z.looseObject({ key: z.unknown() }).meta({
  id: 'WorkflowDefinition',
  description: 'A workflow definition in strict JSON; unknown keys are refused with their place.',
});
const problems = z.array(z.object({ pointer: z.string(), code: z.string(), vi: z.string(), en: z.string() }));
const summary = z.object({
  key,
  version: z.number(),
  status: z.enum(['draft', 'published', 'retired']),
  name: z.object({ vi: z.string(), en: z.string() }),
  sha256: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  retiredAt: z.iso.datetime().nullable(),
});
const drafted = {
  description: 'Stored as a draft, with what stands in the way of publishing it.',
  schema: z.object({ definition: definitionBody, problems }),
};
const summaries = { description: 'Versions, newest first.', schema: z.object({ items: z.array(summary) }) };

export const workflowRoutes = ({ definitions, list, versions }: WorkflowRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/workflows',
    tag: 'Workflows',
    summary: 'All workflows and their versions',
    requires: 'definition.read',
    scope: 'workflows:read',
    answers: { 200: summaries },
    handle: async () => ({ status: 200, body: { items: await list() } }),
  }),
  route({
    method: 'post',
    path: '/workflows',
    tag: 'Workflows',
    summary: 'Store a draft; without a version it takes the next one',
    requires: 'definition.write',
    scope: 'session_only',
    body: definitionBody,
    answers: { 201: drafted },
    handle: async ({ body, actor }) => {
      const draft = await definitions.draft(body, actor);
      const { key: name, version: number } = draft.definition;
      return { status: 201, body: draft, headers: { Location: `/api/v1/workflows/${name}/versions/${number}` } };
    },
  }),
  route({
    method: 'post',
    path: '/workflows/validate',
    tag: 'Workflows',
    summary: 'Say everything that stands in the way of publishing; stores nothing',
    requires: 'definition.read',
    scope: 'workflows:read',
    body: definitionBody,
    answers: { 200: { description: 'The problems, none if it may be published.', schema: z.object({ problems }) } },
    handle: async ({ body }) => ({ status: 200, body: { problems: await definitions.validate(body) } }),
  }),
  route({
    method: 'get',
    path: '/workflows/{key}/versions',
    tag: 'Workflows',
    summary: 'Versions of one workflow',
    requires: 'definition.read',
    scope: 'workflows:read',
    params: z.strictObject({ key }),
    answers: { 200: summaries },
    handle: async ({ params }) => ({ status: 200, body: { items: await versions(params.key) } }),
  }),
  route({
    method: 'get',
    path: '/workflows/{key}/versions/{version}',
    tag: 'Workflows',
    summary: 'One version as it was written',
    requires: 'definition.read',
    scope: 'workflows:read',
    params: one,
    answers: {
      200: { description: 'The version.', schema: z.looseObject({ definition: definitionBody, status: z.string() }) },
    },
    handle: async ({ params }) => ({ status: 200, body: await definitions.read(params.key, params.version) }),
  }),
  route({
    method: 'put',
    path: '/workflows/{key}/versions/{version}',
    tag: 'Workflows',
    summary: 'Replace a draft',
    requires: 'definition.write',
    scope: 'session_only',
    params: one,
    body: definitionBody,
    answers: { 200: drafted },
    handle: async ({ params, body, actor }) => ({
      status: 200,
      body: await definitions.redraft(params.key, params.version, body, actor),
    }),
  }),
  route({
    method: 'post',
    path: '/workflows/{key}/versions/{version}/publish',
    tag: 'Workflows',
    summary: 'Publish a draft for good; refused with every problem at once',
    requires: 'definition.write',
    scope: 'session_only',
    params: one,
    answers: {
      200: { description: 'Published.', schema: z.object({ definition: definitionBody, sha256: z.string() }) },
    },
    handle: async ({ params, actor }) => ({
      status: 200,
      body: await definitions.publish(params.key, params.version, actor),
    }),
  }),
  route({
    method: 'post',
    path: '/workflows/{key}/versions/{version}/retire',
    tag: 'Workflows',
    summary: 'Retire a published version: no new task follows it, running ones keep it',
    requires: 'definition.write',
    scope: 'session_only',
    params: one,
    answers: { 204: { description: 'Retired.' } },
    handle: async ({ params, actor }) => {
      await definitions.retire(params.key, params.version, actor);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/workflows/{key}/versions/{version}/diagram',
    tag: 'Workflows',
    summary: 'Diagram of a version: SVG, or Mermaid text',
    requires: 'definition.read',
    scope: 'workflows:read',
    params: one,
    query: z.strictObject({
      format: z.enum(['svg', 'mermaid']).default('svg'),
      language: z.enum(['vi', 'en']).default('vi'),
    }),
    answers: { 200: { description: 'The diagram.', schema: z.string(), type: 'image/svg+xml' } },
    handle: async ({ params, query }) => {
      const { definition } = await definitions.read(params.key, params.version);
      return query.format === 'svg'
        ? { status: 200, text: svg(definition, query.language), type: 'image/svg+xml' }
        : { status: 200, text: mermaid(definition, query.language), type: 'text/plain; charset=utf-8' };
    },
  }),
];
