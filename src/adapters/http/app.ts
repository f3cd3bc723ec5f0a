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
import type { Denial } from '../../application/audit/denials.ts';
import type { Log } from '../../application/log.ts';
import { tokenPrefix } from '../../application/people/create-token.ts';
import type { Caller } from '../../application/people/ports.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { cookieName, cookieOf } from './cookies.ts';
import { openApiDocument } from './openapi.ts';
import { problemHandler, problemOf, sendProblem } from './problem.ts';
import { mount, type OnRefusal, type Route, refuseByEntry } from './route.ts';

export interface AppParts {
  readonly routes: readonly Route[];
  /** Who is behind a session's or an API token; undefined when it is not (or no longer) good. */
  readonly actorOf: (token: string) => Promise<Caller | undefined>;
  /** Cookies go over TLS only, and carry the __Host- prefix. */
  readonly secureCookies?: boolean;
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
  /** Told of what somebody was not allowed to do, before they are told. */
  readonly onDenied?: (denial: Denial) => Promise<void>;
  readonly onRequest?: (method: string, route: string, status: number, seconds: number) => void;
}

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
  app.use(signedIn(parts.actorOf, cookieName('session', parts.secureCookies ?? false)));
  app.use(limited(parts.rateLimitPerMinute));
  for (const { path, router } of parts.guarded) app.use(path, known(path), inSession, router);
  const onRefusal = denied(parts.onDenied);
  app.use('/api/v1', api(parts.routes, onRefusal));
  app.use((_req, _res) => {
    throw new Refusal('route.unknown');
  });
  app.use(problemHandler(parts.log, onRefusal) as ErrorRequestHandler);
  return app;
};

const helmetOptions = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      // Workers read what strangers made; their own answers say what they may do.
      workerSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
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
      if (res.locals.unmeasured === true) return;
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

/** Pages of others behind our sign-in are for people in a full session. */
const inSession = (_req: Request, res: Response, next: NextFunction): void => {
  const actor = res.locals.actor as Actor | undefined;
  if (actor) refuseByEntry(actor, res, { scope: 'session_only' });
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
  (actorOf: AppParts['actorOf'], sessionCookie: string) =>
  async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const bearer = /^Bearer (\S+)$/.exec(req.get('Authorization') ?? '')?.[1];
    const kept = bearer === undefined ? cookieOf(req, sessionCookie) : undefined;
    // An API token is for programs, which say so in the header; in a cookie it means nothing.
    const cookie = kept?.startsWith(tokenPrefix) ? undefined : kept;
    const token = bearer ?? cookie;
    if (token !== undefined) {
      res.locals.token = token;
      const caller = await actorOf(token);
      if (caller) {
        const { session, ...actor } = caller;
        res.locals.actor = { ...actor, address: req.ip };
        res.locals.session = session;
      }
      if (cookie !== undefined && res.locals.actor && !['GET', 'HEAD', 'OPTIONS'].includes(req.method))
        refuseForgery(req);
    }
    next();
  };

/** What is written down: the route where the person may not even ask, the very object where they may. */
const denied =
  (onDenied: AppParts['onDenied']): OnRefusal =>
  async ({ refusal, req, res }) => {
    if (!onDenied || (refusal.code !== 'permission.denied' && refusal.code !== 'conflict_of_interest')) return;
    const place = res.locals.mayAsk === true ? `${req.baseUrl}${req.path}` : res.locals.route;
    const object = `${req.method} ${String(place ?? req.path)}`.slice(0, 300);
    const actor = (res.locals.actor as Actor | undefined)?.id ?? null;
    await onDenied({ actor, object, detail: { code: refusal.code, ...refusal.details, address: req.ip } });
  };

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

const api = (routes: readonly Route[], onRefusal: OnRefusal): express.Router => {
  const router = express.Router({ caseSensitive: true });
  const document = JSON.stringify(openApiDocument(routes));
  router.get('/openapi.json', (_req, res) => {
    res.type('application/json').send(document);
  });
  for (const spec of routes) if (spec.upload) acceptUpload(router, spec, onRefusal);
  for (const spec of routes) if (spec.bodyLimitBytes !== undefined) acceptLong(router, spec, spec.bodyLimitBytes);
  router.use(json(jsonLimit));
  router.use((req, _res, next) => {
    if (tooDeep(req.body)) throw new Refusal('body.too_deep', { deepest });
    next();
  });
  for (const spec of routes) if (!spec.upload) mount(router, spec, onRefusal);
  return router;
};

/** Decoding would put U+FFFD in place of what somebody wrote, and nobody would know. */
const refuseGarbled = (_req: unknown, _res: unknown, bytes: Buffer): void => {
  if (!isUtf8(bytes)) throw new Refusal('body.malformed');
};

const json = (limit: string | number) =>
  express.json({ limit, strict: true, type: 'application/json', verify: refuseGarbled });

/** Long bodies are read for who is signed in, before the usual reader, which leaves alone what was read. */
const acceptLong = (router: express.Router, { path, method }: Route, limitBytes: number): void => {
  const long = json(limitBytes);
  router.use(path.replaceAll(/\{(\w+)\}/g, ':$1'), (req, res, next) => {
    if (req.method.toLowerCase() !== method || req.path !== '/') return next();
    if (!res.locals.actor) throw new Refusal('session.required');
    long(req, res, next);
  });
};

/** Uploads are mounted before the JSON parser, each with its own types and limit. */
const acceptUpload = (router: express.Router, spec: Route, onRefusal: OnRefusal): void => {
  const { types, limitBytes, streamed } = spec.upload as NonNullable<Route['upload']>;
  router.use(spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), (req, res, next) => {
    if (req.method.toLowerCase() !== spec.method || req.path !== '/') return next();
    if (!res.locals.actor) throw new Refusal('session.required');
    if (streamed) {
      // A refusal leaves the rest of the file unread, and nothing else would pass through this connection.
      res.once('finish', () => req.resume());
      return next(req.is([...types]) ? undefined : new Refusal('media_type.unsupported', { accepts: types }));
    }
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
  mount(router, spec, onRefusal);
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
