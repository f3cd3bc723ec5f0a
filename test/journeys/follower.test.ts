// Letter 000, item 1: "phân công thành viên phòng theo dõi, nắm bắt … kịp thời báo cáo": the head names who follows, by their own
// hand; whoever follows sees their tasks, hears of them, and reports upward what blocks them.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, eventsOf } from '../support/tasks.ts';

describe('Who follows a task (letter 000, clauses 0.6 and 0.8)', () => {
  const office = suiteOffice({
    day: '2022-03-01',
    accounts: [
      { name: 'member.snv', memberships: [{ role: 'member', unit: 'SNV' }] },
      { name: 'second.snv', memberships: [{ role: 'member', unit: 'SNV' }] },
      { name: 'member.tpcl', memberships: [{ role: 'member', unit: 'TPCL' }] },
      { name: 'leaving.snv', memberships: [{ role: 'member', unit: 'SNV', validTo: '2022-04-01' }] },
      // The head of a room of the Office that has a field in charge, and one of its members.
      {
        name: 'head.room',
        memberships: [
          { role: 'head', unit: 'VPUBND' },
          { role: 'specialist', field: 'CCHC' },
        ],
      },
      { name: 'member.room', memberships: [{ role: 'member', unit: 'VPUBND' }] },
      { name: 'specialist.cchc', memberships: [{ role: 'specialist', field: 'CCHC' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const id = async (name: string): Promise<string> => (await done(as(name).get('/me'))).id;
  const mine = async (name: string, query = ''): Promise<string[]> =>
    (await done(as(name).get(`/tasks?follower=me&programme=CK${query}`))).items.map(({ code }: Json) => code);
  const naming = async (name: string, task: Json, follower: string | null, more: object = {}, asked: object = {}) =>
    as(name).post(
      `/tasks/${task.id}/follower`,
      { follower: follower === null ? null : await id(follower), ...more },
      { ifMatch: task.version, ...asked },
    );
  const toldOf = async (name: string, task: Json, kind: string): Promise<number> => {
    await office().workers.settle();
    const { items } = await done(as(name).get('/notifications'));
    return items.filter((item: Json) => item.taskId === task.id && item.kind === kind).length;
  };
  let task: Json;
  let other: Json;
  let elsewhere: Json;

  before(async () => {
    task = await acknowledged(office(), { code: 'T-1', field: 'CCHC' });
    other = await acknowledged(office(), { code: 'T-2', field: 'Y-TE' });
    elsewhere = await acknowledged(office(), { code: 'T-3', leadUnit: 'TPCL', field: 'CCHC' });
  });

  it('0.6: before anybody is named, a member of a unit sees no task at all', async () => {
    expect(await mine('member.snv')).to.deep.equal([]);
    expect((await done(as('member.snv').get('/tasks'))).items).to.deep.equal([]);
    for (const path of ['', '/events', '/deadlines'])
      expect((await as('member.snv').get(`/tasks/${task.id}${path}`)).status).to.equal(404);
  });

  it('0.6: the head of the unit chooses among their people and names one, who is told and sees the task', async () => {
    const { items: people } = await done(as('head.snv').get('/followers'));
    expect(people.map(({ name, unit }: Json) => [name, unit])).to.deep.include(['member.snv', 'SNV']);
    expect(people.map(({ name }: Json) => name)).to.not.include('member.tpcl');
    expect((await as('unit.snv').get('/followers')).status).to.equal(403);

    const key = randomUUID();
    const first = await naming('head.snv', task, 'member.snv', {}, { key });
    const again = await naming('head.snv', task, 'member.snv', {}, { key });

    expect([first.status, again.text]).to.deep.equal([200, first.text]);
    task = first.body;
    expect(task.followers).to.deep.equal([{ account: await id('member.snv'), unit: 'SNV', since: '2022-03-01' }]);
    const named = { account: await id('member.snv'), name: 'member.snv', unit: 'SNV', since: '2022-03-01' };
    for (const name of ['head.snv', 'member.snv', 'office'])
      expect((await done(as(name).get(`/tasks/${task.id}/followers`))).items, name).to.deep.equal([named]);
    expect((await as('second.snv').get(`/tasks/${task.id}/followers`)).status).to.equal(404);
    expect(await mine('member.snv')).to.deep.equal(['T-1']);
    expect((await done(as('member.snv').get(`/tasks/${task.id}`))).code).to.equal('T-1');
    expect((await as('member.snv').get(`/tasks/${other.id}`)).status).to.equal(404);
    expect(await toldOf('member.snv', task, 'follower_named')).to.equal(1);
    const { items } = await done(as('member.snv').get('/notifications'));
    expect(items[0].line).to.equal(
      '[Phân công theo dõi] Sở Nội vụ: Nâng cao chỉ số cải cách hành chính – từ ngày 01/03/2022',
    );
    const event = (await eventsOf(office(), task.id)).at(-1);
    expect([event.type, event.capacity, event.payload.previous]).to.deep.equal([
      'task.follower_named',
      'lead_unit.head',
      null,
    ]);
  });

  it('0.6: nobody but the head names, nobody of another unit is named, and to follow is not to do', async () => {
    for (const name of ['unit.snv', 'office', 'leader', 'member.snv'])
      expect((await naming(name, task, 'second.snv')).body.code, name).to.equal('permission.denied');
    expect((await naming('head.tpcl', task, 'member.tpcl')).status).to.equal(404);
    expect((await naming('head.snv', task, 'member.tpcl')).body.code).to.equal('follower.not_of_unit');
    expect((await naming('head.snv', task, 'specialist.cchc')).body.code).to.equal('follower.not_of_unit');
    expect((await naming('head.snv', task, 'second.snv', { unit: 'TPCL' })).body.code).to.equal('permission.denied');
    const stale = await naming('head.snv', { ...task, version: task.version - 1 }, 'second.snv');
    expect(stale.status).to.equal(412);
    for (const [path, body] of [
      ['progress', { progress: 50 }],
      ['extension-requests', { day: '2022-09-30', reason: 'x' }],
      ['transitions', { transition: 'submit', fields: { result: 'x', achieved: 1 } }],
      ['difficulties/1/answer', { answer: 'x' }],
    ] as const) {
      const { status, body: said } = await as('member.snv').post(`/tasks/${task.id}/${path}`, body, {
        ifMatch: task.version,
      });
      expect([status, said.code], path).to.deep.equal([403, 'permission.denied']);
    }
  });

  it('0.6: the head of a room names its member on what the room has in charge, beside the follower of the unit', async () => {
    const named = await done(naming('head.room', task, 'member.room'));

    expect(named.followers.map(({ unit }: Json) => unit)).to.deep.equal(['SNV', 'VPUBND']);
    expect(await mine('member.room')).to.deep.equal(['T-1']);
    expect((await naming('head.room', other, 'member.room')).status).to.equal(404);
    expect((await naming('head.room', named, 'member.snv')).body.code).to.equal('follower.not_of_unit');
    expect((await eventsOf(office(), task.id)).at(-1).capacity).to.equal('unit_head');
    task = named;
  });

  it('0.6: many tasks are given in one act, with a preview, and each stands or falls alone', async () => {
    const items = [task, other, elsewhere].map(({ id: each, version }) => ({ id: each, version }));
    const body = { follower: await id('second.snv'), items };
    const preview = await done(as('head.snv').post('/tasks/followers', { ...body, preview: true }));
    expect(await mine('second.snv')).to.deep.equal([]);
    const key = randomUUID();
    const given = await done(as('head.snv').post('/tasks/followers', body, { key }));
    const again = await done(as('head.snv').post('/tasks/followers', body, { key }));

    for (const { ok, failed } of [preview, given, again]) {
      expect(ok.map(({ code }: Json) => code)).to.deep.equal(['T-1', 'T-2']);
      if (failed[elsewhere.id]) expect(failed[elsewhere.id].code).to.equal('task.not_found');
    }
    expect(await mine('second.snv')).to.deep.equal(['T-1', 'T-2']);
    expect(await mine('member.snv')).to.deep.equal([]);
    expect((await as('member.snv').get(`/tasks/${task.id}`)).status).to.equal(404);
    expect(await toldOf('member.snv', task, 'follower_named')).to.equal(2);
    const { items: people } = await done(as('head.snv').get('/followers'));
    expect(people.find(({ name }: Json) => name === 'second.snv').following).to.equal(2);
  });

  it('0.6: the list and its file are filtered by who follows, now and as of a day', async () => {
    const second = await id('second.snv');
    office().clock.moveTo('2022-03-05');
    const present = await done(as('office').get(`/tasks/${task.id}`));
    await done(naming('head.snv', present, 'member.snv', { reason: 'Đồng chí đi học' }));
    const codes = async (query: string) =>
      (await done(as('office').get(`/tasks?programme=CK&${query}`))).items.map(({ code }: Json) => code);

    expect(await codes(`follower=${second}`)).to.deep.equal(['T-2']);
    expect(await codes(`follower=${second}&asOf=2022-03-04`)).to.deep.equal(['T-1', 'T-2']);
    expect(await codes(`follower=${second}&asOf=2022-03-05`)).to.deep.equal(['T-2']);
    const { text } = await as('office').get(`/tasks?programme=CK&follower=${second}&format=csv`);
    const rows: string[][] = parse(text, { bom: true, delimiter: ';', relax_column_count: true });
    const heading = rows[1] ?? [];
    expect(rows.slice(2).map((row) => [row[0], row[heading.indexOf('Người theo dõi')]])).to.deep.equal([
      ['T-2', 'second.snv'],
    ]);
    const { items } = await done(as('office').get('/tasks?programme=CK&q=T-1'));
    expect(items[0].followers.map(({ name }: Json) => name)).to.deep.equal(['member.snv', 'member.room']);
    const history = (await eventsOf(office(), task.id)).filter(({ type }) => type === 'task.follower_named');
    expect(history).to.have.length(4);
  });

  it('0.8: the follower writes down a difficulty on the unit’s behalf, with a fix, and it says who wrote it', async () => {
    const seen = await done(as('member.snv').get(`/tasks/${task.id}`));
    const reported = await done(
      as('member.snv').post(
        `/tasks/${task.id}/difficulties`,
        {
          cause: 'Phần mềm một cửa chưa liên thông',
          proposal: 'Giao Sở Thông tin và Truyền thông kết nối trong quý II',
          addressee: 'province',
          answerBy: '2022-03-20',
        },
        { ifMatch: seen.version },
      ),
    );

    expect(reported.difficulties[0]).to.include({ by: await id('member.snv'), capacity: 'follower' });
    for (const name of ['office', 'leader', 'specialist.cchc', 'head.snv', 'unit.snv', 'member.room'])
      expect(await toldOf(name, task, 'difficulty'), name).to.equal(1);
    const { items } = await done(as('office').get('/difficulties'));
    expect(items[0]).to.include({ byName: 'member.snv', capacity: 'follower' });
    const notTheirs = await as('member.snv').post(
      `/tasks/${other.id}/difficulties`,
      { cause: 'x', answerBy: '2022-03-20' },
      { ifMatch: 2 },
    );
    expect(notTheirs.status).to.equal(404);
  });

  it('0.8: the specialist of the field does so too, where they follow and nowhere else', async () => {
    const seen = await done(as('specialist.cchc').get(`/tasks/${elsewhere.id}`));
    const body = { cause: 'Địa phương thiếu nhân lực', proposal: 'Điều động tạm thời', answerBy: '2022-03-20' };
    const asked = { ifMatch: seen.version };

    const reported = await done(as('specialist.cchc').post(`/tasks/${elsewhere.id}/difficulties`, body, asked));
    expect(reported.difficulties[0].capacity).to.equal('specialist');
    expect(await toldOf('head.tpcl', elsewhere, 'difficulty')).to.equal(1);
    expect((await as('specialist.cchc').post(`/tasks/${other.id}/difficulties`, body, asked)).status).to.equal(404);
  });

  it('0.6: who leaves the unit follows no more, and the head takes a name away again', async () => {
    const leaving = await done(naming('head.snv', await done(as('head.snv').get(`/tasks/${other.id}`)), 'leaving.snv'));
    expect(await mine('leaving.snv')).to.deep.equal(['T-2']);
    office().clock.moveTo('2022-04-01');
    for (const path of ['', `/${other.id}`])
      expect((await as('leaving.snv').get(`/tasks${path}`)).status, path).to.equal(403);

    const bare = await done(naming('head.snv', leaving, null, { reason: 'Chuyển công tác' }));
    expect(bare.followers).to.deep.equal([]);
    expect((await naming('head.snv', bare, null)).body.pointer).to.equal('/follower');
  });
});
