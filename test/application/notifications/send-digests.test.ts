import { expect } from 'chai';
import type { Task } from '../../../src/domain/workflow/task.ts';
import { decision, type Office, openOffice, type Person } from '../../support/office.ts';

describe('The digest of a working morning', () => {
  let office: Office;
  let clerk: Person;
  let head: Person;
  let focal: Person;
  let appraiser: Person;
  beforeEach(async () => {
    // Monday
    office = await openOffice('2022-06-06');
    clerk = await office.person('Chuyên viên', { role: 'office' });
    head = await office.person('Trần Thị Hường', { role: 'head', unit: 'SNV' });
    focal = await office.person('Đầu mối', { role: 'focal_point', unit: 'SNV' });
    appraiser = await office.person('Thẩm định', { role: 'appraiser', unit: 'STTTT' });
  });
  afterEach(() => office.close());

  const assigned = (day = '2022-06-16', title = 'Nâng chỉ số cải cách hành chính') =>
    office.assign(clerk, { kind: 'on_or_before', day }, { title });
  const known = async (task: Task) => office.change(task, focal, { type: 'transition', transition: 'acknowledge' });
  const submitted = async (task: Task) =>
    office.change(task, focal, { type: 'transition', transition: 'submit', evidence: [{ title: 'Báo cáo' }] });
  const reasonsOf = async (person: Person) => (await office.mailsOf(person)).map(({ reason }) => reason);

  it('is one mail per person with what waits for them, in groups', async () => {
    await known(await assigned('2022-06-07', 'Trễ một'));
    await known(await assigned('2022-06-14', 'Sắp tới'));
    const submittedTask = await submitted(await known(await assigned('2022-06-30', 'Đã trình')));
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');
    await office.tellAll();
    await office.digest('2022-06-07');
    await office.mailGoesOut();
    office.clock.moveTo('2022-06-08', '08:30');
    await assigned('2022-12-16', 'Việc mới');
    await office.tellAll();

    expect(await office.digest('2022-06-08')).to.equal(2);

    const [, mail] = await office.mailsOf(head);
    expect(mail?.reason).to.equal('digest/2022-06-08');
    expect(mail?.subject).to.equal('[Nhắc việc] Ngày 08/06/2022: 01 quá hạn, 01 mới giao');
    expect(mail?.body).to.contain('Kính gửi Ông/Bà Trần Thị Hường,');
    expect(mail?.body).to.contain('1. QUÁ HẠN (01)\n- [Quá hạn 1 ngày] Sở Nội vụ: Trễ một – hạn 07/06/2022.');
    expect(mail?.body).to.contain('2. MỚI GIAO (01)\n- [Mới giao] Sở Nội vụ: Việc mới – hạn 16/12/2022.');
    const [first] = await office.mailsOf(appraiser);
    expect(first?.subject).to.equal('[Chờ thẩm định] Sở Nội vụ: Đã trình – trình ngày 06/06/2022');
    expect(first?.body).to.contain(`https://dondoc.example.vn/tasks/${submittedTask.id}`);
  });

  it('is planned once, however often and by however many workers', async () => {
    for (let count = 0; count < 5; count += 1) await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');

    const planned = await Promise.all([1, 2, 3, 4].map(() => office.digest('2022-06-07')));
    const again = await office.digest('2022-06-07');

    expect(planned.reduce((sum, count) => sum + count, 0)).to.equal(2);
    expect(again).to.equal(0);
    expect(await reasonsOf(head)).to.deep.equal(['digest/2022-06-07']);
    expect(await office.left('mail')).to.have.length(2);
  });

  it('leaves to the next morning what came after it', async () => {
    await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');
    await office.digest('2022-06-07');
    await office.mailGoesOut();
    await assigned('2022-12-16', 'Đến sau');
    await office.tellAll();

    expect(await office.digest('2022-06-07')).to.equal(0);
    office.clock.moveTo('2022-06-08', '08:30');
    expect(await office.digest('2022-06-08')).to.equal(2);
    expect((await office.mailsOf(head)).at(-1)?.subject).to.contain('Đến sau');
  });

  it('is not sent when there is nothing to say', async () => {
    office.clock.moveTo('2022-06-07', '08:30');

    expect(await office.digest('2022-06-07')).to.equal(0);
  });

  it('is not sent on a Sunday nor on a holiday, and the next working morning has it all', async () => {
    await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-12', '08:30');
    expect(await office.digest('2022-06-12')).to.equal(0);
    office.clock.moveTo('2022-06-13', '08:30');
    expect(await office.digest('2022-06-13')).to.equal(2);

    // Quốc khánh: Thursday the 1st and Friday the 2nd are off.
    office.clock.moveTo('2022-08-31', '15:00');
    await assigned('2022-12-16');
    await office.tellAll();
    for (const holiday of ['2022-09-01', '2022-09-02']) {
      office.clock.moveTo(holiday, '08:30');
      expect(await office.digest(holiday)).to.equal(0);
    }
    office.clock.moveTo('2022-09-05', '08:30');
    await office.digest('2022-09-05');
    expect((await reasonsOf(head)).at(-1)).to.equal('digest/2022-09-05');
  });

  it('is not sent late at night when the day was missed; the next working morning has it all', async () => {
    await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '19:00');
    expect(await office.digest('2022-06-07')).to.equal(0);
    office.clock.moveTo('2022-06-08', '08:30');
    expect(await office.digest('2022-06-08')).to.equal(2);
  });

  it('leaves out what was read in the program, and what no longer matters', async () => {
    const read = await assigned('2022-06-13', 'Đã đọc');
    const ended = await assigned('2022-06-13', 'Đã dừng');
    await office.tellAll();
    await office.pool.query('update notification set read_at = $2 where task_id = $1', [read.id, office.clock.now()]);
    await office.change(ended, clerk, { type: 'transition', transition: 'stop', document: decision });
    await office.tellAll();
    await office.mailGoesOut();
    office.clock.moveTo('2022-06-07', '08:30');
    // The stop went out at once.
    expect(await office.digest('2022-06-07')).to.equal(0);
  });

  it('takes up what was too much for mails at once', async () => {
    for (let count = 0; count < 7; count += 1) {
      const task = await assigned('2022-12-16', `Việc ${count}`);
      await office.change(task, clerk, { type: 'transition', transition: 'stop', document: decision });
    }
    await office.tellAll();
    await office.mailGoesOut();
    office.clock.moveTo('2022-06-07', '08:30');
    await office.digest('2022-06-07');

    const mails = await office.mailsOf(head);
    expect(mails.filter(({ reason }) => reason.startsWith('now/'))).to.have.length(5);
    expect(mails.at(-1)?.subject).to.equal('[Nhắc việc] Ngày 07/06/2022: 02 kết quả và quyết định');
  });

  it('is one mail per person after three days in which nothing ran', async () => {
    for (let count = 0; count < 40; count += 1) await known(await assigned('2022-06-07', `Việc ${count}`));
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');
    await office.tellAll();
    await office.digest('2022-06-07');
    await office.mailGoesOut();
    const before = (await office.mailsOf(head)).length;

    // Urged on the 8th, escalated on the 14th, urged again on the 21st: one event, one mail.
    office.clock.moveTo('2022-06-22', '08:20');
    await office.tellAll();
    await office.digest('2022-06-22');

    expect(await office.mailsOf(head)).to.have.length(before + 1);
    const last = (await office.mailsOf(head)).at(-1);
    expect(last?.subject).to.equal('[Nhắc việc] Ngày 22/06/2022: 40 quá hạn');
    expect(last?.body.match(/^- \[Quá hạn 15 ngày\]/gmu)).to.have.length(40);
  });

  it('folds in what a mail server that was away for days could not take: one mail per person', async () => {
    for (const day of ['2022-06-07', '2022-06-08', '2022-06-09']) {
      await assigned('2022-12-16', `Việc của ${day}`);
      await office.tellAll();
      office.clock.moveTo(day, '08:30');
      await office.digest(day);
    }

    const mails = await office.mailsOf(head);
    expect(mails.map(({ reason }) => reason)).to.deep.equal(['digest/2022-06-09']);
    expect(mails[0]?.subject).to.equal('[Nhắc việc] Ngày 09/06/2022: 03 mới giao');
    expect(await office.left('mail')).to.have.length(2);
  });

  it('names demonstration data as such', async () => {
    await office.pool.query('update programme set illustrative = true');
    await assigned();
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');
    await office.digest('2022-06-07');

    expect((await office.mailsOf(head))[0]?.body).to.contain('Dữ liệu minh họa: Chương trình công tác năm 2022.');
  });
});
