// One-shot: brings the database (and the queue's own schema in it) to this release, and lays the foundations of a new one.
// Run before new API and workers start.

import { migrate } from './adapters/db/migrate.ts';
import { grantRoles } from './adapters/db/roles.ts';
import { migrateQueueSchema } from './adapters/queue/connection.ts';
import { openLog } from './adapters/telemetry/log.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { layFoundations } from './foundations.ts';

const config = readConfig(process.env);
const log = openLog({ level: config.LOG_LEVEL, json: config.NODE_ENV === 'production' });
await migrate(config.DATABASE_URL);
if (config.REDIS_URL === undefined) await migrateQueueSchema(config.DATABASE_URL);
await grantRoles(config.DATABASE_URL, { app: config.DATABASE_APP_ROLE, report: config.DATABASE_REPORT_ROLE });
const composition = await compose(config, log);
try {
  await layFoundations(composition, config);
} finally {
  await composition.close();
}
log.info('The database is up to date.');
