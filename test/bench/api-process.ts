// The product's API as a process of its own, as in production; no workers.

import { openQueues } from '../../src/adapters/queue/queues.ts';
import { compose } from '../../src/compose.ts';
import { quiet, settings } from './ground.ts';

const queues = await openQueues({ databaseUrl: process.env.DATABASE_URL ?? '', log: quiet });
const composition = await compose(settings(process.env.DATABASE_URL ?? ''), quiet);
const server = composition.app(queues).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
