import { expect } from 'chai';
import { type Answer, send } from '../../support/client.ts';
import { suiteOffice } from '../../support/http-office.ts';
import { password } from '../../support/province.ts';
import { auditOf, bearer, codeOf, enrolled, me, passwordSignIn, problem, sessionOf } from '../../support/sign-in.ts';

describe('A second factor', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  let people = 0;
  const somebody = async (memberships: Parameters<ReturnType<typeof office>['hire']>[0]['memberships'] = []) => {
    people += 1;
    const name = `nguoi-${people}`;
    const id = await office().hire({ name, memberships });
    return { name, id };
  };
  const post = (path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> =>
    send(office().address, 'POST', path, headers, body);
  const challengeFor = async (name: string): Promise<string> => (await passwordSignIn(office(), name)).body.challenge;
  const withCode = (challenge: string, code: string) => post('/sessions/second-factor', {}, { challenge, code });

  it('is of no effect until a code of the app confirms it', async () => {
    const { name } = await somebody();
    const session = await sessionOf(office(), name);

    const { status, body } = await post('/me/second-factor', session, { password });

    expect(status).to.equal(201);
    expect(body).to.have.all.keys('secret', 'uri');
    expect((await me(office(), session)).body).to.include({ secondFactor: false });
    expect((await passwordSignIn(office(), name)).status).to.equal(201);
    const wrong = await post('/me/second-factor/confirmation', session, { code: '000000' });
    expect(problem(wrong)).to.deep.equal([403, 'second_factor.wrong']);
  });

  it('asks for the password, so that a session that was taken over locks nobody out', async () => {
    const { name, id } = await somebody();
    const session = await sessionOf(office(), name);

    for (const body of [{}, { password: 'sai-mat-khau' }])
      expect(problem(await post('/me/second-factor', session, body))).to.deep.equal([403, 'password.wrong']);

    const failures = await auditOf(office(), 'second_factor.enrolment_failed');
    expect(failures.filter(({ actor }) => actor === id)).to.have.length(2);
    const { rows } = await office().pool.query('select 1 from second_factor where account_id = $1', [id]);
    expect(rows).to.deep.equal([]);
  });

  it('S9: confirmed ends all sessions; the one that confirmed it goes on under a new token', async () => {
    const { name, id } = await somebody();
    const other = await sessionOf(office(), name);
    const session = await sessionOf(office(), name);
    const { secret } = (await post('/me/second-factor', session, { password })).body;

    const { status, body, headers } = await post('/me/second-factor/confirmation', session, {
      code: codeOf(office(), secret),
    });

    expect(status).to.equal(201);
    expect(headers.get('set-cookie')).to.include(`dondoc_session=${body.token}`);
    expect(body.recoveryCodes).to.have.length(10);
    for (const code of body.recoveryCodes) expect(code).to.match(/^([A-Z2-9]{6}-){3}[A-Z2-9]{6}$/);
    expect(problem(await me(office(), session))).to.deep.equal([401, 'session.required']);
    expect(problem(await me(office(), other))).to.deep.equal([401, 'session.required']);
    const now = (await me(office(), bearer(body.token))).body;
    expect(now.secondFactor).to.equal(true);
    expect(now.session).to.deep.equal({ method: 'password', secondFactor: true, owesSecondFactor: false });
    expect((await auditOf(office(), 'second_factor.enrolled')).filter(({ actor }) => actor === id)).to.have.length(1);
  });

  it('is asked after the password: the challenge opens nothing, the code with it opens a session', async () => {
    const { name } = await somebody();
    const { secret } = await enrolled(office(), name);

    const first = await passwordSignIn(office(), name);

    expect(problem(first)).to.deep.equal([401, 'session.second_factor_required']);
    expect(first.headers.get('set-cookie')).to.equal(null);
    const { challenge } = first.body;
    expect(problem(await me(office(), bearer(challenge)))).to.deep.equal([401, 'session.required']);
    const second = await withCode(challenge, codeOf(office(), secret));
    expect(second.status).to.equal(201);
    expect((await me(office(), bearer(second.body.token))).body.session.secondFactor).to.equal(true);
  });

  it('S9: gives no session for a token that was planted in the browser before', async () => {
    const { name } = await somebody();
    const { secret } = await enrolled(office(), name);
    const planted = { Cookie: 'dondoc_session=planted-by-somebody-else' };

    const { body } = await passwordSignIn(office(), name, password, planted);
    const opened = await post('/sessions/second-factor', planted, {
      challenge: body.challenge,
      code: codeOf(office(), secret),
    });

    expect(opened.status).to.equal(201);
    expect(opened.headers.get('set-cookie')).to.match(/dondoc_session=[\w-]{43};/);
    expect(problem(await me(office(), planted))).to.deep.equal([401, 'session.required']);
  });

  it('takes each code once, and never one of an earlier period again', async () => {
    const { name } = await somebody();
    const { secret } = await enrolled(office(), name);
    const earlier = codeOf(office(), secret);
    office().clock.advance(30_000);
    const code = codeOf(office(), secret);
    const challenges = await Promise.all([challengeFor(name), challengeFor(name), challengeFor(name)]);

    const answers = await Promise.all(challenges.slice(0, 2).map((challenge) => withCode(challenge, code)));

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 403]);
    expect(problem(await withCode(challenges[2] ?? '', earlier))).to.deep.equal([403, 'second_factor.wrong']);
  });

  it('S9: takes each challenge once, for five minutes', async () => {
    const { name } = await somebody();
    const { secret } = await enrolled(office(), name);
    const used = await challengeFor(name);
    expect((await withCode(used, codeOf(office(), secret))).status).to.equal(201);
    office().clock.advance(30_000);
    expect(problem(await withCode(used, codeOf(office(), secret)))).to.deep.equal([401, 'session.challenge_expired']);

    const late = await challengeFor(name);
    office().clock.advance(5 * 60_000);

    expect(problem(await withCode(late, codeOf(office(), secret)))).to.deep.equal([401, 'session.challenge_expired']);
    expect(problem(await withCode('', '123456'))).to.deep.equal([401, 'session.challenge_expired']);
  });

  it('is a recovery code where the app is lost: each is good once, however it is written', async () => {
    const { name, id } = await somebody();
    const { recoveryCodes } = await enrolled(office(), name);
    const [code = '', another = ''] = recoveryCodes;

    const opened = await withCode(await challengeFor(name), code.toLowerCase().replaceAll('-', ' '));

    expect(opened.status).to.equal(201);
    expect(problem(await withCode(await challengeFor(name), code))).to.deep.equal([403, 'second_factor.wrong']);
    expect((await withCode(await challengeFor(name), another)).status).to.equal(201);
    const entries = await auditOf(office(), 'second_factor.recovery_code_used');
    expect(entries.filter(({ actor }) => actor === id)).to.have.length(2);
  });

  it('S10: wrong codes count with the passwords; a right password in between gives no more of them', async () => {
    const { name } = await somebody();
    const { secret } = await enrolled(office(), name);
    const seen: unknown[] = [];
    for (let guess = 0; guess < 5; guess += 1) {
      const challenge = await challengeFor(name);
      seen.push(problem(await withCode(challenge, '000000')));
    }
    expect(seen).to.deep.equal(Array.from({ length: 5 }, () => [403, 'second_factor.wrong']));

    expect(problem(await passwordSignIn(office(), name))).to.deep.equal([429, 'rate.exceeded']);

    office().clock.advance(3_000);
    const challenge = await challengeFor(name);
    expect(problem(await withCode(challenge, codeOf(office(), secret)))).to.deep.equal([429, 'rate.exceeded']);
    office().clock.advance(6_000);
    expect((await withCode(challenge, codeOf(office(), secret))).status).to.equal(201);
    expect((await passwordSignIn(office(), name)).body.code).to.equal('session.second_factor_required');
  });

  it('is removed with both factors, and with neither alone', async () => {
    const { name, id } = await somebody();
    const { secret, headers } = await enrolled(office(), name);
    const remove = (given: string, code: string) =>
      post('/me/second-factor/removal', headers, { password: given, code });

    expect(problem(await remove('sai-mat-khau', codeOf(office(), secret)))).to.deep.equal([403, 'password.wrong']);
    expect(problem(await remove(password, '000000'))).to.deep.equal([403, 'second_factor.wrong']);
    expect((await remove(password, codeOf(office(), secret))).status).to.equal(204);

    expect((await me(office(), headers)).body.secondFactor).to.equal(false);
    expect((await passwordSignIn(office(), name)).status).to.equal(201);
    expect((await auditOf(office(), 'second_factor.removed')).map(({ actor }) => actor)).to.include(id);
  });

  it('is taken away by an administrator with a reason; sessions and half sign-ins end', async () => {
    const { name, id } = await somebody();
    const { secret, headers } = await enrolled(office(), name);
    const half = await challengeFor(name);
    const reset = (by: string) => office().as(by).post(`/accounts/${id}/second-factor/reset`, { reason: 'Mất máy' });

    expect(problem(await reset('auditor'))).to.deep.equal([403, 'permission.denied']);
    expect((await reset('admin')).status).to.equal(204);

    expect(problem(await me(office(), headers))).to.deep.equal([401, 'session.required']);
    expect(problem(await withCode(half, codeOf(office(), secret)))).to.deep.equal([401, 'session.challenge_expired']);
    expect((await passwordSignIn(office(), name)).status).to.equal(201);
    expect((await auditOf(office(), 'second_factor.reset')).at(-1)).to.include({
      object: `account ${id}`,
      reason: 'Mất máy',
    });
    expect(problem(await reset('admin'))).to.deep.equal([404, 'second_factor.not_found']);
  });

  it('S14: is kept encrypted, its recovery codes and challenges as hashes', async () => {
    const { name } = await somebody();
    const { secret, recoveryCodes } = await enrolled(office(), name);
    const challenge = await challengeFor(name);

    const { rows } = await office().pool.query(`
      select (select json_agg(f) from second_factor f)::text || (select json_agg(r) from recovery_code r)::text
        || (select json_agg(c) from sign_in_challenge c)::text || (select json_agg(s) from session s)::text
        || (select json_agg(a) from audit_entry a)::text as all`);

    for (const canary of [
      secret,
      challenge,
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ])
      expect(rows[0].all).to.not.include(canary);
  });
});

describe('A role that asks for a second factor', () => {
  const office = suiteOffice({ day: '2022-03-01', config: { REQUIRE_SECOND_FACTOR_ROLES: ['leader'] } });

  it('S2: lets its holders enrol one and nothing else, and everything afterwards', async () => {
    const session = await sessionOf(office(), 'leader');
    const get = (path: string, headers: Record<string, string>) => send(office().address, 'GET', path, headers);

    expect((await me(office(), session)).body.session.owesSecondFactor).to.equal(true);
    for (const path of ['/tasks', '/units', '/me/sessions', '/me/tokens', '/reports/statistics?programme=CK'])
      expect(problem(await get(path, session)), path).to.deep.equal([403, 'session.second_factor_missing']);
    const token = { name: 'x', scopes: ['tasks:read'], expiresOn: '2022-03-02' };
    const asked = await send(office().address, 'POST', '/me/tokens', session, token);
    expect(problem(asked)).to.deep.equal([403, 'session.second_factor_missing']);

    const { headers } = await enrolled(office(), 'leader');

    expect((await get('/tasks', headers)).status).to.equal(200);
    expect((await me(office(), headers)).body.session.owesSecondFactor).to.equal(false);
  });

  it('asks nobody else', async () => {
    expect((await office().as('office').get('/tasks')).status).to.equal(200);
  });

  it('S15: keeps its holders from the board of the queue too', async () => {
    await office().hire({ name: 'lanh-dao-van-hanh', memberships: [{ role: 'leader' }, { role: 'operator' }] });
    const session = await sessionOf(office(), 'lanh-dao-van-hanh');
    const board = new URL('/operations/board', office().address);

    const asked = await fetch(board, { headers: session });

    expect(asked.status).to.equal(403);
    expect(((await asked.json()) as { code: string }).code).to.equal('session.second_factor_missing');
  });
});
