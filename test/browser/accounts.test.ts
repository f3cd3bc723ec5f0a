// Accounts as administrators keep them: added, given roles for a time, and ended with their duties handed over.

import { expect } from 'chai';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('Accounts in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('an administrator adds somebody with a role for a time, who signs in, and changes the role with a reason', async function () {
    this.timeout(120_000);
    const { page, go, complaints, context } = await open.open('admin');
    await go('/admin/accounts');
    await page.getByRole('button', { name: 'Thêm tài khoản' }).click();
    const drawer = page.getByRole('dialog', { name: 'Thêm tài khoản' });
    const send = drawer.getByRole('button', { name: 'Thêm tài khoản' });
    await send.click();
    await drawer.getByText('Địa chỉ thư điện tử chưa đúng.').waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await drawer.getByLabel('Họ và tên').fill('Nguyễn Thị Hạnh Đào');
    await drawer.getByLabel('Thư điện tử').fill('dao@demo.local');
    await drawer.getByLabel('Mật khẩu ban đầu').fill('trao tận tay 2026');
    await drawer.getByLabel('Đơn vị').fill('so noi vu');
    await drawer.getByRole('option', { name: 'Sở Nội vụ' }).click();
    await drawer.getByLabel('Từ ngày').fill('1/1/2020');
    await drawer.getByLabel('Đến hết ngày').fill('31/12/2030');
    await send.click();
    const detail = page.getByRole('dialog', { name: 'Nguyễn Thị Hạnh Đào' });
    await detail.getByText('Đầu mối đơn vị · Sở Nội vụ · từ 01/01/2020 · đến hết 31/12/2030').waitFor();
    const signedIn = await context.request.post('/api/v1/sessions', {
      data: { email: 'dao@demo.local', password: 'trao tận tay 2026' },
      headers: { cookie: '' },
    });
    expect(signedIn.status()).to.equal(201);
    // That answer gave this browser the other's session.
    await context.clearCookies();
    await context.request.post('/api/v1/sessions', { data: { email: 'admin@demo.local', password: 'dondoc-demo' } });

    await detail.getByRole('button', { name: 'Sửa vai trò' }).click();
    const roles = page.getByRole('dialog', { name: /^Sửa vai trò/ });
    await roles.getByLabel('Vai trò', { exact: false }).first().selectOption('head');
    await roles.getByRole('button', { name: 'Thêm vai trò' }).click();
    await roles.getByRole('button', { name: 'Thực hiện và ghi nhật ký' }).click();
    await roles.getByText('Bắt buộc nhập.').first().waitFor();
    await roles.getByRole('button', { name: 'Bỏ vai trò 2' }).click();
    await roles.getByLabel('Lý do').fill('Quyết định bổ nhiệm số 12/QĐ-UBND');
    await roles.getByRole('button', { name: 'Thực hiện và ghi nhật ký' }).click();
    await detail.getByText('Thủ trưởng đơn vị · Sở Nội vụ · từ 01/01/2020 · đến hết 31/12/2030').waitFor();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).to.equal('');

    await page.getByRole('searchbox').fill('hanh dao');
    await page.getByText('1 tài khoản', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).to.equal('hanh dao');
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('whoever has open work is deactivated only once somebody takes it, and can be let in again', async function () {
    this.timeout(120_000);
    const { page, go, context } = await open.open('admin');
    await go('/admin/accounts?q=unit.snv');
    const grid = page.getByRole('grid');
    await grid.getByText('unit.snv@demo.local').waitFor();
    await grid.focus();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('dialog').first();
    await detail.getByRole('button', { name: 'Ngừng hoạt động' }).click();
    const dialog = page.getByRole('dialog', { name: /^Ngừng hoạt động/ });
    await dialog.getByLabel('Lý do').fill('Nghỉ hưu theo chế độ');
    await dialog.getByRole('button', { name: 'Thực hiện và ghi nhật ký' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByText(/Đầu mối đơn vị · Sở Nội vụ: \d+ nhiệm vụ đang mở/).waitFor();
    await dialog.getByRole('button', { name: 'Bàn giao và ngừng hoạt động' }).click();
    await dialog.getByText('Bắt buộc nhập.').waitFor();
    await dialog.getByLabel('Người nhận bàn giao').fill('thu truong snv');
    await dialog.getByRole('option').first().click();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/accounts-duties.png` });
    await dialog.getByRole('button', { name: 'Bàn giao và ngừng hoạt động' }).click();
    await detail.getByText('Ngừng hoạt động', { exact: true }).waitFor();
    await detail.getByRole('button', { name: 'Cho hoạt động lại' }).click();
    const again = page.getByRole('dialog', { name: /^Cho hoạt động lại/ });
    await again.getByLabel('Lý do').fill('Ghi nhầm người');
    await again.getByRole('button', { name: 'Thực hiện và ghi nhật ký' }).click();
    await detail.getByText('Đang hoạt động', { exact: true }).waitFor();
    await context.close();
  });

  it('an auditor sees them, with the reason why nothing can be changed; neat in light and dark, wide and at 360 px', async function () {
    this.timeout(120_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const { page, go, context, complaints } = await open.open('auditor', {
          viewport: { width, height: 768 },
          settings: { theme },
        });
        await go('/admin/accounts');
        await page.getByText('Chỉ xem: việc thêm và sửa tài khoản thuộc vai trò Quản trị.').waitFor();
        await page.locator('[role=row] .second-line').first().waitFor();
        expect(await page.getByRole('button', { name: 'Thêm tài khoản' }).count()).to.equal(0);
        expect(await accessibilityProblems(page), `${theme} ${width}`).to.deep.equal([]);
        expect(await sidewaysScroll(page), `${theme} ${width}`).to.be.at.most(0);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/accounts-${theme}-${width}.png` });
        expect(complaints).to.deep.equal([]);
        await context.close();
      }
  });
});
