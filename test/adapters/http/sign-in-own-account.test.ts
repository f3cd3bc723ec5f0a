import { expect } from 'chai';
import { passwordHasher } from '../../../src/adapters/auth/passwords.ts';
import { type Json, send } from '../../support/client.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { password } from '../../support/province.ts';
import { auditOf, me, passwordSignIn, problem, sessionOf } from '../../support/sign-in.ts';

const another = 'trời mưa to quá đi thôi';

describe('One’s own account', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const change = (headers: Record<string, string>, oldPassword: string, newPassword: string) =>
    send(office().address, 'POST', '/me/password', headers, { oldPassword, newPassword });

  it('S9: a changed password ends all other sessions, and the old one opens nothing', async () => {
    const id = await office().hire({ name: 'lan', memberships: [] });
    const other = await sessionOf(office(), 'lan');
    const session = await sessionOf(office(), 'lan');

    expect((await change(session, password, another)).status).to.equal(204);

    expect((await me(office(), session)).status).to.equal(200);
    expect(problem(await me(office(), other))).to.deep.equal([401, 'session.required']);
    expect(problem(await passwordSignIn(office(), 'lan'))).to.deep.equal([401, 'session.failed']);
    expect((await passwordSignIn(office(), 'lan', another)).status).to.equal(201);
    expect((await auditOf(office(), 'password.changed')).map(({ actor }) => actor)).to.deep.equal([id]);
  });

  it('S11: the new password is not one that can be guessed, nor shorter than 12 characters', async () => {
    await office().hire({ name: 'minh.tran', memberships: [] });
    const session = await sessionOf(office(), 'minh.tran');

    const weak = await change(session, password, 'minh.tran-2022');

    expect(problem(weak)).to.deep.equal([422, 'password.weak']);
    expect(weak.body.reason).to.equal('guessable');
    expect(problem(await change(session, password, 'ngắn quá'))).to.deep.equal([400, 'input.invalid']);
    expect((await passwordSignIn(office(), 'minh.tran')).status).to.equal(201);
  });

  it('S10: a session that somebody took over does not serve to guess the password', async () => {
    const id = await office().hire({ name: 'hoa', memberships: [] });
    const session = await sessionOf(office(), 'hoa');
    const seen: unknown[] = [];
    for (let guess = 0; guess < 10; guess += 1) seen.push(problem(await change(session, 'sai-mat-khau', another)));

    expect(seen).to.deep.equal(Array.from({ length: 10 }, () => [403, 'password.wrong']));
    expect(problem(await change(session, password, another))).to.deep.equal([429, 'rate.exceeded']);
    const failures = await auditOf(office(), 'password.change_failed');
    expect(failures.filter(({ actor }) => actor === id)).to.have.length(10);
  });

  it('S11: a hash of older parameters is replaced at the next sign-in, and the password stays', async () => {
    const id = await office().hire({ name: 'cu', memberships: [] });
    const hashOf = async () =>
      (await office().pool.query('select password_hash from account where id = $1', [id])).rows[0].password_hash;
    const hasher = passwordHasher();
    expect(hasher.outdated(await hashOf())).to.equal(true);
    expect((await passwordSignIn(office(), 'cu', 'sai-mat-khau')).status).to.equal(401);
    expect(hasher.outdated(await hashOf())).to.equal(true);

    await sessionOf(office(), 'cu');

    const renewed = await hashOf();
    expect(hasher.outdated(renewed)).to.equal(false);
    await sessionOf(office(), 'cu');
    expect(await hashOf()).to.equal(renewed);
  });

  it('shows one’s sessions with place and time, and which one asks', async () => {
    await office().hire({ name: 'thu', memberships: [] });
    await passwordSignIn(office(), 'thu', password, {
      'User-Agent': 'Máy ở cơ quan'.normalize('NFD').replaceAll(/[^ -~]/g, ''),
    });
    office().clock.advance(60_001);
    const session = await sessionOf(office(), 'thu');

    const { items } = (await send(office().address, 'GET', '/me/sessions', session)).body;

    expect(items).to.have.length(2);
    expect(items[0]).to.include({ current: true, method: 'password', secondFactor: false, address: '127.0.0.1' });
    expect(items[0].createdAt).to.equal(office().clock.now().toISOString());
    expect(items[1]).to.include({ current: false, userAgent: 'May o co quan' });
    expect(JSON.stringify(items)).to.not.include(String(session.Authorization).slice(7));
  });

  it('S9: ends one of one’s sessions, or all others, with the next request', async () => {
    const id = await office().hire({ name: 'nam', memberships: [] });
    const [first, second, third] = [
      await sessionOf(office(), 'nam'),
      await sessionOf(office(), 'nam'),
      await sessionOf(office(), 'nam'),
    ];
    const listed = async (headers: Record<string, string>): Promise<Json[]> =>
      (await send(office().address, 'GET', '/me/sessions', headers)).body.items;
    const end = (path: string, headers: Record<string, string>) => send(office().address, 'DELETE', path, headers);
    const own = (await listed(second)).find(({ current }) => current).id;

    expect((await end(`/me/sessions/${own}`, first)).status).to.equal(204);
    expect(problem(await me(office(), second))).to.deep.equal([401, 'session.required']);
    expect(problem(await end(`/me/sessions/${own}`, first))).to.deep.equal([404, 'session.not_found']);
    expect((await end('/me/sessions', first)).body).to.deep.equal({ ended: 1 });

    expect(problem(await me(office(), third))).to.deep.equal([401, 'session.required']);
    expect(await listed(first)).to.have.length(1);
    const entries = (await auditOf(office(), 'session.revoked')).filter(({ actor }) => actor === id);
    expect(entries.map(({ object }) => object)).to.deep.equal([`session ${own}`, `account ${id}`]);
  });

  it('S1: does not end the sessions of others', async () => {
    const foreign = await sessionOf(office(), 'leader');
    const { id } = (await send(office().address, 'GET', '/me/sessions', foreign)).body.items[0];

    expect(problem(await office().as('admin').delete(`/me/sessions/${id}`))).to.deep.equal([404, 'session.not_found']);

    expect((await me(office(), foreign)).status).to.equal(200);
  });

  it('says how one can sign in here', async () => {
    expect((await send(office().address, 'GET', '/sessions/methods', {})).body).to.deep.equal({
      password: true,
      oidc: null,
    });
    expect(problem(await send(office().address, 'GET', '/sessions/oidc/start', {}))).to.deep.equal([
      503,
      'service.unavailable',
    ]);
  });

  it('S26: every sign-in, failed or not, leaves one entry with who, from where and how', async () => {
    const id = await office().hire({ name: 'dau-vet', memberships: [] });
    await passwordSignIn(office(), 'dau-vet', 'sai-mat-khau');
    const { body } = await passwordSignIn(office(), 'dau-vet');
    await send(office().address, 'DELETE', '/sessions/current', { Authorization: `Bearer ${body.token}` });

    const of = async (action: string) => (await auditOf(office(), action)).filter(({ actor }) => actor === id);

    expect((await of('session.failed')).map(({ detail }) => detail)).to.deep.equal([{ address: '127.0.0.1' }]);
    expect((await of('session.opened')).map(({ detail }) => detail)).to.deep.equal([
      { address: '127.0.0.1', method: 'password', secondFactor: false },
    ]);
    expect(await of('session.closed')).to.have.length(1);
  });
});

describe('Guessing at one account from many places', () => {
  // One proxy in front, so that a test may come from anywhere.
  const office = suiteOffice({ day: '2022-03-01', config: { TRUST_PROXY: 1 } });
  const from = (address: string, name: string, given = password) =>
    passwordSignIn(office(), name, given, { 'X-Forwarded-For': address });

  it('S10: is slowed to one attempt each half minute, and does not keep people out of where they work', async () => {
    expect((await from('10.1.1.1', 'office')).status).to.equal(201);
    const seen = new Set<number>();
    for (let guess = 0; guess < 100; guess += 1)
      seen.add((await from(`10.2.0.${guess}`, 'office', 'sai-mat-khau')).status);
    expect([...seen]).to.deep.equal([401]);

    expect(problem(await from('10.3.0.1', 'office'))).to.deep.equal([429, 'rate.exceeded']);
    expect((await from('10.1.1.1', 'office')).status).to.equal(201);
  });

  it('S10: pauses grow to half a minute and no further, and an hour of quiet ends them', async () => {
    for (let guess = 0; guess < 100; guess += 1) await from(`10.2.0.${guess}`, 'leader', 'sai-mat-khau');
    const pauses: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      const blocked = await from(`10.4.0.${guess}`, 'leader', 'sai-mat-khau');
      pauses.push(Number(blocked.headers.get('retry-after')));
      office().clock.advance((pauses.at(-1) ?? 0) * 1000);
      expect((await from(`10.5.0.${guess}`, 'leader', 'sai-mat-khau')).status).to.equal(401);
    }

    expect(pauses).to.deep.equal([2, 4, 8, 16, 30, 30, 30]);
    office().clock.advance(3_600_001);
    for (let guess = 0; guess < 20; guess += 1)
      expect((await from(`10.6.0.${guess}`, 'leader', 'sai-mat-khau')).status).to.equal(401);
    expect((await from('10.7.0.1', 'leader')).status).to.equal(201);
  });

  it('S10: looks the same for an account that does not exist', async () => {
    for (let guess = 0; guess < 100; guess += 1)
      expect(problem(await from(`10.2.0.${guess}`, 'khong-co', 'sai'))).to.deep.equal([401, 'session.failed']);

    expect(problem(await from('10.3.0.1', 'khong-co'))).to.deep.equal([429, 'rate.exceeded']);
  });

  it('S27: more proxies than are configured move nobody to another place', async () => {
    for (let guess = 0; guess < 10; guess += 1) await from(`10.9.9.${guess}, 10.8.0.1`, 'unit.snv', 'sai-mat-khau');

    expect(problem(await from('10.9.9.99, 10.8.0.1', 'unit.snv'))).to.deep.equal([429, 'rate.exceeded']);
  });
});

describe('In production', () => {
  const office = suiteOffice({ day: '2022-03-01', config: { NODE_ENV: 'production' } });

  it('S12: the cookie is bound to this host and TLS, and the plain one means nothing', async () => {
    const opened = await passwordSignIn(office(), 'office');
    const { token } = opened.body;
    const set = opened.headers.get('set-cookie') ?? '';

    expect(set).to.match(/^__Host-dondoc_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    const get = (cookie: string) => send(office().address, 'GET', '/me', { Cookie: cookie });
    expect((await get(`__Host-dondoc_session=${token}`)).status).to.equal(200);
    expect(problem(await get(`dondoc_session=${token}`))).to.deep.equal([401, 'session.required']);
    const out = await send(office().address, 'DELETE', '/sessions/current', { Authorization: `Bearer ${token}` });
    expect(out.headers.get('set-cookie')).to.match(
      /^__Host-dondoc_session=; Path=\/; Expires=Thu, 01 Jan 1970.*Secure/,
    );
    expect((await done(office().as('leader').get('/me'))).name).to.equal('leader');
  });
});
