// GET shows, POST decides. Mail scanners open every link they find, some of them several times: nothing that is fetched
// changes anything. No session is asked for and no cookie is read, so a browser's cookies lend nobody's name to a request.

import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { DecisionLinks } from '../../application/appraisals/decision-links.ts';
import type { Log } from '../../application/log.ts';
import { outcomes } from '../../domain/workflow/definition.ts';
import { failed, pagePolicy, type Rendered, renderState, type Typed, tooMany, unreadable } from './decision-page.ts';
import { text } from './schemas.ts';

/** Requests one address may make per minute; a whole office may stand behind one. */
const perMinute = 300;
/** Wrong tokens one address may try per minute. */
const wrongPerMinute = 30;

export const decisionLinkRouter = (links: DecisionLinks, log: Log): Router => {
  const router = Router();
  // The token is a key: neither figures nor log ever see the address as it was called.
  router.use('/d', labelled, secured, ...throttled());
  router.get('/d/:token', async (req, res) => {
    const { token } = req.params;
    send(res, renderState(isToken(token) ? await links.look(token) : { kind: 'unknown' }));
  });
  router.post('/d/:token', sameSite, express.urlencoded({ extended: false, limit: '64kb' }), async (req, res) => {
    const token = String(req.params.token);
    const form = formShape.safeParse(req.body);
    if (!form.success) return send(res, unreadable());
    if (!isToken(token)) return send(res, renderState({ kind: 'unknown' }));
    const { outcome, reason, missing, version, nonce } = form.data;
    const decision = await links.decide(token, { outcome, reason, missing, version, nonce }, req.ip ?? 'unknown');
    send(res, renderState(decision, typedOf(req.body)));
  });
  router.use('/d', (_req, res) => send(res, renderState({ kind: 'unknown' })));
  router.use('/d', (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const { type } = error as { readonly type?: string };
    if (error instanceof URIError) return send(res, renderState({ kind: 'unknown' }));
    if (
      type?.startsWith('entity.') ||
      type?.startsWith('encoding.') ||
      type?.startsWith('charset.') ||
      type === 'parameters.too.many'
    )
      return send(res, unreadable());
    const requestId = String(res.getHeader('X-Request-Id') ?? '');
    log.error('A decision by link failed.', { error, requestId });
    send(res, failed(requestId));
  });
  return router;
};

const isToken = (token: string): boolean => /^[\w-]{43}$/.test(token);

const optionalText = (most: number) =>
  z
    .union([
      z.literal('').transform(() => undefined),
      z
        .string()
        .regex(/^\s+$/)
        .transform(() => undefined),
      text(most),
    ])
    .optional();

/** Browsers send line breaks as CR LF. */
const formShape = z.strictObject({
  outcome: z.enum(outcomes),
  reason: z.preprocess(unixLines, optionalText(4000)),
  missing: z.preprocess(linesOf, z.array(text(800)).max(30)),
  version: z.coerce.number().int().min(1).max(2_147_483_647),
  nonce: z.string().max(100),
});

function unixLines(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : value;
}
function linesOf(value: unknown): unknown {
  if (value === undefined) return [];
  const lines = unixLines(value);
  return typeof lines === 'string' ? lines.split('\n').filter((line) => line.trim() !== '') : lines;
}

const typedOf = (body: unknown): Typed => {
  const { outcome, reason, missing } = body as Record<string, string | undefined>;
  return { outcome, reason, missing };
};

const labelled = (_req: Request, res: Response, next: NextFunction): void => {
  res.locals.route = '/d/{token}';
  next();
};

const secured = (_req: Request, res: Response, next: NextFunction): void => {
  res.setHeader('Content-Security-Policy', pagePolicy);
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Robots-Tag', 'noindex, nofollow, noarchive');
  res.setHeader('Cache-Control', 'no-store');
  next();
};

const throttled = () => {
  const common = {
    windowMs: 60_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: (req: Request) => req.ip ?? 'unknown',
    handler: (_req: Request, res: Response) => send(res, tooMany()),
  } as const;
  return [
    rateLimit({ ...common, limit: perMinute }),
    rateLimit({
      ...common,
      limit: wrongPerMinute,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_req, res) => res.statusCode !== 404,
    }),
  ];
};

/**
 * Where the browser says it: only a form on our own page. With Referrer-Policy no-referrer a browser sends `Origin: null`
 * with its own form, which says nothing; then Sec-Fetch-Site speaks, and in old browsers the form's nonce alone.
 */
const sameSite = (req: Request, res: Response, next: NextFunction): void => {
  const site = req.get('Sec-Fetch-Site');
  const origin = req.get('Origin');
  const foreign =
    site === undefined
      ? origin !== undefined && origin !== 'null' && !(URL.canParse(origin) && new URL(origin).host === req.get('Host'))
      : site !== 'same-origin';
  if (foreign) send(res, renderState({ kind: 'forged' }));
  else next();
};

const send = (res: Response, { status, html }: Rendered): void => {
  res.status(status).type('html').send(html);
};
