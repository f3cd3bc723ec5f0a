// What somebody does through the API while others look at the console.

import { randomUUID } from 'node:crypto';
import { type Console, demoPassword } from './console.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, judged by the tests.
type Json = any;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @throws Error when the answer is no 2xx */
export type Caller = (method: Method, path: string, body?: unknown, version?: number) => Promise<Json>;

export interface Said {
  readonly status: number;
  readonly body: Json;
}

/** As `send`, with refusals answered and not thrown. */
export const callerOf = async ({ url }: Pick<Console, 'url'>, name: string) => {
  const call = async (token: string | undefined, method: string, path: string, body?: unknown, version?: number) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(version === undefined ? {} : { 'If-Match': `"v${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: /^[[{]/.test(text) ? JSON.parse(text) : text } satisfies Said;
  };
  const { status, body } = await call(undefined, 'POST', '/sessions', {
    email: `${name}@demo.local`,
    password: demoPassword,
  });
  if (status !== 201) throw new Error(`${name} cannot sign in: ${JSON.stringify(body)}`);
  const token: string = body.token;
  const say = (...given: Parameters<Caller>): Promise<Said> => call(token, ...given);
  const send: Caller = async (...given) => {
    const answer = await say(...given);
    if (answer.status >= 300) throw new Error(`${name}: ${given[0]} ${given[1]}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return { send, say };
};

/** Several people, each signed in when first asked. */
export type Asking = (who: string, method: Method, path: string, body?: unknown, version?: number) => Promise<Json>;

/** @param url of the console */
export const askingAt = (url: string): Asking => {
  const callers = new Map<string, ReturnType<typeof callerOf>>();
  return async (who, ...given) => {
    const caller = callers.get(who) ?? callerOf({ url }, who);
    callers.set(who, caller);
    return (await caller).send(...given);
  };
};
