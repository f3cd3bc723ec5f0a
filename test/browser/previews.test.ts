// Evidence that is a PDF file, shown where it is judged.

import { expect } from 'chai';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { callerOf } from './support/api.ts';
import { sidewaysScroll } from './support/axe.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
import { type Console, demoPassword, needsBrowser, openConsole, type Visit } from './support/console.ts';
import { bareFontPdf, damagedPdf, encryptedPdf, printedPdf, scannedPdf } from './support/pdf-files.ts';

const viewer = (page: Page, name: string) => page.getByRole('region', { name: `Xem trước: ${name}` });
const drawn = (page: Page, name: string) => viewer(page, name).locator('[aria-busy=false] canvas').first().waitFor();

/** How many cells of the page are dark. */
const ink = (page: Page, name: string): Promise<number> =>
  viewer(page, name)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && data[at + 3] === 255) dark += 1;
      return dark;
    });

describe('PDF evidence in a browser', () => {
  let open: Console;
  let code: string;
  let id: string;
  let appraiser: string;
  const files: Record<string, string> = {};
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
    const { send } = await callerOf(open, 'unit.syt');
    const [task] = (await send('GET', '/tasks?programme=CK2022&unit=SYT&category=in_progress')).items;
    ({ code, id } = task);
    const evidence: object[] = [];
    const { context } = await open.open('unit.syt');
    for (const [name, buffer] of [
      [
        'Báo cáo.pdf',
        await printedPdf(open.browser, ['Sở Y tế hoàn thành chỉ tiêu', 'Biểu số liệu kèm theo', 'Trang cuối']),
      ],
      ['Không kèm phông.pdf', bareFontPdf()],
      ['Ảnh quét.pdf', scannedPdf()],
      ['Mật khẩu.pdf', encryptedPdf()],
      ['Hỏng.pdf', damagedPdf()],
      ['Có mã độc.pdf', bareFontPdf()],
    ] as const) {
      const answer = await context.request.post(`/api/v1/tasks/${id}/files?name=${encodeURIComponent(name)}`, {
        data: buffer,
        headers: {
          Origin: open.url,
          'Idempotency-Key': crypto.randomUUID(),
          'Content-Type': 'application/octet-stream',
        },
      });
      expect(answer.status(), await answer.text()).to.equal(201);
      const file = ((await answer.json()) as { readonly id: string }).id;
      files[name] = file;
      if (name !== 'Có mã độc.pdf') evidence.push({ title: name.replace('.pdf', ''), file });
    }
    const { version } = await send('GET', `/tasks/${id}`);
    const body = { transition: 'submit', fields: { result: 'Đã hoàn thành.', achieved: 99.5 }, evidence };
    const moved = await send('POST', `/tasks/${id}/transitions`, body, version);
    appraiser = `appraiser.${moved.appraiserUnit.toLowerCase()}`;
    const database = new pg.Client({ connectionString: open.databaseUrl });
    await database.connect();
    await database.query(`update evidence_file set scan = 'infected' where id = $1`, [files['Có mã độc.pdf']]);
    await database.end();
  });
  after(async () => open?.close());

  const desk = async (
    options: Parameters<Console['open']>[1] = {},
  ): Promise<Visit & { readonly asked: readonly string[] }> => {
    const visit = await open.open(appraiser, options);
    const asked: string[] = [];
    visit.context.on('request', (request) => asked.push(request.url()));
    await visit.page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    visit.page.on('dialog', (dialog) => {
      throw new Error(`A script of the file ran: ${dialog.message()}`);
    });
    await visit.go(`/appraisals?i=${encodeURIComponent(code)}`);
    return { ...visit, asked };
  };

  it('is drawn in the page of the appraiser with its Vietnamese text, and read on by keyboard alone', async () => {
    const { page, asked, complaints } = await desk();
    const name = 'Báo cáo.pdf';
    const button = page.getByRole('button', { name: `Xem trước ${name}` });
    await button.waitFor();
    expect(
      asked.filter((url) => /pdf/.test(url)),
      'nothing of it before it is opened',
    ).to.deep.equal([]);
    await button.focus();
    await page.keyboard.press('Enter');
    const shown = viewer(page, name);
    await drawn(page, name);
    expect(await shown.locator('.pdf-text').innerText()).to.include('Sở Y tế hoàn thành chỉ tiêu');
    expect(await ink(page, name)).to.be.greaterThan(100);
    await shown.getByText('Trang 1/3').waitFor();
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/pdf-desk.png` });
    const pages = shown.getByRole('group', { name: /^Trang 1 trong 3 trang/ });
    while (!(await pages.evaluate((box) => box === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('PageDown');
    await shown.getByText('Trang 2/3').waitFor();
    await shown.getByText('Biểu số liệu kèm theo').waitFor();
    await page.keyboard.press('End');
    await shown.getByText('Trang cuối', { exact: true }).waitFor();
    expect(await shown.getByRole('button', { name: /^Trang sau/ }).getAttribute('aria-disabled')).to.equal('true');
    const narrow = (await shown.locator('canvas').boundingBox())?.width ?? 0;
    await page.keyboard.press('+');
    await page.waitForFunction(
      (before) => (document.querySelector('.pdf canvas')?.getBoundingClientRect().width ?? 0) > before * 1.2,
      narrow,
    );
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    await shown.getByText('Sở Y tế hoàn thành chỉ tiêu').waitFor();
    if (process.env.SHOT) {
      await page.evaluate(() => Object.assign(document.documentElement.dataset, { theme: 'dark' }));
      await page.screenshot({ path: `${process.env.SHOT}/pdf-desk-dark.png` });
    }
    // A sheet that was scanned sideways is turned, and its text with it.
    for (const wide of [true, false, true, false]) {
      await shown.getByRole('button', { name: 'Xoay trang' }).click();
      await page.waitForFunction((lying) => {
        const box = document.querySelector('.pdf canvas')?.getBoundingClientRect();
        return box !== undefined && box.width > box.height === lying;
      }, wide);
      const [sheet, line] = [
        await shown.locator('canvas').boundingBox(),
        await shown.getByText('Sở Y tế hoàn thành chỉ tiêu').boundingBox(),
      ];
      if (!sheet || !line) throw new Error('Nothing is drawn.');
      expect(line.width < line.height, 'the text lies as the sheet does').to.equal(wide);
      expect(line.x).to.be.within(sheet.x - 1, sheet.x + sheet.width - line.width + 1);
      expect(line.y).to.be.within(sheet.y - 1, sheet.y + sheet.height - line.height + 1);
    }
    // The claim that is chosen is still the same: the keys were the viewer's.
    await page.getByRole('article', { name: `Hồ sơ ${code}` }).waitFor();
    expect(asked.filter((url) => !url.startsWith(open.url) && !url.startsWith('data:'))).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    await button.or(page.getByRole('button', { name: `Đóng xem trước ${name}` })).click();
    await shown.waitFor({ state: 'detached' });
  }).timeout(90_000);

  it('finds fonts and decoders at home when a file brings none, runs no script of a file, and says when a page is a picture', async () => {
    const { page, asked, complaints } = await desk();
    for (const [name, check] of [
      [
        'Không kèm phông.pdf',
        async () =>
          expect(await viewer(page, 'Không kèm phông.pdf').locator('.pdf-text').innerText()).to.equal('Đồng Tháp'),
      ],
      [
        'Ảnh quét.pdf',
        async () =>
          viewer(page, 'Ảnh quét.pdf')
            .getByRole('img', { name: /ảnh quét/ })
            .waitFor(),
      ],
    ] as const) {
      await page.getByRole('button', { name: `Xem trước ${name}` }).click();
      await drawn(page, name);
      await check();
      expect(await ink(page, name), name).to.be.greaterThan(100);
      if (process.env.SHOT) await viewer(page, name).screenshot({ path: `${process.env.SHOT}/pdf-${name[0]}.png` });
    }
    expect(asked.some((url) => /\/assets\/pdfjs-[\d.]+\/wasm\//.test(url))).to.equal(true);
    expect(asked.filter((url) => !url.startsWith(open.url) && !url.startsWith('data:'))).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  }).timeout(60_000);

  it('C17: asks who is there when the session has ended, and then shows the file', async () => {
    const { page, context } = await desk();
    await page.getByRole('button', { name: 'Xem trước Báo cáo.pdf' }).waitFor();
    await context.clearCookies();
    await page.getByRole('button', { name: 'Xem trước Báo cáo.pdf' }).click();
    const again = page.getByRole('dialog').filter({ has: page.getByLabel('Mật khẩu') });
    await again.getByLabel('Thư điện tử').fill(`${appraiser}@demo.local`);
    await again.getByLabel('Mật khẩu').fill(demoPassword);
    await again.getByRole('button', { name: 'Đăng nhập' }).click();
    await drawn(page, 'Báo cáo.pdf');
  });

  it('says what is wrong with a file that is damaged or encrypted, or does not come', async () => {
    const { page, complaints } = await desk();
    for (const [name, words] of [
      ['Hỏng.pdf', 'Tệp bị hỏng hoặc không phải PDF hợp lệ'],
      ['Mật khẩu.pdf', 'Tệp được bảo vệ bằng mật khẩu'],
    ] as const) {
      await page.getByRole('button', { name: `Xem trước ${name}` }).click();
      await viewer(page, name).getByRole('alert').getByText(words, { exact: false }).waitFor();
    }
    expect(complaints).to.deep.equal([]);
    // Nothing comes; later it does.
    await page.route(`**/files/${files['Báo cáo.pdf']}`, (route) => route.abort());
    await page.getByRole('button', { name: 'Xem trước Báo cáo.pdf' }).click();
    const shown = viewer(page, 'Báo cáo.pdf');
    await shown.getByRole('alert').waitFor();
    await page.unroute(`**/files/${files['Báo cáo.pdf']}`);
    await shown.getByRole('button', { name: 'Thử lại' }).click();
    await drawn(page, 'Báo cáo.pdf');
  }).timeout(60_000);

  it('is shown on the page of the task too, at 360 px, in a browser without what came after Chrome 109', async () => {
    const { page, go, complaints } = await open.open(appraiser, { viewport: { width: 360, height: 740 } });
    const later = `
      delete Promise.withResolvers; delete Promise.try; delete AbortSignal.any; delete URL.parse; delete URL.canParse;
      delete Object.groupBy; delete Map.groupBy; delete Array.fromAsync; delete Uint8Array.fromBase64; delete Math.sumPrecise;
      for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with', 'findLast']) delete Array.prototype[name];
      for (const name of ['toBase64', 'toHex', 'toSorted', 'toReversed']) delete Uint8Array.prototype[name];
      for (const name of ['union', 'intersection', 'difference', 'isSubsetOf']) delete Set.prototype[name];
      for (const name of ['isWellFormed', 'toWellFormed']) delete String.prototype[name];
      for (const name of ['getOrInsert', 'getOrInsertComputed']) { delete Map.prototype[name]; delete WeakMap.prototype[name]; }
      delete ReadableStream.prototype[Symbol.asyncIterator]; delete globalThis.Iterator;
      delete ArrayBuffer.prototype.transfer; delete ArrayBuffer.prototype.transferToFixedLength;`;
    await page.addInitScript(later);
    let asked = 0;
    await page.route('**/assets/pdf.worker-*.js', async (route) => {
      asked += 1;
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${later}\n${await answer.text()}` });
    });
    await go(`/tasks/${id}?tab=evidence`);
    // What was refused says so, and is not shown.
    await page.getByRole('listitem').filter({ hasText: 'Có mã độc.pdf' }).getByText('Có mã độc, đã chặn').waitFor();
    expect(await page.getByRole('button', { name: 'Xem trước Có mã độc.pdf' }).count()).to.equal(0);
    await page.getByRole('button', { name: 'Xem trước Báo cáo.pdf' }).click();
    await drawn(page, 'Báo cáo.pdf');
    expect(asked).to.equal(1);
    const shown = viewer(page, 'Báo cáo.pdf');
    await shown.getByRole('button', { name: 'Trang sau' }).click();
    await shown.getByText('Biểu số liệu kèm theo').waitFor();
    expect(await sidewaysScroll(page)).to.equal(0);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/pdf-task-360.png`, fullPage: false });
  }).timeout(60_000);
});
