// A Redis that throws keys away when memory runs short accepts every job and keeps some of them, without one error.
// So a program does not start on such a server. The caller decides how it ends (78, a fault of configuration).

import type { Log } from '../../application/log.ts';
import { askRedis } from './connection.ts';

/** Rejects with the line of redis.conf to change. A Redis that does not answer is no reason to stay down: it gets a warning. */
export async function checkRedis({ redisUrl, log }: { redisUrl: string; log: Log }): Promise<void> {
  let info: string;
  try {
    // INFO, not CONFIG GET: an account for applications may not do the latter.
    info = await askRedis(redisUrl, (redis) => redis.info());
  } catch (error) {
    log.warn('Redis did not answer at start, so its settings were not checked.', { error });
    return;
  }

  const policy = /^maxmemory_policy:(.*)$/m.exec(info)?.[1]?.trim();
  if (policy && policy !== 'noeviction') {
    throw new Error(
      `Redis may throw away jobs when its memory is full (maxmemory-policy is ${policy}). Set in redis.conf: maxmemory-policy noeviction`,
    );
  }
  if (!/^aof_enabled:1/m.test(info)) {
    log.warn(
      'Redis forgets its queues when it restarts; they are handed out again from PostgreSQL, later. Set in redis.conf: appendonly yes',
    );
  }
}
