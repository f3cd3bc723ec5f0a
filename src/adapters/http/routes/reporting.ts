// The regime of a programme's periodic reports.

import { z } from 'zod';
import type { ManageObligations } from '../../../application/obligations/manage.ts';
import type { Reporting } from '../../../application/obligations/ports.ts';
import { unitClasses } from '../../../domain/organisation/units.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { namedPeriods, type Regime, repeatedPeriods } from '../../../domain/reporting/regime.ts';
import { type Route, route } from '../route.ts';
import { code, text } from '../schemas.ts';
import { versionOf } from '../task-change.ts';

const yearDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ description: 'MM-DD, the same every year.' });
const monthDay = z.number().int().min(1).max(31);
const levels = <D extends z.ZodType>(day: D) => ({
  cutOff: day,
  unit: day,
  aggregator: day.optional(),
  upper: day.optional(),
});

const period = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(namedPeriods), ...levels(yearDay) }),
  z.strictObject({ kind: z.enum(repeatedPeriods), ...levels(monthDay) }),
  z.strictObject({
    kind: z.literal('custom'),
    key: z.string().regex(/^[A-Za-z0-9]{1,16}$/),
    name: text(100),
    from: yearDay.default('01-01'),
    ...levels(yearDay),
  }),
]);

const regime = z.strictObject({
  key: z.string().regex(/^[a-z0-9_-]{1,32}$/),
  name: text(300),
  periods: z.array(period).min(1).max(20),
  units: z.strictObject({
    classes: z.array(z.enum(unitClasses)).max(6).default([]),
    codes: z.array(code).max(500).default([]),
    except: z.array(code).max(500).default([]),
  }),
  reportsTo: code.optional().meta({
    description: 'The unit that takes the report which the aggregating agency owes by its own day of each period.',
  }),
});

const body = z.strictObject({ regimes: z.array(regime).min(1).max(10) }).meta({ id: 'Reporting' });
const params = z.strictObject({ code });

const view = z.looseObject({
  programme: z.string(),
  version: z.number().int(),
  regimes: z.array(z.looseObject({})),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});
const viewOf = ({ programme, version, regimes, setBy, setAt }: Reporting) => ({
  programme,
  version,
  regimes,
  setBy,
  setAt: setAt.toISOString(),
});

export const reportingRoutes = (obligations: ManageObligations): readonly Route[] => [
  route({
    method: 'get',
    path: '/programmes/{code}/reporting',
    tag: 'Reporting',
    summary: 'Which periodic reports are owed in a programme, and by which days; ETag is the version',
    requires: 'organisation.read',
    scope: 'organisation:read',
    params,
    answers: { 200: { description: 'As it was last set.', schema: view } },
    handle: async ({ params: { code: programme } }) => {
      const found = await obligations.reporting(programme);
      if (!found) throw new Refusal('reporting.not_set', { programme });
      return { status: 200, body: viewOf(found), headers: { ETag: `"v${found.version}"` } };
    },
  }),
  route({
    method: 'put',
    path: '/programmes/{code}/reporting',
    tag: 'Reporting',
    summary: 'Set the periodic reports of a programme, and make the obligations of the present year',
    description:
      'If-Match names the version that is replaced, "v0" the first time. Named days stay where they are unless the programme says otherwise (roll). Between the cut-off and the deadline of the units lies a day at least, and each level sends after the one below it (Nghị định 09/2019/NĐ-CP Điều 8 khoản 5). Obligations that were made before stay as they are. The December report covers the whole year.',
    requires: 'reporting.write',
    scope: 'session_only',
    conditional: true,
    params,
    body,
    answers: { 200: { description: 'Set.', schema: view } },
    handle: async (call) => {
      const expectedVersion = versionOf(call.ifMatch);
      const regimes = call.body.regimes as readonly Regime[];
      const { reporting, made } = await obligations.set(call.params.code, { regimes, expectedVersion }, call.actor);
      return {
        status: 200,
        body: { ...viewOf(reporting), made },
        headers: { ETag: `"v${reporting.version}"` },
      };
    },
  }),
];
