import { z } from 'zod';
import { entryOf } from '../../../application/audit/entry.ts';
import type { Once } from '../../../application/once.ts';
import { permit } from '../../../application/permit.ts';
import type { AuditLog } from '../../../application/ports.ts';
import {
  answerConfirmation,
  byUnit,
  type ReadableLine,
  type RoundParts,
  readableRound,
  readLines,
  resolveDispute,
  statused,
  summaryOf,
} from '../../../application/reports/confirmation.ts';
import { lineStatuses } from '../../../domain/reporting/confirmation.ts';
import { bucketOfRow, estimateOfRow } from '../../../domain/reporting/run-rows.ts';
import { onceOnly } from '../once-only.ts';
import { problemOf } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { code, mostInteger, text } from '../schemas.ts';

export interface ConfirmationRouteParts extends RoundParts {
  readonly once: Once;
  readonly audit: AuditLog;
}

export const roundView = z
  .object({
    id: z.uuid(),
    edition: z.uuid(),
    programme: z.string(),
    asOf: z.iso.date(),
    knownAt: z.iso.datetime(),
    dueOn: z.iso.date(),
    openedBy: z.string(),
    openedAt: z.iso.datetime(),
    frozen: z.boolean(),
  })
  .meta({ id: 'ConfirmationRound', description: 'Units confirm or dispute their figures until the end of dueOn.' });

const counts = z.record(z.enum(lineStatuses), z.number().int());
const lineView = z
  .object({
    code: z.string(),
    title: z.string().nullable(),
    unit: z.string(),
    unitName: z.string(),
    bucket: z.string(),
    estimate: z.string(),
    status: z.enum(lineStatuses),
    reason: z.string().nullable(),
    correction: z.number().int().nullable(),
    by: z.string().nullable(),
    at: z.string().nullable(),
    yours: z.boolean().meta({ description: 'Whether the caller answers for it.' }),
  })
  .meta({ id: 'ConfirmationLine' });

const lineOf = ({ row, status, last, yours }: ReadableLine): z.input<typeof lineView> => ({
  code: row.code,
  title: row.title,
  unit: row.unit,
  unitName: row.unitName,
  bucket: bucketOfRow(row),
  estimate: estimateOfRow(row),
  status,
  reason: last?.reason ?? null,
  correction: last?.correction ?? null,
  by: last?.actor ?? null,
  at: last ? String(last.at) : null,
  yours,
});

const id = z.strictObject({ id: z.uuid() });

export const confirmationRoutes = (parts: ConfirmationRouteParts): readonly Route[] => {
  const { rounds, clock, audit } = parts;
  const keyed = onceOnly(parts.once);
  return [
    route({
      method: 'get',
      path: '/reports/confirmations',
      tag: 'Reports',
      summary: 'Confirmation rounds of a programme, newest first',
      requires: 'report.read',
      scope: 'reports:read',
      query: z.strictObject({ programme: code }),
      answers: { 200: { description: 'Up to 100.', schema: z.object({ items: z.array(roundView) }) } },
      handle: async ({ query, actor }) => {
        permit(actor, 'report.read', { kind: 'report', programme: query.programme });
        const found = await rounds.list(query.programme);
        return { status: 200, body: { items: found.map(({ zone: _zone, ...round }) => round) } };
      },
    }),
    route({
      method: 'get',
      path: '/reports/confirmations/{id}',
      tag: 'Reports',
      summary: 'A confirmation round: what the units said, and who has not answered',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      answers: {
        200: {
          description: '`deemed` is what nobody answered until the day was over; it is not agreement.',
          schema: roundView.extend({
            counts,
            byUnit: z.array(z.object({ unit: z.string(), name: z.string(), counts })),
          }),
        },
      },
      handle: async ({ params, actor }) => {
        const round = await readableRound(rounds, params.id, actor);
        const lines = statused(await rounds.lines(round.id), round, clock.now());
        const { zone: _zone, ...view } = round;
        return { status: 200, body: { ...view, counts: summaryOf(round, lines).counts, byUnit: byUnit(lines) } };
      },
    }),
    route({
      method: 'get',
      path: '/reports/confirmations/{id}/lines',
      tag: 'Reports',
      summary: 'The items of a round, each as it was put to its unit; a unit sees its own',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      query: z.strictObject({ unit: code.optional(), status: z.enum(lineStatuses).optional() }),
      answers: {
        200: {
          description: 'All of them.',
          schema: z.object({ asOf: z.iso.date(), knownAt: z.iso.datetime(), items: z.array(lineView) }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { round, visible } = await readLines(parts)(params.id, actor);
        const asked = visible.filter(
          ({ row, status }) =>
            (query.unit === undefined || row.unit === query.unit) &&
            (query.status === undefined || status === query.status),
        );
        const { asOf, knownAt } = round;
        return { status: 200, body: { asOf, knownAt, items: asked.map(lineOf) } };
      },
    }),
    route({
      method: 'post',
      path: '/reports/confirmations/{id}/answers',
      tag: 'Reports',
      summary: 'A unit agrees with its figures or disputes them, item by item',
      description:
        'Each item stands or falls alone. Until the day is over a unit may say otherwise; the last word counts and the earlier ones are kept. The same answer twice is one answer.',
      requires: 'report.confirm',
      scope: 'reports:write',
      idempotent: true,
      params: id,
      body: z.strictObject({
        items: z
          .array(
            z.discriminatedUnion('answer', [
              z.strictObject({ code: text(200), answer: z.literal('agree') }),
              z.strictObject({ code: text(200), answer: z.literal('dispute'), reason: text(2000) }),
            ]),
          )
          .min(1)
          .max(1000),
      }),
      answers: {
        200: {
          description: 'Per item.',
          schema: z.strictObject({
            ok: z.array(z.object({ code: z.string(), status: z.enum(lineStatuses) })),
            failed: z.record(z.string(), z.unknown()),
          }),
        },
      },
      handle: (call) =>
        keyed(call, async () => {
          const { params, body, actor, res } = call;
          const { ok, failed } = await answerConfirmation(parts)(params.id, body.items, actor);
          const detail = { answered: ok.length, disputed: ok.filter(({ status }) => status === 'disputed').length };
          if (ok.length > 0)
            await audit.record(
              entryOf(clock, {
                actor,
                action: 'report.confirmation_answered',
                object: `confirmation ${params.id}`,
                detail,
              }),
            );
          const instance = String(res.getHeader('X-Request-Id'));
          return {
            status: 200,
            refused: [...failed.values()].find(({ code: why }) => why === 'permission.denied'),
            body: {
              ok,
              failed: Object.fromEntries(
                [...failed].map(([item, refusal]) => [item, problemOf(refusal.code, instance, refusal.details)]),
              ),
            },
          };
        }),
    }),
    route({
      method: 'post',
      path: '/reports/confirmations/{id}/resolutions',
      tag: 'Reports',
      summary: 'Settle a dispute: uphold it, naming the event that put it right, or reject it with a reason',
      requires: 'report.conduct',
      scope: 'reports:write',
      idempotent: true,
      params: id,
      body: z.discriminatedUnion('verdict', [
        z.strictObject({
          code: text(200),
          verdict: z.literal('upheld'),
          correction: z.number().int().min(1).max(mostInteger),
          reason: text(2000).optional(),
        }),
        z.strictObject({ code: text(200), verdict: z.literal('rejected'), reason: text(2000) }),
      ]),
      answers: {
        200: { description: 'Settled.', schema: z.object({ code: z.string(), status: z.enum(lineStatuses) }) },
      },
      handle: (call) =>
        keyed(call, async () => {
          const { params, body, actor } = call;
          const settled = await resolveDispute(parts)(params.id, body, actor);
          await audit.record(
            entryOf(clock, {
              actor,
              action: 'report.dispute_resolved',
              object: `confirmation ${params.id}`,
              detail: settled,
            }),
          );
          return { status: 200, body: settled };
        }),
    }),
  ];
};
