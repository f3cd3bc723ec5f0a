import { get } from 'node:http';
import { expect } from 'chai';
import { nothingYet, route } from '../../../src/adapters/http/route.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { type Served, serve } from '../../support/served.ts';

describe('A streamed answer', () => {
  let served: Served;
  let made = 0;
  let ended: () => void = () => undefined;
  let whenEnded: Promise<void>;

  async function* lines(count: number): AsyncGenerator<string, void> {
    try {
      for (let index = 0; index < count; index += 1) {
        made += 1;
        yield `${'x'.repeat(1_023)}\n`;
      }
    } finally {
      ended();
    }
  }
  async function* failing(after: number, error: Error): AsyncGenerator<string, void> {
    yield* lines(after);
    throw error;
  }
  const streaming = (path: string, stream: () => AsyncGenerator<string | Uint8Array, void>) =>
    route({
      method: 'get',
      path,
      tag: 'Test',
      summary: 'Streams',
      requires: 'signed_in',
      scope: 'any',
      answers: { 200: { description: 'Lines.' } },
      handle: () => ({ status: 200, stream: stream(), type: 'application/octet-stream' }),
    });
  async function* later(): AsyncGenerator<string | Uint8Array, void> {
    yield nothingYet;
    await madeNow;
    yield* lines(3);
  }
  async function* failingLater(): AsyncGenerator<string | Uint8Array, void> {
    yield nothingYet;
    await madeNow;
    throw new Error('no more');
  }
  let make: () => void = () => undefined;
  const madeNow = new Promise<void>((resolve) => {
    make = resolve;
  });
  before(async () => {
    served = await serve({
      routes: [
        streaming('/later', later),
        streaming('/failing-later', failingLater),
        streaming('/some', () => lines(1_000)),
        streaming('/endless', () => lines(1_000_000)),
        streaming('/refused', () => failing(0, new Refusal('report.not_found'))),
        streaming('/broken', () => failing(1_000, new Error('no more'))),
      ],
    });
  });
  beforeEach(() => {
    made = 0;
    whenEnded = new Promise((resolve) => {
      ended = resolve;
    });
  });
  after(() => served.close());

  it('arrives whole', async () => {
    const { status, text, headers } = await served.ask('GET', '/api/v1/some', 'auditor');

    expect([status, text.length, headers.get('content-type')]).to.deep.equal([
      200,
      1_024_000,
      'application/octet-stream',
    ]);
  });

  it('is made at the pace of whoever reads, and is given up when they go away', async () => {
    const gone = new Promise<void>((resolve, reject) => {
      const request = get(
        `${served.url}/api/v1/endless`,
        { headers: { Authorization: 'Bearer auditor' } },
        (answer) => {
          // Nothing is read beyond the headers: what the sockets hold is all that is made.
          answer.pause();
          void until(standsStill(() => made)).then(() => {
            request.destroy();
            resolve();
          });
        },
      );
      request.on('error', (error) => ((error as { code?: string }).code === 'ECONNRESET' ? resolve() : reject(error)));
    });
    await gone;
    await whenEnded;

    expect(made).to.be.greaterThan(0).and.lessThan(100_000);
  });

  it('that fails before its first line is answered as any failure', async () => {
    const { status, json } = await served.ask('GET', '/api/v1/refused', 'auditor');

    expect([status, json.code]).to.deep.equal([404, 'report.not_found']);
  });

  it('that fails on the way breaks off, so that nobody takes it for whole', async () => {
    const broken = await served.ask('GET', '/api/v1/broken', 'auditor').catch((error: Error) => error);

    expect(broken).to.be.instanceOf(Error);
  });

  it('that takes a while to make begins with its headers, and one that fails after them breaks off', async () => {
    const headers = { Authorization: 'Bearer auditor' };
    const [whole, broken] = await Promise.all(
      ['later', 'failing-later'].map((path) => fetch(`${served.url}/api/v1/${path}`, { headers })),
    );
    // Both have answered, and not a byte of them is there yet.
    make();

    expect([whole?.status, (await whole?.text())?.length]).to.deep.equal([200, 3_072]);
    expect(await broken?.text().catch((error: Error) => error)).to.be.instanceOf(Error);
  });
});

/** True when the figure is the same as when it was asked before. */
const standsStill = (figure: () => number) => {
  let before = -1;
  return (): boolean => {
    const still = figure() > 0 && figure() === before;
    before = figure();
    return still;
  };
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 100));
};
