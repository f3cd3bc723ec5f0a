// The audit list as an auditor reads it, and the seals.

import { expect } from 'chai';
import pg from 'pg';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The audit list in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('an auditor finds who did what by kind, object and days, page by page, and reads it in words', async function () {
    this.timeout(120_000);
    // More than one page.
    const { page, go, complaints, context } = await open.open('auditor');
    const database = new pg.Client({ connectionString: open.databaseUrl });
    await database.connect();
    await database.query(
      `insert into audit_entry (at, actor, action, object, detail)
       select now(), null, 'session.failed', 'session', '{"outcome": "failed"}' from generate_series(1, 60)`,
    );
    await database.end();
    await go('/audit');
    await page.getByRole('combobox', { name: 'Nhóm việc' }).selectOption('session.');
    await page.waitForURL(/action=session/);
    await page.getByText('50+ việc').waitFor();
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role=rowgroup] [role=row]').length > 50);
    expect(await page.locator('[data-column=action]').allTextContents()).to.satisfy((all: readonly string[]) =>
      all.every((one) => /phiên|Đăng nhập|Đăng xuất/i.test(one)),
    );
    await page.getByLabel('Đến ngày').fill('1/1/2021');
    await page.getByText('Không có việc nào khớp bộ lọc.').waitFor();
    await page.getByRole('button', { name: 'Xóa bộ lọc' }).click();
    await page.getByRole('grid').waitFor();
    expect(new URL(page.url()).search).to.equal('');
    await page.getByRole('searchbox').fill('quy trinh commitment v1');
    await page.waitForURL(/object=workflow/);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-column=object]')].every(
        (one) => one.textContent === 'Quy trình commitment v1',
      ),
    );
    await page.getByRole('grid').focus({ timeout: 5000 });
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('heading', { name: 'Chi tiết' }).waitFor();
    expect(await drawer.textContent()).to.not.match(/\d{4}-\d{2}-\d{2}/);
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/audit-entry.png` });
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Xuất để kiểm chứng' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('dondoc-audit.ndjson');
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('an administrator seals now and says why, an auditor sees the seal and why they cannot', async function () {
    this.timeout(90_000);
    const admin = await open.open('admin');
    await admin.go('/audit?tab=seals');
    await admin.page.getByRole('button', { name: 'Niêm phong ngay' }).click();
    const dialog = admin.page.getByRole('dialog', { name: 'Niêm phong ngay' });
    await dialog.getByLabel('Lý do').fill('Trước khi bàn giao cho kiểm toán');
    await dialog.getByRole('button', { name: 'Niêm phong ngay' }).click();
    await admin.page.getByText('Đã niêm phong.').waitFor();
    await admin.page.locator('td.hash').first().waitFor();
    await admin.go('/audit?action=audit.');
    await admin.page.getByText('Trước khi bàn giao cho kiểm toán').first().waitFor();
    await admin.context.close();

    const { page, go, context } = await open.open('auditor');
    await go('/audit?tab=seals');
    await page.locator('td.hash').first().waitFor();
    const seal = page.getByRole('button', { name: 'Niêm phong ngay' });
    expect(await seal.getAttribute('aria-disabled')).to.equal('true');
    await page.getByText('niêm phong ngoài lịch thuộc vai trò Quản trị').last().waitFor();
    await page.getByText('-----BEGIN PUBLIC KEY-----').waitFor();
    await context.close();
  });

  it('C6: C7: neat in light and dark, wide and at 360 px', async function () {
    this.timeout(150_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const { page, go, context } = await open.open('auditor', {
          viewport: { width, height: 768 },
          settings: { theme },
        });
        for (const tab of ['entries', 'seals']) {
          await go(`/audit?tab=${tab}`);
          await page
            .locator(tab === 'entries' ? '[role=grid]' : '.public-key')
            .first()
            .waitFor();
          expect(await accessibilityProblems(page), `${tab} ${theme} ${width}`).to.deep.equal([]);
          expect(await sidewaysScroll(page), `${tab} ${theme} ${width}`).to.be.at.most(0);
          if (process.env.SHOTS)
            await page.screenshot({ path: `${process.env.SHOTS}/audit-${tab}-${theme}-${width}.png` });
        }
        await context.close();
      }
  });
});
