// The console's files over HTTP: what is packed, what is kept, and what is not there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import express from 'express';
import { z } from 'zod';
import { apiDocs } from '../../../src/adapters/http/api-docs.ts';
import { consolePages, consoleRouter } from '../../../src/adapters/http/console.ts';
import { route } from '../../../src/adapters/http/route.ts';
import { type Served, serve } from '../../support/served.ts';

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

describe('The files of the console', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-console-'));
  const script = 'console.log("đôn đốc");';
  let served: Served;

  before(async () => {
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, '../outside.txt'), 'outside');
    for (const [name, text] of [
      ['index.html', '<!doctype html><title>Đôn đốc</title>'],
      ['theme.js', 'theme'],
      ['favicon.svg', '<svg/>'],
      ['assets/index-abc.js', script],
      ['assets/pdf.worker-abc.js', script],
    ] as const) {
      writeFileSync(path.join(folder, name), text);
      writeFileSync(path.join(folder, `${name}.gz`), gzipSync(text));
      writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(text));
    }
    writeFileSync(path.join(folder, 'assets/font-abc.woff2'), 'font');
    const links = express.Router().get('/d/:token', (_req, res) => {
      res.send('a link of a mail');
    });
    const pong = route({
      method: 'get',
      path: '/tasks',
      tag: 'Test',
      summary: 'Stands where a page has the same name',
      requires: 'anyone',
      scope: 'any',
      answers: { 200: { description: 'Pong.', schema: z.object({}) } },
      handle: () => ({ status: 200, body: { pong: true } }),
    });
    served = await serve({ open: [consoleRouter(folder), links, apiDocs()], routes: [pong] });
  });
  after(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  /** As it goes over the wire: fetch would unpack it, and would tidy the path. */
  const raw = (address: string, headers: Record<string, string> = {}): Promise<Got> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(served.url);
      get({ hostname, port, path: address, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      }).on('error', reject);
    });
  const refused = ({ status, headers, body }: Got) => [
    status,
    headers['content-type']?.split(';')[0],
    JSON.parse(body.toString()).code,
  ];
  const unknown = [404, 'application/problem+json', 'route.unknown'];

  it('let WebAssembly run in the worker that reads PDF files, and nowhere else', async () => {
    const policyOf = async (name: string) => String((await raw(name)).headers['content-security-policy']);
    expect(await policyOf('/assets/pdf.worker-abc.js')).to.equal(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    );
    for (const name of ['/', '/assets/index-abc.js'])
      expect(await policyOf(name), name)
        .to.include("worker-src 'self'")
        .and.not.match(/script-src [^;]*unsafe/);
  });

  it('go packed to whoever unpacks, the smallest first, and plain to everybody else', async () => {
    const brotli = await raw('/assets/index-abc.js', { 'Accept-Encoding': 'gzip, deflate, br' });
    const gzip = await raw('/assets/index-abc.js', { 'Accept-Encoding': 'gzip' });
    const plain = await raw('/assets/index-abc.js');

    expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding'])).to.deep.equal([
      'br',
      'gzip',
      undefined,
    ]);
    expect(brotliDecompressSync(brotli.body).toString()).to.equal(script);
    expect(gunzipSync(gzip.body).toString()).to.equal(script);
    expect(plain.body.toString()).to.equal(script);
    for (const { headers } of [brotli, gzip, plain]) {
      expect(headers['content-type']).to.equal('text/javascript; charset=utf-8');
      expect(headers.vary).to.equal('Accept-Encoding');
      expect(headers['x-content-type-options']).to.equal('nosniff');
    }
    expect((await raw('/assets/font-abc.woff2', { 'Accept-Encoding': 'br' })).headers).to.include({
      'content-type': 'font/woff2',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('are kept for ever where their name says what is in them, and asked for anew where it does not', async () => {
    expect((await raw('/assets/index-abc.js')).headers['cache-control']).to.equal(
      'public, max-age=31536000, immutable',
    );
    expect((await raw('/theme.js')).headers['cache-control']).to.equal('no-cache');
    expect((await raw('/favicon.svg')).headers['cache-control']).to.equal('no-cache');
  });

  it('answer one page, never kept, at every address of a page and below it', async () => {
    for (const page of ['/', ...consolePages.flatMap((name) => [`/${name}`, `/${name}/x/y?unit=snv`])]) {
      const { status, headers, body } = await raw(page);
      expect([status, headers['content-type'], headers['cache-control']], page).to.deep.equal([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(body.toString(), page).to.include('Đôn đốc');
    }
  });

  it('are 404 when they are of another release, as is any address that is no page: no page parses as a script', async () => {
    for (const address of [
      '/assets/index-old.js',
      '/assets/',
      '/assets',
      '/a',
      '/appraisalsx',
      '/Tasks',
      '/index.html',
    ])
      expect(refused(await raw(address)), address).to.deep.equal(unknown);
  });

  it('S23: do not lead out of their folder', async () => {
    for (const address of [
      '/assets/../../outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/assets/%2e%2e/%2e%2e/outside.txt',
      '/assets/..%5c..%5coutside.txt',
      '/assets//etc/passwd',
      '/assets/%00',
      '/assets/index-abc.js.br',
      '/assets/index-abc.js%00.png',
    ]) {
      const { status, body } = await raw(address);
      expect(body.toString(), address).not.to.include('outside');
      if (address.endsWith('.br')) expect(status).to.equal(200);
      else expect(status, address).to.equal(404);
    }
  });

  it('leave the API, its description and the links of mails alone', async () => {
    expect((await served.ask('GET', '/api/v1/tasks')).json).to.deep.equal({ pong: true });
    expect((await served.ask('GET', '/d/abc')).text).to.equal('a link of a mail');
    expect((await served.ask('GET', '/api/docs/')).text).to.include('swagger');
    expect(refused(await raw('/api/v1/nothing'))).to.deep.equal(unknown);
  });

  it('S7: are under a policy without inline scripts, foreign scripts, plug-ins and frames', async () => {
    const policy = (await raw('/')).headers['content-security-policy'] ?? '';
    const directives = Object.fromEntries(
      String(policy)
        .split(';')
        .map((part) => part.trim().split(/ (.*)/s).slice(0, 2)),
    );
    expect(directives['script-src']).to.equal("'self'");
    expect(directives['script-src-attr']).to.equal("'none'");
    expect(directives['default-src']).to.equal("'self'");
    expect(directives['object-src']).to.equal("'none'");
    expect(directives['frame-ancestors']).to.equal("'none'");
    expect(directives['base-uri']).to.equal("'none'");
    expect(policy).not.to.match(/https?:|unsafe-eval|\*/);
  });
});
