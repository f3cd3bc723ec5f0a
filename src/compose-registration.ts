// The part of compose.ts that is about next year: registration, annex IV, and forecasts.

import type pg from 'pg';
import { forecastStore } from './adapters/db/forecasts.ts';
import type { ReferenceData } from './adapters/db/reference-data.ts';
import { registrationStore } from './adapters/db/registrations.ts';
import { printTable } from './adapters/documents/print-table.ts';
import { forecastRoutes } from './adapters/http/routes/forecasts.ts';
import { registrationAnnexRoutes } from './adapters/http/routes/registration-annex.ts';
import { registrationRoutes } from './adapters/http/routes/registrations.ts';
import type { AuditLog, Clock, TaskStore } from './application/ports.ts';
import { annexTable } from './application/registrations/annex-table.ts';

export interface RegistrationParts {
  readonly pool: pg.Pool;
  readonly reference: ReferenceData;
  readonly store: TaskStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export const composeRegistration = ({ pool, reference, store, audit, clock }: RegistrationParts) => {
  const registrations = registrationStore(pool, reference);
  return [
    ...registrationRoutes({ store: registrations, tasks: store, audit, clock }),
    ...registrationAnnexRoutes({
      annex: annexTable(registrations, clock),
      print: printTable,
      registrations,
      store,
      audit,
      clock,
    }),
    ...forecastRoutes({ forecasts: forecastStore(pool), audit, clock }),
  ];
};
