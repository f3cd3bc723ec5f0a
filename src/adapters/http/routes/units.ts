// Units: as they stand, as they stood, and what each has been. They change and end by reorganisations (reorganisations.ts).

import { z } from 'zod';
import { entryOf } from '../../../application/audit/entry.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { type UnitFacts, unitClasses } from '../../../domain/organisation/units.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { OrganisationStore } from '../../db/organisation.ts';
import { type Route, route } from '../route.ts';
import { code, day, mostInteger, text } from '../schemas.ts';
import { todayIn } from '../views.ts';

export interface UnitRouteParts {
  readonly organisation: OrganisationStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: string;
}

const order = z.number().int().min(0).max(mostInteger);
/** What a new unit is; a reorganisation names its new units alike. */
export const unitFacts = {
  code,
  name: text(300),
  class: z.enum(unitClasses),
  bloc: text(64),
  order,
  parent: code.nullable().default(null),
};

const newUnit = z
  .strictObject({ ...unitFacts, validFrom: day, validTo: day.nullable().default(null) })
  .meta({ id: 'NewUnit' });

const unitShape = {
  code: z.string(),
  name: z.string(),
  class: z.enum(unitClasses),
  bloc: z.string(),
  officialOrder: z.number().int(),
  parent: z.string().nullable(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  successor: z.string().nullable(),
};
const unitView = z.object(unitShape).meta({ id: 'Unit' });
const historyView = z
  .object({
    ...unitShape,
    versions: z.array(
      z.object({
        validFrom: z.iso.date(),
        name: z.string(),
        class: z.enum(unitClasses),
        bloc: z.string(),
        officialOrder: z.number().int(),
        parent: z.string().nullable(),
        document: z.unknown().nullable(),
        reorganisation: z.uuid().nullable(),
        recordedAt: z.iso.datetime().nullable(),
        recordedBy: z.string().nullable(),
        reason: z.string().nullable(),
        corrected: z.boolean(),
      }),
    ),
    predecessors: z.array(z.string()),
    successors: z.array(z.string()),
  })
  .meta({ id: 'UnitHistory' });

const correction = z
  .strictObject({
    validFrom: day,
    name: text(300).optional(),
    bloc: text(64).optional(),
    order: order.optional(),
    reason: text(1000),
  })
  .refine(
    ({ name, bloc, order: place }) => name !== undefined || bloc !== undefined || place !== undefined,
    'corrects nothing',
  )
  .meta({ id: 'UnitCorrection' });

export const unitRoutes = ({ organisation, audit, clock, zone }: UnitRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/units',
    tag: 'Organisation',
    summary: 'Units in official order; with asOf, those that stood on that day, as they were then',
    requires: 'organisation.read',
    scope: 'organisation:read',
    query: z.strictObject({ asOf: day.optional() }),
    answers: { 200: { description: 'Units.', schema: z.object({ items: z.array(unitView) }) } },
    handle: async ({ query }) => ({ status: 200, body: { items: await organisation.listUnits(query.asOf) } }),
  }),
  route({
    method: 'post',
    path: '/units',
    tag: 'Organisation',
    summary: 'Add a unit',
    description: 'A unit that stands has no validTo: it ends by a reorganisation, which says what becomes of its work.',
    requires: 'organisation.write',
    scope: 'session_only',
    body: newUnit,
    answers: { 201: { description: 'Added.', schema: newUnit } },
    handle: async ({ body, actor }) => {
      const { order: officialOrder, ...rest } = body;
      if (rest.validTo !== null && (rest.validTo <= rest.validFrom || rest.validTo > todayIn(clock.now(), zone)))
        throw new Refusal('input.invalid', {
          pointer: '/validTo',
          problem: 'a unit that stands ends by a reorganisation',
        });
      await organisation.createUnit({ ...rest, officialOrder, successor: null });
      const deed = { actor, action: 'unit.added', object: `unit ${body.code}`, detail: { unit: body } };
      await audit.record(entryOf(clock, deed));
      return { status: 201, body };
    },
  }),
  route({
    method: 'get',
    path: '/units/{code}',
    tag: 'Organisation',
    summary: 'One unit with everything it has been, what it came from and who has its work',
    requires: 'organisation.read',
    scope: 'organisation:read',
    params: z.strictObject({ code }),
    answers: { 200: { description: 'The unit.', schema: historyView } },
    handle: async ({ params }) => ({ status: 200, body: await organisation.history(params.code) }),
  }),
  route({
    method: 'post',
    path: '/units/{code}/corrections',
    tag: 'Organisation',
    summary: 'Mend a slip in what a unit was from a day on',
    description:
      'For typing mistakes; a rename is a reorganisation. The mended version is known from now on: frozen reports and figures as known before keep what they said.',
    requires: 'organisation.write',
    scope: 'session_only',
    params: z.strictObject({ code }),
    body: correction,
    answers: { 200: { description: 'The unit after it.', schema: historyView } },
    handle: async ({ params, body, actor }) => {
      const { validFrom, reason, name, bloc, order: officialOrder } = body;
      const facts: Partial<Pick<UnitFacts, 'name' | 'bloc' | 'officialOrder'>> = {
        ...(name === undefined ? {} : { name }),
        ...(bloc === undefined ? {} : { bloc }),
        ...(officialOrder === undefined ? {} : { officialOrder }),
      };
      const at = clock.now();
      await organisation.correct({ unit: params.code, validFrom, facts, reason, by: actor.id, at });
      const object = `unit ${params.code}`;
      const deed = { actor, action: 'unit.corrected', object, reason, detail: { validFrom, facts } };
      await audit.record(entryOf(clock, deed));
      return { status: 200, body: await organisation.history(params.code) };
    },
  }),
];
