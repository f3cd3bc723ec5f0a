import { expect } from 'chai';
import { type Json, send } from '../../support/client.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { password } from '../../support/province.ts';
import { allRows } from '../../support/rows.ts';
import { auditOf, me, passwordSignIn, problem, sessionOf } from '../../support/sign-in.ts';
import { assigned, aTask, moved, submitted } from '../../support/tasks.ts';

describe('The administration of accounts', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const admin = () => office().as('admin');
  const idOf = async (name: string): Promise<string> =>
    (await done(admin().get(`/accounts?q=${name}@thu.test`))).items[0].id;
  const deactivate = (id: string, more = {}) =>
    admin().post(`/accounts/${id}/deactivation`, { reason: 'Chuyển công tác', ...more });

  it('lists accounts with roles, a page at a time, for administrators and auditors', async () => {
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path = `/accounts?limit=7${cursor ? `&cursor=${cursor}` : ''}`;
      const page: Json = await done(office().as('auditor').get(path));
      names.push(...page.items.map(({ email }: Json) => email));
      cursor = page.next;
    }

    const { rows } = await office().pool.query('select email from account order by email collate "C"');
    expect(names).to.deep.equal(rows.map(({ email }) => email));
    const one = (await done(admin().get('/accounts?q=HEAD.snv'))).items;
    expect(one).to.have.length(1);
    expect(one[0]).to.deep.include({
      email: 'head.snv@thu.test',
      active: true,
      secondFactor: false,
      memberships: [{ role: 'head', unit: 'SNV' }],
    });
    expect(await done(admin().get(`/accounts/${one[0].id}`))).to.deep.equal(one[0]);
    expect((await admin().get('/accounts?active=false')).body.items).to.deep.equal([]);
    const named = { email: 'dao@thu.test', name: 'Nguyễn Thị Hạnh Đào', memberships: [{ role: 'office' }] };
    await done(admin().post('/accounts', named));
    for (const q of ['hanh dao', 'HẠNH ĐÀO', 'hạnh đào'.normalize('NFD')])
      expect((await done(admin().get(`/accounts?q=${encodeURIComponent(q)}`))).items, q).to.have.length(1);
    expect(problem(await admin().get('/accounts?cursor=x'))).to.deep.equal([400, 'input.invalid']);
    expect(problem(await admin().get('/accounts/0199f3a0-0000-7000-8000-000000000000'))).to.deep.equal([
      404,
      'account.not_found',
    ]);
  });

  it('S2: is for administrators; auditors read, all others see nothing', async () => {
    const id = await idOf('head.snv');
    const changes = [
      ['post', '/accounts', { email: 'x@thu.test', name: 'X', memberships: [{ role: 'office' }] }],
      ['put', `/accounts/${id}/memberships`, { memberships: [{ role: 'administrator' }], reason: 'x' }],
      ['post', `/accounts/${id}/password`, { password: 'một hai ba bốn năm', reason: 'x' }],
      ['post', `/accounts/${id}/second-factor/reset`, { reason: 'x' }],
      ['post', `/accounts/${id}/identities/reset`, { reason: 'x' }],
      ['post', `/accounts/${id}/deactivation`, { reason: 'x' }],
      ['post', `/accounts/${id}/reactivation`, { reason: 'x' }],
    ] as const;
    const callers = ['auditor', 'office', 'leader', 'operator', 'aggregator', 'head.snv', 'unit.snv', 'appraiser.snv'];
    for (const name of callers) await office().as(name).token();
    // Every denial leaves its audit entry (S26); nothing else is left.
    const rows = async () => ({ ...(await allRows(office().pool)), audit_entry: 'apart' });
    const opened = await rows();

    for (const name of callers)
      for (const [method, path, body] of changes)
        expect(problem(await office().as(name)[method](path, body)), `${name} ${path}`).to.deep.equal([
          403,
          'permission.denied',
        ]);
    for (const name of callers.slice(1))
      expect(problem(await office().as(name).get('/accounts'))).to.deep.equal([403, 'permission.denied']);

    expect(await rows()).to.deep.equal(opened);
  });

  it('makes accounts that can sign in, and refuses passwords that can be guessed', async () => {
    const account = (email: string, given?: string) => ({
      email,
      name: 'Trần Văn Minh',
      ...(given ? { password: given } : {}),
      memberships: [{ role: 'focal_point', unit: 'SNV' }],
    });

    const { id } = await done(admin().post('/accounts', account('minh@thu.test', 'con mèo trèo cây cau')));

    expect((await passwordSignIn(office(), 'minh', 'con mèo trèo cây cau')).status).to.equal(201);
    const weak = await admin().post('/accounts', account('khac@thu.test', 'TranVanMinh123'));
    expect(problem(weak)).to.deep.equal([422, 'password.weak']);
    expect((await auditOf(office(), 'account.created')).at(-1)).to.deep.include({
      object: `account ${id}`,
      detail: { memberships: [{ role: 'focal_point', unit: 'SNV' }] },
    });
    await done(admin().post('/accounts', account('khong-mat-khau@thu.test')));
    expect(problem(await passwordSignIn(office(), 'khong-mat-khau'))).to.deep.equal([401, 'session.failed']);
  });

  it('S2: a role that is given or taken holds from the next request on, in the session that is open', async () => {
    const id = await office().hire({ name: 'luan-chuyen', memberships: [{ role: 'office' }] });
    const session = await sessionOf(office(), 'luan-chuyen');
    const assign = async (key: string) =>
      problem(await send(office().address, 'POST', '/tasks', { ...session, 'Idempotency-Key': key }, aTask()));
    expect((await assign('1'))[0]).to.equal(201);
    const reason = 'Luân chuyển theo quyết định 12';

    await done(admin().put(`/accounts/${id}/memberships`, { memberships: [{ role: 'head', unit: 'SNV' }], reason }));
    expect(await assign('2')).to.deep.equal([403, 'permission.denied']);
    await done(admin().put(`/accounts/${id}/memberships`, { memberships: [{ role: 'office' }], reason }));

    expect((await assign('3'))[0]).to.equal(201);
    const changes = (await auditOf(office(), 'roles.changed')).filter(({ object }) => object === `account ${id}`);
    expect(changes.map(({ reason: said, detail }) => [said, detail])).to.deep.equal([
      [reason, { before: [{ role: 'office' }], after: [{ role: 'head', unit: 'SNV' }] }],
      [reason, { before: [{ role: 'head', unit: 'SNV' }], after: [{ role: 'office' }] }],
    ]);
    const unknown = { memberships: [{ role: 'head', unit: 'KHONG' }], reason };
    expect(problem(await admin().put(`/accounts/${id}/memberships`, unknown))).to.deep.equal([422, 'unit.not_found']);
    expect((await assign('4'))[0]).to.equal(201);
  });

  it('S9: deactivation ends all sessions with the next request, and the way in', async () => {
    const id = await office().hire({ name: 'nghi-huu', memberships: [{ role: 'auditor' }] });
    const sessions = [await sessionOf(office(), 'nghi-huu'), await sessionOf(office(), 'nghi-huu')];

    expect(await done(deactivate(id))).to.deep.equal({ handedOver: [] });

    for (const session of sessions)
      expect(problem(await me(office(), session))).to.deep.equal([401, 'session.required']);
    expect(problem(await passwordSignIn(office(), 'nghi-huu'))).to.deep.equal([401, 'session.failed']);
    expect((await auditOf(office(), 'account.deactivated')).at(-1)).to.include({
      object: `account ${id}`,
      reason: 'Chuyển công tác',
    });

    // Said twice it was done once.
    expect(await done(deactivate(id))).to.deep.equal({ handedOver: [] });
    const entries = (await auditOf(office(), 'account.deactivated')).filter(({ object }) => object === `account ${id}`);
    expect(entries).to.have.length(1);

    await done(admin().post(`/accounts/${id}/reactivation`, { reason: 'Trở lại' }));

    expect((await passwordSignIn(office(), 'nghi-huu')).status).to.equal(201);
    for (const session of sessions)
      expect(problem(await me(office(), session))).to.deep.equal([401, 'session.required']);
  });

  it('refuses to leave open work with nobody in the role, and says which', async () => {
    const task = await assigned(office(), { leadUnit: 'TPCL', appraiserUnit: 'SKHDT' });
    const heads = await idOf('head.tpcl');
    const appraiser = await idOf('appraiser.skhdt');

    const refused = await deactivate(heads);

    expect(problem(refused)).to.deep.equal([409, 'account.has_duties']);
    expect(refused.body.duties).to.deep.equal([{ role: 'head', unit: 'TPCL', openTasks: 1 }]);
    expect((await deactivate(appraiser)).body.duties).to.deep.equal([
      { role: 'appraiser', unit: 'SKHDT', openTasks: 1 },
    ]);
    expect((await done(admin().get(`/accounts/${heads}`))).active).to.equal(true);
    expect(problem(await deactivate(await idOf('leader')))).to.deep.equal([409, 'account.has_duties']);

    // Somebody else in the role, but deactivated, is nobody; active, they are enough.
    const second = await office().hire({ name: 'pho.tpcl', memberships: [{ role: 'head', unit: 'TPCL' }] });
    await office().pool.query('update account set active = false where id = $1', [second]);
    expect(problem(await deactivate(heads))).to.deep.equal([409, 'account.has_duties']);
    await office().pool.query('update account set active = true where id = $1', [second]);
    expect(await done(deactivate(heads))).to.deep.equal({ handedOver: [] });
    expect((await done(office().as('leader').get(`/tasks/${task.id}`))).state).to.equal('assigned');
  });

  it('does not count work that has ended', async () => {
    const task = await submitted(office(), { leadUnit: 'PCNTT', appraiserUnit: 'STTTT' });
    await moved(office().as('appraiser.stttt'), task, 'approve');

    expect(await done(deactivate(await idOf('head.pcntt')))).to.deep.equal({ handedOver: [] });
  });

  it('hands the memberships that nobody else holds to an active account, which has them at once', async () => {
    const task = await assigned(office(), { leadUnit: 'SKHDT', appraiserUnit: 'STTTT' });
    const leaving = await office().hire({
      name: 'kiem-nhiem',
      memberships: [{ role: 'focal_point', unit: 'SKHDT' }, { role: 'auditor' }],
    });
    await office().pool.query(
      `delete from membership where role = 'focal_point' and unit = 'SKHDT' and account_id <> $1`,
      [leaving],
    );
    const successor = await office().hire({ name: 'ke-nhiem', memberships: [] });
    const gone = await office().hire({ name: 'da-nghi', memberships: [] });
    await done(deactivate(gone));
    const session = await sessionOf(office(), 'ke-nhiem');

    expect(problem(await deactivate(leaving, { transferTo: gone }))).to.deep.equal([409, 'account.not_active']);
    expect(problem(await deactivate(leaving, { transferTo: leaving }))).to.deep.equal([409, 'account.not_active']);
    const { handedOver } = await done(deactivate(leaving, { transferTo: successor }));

    expect(handedOver).to.deep.equal([{ role: 'focal_point', unit: 'SKHDT', openTasks: 1 }]);
    expect((await me(office(), session)).body.memberships).to.deep.equal([{ role: 'focal_point', unit: 'SKHDT' }]);
    const taken = await send(
      office().address,
      'POST',
      `/tasks/${task.id}/transitions`,
      { ...session, 'Idempotency-Key': 'nhan', 'If-Match': `"v${task.version}"` },
      { transition: 'acknowledge' },
    );
    expect(taken.status).to.equal(200);
    expect((await auditOf(office(), 'account.deactivated')).at(-1)?.detail).to.deep.equal({
      transferTo: successor,
      handedOver: [{ role: 'focal_point', unit: 'SKHDT', openTasks: 1 }],
    });
  });

  it('lets exactly one of the last two holders of a role leave when both do at once', async () => {
    await assigned(office(), { leadUnit: 'STTTT', appraiserUnit: 'SKHDT' });
    const other = await office().hire({ name: 'pho.stttt', memberships: [{ role: 'head', unit: 'STTTT' }] });

    const answers = await Promise.all([deactivate(await idOf('head.stttt')), deactivate(other)]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  it('keeps one active administrator, whatever is asked', async () => {
    const id = await idOf('admin');
    const reason = 'x';

    expect(problem(await deactivate(id))).to.deep.equal([409, 'account.last_administrator']);
    const none = { memberships: [{ role: 'office' }], reason };
    expect(problem(await admin().put(`/accounts/${id}/memberships`, none))).to.deep.equal([
      409,
      'account.last_administrator',
    ]);

    expect((await done(admin().get('/me'))).memberships).to.deep.equal([{ role: 'administrator' }]);
  });

  it('S9: gives a new password, which ends sessions and API tokens of the account', async () => {
    const id = await office().hire({ name: 'quen-mat-khau', memberships: [{ role: 'auditor' }] });
    const session = await sessionOf(office(), 'quen-mat-khau');
    const token = { name: 'x', scopes: ['tasks:read'], expiresOn: '2022-12-31' };
    const made = (await send(office().address, 'POST', '/me/tokens', session, token)).body;
    const reset = (given: string) => admin().post(`/accounts/${id}/password`, { password: given, reason: 'Quên' });

    expect(problem(await reset('quen-mat-khau-1'))).to.deep.equal([422, 'password.weak']);
    await done(reset('trời mưa to quá đi thôi'));

    expect(problem(await me(office(), session))).to.deep.equal([401, 'session.required']);
    expect(problem(await me(office(), { Authorization: `Bearer ${made.token}` }))).to.deep.equal([
      401,
      'session.required',
    ]);
    expect(problem(await passwordSignIn(office(), 'quen-mat-khau', password))).to.deep.equal([401, 'session.failed']);
    expect((await passwordSignIn(office(), 'quen-mat-khau', 'trời mưa to quá đi thôi')).status).to.equal(201);
    expect((await auditOf(office(), 'password.reset')).at(-1)).to.include({ object: `account ${id}`, reason: 'Quên' });
  });
});
