// Periodic reports: the regime, the obligations it makes, and the routes to both.

import type pg from 'pg';
import { obligationStore } from './adapters/db/obligations.ts';
import type { OrganisationStore } from './adapters/db/organisation.ts';
import { presentActor } from './adapters/db/present-actor.ts';
import type { ProgrammeStore } from './adapters/db/programmes.ts';
import { taskHistory } from './adapters/db/queries/task-history.ts';
import { bookWriter } from './adapters/documents/write-book.ts';
import { obligationRoutes } from './adapters/http/routes/obligations.ts';
import { reportingRoutes } from './adapters/http/routes/reporting.ts';
import type { Log } from './application/log.ts';
import { manageObligations } from './application/obligations/manage.ts';
import type { AuditLog, Clock, TaskStore } from './application/ports.ts';

export interface ObligationsGround {
  readonly readPool: pg.Pool;
  readonly store: TaskStore;
  readonly programmes: ProgrammeStore;
  readonly organisation: OrganisationStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: string;
}

export const composeObligations = (ground: ObligationsGround) => {
  const { readPool, store, programmes, organisation, audit, clock } = ground;
  const obligations = manageObligations({
    ...ground,
    obligations: obligationStore(readPool, () => organisation.listUnits()),
    tasks: store,
    programme: (code) => programmes.find(code),
    actorOf: presentActor(readPool),
    events: taskHistory(readPool),
  });
  return {
    obligations,
    routes: [
      ...reportingRoutes(obligations),
      ...obligationRoutes({ obligations, store, audit, clock, writer: bookWriter }),
    ],
  };
};
