import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Clock, PasswordHasher } from '../../../application/ports.ts';
import { roles } from '../../../domain/organisation/actor.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { PeopleStore } from '../../db/people.ts';
import type { ProgrammeStore } from '../../db/programmes.ts';
import { type Route, route } from '../route.ts';
import { code, day, due, text } from '../schemas.ts';

export interface OrganisationRouteParts {
  readonly programmes: ProgrammeStore;
  readonly people: PeopleStore;
  readonly passwords: PasswordHasher;
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
  })
  .meta({ id: 'Programme' });

const account = z
  .strictObject({
    email: z
      .email()
      .max(254)
      .transform((value) => value.toLowerCase()),
    name: text(200),
    password: z.string().min(12).max(128),
    memberships: z
      .array(
        z.strictObject({
          role: z.enum(roles),
          unit: code.optional(),
          programme: code.optional(),
          field: text(100).optional(),
          validFrom: day.optional(),
          validTo: day.optional(),
        }),
      )
      .min(1)
      .max(50),
  })
  .meta({ id: 'NewAccount' });

export const organisationRoutes = ({
  programmes,
  people,
  passwords,
  clock,
}: OrganisationRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/programmes',
    tag: 'Programmes',
    summary: 'Programmes, latest year first',
    requires: 'organisation.read',
    answers: { 200: { description: 'Programmes.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
    handle: async () => ({ status: 200, body: { items: await programmes.list() } }),
  }),
  route({
    method: 'post',
    path: '/programmes',
    tag: 'Programmes',
    summary: 'Open a programme',
    requires: 'programme.write',
    body: programme,
    answers: { 201: { description: 'Opened.', schema: programme } },
    handle: async ({ body }) => {
      await programmes.create({ ...body, createdAt: clock.now() });
      return { status: 201, body };
    },
  }),
  route({
    method: 'get',
    path: '/programmes/{code}',
    tag: 'Programmes',
    summary: 'One programme',
    requires: 'organisation.read',
    params: z.strictObject({ code }),
    answers: { 200: { description: 'The programme.', schema: z.looseObject({}) } },
    handle: async ({ params }) => {
      const found = await programmes.find(params.code);
      if (!found) throw new Refusal('programme.not_found', { programme: params.code });
      return { status: 200, body: found };
    },
  }),
  route({
    method: 'get',
    path: '/calendars/{key}',
    tag: 'Programmes',
    summary: 'A working calendar: holidays, days in lieu, swapped days and make-up days, each with its source',
    requires: 'organisation.read',
    params: z.strictObject({ key: code }),
    answers: { 200: { description: 'The calendar.', schema: z.looseObject({}) } },
    handle: async ({ params }) => {
      const found = await programmes.calendar(params.key);
      if (!found) throw new Refusal('calendar.not_found', { calendar: params.key });
      return { status: 200, body: found };
    },
  }),
  route({
    method: 'post',
    path: '/accounts',
    tag: 'Organisation',
    summary: 'Add an account with its roles per unit and programme',
    requires: 'organisation.write',
    body: account,
    answers: { 201: { description: 'Added.', schema: z.object({ id: z.uuid() }) } },
    handle: async ({ body: { password, ...rest } }) => {
      const id = uuid();
      await people.createAccount({ ...rest, id, passwordHash: await passwords.hash(password), at: clock.now() });
      return { status: 201, body: { id } };
    },
  }),
];
