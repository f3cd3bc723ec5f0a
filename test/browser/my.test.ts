// The inbox of a unit, and the difficulties it reports upward.

import { expect } from 'chai';
import { askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The inbox of a unit and the difficulties in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('puts returned work before overdue work, and the next action is a button that does it', async function () {
    this.timeout(90_000);
    const { page, context, go } = await open.open('unit.hcl');
    const headers = () => ({ Origin: open.url, 'Idempotency-Key': crypto.randomUUID() });
    const waiting = await context.request.get('/api/v1/tasks?programme=CK2022&unit=HCL&category=awaiting_appraisal');
    const { items } = (await waiting.json()) as {
      items: readonly { id: string; code: string; version: number; appraiser: string }[];
    };
    const [task] = items;
    const agency = await open.open(`appraiser.${task?.appraiser.toLowerCase()}`);
    const returned = await agency.context.request.post(`/api/v1/tasks/${task?.id}/transitions`, {
      data: { transition: 'return', reason: 'Thiếu số liệu quý IV.', missing: [{ what: 'Biểu số liệu quý IV' }] },
      headers: { ...headers(), 'If-Match': `"v${task?.version}"` },
    });
    expect(returned.status()).to.equal(200);
    await go('/my');
    const back = page.getByRole('region', { name: 'Bị trả lại' });
    await back.getByText('Cần bổ sung: Biểu số liệu quý IV').waitFor();
    const heads = await page.locator('main h2').allTextContents();
    expect(heads[0]).to.match(/^Bị trả lại/);
    expect(heads[1]).to.match(/^Quá hạn/);
    await back.getByRole('button', { name: 'Bổ sung và trình thẩm định' }).click();
    const dialog = page.getByRole('dialog', { name: 'Trình thẩm định' });
    await dialog.getByLabel('Kết quả đạt được').fill('Đã bổ sung biểu số liệu quý IV.');
    await dialog.getByRole('button', { name: 'Thêm văn bản không kèm tệp' }).click();
    await dialog.getByLabel('Tên minh chứng 1').fill('Biểu số liệu quý IV');
    await dialog.getByRole('button', { name: 'Trình thẩm định' }).click();
    await back.waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: 'Còn lại' })
      .getByText(task?.code ?? '')
      .waitFor();
    await agency.context.close();
    await context.close();
  });

  it('names the nearest deadline when nothing presses', async () => {
    const { page, context, go } = await open.open('unit.snv');
    await page.clock.setFixedTime(new Date('2022-02-01T02:00:00Z'));
    // What the office sees as overdue now was far from it then: the page goes by what the API says.
    await page.route('**/api/v1/tasks?**', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { items: readonly object[] };
      await route.fulfill({
        response: answer,
        json: { ...body, items: body.items.map((item) => ({ ...item, deadline: 'in_time' })) },
      });
    });
    await go('/my');
    await page.getByText('Không còn việc đến hạn trong 10 ngày làm việc.').waitFor();
    await page.getByText(/^Hạn gần nhất: 31\/12\/2022 – /).waitFor();
    await context.close();
  });

  it('brings a difficulty from the unit to the office, which answers it', async function () {
    this.timeout(90_000);
    const { page, context, go } = await open.open('unit.hcl');
    await go('/my');
    await page
      .getByRole('button', { name: /^Việc khác với/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Báo khó khăn, vướng mắc' }).click();
    const form = page.getByRole('dialog', { name: 'Báo khó khăn, vướng mắc' });
    await form.getByRole('textbox', { name: 'Khó khăn, vướng mắc' }).fill('Chưa bố trí được vốn đối ứng.');
    await form.getByLabel(/Đề xuất giải pháp/).fill('Điều chuyển từ nguồn dự phòng.');
    await form.getByLabel('Đề nghị trả lời trước ngày').fill('+5');
    await form.getByRole('button', { name: 'Báo khó khăn, vướng mắc' }).click();
    await page.getByText('Đã thực hiện.').waitFor();
    await context.close();

    for (const theme of ['light', 'dark'] as const) {
      const visit = await open.open('office', { settings: { theme } });
      for (const width of [1366, 360]) {
        await visit.page.setViewportSize({ width, height: 768 });
        await visit.go('/difficulties');
        await visit.page.getByText('Chưa bố trí được vốn đối ứng.').waitFor();
        await visit.page.getByRole('button', { name: 'Trả lời, tháo gỡ' }).waitFor();
        expect(await accessibilityProblems(visit.page)).to.deep.equal([]);
        expect(await sidewaysScroll(visit.page)).to.equal(0);
        if (process.env.SHOT)
          await visit.page.screenshot({ path: `${process.env.SHOT}/difficulties-${theme}-${width}.png` });
      }
      await visit.context.close();
    }
    const office = await open.open('office');
    await office.go('/difficulties');
    await office.page.getByText('1 chưa trả lời, trong đó 0 quá hạn trả lời').waitFor();
    await office.page.getByRole('button', { name: 'Trả lời, tháo gỡ' }).click();
    await office.page.getByRole('dialog').getByLabel('Nội dung trả lời').fill('Sở Tài chính bố trí trong tháng 12.');
    await office.page.getByRole('dialog').getByRole('button', { name: 'Trả lời' }).click();
    await office.page.getByText('Không có khó khăn, vướng mắc nào chưa được trả lời.').waitFor();
    await office.go('/difficulties?show=answered');
    await office.page.getByText(/Sở Tài chính bố trí trong tháng 12\./).waitFor();
    await office.context.close();
  });

  it('lets a unit outside the task answer what was put to it, where the task is closed to it, and the office put it elsewhere', async function () {
    this.timeout(120_000);
    const ask = askingAt(open.url);
    const { items } = await ask('unit.snv', 'GET', '/tasks?programme=CK2022&unit=SNV&category=in_progress&limit=1');
    const [task] = items;
    const cause = 'Chưa có mặt bằng để lắp đặt thiết bị.';
    const put = { cause, addressee: 'unit', unit: 'HCL', answerBy: '2099-03-31' };
    await ask('unit.snv', 'POST', `/tasks/${task.id}/difficulties`, put, task.version);

    // Put by mistake to one unit, by the office to another, with the reason.
    const office = await open.open('office');
    await office.go('/difficulties');
    const card = office.page.getByRole('listitem').filter({ hasText: cause });
    await card.getByText('Huyện Cao Lãnh').waitFor();
    await card.getByRole('button', { name: 'Chuyển nơi giải quyết' }).click();
    const redirect = office.page.getByRole('dialog', { name: 'Chuyển nơi giải quyết' });
    await redirect.getByLabel('Đề nghị trả lời trước ngày (để trống: giữ 31/03/2099)').waitFor();
    await redirect.getByLabel('Chuyển đến').selectOption({ label: 'Đơn vị khác' });
    const send = redirect.getByRole('button', { name: 'Chuyển nơi giải quyết' });
    await send.click();
    expect(await redirect.getByText('Bắt buộc nhập.').count()).to.equal(2);
    await redirect.getByLabel('Đơn vị được đề nghị').fill('SYT');
    await redirect.getByRole('option', { name: /Sở Y tế/ }).click();
    await redirect.getByLabel('Lý do chuyển').fill('Mặt bằng do Sở Y tế quản lý.');
    expect(await accessibilityProblems(office.page)).to.deep.equal([]);
    if (process.env.SHOT) await office.page.screenshot({ path: `${process.env.SHOT}/difficulty-redirect.png` });
    await send.click();
    await redirect.waitFor({ state: 'detached' });
    await card.getByText('Gửi đến: Sở Y tế').waitFor();
    await office.go(`/tasks/${task.id}`);
    await office.page.getByText('Chuyển nơi giải quyết khó khăn, vướng mắc số 1').waitFor();
    await office.page.getByText(/Nơi giải quyết: .*Cao Lãnh → Sở Y tế/).waitFor();
    await office.page.getByRole('tab', { name: 'Khó khăn' }).click();
    await office.page.getByRole('tabpanel').getByRole('button', { name: 'Chuyển nơi giải quyết' }).waitFor();
    await office.context.close();

    // The unit sees this and nothing else; what it types outlives what others do meanwhile.
    const { page, context, go, complaints } = await open.open('head.syt');
    await go('/difficulties');
    const own = page.getByRole('listitem').filter({ hasText: cause });
    await own.getByText('chỉ khó khăn này được gửi đến đơn vị bạn').waitFor();
    expect(await own.getByRole('link').count()).to.equal(0);
    expect(await own.getByRole('button', { name: 'Chuyển nơi giải quyết' }).count()).to.equal(0);
    await own.getByRole('button', { name: 'Trả lời, tháo gỡ' }).click();
    const form = page.getByRole('dialog', { name: 'Trả lời' });
    await form.getByLabel('Nội dung trả lời').fill('Sở Y tế bàn giao mặt bằng trong tháng 12.');
    const { version } = await ask('unit.snv', 'GET', `/tasks/${task.id}`);
    await ask('unit.snv', 'POST', `/tasks/${task.id}/progress`, { progress: 41 }, version);
    await form.getByRole('button', { name: 'Trả lời' }).click();
    await form.getByRole('heading', { name: 'Khi bạn mở', exact: true }).waitFor();
    expect(await form.getByLabel('Nội dung trả lời').inputValue()).to.equal(
      'Sở Y tế bàn giao mặt bằng trong tháng 12.',
    );
    await page.setViewportSize({ width: 360, height: 768 });
    expect(await sidewaysScroll(page)).to.equal(0);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/difficulty-stale-360.png` });
    await form.getByRole('button', { name: 'Đã xem, tiếp tục với trạng thái mới' }).click();
    await form.getByLabel('Nội dung trả lời').press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByText('Không có khó khăn, vướng mắc nào chưa được trả lời.').waitFor();
    const after = await ask('unit.snv', 'GET', `/tasks/${task.id}`);
    expect(after.difficulties[0].answer.text).to.equal('Sở Y tế bàn giao mặt bằng trong tháng 12.');
    expect(complaints.filter((line) => !line.includes('412'))).to.deep.equal([]);
    await context.close();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`C6: the inbox has no accessibility problem in ${theme}, on a desk and at 360 px`, async function () {
      this.timeout(60_000);
      const { page, context, go, complaints } = await open.open('unit.syt', { settings: { theme } });
      for (const width of [1366, 360]) {
        await page.setViewportSize({ width, height: 768 });
        await go('/my');
        await page.getByRole('button', { name: 'Trình thẩm định' }).first().waitFor();
        expect(await accessibilityProblems(page)).to.deep.equal([]);
        expect(await sidewaysScroll(page)).to.equal(0);
        if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/my-${theme}-${width}.png` });
      }
      expect(complaints).to.deep.equal([]);
      await context.close();
    });
});
