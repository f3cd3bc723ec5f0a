// The HTTP API; with API_ONLY=0 also the workers, in one process, for a first look and small offices.

import type { Server, ServerResponse } from 'node:http';
import { startWorkers } from '../workers/index.ts';
import { migrate } from './adapters/db/migrate.ts';
import { httpServer } from './adapters/http/server.ts';
import { migrateQueueSchema } from './adapters/queue/connection.ts';
import { openQueues } from './adapters/queue/queues.ts';
import { openLog } from './adapters/telemetry/log.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { demoAccounts, seedDemo } from './demo/seed.ts';
import { layFoundations } from './foundations.ts';

let stopping: Promise<void> | undefined;
const config = readConfig(process.env);
const log = openLog({
  level: config.DONDOC_EMBEDDED ? 'warn' : config.LOG_LEVEL,
  json: config.NODE_ENV === 'production',
});

if (config.DONDOC_EMBEDDED) {
  await migrate(config.DATABASE_URL);
  if (config.REDIS_URL === undefined) await migrateQueueSchema(config.DATABASE_URL);
  await seedDemo(config, log, console.log);
}
const composition = await compose(config, log);
// A data folder of an earlier release gets the workflows that came since.
if (config.DONDOC_EMBEDDED) await layFoundations(composition, config);
const queues = await openQueues({ redisUrl: config.REDIS_URL, databaseUrl: config.DATABASE_URL, log });
const workers = config.API_ONLY ? undefined : await startWorkers(composition, queues, log, () => void stop(1));
const answering = new Set<ServerResponse>();
const server = await listen();

// Before anybody is told that we are ready: whoever waits for that may ask us to stop at once.
process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));
if (config.DONDOC_EMBEDDED) console.log(demoAccounts(config.DEMO_PASSWORD));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : config.PORT;
console.log(`Dondoc is ready at http://${config.HOST}:${port}`);

/** Requests that were accepted are answered, jobs that run are finished; all else waits in the database. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    setTimeout(() => process.exit(1), 25_000).unref();
    // Otherwise a busy client would send one request after another over the connection it has, and keep us alive.
    for (const response of answering) response.shouldKeepAlive = false;
    // These would go on for as long as somebody looks.
    composition.live.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
    await workers?.stop();
    await queues.close();
    await composition.close();
    process.exitCode = code;
  })();
  return stopping;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const app = composition.app(queues, () => stopping !== undefined);
    const listening = httpServer(app).once('error', reject);
    listening.listen(config.PORT, config.HOST, () => resolve(listening));
    listening.prependListener('request', (_request, response) => {
      answering.add(response);
      response.once('close', () => answering.delete(response));
      if (stopping !== undefined) response.shouldKeepAlive = false;
    });
  });
}
