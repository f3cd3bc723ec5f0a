import { z } from 'zod';
import { entryOf } from '../../../application/audit/entry.ts';
import { permit } from '../../../application/permit.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { type CalendarReader, readComing } from '../../../application/reports/coming.ts';
import { freezeReport } from '../../../application/reports/freeze.ts';
import { type ReportReader, readStatistics, structures } from '../../../application/reports/statistics.ts';
import { readTrend, type TrendReader } from '../../../application/reports/trend.ts';
import { type ReadUrgedRounds, readUrgingEffect } from '../../../application/reports/urging-effect.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { denominators } from '../../../domain/programmes/settings.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { rateGroups } from '../../../domain/reporting/rates.ts';
import type { FrozenReports } from '../../db/frozen-reports.ts';
import { type Route, route } from '../route.ts';
import { code, day, moment } from '../schemas.ts';

export interface ReportRouteParts {
  readonly reports: ReportReader;
  readonly tallies: TrendReader;
  readonly calendars: CalendarReader;
  readonly urgedRounds: ReadUrgedRounds;
  readonly frozen: FrozenReports;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const counted = z.record(z.string(), z.number());
const figures = z.looseObject({
  total: z.number().int(),
  counts: counted,
  parts: z.looseObject({}),
  estimate: counted,
  deadlines: counted,
});
const rate = z
  .object({
    key: z.string(),
    name: z.string(),
    count: z.number().int(),
    of: z.number().int(),
    denominator: z.enum(denominators),
    group: z.enum(rateGroups).optional(),
    denominatorText: z.string(),
    percent: z.number().nullable(),
    text: z.string().nullable(),
  })
  .meta({ id: 'Rate', description: 'A rate with its denominator, as code, in words and in figures; null of nothing.' });
const statistics = figures
  .extend({
    programme: z.object({ code: z.string(), name: z.string(), noun: z.string() }),
    asOf: z.iso.date(),
    knownAt: z.iso.datetime(),
    notice: z.string().nullable(),
    denominator: z.enum(denominators),
    rate: rate.optional(),
    rates: z.array(rate).optional(),
    percentagesOf: z
      .object({ denominator: z.literal('all'), denominatorText: z.string(), of: z.number().int() })
      .optional(),
    percentages: counted,
    estimatePercentages: counted,
    rounding: z.looseObject({}),
    byBloc: z.array(figures.extend({ rate: rate.optional() })),
    byUnit: z.array(figures.extend({ rate: rate.optional() })),
  })
  .meta({
    id: 'Statistics',
    description:
      'Figures of one programme; every part comes from one snapshot. Figures frozen before rates were told have no `rate`, `rates` and `percentagesOf`: all their percentages are of all.',
  });

const trend = z
  .object({
    programme: z.object({ code: z.string(), name: z.string(), noun: z.string() }),
    from: z.iso.date(),
    to: z.iso.date(),
    notice: z.string().nullable(),
    percentagesOf: z.looseObject({ denominator: z.literal('all'), denominatorText: z.string() }),
    rounding: z.looseObject({}),
    days: z.array(z.object({ day: z.iso.date(), total: z.number().int(), counts: counted, percentages: counted })),
  })
  .meta({ id: 'Trend', description: 'Figures at the end of each day, every day from the first to the last.' });

const named = z.object({ code: z.string(), name: z.string(), noun: z.string() });
const dated = {
  programme: named,
  asOf: z.iso.date(),
  knownAt: z.iso.datetime(),
  notice: z.string().nullable(),
};
const coming = z
  .object({
    ...dated,
    weeks: z.array(
      z.object({
        from: z.iso.date(),
        to: z.iso.date(),
        due: z.number().int(),
        days: z.array(z.object({ date: z.iso.date(), kind: z.string(), name: z.string() })),
      }),
    ),
    total: z.number().int(),
    later: z.number().int(),
    calendarTo: z.iso.date().nullable(),
  })
  .meta({ id: 'Coming', description: 'Deadlines of open work, week by week; `later`: due after the last week.' });
const effectPart = z.object({ count: z.number().int(), deadline: z.array(z.string()) });
const urgingEffect = z
  .object({
    ...dated,
    days: z.number().int(),
    rounds: z.array(
      z.object({
        id: z.uuid(),
        asOf: z.iso.date(),
        sentOn: z.iso.date(),
        urged: z.number().int(),
        readOn: z.iso.date(),
        days: z.number().int(),
        complete: z.boolean(),
        parts: z.object({ undated: effectPart, dated: effectPart, ended: effectPart }),
      }),
    ),
  })
  .meta({
    id: 'UrgingEffect',
    description: 'What became of the tasks of each urging round; the parts sum to `urged`.',
  });

const request = { programme: code, asOf: day.optional(), knownAt: moment.optional() };

const frozenView = z.object({
  id: z.uuid(),
  programme: z.string(),
  asOf: z.iso.date(),
  knownAt: z.iso.datetime(),
  sha256: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});

export const reportRoutes = ({
  reports,
  tallies,
  calendars,
  urgedRounds,
  frozen,
  audit,
  clock,
}: ReportRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/reports/statistics',
    tag: 'Reports',
    summary: 'Figures of a programme as of a day (what had happened), as known at a moment (what was recorded)',
    description:
      'Each figure lists its tasks: GET /tasks with the same programme, asOf and knownAt and category (assigned,in_progress for the report’s in_progress), unit, bloc, deadline or estimate. `rate` is the programme’s headline, by its own denominator: all, what has fallen due (done, overdue and failed), or within its group; `rates` has every part of each group. The shares of the states (`percentages`) are always of all tasks. Decimals and rounding are the programme’s; each share is rounded alone and their sum never forced (`rounding`). structure=then (default) counts each task for the unit that led it on the day, under its name and bloc of the day; structure=now for whoever has its work today, through every merger and split since.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ ...request, structure: z.enum(structures).default('then') }),
    answers: { 200: { description: 'The figures.', schema: statistics } },
    handle: async ({ query, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: query.programme });
      return { status: 200, body: await readStatistics(reports, clock)(query) };
    },
  }),
  route({
    method: 'get',
    path: '/reports/trend',
    tag: 'Reports',
    summary: 'How many tasks stood where at the end of each day',
    description:
      'One entry for every day from `from` to `to`, also for days on which nothing changed; by default the 30 days up to today, at most 732 days. As known now: what was entered late counts from the day it happened, so a past day may change, and equals GET /reports/statistics with that day as asOf.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ programme: code, from: day.optional(), to: day.optional() }),
    answers: { 200: { description: 'The days, oldest first.', schema: trend } },
    handle: async ({ query, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: query.programme });
      return { status: 200, body: await readTrend(reports, tallies, clock)(query) };
    },
  }),
  route({
    method: 'get',
    path: '/reports/coming',
    tag: 'Reports',
    summary: 'Deadlines of open work in the weeks ahead, with the holidays and make-up days of each week',
    description:
      'Weeks are Monday to Sunday; the first begins on the day itself, for what was due before is overdue. Counted are tasks assigned or in progress: GET /tasks with the same programme, asOf and knownAt, category=assigned,in_progress, dueFrom and dueTo lists those of a week. Holidays are those of the programme’s calendar as it is today, known up to `calendarTo`.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ ...request, weeks: z.coerce.number().int().min(1).max(53).default(12) }),
    answers: { 200: { description: 'The weeks, the present one first.', schema: coming } },
    handle: async ({ query, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: query.programme });
      return { status: 200, body: await readComing(reports, calendars, clock)(query) };
    },
  }),
  route({
    method: 'get',
    path: '/reports/urging-effect',
    tag: 'Reports',
    summary: 'What became of the tasks of each urging round within thirty days of its last letter',
    description:
      'A round urges open tasks without a deadline (letter 002, clause 4). Read thirty days after its last letter, or on asOf if that comes first (`complete` is then false): how many still had none, how many had got one, how many were submitted or ended without. Before and after, no proof of a cause. GET /tasks with urgedIn, the same programme and knownAt, asOf = readOn and `deadline` of a part lists exactly its tasks; without `deadline` all that were urged.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject(request),
    answers: { 200: { description: 'The rounds, the earliest first.', schema: urgingEffect } },
    handle: async ({ query, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: query.programme });
      return { status: 200, body: await readUrgingEffect(reports, urgedRounds, clock)(query) };
    },
  }),
  route({
    method: 'post',
    path: '/reports/runs',
    tag: 'Reports',
    summary: 'Freeze figures: kept as they are, with their hash, whatever is recorded later',
    requires: 'report.freeze',
    scope: 'reports:write',
    body: z.strictObject(request),
    answers: { 201: { description: 'Frozen.', schema: frozenView } },
    handle: async ({ body, actor }) => {
      const { body: _body, ...view } = await freezeReport(reports, frozen, clock)(body, actor);
      const { id, programme, asOf, sha256 } = view;
      const detail = { programme, asOf, sha256 };
      await audit.record(entryOf(clock, { actor, action: 'report.frozen', object: `report ${id}`, detail }));
      return { status: 201, body: view, headers: { Location: `/api/v1/reports/runs/${view.id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/reports/runs',
    tag: 'Reports',
    summary: 'Frozen reports of a programme, newest first',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ programme: code }),
    answers: { 200: { description: 'Up to 100.', schema: z.object({ items: z.array(frozenView) }) } },
    handle: async ({ query, actor }) => {
      permit(actor, 'report.read', { kind: 'report', programme: query.programme });
      return { status: 200, body: { items: await frozen.list(query.programme) } };
    },
  }),
  route({
    method: 'get',
    path: '/reports/runs/{id}',
    tag: 'Reports',
    summary: 'A frozen report: the same bytes for ever',
    requires: 'report.read',
    scope: 'reports:read',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'The figures as frozen; ETag is their SHA-256.', schema: statistics } },
    handle: async ({ params, actor }) => {
      const found = await frozen.find(params.id);
      if (!found || !can(actor, 'report.read', { kind: 'report', programme: found.programme }))
        throw new Refusal('report.not_found', { id: params.id });
      return { status: 200, text: found.body, headers: { ETag: `"${found.sha256}"` } };
    },
  }),
];
