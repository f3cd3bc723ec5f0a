// From settings to one of two backends: Redis when there is a URL for it, else the PostgreSQL we have anyway.
// Everything that differs between the two is in this file.

import {
  createPostgresBackend,
  createRedisBackend,
  type KeepJobs,
  type PgPool,
  type Processor,
  Queue,
  type QueueOptions,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Log } from '../../application/log.ts';
import { within } from './within.ts';

export interface QueueSettings {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Namespace of the keys in Redis. The braces keep all of them in one slot of a Redis Cluster. */
  readonly prefix?: string | undefined;
}

type Unbound<T> = Omit<T, 'connection' | 'prefix'>;

/** How many jobs finished, minute by minute, as BullMQ's workers count them. */
export interface FinishedSeries {
  /** Since ever. */
  readonly count: number;
  /** When the newest minute began to be counted, and the count then. */
  readonly previousAt: number;
  readonly previousCount: number;
  /** Closed minutes before that one, newest first. */
  readonly minutes: readonly number[];
}

export interface QueueConnection {
  readonly backend: 'redis' | 'postgres';
  queue(name: string, options: Unbound<QueueOptions>): Queue;
  worker(name: string, processor: Processor, options: Unbound<WorkerOptions>): Worker;
  /** How many finished jobs to keep, within the age given. PostgreSQL pays 2.4 times the CPU for counting them: age only. */
  keep(age: number, count: number): KeepJobs;
  /**
   * Rejects while it makes no sense to build a queue or a worker. BullMQ remembers a first failure for ever (PostgreSQL, and a
   * Redis that turns us away), and what waits for a first connection to Redis cannot be closed.
   */
  answers(): Promise<void>;
  oldestWaiting(queue: Queue): Promise<number | null>;
  finished(queue: Queue, kind: 'completed' | 'failed', minutes: number): Promise<FinishedSeries>;
  /** Closes politely for up to `graceMs`, then cuts the wires. Never rejects, never takes much longer than that. */
  shut(target: Queue | Worker, graceMs: number): Promise<void>;
  close(): Promise<void>;
}

const defaultPrefix = '{dondoc}';
const schema = 'bullmq';
const cutMs = 1_000;
const probeMs = 3_000;

export const connectQueue = (settings: QueueSettings, log: Log): QueueConnection =>
  settings.redisUrl
    ? redisConnection(settings.redisUrl, settings.prefix ?? defaultPrefix)
    : postgresConnection(settings.databaseUrl, log);

/** Brings the schema of the queue up to this BullMQ. A step of the release, safe to run twice and from two places at once. */
export async function migrateQueueSchema(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'dondoc-queue-migrate' });
  client.on('error', () => undefined); // the failing query rejects and says it
  await client.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    await client.end();
  }
}

// ---------------------------------------------------------------------------------------------------------------- Redis

/**
 * BullMQ gets options, never a client: it closes only what it opened itself.
 * `socketTimeout` is what notices a connection that died without a word (a firewall, a moved address): no other setting does.
 */
export const redisOptions = (url: string) => ({
  url,
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
  socketTimeout: 15_000,
  keepAlive: 10_000,
  retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 6), 5_000),
});

function redisConnection(url: string, prefix: string): QueueConnection {
  const forWorkers = redisOptions(url);
  const forProducers = { ...forWorkers, maxRetriesPerRequest: 1, commandTimeout: 2_000 };

  return {
    backend: 'redis',
    queue: (name, options) => new Queue(name, { ...options, prefix, connection: forProducers }, createRedisBackend),
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...options, prefix, connection: forWorkers }, createRedisBackend),
    keep: (age, count) => ({ age, count }),
    answers: async () => void (await askRedis(url, (redis) => redis.ping())),
    async oldestWaiting(queue) {
      const [next] = await queue.getWaiting(0, 0);
      return next ? next.timestamp + (next.opts.delay ?? 0) : null;
    },
    async finished(queue, kind, minutes) {
      const { meta, data } = await queue.getMetrics(kind, 0, minutes - 1);
      return { count: meta.count, previousAt: meta.prevTS, previousCount: meta.prevCount, minutes: data };
    },
    async shut(target, graceMs) {
      const closing = target.close().catch(() => undefined);
      try {
        await within(graceMs, 'closing', closing);
      } catch {
        await endTimers(target);
        // Not `target.close(true)`: a second close only waits for the first one.
        const backend = target.getBackend();
        await within(cutMs, 'cutting', backend.close(true)).catch(() => undefined);
        // A client between two tries to connect: the close above waits for a goodbye that nobody will send.
        const clients = [backend.client, backend.blockingClient].map((client) => Promise.resolve(client));
        await within(cutMs, 'cutting', Promise.all(clients)).then(
          (connected) => connected.map((client) => client?.disconnect()),
          () => undefined,
        );
      }
    },
    close: async () => undefined,
  };
}

/** One question to Redis over a connection of its own. */
export async function askRedis<T>(redisUrl: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const { url, ...options } = redisOptions(redisUrl);
  const redis = new Redis(url, { ...options, retryStrategy: () => null });
  let reason: Error | undefined;
  redis.on('error', (error) => {
    reason = error; // the command itself rejects with "Connection is closed"
  });
  try {
    return await within(probeMs, 'Redis', ask(redis));
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/**
 * A close that hangs never reaches the renewal of locks and the search for stalled jobs. Both would hold the process, and the
 * first would keep a job from going to another worker. BullMQ 6.7 offers no other way to end them.
 */
async function endTimers(target: Queue | Worker): Promise<void> {
  const { lockManager, stalledCheckStopper } = target as unknown as {
    lockManager?: { close(): Promise<void> };
    stalledCheckStopper?: () => void;
  };
  stalledCheckStopper?.();
  await lockManager?.close();
}

// ----------------------------------------------------------------------------------------------------------- PostgreSQL

const OnPostgres = withBackend(createPostgresBackend);

/**
 * Two pools for the whole process, not two connections per queue: one for handing out, one for the workers, in which every
 * worker keeps one connection for LISTEN. No statement_timeout, whatever the role has: promoting a backlog takes long.
 */
function postgresConnection(databaseUrl: string, log: Log): QueueConnection {
  const pool = (max: number, queryTimeoutMs: number) => {
    const created = new pg.Pool({
      connectionString: databaseUrl,
      options: `-c search_path=${schema} -c statement_timeout=0 -c idle_in_transaction_session_timeout=0`,
      max,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: queryTimeoutMs, // ours, not the server's: it frees a slot whose peer is gone
    });
    // BullMQ adds a listener per queue and worker.
    created.setMaxListeners(0);
    // Without these two, PostgreSQL going away while a client is checked out ends the process.
    created.on('error', (error) => log.warn('A connection of the queue to PostgreSQL broke.', { error }));
    created.on('connect', (client) => {
      client.setMaxListeners(0);
      client.on('error', (error) => log.debug('A client of the queue in PostgreSQL broke.', { error }));
    });
    return created;
  };

  const forProducers = pool(4, 10_000);
  const forWorkers = pool(24, 300_000);
  // Two type declarations of the same thing that differ in `readonly`.
  const [producers, workers] = [forProducers, forWorkers] as unknown as [PgPool, PgPool];
  const open = new Set<pg.PoolClient>();
  for (const each of [forProducers, forWorkers]) {
    each.on('connect', (client) => open.add(client));
    each.on('remove', (client) => open.delete(client));
  }

  return {
    backend: 'postgres',
    // The casts name the default backend; nothing outside this file calls what only one of the two has.
    queue: (name, options) => new OnPostgres.Queue(name, { ...options, connection: producers }) as unknown as Queue,
    worker: (name, processor, options) =>
      new OnPostgres.Worker(name, processor, { ...options, connection: workers }) as unknown as Worker,
    keep: (age) => ({ age }),
    async answers() {
      await forProducers.query('select 1');
    },
    // BullMQ 6.7 answers getWaiting(0, 0) with the newest job here, not the oldest.
    async oldestWaiting(queue) {
      const { rows } = await forProducers.query<{ at: string }>(
        `select coalesce(process_at_ms, added_at_ms) as at from job
         where queue = $1 and state = 'waiting' order by priority, seq limit 1`,
        [queue.name],
      );
      return rows[0] ? Number(rows[0].at) : null;
    },
    // getMetrics() of BullMQ 6.7 leaves prev_ts and prev_count out here, and without them the minutes have no place in time.
    async finished(queue, kind, minutes) {
      const { rows } = await forProducers.query<{ count: string; at: string | null; previous: string; data: string[] }>(
        `select count, prev_ts as at, prev_count as previous, data[1:$3] as data from metrics
         where queue = $1 and kind = $2`,
        [queue.name, kind, minutes],
      );
      const row = rows[0];
      if (!row) return { count: 0, previousAt: 0, previousCount: 0, minutes: [] };
      return {
        count: Number(row.count),
        previousAt: Number(row.at ?? 0),
        previousCount: Number(row.previous),
        minutes: row.data.map(Number),
      };
    },
    async shut(target, graceMs) {
      const closing = target.close().catch(() => undefined);
      await within(graceMs, 'closing', closing).catch(async () => {
        await endTimers(target);
        await within(cutMs, 'cutting', target.getBackend().close(true)).catch(() => undefined);
      });
    },
    async close() {
      const ended = Promise.all([forProducers.end(), forWorkers.end()]);
      await within(cutMs, 'closing', ended).catch(() => {
        // What is left hangs in a query; ending the client destroys its socket.
        for (const client of open) void client.end().catch(() => undefined);
      });
    },
  };
}
