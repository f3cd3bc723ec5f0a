// Which days count and why, and the programmes with how their rates are told.

import { expect } from 'chai';
import { askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
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
    await page.locator('table.month').last().waitFor();
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

  it('an administrator plans the phases; the office records what one waits for, and is told before which deadlines that sets', async function () {
    this.timeout(150_000);
    const event = 'Báo cáo tổng hợp kết quả năm';
    const { page, go, complaints, context } = await open.open('admin');
    await go('/admin/calendar?tab=programmes&open=CK2022');
    const drawer = page.getByRole('dialog', { name: /Cam kết/ });
    await drawer.getByRole('button', { name: 'Lập kế hoạch giai đoạn' }).click();
    const plan = page.getByRole('dialog', { name: 'Kế hoạch các giai đoạn trong năm' });
    const phase = (name: string) => plan.getByRole('group', { name, exact: true });
    await phase('Thẩm định').getByLabel('Bắt đầu').selectOption('after_submission');
    await phase('Tổng kết').getByLabel('Bắt đầu').selectOption('on_day');
    await phase('Tổng kết').getByLabel('Từ ngày').fill('15/12/2099');
    await plan.getByRole('button', { name: 'Lưu kế hoạch' }).click();
    expect(await phase('Thẩm định').getByText('Bắt buộc nhập.').count()).to.equal(2);
    await phase('Thẩm định').getByLabel('Trình nội dung gì').fill(event);
    await phase('Thẩm định').getByLabel('Đơn vị trình').fill('SKHDT');
    await page.getByRole('option', { name: /Sở Kế hoạch/ }).click();
    await phase('Thẩm định')
      .getByLabel(/^Dự kiến trình ngày/)
      .fill('30/11/2099');
    await phase('Thẩm định').getByLabel('Kết thúc').selectOption('within');
    await phase('Thẩm định')
      .getByLabel(/^Khoảng/)
      .fill('10');
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/phases-plan.png` });
    await plan.getByRole('button', { name: 'Lưu kế hoạch' }).click();
    await plan.waitFor({ state: 'detached' });
    await drawer.getByText(`sau khi Sở Kế hoạch và Đầu tư trình: ${event} · dự kiến 30/11/2099`).waitFor();
    await context.close();

    const ask = askingAt(open.url);
    const due = { kind: 'after_event', event, offset: { workingDays: 5 } };
    const waiting = { programme: 'CK2022', leadUnit: 'SNV', appraiserUnit: 'STTTT', due };
    for (const title of ['Rà soát kết quả', 'Hoàn thiện hồ sơ'])
      await ask('office', 'POST', '/tasks', { ...waiting, title });

    const office = await open.open('office');
    await office.go('/admin/calendar?tab=programmes&open=CK2022');
    const row = office.page.getByRole('listitem', { name: 'Thẩm định' });
    expect(await office.page.getByRole('button', { name: 'Lập kế hoạch giai đoạn' }).count()).to.equal(0);
    expect(await row.getByRole('button', { name: /Ghi nhận kết thúc/ }).getAttribute('aria-disabled')).to.equal('true');
    await row.getByRole('button', { name: /Ghi nhận đã trình/ }).click();
    const record = office.page.getByRole('dialog', { name: 'Ghi nhận sự kiện mở giai đoạn Thẩm định' });
    await record.getByText('Sẽ đặt hạn cho 2 nhiệm vụ đang chờ sự kiện này:').waitFor();
    await record.getByText(/Hoàn thiện hồ sơ/).waitFor();
    await record.getByLabel('Ngày đã trình').fill('hôm qua');
    const yesterday = new Date(Date.now() + (7 - 24) * 3_600_000).toISOString().slice(0, 10);
    const written = (day: string) => day.split('-').reverse().join('/');
    const preview = await ask('office', 'GET', `/programmes/CK2022/phases/appraisal/deadlines?on=${yesterday}`);
    const dueOn: string = preview.items[0].dueOn;
    await record
      .getByRole('cell', { name: written(dueOn) })
      .first()
      .waitFor();
    await record.getByRole('button', { name: 'Ghi nhận và đặt 2 hạn' }).click();
    await record.getByRole('alert').getByText('Bắt buộc nhập.').waitFor();
    await record.getByLabel('Số, ký hiệu').fill('158/BC-SKHĐT');
    await record.getByLabel('Cơ quan ban hành').fill('Sở Kế hoạch và Đầu tư');
    await record.getByLabel('Ngày ban hành').fill('hôm qua');
    expect(await problemsInBothThemes(office.page)).to.deep.equal([]);
    if (process.env.SHOTS) await office.page.screenshot({ path: `${process.env.SHOTS}/phases-record.png` });
    await office.page.setViewportSize({ width: 360, height: 768 });
    if (process.env.SHOTS) await office.page.screenshot({ path: `${process.env.SHOTS}/phases-record-360.png` });
    expect(await record.evaluate((box) => box.scrollWidth - box.clientWidth)).to.equal(0);
    await record.getByRole('button', { name: 'Ghi nhận và đặt 2 hạn' }).click();
    const told = office.page.getByRole('dialog', { name: 'Đã ghi nhận.' });
    await told.getByText('Đã đặt hạn cho 2 nhiệm vụ.').waitFor();
    await told.getByRole('button', { name: 'Đóng' }).last().click();
    await office.page.setViewportSize({ width: 1366, height: 768 });
    await row.getByText(`văn bản số 158/BC-SKHĐT ngày ${written(yesterday)}`).waitFor();
    const { items } = await ask(
      'office',
      'GET',
      '/tasks?programme=CK2022&q=ho%C3%A0n%20thi%E1%BB%87n%20h%E1%BB%93%20s%C6%A1',
    );
    expect(items.map((item: { readonly dueOn: string }) => item.dueOn)).to.include(dueOn);

    // What is given afterwards with the same words has no deadline until somebody looks.
    await ask('office', 'POST', '/tasks', { ...waiting, title: 'Việc giao sau khi đã trình' });
    await row.getByRole('button', { name: /Đặt hạn cho việc đến sau/ }).click();
    const later = office.page.getByRole('dialog', { name: /^Đặt hạn cho việc đến sau/ });
    await later.getByText(/Việc giao sau khi đã trình/).waitFor();
    await later.getByRole('button', { name: 'Đặt 1 hạn' }).click();
    await told.getByText('Đã đặt hạn cho 1 nhiệm vụ.').waitFor();
    await told.getByRole('button', { name: 'Đóng' }).last().click();
    await row.getByRole('button', { name: /Ghi nhận kết thúc/ }).click();
    const end = office.page.getByRole('dialog', { name: 'Ghi nhận kết thúc giai đoạn Thẩm định' });
    await end.getByLabel('Ngày', { exact: false }).first().fill('-30');
    await end.getByText('trước ngày giai đoạn bắt đầu').waitFor();
    await end.getByLabel('Ngày', { exact: false }).first().fill('hôm nay');
    await end.getByRole('button', { name: 'Ghi nhận', exact: true }).click();
    await end.waitFor({ state: 'detached' });
    await row.getByText('Đã kết thúc').waitFor();
    if (process.env.SHOTS) await office.page.screenshot({ path: `${process.env.SHOTS}/phases-drawer.png` });
    expect([...complaints, ...office.complaints]).to.deep.equal([]);
    await office.context.close();

    // Whoever may record nothing sees how the year stands.
    const narrow = await open.open('auditor', { viewport: { width: 360, height: 768 } });
    await narrow.go('/admin/calendar?tab=programmes&open=CK2022');
    const read = narrow.page.getByRole('listitem', { name: 'Thẩm định' });
    await read.getByText('Đã kết thúc').waitFor();
    expect(await read.getByRole('button').count()).to.equal(0);
    expect(await problemsInBothThemes(narrow.page)).to.deep.equal([]);
    expect(await sidewaysScroll(narrow.page)).to.be.at.most(0);
    await read.scrollIntoViewIfNeeded();
    if (process.env.SHOTS) await narrow.page.screenshot({ path: `${process.env.SHOTS}/phases-360.png` });
    await narrow.context.close();
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
