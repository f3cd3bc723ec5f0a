// A route is one value: how it is called, who may call it, what it answers. Express and the OpenAPI document are
// both made from it, so they cannot disagree, and a route without `requires` or `scope` does not compile.
// Whoever may do the thing to no object at all is refused here; what they may do to this object, the use case asks.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { SessionFacts } from '../../application/people/ports.ts';
import { type NeededScope, withinScopes } from '../../domain/organisation/access.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { type Action, actions, may } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { unstorableMessage, unstorableText } from './unstorable-text.ts';

type Shape = z.ZodType;

export interface RouteSpec<P extends Shape, Q extends Shape, B extends Shape> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api/v1, with {name} for parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `anyone`: no session needed; `signed_in`: any account, about itself; otherwise the action the policy must allow. */
  readonly requires: 'anyone' | 'signed_in' | Action;
  /** What an API token must be good for; `session_only`: tokens may not. */
  readonly scope: NeededScope;
  /** Open to sessions that still owe the second factor which a role asks for. */
  readonly beforeSecondFactor?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Body of another type, read as bytes (imports). */
  readonly upload?: {
    readonly types: readonly string[];
    readonly limitBytes: number;
    /** The handler reads the request itself, a piece at a time, and keeps to the limit. */
    readonly streamed?: true;
  };
  /** Of a JSON body, where the usual limit is too small for what it lists. */
  readonly bodyLimitBytes?: number;
  /** Done once per Idempotency-Key, which is required. */
  readonly idempotent?: true;
  /** Changes what the caller has seen: If-Match is required. */
  readonly conditional?: true;
  readonly answers: {
    readonly [status: number]: { readonly description: string; readonly schema?: Shape; readonly type?: string };
  };
  readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Reply> | Reply;
}

export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Actor;
  /** Absent: an API token, or nobody. */
  readonly session: SessionFacts | undefined;
  readonly idempotencyKey: string;
  readonly ifMatch: string;
  readonly req: Request;
  readonly res: Response;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Already rendered JSON; sent byte for byte. */
  readonly text?: string;
  /** A body that is made while it is sent, at the pace of whoever reads it; an error on the way cuts the connection. */
  readonly stream?: AsyncGenerator<string | Uint8Array, void>;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What was refused within an answer that is a success as a whole, where that is to be written down. */
  readonly refused?: Refusal | undefined;
}

/** A route with its types folded away, as lists of routes hold it. */
export type Route = RouteSpec<Shape, Shape, Shape>;

export const route = <
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends Shape = z.ZodUndefined,
>(
  spec: RouteSpec<P, Q, B>,
): Route => spec as unknown as Route;

export type OnRefusal = (refused: {
  readonly refusal: Refusal;
  readonly req: Request;
  readonly res: Response;
}) => Promise<void>;

/** @throws Error when the policy does not know what the route asks for: such a program must not start */
export const mount = (router: Router, spec: Route, onRefusal: OnRefusal): void => {
  if (!known.includes(spec.requires))
    throw new Error(`${spec.method} ${spec.path} requires ${spec.requires}, which the policy does not know.`);
  router[spec.method](spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (req, res) => {
    res.locals.route = `/api/v1${spec.path}`;
    const actor = authorised(spec, res);
    res.locals.mayAsk = true;
    const call: Call = {
      params: parsed(spec.params, req.params, 'path'),
      query: parsed(spec.query ?? noQuery, req.query, 'query'),
      body: spec.body ? parsed(spec.body, jsonBody(req), 'body') : req.body,
      actor,
      session: res.locals.session as SessionFacts | undefined,
      idempotencyKey: spec.idempotent ? idempotencyKey(req) : '',
      ifMatch: spec.conditional ? ifMatch(req) : '',
      req,
      res,
    };
    const reply = await spec.handle(call);
    if (reply.refused) await onRefusal({ refusal: reply.refused, req, res });
    await send(res, reply);
  });
};

const known: readonly string[] = ['anyone', 'signed_in', ...actions];

const noQuery = z.strictObject({});

const authorised = (spec: Route, res: Response): Actor => {
  const actor = res.locals.actor as Actor | undefined;
  if (spec.requires === 'anyone') return actor ?? nobody;
  if (!actor) throw new Refusal('session.required');
  refuseByEntry(actor, res, spec);
  if (spec.requires !== 'signed_in' && !may(actor, spec.requires))
    throw new Refusal('permission.denied', { action: spec.requires });
  return actor;
};

/**
 * Whether the way they came in lets them do this, whatever their roles are.
 * @throws Refusal token.session_only, token.scope_missing, session.second_factor_missing
 */
export const refuseByEntry = (
  actor: Actor,
  res: Response,
  { scope, beforeSecondFactor }: Pick<Route, 'scope' | 'beforeSecondFactor'>,
): void => {
  if (!withinScopes(actor.scopes, scope))
    throw scope === 'session_only' ? new Refusal('token.session_only') : new Refusal('token.scope_missing', { scope });
  if (!beforeSecondFactor && (res.locals.session as SessionFacts | undefined)?.owesSecondFactor)
    throw new Refusal('session.second_factor_missing');
};

const nobody: Actor = { id: 'nobody', name: '', memberships: [] };

const parsed = (schema: Shape | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown => {
  if (!schema) return undefined;
  const unstorable = unstorableText(value);
  if (unstorable !== undefined)
    throw new Refusal('input.invalid', {
      errors: [{ in: where, pointer: unstorable, code: 'unstorable_text', message: unstorableMessage }],
    });
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('input.invalid', { errors: issuesOf(result.error, where) });
};

/** One entry per wrong field, with the JSON pointer to it; an unknown key is pointed at itself. */
const issuesOf = (error: z.ZodError, where: string): readonly object[] =>
  error.issues.slice(0, 100).flatMap((issue) => {
    const base = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        in: where,
        pointer: pointer([...base, key]),
        code: 'unknown_key',
        message: `Unknown key ${JSON.stringify(key.slice(0, 64))}.`,
      }));
    return [{ in: where, pointer: pointer(base), code: issue.code, message: issue.message }];
  });

const pointer = (path: readonly string[]): string =>
  path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const jsonBody = (req: Request): unknown => {
  if (req.body === undefined) {
    if (Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined)
      throw new Refusal('media_type.unsupported', { accepts: ['application/json'] });
    throw new Refusal('body.malformed');
  }
  return req.body;
};

const idempotencyKey = (req: Request): string => {
  const key = req
    .get('Idempotency-Key')
    ?.trim()
    .replace(/^"(.*)"$/, '$1');
  if (!key || key.length > 128) throw new Refusal('idempotency_key.missing');
  return key;
};

const ifMatch = (req: Request): string => {
  const tag = req.get('If-Match')?.trim();
  if (!tag) throw new Refusal('version.missing');
  return tag;
};

const send = async (res: Response, { status, body, text, stream, type, headers = {} }: Reply): Promise<void> => {
  // Before anything is said: what fails at once is still answered as a failure.
  const first = await stream?.next();
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.status(status);
  if (stream && first && res.req.method === 'HEAD') {
    // Nobody reads a body: what was opened for it must not stay open.
    res.type(type ?? 'application/octet-stream').end();
    await stream.return();
  } else if (stream && first) await flow(res.type(type ?? 'application/octet-stream'), first, stream);
  else if (text === undefined && body === undefined) res.end();
  else res.type(type ?? 'application/json').send(text ?? JSON.stringify(body));
};

/** First piece of a stream whose making takes a while: the headers go out at once, and what fails after that cuts the connection. */
export const nothingYet = new Uint8Array(0);

/** Whoever reads nothing for so long is gone; what is behind the stream may hold a transaction open. */
const stalledMs = 60_000;

const flow = async (
  res: Response,
  first: IteratorResult<string | Uint8Array, void>,
  rest: AsyncGenerator<string | Uint8Array, void>,
): Promise<void> => {
  res.setTimeout(stalledMs, () => res.destroy());
  if (first.value === nothingYet) res.flushHeaders();
  const all = async function* (): AsyncGenerator<string | Uint8Array> {
    if (!first.done && first.value !== nothingYet) yield first.value;
    yield* rest;
  };
  try {
    await pipeline(Readable.from(all(), { objectMode: false, highWaterMark: 256 * 1024 }), res);
  } catch (error) {
    // The reader went away; there is nobody left to tell.
    if ((error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    // Also when not a byte could be sent: what was opened for the stream must be closed.
    await rest.return();
  }
};
