// Errors as people and programs read them: RFC 9457 problem details with a stable code, Vietnamese first.

import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../../application/log.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { problemTexts } from './problem-texts.ts';
import type { OnRefusal } from './route.ts';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly detailEn: string;
  readonly code: RefusalCode | 'fault';
  /** Names this answer in the log. */
  readonly instance: string;
  readonly [detail: string]: unknown;
}

export const problemOf = (code: RefusalCode | 'fault', instance: string, details: object = {}): Problem => {
  const { status, title, vi, en } = problemTexts[code];
  return { type: `urn:dondoc:problem:${code}`, title, status, detail: vi, detailEn: en, code, instance, ...details };
};

export const sendProblem = (res: Response, problem: Problem): void => {
  if ((problem.status === 503 || problem.status === 429) && !res.hasHeader('Retry-After'))
    res.setHeader('Retry-After', String(problem.retryAfterSeconds ?? 1));
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};

/** The last handler: a refusal is an answer, anything else is a fault that only the log tells in full. */
export const problemHandler =
  (log: Log, onRefusal: OnRefusal) =>
  async (error: unknown, req: Request, res: Response, _next: NextFunction): Promise<void> => {
    const instance = String(res.getHeader('X-Request-Id') ?? '');
    if (res.headersSent) {
      log.error('A response broke off.', { error, requestId: instance });
      // Half an answer must not look like a whole one.
      req.socket.destroy();
      return;
    }
    const refusal = asRefusal(error);
    if (refusal) {
      log.info('refused', { code: refusal.code, method: req.method, path: told(req.path), requestId: instance });
      await onRefusal({ refusal, req, res });
      sendProblem(res, problemOf(refusal.code, instance, refusal.details));
      return;
    }
    log.error('A request failed.', { error, method: req.method, path: told(req.path), requestId: instance });
    sendProblem(res, problemOf('fault', instance));
  };

/** The path without what is as long as a token: whoever reads the log must not be able to use it. */
const told = (path: string): string => path.replace(/\/[\w~.%-]{40,}/g, '/[hidden]');

/** What the web framework and the database say of bad input or a lost connection, in our words. */
const asRefusal = (error: unknown): Refusal | undefined => {
  if (error instanceof Refusal) return error;
  const { type, code } = error as { type?: string; code?: string };
  if (type === 'entity.too.large') return new Refusal('body.too_large');
  if (type === 'entity.parse.failed' || type === 'request.size.invalid' || type === 'request.aborted')
    return new Refusal('body.malformed');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return new Refusal('media_type.unsupported');
  if (typeof code === 'string' && unpackable.test(code)) return new Refusal('body.malformed');
  if (error instanceof URIError) return new Refusal('route.unknown');
  if (typeof code === 'string' && unavailable.test(code))
    return new Refusal('service.unavailable', { reason: 'database' });
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new Refusal('service.unavailable', { reason: 'database' });
  // By name: this adapter and the queue's know nothing of each other.
  if (error instanceof Error && error.name === 'QueueUnavailable')
    return new Refusal('service.unavailable', { reason: 'queue' });
  return undefined;
};

/** A body that is not packed in the way its Content-Encoding says, or breaks off. */
const unpackable = /^(Z_\w+|ERR__ERROR_\w+)$/;

/** Connection lost or refused, server shutting down or starting, too many connections, disk full, statement timed out. */
const unavailable = /^(08\w{3}|57P0[1-3]|53\w{3}|57014|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE)$/;
