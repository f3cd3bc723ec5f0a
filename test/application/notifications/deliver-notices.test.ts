import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Task } from '../../../src/domain/workflow/task.ts';
import { decision, type Office, openOffice, type Person } from '../../support/office.ts';

describe('Telling people of what happened', () => {
  let office: Office;
  let clerk: Person;
  let head: Person;
  let focal: Person;
  let appraiser: Person;
  let leader: Person;
  beforeEach(async () => {
    // Monday
    office = await openOffice('2022-01-10');
    clerk = await office.person('Chuyên viên', { role: 'office' });
    head = await office.person('Giám đốc', { role: 'head', unit: 'SNV' });
    focal = await office.person('Đầu mối', { role: 'focal_point', unit: 'SNV' });
    appraiser = await office.person('Thẩm định', { role: 'appraiser', unit: 'STTTT' });
    leader = await office.person('Lãnh đạo', { role: 'leader' });
    await office.person('Giám đốc sở khác', { role: 'head', unit: 'SKHDT' });
  });
  afterEach(() => office.close());

  const assigned = () => office.assign(clerk, { kind: 'on_or_before', day: '2022-06-16' });
  const submitted = async (): Promise<Task> => {
    const known = await office.change(await assigned(), focal, { type: 'transition', transition: 'acknowledge' });
    return office.change(known, focal, { type: 'transition', transition: 'submit', evidence: [{ title: 'Báo cáo' }] });
  };
  const returned = async (): Promise<Task> =>
    office.change(await submitted(), appraiser, { type: 'transition', transition: 'return', reason: 'Thiếu số liệu' });
  const kindsOf = async (person: Person) => (await office.notificationsOf(person)).map(({ kind }) => kind);

  it('tells the lead unit of a new task and nobody else', async () => {
    await assigned();
    await office.tellAll();

    expect(await kindsOf(head)).to.deep.equal(['assigned']);
    expect(await kindsOf(focal)).to.deep.equal(['assigned']);
    const { rows } = await office.pool.query('select count(*)::integer as count from notification');
    expect(rows[0].count).to.equal(2);
    expect(await office.left('notify')).to.deep.equal([]);
  });

  it('tells the appraising agency of a submission, the lead unit of the answer', async () => {
    await returned();
    await office.tellAll();

    expect(await kindsOf(appraiser)).to.deep.equal(['to_appraise']);
    expect(await kindsOf(head)).to.deep.equal(['assigned', 'returned']);
  });

  it('does not tell people what they did themselves', async () => {
    const both = await office.person('Kiêm nhiệm', { role: 'office' }, { role: 'head', unit: 'SNV' });
    const task = await assigned();
    await office.change(task, both, { type: 'transition', transition: 'stop', document: decision });
    await office.tellAll();

    expect(await kindsOf(both)).to.deep.equal(['assigned']);
    expect(await kindsOf(head)).to.deep.equal(['assigned', 'stopped']);
  });

  it('does not tell those who are no longer active', async () => {
    await office.pool.query('update account set active = false where id = $1', [head.id]);
    await assigned();
    await office.tellAll();

    expect(await kindsOf(head)).to.deep.equal([]);
    expect(await kindsOf(focal)).to.deep.equal(['assigned']);
  });

  it('lets a timer tell the roles its rule names', async () => {
    await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-24', '08:00');
    await office.tellAll();

    expect(await kindsOf(clerk)).to.deep.equal(['escalate']);
    expect(await kindsOf(leader)).to.deep.equal([]);
  });

  it('tells each person once, however often and by however many workers the batch is run', async () => {
    for (let count = 0; count < 30; count += 1) await assigned();
    await returned();
    const ids = await office.due('notify');

    await Promise.all([office.deliver(ids), office.deliver(ids.toReversed()), office.deliver(ids)]);
    await office.deliver(ids);

    expect(await kindsOf(head)).to.have.length(32);
    expect((await office.mailsOf(head)).map(({ reason }) => reason)).to.have.length(1);
    expect(await office.left('mail')).to.have.length(2);
  });

  it('mails a return at once, and nothing that can wait', async () => {
    await returned();
    await office.tellAll();

    const [mail, ...more] = await office.mailsOf(focal);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal('[Trả lại] Sở Nội vụ: Nâng chỉ số cải cách hành chính – lý do: Thiếu số liệu');
    expect((await office.left('mail')).map(({ due_at }) => due_at)).to.deep.equal([
      office.clock.now(),
      office.clock.now(),
    ]);
    expect(await office.mailsOf(appraiser)).to.deep.equal([]);
  });

  it('holds a mail of Friday evening back until Monday morning', async () => {
    office.clock.moveTo('2022-01-14', '19:00');
    await returned();
    await office.tellAll();

    const [intention] = await office.left('mail');
    expect(intention?.due_at.toISOString()).to.equal('2022-01-17T00:00:00.000Z');
  });

  it('mails nobody more than five times an hour, even when they were all held back by the night', async () => {
    office.clock.moveTo('2022-01-10', '20:00');
    for (let count = 0; count < 4; count += 1) await returned();
    await office.tellAll();
    office.clock.moveTo('2022-01-10', '23:00');
    for (let count = 0; count < 3; count += 1) await returned();
    await office.tellAll();

    expect(await office.mailsOf(head)).to.have.length(5);
    const surplus = (await office.notificationsOf(head)).filter(
      ({ urgency, mail_id }) => urgency === 'now' && mail_id === null,
    );
    expect(surplus).to.have.length(2);

    office.clock.moveTo('2022-01-11', '09:00');
    await returned();
    await office.tellAll();
    expect(await office.mailsOf(head)).to.have.length(6);
  });

  it('keeps to the limit when two workers tell the same person at once', async () => {
    for (let count = 0; count < 12; count += 1) await returned();
    const ids = await office.due('notify');
    const odd = ids.filter((_, index) => index % 2 === 1);
    const even = ids.filter((_, index) => index % 2 === 0);

    await Promise.all([office.deliver(odd), office.deliver(even)]);

    expect(await office.mailsOf(head)).to.have.length(5);
    expect(await office.mailsOf(focal)).to.have.length(5);
    expect(office.complaints).to.deep.equal([]);
    expect(await office.left('notify')).to.deep.equal([]);
  });

  it('plans no mail when there is no mail server', async () => {
    await office.close();
    office = await openOffice('2022-01-10', { mailEnabled: false });
    clerk = await office.person('Chuyên viên', { role: 'office' });
    head = await office.person('Giám đốc', { role: 'head', unit: 'SNV' });
    focal = await office.person('Đầu mối', { role: 'focal_point', unit: 'SNV' });
    appraiser = await office.person('Thẩm định', { role: 'appraiser', unit: 'STTTT' });

    await returned();
    await office.tellAll();

    expect(await kindsOf(head)).to.deep.equal(['assigned', 'returned']);
    expect(await office.mailsOf(head)).to.deep.equal([]);
    office.clock.moveTo('2022-01-11', '08:30');
    expect(await office.digest('2022-01-11')).to.equal(0);
  });

  it('lets a row that names no event wait by itself and holds up nobody', async () => {
    const task = await assigned();
    await office.pool.query(
      `insert into intention (queue, kind, task_id, payload, due_at, ready_at)
       select 'notify', 'notify', $1, payload::jsonb, $2, $2
       from unnest(array['{"seq": 99}', '{"seq": "x"}', '{}', '{"seq": 99999999999}']) as payload`,
      [task.id, office.clock.now()],
    );
    await office.deliver(await office.due('notify'));

    expect(await kindsOf(head)).to.deep.equal(['assigned']);
    const left = await office.left('notify');
    expect(left.map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1, 1]);
    expect(left[0]?.last_error).to.contain('not there');
  });

  it('writes what it can when one row of the batch cannot be written', async () => {
    const tasks = [await assigned(), await assigned(), await assigned()];
    await office.pool.query(
      `create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$`,
    );
    await office.pool.query(
      `create trigger poison before insert on notification for each row when (new.task_id = '${tasks[1]?.id ?? randomUUID()}')
       execute function refuse_poison()`,
    );

    await office.deliver(await office.due('notify'));

    expect(await kindsOf(head)).to.have.length(2);
    const left = await office.left('notify');
    expect(left).to.have.length(1);
    expect(left[0]?.last_error).to.contain('poison');
  });
});
