// Which days count and why, and the programmes with how their rates are told.

import { expect } from 'chai';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The calendar and the programmes in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('a year shows days off and make-up days by letter, shape and word, each with its source, and others are one step away', async function () {
    this.timeout(90_000);
    const { page, go, complaints, context } = await open.open('office');
    await go('/admin/calendar?year=2025');
    await page.getByText('Chỉ xem: lịch do người vận hành nạp').waitFor();
    expect(await page.locator('table.month').count()).to.equal(12);
    const holiday = page.locator('table.month').nth(8).locator('td.holiday').filter({ hasText: /^2L/ });
    expect(await holiday.getAttribute('title')).to.contain('Quốc khánh');
    expect(await holiday.locator('.day-sign').textContent()).to.equal('L');
    expect(await page.locator('td.make_up').count()).to.be.greaterThan(0);
    // As many rows as the API has days of the year, each with a source in words.
    const rows = page.locator('section.table-box tbody tr');
    const body = await (await context.request.get('/api/v1/calendars/vn')).json();
    expect(await rows.count()).to.equal(
      body.days.filter(({ date }: { readonly date: string }) => date.startsWith('2025-')).length,
    );
    expect(await rows.locator('td:last-child').allTextContents()).to.not.include('');
    expect(await page.locator('main').textContent()).to.not.match(/\d{4}-\d{2}-\d{2}/);
    await page.getByRole('button', { name: 'Năm 2026, sau' }).click();
    await page.waitForURL(/year=2026/);
    await page.getByRole('heading', { name: 'Ngày nghỉ và ngày làm bù năm 2026' }).waitFor();
    await go('/admin/calendar?year=2031');
    await page.getByText('Lịch chưa có dữ liệu của năm này').waitFor();
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('an administrator opens a programme and sets how its rates are told; others read it', async function () {
    this.timeout(120_000);
    const { page, go, complaints, context } = await open.open('admin');
    await go('/admin/calendar?tab=programmes');
    await page.getByRole('button', { name: 'Lập chương trình' }).click();
    const form = page.getByRole('dialog', { name: 'Lập chương trình' });
    const send = form.getByRole('button', { name: 'Lập chương trình' });
    await send.click();
    await form.getByText('Mã gồm chữ cái, chữ số').waitFor();
    await form.getByLabel('Tên chương trình').fill('Cam kết hành động năm 2027');
    await form.getByRole('textbox', { name: 'Mã', exact: true }).fill('CK2027');
    await form.getByRole('textbox', { name: 'Năm', exact: true }).fill('2027');
    await form.getByLabel('Quy trình').selectOption('commitment');
    await form.getByLabel('Số, ký hiệu').fill('01/KH-UBND');
    await send.click();
    await form.getByText('Bắt buộc nhập.').first().waitFor();
    await form.getByLabel('Cơ quan ban hành').fill('UBND Tỉnh');
    await form.getByLabel('Ngày ban hành').fill('5/1/2026');
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await send.click();
    const drawer = page.getByRole('dialog', { name: 'Cam kết hành động năm 2027' });
    await drawer.getByText('01/KH-UBND, 05/01/2026, UBND Tỉnh').waitFor();
    await drawer.getByText('Chưa lập kế hoạch giai đoạn.').waitFor();
    expect(await drawer.getByRole('button', { name: /Lưu cách tính/ }).getAttribute('aria-disabled')).to.equal('true');
    await drawer.getByLabel('Tính trên').selectOption('fallen_due');
    await drawer.getByLabel('Số chữ số thập phân').selectOption('2');
    await drawer.getByLabel('Làm tròn').selectOption('truncate');
    await drawer.getByRole('button', { name: /Lưu cách tính/ }).click();
    await page.getByText('Đã lưu cách tính tỷ lệ.').waitFor();
    await page.getByText('đầu việc đã đến hạn · 2 chữ số thập phân · cắt bỏ phần dư').waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/calendar-programme.png` });
    await context.close();

    const other = await open.open('office');
    await other.go('/admin/calendar?tab=programmes&open=CK2027');
    const read = other.page.getByRole('dialog', { name: 'Cam kết hành động năm 2027' });
    await read.getByText('đầu việc đã đến hạn · 2 chữ số thập phân · cắt bỏ phần dư').waitFor();
    expect(await read.getByRole('button', { name: /Lưu cách tính/ }).count()).to.equal(0);
    expect([...complaints, ...other.complaints]).to.deep.equal([]);
    await other.context.close();
  });

  it('C6: C7: neat in light and dark, wide and at 360 px', async function () {
    this.timeout(150_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const { page, go, context } = await open.open('office', {
          viewport: { width, height: 768 },
          settings: { theme },
        });
        for (const tab of ['calendar', 'programmes']) {
          await go(`/admin/calendar?tab=${tab}`);
          await page
            .locator(tab === 'calendar' ? 'table.month' : '[role=grid]')
            .first()
            .waitFor();
          expect(await accessibilityProblems(page), `${tab} ${theme} ${width}`).to.deep.equal([]);
          expect(await sidewaysScroll(page), `${tab} ${theme} ${width}`).to.be.at.most(0);
          if (process.env.SHOTS)
            await page.screenshot({ path: `${process.env.SHOTS}/calendar-${tab}-${theme}-${width}.png` });
        }
        await context.close();
      }
  });
});
