// What a provider does to us when it is away, or says other things than a good one. The good one is in
// test/adapters/http/sign-in-oidc.test.ts.

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { oidcProvider } from '../../../src/adapters/auth/oidc.ts';
import { refusalOf } from '../../support/refusal.ts';

describe('An identity provider that does not do its part', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const served = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const at = (issuer: string) =>
    oidcProvider({
      issuer,
      clientId: 'dondoc',
      clientSecret: undefined,
      redirectUri: 'http://dondoc.thu.test/api/v1/sessions/oidc/callback',
      label: 'x',
    });
  const unavailable = { code: 'service.unavailable', details: { reason: 'identity_provider' } };

  it('is unavailable while it is away, and asked again with the next sign-in', async () => {
    const state: { broken: boolean } = { broken: true };
    const issuer = await served((_req, res) => {
      if (state.broken) return void res.writeHead(500).end();
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }));
    });
    const provider = at(issuer);

    expect(await refusalOf(provider.start())).to.deep.equal(unavailable);
    state.broken = false;

    expect((await provider.start()).url).to.match(new RegExp(`^${issuer}/auth\\?`));
  });

  it('is unavailable where nobody listens', async () => {
    const issuer = await served((_req, res) => res.end());
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));

    expect(await refusalOf(at(issuer).start())).to.deep.equal(unavailable);
  });

  it('is not believed when it calls itself by another name', async () => {
    const issuer = await served((_req, res) => {
      res.setHeader('Content-Type', 'application/json');
      res.end(
        JSON.stringify({ issuer: 'https://nha-khac.test', authorization_endpoint: 'https://nha-khac.test/auth' }),
      );
    });

    expect(await refusalOf(at(issuer).start())).to.deep.equal(unavailable);
  });

  it('opens nothing with a token that is not signed, or breaks off', async () => {
    const parts = [{ alg: 'none' }, { iss: '', sub: 'lan', aud: 'dondoc', nonce: 'n', exp: 2e9, iat: 1e9 }];
    for (const failing of ['unsigned', 'broken'] as const) {
      const issuer = await served((req, res) => {
        res.setHeader('Content-Type', 'application/json');
        if (req.url?.startsWith('/.well-known'))
          return void res.end(
            JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }),
          );
        if (failing === 'broken') return void res.destroy();
        const token = parts.map((part) => Buffer.from(JSON.stringify({ ...part, iss: issuer })).toString('base64url'));
        res.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', id_token: `${token.join('.')}.` }));
      });
      const provider = at(issuer);
      const finished = provider.finish('?code=c&state=s', { state: 's', nonce: 'n', verifier: 'v'.repeat(43) });

      expect(await refusalOf(finished)).to.deep.equal(
        failing === 'broken' ? unavailable : { code: 'session.oidc_failed', details: { reason: 'answer_invalid' } },
      );
    }
  });
});
