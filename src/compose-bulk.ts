// Deeds on many tasks, done by a worker.

import type pg from 'pg';
import { bulkRunStore } from './adapters/db/bulk-runs.ts';
import { presentActor } from './adapters/db/present-actor.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { bulkRunRoutes } from './adapters/http/routes/bulk-runs.ts';
import { type DenialLog, recordDenials } from './application/audit/denials.ts';
import type { Log } from './application/log.ts';
import type { AuditLog, Clock, IntentionStore, TaskStore } from './application/ports.ts';
import { bulkRuns } from './application/tasks/bulk-runs.ts';

export interface BulkParts {
  readonly pool: pg.Pool;
  readonly reference: ReferenceData;
  readonly store: TaskStore;
  readonly intentions: IntentionStore;
  readonly audit: AuditLog & DenialLog;
  readonly clock: Clock;
  readonly log: Log;
}

export const composeBulk = ({ pool, reference, store, intentions, audit, clock, log }: BulkParts) => {
  const runs = bulkRuns({
    runs: bulkRunStore(pool, reference),
    intentions,
    actorOf: presentActor(pool),
    denied: recordDenials(audit, clock, log),
    audit,
    clock,
    log,
  });
  return { run: runs.run, routes: bulkRunRoutes({ runs, store, clock }) };
};
