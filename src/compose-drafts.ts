// The part of compose.ts that is about drafts of letters and reports.

import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { documentStore } from './adapters/db/documents.ts';
import { editionStore } from './adapters/db/editions.ts';
import type { FrozenReports } from './adapters/db/frozen-reports.ts';
import type { OrganisationStore } from './adapters/db/organisation.ts';
import type { ProgrammeStore } from './adapters/db/programmes.ts';
import { eventsBetween } from './adapters/db/queries/events-between.ts';
import { followingReader } from './adapters/db/queries/following.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { registrationStore } from './adapters/db/registrations.ts';
import { paperDocx } from './adapters/documents/write-paper.ts';
import { draftRoutes } from './adapters/http/routes/drafts.ts';
import { draftPapers } from './application/drafts/draft-papers.ts';
import type { UrgingRounds } from './application/following/urging-rounds.ts';
import type { ManageObligations } from './application/obligations/manage.ts';
import type { AuditLog, Clock } from './application/ports.ts';
import type { ReportReader } from './application/reports/statistics.ts';

export interface DraftGround {
  readonly source: DataSource;
  readonly pool: pg.Pool;
  readonly reference: ReferenceData;
  readonly reports: ReportReader;
  readonly frozen: FrozenReports;
  readonly programmes: ProgrammeStore;
  readonly organisation: OrganisationStore;
  readonly rounds: UrgingRounds;
  readonly obligations: ManageObligations;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export const composeDrafts = ({
  source,
  pool,
  reference,
  programmes,
  organisation,
  rounds,
  obligations,
  audit,
  ...ground
}: DraftGround) =>
  draftRoutes({
    drafts: draftPapers({
      ...ground,
      eventsBetween: eventsBetween(pool),
      editions: editionStore(pool),
      registrations: registrationStore(pool, reference),
      documents: documentStore(source, pool, reference),
      following: followingReader(pool),
      round: (id, actor) => rounds.read(id, actor),
      obligations: (filter, actor) => obligations.list(filter, actor),
      programme: (code) => programmes.find(code),
      units: () => organisation.listUnits(),
    }),
    write: paperDocx,
    today: obligations.today,
    audit,
    clock: ground.clock,
  });
