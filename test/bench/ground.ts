// What the measures stand on: a migrated database of their own with a province, the built-in workflows and many tasks.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/adapters/db/migrate.ts';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import type { Log } from '../../src/application/log.ts';
import { tokenHash } from '../../src/application/people/sign-in.ts';
import { assignmentOf, groundOf } from '../../src/application/tasks/apply.ts';
import { type Composition, compose } from '../../src/compose.ts';
import type { Actor } from '../../src/domain/organisation/actor.ts';
import type { Due } from '../../src/domain/schedule/due.ts';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import { secretKey } from '../support/province.ts';

export const quiet: Log = { debug() {}, info() {}, warn: console.warn, error: console.error };
export const settings = (databaseUrl: string) =>
  ({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    NODE_ENV: 'production',
    TRUST_PROXY: 0,
    RATE_LIMIT_PER_MINUTE: 100_000_000,
  }) as const;

export interface Ground {
  readonly databaseUrl: string;
  readonly composition: Composition;
  readonly office: Actor;
  readonly focal: Actor;
  /** Bearer token of the focal point. */
  readonly token: string;
  assign(count: number, due: Due, at?: Date): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const server = process.env.DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('Run the measures with `npm run bench`.');
  const name = `bench_${randomUUID().slice(0, 8)}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  await migrateQueueSchema(url.href);
  const composition = await compose(settings(url.href), quiet);
  const people = await province(composition);
  return {
    databaseUrl: url.href,
    composition,
    ...people,
    assign: (count, due, at = composition.clock.now()) => assign(composition, people.office, count, due, at),
    async close() {
      await composition.close();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
};

const onServer = async (server: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
};

const province = async ({ programmes, organisation, definitions, people, clock }: Composition) => {
  await programmes.saveCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', days: vietnamCalendarDays });
  for (const [officialOrder, code] of ['SNV', 'STTTT'].entries())
    await organisation.createUnit({
      code,
      name: code,
      class: 'department',
      bloc: 'department',
      officialOrder,
      parent: null,
      validFrom: '2020-01-01',
      validTo: null,
      successor: null,
    });
  const account = async (
    email: string,
    role: 'administrator' | 'office' | 'focal_point',
    unit?: string,
  ): Promise<Actor> => {
    const id = randomUUID();
    const memberships = [{ role, ...(unit === undefined ? {} : { unit }) }];
    await people.createAccount({ id, email, name: email, passwordHash: null, memberships, at: clock.now() });
    return { id, name: email, memberships };
  };
  const admin = await account('admin@bench', 'administrator');
  const office = await account('office@bench', 'office');
  const focal = await account('focal@bench', 'focal_point', 'SNV');
  for (const definition of builtInDefinitions) {
    await definitions.draft(definition, admin);
    await definitions.publish(definition.key, definition.version, admin);
  }
  await programmes.create({
    code: 'BENCH',
    name: 'BENCH',
    noun: 'nhiệm vụ',
    year: 2026,
    workflow: 'commitment',
    calendar: 'vn',
    roll: null,
    soonDays: 3,
    defaultDue: null,
    aggregator: null,
    illustrative: true,
    reopenDays: 30,
    maxExtensions: 1,
    createdAt: clock.now(),
  });
  const token = randomUUID();
  const at = clock.now();
  await people.createSession({
    tokenHash: tokenHash(token),
    accountId: focal.id,
    at,
    expiresAt: new Date(at.getTime() + 12 * 3_600_000),
  });
  return { office, focal, token };
};

const assign = async (
  { store }: Composition,
  actor: Actor,
  count: number,
  due: Due,
  at: Date,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  const command = {
    type: 'assign',
    kind: 'own',
    title: 'Nhiệm vụ đo tốc độ của hệ thống',
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    due,
  } as const;
  const ground = await groundOf(store, { actor, programme: 'BENCH', command: { ...command, id: '', code: '' } }, at);
  while (ids.length < count) {
    const changes = Array.from({ length: Math.min(500, count - ids.length) }, () => {
      const id = randomUUID();
      return assignmentOf(ground, { actor, command: { ...command, id, code: `BENCH-${id}` } }, `bench:${id}`, at);
    });
    await store.commit(changes, at);
    ids.push(...changes.map(({ next }) => next.id));
  }
  return ids;
};
