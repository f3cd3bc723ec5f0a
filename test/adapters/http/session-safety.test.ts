import { request } from 'node:http';
import { expect } from 'chai';
import { type Answer, send } from '../../support/client.ts';
import { suiteOffice } from '../../support/http-office.ts';
import { password } from '../../support/province.ts';
import { allRows } from '../../support/rows.ts';
import { aTask } from '../../support/tasks.ts';

describe('A session', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const signIn = (email: string, secret = password) =>
    send(office().address, 'POST', '/sessions', {}, { email, password: secret });
  const problem = ({ status, body }: Answer) => [status, body.code];
  let cookie: string;
  let host: string;

  before(async () => {
    const { headers } = await signIn('office@thu.test');
    cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    host = new URL(office().address).host;
  });

  it('comes as a token and as a cookie that scripts cannot read, in the same answer', async () => {
    const { status, body, headers } = await signIn('OFFICE@thu.test');

    expect(status).to.equal(201);
    expect(body).to.have.all.keys('token', 'expiresAt', 'name');
    expect(body.token).to.match(/^[\w-]{43}$/);
    const set = headers.get('set-cookie') ?? '';
    expect(set).to.include(`dondoc_session=${body.token}`);
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(set).to.include(flag);
    const me = await send(office().address, 'GET', '/me', { Authorization: `Bearer ${body.token}` });
    expect(me.body).to.include({ name: 'office' });
    expect(me.headers.get('cache-control')).to.equal('no-store');
    const { rows } = await office().pool.query('select 1 from session where token_hash = $1', [body.token]);
    expect(rows).to.deep.equal([]);
  });

  const forged: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
    ['says nothing of where it comes from', () => ({ 'Idempotency-Key': 'a' })],
    ['comes from another site', () => ({ 'Idempotency-Key': 'a', Origin: 'https://example.test' })],
    ['comes from another port', () => ({ 'Idempotency-Key': 'a', Origin: 'http://127.0.0.1:1' })],
    ['comes from nowhere', () => ({ 'Idempotency-Key': 'a', Origin: 'null' })],
    ['comes from our site without a header only scripts can set', () => ({ 'X-Test': '1', Origin: `http://${host}` })],
    [
      'is called cross-site by the browser, whatever else it says',
      () => ({ 'Idempotency-Key': 'a', Origin: `http://${host}`, 'Sec-Fetch-Site': 'cross-site' }),
    ],
    [
      'is called same-site by the browser: another office’s subdomain is not ours',
      () => ({ 'Idempotency-Key': 'a', 'Sec-Fetch-Site': 'same-site' }),
    ],
  ];
  for (const [title, headers] of forged)
    it(`S12: in a cookie changes nothing when the request ${title}`, async () => {
      const before = await allRows(office().pool);

      const answer = await send(office().address, 'POST', '/tasks', { Cookie: cookie, ...headers() }, aTask());

      expect(problem(answer)).to.deep.equal([403, 'session.forged_request']);
      expect(await allRows(office().pool)).to.deep.equal(before);
    });

  it('in a cookie works from our own pages, and for reading from anywhere', async () => {
    const own = { Cookie: cookie, Origin: `http://${host}`, 'Idempotency-Key': 'own' };
    expect((await send(office().address, 'POST', '/tasks', own, aTask())).status).to.equal(201);
    const browser = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Idempotency-Key': 'browser' };
    expect((await send(office().address, 'POST', '/tasks', browser, aTask())).status).to.equal(201);
    const read = { Cookie: `other=1; ${cookie}`, Origin: 'https://example.test' };
    expect((await send(office().address, 'GET', '/me', read)).status).to.equal(200);
  });

  it('in the Authorization header needs no such proof: browsers do not send it by themselves', async () => {
    const { body } = await signIn('office@thu.test');
    const headers = { Authorization: `Bearer ${body.token}`, Origin: 'https://example.test', 'Idempotency-Key': 'b' };
    expect((await send(office().address, 'POST', '/tasks', headers, aTask())).status).to.equal(201);
  });

  it('of nobody, or garbled, is no session', async () => {
    for (const headers of [
      { Authorization: 'Bearer abc' },
      { Authorization: 'Bearer ' },
      { Authorization: 'Basic b2ZmaWNlOmE=' },
      { Cookie: 'dondoc_session=abc' },
      { Cookie: 'dondoc_session' },
      { Cookie: ';;=;' },
    ] as Record<string, string>[])
      expect(problem(await send(office().address, 'GET', '/me', headers))).to.deep.equal([401, 'session.required']);
  });

  it('ends when its owner signs out', async () => {
    const { body } = await signIn('leader@thu.test');
    const headers = { Authorization: `Bearer ${body.token}` };
    expect((await send(office().address, 'DELETE', '/sessions/current', headers)).status).to.equal(204);
    expect(problem(await send(office().address, 'GET', '/me', headers))).to.deep.equal([401, 'session.required']);
  });

  it('ends with its account, at the next request', async () => {
    const id = await office().hire({ name: 'roi-di', memberships: [{ role: 'office' }] });
    const headers = { Authorization: `Bearer ${(await signIn('roi-di@thu.test')).body.token}` };
    expect((await send(office().address, 'GET', '/me', headers)).status).to.equal(200);

    await office().pool.query('update account set active = false where id = $1', [id]);

    expect(problem(await send(office().address, 'GET', '/me', headers))).to.deep.equal([401, 'session.required']);
    expect(problem(await signIn('roi-di@thu.test'))).to.deep.equal([401, 'session.failed']);
  });

  it('loses a role at the next request', async () => {
    const id = await office().hire({ name: 'thoi-giu', memberships: [{ role: 'office' }] });
    const headers = { Authorization: `Bearer ${(await signIn('thoi-giu@thu.test')).body.token}` };
    const assign = (key: string) =>
      send(office().address, 'POST', '/tasks', { ...headers, 'Idempotency-Key': key }, aTask());
    expect((await assign('1')).status).to.equal(201);

    await office().pool.query(`delete from membership where account_id = $1`, [id]);

    expect(problem(await assign('2'))).to.deep.equal([403, 'permission.denied']);
  });

  it('ends after half an hour without use, and after twelve hours however much it is used', async () => {
    const idle = { Authorization: `Bearer ${(await signIn('auditor@thu.test')).body.token}` };
    const busy = { Authorization: `Bearer ${(await signIn('auditor@thu.test')).body.token}` };
    const me = (headers: Record<string, string>) => send(office().address, 'GET', '/me', headers);
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      office().clock.advance(20 * 60_000);
      expect((await me(busy)).status).to.equal(200);
    }
    expect(problem(await me(idle))).to.deep.equal([401, 'session.required']);
    office().clock.advance(20 * 60_000);
    expect(problem(await me(busy))).to.deep.equal([401, 'session.required']);
  });

  it('S10: is not opened by guessing: after ten wrong passwords even the right one waits, and is told how long', async () => {
    const known: unknown[] = [];
    const unknown: unknown[] = [];
    for (let guess = 0; guess < 10; guess += 1) {
      known.push(problem(await signIn('head.snv@thu.test', 'sai-mat-khau')));
      unknown.push(problem(await signIn('khong-co@thu.test', 'sai-mat-khau')));
    }
    expect(known).to.deep.equal(Array.from({ length: 10 }, () => [401, 'session.failed']));
    expect(unknown).to.deep.equal(known);

    for (const email of ['head.snv@thu.test', 'khong-co@thu.test']) {
      const blocked = await signIn(email);
      expect(problem(blocked)).to.deep.equal([429, 'rate.exceeded']);
      expect(blocked.headers.get('retry-after')).to.equal('3');
    }
    expect((await signIn('head.tpcl@thu.test')).status).to.equal(201);
    office().clock.advance(3_000);
    expect((await signIn('head.snv@thu.test')).status).to.equal(201);
    expect((await signIn('head.snv@thu.test')).status).to.equal(201);
  });

  it('S27: believes no header about where a request comes from, unless proxies are configured', async () => {
    const from = (address: string, secret: string) =>
      send(
        office().address,
        'POST',
        '/sessions',
        { 'X-Forwarded-For': address },
        { email: 'unit.tpcl@thu.test', password: secret },
      );
    for (let guess = 0; guess < 10; guess += 1) await from(`10.0.0.${guess}`, 'sai-mat-khau');
    expect(problem(await from('10.0.0.99', password))).to.deep.equal([429, 'rate.exceeded']);
  });

  it('asks for JSON even where the length of a body is not said beforehand', async () => {
    const status = await new Promise((resolve, reject) => {
      const asking = request(
        `${office().address}/sessions`,
        { method: 'POST', headers: { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asking.on('error', reject);
      asking.end('{}');
    });
    expect(status).to.equal(415);
  });
});
