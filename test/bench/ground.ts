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
  /** To one unit of one programme; absent: SNV of BENCH. */
  assign(count: number, due: Due, at?: Date, place?: Place): Promise<readonly string[]>;
  /** Another programme, with or without units of its own. */
  programme(code: string, workflow?: string, aggregator?: string): Promise<void>;
  unit(code: string, order: number): Promise<void>;
  close(): Promise<void>;
}

interface Place {
  readonly unit: string;
  readonly programme: string;
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
    assign: (count, due, at = composition.clock.now(), place = { unit: 'SNV', programme: 'BENCH' }) =>
      assign(composition, people.office, place, { count, due, at }),
    programme: (code, workflow, aggregator) => programme(composition, code, workflow, aggregator),
    unit: (code, order) => unit(composition, code, order),
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

const province = async (composition: Composition) => {
  const { programmes, definitions, people, clock } = composition;
  await programmes.saveCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', days: vietnamCalendarDays });
  for (const [order, code] of ['SNV', 'STTTT'].entries()) await unit(composition, code, order);
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
  await programme(composition, 'BENCH');
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

const unit = ({ organisation }: Composition, code: string, officialOrder: number): Promise<void> =>
  organisation.createUnit({
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

const programme = (
  { programmes, clock }: Composition,
  code: string,
  workflow = 'commitment',
  aggregator: string | null = null,
): Promise<void> =>
  programmes.create({
    code,
    name: code,
    noun: 'nhiệm vụ',
    year: 2026,
    workflow,
    calendar: 'vn',
    roll: null,
    soonDays: 3,
    defaultDue: null,
    aggregator,
    illustrative: true,
    reopenDays: 30,
    maxExtensions: 1,
    createdAt: clock.now(),
  });

const assign = async (
  { store }: Composition,
  actor: Actor,
  { unit: leadUnit, programme }: Place,
  { count, due, at }: { readonly count: number; readonly due: Due; readonly at: Date },
): Promise<readonly string[]> => {
  const ids: string[] = [];
  const command = {
    type: 'assign',
    kind: 'own',
    title: 'Nhiệm vụ đo tốc độ của hệ thống',
    leadUnit,
    appraiserUnit: 'STTTT',
    due,
  } as const;
  const ground = await groundOf(store, { actor, programme, command: { ...command, id: '', code: '' } }, at);
  while (ids.length < count) {
    const changes = Array.from({ length: Math.min(500, count - ids.length) }, () => {
      const id = randomUUID();
      return assignmentOf(
        ground,
        { actor, command: { ...command, id, code: `${programme}-${id}` } },
        `bench:${id}`,
        at,
      );
    });
    await store.commit(changes, at);
    ids.push(...changes.map(({ next }) => next.id));
  }
  return ids;
};
