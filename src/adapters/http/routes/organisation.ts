import { z } from 'zod';
import { entryOf } from '../../../application/audit/entry.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { sameRule, usualRule } from '../../../domain/programmes/settings.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
import type { DefinitionSummary } from '../../db/definitions.ts';
import type { ProgrammeStore } from '../../db/programmes.ts';
import { type Route, route } from '../route.ts';
import { code, due, figureRule, sourceDocument, text } from '../schemas.ts';

export interface OrganisationRouteParts {
  readonly programmes: ProgrammeStore;
  /** Versions of a workflow. */
  readonly versions: (workflow: string) => Promise<readonly Pick<DefinitionSummary, 'status'>[]>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const programme = z
  .strictObject({
    code,
    name: text(500),
    noun: text(64).default('nhiệm vụ'),
    year: z.number().int().min(1990).max(2100),
    workflow: z.string().max(64),
    calendar: code.default('vn'),
    roll: z.enum(['keep', 'next', 'previous']).nullable().default(null),
    soonDays: z.number().int().min(0).max(60).default(3),
    defaultDue: due.nullable().default(null),
    aggregator: code.nullable().default(null),
    illustrative: z.boolean().default(false),
    reopenDays: z.number().int().min(0).max(3660).default(30),
    maxExtensions: z.number().int().min(0).max(100).nullable().default(1),
    /** What its rates are shares of, their decimals, and whether they are rounded or cut off. */
    denominator: figureRule.shape.denominator.default(usualRule.denominator),
    percentDigits: figureRule.shape.percentDigits.default(usualRule.percentDigits),
    rounding: figureRule.shape.rounding.default(usualRule.rounding),
    criteria: text(2000).nullable().default(null),
    basis: sourceDocument.nullable().default(null),
  })
  .meta({ id: 'Programme' });

export const organisationRoutes = ({
  programmes,
  versions,
  audit,
  clock,
}: OrganisationRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/programmes',
    tag: 'Programmes',
    summary: 'Programmes, latest year first',
    requires: 'organisation.read',
    scope: 'organisation:read',
    answers: { 200: { description: 'Programmes.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
    handle: async () => ({ status: 200, body: { items: await programmes.list() } }),
  }),
  route({
    method: 'post',
    path: '/programmes',
    tag: 'Programmes',
    summary: 'Open a programme',
    requires: 'programme.write',
    scope: 'session_only',
    body: programme,
    answers: { 201: { description: 'Opened.', schema: programme } },
    handle: async ({ body, actor }) => {
      // No task could ever be assigned in it.
      if (!(await versions(body.workflow)).some(({ status }) => status === 'published'))
        throw new Refusal('definition.not_published', { workflow: body.workflow });
      await programmes.create({ ...body, basis: body.basis as SourceDocument | null, createdAt: clock.now() });
      await audit.record(entryOf(clock, { actor, action: 'programme.opened', object: `programme ${body.code}` }));
      return { status: 201, body };
    },
  }),
  route({
    method: 'get',
    path: '/programmes/{code}',
    tag: 'Programmes',
    summary: 'One programme',
    requires: 'organisation.read',
    scope: 'organisation:read',
    params: z.strictObject({ code }),
    answers: { 200: { description: 'The programme.', schema: z.looseObject({}) } },
    handle: async ({ params }) => {
      const found = await programmes.find(params.code);
      if (!found) throw new Refusal('programme.not_found', { programme: params.code });
      return { status: 200, body: found };
    },
  }),
  route({
    method: 'put',
    path: '/programmes/{code}/figures',
    tag: 'Programmes',
    summary: 'Set by which denominator, with how many decimals and how rounded the programme tells its rates',
    description:
      'From now on, also for past days. Reports that are frozen keep the rule in their bytes; where two of them differ in it, their comparison says so.',
    requires: 'programme.write',
    scope: 'session_only',
    params: z.strictObject({ code }),
    body: figureRule,
    answers: { 200: { description: 'The rule.', schema: figureRule } },
    handle: async ({ params, body, actor }) => {
      const before = await programmes.setRule(params.code, body);
      if (!before) throw new Refusal('programme.not_found', { programme: params.code });
      if (!sameRule(before, body))
        await audit.record(
          entryOf(clock, {
            actor,
            action: 'programme.figures_set',
            object: `programme ${params.code}`,
            detail: { before, after: body },
          }),
        );
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/calendars/{key}',
    tag: 'Programmes',
    summary: 'A working calendar: holidays, days in lieu, swapped days and make-up days, each with its source',
    requires: 'calendar.read',
    scope: 'organisation:read',
    params: z.strictObject({ key: code }),
    answers: { 200: { description: 'The calendar.', schema: z.looseObject({}) } },
    handle: async ({ params }) => {
      const found = await programmes.calendar(params.key);
      if (!found) throw new Refusal('calendar.not_found', { calendar: params.key });
      return { status: 200, body: found };
    },
  }),
];
