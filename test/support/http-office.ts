// The whole program behind its real HTTP API, in a fresh database, under a clock that only the test moves.
// Whatever the API can set up is set up through the API, by an administrator.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { verifySource } from '../../src/adapters/db/verify-source.ts';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import type { Log } from '../../src/application/log.ts';
import { verify } from '../../src/application/operations/verify.ts';
import { type ComposeSettings, type Composition, compose } from '../../src/compose.ts';
import { atLocalTime } from '../../src/domain/schedule/civil-date.ts';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import { type Answer, type Json, type Person, personAt } from './client.ts';
import { freshDatabase } from './database.ts';
import {
  type AccountToBe,
  accountsFor,
  fewUnits,
  password,
  passwordHash,
  secretKey,
  type UnitToBe,
} from './province.ts';
import { HandClock, quiet, zone } from './world.ts';

export interface OfficeSettings {
  /** The day on which everything is set up, at 08:00. */
  readonly day?: string;
  readonly units?: readonly UnitToBe[];
  /** Beside the accounts every province has. */
  readonly accounts?: readonly AccountToBe[];
  /** Absent: nobody listens. */
  readonly log?: Log;
  /** What the configuration says other than a test's; files have a folder of their own. */
  readonly config?: Partial<ComposeSettings> | undefined;
  /** The address under which the program connects, made from the owner's once all tables are there. */
  readonly connectAs?: (ownerUrl: string) => Promise<string>;
  /** What the programme says other than below. */
  readonly programme?: Readonly<Record<string, unknown>>;
}

export const programmeCode = 'CK';

export const openOffice = async ({ day = '2022-01-10', units = fewUnits, ...more }: OfficeSettings = {}) => {
  const database = await freshDatabase();
  const clock = new HandClock(day);
  await migrateQueueSchema(database.url);
  const databaseUrl = (await more.connectAs?.(database.url)) ?? database.url;
  const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-files-'));
  const composition = await compose(
    {
      DATABASE_URL: databaseUrl,
      SECRET_KEY: secretKey,
      NODE_ENV: 'test',
      TRUST_PROXY: 0,
      RATE_LIMIT_PER_MINUTE: 1_000_000,
      EVIDENCE_DIR: folder,
      ...more.config,
    },
    more.log ?? quiet,
    { clock },
  );
  const queues = await openQueues({ databaseUrl, log: quiet });
  const server = composition.app(queues).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;

  const people = new Map<string, Person>();
  const as = (name: string): Person => {
    const known = people.get(name) ?? personAt(address, clock, emailOf(name), password);
    people.set(name, known);
    return known;
  };
  const office = {
    address,
    /** Where files of evidence lie. */
    folder,
    /** For whoever opens a second program on the same database. */
    databaseUrl,
    clock,
    composition,
    pool: composition.pool as pg.Pool,
    as,
    workers: workersOf(composition, clock),
    /** Adds an account straight to the store: POST /accounts has its own test, and hashes slowly on purpose. */
    async hire({ name, memberships }: AccountToBe): Promise<string> {
      const id = randomUUID();
      await composition.people.createAccount({
        id,
        email: emailOf(name),
        name,
        passwordHash: await passwordHash(),
        memberships,
        at: clock.now(),
      });
      return id;
    },
    programme: (code: string, other: Readonly<Record<string, unknown>> = {}) =>
      done(as('admin').post('/programmes', { ...programmeOf(code), ...other })),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await queues.close();
      await composition.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  await composition.programmes.saveCalendar({ key: 'vn', zone, days: vietnamCalendarDays });
  await office.hire({ name: 'admin', memberships: [{ role: 'administrator' }] });
  for (const [order, unit] of units.entries())
    await done(as('admin').post('/units', { ...unit, order, validFrom: '2000-01-01' }));
  const accounts = accountsFor(units === fewUnits ? units.map(({ code }) => code) : [], programmeCode);
  for (const account of [...accounts, ...(more.accounts ?? [])]) await office.hire(account);
  for (const definition of builtInDefinitions) {
    await done(as('admin').post('/workflows', definition));
    await done(as('admin').post(`/workflows/${definition.key}/versions/${definition.version}/publish`));
  }
  await office.programme(programmeCode, more.programme);
  return office;
};
export type Office = Awaited<ReturnType<typeof openOffice>>;

/** The office of a suite, open from its first test to its last. */
export const suiteOffice = (settings: OfficeSettings = {}): (() => Office) => {
  let office: Office | undefined;
  before(async () => {
    office = await openOffice(settings);
  });
  after('close it, and find nothing in it that the rules could not have brought about', async () => {
    const findings = office && (await verify(verifySource(office.pool, office.clock)));
    await office?.close();
    if (findings?.length) throw new Error(JSON.stringify(findings, null, 2));
  });
  return () => {
    if (!office) throw new Error('The office of a suite is open in its hooks and tests only.');
    return office;
  };
};

/** The body of an answer that must be a success. */
export const done = async (asked: Promise<Answer>): Promise<Json> => {
  const { status, body } = await asked;
  if (status < 200 || status > 299) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};

const emailOf = (name: string): string => `${name}@thu.test`;

const programmeOf = (code: string) => ({
  code,
  name: `Cam kết hành động (${code})`,
  noun: 'nội dung cam kết',
  year: 2022,
  workflow: 'commitment',
  aggregator: 'SKHDT',
});

const workersOf = ({ intentions, handlers, tallies, pool }: Composition, clock: HandClock) => {
  /** Everything due at the clock's present time, by the use cases the worker process calls. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const claimed = await intentions.claimDue(clock.now(), 500);
      if (claimed.length === 0) break;
      for (const queue of new Set(claimed.map((row) => row.queue)))
        await handlers[queue]?.(claimed.filter((row) => row.queue === queue).map(({ id }) => id));
    }
    while ((await tallies.fold()) > 0);
  };
  return {
    settle,
    /** Lives through the days up to a moment: the clock stops wherever something falls due, and it is done then. */
    async liveUntil(day: string, time = '08:00'): Promise<void> {
      const end = atLocalTime(day, time, zone);
      for (;;) {
        const { rows } = await pool.query<{ next: Date | null }>(
          'select min(ready_at) as next from intention where parked_at is null and queue = any($1)',
          [Object.keys(handlers)],
        );
        const next = rows[0]?.next;
        if (!next || next > end) break;
        if (next > clock.now()) clock.advance(next.getTime() - clock.now().getTime());
        await settle();
      }
      clock.moveTo(day, time);
      await settle();
    },
  };
};
