import { expect } from 'chai';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The console in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('signs somebody in and shows the tasks of the demonstration', async () => {
    const { page, complaints } = await open.open();
    await page.goto('/tasks?programme=CK2022');
    await page.getByLabel('Thư điện tử').fill('office@demo.local');
    await page.getByLabel('Mật khẩu').fill('dondoc-demo');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('293 nhiệm vụ').waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).to.equal('294');
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
    expect(complaints.filter((text) => !text.includes('401'))).to.deep.equal([]);
  });
});
