import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Log } from '../../application/log.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { openApiDocument } from './openapi.ts';
import { problemHandler, problemOf, sendProblem } from './problem.ts';
import { mount, type Route } from './route.ts';

export interface AppParts {
  readonly routes: readonly Route[];
  /** The actor behind a session token, or undefined when it is not (or no longer) good. */
  readonly actorOf: (token: string) => Promise<Actor | undefined>;
  readonly log: Log;
  readonly trustProxy: number;
  readonly rateLimitPerMinute: number;
  /**
   * Before sign-in, and without a limit of requests: health, metrics, pages that are the same for everybody, links of
   * mails. They read no database with every request, or limit them themselves, and guard themselves if they must.
   */
  readonly open: readonly express.Router[];
  /** After sign-in, in `res.locals.actor`; who may come in each decides for everything below its path. */
  readonly guarded: readonly { readonly path: string; readonly router: express.Router }[];
  /** Told of every answer; `route` is the route's template, so that there are only so many of them. */
  readonly onRequest?: (method: string, route: string, status: number, seconds: number) => void;
}

export const sessionCookie = 'dondoc_session';
const jsonLimit = '100kb';
const deepest = 32;

export const httpApp = (parts: AppParts): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.trustProxy);
  app.set('etag', false);
  app.use(named);
  if (parts.onRequest) app.use(timed(parts.onRequest));
  app.use(helmet(helmetOptions));
  for (const router of parts.open) app.use(router);
  app.use(signedIn(parts.actorOf));
  app.use(limited(parts.rateLimitPerMinute));
  for (const { path, router } of parts.guarded) app.use(path, known(path), router);
  app.use('/api/v1', api(parts.routes));
  app.use((_req, _res) => {
    throw new Refusal('route.unknown');
  });
  app.use(problemHandler(parts.log) as ErrorRequestHandler);
  return app;
};

const helmetOptions = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      upgradeInsecureRequests: null,
    },
  },
};

/** Every answer has a request number; the log says it too. */
const named = (req: Request, res: Response, next: NextFunction): void => {
  const asked = req.get('X-Request-Id');
  res.setHeader('X-Request-Id', asked && /^[\w-]{1,64}$/.test(asked) ? asked : randomUUID());
  res.setHeader('Cache-Control', 'no-store');
  next();
};

const timed =
  (observe: NonNullable<AppParts['onRequest']>) =>
  (req: Request, res: Response, next: NextFunction): void => {
    const start = process.hrtime.bigint();
    res.on('finish', () => {
      // What the route said of itself: Express forgets where a router was mounted as soon as one of its routes fails.
      const declared: unknown = res.locals.route;
      const route = typeof declared === 'string' ? declared : openRoute(req);
      observe(req.method, route, res.statusCode, Number(process.hrtime.bigint() - start) / 1e9);
    });
    next();
  };

const openRoute = (req: Request): string => (typeof req.route?.path === 'string' ? req.route.path : 'unmatched');

/** For the figures: everything below one mounted path counts as one route. */
const known =
  (path: string) =>
  (_req: Request, res: Response, next: NextFunction): void => {
    res.locals.route = path;
    next();
  };

const limited = (perMinute: number) =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // req.ip, not the socket's address: behind a proxy everybody not yet signed in would share one.
    keyGenerator: (req, res) => (res.locals.actor as Actor | undefined)?.id ?? req.ip ?? 'unknown',
    validate: false,
    handler: (_req, res) => sendProblem(res, problemOf('rate.exceeded', String(res.getHeader('X-Request-Id')))),
  });

/** Bearer token, or cookie; a change that relies on the cookie must be shown to come from our own pages. */
const signedIn =
  (actorOf: AppParts['actorOf']) =>
  async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const bearer = /^Bearer (\S+)$/.exec(req.get('Authorization') ?? '')?.[1];
    const cookie = bearer === undefined ? cookieOf(req) : undefined;
    const token = bearer ?? cookie;
    if (token !== undefined) {
      res.locals.token = token;
      res.locals.actor = await actorOf(token);
      if (cookie !== undefined && res.locals.actor && !['GET', 'HEAD', 'OPTIONS'].includes(req.method))
        refuseForgery(req);
    }
    next();
  };

const cookieOf = (req: Request): string | undefined =>
  req
    .get('Cookie')
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === sessionCookie)?.[1];

const refuseForgery = (req: Request): void => {
  const site = req.get('Sec-Fetch-Site');
  const origin = req.get('Origin');
  const own =
    site === undefined
      ? origin !== undefined && hostOf(origin) === req.get('Host')
      : site === 'same-origin' || site === 'none';
  const deliberate = req.get('Idempotency-Key') !== undefined || req.get('X-Requested-With') !== undefined;
  if (!own || !deliberate) throw new Refusal('session.forged_request');
};

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

const api = (routes: readonly Route[]): express.Router => {
  const router = express.Router({ caseSensitive: true });
  const document = JSON.stringify(openApiDocument(routes));
  router.get('/openapi.json', (_req, res) => {
    res.type('application/json').send(document);
  });
  for (const spec of routes) if (spec.upload) acceptUpload(router, spec);
  router.use(express.json({ limit: jsonLimit, strict: true, type: 'application/json', verify: refuseGarbled }));
  router.use((req, _res, next) => {
    if (tooDeep(req.body)) throw new Refusal('body.too_deep', { deepest });
    next();
  });
  for (const spec of routes) if (!spec.upload) mount(router, spec);
  return router;
};

/** Decoding would put U+FFFD in place of what somebody wrote, and nobody would know. */
const refuseGarbled = (_req: unknown, _res: unknown, bytes: Buffer): void => {
  if (!isUtf8(bytes)) throw new Refusal('body.malformed');
};

/** Uploads are mounted before the JSON parser, each with its own types and limit. */
const acceptUpload = (router: express.Router, spec: Route): void => {
  const { types, limitBytes } = spec.upload as NonNullable<Route['upload']>;
  router.use(spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), (req, res, next) => {
    if (req.method.toLowerCase() !== spec.method || req.path !== '/') return next();
    if (!res.locals.actor) throw new Refusal('session.required');
    express.raw({ type: [...types], limit: limitBytes })(req, res, (error?: unknown) => {
      if (error)
        return next(
          (error as { type?: string }).type === 'entity.too.large'
            ? new Refusal('import.too_large', { limitBytes })
            : error,
        );
      if (!Buffer.isBuffer(req.body)) return next(new Refusal('media_type.unsupported', { accepts: types }));
      next();
    });
  });
  mount(router, spec);
};

/** Without recursion, so that depth itself cannot exhaust the stack. */
const tooDeep = (body: unknown): boolean => {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((value) => (value !== null && typeof value === 'object' ? Object.values(value) : []));
  }
  return false;
};
