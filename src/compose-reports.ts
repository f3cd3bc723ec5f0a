// The part of compose.ts that is about reports with a life of their own, their confirmation, and what is exported of them.

import type pg from 'pg';
import { confirmationStore } from './adapters/db/confirmations.ts';
import { editionStore } from './adapters/db/editions.ts';
import type { FrozenReports } from './adapters/db/frozen-reports.ts';
import { keptAnswers } from './adapters/db/kept-answers.ts';
import { eventsBetween } from './adapters/db/queries/events-between.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { calendarOf } from './adapters/db/round-news.ts';
import { bookWriter } from './adapters/documents/write-book.ts';
import { confirmationRoutes } from './adapters/http/routes/confirmations.ts';
import { editionRoutes } from './adapters/http/routes/report-editions.ts';
import { runRoutes } from './adapters/http/routes/report-runs.ts';
import { once } from './application/once.ts';
import type { AuditLog, Clock } from './application/ports.ts';
import type { OrderBook } from './application/reports/editions.ts';
import type { ReportReader } from './application/reports/statistics.ts';

export interface ReportParts {
  readonly reference: ReferenceData;
  readonly pool: pg.Pool;
  readonly reports: ReportReader;
  readonly frozen: FrozenReports;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly orders: OrderBook;
}

export const composeReports = ({ pool, reference, ...parts }: ReportParts) => {
  const editions = editionStore(pool);
  const rounds = confirmationStore(pool);
  const all = {
    ...parts,
    editions,
    rounds,
    calendarOf: calendarOf(pool, reference),
    once: once(keptAnswers(pool), parts.clock),
  };
  return [
    ...editionRoutes(all),
    ...confirmationRoutes(all),
    ...runRoutes({ ...all, eventsBetween: eventsBetween(pool), writer: bookWriter }),
  ];
};
