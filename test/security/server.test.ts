// Clients that are slow, half dead or too big hold up nobody else.

import { once } from 'node:events';
import type { Server } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { httpApp } from '../../src/adapters/http/app.ts';
import { httpServer, usualPatience } from '../../src/adapters/http/server.ts';
import { suiteOffice } from '../support/http-office.ts';
import { serve } from '../support/served.ts';
import { quiet } from '../support/world.ts';

describe('Slow and oversized clients', () => {
  let server: Server | undefined;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  const opened = async (patience = usualPatience): Promise<number> => {
    const app = httpApp({
      routes: [],
      open: [],
      guarded: [],
      actorOf: async () => undefined,
      log: quiet,
      trustProxy: 0,
      rateLimitPerMinute: 10_000,
    });
    server = httpServer(app, patience).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  /** A client that sends this much and then nothing; resolves with what it is told when it is cut off. */
  const slow = async (port: number, beginning: string): Promise<{ readonly cut: Promise<string> }> => {
    const socket = net.connect(port, '127.0.0.1');
    sockets.push(socket);
    let told = '';
    socket.on('data', (chunk) => {
      told += chunk;
    });
    socket.on('error', () => undefined);
    const cut = new Promise<string>((resolve) => socket.once('close', () => resolve(told)));
    await once(socket, 'connect');
    socket.write(beginning);
    return { cut };
  };

  it('S18: headers may take 10 seconds, a request 30, and somebody looks often enough for that to be true', async () => {
    await opened();

    expect([server?.headersTimeout, server?.requestTimeout]).to.deep.equal([10_000, 30_000]);
    expect(usualPatience.everyMs).to.be.at.most(5_000);
  });

  it('S18: who does not finish the headers or the body is told 408 and cut off; others are answered meanwhile', async () => {
    const port = await opened({ headersMs: 1_500, requestMs: 2_000, everyMs: 100 });
    const beginnings = [
      'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ',
      'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a',
    ];
    const waiting = await Promise.all(Array.from({ length: 500 }, (_, n) => slow(port, beginnings[n % 2] as string)));

    const others = await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(`http://127.0.0.1:${port}/api/v1/openapi.json`).then(({ status }) => status),
      ),
    );
    const told = await Promise.all(waiting.map(({ cut }) => cut));

    expect(new Set(others)).to.deep.equal(new Set([200]));
    for (const answer of told) expect(answer.split('\r\n')[0]).to.equal('HTTP/1.1 408 Request Timeout');
  }).timeout(30_000);

  it('S18: headers beyond 16 KiB are refused, and so are two ways to say how long a body is', async () => {
    const port = await opened();
    const answers = await Promise.all(
      [
        `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde',
        'GET / HTTP/1.1\r\nHost: a\r\nX-Bad: a\nb: c\0\r\n\r\n',
        'TRACE / HTTP/1.1\r\nHost: a\r\nCookie: dondoc_session=abc\r\n\r\n',
      ].map(async (request) => {
        const { cut } = await slow(port, request);
        setTimeout(() => sockets.at(-1)?.end(), 0);
        return cut;
      }),
    );
    expect(answers.map((answer) => Number(answer.split(' ')[1])).slice(0, 4)).to.deep.equal([431, 400, 400, 400]);
    expect(answers[4]).to.not.include('dondoc_session=abc');
  });
});

describe('A fault', () => {
  it('S23: is told as a number and nothing else, whatever was thrown; the log has the rest under that number', async () => {
    const insides = 'select password_hash from account; at Object.<anonymous> (/app/src/secret.ts:1:1) postgres 18.4';
    const thrown = [
      new Error(insides),
      Object.assign(new Error(insides), { code: '42P01', detail: insides, query: insides }),
      Object.assign(new Error(insides), { status: 400, expose: true }),
      Object.assign(new Error(insides), { cause: new Error(insides) }),
      { message: insides },
      insides,
    ];
    for (const what of thrown) {
      const logged: unknown[] = [];
      const served = await serve({
        actorOf: () => Promise.reject(what),
        log: { ...quiet, error: (message, fields) => logged.push({ message, ...fields }) },
      });

      const { status, json, text } = await served.ask('GET', '/api/v1/tasks', 'somebody');
      await served.close();

      expect(status).to.equal(500);
      expect(json).to.have.all.keys('code', 'detail', 'detailEn', 'instance', 'status', 'title', 'type');
      expect(text).to.not.match(/select|password|secret|postgres|Object/);
      expect(logged).to.have.length(1);
      expect(logged[0]).to.include({ requestId: json.instance, error: what });
    }
  });
});

describe('Packed bodies', () => {
  const office = suiteOffice({ day: '2022-03-01' });

  it('S18: count as they are when unpacked', async () => {
    const bomb = gzipSync(Buffer.from(`{"title":"${'a'.repeat(5_000_000)}"}`));
    expect(bomb.length).to.be.below(20_000);

    const answer = await office()
      .as('office')
      .post('/tasks', bomb, { headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' } });
    const upload = await office()
      .as('office')
      .post('/imports/preview?programme=CK', gzipSync(Buffer.alloc(25 * 1024 * 1024)), {
        type: 'text/csv',
        headers: { 'Content-Encoding': 'gzip' },
      });

    expect([answer.status, answer.body.code]).to.deep.equal([413, 'body.too_large']);
    expect([upload.status, upload.body.code]).to.deep.equal([413, 'import.too_large']);
  });
});
