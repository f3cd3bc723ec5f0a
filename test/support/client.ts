// A person at the API: signs in through POST /sessions and asks with a bearer token, as any client does.

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/application/ports.ts';

export interface Answer<T = Json> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
  readonly headers: Headers;
}

// A test says what it expects of a body right where it reads it.
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test checks.
export type Json = any;

export interface Asked {
  /** The version seen; a number becomes the tag of that version. */
  readonly ifMatch?: number | string;
  /** Absent: a new one for each request. Null: none is sent. */
  readonly key?: string | null;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Person {
  get(path: string, asked?: Asked): Promise<Answer>;
  post(path: string, body?: unknown, asked?: Asked): Promise<Answer>;
  put(path: string, body?: unknown, asked?: Asked): Promise<Answer>;
  delete(path: string, asked?: Asked): Promise<Answer>;
  token(): Promise<string>;
}

/** An unused session ends after half an hour, and a test moves its clock by months: then sign in again. */
const sessionMs = 20 * 60_000;

export const personAt = (address: string, clock: Clock, email: string, password: string): Person => {
  let session: { readonly token: Promise<string>; readonly since: number } | undefined;
  const token = async (): Promise<string> => {
    const now = clock.now().getTime();
    // One sign-in for many who ask at once: a burst of them would be slowed down as guessing.
    if (!session || now < session.since || now - session.since > sessionMs) session = { token: signIn(), since: now };
    try {
      return await session.token;
    } catch (error) {
      session = undefined;
      throw error;
    }
  };
  const signIn = async (): Promise<string> => {
    const { status, body } = await send(address, 'POST', '/sessions', {}, JSON.stringify({ email, password }));
    if (status !== 201) throw new Error(`${email} cannot sign in: ${JSON.stringify(body)}`);
    return body.token;
  };
  const ask = async (method: string, path: string, body: unknown, asked: Asked = {}): Promise<Answer> =>
    send(
      address,
      method,
      path,
      {
        Authorization: `Bearer ${await token()}`,
        ...(asked.type === undefined ? {} : { 'Content-Type': asked.type }),
        ...(method === 'GET' || asked.key === null ? {} : { 'Idempotency-Key': asked.key ?? randomUUID() }),
        ...(asked.ifMatch === undefined ? {} : { 'If-Match': tagOf(asked.ifMatch) }),
        ...asked.headers,
      },
      body,
    );
  return {
    token,
    get: (path, asked) => ask('GET', path, undefined, asked),
    post: (path, body, asked) => ask('POST', path, body, asked),
    put: (path, body, asked) => ask('PUT', path, body, asked),
    delete: (path, asked) => ask('DELETE', path, undefined, asked),
  };
};

/** Objects go as JSON; texts and bytes go as they are, and so may be wrong in every way. */
export const send = async (
  address: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Answer> => {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  // A stream of changes goes on for ever; whether it began is told by its head.
  const endless = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const text = endless ? '' : await response.text();
  if (endless) await response.body?.cancel();
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, text, headers: response.headers, body: json ? JSON.parse(text) : text };
};

const tagOf = (version: number | string): string => (typeof version === 'number' ? `"v${version}"` : version);
