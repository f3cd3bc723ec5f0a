// S2: what somebody may no longer do, they may no longer do with the very next request.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, moved, moving, submitted } from '../support/tasks.ts';

const sheet = (code: string) => `Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\n${code};SNV;Nhập;STTTT\n`;
const csv = { type: 'text/csv' };

describe('Rights that end', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  /** Somebody new in each test, signed in before anything is taken from them. */
  const newcomer = async (...memberships: Parameters<ReturnType<typeof office>['hire']>[0]['memberships']) => {
    const name = `p${randomUUID().slice(0, 8)}`;
    const id = await office().hire({ name, memberships });
    await as(name).token();
    return { name, id };
  };
  const sql = (text: string, ...values: readonly unknown[]) => office().pool.query(text, [...values]);

  it('S2: with a role that is taken away are gone at the next request: the task is not there any more', async () => {
    const { name, id } = await newcomer({ role: 'focal_point', unit: 'SNV' });
    const task = await assigned(office());
    expect((await as(name).get(`/tasks/${task.id}`)).status).to.equal(200);

    await sql('delete from membership where account_id = $1', id);

    expect((await as(name).get(`/tasks/${task.id}`)).status).to.equal(403);
    expect((await moving(as(name), task, 'acknowledge')).status).to.equal(403);
    await sql(`insert into membership (account_id, role, unit) values ($1, 'focal_point', 'TPCL')`, id);
    expect((await as(name).get(`/tasks/${task.id}`)).status).to.equal(404);
    expect((await done(as('office').get(`/tasks/${task.id}`))).version).to.equal(task.version);
  });

  it('S2: on their last day still hold, and on the day after no more; before the first day not yet', async () => {
    const { name } = await newcomer({ role: 'office', validFrom: '2022-03-02', validTo: '2022-03-03' });
    const asked = async () => (await as(name).get('/tasks')).status;

    expect(await asked()).to.equal(403);
    office().clock.moveTo('2022-03-02', '00:00');
    expect(await asked()).to.equal(200);
    office().clock.moveTo('2022-03-02', '23:59');
    expect(await asked()).to.equal(200);
    office().clock.moveTo('2022-03-03', '00:00');
    expect(await asked()).to.equal(403);
  });

  it('S2: of an account that is switched off end with its sessions', async () => {
    const { name, id } = await newcomer({ role: 'office' });

    await sql('update account set active = false where id = $1', id);

    expect((await as(name).get('/tasks')).body.code).to.equal('session.required');
  });

  it('S2: of a substitute begin and end with the absence, and end when it is cancelled', async () => {
    const { name, id } = await newcomer({ role: 'focal_point', unit: 'TPCL' });
    const away = await newcomer({ role: 'appraiser', unit: 'STTTT' });
    const task = await submitted(office());
    const seen = async () => (await as(name).get(`/tasks/${task.id}`)).status;
    expect(await seen()).to.equal(404);
    const body = { accountId: away.id, from: '2022-03-01', until: '2022-03-10', substitute: id };
    const absence = await done(as('office').post('/absences', body));

    expect(await seen()).to.equal(200);
    await sql(
      `update membership set valid_to = '2022-03-01', valid_from = '2022-01-01' where account_id = $1`,
      away.id,
    );
    expect(await seen(), 'the absent member holds the seat no more').to.equal(404);
    await sql('update membership set valid_to = null where account_id = $1', away.id);
    expect(await seen()).to.equal(200);
    await done(as('office').delete(`/absences/${absence.id}`));
    expect(await seen()).to.equal(404);
    expect((await moving(as(name), task, 'approve')).body.code).to.equal('task.not_found');
  });

  it('S2: do not live on in an import that waits: the worker asks again, and writes nothing', async () => {
    for (const end of [
      'delete from membership where account_id = $1',
      'update account set active = false where id = $1',
      `update membership set valid_to = '2022-03-03', valid_from = '2022-01-01' where account_id = $1`,
    ]) {
      const { name, id } = await newcomer({ role: 'aggregator', programme: 'CK' });
      const code = `NHAP-${id.slice(0, 8)}`;
      const run = await done(as(name).post('/imports?programme=CK', sheet(code), csv));

      await sql(end, id);
      await office().workers.settle();

      const { status, created, problems } = await done(as('office').get(`/imports/${run.id}`));
      expect([status, created]).to.deep.equal(['refused', 0]);
      expect(JSON.stringify(problems)).to.include('permission.denied');
      expect((await done(as('office').get(`/tasks?programme=CK&q=${code}`))).total).to.equal(0);
    }
  });

  it('S2: do not live on in answers that were kept: a replay is for who may still see the task', async () => {
    const { name, id } = await newcomer({ role: 'focal_point', unit: 'SNV' });
    const task = await assigned(office());
    const key = randomUUID();
    const again = () =>
      as(name).post(`/tasks/${task.id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 1, key });
    await done(again());
    expect((await again()).headers.get('Idempotent-Replayed')).to.equal('true');

    await sql(`update membership set unit = 'TPCL' where account_id = $1`, id);

    expect((await again()).body.code).to.equal('task.not_found');
  });

  it('S2: are not brought back by having been part of it: an old submitter sees nothing of the other unit', async () => {
    const { name, id } = await newcomer({ role: 'focal_point', unit: 'SNV' });
    const task = await moved(as(name), await acknowledged(office()), 'submit', {
      fields: { result: 'Xong', achieved: 100 },
      evidence: [{ title: 'Báo cáo' }],
    });

    await sql(`update membership set unit = 'TPCL' where account_id = $1`, id);

    expect((await as(name).get(`/tasks/${task.id}`)).status).to.equal(404);
    const recall = await as(name).post(`/tasks/${task.id}/recall`, {}, { ifMatch: task.version });
    expect([recall.status, recall.body.code]).to.deep.equal([404, 'task.not_found']);
  });
});
