import { z } from 'zod';
import type { Checkpoint } from '../../../application/audit/checkpoint.ts';
import { entryOf } from '../../../application/audit/entry.ts';
import type { ExportRequest } from '../../../application/audit/export.ts';
import type { CheckpointReader, SealKey } from '../../../application/audit/ports.ts';
import type { SealRequest } from '../../../application/audit/seal.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { dayOf, endOfDay, startOfDay } from '../../../domain/schedule/civil-date.ts';
import type { ListAuditEntries } from '../../db/queries/audit.ts';
import { type Route, route } from '../route.ts';
import { code, day, mostInteger, page, text } from '../schemas.ts';

export interface AuditRouteParts {
  readonly seal: (request: SealRequest) => Promise<Checkpoint>;
  readonly checkpoints: CheckpointReader;
  readonly entries: ListAuditEntries;
  readonly exportAudit: (request: ExportRequest) => Promise<AsyncGenerator<string, void>>;
  readonly key: Pick<SealKey, 'keyId' | 'publicKeyPem'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: string;
}

const checkpoint = z
  .object({
    number: z.number().int(),
    day: z.iso.date(),
    sealedAt: z.iso.datetime(),
    root: z.string(),
    previous: z.string(),
    leaves: z.number().int(),
    events: z.number().int(),
    keyId: z.string(),
    hash: z.string(),
    signature: z.string(),
  })
  .meta({
    id: 'Checkpoint',
    description: 'A signed seal over the heads of all histories; the format is public (docs/audit-format.md).',
  });

const entry = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.string().nullable(),
    actorName: z.string().nullable(),
    action: z.string(),
    object: z.string(),
    reason: z.string().nullable(),
    detail: z.looseObject({}),
  })
  .meta({
    id: 'AuditEntry',
    description: 'Who did what, when, to what; `detail` says from which address and with which outcome.',
  });

const number = z.coerce.number().int().min(1).max(mostInteger);
const exports = 2;

export const auditRoutes = (parts: AuditRouteParts): readonly Route[] => {
  const { seal, checkpoints, entries, exportAudit, key, audit, clock, zone } = parts;
  let running = 0;
  /** Each export holds a database connection for as long as its reader takes. */
  const bounded = async function* (lines: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
    running += 1;
    try {
      yield* lines;
    } finally {
      running -= 1;
    }
  };

  return [
    route({
      method: 'get',
      path: '/audit/entries',
      tag: 'Audit',
      summary: 'Who did what outside tasks: sign-ins, refusals, exports, workflows, operators’ actions; newest first',
      requires: 'audit.read',
      scope: 'audit:read',
      query: z.strictObject({
        actor: z.string().max(64).optional(),
        action: z
          .string()
          .max(64)
          .optional()
          .meta({ description: 'Begin of the name: `session.` finds all of its kind.' }),
        object: z.string().max(300).optional(),
        from: day.optional(),
        to: day.optional().meta({ description: 'The last day, included.' }),
        limit: page.limit,
        cursor: z
          .string()
          .regex(/^\d{1,18}$/, 'is not the number of a row')
          .optional(),
      }),
      answers: {
        200: {
          description: 'One page.',
          schema: z.object({ items: z.array(entry), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { cursor, from, to, ...request } }) => ({
        status: 200,
        body: await entries({
          ...request,
          before: cursor,
          from: from === undefined ? undefined : startOfDay(from, zone),
          until: to === undefined ? undefined : endOfDay(to, zone),
        }),
      }),
    }),
    route({
      method: 'get',
      path: '/audit/checkpoints',
      tag: 'Audit',
      summary: 'Checkpoints, newest first',
      requires: 'audit.read',
      scope: 'audit:read',
      query: z.strictObject({ limit: page.limit, cursor: number.optional() }),
      answers: {
        200: {
          description: 'One page; `next` is the next `cursor`.',
          schema: z.object({ items: z.array(checkpoint), next: z.number().int().nullable() }),
        },
      },
      handle: async ({ query: { limit, cursor } }) => {
        const items = await checkpoints.list({ limit, before: cursor });
        const last = items.at(-1);
        return { status: 200, body: { items, next: items.length === limit && last ? last.number : null } };
      },
    }),
    route({
      method: 'get',
      path: '/audit/checkpoints/{number}',
      tag: 'Audit',
      summary: 'One checkpoint',
      requires: 'audit.read',
      scope: 'audit:read',
      params: z.strictObject({ number }),
      answers: { 200: { description: 'The checkpoint.', schema: checkpoint } },
      handle: async ({ params }) => {
        const found = await checkpoints.find(params.number);
        if (!found) throw new Refusal('checkpoint.not_found', params);
        return { status: 200, body: found };
      },
    }),
    route({
      method: 'post',
      path: '/audit/checkpoints',
      tag: 'Audit',
      summary: 'Seal now, beside the daily seal',
      requires: 'audit.seal',
      scope: 'session_only',
      body: z.strictObject({ reason: text(500).pipe(z.string().min(3)) }),
      answers: { 201: { description: 'Sealed.', schema: checkpoint } },
      handle: async ({ body, actor }) => {
        const object = 'audit checkpoint';
        await audit.record(entryOf(clock, { actor, action: 'audit.sealed', object, outcome: 'begun', ...body }));
        const sealed = await seal({ day: dayOf(clock.now(), zone) });
        return { status: 201, body: sealed, headers: { Location: `/api/v1/audit/checkpoints/${sealed.number}` } };
      },
    }),
    route({
      method: 'get',
      path: '/audit/key',
      tag: 'Audit',
      summary: 'The public key that checks seals and exports; keep it outside the program',
      requires: 'audit.read',
      scope: 'audit:read',
      answers: {
        200: { description: 'Ed25519, SPKI in PEM.', schema: z.object({ keyId: z.string(), publicKey: z.string() }) },
      },
      handle: () => ({ status: 200, body: { keyId: key.keyId, publicKey: key.publicKeyPem } }),
    }),
    route({
      method: 'get',
      path: '/audit/export',
      tag: 'Audit',
      summary: 'Everything an auditor needs to check histories without this program; lines of JSON',
      description:
        'Tasks with an event between `from` and `to` (local days, both included) come with their whole histories. Only an export without filters shows that nothing is missing. Checked with tools/verify-export.mjs; the export itself is an audit entry.',
      requires: 'audit.read',
      scope: 'audit:read',
      query: z.strictObject({ from: day.optional(), to: day.optional(), programme: code.optional() }),
      answers: {
        200: {
          description: 'A header, the checkpoints with their leaves, what they cover, and a signed trailer.',
          schema: z.string(),
          type: 'application/x-ndjson',
        },
      },
      handle: async ({ query, actor }) => {
        if (running >= exports) throw new Refusal('rate.exceeded', { retryAfterSeconds: 60 });
        return {
          status: 200,
          stream: bounded(await exportAudit({ ...query, actor })),
          type: 'application/x-ndjson',
          headers: { 'Content-Disposition': 'attachment; filename="dondoc-audit.ndjson"' },
        };
      },
    }),
  ];
};
