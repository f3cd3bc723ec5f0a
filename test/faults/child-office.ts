// The whole program in a process of its own, on the database of a test and at a moment that stands still.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import { compose } from '../../src/compose.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet } from '../support/world.ts';

const { databaseUrl, folder, day } = JSON.parse(process.argv[2] ?? '{}');
const settings = { SECRET_KEY: secretKey, NODE_ENV: 'test', TRUST_PROXY: 0, RATE_LIMIT_PER_MINUTE: 1_000_000 } as const;
const composition = await compose({ ...settings, DATABASE_URL: databaseUrl, EVIDENCE_DIR: folder }, quiet, {
  clock: new HandClock(day),
});
const queues = await openQueues({ databaseUrl, log: quiet });
const server = composition.app(queues).listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`);

await once(process.stdin.resume(), 'end');
server.closeAllConnections();
server.close();
await queues.close();
await composition.close();
