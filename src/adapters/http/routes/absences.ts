import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type AbsenceStore, cancelAbsence, recordAbsence } from '../../../application/people/absences.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import { unitsOf } from '../../../domain/organisation/actor.ts';
import { everywhere } from '../../../domain/organisation/policy.ts';
import { signings } from '../../../domain/organisation/signing.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
import { type Route, route } from '../route.ts';
import { day, sourceDocument } from '../schemas.ts';
import { defined } from '../task-change.ts';
import { todayIn } from '../views.ts';

export interface AbsenceRouteParts {
  readonly absences: AbsenceStore;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly zone: string;
}

const absence = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    accountName: z.string(),
    from: z.iso.date(),
    until: z.iso.date(),
    substitute: z.uuid().nullable(),
    substituteName: z.string().nullable(),
    signing: z.enum(signings).nullable(),
    document: z.unknown().nullable(),
  })
  .meta({ id: 'Absence', description: 'From the first day away until the first day back.' });

const person = z
  .object({ account: z.uuid(), name: z.string(), units: z.array(z.string()) })
  .meta({ id: 'AbsencePerson' });

const newAbsence = z
  .strictObject({
    /** Absent: the caller's own. */
    accountId: z.uuid().optional(),
    from: day,
    until: day,
    substitute: z.uuid().nullable().default(null),
    signing: z.enum(signings).nullable().default(null),
    document: sourceDocument.nullable().default(null),
  })
  .meta({ id: 'NewAbsence' });

export const absenceRoutes = ({ absences, clock, audit, zone }: AbsenceRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/absences',
    tag: 'Organisation',
    summary: 'Who is away now or later, and who stands in; other than the office sees what concerns them',
    requires: 'absence.read',
    scope: 'organisation:read',
    answers: { 200: { description: 'Absences.', schema: z.object({ items: z.array(absence) }) } },
    handle: async ({ actor }) => {
      const all = everywhere(actor, 'absence.read');
      const items = await absences.list({
        ...(all ? {} : { accounts: [actor.id] }),
        until: todayIn(clock.now(), zone),
      });
      return { status: 200, body: { items: items.map(({ createdBy: _by, createdAt: _at, ...shown }) => shown) } };
    },
  }),
  route({
    method: 'get',
    path: '/absences/people',
    tag: 'Organisation',
    summary: 'Whom to choose from as absent or as substitute: names and units, nothing else of the accounts',
    description: 'Office and administrators have everybody to choose from, others the people of their own units.',
    requires: 'absence.write',
    scope: 'session_only',
    answers: { 200: { description: 'Active people by name.', schema: z.object({ items: z.array(person) }) } },
    handle: async ({ actor }) => {
      const all = everywhere(actor, 'absence.write');
      const asked = { account: actor.id, ...(all ? {} : { units: unitsOf(actor) }) };
      return { status: 200, body: { items: await absences.people(asked, clock.now()) } };
    },
  }),
  route({
    method: 'post',
    path: '/absences',
    tag: 'Organisation',
    summary: 'Record that somebody is away, and who stands in',
    description:
      'The substitute acts under their own name, in the given capacity, from the first day until the day of return.',
    requires: 'absence.write',
    scope: 'session_only',
    body: newAbsence,
    answers: { 201: { description: 'Recorded.', schema: z.object({ id: z.uuid() }) } },
    handle: async ({ body, actor }) => {
      const id = uuid();
      const document = body.document && (defined(body.document) as SourceDocument);
      const absence = { ...body, id, document, accountId: body.accountId ?? actor.id };
      await recordAbsence(absences, clock, audit)(actor, absence);
      return { status: 201, body: { id } };
    },
  }),
  route({
    method: 'delete',
    path: '/absences/{id}',
    tag: 'Organisation',
    summary: 'Cancel an absence; what was done under it stays done',
    requires: 'absence.write',
    scope: 'session_only',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 204: { description: 'Cancelled.' } },
    handle: async ({ params, actor }) => {
      await cancelAbsence(absences, clock, audit)(actor, params.id);
      return { status: 204 };
    },
  }),
];
