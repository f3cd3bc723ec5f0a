import { z } from 'zod';
import type { ImportCommitments } from '../../../application/imports/import-commitments.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { type Route, route } from '../route.ts';
import { code } from '../schemas.ts';

const limitBytes = 20 * 1024 * 1024;
const upload = {
  types: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream'],
  limitBytes,
} as const;

const problem = z
  .object({
    row: z.number().int(),
    column: z.string(),
    columnLetter: z.string(),
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    value: z.string().nullable(),
    vi: z.string(),
    en: z.string(),
  })
  .meta({ id: 'RowProblem', description: 'What is wrong with one cell of an import, and the way out.' });
const run = z
  .object({
    id: z.uuid(),
    programme: z.string(),
    mode: z.enum(['all', 'partial']),
    status: z.enum(['waiting', 'running', 'done', 'refused', 'failed']),
    total: z.number().int(),
    processed: z.number().int(),
    created: z.number().int(),
    unchanged: z.number().int(),
    problems: z.array(problem),
    fileSha256: z.string(),
    actor: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ImportRun' });

export const importRoutes = (imports: ImportCommitments): readonly Route[] => [
  route({
    method: 'post',
    path: '/imports/preview',
    tag: 'Imports',
    summary: 'Judge a CSV or XLSX file of commitments; stores nothing',
    requires: 'task.import',
    scope: 'imports:write',
    upload,
    query: z.strictObject({ programme: code }),
    answers: {
      200: {
        description: 'Counts and every problem by row and column.',
        schema: z.looseObject({ counts: z.record(z.string(), z.number()), problems: z.array(problem) }),
      },
    },
    handle: async ({ query, req, actor }) => ({
      status: 200,
      body: await imports.preview(req.body as Buffer, query.programme, actor),
    }),
  }),
  route({
    method: 'post',
    path: '/imports',
    tag: 'Imports',
    summary: 'Import commitments from a CSV or XLSX file: all rows or none; mode=partial leaves out the bad ones',
    description: 'Answers at once; a worker does the import. Follow it under Location: processed of total.',
    requires: 'task.import',
    scope: 'imports:write',
    idempotent: true,
    upload,
    query: z.strictObject({ programme: code, mode: z.enum(['all', 'partial']).default('all') }),
    answers: { 202: { description: 'Accepted.', schema: run } },
    handle: async ({ query, req, actor, idempotencyKey }) => {
      const accepted = await imports.start({ ...query, file: req.body as Buffer, key: idempotencyKey }, actor);
      return { status: 202, body: accepted, headers: { Location: `/api/v1/imports/${accepted.id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/imports/{id}',
    tag: 'Imports',
    summary: 'How far an import is, and what came of it',
    requires: 'import.read',
    scope: 'imports:write',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'The run.', schema: run } },
    handle: async ({ params, actor }) => {
      const found = await imports.find(params.id);
      if (!can(actor, 'import.read', { kind: 'import', programme: found.programme }))
        throw new Refusal('import.not_found', { import: params.id });
      return { status: 200, body: found };
    },
  }),
];
