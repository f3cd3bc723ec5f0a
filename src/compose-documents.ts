// The part of compose.ts that is about documents that give work, proposed deadlines, and the phases of programmes.

import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { documentStore, proposalStore } from './adapters/db/documents.ts';
import { editionStore } from './adapters/db/editions.ts';
import { eventStore, phaseStore, scopeStore } from './adapters/db/programme-phases.ts';
import type { ProgrammeStore } from './adapters/db/programmes.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { deadlineProposalRoutes } from './adapters/http/routes/deadline-proposals.ts';
import { documentRoutes } from './adapters/http/routes/documents.ts';
import { phaseRoutes } from './adapters/http/routes/phases.ts';
import { giveTasks } from './application/documents/give-tasks.ts';
import { manageDocuments } from './application/documents/manage.ts';
import type { Log } from './application/log.ts';
import type { AuditLog, Clock, IntentionStore, TaskStore } from './application/ports.ts';
import { eventDeadlines } from './application/programmes/event-deadlines.ts';
import { programmePhases } from './application/programmes/phases.ts';
import { programmeScope } from './application/programmes/scope.ts';
import { Refusal } from './domain/refusal.ts';
import { workingCalendar } from './domain/schedule/working-calendar.ts';

export interface DocumentSettings {
  readonly source: DataSource;
  readonly pool: pg.Pool;
  readonly reference: ReferenceData;
  readonly store: TaskStore;
  readonly programmes: ProgrammeStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly intentions: IntentionStore;
  readonly log: Log;
  readonly zone: string;
}

export const composeDocuments = ({
  source,
  pool,
  reference,
  store,
  programmes,
  audit,
  clock,
  intentions,
  log,
  zone,
}: DocumentSettings) => {
  const documents = documentStore(source, pool, reference);
  const defaultDue = async (code: string) => (await programmes.find(code))?.defaultDue ?? undefined;
  /** @throws Refusal programme.not_found */
  const rules = async (code: string) => {
    const programme = await programmes.find(code);
    const calendar = programme && (await programmes.calendar(programme.calendar));
    if (!programme || !calendar) throw new Refusal('programme.not_found', { programme: code });
    return { calendar: workingCalendar(calendar), roll: programme.roll };
  };
  const deadlines = eventDeadlines({ events: eventStore(pool), tasks: store, intentions, clock, log });
  const routes = [
    ...documentRoutes({
      documents: manageDocuments({ documents, audit, clock, newId: uuid, zone }),
      give: giveTasks({ documents, tasks: store, clock, defaultDue }),
      store: documents,
      tasks: store,
      editions: editionStore(pool),
      clock,
    }),
    ...phaseRoutes({
      phases: programmePhases({ phases: phaseStore(source), rules, deadlines, audit, clock }),
      scope: programmeScope({
        scopes: scopeStore(source),
        zoneOf: async (code) => (await rules(code)).calendar.zone,
        audit,
        clock,
      }),
    }),
    ...deadlineProposalRoutes({ proposals: proposalStore(source), store, clock }),
  ];
  return { routes, run: deadlines.run };
};
