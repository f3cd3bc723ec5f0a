import { expect } from 'chai';
import { type Console, needsBrowser, openConsole, settled } from './support/console.ts';

describe('Saved views of the list of tasks, in a browser', function () {
  this.timeout(120_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('are tabs: the office saves one for everybody, a leader opens it, and C13: the address says the same rows', async () => {
    const office = await open.open('office');
    await office.go('/tasks?programme=CK2022');
    const { page } = office;
    const { total } = await (
      await office.context.request.get('/api/v1/tasks?programme=CK2022&category=done&limit=1')
    ).json();
    expect(total).to.be.greaterThan(50).and.lessThan(293);
    const found = `${total} nhiệm vụ`;
    await page.getByRole('combobox', { name: 'Trạng thái' }).selectOption('done');
    await page.getByText(found).waitFor();
    await page.getByRole('button', { name: 'Lưu bộ lọc' }).click();
    await page.getByLabel('Tên bộ lọc').fill('Cam kết 2022 đã hoàn thành');
    await page.getByLabel('Dùng cho').selectOption('Mọi người');
    await page.getByRole('dialog').getByRole('button', { name: 'Lưu', exact: true }).click();
    const tab = page.getByRole('navigation', { name: 'Bộ lọc đã lưu' }).getByRole('link', { name: /đã hoàn thành/ });
    await tab.waitFor();
    expect(await tab.getAttribute('aria-current')).to.equal('page');
    expect(await page.getByRole('button', { name: 'Lưu bộ lọc' }).count()).to.equal(0);

    const leader = await open.open('leader');
    await leader.go('/tasks');
    await leader.page.getByRole('link', { name: /Cam kết 2022 đã hoàn thành \(dùng chung\)/ }).click();
    await leader.page.getByText(found).waitFor();
    const address = leader.page.url();
    await leader.page.goto(address);
    await settled(leader.page);
    await leader.page.getByText(found).waitFor();
    expect(await leader.page.getByRole('button', { name: 'Xóa bộ lọc đang mở' }).count()).to.equal(0);

    await page.getByRole('button', { name: 'Xóa bộ lọc đang mở' }).click();
    await tab.waitFor({ state: 'detached' });
    await page.getByText('293 nhiệm vụ').waitFor();
    await page.getByRole('link', { name: 'Quá hạn' }).click();
    await page.waitForURL(/deadline=overdue/);
    expect([...office.complaints, ...leader.complaints]).to.deep.equal([]);

    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(360);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-360.png` });
    await page.setViewportSize({ width: 1366, height: 768 });
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}.png` });
  });
});
