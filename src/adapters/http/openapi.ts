import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from './route.ts';

const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    detailEn: z.string(),
    code: z.string(),
    instance: z.string(),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457 problem details; `code` is stable, `detail` is Vietnamese, more keys come with some codes.',
  });

/** The API's description, made from the same values that serve it. */
export const openApiDocument = (routes: readonly Route[]) => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const spec of routes) {
    const path = `/api/v1${spec.path}`;
    paths[path] = { ...paths[path], [spec.method]: operation(spec) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Dondoc',
      version: '1',
      description: 'Workflow engine for following assigned work: tasks, deadlines, appraisal, reminders and figures.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'dondoc_session' },
      },
    },
  });
};

const operation = (spec: Route): ZodOpenApiOperationObject => ({
  operationId: operationId(spec),
  tags: [spec.tag],
  summary: spec.summary,
  description: [spec.description, requirement(spec)].filter(Boolean).join('\n\n'),
  ...(spec.requires === 'anyone' ? { security: [] } : {}),
  requestParams: {
    ...(spec.params ? { path: spec.params as z.ZodObject } : {}),
    ...(spec.query ? { query: spec.query as z.ZodObject } : {}),
    ...(spec.idempotent || spec.conditional ? { header: headersOf(spec) } : {}),
  },
  ...bodyOf(spec),
  responses: {
    ...Object.fromEntries(
      Object.entries(spec.answers).map(([status, { description, schema, type = 'application/json' }]) => [
        status,
        { description, ...(schema ? { content: { [type]: { schema } } } : {}) },
      ]),
    ),
    default: { description: 'Refused or failed.', content: { 'application/problem+json': { schema: problem } } },
  },
});

const bodyOf = ({ body, upload }: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> => {
  if (upload)
    return {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          upload.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } as const }]),
        ),
      },
    };
  return body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {};
};

const headersOf = ({ idempotent, conditional }: Route): z.ZodObject =>
  z.object({
    ...(idempotent ? { 'Idempotency-Key': z.string().min(1).max(128) } : {}),
    ...(conditional ? { 'If-Match': z.string().meta({ example: '"v3"' }) } : {}),
  });

const requirement = ({ requires, scope }: Route): string => {
  if (requires === 'anyone') return 'No session needed.';
  const role = requires === 'signed_in' ? 'Any signed-in account.' : `Needs \`${requires}\`.`;
  if (scope === 'session_only') return `${role} Not with an API token.`;
  return scope === 'any' ? `${role} Any API token.` : `${role} API tokens: scope \`${scope}\`.`;
};

const operationId = ({ method, path }: Route): string =>
  `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[/-](\w)/g, (_all, letter: string) => letter.toUpperCase())}`;
