// Queues of a test's own: a database, or a prefix in Redis. Tests wait for facts, the timeout of mocha is the only clock.

import { randomUUID } from 'node:crypto';
import type { QueueSettings } from '../../../src/adapters/queue/connection.ts';
import { migrateQueueSchema } from '../../../src/adapters/queue/connection.ts';
import { openQueues, type Queues, type QueueTimings } from '../../../src/adapters/queue/queues.ts';
import type { Log, LogFields } from '../../../src/application/log.ts';
import { freshEmptyDatabase, type TestDatabase } from '../../support/database.ts';
import type { Backend } from '../../support/redis.ts';

export interface Line {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: LogFields;
}

export interface RecordingLog extends Log {
  readonly lines: readonly Line[];
  said(level: keyof Log): readonly string[];
}

export function recordingLog(): RecordingLog {
  const lines: Line[] = [];
  const at =
    (level: keyof Log) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields });
  return {
    lines,
    said: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

export interface Harness {
  settings(): QueueSettings;
  /** Closed after the test, emptied as well. */
  open(timings?: Partial<QueueTimings>): Promise<Queues>;
}

export function harness(backend: Backend): Harness {
  let database: TestDatabase | undefined;
  let settings: QueueSettings;
  let opened: Queues[] = [];

  before(async () => {
    if (backend.name === 'postgres') {
      database = await freshEmptyDatabase();
      await migrateQueueSchema(database.url);
      settings = { databaseUrl: database.url };
    } else {
      const { redisUrl } = backend;
      settings = { databaseUrl: 'postgres://nowhere.invalid/none', redisUrl, prefix: `{test-${randomUUID()}}` };
    }
  });

  afterEach(async () => {
    for (const queues of opened) {
      for (const queue of queues.raw()) await queue.obliterate({ force: true });
      await queues.close();
    }
    opened = [];
  });

  after(() => database?.drop());

  return {
    settings: () => settings,
    async open(timings) {
      const queues = await openQueues({ ...settings, log: recordingLog(), timings: { backoffMs: 1, ...timings } });
      opened.push(queues);
      return queues;
    },
  };
}

/** Asks again until the answer is something, and hands it out. */
export async function eventually<T>(ask: () => T | Promise<T>): Promise<Exclude<T, false | null | undefined>> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<T, false | null | undefined>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A promise to be kept from outside. */
export function signal<T = void>(): { readonly come: Promise<T>; readonly give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const come = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { come, give };
}
