import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Asking, askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, settled, type Visit } from './support/console.ts';
import { pagesOf } from './support/pdf.ts';

/** Report 158/BC-SKHĐT at 30/10/2022. */
const figures = {
  in_progress: ['103/293', '35,2%'],
  done: ['81/293', '27,6%'],
  not_done: ['20/293', '6,8%'],
  awaiting_appraisal: ['84/293', '28,7%'],
  stopped: ['5/293', '1,7%'],
  'estimate-done': ['261/293', '89,1%'],
  'estimate-not_done': ['27/293', '9,2%'],
  'estimate-stopped': ['5/293', '1,7%'],
} as const;
const title = 'Kết quả thực hiện nội dung cam kết hành động với UBND Tỉnh năm 2022';

describe('Reports in the console', () => {
  let open: Console;
  let ask: Asking;
  let aggregator: Visit;
  /** Address of the report that was issued, and of the one that corrects it. */
  let issued = '';
  let correction = '';
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
    ask = askingAt(open.url);
    aggregator = await open.open('aggregator');
    aggregator.page.setDefaultTimeout(20_000);
  });
  after(async () => open?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const inDialog = (page: Page) => page.getByRole('dialog');

  it('an aggregator confirms and issues a report: draft, confirmation, freezing, number and day', async function () {
    this.timeout(300_000);
    const { page, go, complaints } = aggregator;
    await go('/reports?programme=CK2022');
    await button(page, 'Lập dự thảo báo cáo').click();
    await inDialog(page).getByLabel('Tên báo cáo').fill(title);
    await inDialog(page).getByLabel('Tính lũy kế đến hết ngày').fill('30/10/2022');
    await inDialog(page).getByRole('button', { name: 'Lập dự thảo' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText('Tạm tính: số liệu này còn thay đổi').waitFor();
    issued = new URL(page.url()).pathname;

    await button(page, 'Mở đợt xác nhận').click();
    // What the step does, and that it happens once, stands in the dialog.
    expect(await inDialog(page).innerText()).to.include('không mở lại được');
    await inDialog(page).getByLabel('Đơn vị trả lời chậm nhất ngày').fill('hôm nay');
    await inDialog(page).getByRole('button', { name: 'Mở đợt' }).click();
    await page.getByText('0/293 dòng đã có trả lời').waitFor();
    const freeze = page.getByRole('button', { name: /^Chốt số liệu/ });
    expect(await freeze.getAttribute('aria-disabled')).to.equal('true');
    await page.getByText(/^Còn 293 dòng đơn vị chưa trả lời, hạn đến hết ngày \d\d\/\d\d\/\d{4}$/).waitFor();

    // The units answer, each for itself; one of them sees an item otherwise.
    const edition = issued.split('/').at(-1) ?? '';
    const { confirmation } = await ask('aggregator', 'GET', `/reports/editions/${edition}`);
    const round = `/reports/confirmations/${confirmation.round}`;
    const { items } = await ask('aggregator', 'GET', `${round}/lines`);
    const units = [...new Set<string>(items.map(({ unit }: { readonly unit: string }) => unit))];
    const [disputed] = items.filter(({ unit }: { readonly unit: string }) => unit === 'SNV');
    for (const unit of units)
      await ask(`unit.${unit.toLowerCase()}`, 'POST', `${round}/answers`, {
        items: items
          .filter((line: { readonly unit: string }) => line.unit === unit)
          .map(({ code }: { readonly code: string }) =>
            code === disputed.code
              ? { code, answer: 'dispute', reason: 'Đã có biên bản nghiệm thu' }
              : { code, answer: 'agree' },
          ),
      });
    await go(issued);
    await page.getByText('293/293 dòng đã có trả lời').waitFor();
    expect(await page.locator('tr[data-unit="SNV"]').innerText()).to.match(/Sở Nội vụ\s+6\s+1/);
    await page.locator(`[data-code="${disputed.code}"]`).getByRole('button', { name: 'Giải quyết' }).click();
    await inDialog(page).getByLabel('Không chấp nhận').check();
    await inDialog(page).getByLabel('Lý do').fill('Biên bản lập sau ngày 30/10/2022');
    await inDialog(page).getByRole('button', { name: 'Ghi quyết định' }).click();
    await page.getByText('Ý kiến khác chưa giải quyết').waitFor({ state: 'hidden' });

    await freeze.click();
    expect(await inDialog(page).innerText()).to.include('không sửa, không xóa được');
    await inDialog(page).getByRole('button', { name: 'Chốt', exact: true }).click();
    await page.getByRole('heading', { name: 'Số liệu đã chốt' }).waitFor();
    await page.locator('[data-figure="stopped"]').waitFor();
    for (const [figure, [count, share]] of Object.entries(figures))
      expect(await page.locator(`[data-figure="${figure}"]`).innerText())
        .to.include(count)
        .and.include(share);
    expect(await page.locator('dd.hash').innerText()).to.match(/^[0-9a-f]{64}$/);
    // A figure opens exactly the tasks that were counted.
    for (const [figure, count] of [
      ['stopped', 5],
      ['estimate-not_done', 27],
    ] as const) {
      await page.locator(`[data-figure="${figure}"] button`).click();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} dòng` })
        .waitFor();
      await page
        .locator('.run-rows tbody tr')
        .nth(count - 1)
        .waitFor();
      expect(await page.locator('.run-rows tbody tr').count()).to.equal(count);
    }
    const { runId } = await ask('aggregator', 'GET', `/reports/editions/${edition}`);
    for (const path of [`/reports/runs/${runId}/annexes`, `/reports/editions/${edition}/paper`]) {
      const answer = await page.request.get(`/api/v1${path}`);
      expect(answer.status(), path).to.equal(200);
      expect(answer.headers()['content-disposition'], path).to.match(/attachment/);
    }

    await button(page, 'Phát hành').click();
    await inDialog(page).getByLabel('Số, ký hiệu').fill('158/BC-SKHĐT');
    await inDialog(page).getByLabel('Ngày ban hành').fill('9/11/2022');
    await inDialog(page).getByRole('button', { name: 'Phát hành' }).click();
    await page.getByText('158/BC-SKHĐT').first().waitFor();
    await page.getByText('09/11/2022').first().waitFor();
    await page.locator('.edition-history li', { hasText: 'Phát hành – ' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('a correction is linked to its report, says why, and shows before → after task by task', async function () {
    this.timeout(180_000);
    const { page, go } = aggregator;
    // Told afterwards: the unit expects less of an item than it had said before the 30th.
    const { items } = await ask('unit.snv', 'GET', '/tasks?programme=CK2022&unit=SNV&category=in_progress');
    const { id, code, version } = items.find(({ estimate }: { readonly estimate: string }) => estimate === 'done');
    const late = { estimate: 'not_done', narrative: 'Rà soát lại', effectiveAt: '2022-10-29' };
    await ask('unit.snv', 'POST', `/tasks/${id}/progress`, late, version);

    await go(issued);
    await button(page, 'Đính chính').click();
    await inDialog(page).getByLabel('Lý do đính chính').fill('Sở Nội vụ ước lại một nội dung');
    await inDialog(page).getByRole('button', { name: 'Lập báo cáo đính chính' }).click();
    await page.getByRole('heading', { level: 1, name: `${title} (đính chính)` }).waitFor();
    correction = new URL(page.url()).pathname;
    await button(page, 'Chốt số liệu').click();
    await inDialog(page).getByText('đơn vị chưa được hỏi').waitFor();
    await inDialog(page).getByRole('button', { name: 'Chốt', exact: true }).click();
    const shift = page.locator(`[data-code="${code}"]`);
    await shift.waitFor();
    expect(await shift.innerText())
      .to.match(/Ước hoàn thành[\s\S]*Ước không hoàn thành/)
      .and.include('đơn vị cập nhật tiến độ ngày 29/10/2022, ghi nhận');
    expect((await page.locator('[data-sum="estimate/done"]').innerText()).split(/\s+/).slice(-3)).to.deep.equal([
      '261',
      '260',
      '−1',
    ]);
    expect((await page.locator('[data-sum="estimate/not_done"]').innerText()).split(/\s+/).slice(-3)).to.deep.equal([
      '27',
      '28',
      '+1',
    ]);
    // The report that was issued keeps every digit and says that it was corrected.
    await page.getByRole('link', { name: /158\/BC-SKHĐT/ }).click();
    await page.getByText('Báo cáo này đã có báo cáo đính chính').first().waitFor();
    expect(await page.locator('[data-figure="estimate-done"]').innerText()).to.include('261/293');
  });

  it('shows figures of any two days, and of what was recorded by then', async function () {
    this.timeout(120_000);
    const { page, go } = aggregator;
    await go('/reports?programme=CK2022&view=reading');
    await page.getByLabel('Đã xảy ra đến hết ngày').fill('30/10/2022');
    await page.locator('[data-figure="estimate-done"]', { hasText: '260/293' }).waitFor();
    await page.getByLabel('Đã ghi nhận đến hết ngày').fill('8/11/2022');
    await page.locator('[data-figure="estimate-done"]', { hasText: '261/293' }).waitFor();
    expect(page.url()).to.include('asOf=2022-10-30').and.include('knownAt=2022-11-08');
    await page.locator('[data-figure="in_progress"] a').click();
    await page.getByRole('status').filter({ hasText: '103 nhiệm vụ' }).waitFor();
  });

  it('tells whoever may not conduct a report why, and shows months, units and working days', async function () {
    this.timeout(120_000);
    const { page, go, context } = await open.open('leader');
    page.setDefaultTimeout(20_000);
    await go('/reports?programme=CK2022');
    expect(await page.getByRole('button', { name: /Lập dự thảo báo cáo/ }).getAttribute('aria-disabled')).to.equal(
      'true',
    );
    await page.getByText('Chỉ Văn phòng và cơ quan tổng hợp của chương trình này được làm').first().waitFor();
    await page.getByRole('link', { name: 'Diễn biến qua các tháng' }).click();
    await page.locator('.progress-chart').waitFor();
    await page.getByRole('row', { name: /^31\/10\/2022/ }).waitFor();
    await page.getByRole('link', { name: 'Chênh lệch giữa đơn vị' }).click();
    await page.getByText('31 đơn vị: ít nhất 5, trung vị 9, nhiều nhất 13').waitFor();
    await page.getByRole('link', { name: 'Sổ ngày làm việc' }).click();
    await page.locator('.ledger-row[data-unit="SNV"] .appraised').waitFor();
    await context.close();
  });

  it('C9: prints the report on A4 in the form of Decree 30/2020, from the dark theme', async function () {
    this.timeout(120_000);
    const visit = await open.open('aggregator', { settings: { theme: 'dark' } });
    await visit.go(`${issued}/print`);
    const { page } = visit;
    await page.locator('.paper-table').waitFor();
    await page.getByLabel('Cơ quan chủ quản').fill('Ủy ban nhân dân tỉnh Đồng Tháp');
    await page.getByLabel('Địa danh').fill('Đồng Tháp');
    await page.getByLabel('Chức vụ người ký').fill('Giám đốc');
    const bytes = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      ...(process.env.SHOTS ? { path: `${process.env.SHOTS}/report.pdf` } : {}),
    });
    const pages = await pagesOf(bytes);
    const [first] = pages;
    expect([Math.round(first?.width ?? 0), Math.round(first?.height ?? 0)]).to.deep.equal([595, 842]);
    const all = pages
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, ' ');
    for (const words of [
      'ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP',
      'SỞ KẾ HOẠCH VÀ ĐẦU TƯ',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 158/BC-SKHĐT',
      'Đồng Tháp, ngày 09 tháng 11 năm 2022',
      'a) Có 103/293',
      '(chiếm 35,2%)',
      'b) Có 81/293',
      'c) Có 20/293',
      'd) Có 84/293',
      'đ) Có 05/293',
      '(chiếm 1,7%)',
      'a) Có 261/293',
      'Nơi nhận:',
      'GIÁM ĐỐC',
      'Phụ lục I',
      'UBND huyện Tháp Mười',
    ])
      expect(all).to.include(words);
    expect(all).not.to.include('DỰ THẢO').and.not.include('Điều hướng').and.not.include('Cơ quan chủ quản');
    const millimetre = 72 / 25.4;
    for (const { pieces, width } of pages)
      for (const { x, width: wide, text } of pieces) {
        expect(x, text).to.be.at.least(30 * millimetre - 1);
        expect(x + wide, text).to.be.at.most(width - 15 * millimetre + 2);
      }
    expect(
      pages.flatMap(({ fonts }) => fonts).filter((font) => !/Times|Tinos|Liberation ?Serif/i.test(font)),
    ).to.deep.equal([]);
    // The table lies across, and its head stands on each page it reaches.
    const across = pages.filter(({ width, height }) => width > height);
    expect(across.length).to.be.at.least(1);
    for (const { text } of across) expect(text).to.include('Đơn vị');
    await visit.context.close();
  });

  it('C6: has nothing that axe finds, light and dark, wide and at 360 px, and does not scroll sideways', async function () {
    this.timeout(300_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const visit = await open.open('aggregator', { viewport: { width, height: 768 }, settings: { theme } });
        const { page, go } = visit;
        const check = async (name: string) => {
          await settled(page);
          const where = `${name} ${theme} ${width}`;
          expect(await accessibilityProblems(page), where).to.deep.equal([]);
          expect(await sidewaysScroll(page), where).to.be.at.most(0);
          if (process.env.SHOTS)
            await page.screenshot({ path: `${process.env.SHOTS}/reports-${name}-${theme}-${width}.png` });
        };
        await go('/reports?programme=CK2022');
        await page.locator('.editions').waitFor();
        await check('list');
        await button(page, 'Lập dự thảo báo cáo').click();
        await inDialog(page).waitFor();
        await check('dialog');
        await go('/reports?programme=CK2022&view=reading&asOf=2022-10-30');
        await page.locator('[data-figure="done"]').waitFor();
        await check('reading');
        await go('/reports?programme=CK2022&view=ledger');
        await page.locator('.ledger-row').first().waitFor();
        await check('ledger');
        await go(`${correction}?bucket=stopped`);
        await page.locator('.run-rows').waitFor();
        await page.locator('.shift').first().waitFor();
        await check('edition');
        await go(`${issued}/print`);
        await page.locator('.paper-table').waitFor();
        await check('print');
        expect(visit.complaints).to.deep.equal([]);
        await visit.context.close();
      }
  });
});
