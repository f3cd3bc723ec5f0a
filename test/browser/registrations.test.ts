import { expect } from 'chai';
import { type Asking, askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, settled, type Visit } from './support/console.ts';

/** The demonstration ends with 2022; the year after it is set up here. */
const nextYear = {
  code: 'CK2023',
  name: 'Cam kết hành động năm 2023',
  noun: 'nội dung cam kết',
  year: 2023,
  workflow: 'commitment',
  calendar: 'vn',
  aggregator: 'SKHDT',
  illustrative: true,
  defaultDue: { kind: 'on_or_before', day: '2023-12-31' },
};

describe('Registration of next year in the console', () => {
  let open: Console;
  let ask: Asking;
  let office: Visit;
  let head: Visit;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
    ask = askingAt(open.url);
    await ask('admin', 'POST', '/programmes', nextYear);
    office = await open.open('office');
    head = await open.open('head.snv');
    for (const { page } of [office, head]) page.setDefaultTimeout(20_000);
  });
  after(async () => open?.close());
  const dialogOf = ({ page }: Visit) => page.getByRole('dialog');

  it('opens a round, carries forward, adjusts a target on a basis, proposes, and the head submits', async function () {
    this.timeout(180_000);
    await office.go('/registrations');
    await office.page.getByText('Chưa có đợt đăng ký nào').waitFor();
    await office.page.getByRole('button', { name: 'Mở đợt đăng ký' }).click();
    await dialogOf(office).getByLabel('Chương trình năm sau').selectOption('CK2023');
    await dialogOf(office).getByLabel('Chuyển tiếp từ chương trình').selectOption('CK2022');
    await dialogOf(office).getByRole('button', { name: 'Mở đợt' }).click();
    await office.page.getByText('Chưa có nội dung nào.').waitFor();
    // From above, for one unit: submitted at once.
    await office.page.getByRole('button', { name: 'Đề xuất nội dung mới' }).click();
    await dialogOf(office).getByLabel('Đơn vị thực hiện').selectOption('SNV');
    await dialogOf(office).getByLabel('Nội dung cam kết').fill('Số hóa toàn bộ hồ sơ lưu trữ lịch sử');
    await dialogOf(office).getByLabel('Chỉ tiêu').fill('62,5');
    await dialogOf(office).getByRole('button', { name: 'Ghi đề xuất' }).click();
    await office.page.locator('[data-flags]', { hasText: 'Văn phòng đề xuất' }).waitFor();

    const { page } = head;
    await head.go('/registrations');
    await page.getByRole('button', { name: 'Chuyển tiếp cam kết năm nay' }).click();
    await dialogOf(head).getByRole('button', { name: 'Chuyển tiếp', exact: true }).click();
    await page.getByRole('status').filter({ hasText: '8/8 nội dung' }).waitFor();
    const row = page.locator('[data-proposal]', { hasText: 'Tổ chức 10 lớp' });
    expect(await row.innerText()).to.include('giữ nguyên như năm trước');
    await row.getByRole('button', { name: 'Sửa' }).click();
    await dialogOf(head).getByLabel('Chỉ tiêu').fill('12');
    // Without its basis the API refuses, and what was typed stays.
    await dialogOf(head).getByRole('button', { name: 'Lưu' }).click();
    await dialogOf(head).locator('.notice.bad').waitFor();
    expect(await dialogOf(head).getByLabel('Chỉ tiêu').inputValue()).to.equal('12');
    await dialogOf(head).getByLabel('Số, ký hiệu').fill('25/NQ-HĐND');
    await dialogOf(head).getByLabel('Cơ quan ban hành').fill('HĐND Tỉnh');
    await dialogOf(head).getByLabel('Ngày ban hành').fill('8/12/2022');
    await dialogOf(head).getByRole('button', { name: 'Lưu' }).click();
    await row.getByText('25/NQ-HĐND, 08/12/2022, HĐND Tỉnh').waitFor();
    expect((await row.locator('.targets').innerText()).replace(/\s+/g, ' ')).to.match(/^10 12 lớp/);
    const dropped = page.locator('[data-proposal]', { hasText: 'Giảm 02 đầu mối' });
    await dropped.getByRole('button', { name: 'Không tiếp tục' }).click();
    await dialogOf(head).getByLabel('Lý do').fill('Đã sắp xếp xong');
    await dialogOf(head).getByRole('button', { name: 'Ghi là giảm' }).click();
    await dropped.getByText('Đã sắp xếp xong').waitFor();
    await page.getByRole('button', { name: 'Trình nội dung của đơn vị' }).click();
    expect(await dialogOf(head).innerText()).to.include('trình 7 nội dung');
    await dialogOf(head).getByRole('button', { name: 'Trình', exact: true }).click();
    await row.getByText('Đã trình').waitFor();
    expect([...head.complaints].filter((text) => !text.includes('422'))).to.deep.equal([]);
  });

  it('flags copies and what units of a bloc treat differently; takes opinions, returns with a reason', async function () {
    this.timeout(180_000);
    const { page, go } = office;
    const [{ id }] = (await ask('office', 'GET', '/registrations')).items;
    for (const unit of ['hcl', 'htm'])
      await ask(`unit.${unit}`, 'POST', `/registrations/${id}/carry-forward`, { unit: unit.toUpperCase() });
    for (const unit of ['hcl', 'htm'])
      await ask(`head.${unit}`, 'POST', `/registrations/${id}/submissions`, { unit: unit.toUpperCase() });
    await go('/registrations?flag=unchanged&unit=HCL');
    await page.getByRole('status').filter({ hasText: '12/33 nội dung' }).waitFor();
    await go('/registrations?view=uniformity');
    await page.getByText('12 nội dung mà các đơn vị trong khối xử lý khác nhau').waitFor();
    await go('/registrations?view=balance');
    expect(await page.locator('tr[data-unit="SNV"]').innerText()).to.match(/Sở Nội vụ[\s\S]*5\s+5\s+0/);

    await go('/registrations?unit=SNV');
    const row = page.locator('[data-proposal]', { hasText: 'Tổ chức 10 lớp' });
    await row.getByRole('button', { name: 'Cho ý kiến' }).click();
    await dialogOf(office).getByLabel('Ý kiến').fill('Phù hợp Nghị quyết');
    await dialogOf(office).getByRole('button', { name: 'Ghi ý kiến' }).click();
    await row.getByText('Phù hợp Nghị quyết').waitFor();
    const back = page.locator('[data-proposal]', { hasText: 'Hoàn thành Đề án vị trí việc làm' });
    await back.getByRole('button', { name: 'Trả lại' }).click();
    await dialogOf(office).getByLabel('Lý do trả lại').fill('Cần nêu rõ thời hạn');
    await dialogOf(office).getByRole('button', { name: 'Trả lại' }).click();
    // What came back is its unit's again; the office, which may propose for it, still sees it.
    await back.getByText('Trả lại vì: Cần nêu rõ thời hạn').waitFor();
    await page.getByRole('button', { name: 'Cho ý kiến theo khối' }).click();
    await dialogOf(office).getByLabel('Khối').selectOption('district');
    await dialogOf(office).getByLabel('Ý kiến').fill('Phần lớn như năm 2022, chưa đồng nhất');
    await dialogOf(office).getByRole('button', { name: 'Ghi ý kiến' }).click();
    await page.getByRole('link', { name: 'Phụ lục IV' }).click();
    await page.getByText('Phần lớn như năm 2022, chưa đồng nhất').first().waitFor();
    await page
      .locator('[data-note]', { hasText: '(1) Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung' })
      .waitFor();
    const file = await page.evaluate(async (path) => {
      const answer = await fetch(path);
      return [answer.status, answer.headers.get('Content-Disposition') ?? ''];
    }, `/api/v1/registrations/${id}/annex-iv?format=xlsx`);
    expect(file[0]).to.equal(200);
    expect(file[1]).to.include('Phu-luc-IV_CK2023');
    await head.go('/registrations?status=returned');
    await head.page.getByText('Trả lại vì: Cần nêu rõ thời hạn').waitFor();
  });

  it('a leader decides by a document, and next year’s tasks are made', async function () {
    this.timeout(180_000);
    const leader = await open.open('leader');
    const { page, go } = leader;
    page.setDefaultTimeout(20_000);
    expect(await office.page.getByRole('button', { name: /^Quyết định/ }).getAttribute('aria-disabled')).to.equal(
      'true',
    );
    await go('/registrations');
    await page.getByLabel('Không đồng ý: Số hóa toàn bộ hồ sơ lưu trữ lịch sử').check();
    await page.getByRole('button', { name: 'Quyết định' }).click();
    expect(await dialogOf(leader).innerText())
      .to.include('quyết định không rút lại được')
      .and.include('không đồng ý 1');
    await dialogOf(leader).getByLabel('Số, ký hiệu').fill('1388/QĐ-UBND');
    await dialogOf(leader).getByLabel('Cơ quan ban hành').fill('UBND Tỉnh');
    await dialogOf(leader).getByLabel('Ngày ban hành').fill('15/12/2022');
    await dialogOf(leader).getByLabel('Lý do không đồng ý').fill('Chưa bố trí kinh phí');
    // The programme's own deadline is told; the decision names an earlier one for its tasks.
    await dialogOf(leader).getByText('Để trống là theo thời hạn chung của chương trình: 31/12/2023.').waitFor();
    await dialogOf(leader).getByLabel('Thời hạn của các nhiệm vụ được tạo').selectOption('on_or_before');
    await dialogOf(leader).getByRole('button', { name: 'Quyết định' }).click();
    await dialogOf(leader).getByRole('alert').getByText('Bắt buộc nhập.').waitFor();
    await dialogOf(leader).getByLabel('Ngày *', { exact: true }).fill('30/11/2023');
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/registrations-decide.png` });
    await dialogOf(leader).getByRole('button', { name: 'Quyết định' }).click();
    await page.getByText(/^(\d+)\/\1 nhiệm vụ năm sau đã tạo$/).waitFor({ timeout: 60_000 });
    await page.getByText('Không đồng ý vì: Chưa bố trí kinh phí').waitFor();
    const row = page.locator('[data-proposal]', { hasText: 'Tổ chức 10 lớp' });
    await row.getByRole('link', { name: 'Nhiệm vụ năm sau' }).click();
    await page.getByRole('heading', { level: 1, name: /Tổ chức 10 lớp/ }).waitFor();
    await page.getByRole('region', { name: 'Thời hạn' }).getByText('30/11/2023').first().waitFor();
    expect(leader.complaints).to.deep.equal([]);
    await leader.context.close();
  });

  it('C6: has nothing that axe finds, light and dark, wide and at 360 px, and does not scroll sideways', async function () {
    this.timeout(300_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const visit = await open.open('office', { viewport: { width, height: 768 }, settings: { theme } });
        const { page, go } = visit;
        for (const view of ['rows', 'uniformity', 'balance', 'annex']) {
          await go(`/registrations?view=${view}`);
          await page.locator('.table').first().waitFor();
          await settled(page);
          const where = `${view} ${theme} ${width}`;
          expect(await accessibilityProblems(page), where).to.deep.equal([]);
          expect(await sidewaysScroll(page), where).to.be.at.most(0);
          if (process.env.SHOTS)
            await page.screenshot({ path: `${process.env.SHOTS}/registrations-${view}-${theme}-${width}.png` });
        }
        expect(visit.complaints).to.deep.equal([]);
        await visit.context.close();
      }
  });
});
