// The year of a programme: its phases, what they wait for, and which of its tasks each unit says are its own.

import { z } from 'zod';
import type { PhaseOverview, ProgrammePhases } from '../../../application/programmes/phases.ts';
import type { ProgrammeScope } from '../../../application/programmes/scope.ts';
import { type PhasePlan, phaseNames } from '../../../domain/programmes/phases.ts';
import { isOffset, parseOffset } from '../../../domain/schedule/offset.ts';
import { type Route, route } from '../route.ts';
import { code, day, sourceDocument, text } from '../schemas.ts';
import { defined } from '../task-change.ts';

const byCode = z.strictObject({ code });
const onePhase = z.strictObject({ code, phase: z.enum(phaseNames) });

const forward = (value: unknown): boolean => {
  if (typeof value !== 'string') return true;
  const parsed = parseOffset(value);
  return parsed !== undefined && parsed.sign > 0;
};
const offset = z
  .union([z.string(), z.strictObject({ workingDays: z.number().int().min(0).max(3660) })])
  .refine(
    (value) => isOffset(value) && forward(value),
    'is not a period of days, weeks, months or years that runs forward',
  );

const phase = z
  .strictObject({
    phase: z.enum(phaseNames),
    starts: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('on_day'), day }),
      z.strictObject({
        kind: z.literal('after_submission'),
        event: text(500),
        unit: code,
        tentativeDay: day.optional(),
      }),
    ]),
    ends: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('on_day'), day }),
        z.strictObject({ kind: z.literal('within'), offset }),
      ])
      .nullable()
      .default(null),
  })
  .meta({
    id: 'ProgrammePhase',
    description:
      'Starts on a day, or after another body submits something: then nothing counts down before that is recorded, and tentativeDay is a forecast only.',
  });

const deadlinesSet = z
  .object({
    set: z.number().int(),
    refused: z.array(z.object({ id: z.uuid(), code: z.string(), reason: z.string() })),
  })
  .meta({
    id: 'EventDeadlinesSet',
    description: 'Deadlines that waited for what was recorded and count from then on.',
  });

const overview = z
  .looseObject({
    today: z.iso.date(),
    present: z.array(z.enum(phaseNames)),
    phases: z.array(z.looseObject({ phase: z.enum(phaseNames), state: z.string() })),
    deadlines: deadlinesSet.optional(),
  })
  .meta({ id: 'ProgrammePhases' });
const answers = { 200: { description: 'The phases as they stand.', schema: overview } };

const recorded = z
  .strictObject({ on: day.optional(), document: sourceDocument.optional() })
  .meta({ id: 'PhaseRecord', description: 'The day on which it happened, today unless given, and the document.' });

export interface PhaseRouteParts {
  readonly phases: ProgrammePhases;
  readonly scope: ProgrammeScope;
}

export const phaseRoutes = ({ phases, scope }: PhaseRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/programmes/{code}/phases',
    tag: 'Programmes',
    summary: 'The phases of a programme, the present ones, and how long is left where anything counts down',
    requires: 'organisation.read',
    scope: 'organisation:read',
    params: byCode,
    answers,
    handle: async ({ params }) => answerOf(await phases.overview(params.code)),
  }),
  route({
    method: 'put',
    path: '/programmes/{code}/phases',
    tag: 'Programmes',
    summary: 'Plan the phases of a programme, in their order',
    description: 'Phases that have begun stay and begin as they did; their end may be planned anew while they run.',
    requires: 'programme.write',
    scope: 'session_only',
    params: byCode,
    body: z.strictObject({ phases: z.array(phase).max(phaseNames.length) }).meta({ id: 'PhasePlan' }),
    answers,
    handle: async ({ actor, params, body }) =>
      answerOf(await phases.plan(actor, params.code, body.phases as readonly PhasePlan[])),
  }),
  route({
    method: 'post',
    path: '/programmes/{code}/phases/{phase}/start',
    tag: 'Programmes',
    summary: 'Record that a phase began; where it waits for a submission, with the document submitted',
    description:
      'Deadlines of tasks that wait for the same event are set in the same act, from the day on which it happened.',
    requires: 'programme.phase',
    scope: 'session_only',
    params: onePhase,
    body: recorded,
    answers,
    handle: async ({ actor, params, body }) =>
      answerOf(await phases.start(actor, params.code, params.phase, defined(body))),
  }),
  route({
    method: 'post',
    path: '/programmes/{code}/phases/{phase}/end',
    tag: 'Programmes',
    summary: 'Record that a phase ended',
    requires: 'programme.phase',
    scope: 'session_only',
    params: onePhase,
    body: recorded,
    answers,
    handle: async ({ actor, params, body }) =>
      answerOf(await phases.end(actor, params.code, params.phase, defined(body))),
  }),
  route({
    method: 'get',
    path: '/programmes/{code}/phases/{phase}/deadlines',
    tag: 'Programmes',
    summary: 'Preview: which deadlines begin to count when what the phase waits for is recorded',
    description:
      'As if it had happened on that day, today unless given; once it is recorded, deadlines of tasks that came since. The aggregator sets those of the own programme; office and administrators those of every programme of the year that wait for the same event.',
    requires: 'programme.phase',
    scope: 'session_only',
    params: onePhase,
    query: z.strictObject({ on: day.optional() }),
    answers: {
      200: {
        description: 'Tasks by code, with the day that their deadline comes to.',
        schema: z.object({
          event: z.string(),
          on: z.iso.date(),
          items: z.array(
            z.object({
              id: z.uuid(),
              code: z.string(),
              title: z.string(),
              programme: z.string(),
              unit: z.string(),
              dueOn: z.iso.date().nullable(),
            }),
          ),
        }),
      },
    },
    handle: async ({ actor, params, query }) => ({
      status: 200,
      body: await phases.waiting(actor, params.code, params.phase, query.on),
    }),
  }),
  route({
    method: 'post',
    path: '/programmes/{code}/phases/{phase}/deadlines',
    tag: 'Programmes',
    summary: 'Set the deadlines of tasks that came after what the phase waited for was recorded',
    requires: 'programme.phase',
    scope: 'session_only',
    params: onePhase,
    answers: { 200: { description: 'How many were set, and which were not.', schema: deadlinesSet } },
    handle: async ({ actor, params }) => ({
      status: 200,
      body: await phases.setLater(actor, params.code, params.phase),
    }),
  }),
  route({
    method: 'get',
    path: '/programmes/{code}/scope',
    tag: 'Programmes',
    summary: 'Which units have said what of the programme applies to them, and which have not looked yet',
    requires: 'report.read',
    scope: 'reports:read',
    params: byCode,
    answers: {
      200: {
        description: 'Every unit with what it said last.',
        schema: z.looseObject({
          total: z.number().int(),
          reviewed: z.number().int(),
          missing: z.array(z.string()),
          units: z.array(z.looseObject({ unit: z.string() })),
        }),
      },
    },
    handle: async ({ actor, params }) => ({ status: 200, body: await scope.list(actor, params.code) }),
  }),
  route({
    method: 'post',
    path: '/programmes/{code}/scope',
    tag: 'Programmes',
    summary: 'Say for a unit which tasks of the programme are its own; an empty list says that none is',
    requires: 'programme.review_scope',
    scope: 'session_only',
    params: byCode,
    body: z
      .strictObject({
        unit: code,
        reviewed: z.literal(true),
        applies: z.array(code).max(2000),
        note: text(2000).optional(),
      })
      .meta({ id: 'ScopeReview' }),
    answers: { 201: { description: 'Recorded.', schema: z.looseObject({ unit: z.string() }) } },
    handle: async ({ actor, params, body: { unit, applies, note } }) => ({
      status: 201,
      body: await scope.review(actor, params.code, { unit, applies, note: note ?? null }),
    }),
  }),
];

const answerOf = (body: PhaseOverview) => ({ status: 200, body });
