import { expect } from 'chai';
import { type Inbox, inbox } from '../../../../src/adapters/db/queries/inbox.ts';
import { type Office, openOffice, type Person } from '../../../support/office.ts';
import { zone } from '../../../support/world.ts';

describe('The inbox', () => {
  let office: Office;
  let clerk: Person;
  let head: Person;
  let focal: Person;
  let box: Inbox;
  before(async () => {
    office = await openOffice('2022-06-06');
    clerk = await office.person('Chuyên viên', { role: 'office' });
    head = await office.person('Giám đốc', { role: 'head', unit: 'SNV' });
    focal = await office.person('Đầu mối', { role: 'focal_point', unit: 'SNV' });
    box = inbox(office.pool, zone);
    for (let index = 1; index <= 5; index += 1)
      await office.assign(clerk, { kind: 'on_or_before', day: '2022-06-30' }, { title: `Việc ${index}` });
    await office.tellAll();
  });
  after(() => office.close());

  const page = (after?: string, unread = false) => box.list({ accountId: focal.id, limit: 2, after, unread });

  it('lists newest first, page by page, with the line people read', async () => {
    const first = await page();
    const second = await page(first.next ?? undefined);
    const third = await page(second.next ?? undefined);

    expect([first, second, third].map(({ items }) => items.map(({ taskTitle }) => taskTitle))).to.deep.equal([
      ['Việc 5', 'Việc 4'],
      ['Việc 3', 'Việc 2'],
      ['Việc 1'],
    ]);
    expect(third.next).to.equal(null);
    expect(first).to.include({ total: 5, unread: 5 });
    expect(first.items[0]).to.include({
      kind: 'assigned',
      eventType: 'task.assigned',
      programme: 'P1',
      line: '[Mới giao] Sở Nội vụ: Việc 5 – hạn 30/06/2022',
      readAt: null,
    });
  });

  it('keeps the line that was true on the day people were told', async () => {
    office.clock.moveTo('2022-06-23', '08:05');
    await office.tellAll();
    const [reminder] = (await page()).items;
    office.clock.moveTo('2022-07-05', '08:00');

    expect((await page()).items[0]?.line).to.equal(reminder?.line);
    expect(reminder?.line).to.contain('[Sắp đến hạn 7 ngày]');
  });

  it('marks one as read, once, and only for its owner', async () => {
    const [item] = (await page()).items;
    const first = office.clock.now();
    expect(await box.markRead(head.id, item?.id ?? '', first)).to.equal(false);
    expect(await box.markRead(focal.id, item?.id ?? '', first)).to.equal(true);
    office.clock.advance(60_000);
    expect(await box.markRead(focal.id, item?.id ?? '', office.clock.now())).to.equal(true);

    expect((await page()).items[0]?.readAt).to.deep.equal(first);
    expect((await page(undefined, true)).items.map(({ id }) => id)).to.not.include(item?.id);
    expect(await box.unread(focal.id)).to.equal((await page()).unread);
  });

  it('marks all up to the one seen, and leaves what came after and what others have', async () => {
    await office.tellAll();
    const seen = (await page()).items[1]?.id ?? '';
    const others = await box.unread(head.id);

    await box.markRead(focal.id, seen, office.clock.now());
    const marked = await box.markAllRead(focal.id, seen, office.clock.now());
    await office.assign(clerk, { kind: 'on_or_before', day: '2022-12-16' }, { title: 'Đến sau' });
    await office.tellAll();

    expect(marked).to.be.greaterThan(0);
    expect((await page(undefined, true)).items.map(({ taskTitle }) => taskTitle)).to.deep.equal(['Đến sau']);
    expect(await box.unread(head.id)).to.equal(others + 1);
  });
});
