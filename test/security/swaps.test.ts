// Somebody else's ids where one's own belong: in bodies, filters, cursors, files, keys and nested addresses.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { assigned, aTask, submitted } from '../support/tasks.ts';
import { elsewhereCode, moreAccounts, twoPlaces } from './ground.ts';

describe('Ids of others', () => {
  const office = suiteOffice({ day: '2022-03-01', accounts: moreAccounts });
  const as = (name: string) => office().as(name);
  let here: Json;
  let elsewhere: Json;

  before(async function () {
    this.timeout(60_000);
    ({ here, elsewhere } = await twoPlaces(office()));
  });

  it('S1: among one’s own in a bulk request are not found, and what they name is not told', async () => {
    const own = await assigned(office());
    const items = [own, elsewhere.task, here.submitted].map(({ id, version }) => ({ id, version }));

    for (const preview of [true, false]) {
      const { ok, failed } = await done(
        as('unit.snv').post('/tasks/transitions', { transition: 'acknowledge', items, preview }),
      );
      expect(ok.map(({ id }: Json) => id)).to.deep.equal([own.id]);
      expect(Object.keys(failed)).to.have.members([elsewhere.task.id, here.submitted.id]);
      const { code, status, taskId, ...rest } = failed[elsewhere.task.id];
      expect([code, status, taskId]).to.deep.equal(['task.not_found', 404, elsewhere.task.id]);
      expect(JSON.stringify(rest)).to.not.include(elsewhere.task.code);
      const missing = { id: randomUUID(), version: 1 };
      const unknown = await done(
        as('unit.snv').post('/tasks/transitions', { transition: 'acknowledge', items: [missing], preview }),
      );
      expect(Object.keys(unknown.failed[missing.id])).to.deep.equal(Object.keys(failed[elsewhere.task.id]));
    }
    expect((await done(as('unit.tpcl').get(`/tasks/${elsewhere.task.id}`))).version).to.equal(elsewhere.task.version);
  });

  it('S1: look the same as ids that do not exist, to the letter but for the id', async () => {
    const missing = randomUUID();
    const told = async (id: string, address: string) => {
      const { status, body } = await as('unit.snv').get(address.replace('ID', id));
      return { status, ...body, instance: '', [Object.keys(body).find((key) => body[key] === id) ?? 'none']: '' };
    };
    for (const address of ['/tasks/ID', '/tasks/ID/events', '/tasks/ID/panel'])
      expect(await told(elsewhere.task.id, address)).to.deep.equal(await told(missing, address));
    const report = async (id: string) => (await as('aggregator').get(`/reports/runs/${id}`)).body.code;
    expect(await report(elsewhere.report)).to.equal(await report(missing));
  });

  it('S1: in filters, searches, days gone by and cursors bring nothing of others to a list', async () => {
    const { next } = await done(as('office').get(`/tasks?programme=${elsewhereCode}&limit=1`));
    const queries = [
      'unit=TPCL',
      'unit=TPCL,SNV',
      `programme=${elsewhereCode}`,
      `programme=${elsewhereCode}&asOf=2022-03-01`,
      `programme=${programmeCode}&knownAt=2022-03-01`,
      'appraiser=VPUBND',
      'bloc=district',
      `q=${encodeURIComponent('nơi khác')}`,
      `q=${elsewhere.task.code}`,
      `cursor=${encodeURIComponent(next)}`,
      'sort=-recordedAt',
    ];
    const seen = new Set<string>();
    for (const query of queries)
      for (const { unit } of (await done(as('unit.snv').get(`/tasks?${query}&limit=100`))).items) seen.add(unit);
    expect([...seen]).to.deep.equal(['SNV']);
    for (const { programme } of (await done(as('aggregator').get('/tasks?limit=100'))).items)
      expect(programme).to.equal(programmeCode);
    const total = await done(as('unit.snv').get(`/tasks?programme=${elsewhereCode}`));
    expect([total.total, total.items]).to.deep.equal([0, []]);
  });

  it('S1: of fields that one does not appraise are not on one’s desk, by whatever filter', async () => {
    const name = 'appraiser.stttt.cntt';
    await office().hire({ name, memberships: [{ role: 'appraiser', unit: 'STTTT', field: 'CNTT' }] });
    const own = await submitted(office(), { field: 'CNTT', title: 'Việc đúng lĩnh vực' });

    for (const query of ['', '?agency=STTTT', '?unit=SNV', '?group=none', `?q=${encodeURIComponent('Việc')}`]) {
      const { items, total, groups, counts } = await done(as(name).get(`/appraisals${query}`));
      expect(items.map(({ id }: Json) => id)).to.deep.equal([own.id]);
      expect([total, counts.mine, groups.length]).to.deep.equal([1, 1, query.includes('none') ? 0 : 1]);
    }
    const whole = await done(as('appraiser.stttt').get('/appraisals'));
    expect(whole.items.map(({ id }: Json) => id)).to.include.members([own.id, here.submitted.id]);
  });

  it('S1: of others’ notifications mark nothing read', async () => {
    const most = '999999999999999999';
    const unread = async (name: string) => (await done(as(name).get('/notifications'))).unread;
    const before = await unread('unit.tpcl');
    expect(before).to.be.greaterThan(0);

    await done(as('unit.snv').post('/notifications/read', { upTo: most }));

    expect(await unread('unit.snv')).to.equal(0);
    expect(await unread('unit.tpcl')).to.equal(before);
  });

  it('S1: of tasks tell operators nothing of what the tasks are about', async () => {
    const told: string[] = [];
    for (const url of [
      '/operations',
      '/operations/timers?state=upcoming',
      '/operations/timers?state=due',
      `/operations/search?task=${here.task.code}`,
      '/operations/schedules',
      '/operations/workers',
      '/operations/panel-incidents',
      ...['timers', 'notify', 'mail', 'imports'].map((queue) => `/operations/queues/${queue}/failed`),
    ]) {
      const { status, text } = await as('operator').get(url);
      expect(status, url).to.equal(200);
      told.push(text);
    }
    expect(told.join()).to.include(here.task.code);
    for (const content of [here.task.title, elsewhere.task.title, 'Chỉ số tăng 3 bậc', '12/BC-SNV'])
      expect(told.join()).to.not.include(content);
  });

  it('S1: and keys of others replay nothing: a key belongs to who sent it', async () => {
    const key = randomUUID();
    const task = await assigned(office());
    const body = { transition: 'acknowledge' };
    await done(as('unit.snv').post(`/tasks/${task.id}/transitions`, body, { ifMatch: 1, key }));

    const other = await as('unit.tpcl').post(`/tasks/${task.id}/transitions`, body, { ifMatch: 1, key });

    expect([other.status, other.body.code]).to.deep.equal([404, 'task.not_found']);
    expect(other.headers.get('Idempotent-Replayed')).to.equal(null);
  });

  it('S1: in a body beside the address are refused, and change nothing', async () => {
    const task = await assigned(office());
    for (const more of [
      { id: elsewhere.task.id },
      { taskId: elsewhere.task.id },
      { programme: elsewhereCode },
      { actor: 'x' },
    ]) {
      const { status } = await as('unit.snv').post(
        `/tasks/${task.id}/transitions`,
        { transition: 'acknowledge', ...more },
        { ifMatch: task.version },
      );
      expect(status).to.equal(400);
    }
  });

  it('S1: of another programme are not for an aggregator: to assign in, import into, read of or freeze', async () => {
    const sheet = 'Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\nX-1;SNV;Nhập;STTTT\n';
    const answers = [
      await as('aggregator').post('/tasks', aTask({ programme: elsewhereCode })),
      await as('aggregator').post(`/imports?programme=${elsewhereCode}`, sheet, { type: 'text/csv' }),
      await as('aggregator').post(`/imports/preview?programme=${elsewhereCode}`, sheet, { type: 'text/csv' }),
      await as('aggregator').get(`/reports/statistics?programme=${elsewhereCode}`),
      await as('aggregator').post('/reports/runs', { programme: elsewhereCode }),
      // A programme that is not there tells no more than one that is.
      await as('aggregator').get('/reports/statistics?programme=CK9'),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).to.deep.equal(
      Array(answers.length).fill('403 permission.denied'),
    );
    expect((await as('aggregator').get(`/imports/${elsewhere.importRun}`)).status).to.equal(404);
    expect((await as('aggregator2').get(`/imports/${elsewhere.importRun}`)).status).to.equal(200);
  });
});
