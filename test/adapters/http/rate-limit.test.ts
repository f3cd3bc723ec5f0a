import { expect } from 'chai';
import { type Served, serve } from '../../support/served.ts';

describe('the limit of requests', () => {
  let served: Served;
  afterEach(() => served.close());

  const asking = async (trustProxy: number): Promise<(client: string) => Promise<number>> => {
    served = await serve({ trustProxy, rateLimitPerMinute: 1 });
    return async (client) => (await fetch(served.url, { headers: { 'X-Forwarded-For': client } })).status;
  };

  it('S27: is for each address of its own behind a proxy that is trusted', async () => {
    const ask = await asking(1);

    expect([await ask('203.0.113.1'), await ask('203.0.113.2'), await ask('203.0.113.1')]).to.deep.equal([
      404, 404, 429,
    ]);
  });

  it('S27: does not believe the header where no proxy is trusted', async () => {
    const ask = await asking(0);

    expect([await ask('203.0.113.1'), await ask('203.0.113.2')]).to.deep.equal([404, 429]);
  });
});
