import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { Refusal } from '../../domain/refusal.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface MetricsRouterParts {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Absent: programs on this machine may read, as long as no proxy stands in front. */
  readonly token?: string | undefined;
  readonly trustProxy: number;
}

/** GET /metrics for Prometheus, which signs in nowhere: it shows a token, or is on this machine. */
export const metricsRouter = ({ metrics, token, trustProxy }: MetricsRouterParts): Router => {
  const router = Router();
  router.get('/metrics', async (req, res) => {
    if (token === undefined) {
      if (trustProxy > 0 || !isLocal(req)) throw new Refusal('permission.denied', { action: 'metrics.read' });
    } else if (!same(req.get('Authorization') ?? '', `Bearer ${token}`)) {
      res.setHeader('WWW-Authenticate', 'Bearer');
      throw new Refusal('session.required');
    }
    // Not res.type(): Prometheus wants its own version in the content type, as it is.
    res.setHeader('Content-Type', metrics.contentType);
    res.end(await metrics.text());
  });
  return router;
};

/** By the connection, never by a header. A proxy on this machine is a local program too, but it says whom it speaks for. */
const isLocal = (req: Request): boolean =>
  /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(req.socket.remoteAddress ?? '') &&
  req.get('X-Forwarded-For') === undefined &&
  req.get('Forwarded') === undefined &&
  req.get('X-Real-IP') === undefined;

const same = (given: string, right: string): boolean => timingSafeEqual(digest(given), digest(right));
const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
