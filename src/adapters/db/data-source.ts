import { DataSource } from 'typeorm';
import { Foundation1763700000001 } from '../../../migrations/1763700000001-foundation.ts';
import { Appraisal1763800000001 } from '../../../migrations/1763800000001-appraisal.ts';
import { Organisation1763800000002 } from '../../../migrations/1763800000002-organisation.ts';
import { SignIn1763800000003 } from '../../../migrations/1763800000003-sign-in.ts';
import { Audit1763800000004 } from '../../../migrations/1763800000004-audit.ts';
import { Evidence1763800000005 } from '../../../migrations/1763800000005-evidence.ts';
import { DecisionLinks1763800000006 } from '../../../migrations/1763800000006-decision-links.ts';
import { Documents1763900000001 } from '../../../migrations/1763900000001-documents.ts';
import { Following1763900000002 } from '../../../migrations/1763900000002-following.ts';
import { Obligations1763900000003 } from '../../../migrations/1763900000003-obligations.ts';
import { ReportRuns1763900000004 } from '../../../migrations/1763900000004-report-runs.ts';
import { Registration1763900000005 } from '../../../migrations/1763900000005-registration.ts';
import { Figures1764000000001 } from '../../../migrations/1764000000001-figures.ts';
import { Periodic1764000000002 } from '../../../migrations/1764000000002-periodic.ts';
import { Following1764000000003 } from '../../../migrations/1764000000003-following.ts';
import { Confirmations1764000000005 } from '../../../migrations/1764000000005-confirmations.ts';
import { Live1764000000010 } from '../../../migrations/1764000000010-live.ts';
import { SavedViews1764000000011 } from '../../../migrations/1764000000011-saved-views.ts';
import { BulkRuns1764100000002 } from '../../../migrations/1764100000002-bulk-runs.ts';
import { entities } from './entities.ts';

/** TypeORM: migrations, administration and screens. The hot paths use prepared statements on a plain pool. */
export const dataSource = (databaseUrl: string): DataSource =>
  new DataSource({
    type: 'postgres',
    url: databaseUrl,
    entities,
    migrations: [
      Foundation1763700000001,
      Appraisal1763800000001,
      Organisation1763800000002,
      SignIn1763800000003,
      Audit1763800000004,
      Evidence1763800000005,
      DecisionLinks1763800000006,
      Documents1763900000001,
      Following1763900000002,
      Obligations1763900000003,
      ReportRuns1763900000004,
      Registration1763900000005,
      Figures1764000000001,
      Periodic1764000000002,
      Following1764000000003,
      Confirmations1764000000005,
      Live1764000000010,
      SavedViews1764000000011,
      BulkRuns1764100000002,
    ],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    extra: { max: 4, application_name: 'dondoc-admin' },
  });
