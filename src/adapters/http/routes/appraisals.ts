// The appraisers' desk, and the ledger of working days.

import { z } from 'zod';
import { appraisalInbox, groupings } from '../../../application/appraisals/inbox.ts';
import type { DeskReader } from '../../../application/appraisals/ports.ts';
import type { MeasureTasks } from '../../../application/following/measure.ts';
import { permit } from '../../../application/permit.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import { type LedgerReader, ledgerViews, readLedger, readTaskLedger } from '../../../application/reports/ledger.ts';
import type { ReportReader } from '../../../application/reports/statistics.ts';
import { turns } from '../../../domain/appraisal/desk.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { noticeOf } from '../../../domain/reporting/illustrative.ts';
import { type Route, route } from '../route.ts';
import { code, day, decodeCursor, encodeCursor, page } from '../schemas.ts';
import { measuredSchema } from '../views.ts';

export interface AppraisalRouteParts {
  readonly store: Pick<TaskStore, 'load'>;
  readonly desk: DeskReader;
  readonly ledger: LedgerReader;
  readonly reports: Pick<ReportReader, 'programme'>;
  readonly measured: MeasureTasks;
  readonly clock: Clock;
}

const count = z.number().int();
const inboxPage = z
  .object({
    notice: z.string().nullable(),
    total: count,
    counts: z.object({ mine: count, others: count, unit: count, late: count }),
    groups: z.array(z.object({ key: z.string(), name: z.string(), tasks: count, units: count, late: count })),
    items: z.array(z.looseObject({ id: z.uuid(), version: count, measured: measuredSchema.nullable() })),
    next: z.string().nullable(),
  })
  .meta({ id: 'AppraisalInbox' });

const daySum = z.object({
  workingDays: count,
  tasks: count,
  average: z.number(),
  longest: z.object({ id: z.uuid(), code: z.string(), workingDays: count }).nullable(),
});
const rounds = z.object({
  answeredInTime: count,
  answeredLate: count,
  open: count,
  openLate: count,
  withdrawn: count,
  workingDaysLate: count,
});
const holderSums = z.object({ unit: daySum, appraiser: daySum, office: daySum, province: daySum });
const ledgerReport = z
  .object({
    programme: z.object({ code: z.string(), name: z.string(), noun: z.string() }),
    asOf: z.iso.date(),
    by: z.enum(ledgerViews),
    notice: z.string().nullable(),
    tasks: count,
    workingDays: count,
    ended: count,
    holders: holderSums,
    rows: z.array(daySum.extend({ unit: z.string(), name: z.string(), rounds: rounds.optional() })),
  })
  .meta({
    id: 'LedgerReport',
    description: 'Working days per holder; the holders’ days and `ended` make workingDays.',
  });

export const appraisalRoutes = (parts: AppraisalRouteParts): readonly Route[] => {
  const { store, desk, ledger, reports, clock } = parts;
  const inbox = appraisalInbox(store, desk, clock, parts.measured);
  return [
    route({
      method: 'get',
      path: '/appraisals',
      tag: 'Appraisal',
      summary: 'What waits for appraisal on the caller’s desk, by indicator or by unit',
      description:
        'Every task under appraisal whose agencies the caller appraises for, themselves or for an absent member; for the office and the leaders also what they confirm by their role. `agency` shows another agency’s desk to those who see all tasks. `counts` hold whatever `waiting` and `late` say, `groups` and `total` with them; listing with a group’s key as `indicator` or `unit` gives exactly its tasks. `waiting`: mine (yet to vote, or to give an opinion), others, unit (a question is open). Lateness is in working days and the appraisers’ own.',
      requires: 'task.read',
      scope: 'tasks:read',
      query: z.strictObject({
        group: z.enum(groupings).default('indicator'),
        agency: code.optional(),
        programme: code.optional(),
        unit: code.optional(),
        indicator: z.string().max(1000).optional(),
        waiting: z.enum([...turns, 'all']).default('all'),
        late: z
          .enum(['true', 'false'])
          .transform((value) => value === 'true')
          .optional(),
        q: z.string().max(200).optional(),
        limit: page.limit,
        // Holds the name of an indicator.
        cursor: z.string().max(6000).optional(),
      }),
      answers: { 200: { description: 'One page; figures of all pages.', schema: inboxPage } },
      handle: async ({ query: { q, cursor, ...query }, actor }) => {
        const after = cursor === undefined ? undefined : decodeCursor(cursor);
        if (cursor !== undefined && !z.uuid().safeParse(after?.id).success)
          throw new Refusal('input.invalid', {
            errors: [
              { in: 'query', pointer: '/cursor', code: 'invalid', message: 'Is not one that this list gave out.' },
            ],
          });
        const { next, illustrative, ...found } = await inbox({ ...query, text: q, after, actor });
        return {
          status: 200,
          body: { notice: noticeOf({ illustrative }), ...found, next: next ? encodeCursor(next) : null },
        };
      },
    }),
    route({
      method: 'get',
      path: '/reports/ledger',
      tag: 'Reports',
      summary: 'Working days in whose court, and how the appraising agencies kept their own deadlines',
      description:
        'The day on which a task passes on counts for whoever had it and is day zero of the next; while a question of the appraisers is open the days are the unit’s; what has ended counts for nobody. So the days of all holders, and those between an end and a reopening (`ended`), are the working days from assignment to the end or to `asOf`. As known now. `by=agency` adds the rounds: answered in time, answered late, open, open beyond the deadline, and the working days late, which are the agency’s and never the unit’s.',
      requires: 'report.read',
      scope: 'reports:read',
      query: z.strictObject({ programme: code, asOf: day.optional(), by: z.enum(ledgerViews).default('holder') }),
      answers: { 200: { description: 'The ledger.', schema: ledgerReport } },
      handle: async ({ query, actor }) => {
        permit(actor, 'report.read', { kind: 'report', programme: query.programme });
        return { status: 200, body: await readLedger(reports, ledger, clock)(query) };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/ledger',
      tag: 'Tasks',
      summary: 'Working days of one task in whose court, stretch by stretch, and its appraisal rounds',
      requires: 'task.read',
      scope: 'tasks:read',
      params: z.strictObject({ id: z.uuid() }),
      query: z.strictObject({ asOf: day.optional() }),
      answers: {
        200: {
          description: 'The ledger; null when the task was not assigned by then.',
          schema: z.looseObject({ taskId: z.uuid(), asOf: z.iso.date(), ledger: z.unknown() }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const loaded = (await store.load([params.id])).get(params.id);
        if (!loaded || !can(actor, 'task.read', { kind: 'task', task: loaded.task }))
          throw new Refusal('task.not_found', { taskId: params.id });
        const found = await readTaskLedger(ledger, clock)(loaded, query.asOf);
        return { status: 200, body: { notice: noticeOf(loaded.programme), ...found } };
      },
    }),
  ];
};
