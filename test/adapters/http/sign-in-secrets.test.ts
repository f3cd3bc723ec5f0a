import { expect } from 'chai';
import type { Log } from '../../../src/application/log.ts';
import { type Answer, send } from '../../support/client.ts';
import { type Office, openOffice } from '../../support/http-office.ts';
import { password, secretKey } from '../../support/province.ts';
import { codeOf, enrolled, passwordSignIn, sessionOf } from '../../support/sign-in.ts';

describe('The log of signing in', () => {
  const lines: string[] = [];
  const keep = (message: string, fields?: unknown) => lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  let office: Office;
  before(async () => {
    office = await openOffice({ day: '2022-03-01', log });
  });
  after(() => office?.close());

  it('S14: names what was refused, and no password, code, challenge, cookie, token or key', async () => {
    await office.hire({ name: 'lan', memberships: [{ role: 'office' }] });
    const post = (path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> =>
      send(office.address, 'POST', path, headers, body);
    await passwordSignIn(office, 'lan', 'mat-khau-sai-cua-lan');
    const first = await sessionOf(office, 'lan');
    const made = await post('/me/tokens', first, { name: 'x', scopes: ['tasks:read'], expiresOn: '2022-12-31' });
    await post('/tasks', { Authorization: `Bearer ${made.body.token}`, 'Idempotency-Key': 'k' }, {});
    const { secret, recoveryCodes, headers } = await enrolled(office, 'lan');
    const { challenge } = (await passwordSignIn(office, 'lan')).body;
    await post('/sessions/second-factor', {}, { challenge, code: '123454' });
    await post('/sessions/second-factor', {}, { challenge, code: codeOf(office, secret) });
    await post('/me/password', headers, { oldPassword: 'mat-khau-cu-sai', newPassword: 'mật khẩu mới rất dài' });
    await send(office.address, 'GET', '/sessions/oidc/callback?code=ma-cua-nha-cung-cap&state=trang-thai', {
      Cookie: 'dondoc_oidc=banh-quy-niem-phong',
    });

    const said = lines.join('\n');
    expect(said).to.include('token.scope_missing').and.to.include('session.failed');
    for (const canary of [
      password,
      'mat-khau-sai-cua-lan',
      'mat-khau-cu-sai',
      'mật khẩu mới rất dài',
      secretKey,
      String(first.Authorization).slice(7),
      String(headers.Authorization).slice(7),
      made.body.token,
      secret,
      challenge,
      '123454',
      'ma-cua-nha-cung-cap',
      'trang-thai',
      'banh-quy-niem-phong',
      ...recoveryCodes,
    ])
      expect(said).to.not.include(canary);
  });
});
