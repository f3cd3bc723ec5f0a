// The list of tasks: what is searched is found however it is typed, what is opened leaves the list as it was, and what is
// done to many is told one by one.

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { bulkRunStore } from '../../src/adapters/db/bulk-runs.ts';
import { presentActor } from '../../src/adapters/db/present-actor.ts';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import { bookWriter } from '../../src/adapters/documents/write-book.ts';
import type { Book } from '../../src/application/book.ts';
import { bulkRuns } from '../../src/application/tasks/bulk-runs.ts';
import { quiet } from '../support/world.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The list of tasks in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  const shot = async (page: Page, name: string) => {
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/${name}.png` });
  };
  const codes = (page: Page) => page.locator('[role=row] .second-line').allTextContents();
  const count = (page: Page, n: string) => page.getByText(`${n} nhiệm vụ`, { exact: true }).waitFor();
  const search = async (page: Page, typed: string): Promise<readonly string[]> => {
    const answered = page.waitForResponse((answer) => answer.url().includes('/api/v1/tasks?'));
    await page.getByRole('searchbox').fill(typed);
    await answered;
    await page.waitForFunction(() => !document.querySelector('[data-loading]'));
    return codes(page);
  };

  /** What a worker does of the runs that wait: all of it, or only the first so many tasks. */
  const work = async (most?: number): Promise<void> => {
    const { pool, intentions, audit, clock } = open.composition;
    const store = bulkRunStore(pool, referenceData(pool));
    let portions = 0;
    const { run } = bulkRuns({
      runs: {
        ...store,
        portion: async (asked, deed) => {
          portions += 1;
          if (most !== undefined && portions > 1) return 'taken';
          return store.portion({ ...asked, most: most ?? asked.most }, deed);
        },
      },
      intentions,
      actorOf: presentActor(pool),
      denied: async () => undefined,
      audit,
      clock,
      log: quiet,
    });
    await run((await pool.query(`select id from intention where queue = 'bulk'`)).rows.map(({ id }) => id));
  };

  it('C12: finds the same with, without and with decomposed diacritics', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await count(page, '293');
    await search(page, 'giai ngan von');
    await page.waitForURL(/q=giai/);
    await page.getByRole('status').filter({ hasText: 'nhiệm vụ' }).first().waitFor();
    await page.waitForFunction(
      () => !/293/.test(document.querySelector('.page-head [role=status]')?.textContent ?? ''),
    );
    const plain = await codes(page);
    expect(plain.length).to.be.greaterThan(0);
    for (const typed of ['GIẢI NGÂN VỐN', 'giải ngân vốn'.normalize('NFD')]) {
      await page.getByRole('searchbox').fill(typed);
      await page.waitForURL((url) => url.searchParams.get('q') === typed.normalize('NFC'));
      await page.locator('[role=row] .second-line').first().waitFor();
      expect(await codes(page)).to.deep.equal(plain);
    }
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox', { name: 'Đơn vị' }).fill('ubnd huyen lap vo');
    const options = page.locator('[role=listbox] [role=option]');
    await options.filter({ hasText: 'Lấp Vò' }).waitFor();
    expect(await options.count()).to.equal(1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/unit=HLVO/);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=row] .second-line')].every(({ textContent }) =>
        textContent?.includes('HLVO'),
      ),
    );
    await context.close();
  });

  it('C13: an address shows the same rows to somebody else, and Back leaves filter, order, place and selection', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    const address = '/tasks?programme=CK2022&category=in_progress&sort=-dueOn';
    await go(address);
    await count(page, '93');
    const grid = page.getByRole('grid');
    await page.waitForFunction(() => document.querySelectorAll('[role=row] .second-line').length === 93);
    await grid.focus();
    for (const _ of Array(30)) await page.keyboard.press('j');
    await page.keyboard.press('x');
    const rows = await codes(page);
    const at = await page.evaluate(() => scrollY);
    expect(at).to.be.greaterThan(0);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('tab', { name: 'Diễn biến' }).waitFor();
    expect(page.url()).to.contain('open=');
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await page.goBack();
    await drawer.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => scrollY)).to.equal(at);
    expect(await codes(page)).to.deep.equal(rows);
    await page.getByText('Đã chọn 1 nhiệm vụ').first().waitFor();
    expect(await page.locator('.grid-row.active').getAttribute('aria-selected')).to.equal('true');
    expect(new URL(page.url()).search).to.equal('?programme=CK2022&category=in_progress&sort=-dueOn');
    // Escape does the same, and the list has the focus again.
    await page.keyboard.press('Enter');
    await drawer.getByRole('link', { name: 'Mở toàn trang' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goBack();
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('Đã chọn 1 nhiệm vụ').first().waitFor();
    const other = await open.open('leader');
    await other.go(address);
    await other.page.waitForFunction(() => document.querySelectorAll('[role=row] .second-line').length === 93);
    expect(await codes(other.page)).to.deep.equal(rows);
    await other.context.close();
    await context.close();
  });

  it('C20: up to 500 rows stand in the page whole, so that Ctrl+F finds the last one', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await count(page, '293');
    await page.waitForFunction(() => document.querySelectorAll('[role=row] .second-line').length === 293);
    const last = (await codes(page)).at(-1) ?? '';
    expect(last).to.match(/^CK2022-/);
    const found = await page.evaluate((text) => {
      getSelection()?.removeAllRanges();
      return (window as unknown as { find(text: string): boolean }).find(text);
    }, last);
    expect(found).to.equal(true);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).to.equal('294');
    await context.close();
  });

  it('C18: a bulk action on 50 tasks of which 7 are refused says 43 and 7 and lists the 7 with their reasons', async function () {
    this.timeout(120_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022&category=in_progress');
    await page.waitForFunction(() => document.querySelectorAll('[role=row] .second-line').length === 93);
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    for (const _ of Array(49)) await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('Đã chọn 50 nhiệm vụ').first().waitFor();
    const list = await context.request.get('/api/v1/tasks?programme=CK2022&category=in_progress&limit=50');
    const { items } = (await list.json()) as { items: readonly { readonly id: string; readonly version: number }[] };
    await page.getByRole('button', { name: 'Thao tác hàng loạt' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Thao tác').selectOption({ label: 'Dừng thực hiện' });
    await dialog.getByLabel('Lý do').fill('UBND Tỉnh cho dừng.');
    await dialog.getByLabel('Số, ký hiệu').fill('99/QĐ-UBND-HC');
    await dialog.getByLabel('Ngày ban hành').fill('hôm nay');
    await dialog.getByLabel('Cơ quan ban hành').fill('UBND Tỉnh');
    await dialog.getByRole('button', { name: 'Xem trước' }).click();
    await dialog.getByText('Làm được 50, không làm được 0').waitFor();
    // Seven change under their hands before it is done.
    for (const { id, version } of items.slice(0, 7)) {
      const urged = await context.request.post(`/api/v1/tasks/${id}/urgings`, {
        data: { channel: 'phone' },
        headers: { Origin: open.url, 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"v${version}"` },
      });
      expect(urged.status()).to.equal(200);
    }
    await dialog.getByRole('button', { name: 'Thực hiện 50 nhiệm vụ' }).click();
    await dialog.getByRole('progressbar').waitFor();
    await work(20);
    await dialog.getByText('20/50 nhiệm vụ, 7 không thực hiện được').waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'bulk-running');
    // The page is gone in the middle of it; the run is not, and is found again, here and on another machine.
    await page.reload();
    const line = page.getByRole('region', { name: /^Thao tác hàng loạt · / });
    await line.getByText('20/50 nhiệm vụ, 7 không thực hiện được').waitFor();
    expect(await line.getByRole('progressbar').getAttribute('aria-valuenow')).to.equal('40');
    await shot(page, 'bulk-line');
    const elsewhere = await open.open('office');
    await elsewhere.go('/tasks?programme=CK2022');
    await elsewhere.page.getByText('20/50 nhiệm vụ, 7 không thực hiện được').waitFor();
    await elsewhere.context.close();
    await work();
    await line.getByText('Đã thực hiện 43/50 nhiệm vụ.').waitFor();
    await line.getByText('7 nhiệm vụ không thực hiện được.').waitFor();
    await line.getByText('Xem 7 nhiệm vụ và lý do').click();
    expect(await line.locator('.bulk-failed li').count()).to.equal(7);
    expect(await line.locator('.bulk-failed li').first().innerText()).to.contain('Nhiệm vụ đã được thay đổi');
    expect(await page.locator('.notice.good').count()).to.equal(0);
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'bulk-result');
    await page.setViewportSize({ width: 360, height: 768 });
    expect(await sidewaysScroll(page)).to.equal(0);
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'bulk-result-360');
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.reload();
    await line.getByRole('button', { name: 'Giữ chọn 7 nhiệm vụ chưa làm được' }).click();
    await line.waitFor({ state: 'detached' });
    await page.getByText('Đã chọn 7 nhiệm vụ').first().waitFor();
    // As they now are, so that they can be done; again something changes, and the dialog stays open to the end.
    await page.getByRole('button', { name: 'Ghi nhận đôn đốc' }).click();
    await dialog.getByLabel('Hình thức đôn đốc').selectOption('phone');
    await dialog.getByRole('button', { name: 'Xem trước' }).click();
    await dialog.getByText('Làm được 7, không làm được 0').waitFor();
    const [{ id, version } = { id: '', version: 0 }] = items;
    const urged = await context.request.post(`/api/v1/tasks/${id}/urgings`, {
      data: { channel: 'phone' },
      headers: { Origin: open.url, 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"v${version + 1}"` },
    });
    expect(urged.status()).to.equal(200);
    await dialog.getByRole('button', { name: 'Thực hiện 7 nhiệm vụ' }).click();
    await dialog.getByRole('progressbar').waitFor();
    await work();
    await dialog.getByText('Đã thực hiện 6/7 nhiệm vụ.').waitFor();
    await dialog.getByRole('heading', { name: '1 nhiệm vụ không thực hiện được:' }).waitFor();
    expect(await page.locator('.notice.good').count()).to.equal(0);
    await dialog.getByRole('button', { name: 'Giữ chọn 1 nhiệm vụ chưa làm được' }).click();
    await page.getByText('Đã chọn 1 nhiệm vụ').first().waitFor();
    await page.getByRole('button', { name: /Chọn cả \d+ nhiệm vụ khớp bộ lọc/ }).click();
    await page.getByText('Đã chọn 50 nhiệm vụ').first().waitFor();
    await context.close();
  });

  it('names what is done on each task only, with the reason, instead of hiding it', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('unit.snv');
    await go('/tasks?programme=CK2022');
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Thao tác hàng loạt' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText('Chỉ làm ở từng nhiệm vụ, vì cần biểu mẫu hoặc minh chứng riêng: Trình thẩm định.')
      .waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'bulk-alone');
    await context.close();
  });

  it('logs an urging on all that is selected, one by one', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022&category=in_progress&unit=TPSD');
    await page.locator('[role=row] .second-line').first().waitFor();
    const rows = (await codes(page)).length;
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: `Chọn cả ${rows} nhiệm vụ khớp bộ lọc` }).click();
    await page.getByText(`Đã chọn ${rows} nhiệm vụ`).first().waitFor();
    await page.getByRole('button', { name: 'Ghi nhận đôn đốc' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Hình thức đôn đốc').selectOption('phone');
    await dialog.getByRole('button', { name: 'Xem trước' }).click();
    await dialog.getByText(`Làm được ${rows}, không làm được 0`).waitFor();
    await dialog.getByRole('button', { name: `Thực hiện ${rows} nhiệm vụ` }).click();
    await dialog.getByRole('progressbar').waitFor();
    await work();
    await dialog.getByText(`Đã thực hiện ${rows}/${rows} nhiệm vụ.`).waitFor();
    expect(await dialog.locator('.notice.good').count()).to.equal(1);
    await dialog.getByRole('button', { name: 'Đóng' }).last().click();
    await page.getByRole('region', { name: /^Ghi nhận đôn đốc · / }).waitFor({ state: 'detached' });
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Đôn đốc lần 1 qua điện thoại').waitFor();
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/drawer.png` });
    await context.close();
  });

  it('hands out a file as a download of its own: a reload while it is made does not stop it', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await count(page, '293');
    // The download begins before the workbook is made, which is held until the page was loaded anew.
    const { xlsx } = bookWriter;
    let make = (): void => undefined;
    const made = new Promise<void>((resolve) => {
      make = resolve;
    });
    Object.assign(bookWriter, {
      xlsx: async (book: Book) => {
        await made;
        return xlsx(book);
      },
    });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Xuất' }).click();
    await page.getByRole('menuitem', { name: 'Excel (.xlsx)' }).click();
    const download = await downloading;
    await page.reload();
    await count(page, '293');
    make();
    Object.assign(bookWriter, { xlsx });
    expect(download.suggestedFilename()).to.match(/^Danh-sach_.*\.xlsx$/);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 2).toString()).to.equal('PK');
    await context.close();
  });

  it('lets the office give a task without a deadline only with a reason', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    const dialog = page.getByRole('dialog', { name: 'Giao nhiệm vụ' });
    await dialog.getByLabel('Nội dung nhiệm vụ').fill('Rà soát quy chế làm việc');
    await dialog.getByRole('combobox', { name: 'Đơn vị chủ trì' }).fill('noi vu');
    await page.keyboard.press('Enter');
    await dialog.getByRole('combobox', { name: 'Cơ quan thẩm định' }).fill('thong tin va truyen thong');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Cách đặt thời hạn').selectOption('none');
    await dialog.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await dialog.getByText('Bắt buộc nhập.').waitFor();
    await dialog.getByLabel('Lý do không đặt thời hạn').fill('Chờ Bộ Nội vụ hướng dẫn.');
    await dialog.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rà soát quy chế làm việc' }).waitFor();
    await page.getByRole('region', { name: 'Thời hạn' }).getByText('Chưa có hạn', { exact: true }).waitFor();
    await page.getByText('Chờ Bộ Nội vụ hướng dẫn.').first().waitFor();
    await context.close();
  });

  it('judges a file row by row, imports what is right, and shows how far it is after a reload too', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await page.getByRole('button', { name: 'Nhập từ tệp' }).click();
    const dialog = page.getByRole('dialog');
    const csv = [
      'Mã,Đơn vị,Nội dung,Chỉ tiêu,Đơn vị tính,Cơ quan thẩm định,Loại',
      'CK2022-SNV-91,SNV,Việc mới thứ nhất,1,báo cáo,STTTT,own',
      'CK2022-XXX-92,Không có đơn vị này,Việc mới thứ hai,1,báo cáo,STTTT,own',
    ].join('\n');
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'giao.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${csv}`) });
    await dialog.getByText(/Sẽ tạo 1 · đã có 0 · lỗi 1/).waitFor();
    await dialog.getByRole('table').getByText('Lỗi:').first().waitFor();
    await dialog.getByLabel(/Bỏ 1 dòng lỗi/).check();
    await dialog.getByRole('button', { name: 'Nhập 1 nhiệm vụ' }).click();
    const bar = page.getByRole('region', { name: 'Đang nhập giao.csv' });
    await bar.getByRole('progressbar').waitFor();
    await page.reload();
    await bar.getByRole('progressbar').waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await context.close();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`C6: has no accessibility problem in ${theme}, on a desk and at 360 px, with rows selected`, async function () {
      this.timeout(60_000);
      const { page, context, go } = await open.open('office', { settings: { theme } });
      for (const width of [1366, 360]) {
        await page.setViewportSize({ width, height: 768 });
        await go('/tasks?programme=CK2022&category=done');
        await page.locator('[role=row] .second-line').first().waitFor();
        await page.getByRole('grid').focus();
        await page.keyboard.press('x');
        await page.getByText('Đã chọn 1 nhiệm vụ').first().waitFor();
        expect(await accessibilityProblems(page)).to.deep.equal([]);
        await shot(page, `tasks-${theme}-${width}`);
        expect(await sidewaysScroll(page)).to.equal(0);
      }
      await context.close();
    });
});
