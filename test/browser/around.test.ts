// What is around every page: quick search, notices, and signing in again in place.

import { expect } from 'chai';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, demoPassword, needsBrowser, openConsole } from './support/console.ts';

describe('Around every page', function () {
  this.timeout(180_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('C12: quick search finds tasks however they are typed, by keyboard alone, and gives the focus back', async () => {
    const { page, go, complaints } = await open.open('office');
    await go('/tasks');
    const button = page.getByRole('button', { name: 'Tìm trang, nhiệm vụ, đơn vị' });
    await button.focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('combobox', { name: 'Tìm trang, nhiệm vụ, đơn vị' });
    const options = page.getByRole('option');
    const found = async (typed: string): Promise<readonly string[]> => {
      const answer = page.waitForResponse((response) => response.url().includes('/api/v1/tasks?q='));
      await field.fill(typed);
      await answer;
      await options.first().waitFor();
      return options.allTextContents();
    };
    const plain = await found('giai ngan von');
    expect(plain.length).to.be.greaterThan(0);
    for (const title of plain) expect(title).to.match(/giải ngân/i);
    // The same question however it is typed: nothing more is asked, and nothing else is shown.
    for (const typed of ['GIẢI NGÂN VỐN', 'giải ngân vốn'.normalize('NFD'), '  Giải   ngân vốn ']) {
      await field.fill(typed);
      await page.waitForFunction((count) => document.querySelectorAll('[role=option]').length === count, plain.length);
      expect(await options.allTextContents(), typed).to.deep.equal(plain);
    }
    expect(await accessibilityProblems(page)).to.deep.equal([]);

    await field.fill('nhat ky');
    await page.getByText('Không tìm thấy gì phù hợp.').waitFor();
    await field.fill('bao cao dinh ky');
    await page.getByRole('option', { name: 'Báo cáo định kỳ', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    expect(await button.evaluate((node) => node === document.activeElement)).to.equal(true);

    await page.keyboard.press('Control+k');
    // Known by now, and not asked again.
    await field.fill('giai ngan von');
    await page.waitForFunction((count) => document.querySelectorAll('[role=option]').length === count, plain.length);
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator('[role=option][aria-selected=true]');
    expect(await field.getAttribute('aria-activedescendant')).to.equal(await chosen.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    expect(complaints).to.deep.equal([]);
  });

  it('a notice for somebody shows at once, opens its task, and all are read with one press', async () => {
    const { page, go, complaints, context } = await open.open('head.snv', { viewport: { width: 360, height: 740 } });
    await go('/tasks');
    const before: { unread: number } = await (await context.request.get('/api/v1/notifications?limit=1')).json();
    while (open.composition.live.listening() === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const bell = (count: number) => page.getByRole('button', { name: `Thông báo: ${count}`, exact: true });
    await bell(before.unread).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await open.composition.pool.query(
      `insert into notification (account_id, task_id, event_seq, kind, urgency, created_at)
       select a.id, e.task_id, e.seq, 'notify', 'digest', now() from account a, task t join task_event e on e.task_id = t.id
       where a.email = 'head.snv@demo.local' and t.lead_unit = 'SNV' and not exists (
         select from notification n where n.account_id = a.id and n.task_id = e.task_id and n.event_seq = e.seq)
       order by e.recorded_at desc limit 1`,
    );
    await bell(before.unread + 1).click();
    const drawer = page.getByRole('dialog', { name: 'Thông báo' });
    await drawer.getByRole('listitem').first().waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    expect(await sidewaysScroll(page)).to.be.at.most(0);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-notices.png` });
    await drawer.getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).click();
    await drawer.getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).waitFor({ state: 'detached' });
    await drawer.getByRole('link').first().click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    await drawer.waitFor({ state: 'detached' });
    await bell(0).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('C17: a session that ends while somebody types is opened again in place: the text stays, and is sent once', async () => {
    const { page, go, context } = await open.open('leader');
    await go('/tasks?programme=CK2022');
    await page.getByRole('button', { name: 'Lưu bộ lọc' }).click();
    await page.getByLabel('Tên bộ lọc').fill('Việc tôi đang xem');
    await context.clearCookies();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/me/views'))
        sent.push(request.headers()['idempotency-key'] ?? '');
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Lưu', exact: true }).click();
    const again = page.getByRole('dialog', { name: 'Phiên làm việc đã hết' });
    await again.getByLabel('Thư điện tử').fill('leader@demo.local');
    await again.getByLabel('Mật khẩu').fill(demoPassword);
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await again.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('link', { name: 'Việc tôi đang xem' }).waitFor();
    expect(await page.getByRole('dialog').count()).to.equal(0);
    expect(sent).to.have.length(2);
    expect(new Set(sent).size).to.equal(1);
    const { items } = await (await context.request.get('/api/v1/me/views')).json();
    expect(items.map(({ name }: { name: string }) => name)).to.deep.equal(['Việc tôi đang xem']);
  });
});
