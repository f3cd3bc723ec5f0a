// The real HTTP application on a port of its own, with people who are signed in by name.

import type { AddressInfo } from 'node:net';
import type express from 'express';
import { type AppParts, httpApp } from '../../src/adapters/http/app.ts';
import { type Actor, type Role, roles } from '../../src/domain/organisation/actor.ts';
import { actor, quiet } from './world.ts';

/** One person of each role; the token is the role's name. */
export const people = Object.fromEntries(roles.map((role) => [role, actor({ role, unit: 'SNV' })])) as Readonly<
  Record<Role, Actor>
>;

export interface Served {
  readonly url: string;
  /** As `who` (a role), or nobody; a body is sent as JSON. */
  ask(method: string, path: string, who?: string, body?: unknown): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly json: any;
}

export const serve = async (parts: Partial<AppParts>): Promise<Served> => {
  const app: express.Express = httpApp({
    routes: [],
    open: [],
    guarded: [],
    actorOf: async (token) => people[token as Role],
    log: quiet,
    trustProxy: 0,
    rateLimitPerMinute: 10_000,
    ...parts,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async ask(method, path, who, body) {
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(who ? { Authorization: `Bearer ${who}` } : {}),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
