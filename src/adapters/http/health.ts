// For whoever starts, stops and balances processes. Says up or down and nothing about the inside.

import { Router } from 'express';
import { inTime } from '../../application/in-time.ts';

export interface HealthParts {
  /** Any answer will do; a rejection or silence means away. */
  readonly database: () => Promise<unknown>;
  readonly queue: () => Promise<boolean>;
  /** True from the moment this process was told to stop: no new requests, please. */
  readonly draining: () => boolean;
}

interface Readiness {
  readonly status: 'ready' | 'degraded' | 'draining' | 'unavailable';
  readonly database?: 'up' | 'down';
  readonly queue?: 'up' | 'down';
}

const boundMs = 1_000;

/**
 * GET /healthz: the process runs, without asking anybody. GET /readyz: requests may come. Without the queue they may:
 * it carries hints only, and what is due is done from the database.
 */
export const healthRouter = ({ database, queue, draining }: HealthParts): Router => {
  const router = Router();

  // One look at a time, however many ask: these pages need no session.
  let looking: Promise<Readiness> | undefined;
  const look = (): Promise<Readiness> => {
    looking ??= readiness(database, queue).finally(() => {
      looking = undefined;
    });
    return looking;
  };

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'up' });
  });
  router.get('/readyz', async (_req, res) => {
    const found: Readiness = draining() ? { status: 'draining' } : await look();
    const ready = found.status === 'ready' || found.status === 'degraded';
    res.status(ready ? 200 : 503).json(found);
  });
  return router;
};

const readiness = async (database: HealthParts['database'], queue: HealthParts['queue']): Promise<Readiness> => {
  const [hasDatabase, hasQueue] = await Promise.all([answers(() => database().then(() => true)), answers(queue)]);
  return {
    status: !hasDatabase ? 'unavailable' : hasQueue ? 'ready' : 'degraded',
    database: hasDatabase ? 'up' : 'down',
    queue: hasQueue ? 'up' : 'down',
  };
};

const answers = async (ask: () => Promise<boolean>): Promise<boolean> =>
  (await inTime(boundMs, ask()).catch(() => false)) ?? false;
