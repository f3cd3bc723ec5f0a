// The board of the queue's makers, to look at only: what operators do goes through our own routes, with a reason and an
// entry in the audit list.

import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { type Express, type NextFunction, type Request, type Response, Router } from 'express';
import type { Actor } from '../../domain/organisation/actor.ts';
import { may } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { problemOf } from './problem.ts';

/** What the board shows; named after the board, for this adapter knows no queue. */
type Queue = ConstructorParameters<typeof BullMQAdapter>[0];

export interface BullBoardParts {
  /** Asked with every request: a queue that could not start is replaced by another object. */
  readonly queues: () => readonly Queue[];
  /** Where the router is mounted. */
  readonly path: string;
  /** The longest the board may take to answer. */
  readonly boundMs?: number;
}

/** The board itself takes any number, and the queue would read them all at once. */
const mostJobs = 100;

export const bullBoard = ({ queues, path, boundMs = 5_000 }: BullBoardParts): Router => {
  const adapter = new ExpressAdapter();
  adapter.setBasePath(path);
  const app = adapter.getRouter() as Express;
  app.disable('x-powered-by');
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Hàng đợi', hideDocsLink: true, pollingInterval: { showSetting: true } } },
  });

  const shown = new Map<Queue, BullMQAdapter>();
  const follow = (): void => {
    const present = queues();
    if (present.length === shown.size && present.every((queue) => shown.has(queue))) return;
    const adapters = present.map((queue) => shown.get(queue) ?? new BullMQAdapter(queue, { readOnlyMode: true }));
    shown.clear();
    for (const [index, queue] of present.entries()) shown.set(queue, adapters[index] as BullMQAdapter);
    board.replaceQueues(adapters);
  };

  const router = Router();
  router.use(guard);
  router.use((_req, res, next) => {
    follow();
    if (shown.size === 0) throw new Refusal('service.unavailable', { reason: 'queue' });
    // The board's page names its own folder as the base of its addresses.
    const policy = String(res.getHeader('Content-Security-Policy') ?? '');
    res.setHeader('Content-Security-Policy', policy.replace("base-uri 'none'", "base-uri 'self'"));
    tame(res, boundMs);
    next();
  });
  router.use(app);
  return router;
};

const guard = (req: Request, res: Response, next: NextFunction): void => {
  const actor = res.locals.actor as Actor | undefined;
  if (!actor) throw new Refusal('session.required');
  if (!may(actor, 'operations.board')) throw new Refusal('permission.denied', { action: 'operations.board' });
  if (req.method !== 'GET' && req.method !== 'HEAD')
    throw new Refusal('permission.denied', { action: 'operations.board', reason: 'read_only' });
  const perPage = req.query.jobsPerPage;
  if (perPage !== undefined && !(Number(perPage) <= mostJobs))
    throw new Refusal('input.invalid', {
      errors: [{ in: 'query', pointer: '/jobsPerPage', code: 'too_big', message: `At most ${mostJobs}.` }],
    });
  next();
};

/**
 * The board waits for its queue as long as that takes, tells what failed when something fails, and its page asks Google
 * for fonts. Our Content-Security-Policy would stop the last; better not to ask.
 */
const tame = (res: Response, boundMs: number): void => {
  const send = res.send.bind(res);
  const away = (): void => {
    const problem = problemOf('service.unavailable', String(res.getHeader('X-Request-Id')), { reason: 'queue' });
    res.setHeader('Retry-After', '1');
    res.status(problem.status).type('application/problem+json');
    send(JSON.stringify(problem));
  };
  const timer = setTimeout(() => {
    if (!res.headersSent) away();
  }, boundMs);
  res.once('close', () => clearTimeout(timer));
  res.send = (body?: unknown): Response => {
    if (res.headersSent) return res; // the board's answer, after ours
    if (res.statusCode < 500)
      return send(typeof body === 'string' && body.startsWith('<!DOCTYPE') ? body.replaceAll(foreignLinks, '') : body);
    away();
    return res;
  };
};

const foreignLinks = /<link\s[^>]*href="https?:[^>]*>/g;
