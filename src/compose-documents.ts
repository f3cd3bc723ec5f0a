// The part of compose.ts that is about documents that give work, proposed deadlines, and the phases of programmes.

import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { documentStore, proposalStore } from './adapters/db/documents.ts';
import type { ProgrammeStore } from './adapters/db/programmes.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { deadlineProposalRoutes } from './adapters/http/routes/deadline-proposals.ts';
import { documentRoutes } from './adapters/http/routes/documents.ts';
import { giveTasks } from './application/documents/give-tasks.ts';
import { manageDocuments } from './application/documents/manage.ts';
import type { AuditLog, Clock, TaskStore } from './application/ports.ts';

export interface DocumentSettings {
  readonly source: DataSource;
  readonly pool: pg.Pool;
  readonly reference: ReferenceData;
  readonly store: TaskStore;
  readonly programmes: ProgrammeStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
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
  zone,
}: DocumentSettings) => {
  const documents = documentStore(source, pool, reference);
  const defaultDue = async (code: string) => (await programmes.find(code))?.defaultDue ?? undefined;
  return [
    ...documentRoutes({
      documents: manageDocuments({ documents, audit, clock, newId: uuid, zone }),
      give: giveTasks({ documents, tasks: store, clock, defaultDue }),
      store: documents,
      tasks: store,
      clock,
    }),
    ...deadlineProposalRoutes({ proposals: proposalStore(source), tasks: store, audit, clock, newId: uuid }),
  ];
};
