import { expect } from 'chai';
import { scopes } from '../../../src/domain/organisation/access.ts';
import { type Answer, type Json, send } from '../../support/client.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { auditOf, bearer, problem, sessionOf } from '../../support/sign-in.ts';
import { aTask } from '../../support/tasks.ts';

describe('An API token', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const ask = (method: string, path: string, token: string, body?: unknown, key = 'k'): Promise<Answer> =>
    send(office().address, method, path, { ...bearer(token), 'Idempotency-Key': key }, body);
  const tokenOf = async (name: string, wanted: readonly string[], expiresOn = '2022-12-31'): Promise<Json> =>
    done(office().as(name).post('/me/tokens', { name: 'Đồng bộ số liệu', scopes: wanted, expiresOn }));

  it('is shown once, is 256 bits of chance with a prefix, and is kept as a hash', async () => {
    const made = await tokenOf('office', ['tasks:read', 'tasks:read', 'reports:read']);

    expect(made.token).to.match(/^ddt_[\w-]{43}$/);
    expect(made).to.deep.include({ name: 'Đồng bộ số liệu', scopes: ['tasks:read', 'reports:read'], lastUsedAt: null });
    // Its last day whole, in the office's time zone.
    expect(made.expiresAt).to.equal('2022-12-31T17:00:00.000Z');
    const listed = (await done(office().as('office').get('/me/tokens'))).items;
    const { token, ...kept } = made;
    expect(listed).to.deep.include(kept);
    expect(JSON.stringify(listed)).to.not.include(token);
    const { rows } = await office().pool.query(
      `select (select json_agg(t) from api_token t)::text || (select json_agg(a) from audit_entry a)::text as all`,
    );
    expect(rows[0].all).to.not.include(token);
  });

  it('says on /me for whom it acts and how far', async () => {
    const { token } = await tokenOf('unit.snv', ['tasks:read']);

    const { body } = await ask('GET', '/me', token);

    expect(body).to.deep.include({ name: 'unit.snv', session: null, scopes: ['tasks:read'] });
    expect(body.memberships).to.deep.equal([{ role: 'focal_point', unit: 'SNV' }]);
  });

  it('S2: does what its scopes name, and nothing beside them', async () => {
    const { token } = await tokenOf('office', ['tasks:read']);

    expect((await ask('GET', '/tasks', token)).status).to.equal(200);
    const write = await ask('POST', '/tasks', token, aTask());
    expect(problem(write)).to.deep.equal([403, 'token.scope_missing']);
    expect(write.body.scope).to.equal('tasks:write');
    expect(problem(await ask('GET', '/units', token))).to.deep.equal([403, 'token.scope_missing']);
    const writer = await tokenOf('office', ['tasks:write']);
    expect((await ask('POST', '/tasks', writer.token, aTask(), 'w')).status).to.equal(201);
    expect(problem(await ask('GET', '/tasks', writer.token))).to.deep.equal([403, 'token.scope_missing']);
  });

  it('S2: of all scopes is never good for more than its owner’s roles', async () => {
    const { token } = await tokenOf('unit.snv', scopes);

    expect(problem(await ask('POST', '/tasks', token, aTask()))).to.deep.equal([403, 'permission.denied']);
    expect(problem(await ask('GET', '/operations/audit', token))).to.deep.equal([403, 'permission.denied']);
  });

  it('S2: of all scopes cannot touch accounts, sessions, second factors, tokens and administration', async () => {
    const { token } = await tokenOf('admin', scopes);
    const { paths } = (await send(office().address, 'GET', '/openapi.json', {})).body;
    const closed = Object.entries<Json>(paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods)
        .filter(([, { description }]) => /Not with an API token\./.test(description))
        .map(([method]) => [method.toUpperCase(), path.replace('/api/v1', '')] as const),
    );

    expect(closed.map(([method, path]) => `${method} ${path}`)).to.include.members([
      'POST /me/password',
      'GET /me/sessions',
      'POST /me/second-factor',
      'POST /me/tokens',
      'GET /accounts',
      'POST /accounts',
      'PUT /accounts/{id}/memberships',
      'POST /units',
      'POST /workflows',
      'POST /operations/queues/{queue}/pause',
      'DELETE /sessions/current',
    ]);
    for (const [method, path] of closed) {
      const address = path.replaceAll(/\{\w+\}/g, '0199f3a0-0000-7000-8000-000000000000');
      const answer = await ask(method, address, token, method === 'GET' ? undefined : {});
      expect(problem(answer), `${method} ${path}`).to.deep.equal([403, 'token.session_only']);
    }
  });

  it('S15: does not open the board of the queue', async () => {
    const { token } = await tokenOf('operator', scopes);

    const asked = await fetch(new URL('/operations/board', office().address), { headers: bearer(token) });

    expect(asked.status).to.equal(403);
  });

  it('S12: means nothing in a cookie', async () => {
    const { token } = await tokenOf('office', ['tasks:read']);

    const answer = await send(office().address, 'GET', '/tasks', { Cookie: `dondoc_session=${token}` });

    expect(problem(answer)).to.deep.equal([401, 'session.required']);
  });

  it('ends when it is revoked, with its day, and with its owner’s account', async () => {
    const revoked = await tokenOf('auditor', ['tasks:read']);
    const short = await tokenOf('auditor', ['tasks:read'], '2022-03-02');
    const id = await office().hire({ name: 'nguoi-sap-nghi', memberships: [{ role: 'auditor' }] });
    const orphan = await tokenOf('nguoi-sap-nghi', ['tasks:read']);
    const status = async (made: Json) => (await ask('GET', '/tasks', made.token)).status;
    expect(await Promise.all([revoked, short, orphan].map(status))).to.deep.equal([200, 200, 200]);

    expect((await office().as('auditor').delete(`/me/tokens/${revoked.id}`)).status).to.equal(204);
    await done(office().as('admin').post(`/accounts/${id}/deactivation`, { reason: 'Nghỉ việc' }));
    expect(await Promise.all([revoked, short, orphan].map(status))).to.deep.equal([401, 200, 401]);
    office().clock.moveTo('2022-03-02', '23:59');
    expect(await status(short)).to.equal(200);
    office().clock.moveTo('2022-03-03', '00:00');
    expect(await status(short)).to.equal(401);

    await done(office().as('admin').post(`/accounts/${id}/reactivation`, { reason: 'Trở lại' }));
    expect(await status(orphan)).to.equal(401);
  });

  it('is not revoked, and not seen, by others', async () => {
    const { id, token } = await tokenOf('office', ['tasks:read']);

    expect(problem(await office().as('admin').delete(`/me/tokens/${id}`))).to.deep.equal([404, 'token.not_found']);

    expect((await done(office().as('admin').get('/me/tokens'))).items).to.not.deep.include({ id });
    expect((await ask('GET', '/tasks', token)).status).to.equal(200);
  });

  it('is good for a year at most, and not for a day that is over', async () => {
    const today = '2022-03-03';
    office().clock.moveTo(today);
    const make = async (expiresOn: string) =>
      (
        await office()
          .as('office')
          .post('/me/tokens', { name: 'x', scopes: ['tasks:read'], expiresOn })
      ).status;

    expect(await Promise.all(['2022-03-02', today, '2023-03-03', '2023-03-04'].map(make))).to.deep.equal([
      422, 201, 201, 422,
    ]);
  });

  it('takes scopes of the closed list, one at least', async () => {
    for (const wanted of [[], ['everything'], ['tasks:read', 'session_only'], ['any']]) {
      const asked = await office()
        .as('office')
        .post('/me/tokens', { name: 'x', scopes: wanted, expiresOn: '2022-12-31' });
      expect(problem(asked), String(wanted)).to.deep.equal([400, 'input.invalid']);
    }
  });

  it('says when it was last used, written at most once a minute', async () => {
    const { id, token } = await tokenOf('office', ['tasks:read']);
    const lastUsed = async () =>
      (await done(office().as('office').get('/me/tokens'))).items.find((one: Json) => one.id === id).lastUsedAt;
    const first = office().clock.now().toISOString();
    await ask('GET', '/tasks', token);
    expect(await lastUsed()).to.equal(first);

    office().clock.advance(60_000);
    await ask('GET', '/tasks', token);
    expect(await lastUsed()).to.equal(first);
    office().clock.advance(1);
    await ask('GET', '/tasks', token);

    expect(await lastUsed()).to.equal(office().clock.now().toISOString());
  });

  it('S26: leaves an entry when it is made and when it is revoked, with who, what and how far', async () => {
    const { id } = await tokenOf('leader', ['reports:read']);
    await office().as('leader').delete(`/me/tokens/${id}`);

    const made = (await auditOf(office(), 'token.created')).filter(({ object }) => object === `token ${id}`);
    const revoked = (await auditOf(office(), 'token.revoked')).filter(({ object }) => object === `token ${id}`);

    expect(made).to.have.length(1);
    expect(made[0].detail).to.deep.include({ name: 'Đồng bộ số liệu', scopes: ['reports:read'] });
    expect(revoked.map(({ actor }) => actor)).to.deep.equal([made[0].actor]);
  });

  it('in a session’s place changes nothing for sessions: both work side by side', async () => {
    const { token } = await tokenOf('office', ['tasks:read']);
    const session = await sessionOf(office(), 'office');

    expect((await send(office().address, 'GET', '/me', session)).body.scopes).to.equal(null);
    expect((await ask('GET', '/me', token)).body.session).to.equal(null);
  });
});
