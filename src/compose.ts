// Builds the concrete pieces and ties them together; the only file that knows them all.

import { passwordHasher } from './adapters/auth/passwords.ts';
import { auditStore } from './adapters/db/audit.ts';
import { DatabaseClock } from './adapters/db/clock.ts';
import { dataSource } from './adapters/db/data-source.ts';
import { definitionStore } from './adapters/db/definitions.ts';
import { frozenReports } from './adapters/db/frozen-reports.ts';
import { tidyUp } from './adapters/db/housekeeping.ts';
import { importStore } from './adapters/db/imports.ts';
import { intentionStore } from './adapters/db/intentions.ts';
import { organisationStore } from './adapters/db/organisation.ts';
import { peopleStore } from './adapters/db/people.ts';
import { openPool } from './adapters/db/pool.ts';
import { programmeStore } from './adapters/db/programmes.ts';
import { listEvents } from './adapters/db/queries/events.ts';
import { reportReader } from './adapters/db/queries/statistics.ts';
import { listTasks } from './adapters/db/queries/tasks.ts';
import { referenceData } from './adapters/db/reference-data.ts';
import { scheduleStore } from './adapters/db/schedules.ts';
import { sessionActor } from './adapters/db/session-query.ts';
import { tallyStore } from './adapters/db/tallies.ts';
import { taskStore } from './adapters/db/task-store.ts';
import { workerSigns } from './adapters/db/workers.ts';
import { parseDefinition } from './adapters/definition-schema.ts';
import { readSheet } from './adapters/documents/read-sheet.ts';
import { httpApp } from './adapters/http/app.ts';
import { importRoutes } from './adapters/http/routes/imports.ts';
import { organisationRoutes } from './adapters/http/routes/organisation.ts';
import { reportRoutes } from './adapters/http/routes/reports.ts';
import { sessionRoutes } from './adapters/http/routes/sessions.ts';
import { taskRoutes } from './adapters/http/routes/tasks.ts';
import { workflowRoutes } from './adapters/http/routes/workflows.ts';
import { manageDefinitions } from './application/definitions/manage.ts';
import { importCommitments } from './application/imports/import-commitments.ts';
import type { Log } from './application/log.ts';
import type { BatchHandlers } from './application/operations/dispatch.ts';
import { signIn, tokenHash } from './application/people/sign-in.ts';
import type { Clock } from './application/ports.ts';
import { fireTimers } from './application/tasks/fire-timers.ts';
import type { Config } from './config.ts';

/** Where offices keep their day, unless a programme's calendar says otherwise. */
export const defaultZone = 'Asia/Ho_Chi_Minh';

export type ComposeSettings = Pick<Config, 'DATABASE_URL' | 'NODE_ENV' | 'TRUST_PROXY' | 'RATE_LIMIT_PER_MINUTE'> &
  Partial<Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL' | 'REDIS_URL'>>;

/**
 * Opens the database and builds every use case on it.
 * @param given a clock of one's own (tests, the seed); absent: the database's
 */
export const compose = async (config: ComposeSettings, log: Log, given: { readonly clock?: Clock } = {}) => {
  const pool = openPool({ databaseUrl: config.DATABASE_URL, max: 16, statementTimeoutMs: 15_000 }, log);
  const source = await dataSource(config.DATABASE_URL).initialize();
  const databaseClock = given.clock ? undefined : await DatabaseClock.start(pool);
  const unfollow = databaseClock?.follow(pool, log);
  const clock = given.clock ?? (databaseClock as DatabaseClock);

  const reference = referenceData(pool);
  const store = taskStore(pool, reference);
  const intentions = intentionStore(pool);
  const people = peopleStore(source);
  const programmes = programmeStore(source);
  const organisation = organisationStore(source);
  const definitionRegister = definitionStore(source);
  const audit = auditStore(source);
  const passwords = passwordHasher();
  const reports = reportReader(pool);
  const tallies = tallyStore(pool);
  const frozen = frozenReports(pool);
  const definitions = manageDefinitions(definitionRegister, parseDefinition, clock, audit);
  const fire = fireTimers(store, intentions, clock, log);

  const imports = importCommitments(importStore(pool, reference), readSheet, clock);
  /** What the jobs of each queue do; the reconciler calls the same functions. */
  const handlers: BatchHandlers = { timers: fire, imports: imports.run((id) => people.actor(id)) };

  const routes = [
    ...sessionRoutes({
      signIn: signIn(people, passwords, clock, audit),
      people,
      clock,
      secureCookies: config.NODE_ENV === 'production',
    }),
    ...taskRoutes({
      store,
      clock,
      list: listTasks(pool),
      events: listEvents(pool),
      reports,
      zone: defaultZone,
      defaultDue: async (code) => (await programmes.find(code))?.defaultDue ?? undefined,
    }),
    ...reportRoutes({ reports, frozen, clock }),
    ...workflowRoutes({
      definitions,
      list: () => definitionRegister.list(),
      versions: (key) => definitionRegister.versions(key),
    }),
    ...importRoutes(imports),
    ...organisationRoutes({ organisation, programmes, people, passwords, clock }),
  ];

  const actorBySession = sessionActor(pool);
  const app = () =>
    httpApp({
      routes,
      actorOf: (token) => actorBySession(tokenHash(token), clock.now()),
      log,
      trustProxy: config.TRUST_PROXY,
      rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
      pages: [],
    });

  return {
    pool,
    source,
    clock,
    store,
    intentions,
    people,
    programmes,
    organisation,
    definitions,
    passwords,
    audit,
    reports,
    frozen,
    imports,
    tallies,
    handlers,
    app,
    schedules: scheduleStore(pool),
    workers: workerSigns(pool),
    tidyUp: tidyUp(pool),
    async close() {
      unfollow?.();
      await source.destroy();
      await pool.end();
    },
  };
};
export type Composition = Awaited<ReturnType<typeof compose>>;
