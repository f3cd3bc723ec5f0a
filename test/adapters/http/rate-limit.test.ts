import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type Composition, compose } from '../../../src/compose.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { quiet } from '../../support/world.ts';

describe('the limit of requests', () => {
  let database: TestDatabase;
  let composition: Composition;
  let server: Server;

  const serve = async (trustProxy: number): Promise<(client: string) => Promise<number>> => {
    database = await freshDatabase();
    const settings = { DATABASE_URL: database.url, NODE_ENV: 'test', RATE_LIMIT_PER_MINUTE: 1 } as const;
    composition = await compose({ ...settings, TRUST_PROXY: trustProxy }, quiet);
    server = await new Promise<Server>((resolve) => {
      const listening = composition.app().listen(0, '127.0.0.1', () => resolve(listening));
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/me`;
    return async (client) => (await fetch(address, { headers: { 'X-Forwarded-For': client } })).status;
  };
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await composition.close();
    await database.drop();
  });

  it('is for each address of its own behind a proxy that is trusted', async () => {
    const ask = await serve(1);

    expect([await ask('203.0.113.1'), await ask('203.0.113.2'), await ask('203.0.113.1')]).to.deep.equal([
      401, 401, 429,
    ]);
  });

  it('does not believe the header where no proxy is trusted', async () => {
    const ask = await serve(0);

    expect([await ask('203.0.113.1'), await ask('203.0.113.2')]).to.deep.equal([401, 429]);
  });
});
