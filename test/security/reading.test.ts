// What is read changes nothing, comes as what it is, and holds no more than it says.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import type { TaskNotice } from '../../src/application/notifications/ports.ts';
import { lineOf, urgentMail } from '../../src/application/notifications/wording.ts';
import { isFault, type Operation, rowsOf, suiteCrawl } from '../support/api-crawl.ts';
import { type Json, send } from '../support/client.ts';
import { password } from '../support/province.ts';
import { aTask } from '../support/tasks.ts';

/** Columns nobody may ever read over the API, as the database and as the program name them. */
const neverTold =
  /^(password_?hash|token_?hash|body_?hash|\w+_?secret|secret_\w+|search|file|login_?attempts?|blocked_?until)$/i;

describe('Reading', function () {
  this.timeout(60_000);
  const crawl = suiteCrawl();
  const reads = (): readonly Operation[] => crawl().operations.filter(({ method }) => method === 'GET');
  const origin = (): string => new URL(crawl().office.address).origin;
  const pages = ['/', '/healthz', '/readyz', '/metrics', '/api/v1/openapi.json', '/api/docs/', '/operations/board'];

  it('S12: no GET or HEAD changes a row, on any route, for somebody who may do everything', async () => {
    const before_ = await rowsOf(crawl().office.pool);

    let answered = 0;
    for (const operation of reads()) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const headers = { Authorization: `Bearer ${crawl().token}` };
        const answer = await fetch(crawl().addressOf(operation), { method, headers, redirect: 'manual' });
        expect(isFault(answer), `${method} ${operation.path}`).to.equal(false);
        if (method === 'GET' && answer.status === 200) answered += 1;
      }
    }
    const headers = { Authorization: `Bearer ${await crawl().office.as('admin').token()}` };
    for (const page of pages) await send(origin(), 'GET', page, headers);

    expect(answered).to.be.greaterThan(20);
    expect(await rowsOf(crawl().office.pool)).to.deep.equal(before_);
  });

  it('S12: a form, plain text or another site’s page changes nothing by cookie, on any route', async () => {
    const { headers } = await send(
      crawl().office.address,
      'POST',
      '/sessions',
      {},
      { email: 'everybody@thu.test', password },
    );
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const before_ = await rowsOf(crawl().office.pool);
    const attacks: readonly Readonly<Record<string, string>>[] = [
      { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://example.test' },
      { 'Content-Type': 'multipart/form-data; boundary=x', Origin: origin() },
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/json', Origin: 'https://example.test', 'Idempotency-Key': 'a' },
      { 'Content-Type': 'application/json', Origin: 'null', 'Idempotency-Key': 'a' },
      { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site', 'Idempotency-Key': 'a' },
      { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-site', 'Idempotency-Key': 'a' },
    ];

    let asked = 0;
    for (const { method, path, name, body } of crawl().operations) {
      if (method === 'GET') continue;
      for (const attack of attacks) {
        const answer = await send(
          crawl().office.address,
          method,
          path.replaceAll(/\{\w+\}/g, '1'),
          { Cookie: cookie, ...attack },
          body ? JSON.stringify(crawl().sample(body)) : '',
        );
        expect([name, answer.status, answer.body.code]).to.deep.equal([name, 403, 'session.forged_request']);
        asked += 1;
      }
    }
    expect(asked).to.be.greaterThan(100);
    expect(await rowsOf(crawl().office.pool)).to.deep.equal(before_);
  });

  it('S3: answers hold the keys of their description and none of what must never be told', async () => {
    let fitted = 0;
    for (const operation of reads()) {
      const { status, body, text } = await crawl().ask(operation);
      if (status !== 200) continue;
      const schema = operation.responses['200'].content?.['application/json']?.schema;
      if (!schema) continue;
      const fit = closed(schema).safeParse(body);
      expect(
        fit.success,
        `${operation.name} ${text.slice(0, 300)}\n${fit.error && z.prettifyError(fit.error)}`,
      ).to.equal(true);
      expect(
        [...keysOf(body)].filter((key) => neverTold.test(key)),
        operation.name,
      ).to.deep.equal([]);
      expect(text, operation.name).to.not.match(/\$argon2|password_?hash/i);
      fitted += 1;
    }
    expect(fitted).to.be.greaterThan(18);
  });

  /** As zod reads the description: an object in it has no other keys than those it names, unless it says so. */
  const closed = (schema: Json): z.ZodType => {
    const all = JSON.stringify({ ...schema, $defs: crawl().document.components.schemas });
    const readable = (name: string, value: Json) => (name === 'pattern' && /\\p\{/.test(value) ? undefined : value);
    return z.fromJSONSchema(JSON.parse(all.replaceAll('#/components/schemas/', '#/$defs/'), readable));
  };

  const vectors = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</title><svg/onload=alert(1)>',
    'javascript:alert(1)//',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
    '{{constructor.constructor("alert(1)")()}}',
    '$' + '{alert(1)}<%= 7*7 %>#{7*7}',
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
    '＜script＞alert(1)＜/script＞',
    '<ſcript>alert(1)</ſcript>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    ']]><!--<script>alert(1)</script>-->',
    `Z${'\u0301'.repeat(200)}algo`,
    'hoà\u0300\u0301\u0323 bình',
    '<scr\u200Dipt>alert(1)</scr\u200Dipt>',
    '\u202Etxt.exe\u202C',
    '\u2066<script>\u2069',
    '\uFEFF<script>alert(1)</script>',
  ];
  const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/;

  it('S7: a text that could be a script stays a text: JSON, not to be sniffed, under a policy without scripts', async () => {
    const office = crawl().office;
    for (const vector of vectors) {
      const code = `XSS-${randomUUID().slice(0, 8)}`;
      const given = aTask({
        code,
        title: `Việc ${vector} xong`,
        product: `Sản phẩm ${vector} xong`,
        measureUnit: `đơn vị ${vector} xong`.slice(0, 100),
        target: `Mục tiêu ${vector} xong`.slice(0, 200),
        source: { number: `1 ${vector} x`.slice(0, 100), date: '2022-01-01', issuer: `UBND ${vector} x`.slice(0, 200) },
      });

      const created = await office.as('office').post('/tasks', given);

      expect(created.status, vector).to.equal(201);
      const answers = [
        created,
        await office.as('office').get(`/tasks/${created.body.id}`),
        await office.as('office').get(`/tasks/${created.body.id}/events`),
        await office.as('office').get('/tasks?programme=CK&sort=-recordedAt'),
        await office.as('operator').get(`/operations/search?task=${code}`),
        await office.as('office').post('/tasks', { ...given, [vector]: 1, state: vector }),
        await office.as('office').get(`/tasks?q=${encodeURIComponent(vector)}&unknown=${encodeURIComponent(vector)}`),
        await office.as('office').get(`/khong-co/${encodeURIComponent(vector)}`),
      ];
      for (const { headers, text, status } of answers) {
        expect(headers.get('content-type'), vector).to.match(/^application\/(problem\+)?json; charset=utf-8$/);
        expect(headers.get('x-content-type-options')).to.equal('nosniff');
        expect(headers.get('content-security-policy')).to.match(/default-src 'self'.*script-src 'self'/);
        for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
          expect(headers.get('content-security-policy')).to.include(rule);
        expect(headers.get('strict-transport-security')).to.equal('max-age=31536000; includeSubDomains');
        expect(headers.get('referrer-policy')).to.equal('no-referrer');
        expect(headers.get('cache-control')).to.equal('no-store');
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).to.deep.equal([]);
        expect(headers.get('content-security-policy')).to.not.match(/script-src[^;]*unsafe/);
        if (status < 300) expect(text, vector).to.not.match(invisible);
      }
      const kept = answers[1]?.body;
      expect(kept.title).to.equal(`Việc ${vector} xong`.replaceAll(new RegExp(invisible, 'g'), '').normalize('NFC'));
    }
  });

  it('S7: no page that browsers draw repeats anything of the request, and the drawing of a workflow escapes its names', async () => {
    const office = crawl().office;
    const headers = { Authorization: `Bearer ${await office.as('admin').token()}` };
    const mark = 'x7q<script>"\'';
    for (const page of [...pages, '/khong-co', '/api/docs/khong-co', '/operations/board/khong-co']) {
      const answer = await send(
        origin(),
        'GET',
        `${page}?q=${encodeURIComponent(mark)}&${encodeURIComponent(mark)}=1`,
        {
          ...headers,
          Referer: `https://example.test/${encodeURIComponent(mark)}`,
          'User-Agent': 'x7q<script>',
          'X-Request-Id': 'x7q<script>',
        },
      );
      expect(answer.text, page).to.not.include('x7q<');
      expect(answer.text, page).to.not.include(encodeURIComponent(mark));
    }

    const { definition } = (await office.as('admin').get('/workflows/commitment/versions/1')).body;
    const [first, ...others] = definition.states;
    const evil = '</text><script>alert(1)</script>"&';
    const body = {
      ...definition,
      key: 've',
      version: 1,
      states: [{ ...first, name: { vi: evil, en: evil } }, ...others],
    };
    expect((await office.as('admin').post('/workflows', body)).status).to.equal(201);
    const svg = await office.as('admin').get('/workflows/ve/versions/1/diagram');
    expect([svg.status, svg.headers.get('content-type')]).to.deep.equal([200, 'image/svg+xml; charset=utf-8']);
    expect(svg.text).to.not.include('<script');
    expect(svg.text).to.include('&lt;');
    expect(svg.headers.get('content-security-policy')).to.include("script-src 'self'");
  });

  it('S7: a mail is plain text: what looks like a page is shown as written, and adds no header', () => {
    for (const vector of vectors) {
      const notice = noticeOf(`Việc\r\nBcc: a@b.vn ${vector}`);
      const line = lineOf(notice, '2022-03-02');
      const { subject, text } = urgentMail(notice, '2022-03-02', undefined);
      for (const written of [line, subject]) expect(written, vector).to.not.match(/[\r\n\u2028\u2029]/);
      expect(text)
        .to.not.match(/<html|<body/i)
        .and.not.match(/^Bcc:/m);
      for (const written of [line, subject, text]) expect(written, vector).to.not.match(invisible);
    }
  });
});

const noticeOf = (title: string): TaskNotice => ({
  event: {
    taskId: '5f0c2f4e-0a4e-4a5e-9a39-0d2f3e6c1b11',
    seq: 5,
    actor: null,
    capacity: 'system',
    effectiveAt: '2022-03-01T01:00:00.000Z',
    recordedAt: '2022-03-01T01:00:00.000Z',
    type: 'task.timer_fired',
    payload: { rule: 'r', k: 1, anchor: 'dueOn', dueAt: '2022-03-01T01:00:00.000Z', action: 'urge', to: ['office'] },
  },
  task: {
    id: '5f0c2f4e-0a4e-4a5e-9a39-0d2f3e6c1b11',
    code: 'SNV-01',
    programme: 'CK',
    field: null,
    participants: [],
    title,
    category: 'in_progress',
    dueOn: '2022-03-16',
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    submittedBy: null,
  },
  sourceNumber: title,
  unitName: title,
  noun: 'nhiệm vụ',
  programmeName: title,
  illustrative: true,
});

const keysOf = (value: Json): Set<string> => {
  const keys = new Set<string>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null || typeof next !== 'object') continue;
    for (const [key, inner] of Object.entries(next)) {
      if (!Array.isArray(next)) keys.add(key);
      if (inner !== null && inner !== undefined) open.push(inner);
    }
  }
  return keys;
};
