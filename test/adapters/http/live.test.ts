// Changes as they happen: a real stream over HTTP, from two programs on one database.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openQueues } from '../../../src/adapters/queue/queues.ts';
import { compose } from '../../../src/compose.ts';
import { send } from '../../support/client.ts';
import { done, type Office, suiteOffice } from '../../support/http-office.ts';
import { secretKey } from '../../support/province.ts';
import { bearer, passwordSignIn, problem, sessionOf } from '../../support/sign-in.ts';
import { assigned } from '../../support/tasks.ts';
import { quiet } from '../../support/world.ts';

interface Heard {
  readonly status: number;
  readonly headers: Headers;
  /** The topics of the next event; undefined when the stream is over. Comments are passed over. */
  next(): Promise<readonly string[] | undefined>;
  leave(): void;
}

const hear = async (address: string, headers: Record<string, string>): Promise<Heard> => {
  const leaving = new AbortController();
  const response = await fetch(`${address}/live`, { headers, signal: leaving.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let kept = '';
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      for (;;) {
        const [, data] = /^event: changed\ndata: (.*)\n\n/m.exec(kept) ?? [];
        if (data !== undefined) {
          kept = kept.slice(kept.indexOf(data) + data.length + 2);
          return JSON.parse(data).topics;
        }
        const read = await reader?.read();
        if (!read || read.done) return undefined;
        kept += read.value;
      }
    },
    leave: () => leaving.abort(),
  };
};

/** Waits for a topic, past whatever else is told before. */
const heard = async (stream: Heard, topic: string): Promise<boolean> => {
  for (let topics = await stream.next(); topics; topics = await stream.next()) if (topics.includes(topic)) return true;
  return false;
};

/** Everything that a stream tells, as it comes. */
const toldBy = (stream: Heard): ReadonlySet<string> => {
  const told = new Set<string>();
  const listening = async () => {
    for (let topics = await stream.next(); topics; topics = await stream.next())
      for (const topic of topics) told.add(topic);
  };
  listening().catch(() => undefined);
  return told;
};

const held = async (hub: { listening(): number }, count: number): Promise<void> => {
  while (hub.listening() !== count) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('The stream of changes', function () {
  this.timeout(30_000);
  const office = suiteOffice({ day: '2022-03-01' });
  const open: Heard[] = [];
  const listen = async (headers: Record<string, string>, address = office().address): Promise<Heard> => {
    const stream = await hear(address, headers);
    open.push(stream);
    return stream;
  };
  afterEach(async () => {
    for (const stream of open.splice(0)) stream.leave();
    await held(office().composition.live, 0);
  });

  /** Something happens again and again until somebody heard: the first look of a stream only learns what there is. */
  const untilHeard = async (stream: Heard, topic: string, happens: () => Promise<unknown>): Promise<void> => {
    let told = false;
    const hearing = heard(stream, topic).then((was) => {
      told = true;
      return was;
    });
    while (!told) {
      await happens();
      await Promise.race([hearing, new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    expect(await hearing).to.equal(true);
  };

  it('says that tasks changed, and nothing of them', async () => {
    const stream = await listen(await sessionOf(office(), 'office'));
    expect(stream.status).to.equal(200);
    expect(stream.headers.get('content-type')).to.equal('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).to.equal('no-store');

    await untilHeard(stream, 'tasks', () => assigned(office()));
  });

  it('tells in one process what happened in another', async () => {
    const other = await secondProgram(office());
    try {
      const here = await listen(await sessionOf(office(), 'office'));
      const there = await listen(await sessionOf(office(), 'office'), other.address);
      const change = () => assigned(office());
      await untilHeard(there, 'tasks', change);
      await untilHeard(here, 'tasks', change);
    } finally {
      await other.close();
    }
  });

  it('S1: tells of notifications only to whom they are for, and of the audit list only to whoever may read it', async () => {
    await office().hire({ name: 'moi.den', memberships: [{ role: 'head', unit: 'SNV' }] });
    const head = toldBy(await listen(await sessionOf(office(), 'moi.den')));
    const auditor = toldBy(await listen(await sessionOf(office(), 'auditor')));
    while (!head.has('notifications') || !head.has('tasks') || !auditor.has('audit') || !auditor.has('tasks')) {
      await assigned(office());
      await office().workers.settle();
      await passwordSignIn(office(), 'moi.den', 'sai-mat-khau-nhe');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect([...head]).not.to.include('audit');
    expect([...auditor]).not.to.include('notifications');
  });

  it('S9: ends within moments when its session is over, and looking on does not keep a session alive', async () => {
    const { body } = await passwordSignIn(office(), 'office');
    const stream = await listen(bearer(body.token));
    await done(send(office().address, 'DELETE', '/sessions/current', bearer(body.token)));
    expect(await heard(stream, 'never')).to.equal(false);

    const idle = await listen(await sessionOf(office(), 'office'));
    office().clock.advance(29 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    office().clock.advance(2 * 60_000);
    expect(await heard(idle, 'never')).to.equal(false);
  });

  it('S9: is for sessions alone', async () => {
    expect(problem(await send(office().address, 'GET', '/live', {}))).to.deep.equal([401, 'session.required']);
    const session = await sessionOf(office(), 'office');
    expect((await send(office().address, 'GET', '/live', session)).status).to.equal(200);
    const { body } = await send(office().address, 'POST', '/me/tokens', session, {
      name: 'Máy',
      scopes: ['tasks:read'],
      expiresOn: '2022-06-01',
    });
    expect(problem(await send(office().address, 'GET', '/live', bearer(body.token)))).to.deep.equal([
      403,
      'token.session_only',
    ]);
  });

  it('S18: one account holds twelve streams and no more, and one that leaves makes room', async () => {
    const session = await sessionOf(office(), 'head.snv');
    const streams: Heard[] = [];
    for (let index = 0; index < 12; index += 1) streams.push(await listen(session));
    expect(streams.map(({ status }) => status)).to.deep.equal(Array(12).fill(200));

    expect(problem(await send(office().address, 'GET', '/live', session))).to.deep.equal([429, 'live.too_many']);
    streams[0]?.leave();
    await held(office().composition.live, 11);
    expect((await listen(session)).status).to.equal(200);
  });

  it('ends every stream when the server is about to stop, and begins none', async () => {
    const other = await secondProgram(office());
    const session = await sessionOf(office(), 'office');
    const stream = await listen(session, other.address);
    other.drain();
    expect(await heard(stream, 'never')).to.equal(false);
    expect(problem(await send(other.address, 'GET', '/live', session))).to.deep.equal([503, 'live.unavailable']);
    await other.close();
  });
});

const secondProgram = async ({ databaseUrl, clock, folder }: Office) => {
  const composition = await compose(
    {
      DATABASE_URL: databaseUrl,
      SECRET_KEY: secretKey,
      NODE_ENV: 'test',
      TRUST_PROXY: 0,
      RATE_LIMIT_PER_MINUTE: 1_000_000,
      EVIDENCE_DIR: folder,
    },
    quiet,
    { clock },
  );
  const queues = await openQueues({ databaseUrl, log: quiet });
  const server = composition.app(queues).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    drain: () => composition.live.close(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await queues.close();
      await composition.close();
    },
  };
};
