import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AddFile } from '../../../application/evidence/add-file.ts';
import { fileTypeList } from '../../../application/evidence/file-types.ts';
import type { Bytes, StoredFile } from '../../../application/evidence/ports.ts';
import type { Answer, IdempotencyKey } from '../../../application/ports.ts';
import type { Applied } from '../../../application/tasks/apply.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { fileScans } from '../../../domain/workflow/evidence.ts';
import { fileHeaders } from '../file-headers.ts';
import { type Route, route } from '../route.ts';

export interface EvidenceRouteParts {
  readonly add: (request: AddFile, key: IdempotencyKey, render: (file: StoredFile) => Answer) => Promise<Applied>;
  readonly list: (taskId: string, actor: Actor) => Promise<readonly StoredFile[]>;
  readonly open: (
    taskId: string,
    fileId: string,
    actor: Actor,
  ) => Promise<{ readonly file: StoredFile; readonly content: () => Promise<AsyncGenerator<Uint8Array, void>> }>;
  readonly maxBytes: number;
}

const file = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.enum(fileTypeList as [string, ...string[]]),
    bytes: z.number().int(),
    sha256: z.string(),
    uploadedBy: z.string(),
    uploadedAt: z.iso.datetime(),
    scan: z.enum(fileScans).meta({ description: 'pending: it can be neither handed in nor read yet.' }),
    linkedSeq: z.number().int().nullable().meta({ description: 'The first event that names it; null: not handed in.' }),
  })
  .meta({ id: 'EvidenceFile' });

const viewOf = ({
  id,
  name,
  type,
  bytes,
  sha256,
  by,
  uploadedAt,
  scan,
  linkedSeq,
}: StoredFile): z.input<typeof file> => ({
  id,
  name,
  type,
  bytes,
  sha256,
  uploadedBy: by,
  uploadedAt,
  scan,
  linkedSeq,
});

export const evidenceRoutes = ({ add, list, open, maxBytes }: EvidenceRouteParts): readonly Route[] => [
  route({
    method: 'post',
    path: '/tasks/{id}/files',
    tag: 'Evidence',
    summary: 'Upload a file of evidence; it counts once a transition names it',
    description:
      'The body is the file itself, the type is judged by its content. `name` is the file’s name, percent-encoded UTF-8. ' +
      'What no transition names is removed after seven days.',
    requires: 'task.add_evidence',
    scope: 'tasks:write',
    idempotent: true,
    upload: { types: [...fileTypeList, 'application/octet-stream'], limitBytes: maxBytes, streamed: true },
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({ name: z.string().min(1).max(1000) }),
    answers: { 201: { description: 'The file as it is kept.', schema: file } },
    handle: async ({ params, query, req, actor, idempotencyKey }) => {
      const announced = req.get('Content-Length');
      const { answer, replayed } = await add(
        {
          taskId: params.id,
          actor,
          name: query.name,
          // A refusal in the middle must still find its way to the sender.
          content: req.iterator({ destroyOnReturn: false }) as Bytes,
          announcedBytes: announced === undefined ? undefined : Number(announced),
        },
        {
          actor: actor.id,
          key: idempotencyKey,
          bodyHash: createHash('sha256').update(`POST ${params.id}\n${query.name}`).digest('base64url'),
        },
        (kept) => ({ status: 201, etag: null, response: JSON.stringify(viewOf(kept)) }),
      );
      const { id } = JSON.parse(answer.response) as { id: string };
      return {
        status: answer.status,
        text: answer.response,
        headers: {
          Location: `/api/v1/tasks/${params.id}/files/${id}`,
          ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/tasks/{id}/files',
    tag: 'Evidence',
    summary: 'The files of a task, in the order of their coming',
    requires: 'task.read',
    scope: 'tasks:read',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'All files.', schema: z.strictObject({ items: z.array(file) }) } },
    handle: async ({ params, actor }) => ({
      status: 200,
      body: { items: (await list(params.id, actor)).map(viewOf) },
    }),
  }),
  route({
    method: 'get',
    path: '/tasks/{id}/files/{fileId}',
    tag: 'Evidence',
    summary: 'The content of a file, to be saved',
    description: 'Its hash is checked on the way: what was changed in the storage breaks off before its end.',
    requires: 'task.read',
    scope: 'tasks:read',
    params: z.strictObject({ id: z.uuid(), fileId: z.uuid() }),
    answers: {
      200: {
        description: 'The bytes as they were uploaded; ETag is their SHA-256.',
        schema: z.string().meta({ format: 'binary' }),
        type: 'application/octet-stream',
      },
    },
    handle: async ({ params, actor, req }) => {
      const { file: kept, content } = await open(params.id, params.fileId, actor);
      const headers = fileHeaders(kept.name, kept);
      if (req.method === 'HEAD') return { status: 200, headers: { ...headers, 'Content-Type': kept.type } };
      return { status: 200, type: kept.type, headers, stream: await content() };
    },
  }),
];
