import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { expect } from 'chai';
import { readConfig } from '../../../src/config.ts';
import { send } from '../../support/client.ts';
import { done, type Office, openOffice } from '../../support/http-office.ts';
import {
  browser,
  clientId,
  clientSecret,
  type OpenProvider,
  openIdentityProvider,
  type PersonThere,
  publicUrl,
} from '../../support/identity-provider.ts';
import { allRows } from '../../support/rows.ts';
import { auditOf, codeOf, enrolled } from '../../support/sign-in.ts';

describe('Signing in at an identity provider', () => {
  let provider: OpenProvider;
  let office: Office;
  before(async () => {
    provider = await openIdentityProvider();
    office = await openOffice({
      day: '2022-03-01',
      config: {
        PUBLIC_URL: publicUrl,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: clientId,
        OIDC_CLIENT_SECRET: clientSecret,
        OIDC_LABEL: 'Tài khoản công vụ',
      },
    });
  });
  after(async () => {
    await office?.close();
    await provider?.close();
  });

  const hired = async (
    more: Partial<PersonThere> = {},
  ): Promise<PersonThere & { readonly id: string; readonly name: string }> => {
    const name = `nguoi-${randomUUID().slice(0, 8)}`;
    const id = await office.hire({ name, memberships: [{ role: 'head', unit: 'SNV' }] });
    return { id, name, subject: `chu-the-${name}`, email: `${name}@thu.test`, emailVerified: true, ...more };
  };
  /** The whole way, as a person goes it. */
  const signIn = async (person: PersonThere | undefined, who = browser(office.address), returnTo?: string) => {
    provider.seat(person);
    const back = await who.throughProvider(await who.start(returnTo));
    return { who, back, answer: await who.visit(back) };
  };
  const codeOfAnswer = async (answer: Response): Promise<readonly [number, string]> => [
    answer.status,
    ((await answer.json()) as { code: string }).code,
  ];
  const meOf = (who: ReturnType<typeof browser>) =>
    send(office.address, 'GET', '/me', { Cookie: `dondoc_session=${who.cookies().get('dondoc_session') ?? ''}` });
  const identities = async (id: string) =>
    (await office.pool.query('select issuer, subject from external_identity where account_id = $1', [id])).rows;

  it('opens a session for the account of the verified address, and goes on to the page that was asked for', async () => {
    const person = await hired();

    const { who, answer } = await signIn(person, undefined, '/viec-cua-toi?don-vi=SNV');

    expect(answer.status).to.equal(302);
    expect(answer.headers.get('location')).to.equal('/viec-cua-toi?don-vi=SNV');
    const { body } = await meOf(who);
    expect(body).to.deep.include({
      id: person.id,
      session: { method: 'oidc', secondFactor: false, owesSecondFactor: false },
    });
    expect(await identities(person.id)).to.deep.equal([{ issuer: provider.issuer, subject: person.subject }]);
    const linked = (await auditOf(office, 'identity.linked')).filter(({ actor }) => actor === person.id);
    expect(linked).to.have.length(1);
    expect((await done(send(office.address, 'GET', '/sessions/methods', {}))).oidc).to.deep.equal({
      label: 'Tài khoản công vụ',
    });
  });

  it('asks with PKCE, state and nonce, each time others, and keeps them in an encrypted cookie of this browser', async () => {
    const rows = await allRows(office.pool);
    const who = browser(office.address);
    const [first, second] = [await who.start(), await who.start()].map(
      (answer) => new URL(answer.headers.get('location') ?? '').searchParams,
    );

    for (const asked of [first, second]) {
      expect(asked?.get('response_type')).to.equal('code');
      expect(asked?.get('code_challenge_method')).to.equal('S256');
      expect(asked?.get('redirect_uri')).to.equal(`${publicUrl}/api/v1/sessions/oidc/callback`);
    }
    for (const key of ['state', 'nonce', 'code_challenge'])
      expect(first?.get(key), key)
        .to.match(/^[\w-]{43}$/)
        .and.to.not.equal(second?.get(key));
    const kept = who.cookies().get('dondoc_oidc') ?? '';
    expect(Buffer.from(kept, 'base64url').toString('latin1')).to.not.include(second?.get('state') ?? 'none');
    const set = (await who.start()).headers.getSetCookie().join();
    expect(set).to.match(/^dondoc_oidc=[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(await allRows(office.pool)).to.deep.equal(rows);
  });

  it('finds the account by issuer and subject afterwards, whatever its address has become', async () => {
    const person = await hired();
    await signIn(person);

    const { who } = await signIn({ ...person, email: 'doi-roi@thu.test', emailVerified: false });

    expect((await meOf(who)).body.id).to.equal(person.id);
    expect(await identities(person.id)).to.have.length(1);
  });

  it('gives an address that the provider passed on to somebody else no way into the account', async () => {
    const person = await hired();
    await signIn(person);

    const { who, answer } = await signIn({ ...person, subject: 'nguoi-ke-nhiem' });

    expect(await codeOfAnswer(answer)).to.deep.equal([403, 'session.oidc_unknown']);
    expect(who.cookies().has('dondoc_session')).to.equal(false);
    expect(await identities(person.id)).to.have.length(1);
  });

  it('links anew after an administrator has unlinked the account, which ends its sessions', async () => {
    const person = await hired();
    const { who } = await signIn(person);
    const unlink = () => office.as('admin').post(`/accounts/${person.id}/identities/reset`, { reason: 'Đổi hệ thống' });

    await done(unlink());

    expect((await meOf(who)).status).to.equal(401);
    expect((await unlink()).body.code).to.equal('identity.not_found');
    const again = await signIn({ ...person, subject: `moi-${person.subject}` });
    expect((await meOf(again.who)).body.id).to.equal(person.id);
    expect((await auditOf(office, 'identity.unlinked')).at(-1)).to.include({
      object: `account ${person.id}`,
      reason: 'Đổi hệ thống',
    });
  });

  it('links nobody by an address that is not verified, and makes no accounts', async () => {
    const person = await hired({ emailVerified: false });
    const { rows: before } = await office.pool.query('select count(*) from account');

    const unverified = await signIn(person);
    // A text is not the truth value, whatever it says.
    const said = await signIn({ ...person, emailVerified: 'true' });
    const stranger = await signIn({ subject: 'nguoi-la', email: 'nguoi-la@thu.test', emailVerified: true });

    expect(await codeOfAnswer(unverified.answer)).to.deep.equal([403, 'session.oidc_unknown']);
    expect(await codeOfAnswer(said.answer)).to.deep.equal([403, 'session.oidc_unknown']);
    expect(await codeOfAnswer(stranger.answer)).to.deep.equal([403, 'session.oidc_unknown']);
    expect(await identities(person.id)).to.deep.equal([]);
    expect((await office.pool.query('select count(*) from account')).rows).to.deep.equal(before);
  });

  it('S9: a deactivated account has no way in, linked or not', async () => {
    const [linked, never] = [await hired(), await hired()];
    await signIn(linked);
    await office.pool.query('update account set active = false where id = any($1)', [[linked.id, never.id]]);

    for (const person of [linked, never])
      expect(await codeOfAnswer((await signIn(person)).answer)).to.deep.equal([403, 'session.oidc_unknown']);
    expect(await identities(never.id)).to.deep.equal([]);
  });

  it('S12: a return that another browser began is refused, so nobody is signed in as somebody else', async () => {
    const attacker = browser(office.address);
    provider.seat(await hired());
    const back = await attacker.throughProvider(await attacker.start());
    const victim = browser(office.address);

    expect(await codeOfAnswer(await victim.visit(back))).to.deep.equal([401, 'session.oidc_failed']);
    await victim.start();
    expect(await codeOfAnswer(await victim.visit(back))).to.deep.equal([401, 'session.oidc_failed']);
    expect(victim.cookies().has('dondoc_session')).to.equal(false);
  });

  it('S12: a return with another state, without one, or without a code is refused', async () => {
    const person = await hired();
    for (const spoil of [
      (query: URLSearchParams) => query.set('state', 'khac'),
      (query: URLSearchParams) => query.delete('state'),
      (query: URLSearchParams) => query.delete('code'),
      (query: URLSearchParams) => query.set('code', 'doan-mo'),
      (query: URLSearchParams) => query.set('iss', 'https://nha-khac.test'),
    ]) {
      const who = browser(office.address);
      provider.seat(person);
      const back = new URL(await who.throughProvider(await who.start()));
      spoil(back.searchParams);

      const answer = await who.visit(back.href);

      expect(await codeOfAnswer(answer), back.search).to.deep.equal([401, 'session.oidc_failed']);
      expect(who.cookies().has('dondoc_session')).to.equal(false);
    }
    const twice = new URL(`${publicUrl}/api/v1/sessions/oidc/callback?code=a&code=b&state=c`);
    expect(await codeOfAnswer(await browser(office.address).visit(twice.href))).to.deep.equal([400, 'input.invalid']);
    expect(await identities(person.id)).to.deep.equal([]);
  });

  it('S9: an ID token that the provider did not sign opens nothing, whatever it says of its key and algorithm', async () => {
    const [person, victim] = [await hired(), await hired()];
    await signIn(victim);
    const strange = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const asVictim = (payload: object) => ({ ...payload, sub: victim.subject, email: victim.email });
    const forgeries: Readonly<Record<string, (idToken: string) => string>> = {
      'another signature': (idToken) => resigned(idToken, {}, (text) => sign('sha256', text, strange.privateKey)),
      'another person under the old signature': (idToken) => {
        const [header, payload, signature] = idToken.split('.');
        return [header, encoded(asVictim(decoded(payload))), signature].join('.');
      },
      'another key, sent along': (idToken) =>
        resigned(idToken, { jwk: strange.publicKey.export({ format: 'jwk' }), kid: undefined }, (text) =>
          sign('sha256', text, strange.privateKey),
        ),
      'no signature, and saying so': (idToken) => resigned(idToken, { alg: 'none' }, () => Buffer.alloc(0)),
      'the client’s secret for a key': (idToken) =>
        resigned(idToken, { alg: 'HS256' }, (text) => createHmac('sha256', clientSecret).update(text).digest()),
      'no signature at all': (idToken) => idToken.slice(0, idToken.lastIndexOf('.') + 1),
    };
    try {
      for (const [name, forge] of Object.entries(forgeries)) {
        provider.forgeWith(forge);
        const { who, answer } = await signIn(person);

        expect(await codeOfAnswer(answer), name).to.deep.equal([401, 'session.oidc_failed']);
        expect(who.cookies().has('dondoc_session'), name).to.equal(false);
      }
      // Whoever stands there and changes nothing is not noticed: it is the signature that was missed.
      provider.forgeWith((idToken) => idToken);
      expect((await signIn(person)).answer.status).to.equal(302);
    } finally {
      provider.forgeWith(undefined);
    }
    expect(await identities(person.id)).to.have.length(1);
  });

  it('S9: a code that was used opens no second session, not even with the cookie of the first', async () => {
    const person = await hired();
    const who = browser(office.address);
    provider.seat(person);
    const back = await who.throughProvider(await who.start());
    const kept = who.cookies().get('dondoc_oidc') ?? '';
    expect((await who.visit(back)).status).to.equal(302);
    expect(who.cookies().has('dondoc_oidc')).to.equal(false);

    expect(await codeOfAnswer(await who.visit(back))).to.deep.equal([401, 'session.oidc_failed']);
    const path = back.replace(`${publicUrl}/api/v1`, '');
    const replayed = await send(office.address, 'GET', path, { Cookie: `dondoc_oidc=${kept}` });

    expect([replayed.status, replayed.body.code]).to.deep.equal([401, 'session.oidc_failed']);
    expect(replayed.body.reason).to.equal('invalid_grant');
  });

  it('takes ten minutes at the provider and no longer', async () => {
    const who = browser(office.address);
    provider.seat(await hired());
    const back = await who.throughProvider(await who.start());
    office.clock.advance(10 * 60_000);

    expect(await codeOfAnswer(await who.visit(back))).to.deep.equal([401, 'session.oidc_failed']);
  });

  it('says so when the provider turns somebody away, and leaves an entry', async () => {
    const { answer } = await signIn(undefined);

    expect(answer.status).to.equal(401);
    expect(await answer.json()).to.include({ code: 'session.oidc_failed', reason: 'access_denied' });
    expect((await auditOf(office, 'session.failed')).at(-1)?.detail).to.deep.equal({
      address: '127.0.0.1',
      method: 'oidc',
      reason: 'access_denied',
    });
  });

  it('sends nobody to another site afterwards', async () => {
    for (const returnTo of [
      'https://lua-dao.test/',
      '//lua-dao.test/',
      '/\\lua-dao.test/',
      '\\\\lua-dao.test',
      'lua-dao.test',
      '/\t/lua-dao.test',
      'javascript:alert(1)',
      '',
    ]) {
      const answer = await browser(office.address).start(returnTo);
      expect(await codeOfAnswer(answer), returnTo).to.deep.equal([400, 'input.invalid']);
    }
  });

  it('asks for the second factor of the account, with the challenge in a cookie', async () => {
    const person = await hired();
    const { secret } = await enrolled(office, person.name);

    const { who, answer } = await signIn(person);

    expect([answer.status, answer.headers.get('location')]).to.deep.equal([302, '/?signIn=second-factor']);
    expect(who.cookies().has('dondoc_session')).to.equal(false);
    const challenge = who.cookies().get('dondoc_challenge') ?? '';
    const opened = await send(
      office.address,
      'POST',
      '/sessions/second-factor',
      { Cookie: `dondoc_challenge=${challenge}` },
      { code: codeOf(office, secret) },
    );
    expect(opened.status).to.equal(201);
    const { body } = await send(office.address, 'GET', '/me', { Authorization: `Bearer ${opened.body.token}` });
    expect(body.session).to.include({ method: 'oidc', secondFactor: true });
  });

  it('asks for no second factor here where the provider says that it asked for more than one', async () => {
    const person = await hired({ amr: ['pwd', 'otp', 'mfa'] });
    await enrolled(office, person.name);

    const { who, answer } = await signIn(person);

    expect([answer.status, answer.headers.get('location')]).to.deep.equal([302, '/viec-cua-toi']);
    expect((await meOf(who)).body.session).to.deep.equal({
      method: 'oidc',
      secondFactor: true,
      owesSecondFactor: false,
    });
  });

  it('S14: writes no code, secret, state or token into database and answers of failure', async () => {
    const person = await hired();
    const { who, back } = await signIn(person);
    const { searchParams } = new URL(back);
    const { rows } = await office.pool.query(
      `select coalesce((select json_agg(a) from audit_entry a)::text, '') || (select json_agg(s) from session s)::text
         || (select json_agg(e) from external_identity e)::text as all`,
    );

    for (const canary of [
      searchParams.get('code'),
      searchParams.get('state'),
      who.cookies().get('dondoc_session'),
      clientSecret,
    ])
      expect(rows[0].all).to.not.include(canary);
  });
});

const decoded = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the token says, under a changed header and a signature of somebody else. */
const resigned = (idToken: string, header: object, signature: (text: Buffer) => Buffer): string => {
  const [before, payload] = idToken.split('.');
  const text = `${encoded({ ...decoded(before), ...header })}.${payload}`;
  return `${text}.${signature(Buffer.from(text)).toString('base64url')}`;
};

describe('An identity provider in the configuration', () => {
  const base = {
    DATABASE_URL: 'postgres://localhost/dondoc',
    PUBLIC_URL: 'https://dondoc.test',
    OIDC_CLIENT_ID: 'dondoc',
  };
  const production = { ...base, NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) };

  it('S5: is https, but for loopback outside production', () => {
    for (const refused of [
      { ...base, OIDC_ISSUER: 'http://dinh-danh.test' },
      { ...base, OIDC_ISSUER: 'http://127.0.0.1.nip.test' },
      { ...base, OIDC_ISSUER: 'http://localhost.test' },
      { ...production, OIDC_ISSUER: 'http://127.0.0.1:1234' },
    ])
      expect(() => readConfig(refused)).to.throw('OIDC_ISSUER must be https');
    for (const taken of [
      { ...base, OIDC_ISSUER: 'http://127.0.0.1:1234' },
      { ...base, OIDC_ISSUER: 'http://[::1]:1234' },
      { ...production, OIDC_ISSUER: 'https://dinh-danh.test' },
    ])
      expect(readConfig(taken).OIDC_ISSUER).to.equal(taken.OIDC_ISSUER);
  });

  it('is there as a whole or not at all', () => {
    const OIDC_ISSUER = 'https://dinh-danh.test';
    for (const missing of ['OIDC_CLIENT_ID', 'PUBLIC_URL'])
      expect(() => readConfig({ ...base, OIDC_ISSUER, [missing]: undefined })).to.throw('OIDC_ISSUER needs');
  });

  it('knows the roles that ask for a second factor, and no others', () => {
    const roles = (value: string) =>
      readConfig({ ...base, REQUIRE_SECOND_FACTOR_ROLES: value }).REQUIRE_SECOND_FACTOR_ROLES;

    expect(roles('administrator, operator,')).to.deep.equal(['administrator', 'operator']);
    expect(() => roles('administrators')).to.throw('REQUIRE_SECOND_FACTOR_ROLES');
  });
});
