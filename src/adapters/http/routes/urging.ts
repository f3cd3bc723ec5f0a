// The lists for urging letters, urging rounds, and the commitment that measures itself.

import { z } from 'zod';
import { bookFormats } from '../../../application/book.ts';
import { type FollowingReader, urgingLists } from '../../../application/following/ports.ts';
import type { UrgingRounds } from '../../../application/following/urging-rounds.ts';
import { urgingSheet } from '../../../application/following/urging-sheet.ts';
import type { Once } from '../../../application/once.ts';
import { permit } from '../../../application/permit.ts';
import { type ReportReader, reportTimes } from '../../../application/reports/statistics.ts';
import { taskScope } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { noticeOf } from '../../../domain/reporting/illustrative.ts';
import { onTimeRate } from '../../../domain/reporting/on-time.ts';
import { denominatorTexts, roundingText } from '../../../domain/reporting/rates.ts';
import { type BookParts, exportedBook } from '../exported-file.ts';
import { onceOnly } from '../once-only.ts';
import { type Route, route } from '../route.ts';
import { code, day, moment, text } from '../schemas.ts';

export interface UrgingRouteParts extends BookParts {
  readonly once: Once;
  readonly rounds: UrgingRounds;
  readonly reader: Pick<FollowingReader, 'urging' | 'onTime'>;
  readonly reports: Pick<ReportReader, 'programme'>;
}

const programmeParams = z.strictObject({ code });
const roundId = z.strictObject({ id: z.uuid() });
const round = z
  .looseObject({ id: z.uuid(), programme: z.string(), asOf: z.iso.date(), status: z.string() })
  .meta({ id: 'UrgingRound' });

export const urgingRoutes = (parts: UrgingRouteParts): readonly Route[] => {
  const { rounds, reader, reports, clock } = parts;
  const keyed = onceOnly(parts.once);
  const programmeOf = async (programme: string) => {
    const found = await reports.programme(programme);
    if (!found) throw new Refusal('programme.not_found', { programme });
    return found;
  };

  return [
    route({
      method: 'get',
      path: '/programmes/{code}/urging/{list}',
      tag: 'Following',
      summary: 'What is overdue and unfinished, or was finished late, as of a day: the annexes of the urging letter',
      description:
        'overdue: to be reviewed and finished (letter 002, clause 1, first half); late-done: lessons to be learned and explained (second half). Of tasks the caller may see. `format` csv or xlsx gives the same figures as a file that says of when they are.',
      requires: 'task.read',
      scope: 'tasks:read',
      params: z.strictObject({ code, list: z.enum(urgingLists) }),
      query: z.strictObject({
        asOf: day.optional(),
        knownAt: moment.optional(),
        format: z.enum(['json', ...bookFormats]).default('json'),
      }),
      answers: {
        200: {
          description: 'The list.',
          schema: z.looseObject({ asOf: z.iso.date(), total: z.number().int(), items: z.array(z.looseObject({})) }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const found = await programmeOf(params.code);
        const times = reportTimes(query, found.zone, clock.now());
        const items = await reader.urging(params.list, params.code, times, taskScope(actor));
        const { asOf, known: knownAt } = times;
        const notice = noticeOf(found);
        if (query.format === 'json')
          return {
            status: 200,
            body: { list: params.list, programme: params.code, asOf, knownAt, notice, total: items.length, items },
          };
        const deed = {
          actor,
          action: 'urging.exported',
          object: `programme ${params.code}`,
          detail: { list: params.list, rows: items.length, asOf, knownAt },
        };
        const book = urgingSheet(params.list, items, {
          asOf,
          knownAt,
          programme: { code: params.code, ...found },
          notice,
        });
        return exportedBook(parts, deed, book, query.format);
      },
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/on-time',
      tag: 'Following',
      summary: 'The commitment “on time 100% in the task software”, measured per unit for deadlines within a period',
      description:
        'Judged are tasks done, overdue or failed whose deadline lies in the period; stopped and still running ones are not. Against the present deadline and against the first one. Rates are of what has fallen due in the period (denominator fallen_due), with the decimals and the rounding of the programme. Units of letter 003’s footnote commit to 100%.',
      requires: 'report.read',
      scope: 'reports:read',
      params: programmeParams,
      query: z.strictObject({ from: day, to: day, knownAt: moment.optional() }),
      answers: { 200: { description: 'Per unit.', schema: z.looseObject({ items: z.array(z.looseObject({})) }) } },
      handle: async ({ params, query, actor }) => {
        permit(actor, 'report.read', { kind: 'report', programme: params.code });
        const found = await programmeOf(params.code);
        const times = reportTimes({ asOf: query.to, knownAt: query.knownAt }, found.zone, clock.now());
        const rows = await reader.onTime(params.code, query.from, times);
        const items = rows.map((row) => ({ ...row, ...onTimeRate(row, found.rule) }));
        const body = {
          programme: params.code,
          from: query.from,
          to: query.to,
          knownAt: times.known,
          notice: noticeOf(found),
          // Whatever the programme calls its result: nobody can be late with what is not due.
          denominator: 'fallen_due',
          denominatorText: `${denominatorTexts.fallen_due} trong kỳ`,
          rounding: { rule: found.rule.rounding, decimals: found.rule.percentDigits, text: roundingText(found.rule) },
        };
        return { status: 200, body: { ...body, items } };
      },
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/urging-rounds',
      tag: 'Following',
      summary: 'Urging rounds of a programme, the latest first',
      requires: 'urging.read',
      scope: 'tasks:read',
      params: programmeParams,
      answers: { 200: { description: 'Rounds.', schema: z.object({ items: z.array(round) }) } },
      handle: async ({ params, actor }) => ({
        status: 200,
        body: { items: await rounds.list(params.code, actor) },
      }),
    }),
    route({
      method: 'post',
      path: '/programmes/{code}/urging-rounds',
      tag: 'Following',
      summary: 'Propose the three-monthly list of work without a deadline; once a day',
      description:
        'Lines are open tasks that had no deadline when first assigned and have none now, three months after that or after they were last urged (letter 002, clause 4).',
      requires: 'urging.propose',
      scope: 'session_only',
      idempotent: true,
      params: programmeParams,
      answers: { 200: { description: 'The round of today with its lines.', schema: round } },
      handle: (call) =>
        keyed(call, async () => ({ status: 200, body: await rounds.propose(call.params.code, call.actor) })),
    }),
    route({
      method: 'get',
      path: '/urging-rounds/{id}',
      tag: 'Following',
      summary: 'One urging round with its lines',
      requires: 'urging.read',
      scope: 'tasks:read',
      params: roundId,
      answers: { 200: { description: 'The round.', schema: round } },
      handle: async ({ params, actor }) => ({ status: 200, body: await rounds.read(params.id, actor) }),
    }),
    route({
      method: 'post',
      path: '/urging-rounds/{id}/taken-out',
      tag: 'Following',
      summary: 'Take a line out of a proposed round, with the reason',
      requires: 'urging.propose',
      scope: 'session_only',
      idempotent: true,
      params: roundId,
      body: z.strictObject({ taskId: z.uuid(), reason: text(1000) }),
      answers: { 200: { description: 'The round as it then is.', schema: round } },
      handle: (call) =>
        keyed(call, async () => ({ status: 200, body: await rounds.takeOut(call.params.id, call.body, call.actor) })),
    }),
    route({
      method: 'post',
      path: '/urging-rounds/{id}/approval',
      tag: 'Following',
      summary: 'Approve a round: its lines are sent, each once',
      requires: 'urging.approve',
      scope: 'session_only',
      idempotent: true,
      params: roundId,
      answers: { 200: { description: 'The approved round.', schema: round } },
      handle: (call) =>
        keyed(call, async () => ({ status: 200, body: await rounds.approve(call.params.id, call.actor) })),
    }),
    route({
      method: 'post',
      path: '/urging-rounds/{id}/withdrawal',
      tag: 'Following',
      summary: 'Withdraw a proposed round, with the reason: nothing of it is sent',
      description: 'What it listed may be proposed again, also on the same day. An approved round is not withdrawn.',
      requires: 'urging.propose',
      scope: 'session_only',
      idempotent: true,
      params: roundId,
      body: z.strictObject({ reason: text(1000) }),
      answers: { 200: { description: 'The withdrawn round.', schema: round } },
      handle: (call) =>
        keyed(call, async () => ({
          status: 200,
          body: await rounds.withdraw(call.params.id, call.body.reason, call.actor),
        })),
    }),
  ];
};
