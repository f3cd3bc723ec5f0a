// A worker of bulk runs in a process of its own, on the database of a test, that goes on until it is done or killed.

import { compose } from '../../src/compose.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet } from '../support/world.ts';

const { databaseUrl, folder, day, ids } = JSON.parse(process.argv[2] ?? '{}');
const settings = { SECRET_KEY: secretKey, NODE_ENV: 'test', TRUST_PROXY: 0, RATE_LIMIT_PER_MINUTE: 1_000_000 } as const;
const composition = await compose({ ...settings, DATABASE_URL: databaseUrl, EVIDENCE_DIR: folder }, quiet, {
  clock: new HandClock(day),
});
for (const [queue, handle] of Object.entries(composition.handlers)) if (queue === 'bulk') await handle(ids);
await composition.close();
