// Builds the concrete pieces and ties them together; the only file that knows them all.

import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { decisionTokens } from './adapters/auth/decision-tokens.ts';
import { deriveKey } from './adapters/auth/keys.ts';
import { passwordHasher } from './adapters/auth/passwords.ts';
import { sealKey } from './adapters/auth/seal-key.ts';
import { absenceStore } from './adapters/db/absences.ts';
import { auditStore } from './adapters/db/audit.ts';
import { exportSource } from './adapters/db/audit-export.ts';
import { checkpointReader, sealStore } from './adapters/db/checkpoints.ts';
import { DatabaseClock } from './adapters/db/clock.ts';
import { confirmationStore } from './adapters/db/confirmations.ts';
import { dataSource } from './adapters/db/data-source.ts';
import { decisionLinkStore } from './adapters/db/decision-links.ts';
import { definitionStore } from './adapters/db/definitions.ts';
import { digestStore } from './adapters/db/digests.ts';
import { documentStore } from './adapters/db/documents.ts';
import { evidenceFiles } from './adapters/db/evidence-files.ts';
import { frozenReports } from './adapters/db/frozen-reports.ts';
import { tidyUp } from './adapters/db/housekeeping.ts';
import { importStore } from './adapters/db/imports.ts';
import { intentionStore } from './adapters/db/intentions.ts';
import { mailStore } from './adapters/db/mails.ts';
import { noticeStore } from './adapters/db/notices.ts';
import { pausableSchedules, retryableIntentions } from './adapters/db/operator-actions.ts';
import { organisationStore } from './adapters/db/organisation.ts';
import { peopleStore } from './adapters/db/people.ts';
import { openPool } from './adapters/db/pool.ts';
import { presentActor } from './adapters/db/present-actor.ts';
import { programmeStore } from './adapters/db/programmes.ts';
import { deskReader, lastReturn, ledgerReader } from './adapters/db/queries/appraisals.ts';
import { listAuditEntries } from './adapters/db/queries/audit.ts';
import { listEvents } from './adapters/db/queries/events.ts';
import { inbox } from './adapters/db/queries/inbox.ts';
import { liveSource } from './adapters/db/queries/live.ts';
import { openRounds } from './adapters/db/queries/open-rounds.ts';
import { operationsReader } from './adapters/db/queries/operations.ts';
import { stateNames } from './adapters/db/queries/state-names.ts';
import { reportReader } from './adapters/db/queries/statistics.ts';
import { listTasks } from './adapters/db/queries/tasks.ts';
import { urgedRounds } from './adapters/db/queries/urging-effect.ts';
import { recurrenceStore } from './adapters/db/recurrences.ts';
import { referenceData } from './adapters/db/reference-data.ts';
import { reorganisationStore } from './adapters/db/reorganisations.ts';
import { newsStore } from './adapters/db/round-news.ts';
import { scheduleStore } from './adapters/db/schedules.ts';
import { secondFactorStore } from './adapters/db/second-factors.ts';
import { tallyStore } from './adapters/db/tallies.ts';
import { taskStore } from './adapters/db/task-store.ts';
import { verifySource } from './adapters/db/verify-source.ts';
import { workerSigns } from './adapters/db/workers.ts';
import { parseDraft } from './adapters/definition-schema.ts';
import { inspectEvidence } from './adapters/documents/inspect-evidence.ts';
import { readSheet } from './adapters/documents/read-sheet.ts';
import { bookWriter } from './adapters/documents/write-book.ts';
import { clamdScanner } from './adapters/files/clamd.ts';
import { openFiles } from './adapters/files/open-files.ts';
import { apiDocs } from './adapters/http/api-docs.ts';
import { httpApp } from './adapters/http/app.ts';
import { bullBoard } from './adapters/http/bull-board.ts';
import { builtConsole, consoleRouter } from './adapters/http/console.ts';
import { decisionLinkRouter } from './adapters/http/decision-links.ts';
import { healthRouter } from './adapters/http/health.ts';
import { followingLists } from './adapters/http/listings/following-lists.ts';
import { withExports } from './adapters/http/listings/list-export.ts';
import { organisationLists } from './adapters/http/listings/organisation-lists.ts';
import { reportLists } from './adapters/http/listings/report-lists.ts';
import { metricsRouter } from './adapters/http/metrics.ts';
import { absenceRoutes } from './adapters/http/routes/absences.ts';
import { appraisalCommandRoutes } from './adapters/http/routes/appraisal-commands.ts';
import { appraisalRoutes } from './adapters/http/routes/appraisals.ts';
import { auditRoutes } from './adapters/http/routes/audit.ts';
import { evidenceRoutes } from './adapters/http/routes/evidence.ts';
import { importRoutes } from './adapters/http/routes/imports.ts';
import { liveRoutes } from './adapters/http/routes/live.ts';
import { notificationRoutes } from './adapters/http/routes/notifications.ts';
import { operationsRoutes } from './adapters/http/routes/operations.ts';
import { organisationRoutes } from './adapters/http/routes/organisation.ts';
import { panelIncidentRoutes } from './adapters/http/routes/panel-incidents.ts';
import { reorganisationRoutes } from './adapters/http/routes/reorganisations.ts';
import { reportRoutes } from './adapters/http/routes/reports.ts';
import { taskRoutes } from './adapters/http/routes/tasks.ts';
import { unitRoutes } from './adapters/http/routes/units.ts';
import { workflowRoutes } from './adapters/http/routes/workflows.ts';
import { welcome } from './adapters/http/welcome.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { type Queues, queueNames } from './adapters/queue/queues.ts';
import { openMetrics } from './adapters/telemetry/metrics.ts';
import { decisionLinks } from './application/appraisals/decision-links.ts';
import { panelIncidents } from './application/appraisals/incidents.ts';
import { offerLinks } from './application/appraisals/offer-links.ts';
import { recordDenials } from './application/audit/denials.ts';
import { exportAudit } from './application/audit/export.ts';
import { sealNow } from './application/audit/seal.ts';
import { manageDefinitions } from './application/definitions/manage.ts';
import { addFile } from './application/evidence/add-file.ts';
import { clearFiles, scanWaiting } from './application/evidence/keep-files.ts';
import { listFiles, openFile } from './application/evidence/read-file.ts';
import { importCommitments } from './application/imports/import-commitments.ts';
import { liveHub } from './application/live/hub.ts';
import type { Log } from './application/log.ts';
import { deliverNotices } from './application/notifications/deliver-notices.ts';
import type { MailSettings } from './application/notifications/ports.ts';
import { planDigests } from './application/notifications/send-digests.ts';
import { sendMail } from './application/notifications/send-mail.ts';
import type { BatchHandlers } from './application/operations/dispatch.ts';
import { keepHouse } from './application/operations/keep-house.ts';
import { readOverview } from './application/operations/overview.ts';
import { inspect } from './application/operations/verify.ts';
import { reorganise } from './application/organisation/reorganise.ts';
import { needsSecondFactor } from './application/people/needs-second-factor.ts';
import type { Clock } from './application/ports.ts';
import { tellRoundNews } from './application/reports/round-news.ts';
import { fireTimers } from './application/tasks/fire-timers.ts';
import { makeOccurrences } from './application/tasks/recur.ts';
import { composeBulk } from './compose-bulk.ts';
import { composeDocuments } from './compose-documents.ts';
import { composeDrafts } from './compose-drafts.ts';
import { composeFollowing } from './compose-following.ts';
import { composeObligations } from './compose-obligations.ts';
import { composePeople, type PeopleSettings } from './compose-people.ts';
import { composeRegistration } from './compose-registration.ts';
import { composeReports } from './compose-reports.ts';
import type { Config } from './config.ts';
import { usualQuietHours } from './domain/schedule/quiet-hours.ts';

/** Where offices keep their day, unless a programme's calendar says otherwise. */
export const defaultZone = 'Asia/Ho_Chi_Minh';

/** Sender where none is configured. */
const mailFrom = 'Đôn đốc <no-reply@localhost>';

export type ComposeSettings = Pick<
  Config,
  'DATABASE_URL' | 'SECRET_KEY' | 'NODE_ENV' | 'TRUST_PROXY' | 'RATE_LIMIT_PER_MINUTE'
> &
  PeopleSettings &
  Partial<
    Pick<
      Config,
      | 'AUDIT_FORMER_KEYS'
      | 'METRICS_TOKEN'
      | 'SMTP_URL'
      | 'MAIL_FROM'
      | 'PUBLIC_URL'
      | 'REDIS_URL'
      | 'EVIDENCE_DIR'
      | 'EVIDENCE_S3_URL'
      | 'EVIDENCE_MAX_BYTES'
      | 'CLAMD_URL'
      | 'DECISION_LINK_HOURS'
    >
  >;

/**
 * Opens the database and builds every use case on it.
 * @param given a clock of one's own (tests, the seed); absent: the database's
 */
export const compose = async (config: ComposeSettings, log: Log, given: { readonly clock?: Clock } = {}) => {
  const shared = { databaseUrl: config.DATABASE_URL, statementTimeoutMs: 15_000 };
  const pool = openPool({ ...shared, max: 12, byKey: true }, log);
  const readPool = openPool({ ...shared, max: 6 }, log);
  const source = await dataSource(config.DATABASE_URL).initialize();
  const databaseClock = given.clock ? undefined : await DatabaseClock.start(pool);
  const unfollow = databaseClock?.follow(pool, log);
  const clock = given.clock ?? (databaseClock as DatabaseClock);

  const reference = referenceData(pool);
  const store = taskStore(pool, reference, readPool);
  const intentions = intentionStore(pool);
  const people = peopleStore(source);
  const programmes = programmeStore(source);
  const organisation = organisationStore(source);
  const definitionRegister = definitionStore(source);
  const audit = auditStore(source);
  const auditKey = sealKey(config.SECRET_KEY, config.AUDIT_FORMER_KEYS);
  const seal = sealNow(sealStore(readPool), auditKey, clock, log);
  const passwords = passwordHasher();
  const reports = reportReader(readPool);
  const tallies = tallyStore(readPool);
  const frozen = frozenReports(readPool);
  const definitions = manageDefinitions(definitionRegister, parseDraft, clock, audit);
  const fire = fireTimers(store, intentions, clock, log);

  const openedFiles = openFiles({ folder: config.EVIDENCE_DIR, s3Url: config.EVIDENCE_S3_URL });
  const evidence = {
    ...openedFiles,
    tasks: store,
    files: evidenceFiles(pool),
    inspect: inspectEvidence,
    scanner: config.CLAMD_URL === undefined ? undefined : clamdScanner(config.CLAMD_URL),
    maxBytes: config.EVIDENCE_MAX_BYTES ?? 20 * 1024 ** 2,
    audit,
    clock,
    log,
  };
  const clearEvidence = clearFiles(evidence);

  const mailer =
    config.SMTP_URL === undefined
      ? undefined
      : smtpMailer({ url: config.SMTP_URL, from: config.MAIL_FROM ?? mailFrom });
  const mail: MailSettings = {
    mailEnabled: mailer !== undefined,
    publicUrl: config.PUBLIC_URL,
    quietHours: usualQuietHours,
    urgentPerHour: 5,
    calendar: 'vn',
  };
  const tokens = decisionTokens(deriveKey(config.SECRET_KEY, 'decision-link'));
  const linkStore = decisionLinkStore(readPool);
  const secondFactor = needsSecondFactor(secondFactorStore(source), presentActor(readPool), clock, config);
  const desk = deskReader(readPool);
  const ledger = ledgerReader(readPool, reference);
  const links = decisionLinks({ store, links: linkStore, tokens, desk, secondFactor, audit, clock });
  const offer = offerLinks({
    store,
    links: linkStore,
    tokens,
    secondFactor,
    newId: randomUUID,
    hours: config.DECISION_LINK_HOURS ?? 72,
  });
  const imports = importCommitments(importStore(readPool, reference), store, readSheet, clock, log, audit);
  const bulk = composeBulk({ pool: readPool, reference, store, intentions, audit, clock, log });
  const reorganisations = reorganise({
    store: reorganisationStore(readPool),
    tasks: store,
    intentions,
    actorOf: (id) => presentActor(readPool)(id, clock.now()),
    audit,
    clock,
    log,
    zone: defaultZone,
  });
  const following = composeFollowing({
    pool: readPool,
    store,
    intentions,
    reports,
    audit,
    clock,
    log,
    zone: defaultZone,
  });
  const documents = composeDocuments({
    source,
    pool: readPool,
    reference,
    store,
    programmes,
    audit,
    clock,
    intentions,
    log,
    zone: defaultZone,
  });
  const delivery = { store: noticeStore(readPool, reference), intentions, clock, log, settings: mail };
  /** What the jobs of each queue do; the reconciler calls the same functions. */
  const handlers: BatchHandlers = {
    timers: fire,
    imports: imports.run(presentActor(readPool)),
    bulk: bulk.run,
    organisation: async (ids) => {
      // Each takes what is its own.
      await reorganisations.run(ids);
      await following.run(ids);
      await documents.run(ids);
    },
    housekeeping: keepHouse({
      intentions,
      tidyUp: async (now) => `${await tidyUp(readPool)(now)}; files: ${await clearEvidence(now)}`,
      scanWaiting: scanWaiting(evidence),
      clock,
      log,
    }),
    notify: async (ids) => {
      // Each takes what is its own.
      await deliverNotices(delivery)(ids);
      await tellRoundNews({ ...delivery, news: newsStore(readPool, reference), rounds: confirmationStore(readPool) })(
        ids,
      );
    },
    ...(mailer
      ? { mail: sendMail({ store: mailStore(pool), intentions, mailer, clock, log, tokenOf: tokens.token }) }
      : {}),
  };
  const digests = planDigests({
    store: digestStore(readPool, reference),
    clock,
    log,
    settings: mail,
    newId: uuid,
    offer,
  });

  const signIn = composePeople({ config, source, pool, readPool, people, passwords, audit, clock, zone: defaultZone });
  const reporting = composeObligations({
    readPool,
    store,
    programmes,
    organisation,
    audit,
    clock,
    log,
    zone: defaultZone,
  });
  const live = liveHub({ source: liveSource(readPool), clock, log });
  const routes = [
    ...signIn.routes,
    ...reporting.routes,
    // Before the task by its id.
    ...bulk.routes,
    ...taskRoutes({
      store,
      clock,
      list: listTasks(readPool),
      stateNames: stateNames(readPool, reference),
      events: listEvents(readPool),
      lastReturn: lastReturn(readPool),
      reports,
      zone: defaultZone,
      writer: bookWriter,
      audit,
      measured: following.measured,
      defaultDue: async (code) => (await programmes.find(code))?.defaultDue ?? undefined,
    }),
    ...documents.routes,
    ...evidenceRoutes({
      add: addFile(evidence),
      list: listFiles(evidence),
      open: openFile(evidence),
      maxBytes: evidence.maxBytes,
    }),
    ...auditRoutes({
      seal,
      checkpoints: checkpointReader(readPool),
      entries: listAuditEntries(readPool),
      exportAudit: exportAudit(exportSource(readPool), auditKey, audit, clock, defaultZone),
      key: auditKey,
      audit,
      clock,
      zone: defaultZone,
    }),
    ...reportRoutes({ reports, tallies, calendars: ledger, urgedRounds: urgedRounds(readPool), frozen, audit, clock }),
    ...composeDrafts({
      source,
      pool: readPool,
      reference,
      reports,
      frozen,
      programmes,
      organisation,
      rounds: following.rounds,
      obligations: reporting.obligations,
      audit,
      clock,
    }),
    ...composeReports({
      pool: readPool,
      reference,
      reports,
      frozen,
      audit,
      clock,
      orders: { tasks: store, documents: documentStore(source, readPool, reference) },
    }),
    ...appraisalCommandRoutes({ store, clock }),
    ...absenceRoutes({ absences: absenceStore(source), clock, audit, zone: defaultZone }),
    ...panelIncidentRoutes(panelIncidents(openRounds(readPool), store, clock)),
    ...appraisalRoutes({
      store,
      desk,
      ledger,
      reports,
      measured: following.measured,
      clock,
    }),
    ...workflowRoutes({
      definitions,
      list: () => definitionRegister.list(),
      versions: (key) => definitionRegister.versions(key),
    }),
    ...importRoutes(imports),
    ...liveRoutes(live),
    ...notificationRoutes({ inbox: inbox(readPool, defaultZone), clock }),
    ...unitRoutes({ organisation, audit, clock, zone: defaultZone }),
    ...reorganisationRoutes(reorganisations),
    ...composeRegistration({ pool: readPool, reference, store, audit, clock }),
    ...following.routes,
    ...organisationRoutes({
      programmes,
      versions: (key) => definitionRegister.versions(key),
      audit,
      clock,
    }),
  ];

  const listed = withExports({ writer: bookWriter, audit, clock, zone: defaultZone }, routes, {
    ...followingLists,
    ...reportLists,
    ...organisationLists,
  });
  const operations = operationsReader(readPool);
  /**
   * The HTTP application. Call it once per process: its measurements are the process's.
   * @param draining true once the process is on its way out; it is then no longer ready
   */
  const app = (queues: Queues, draining: () => boolean = () => false) => {
    const metrics = openMetrics({ version: '0.1.0', overview: readOverview(operations, queues, clock) });
    const console = builtConsole();
    const board = {
      path: '/operations/board',
      router: bullBoard({ queues: () => queues.raw(), path: '/operations/board' }),
    };
    return httpApp({
      routes: [
        ...listed,
        ...operationsRoutes({
          queueNames,
          queues,
          operations,
          intentions: retryableIntentions(readPool),
          schedules: pausableSchedules(readPool),
          audit,
          clock,
        }),
      ],
      actorOf: signIn.actorOf,
      secureCookies: signIn.secureCookies,
      log,
      trustProxy: config.TRUST_PROXY,
      rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
      open: [
        healthRouter({ database: () => readPool.query('select 1'), queue: () => queues.ping(), draining }),
        metricsRouter({ metrics, token: config.METRICS_TOKEN, trustProxy: config.TRUST_PROXY }),
        console === undefined ? welcome() : consoleRouter(console),
        decisionLinkRouter(links, log),
        apiDocs(),
      ],
      guarded: [board],
      onDenied: recordDenials(audit, clock, log),
      onRequest: metrics.observeRequest,
    });
  };

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
    seal,
    /** Proposes urging rounds where something is to be urged. */
    proposeUrging: following.proposeDue,
    /** What npm run verify looks at, with the key of this installation. */
    inspect: () => inspect(verifySource(readPool, clock), { checkSignature: auditKey.check }),
    reports,
    frozen,
    obligations: reporting.obligations,
    /** Makes the next occurrences of work that comes back. */
    makeOccurrences: makeOccurrences({
      recurrences: recurrenceStore(readPool),
      tasks: store,
      clock,
      log,
      zone: defaultZone,
    }),
    imports,
    reorganisations,
    tallies,
    digests,
    handlers,
    app,
    schedules: scheduleStore(pool),
    workers: workerSigns(pool),
    /** Streams of changes; a server that stops closes them first. */
    live,
    async close() {
      live.close();
      unfollow?.();
      mailer?.close();
      openedFiles.close();
      await source.destroy();
      await pool.end();
      await readPool.end();
    },
  };
};
export type Composition = Awaited<ReturnType<typeof compose>>;
