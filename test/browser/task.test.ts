// One task: where it stands and why, what may be done with it, and that nothing typed is lost on the way.

import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
import { type Console, demoPassword, needsBrowser, openConsole } from './support/console.ts';

interface Listed {
  readonly id: string;
  readonly code: string;
  readonly version: number;
}

describe('The page of a task in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  const tasksOf = async (context: BrowserContext, filter: string): Promise<readonly Listed[]> => {
    const answer = await context.request.get(`/api/v1/tasks?programme=CK2022&limit=20&${filter}`);
    return ((await answer.json()) as { items: readonly Listed[] }).items;
  };
  const eventsOf = async (context: BrowserContext, id: string, type: string) => {
    const answer = await context.request.get(`/api/v1/tasks/${id}/events?limit=100`);
    const { items } = (await answer.json()) as { items: readonly { readonly type: string }[] };
    return items.filter((event) => event.type === type);
  };
  const choose = async (page: Page, name: string) => {
    await page.getByRole('region', { name: 'Việc có thể làm' }).getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').waitFor();
  };
  const post = (context: BrowserContext, path: string, version: number, data: object) =>
    context.request.post(`/api/v1${path}`, {
      data,
      headers: { Origin: open.url, 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"v${version}"` },
    });

  it('says who holds the task since when and why, and every refused action says whose it is', async () => {
    const { page, context, go, complaints } = await open.open('unit.snv');
    const [task] = await tasksOf(context, 'unit=SNV&category=in_progress');
    await go(`/tasks/${task?.id}`);
    const status = page.getByRole('region', { name: 'Tình trạng' });
    await status.getByText('Vì sao').waitFor();
    // The names of units come by themselves.
    await status.getByText('Sở Nội vụ').first().waitFor();
    const told = (await status.innerText()).replace(/\s+/g, ' ');
    expect(told).to.match(/Đang ở: Sở Nội vụ từ \d\d\/\d\d\/\d{4}, đã [\d.]+ ngày làm việc/);
    expect(told).to.match(/Vì sao: .+ ngày \d\d\/\d\d\/\d{4}, Đầu mối SNV/);
    await page.getByText(/thao tác của người khác/).click();
    await page.getByText('Thao tác này thuộc thẩm quyền của: Văn phòng, lãnh đạo tỉnh.', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Thời hạn' }).getByText('Đã gia hạn 0/1 lần').waitFor();
    const bodyText = await page.locator('main').innerText();
    expect(bodyText).to.not.match(/\d\.\d+%|\b\d{1,2}\/\d{1,2}\/\d{2}\b|\d{4}-\d{2}-\d{2}/);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('lets a focal point submit the work with an uploaded file, and shows it in history, evidence and panel', async function () {
    this.timeout(60_000);
    const { page, context, go, complaints } = await open.open('unit.syt');
    const [task] = await tasksOf(context, 'unit=SYT&category=in_progress');
    await go(`/tasks/${task?.id}`);
    await choose(page, 'Trình thẩm định');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Trình thẩm định' }).click();
    await dialog.getByText('Cần ít nhất một minh chứng có tên.').waitFor();
    await dialog.getByText('Bắt buộc nhập.').waitFor();
    await dialog.getByLabel('Kết quả đạt được').fill('Đã hoàn thành 100 % nội dung cam kết.');
    await dialog.getByLabel('Tỷ lệ đạt so với chỉ tiêu (%)').fill('99,5');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'Báo cáo kết quả.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
    });
    await dialog.getByLabel('Tên minh chứng 1').waitFor();
    expect(await dialog.getByLabel('Tên minh chứng 1').inputValue()).to.equal('Báo cáo kết quả');
    await dialog.getByLabel('Kết quả đạt được').press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Tình trạng' }).getByText('Chờ thẩm định').waitFor();
    await page.getByRole('tabpanel').getByText('Minh chứng: Báo cáo kết quả').waitFor();
    await page.getByRole('tab', { name: 'Minh chứng' }).click();
    await page.getByRole('link', { name: 'Báo cáo kết quả' }).waitFor();
    await page.getByRole('tab', { name: 'Minh chứng' }).press('ArrowLeft');
    await page.getByRole('tab', { name: 'Thẩm định' }).click();
    await page.getByText('Vòng thẩm định 1').first().waitFor();
    expect(page.url()).to.contain('tab=appraisal');
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('C17: a session that ends in mid-form, another person who was faster and a dead network lose no text', async function () {
    this.timeout(60_000);
    const { page, context, go } = await open.open('unit.stnmt');
    const other = await open.open('head.stnmt');
    const [task] = await tasksOf(context, 'unit=STNMT&category=in_progress');
    const id = task?.id ?? '';
    // Without news of others the page learns of them only when it is refused.
    await page.route('**/api/v1/live', (route) => route.abort());
    await go(`/tasks/${id}`);

    await choose(page, 'Báo khó khăn, vướng mắc');
    const form = page.getByRole('dialog', { name: 'Báo khó khăn, vướng mắc' });
    await form.getByRole('textbox', { name: 'Khó khăn, vướng mắc' }).fill('Chưa có đơn giá bồi thường.');
    await form.getByLabel('Đề nghị trả lời trước ngày').fill('+10');
    await context.clearCookies();
    await form.getByRole('button', { name: 'Báo khó khăn, vướng mắc' }).click();
    const again = page.getByRole('dialog').filter({ has: page.getByLabel('Mật khẩu') });
    await again.getByLabel('Thư điện tử').fill('unit.stnmt@demo.local');
    await again.getByLabel('Mật khẩu').fill(demoPassword);
    await again.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Đã thực hiện.').waitFor();
    await form.waitFor({ state: 'detached' });
    expect(await eventsOf(context, id, 'task.difficulty_reported')).to.have.length(1);

    await choose(page, 'Báo cáo tiến độ');
    const progress = page.getByRole('dialog', { name: 'Báo cáo tiến độ' });
    await progress.getByLabel('Tiến độ (%)').fill('91');
    await progress.getByLabel('Diễn giải').fill('Đang nhập dở.');
    const [now] = await tasksOf(other.context, 'unit=STNMT&category=in_progress');
    expect(now?.id).to.equal(id);
    const faster = await post(other.context, `/tasks/${id}/progress`, now?.version ?? 0, { progress: 88 });
    expect(faster.status()).to.equal(200);
    await progress.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
    await progress.getByText('Khi bạn mở', { exact: true }).waitFor();
    await progress.getByText('Hiện nay', { exact: true }).waitFor();
    await progress.getByText(/^88,0\s?%$/).waitFor();
    expect(await progress.getByLabel('Diễn giải').inputValue()).to.equal('Đang nhập dở.');
    await progress.getByRole('button', { name: 'Đã xem, tiếp tục với trạng thái mới' }).click();
    const before = (await eventsOf(context, id, 'task.progress_reported')).length;
    await context.setOffline(true);
    await progress.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
    await progress.getByText('Đang mất kết nối.').waitFor();
    expect(await progress.getByLabel('Diễn giải').inputValue()).to.equal('Đang nhập dở.');
    await context.setOffline(false);
    await progress.waitFor({ state: 'detached' });
    expect((await eventsOf(context, id, 'task.progress_reported')).length).to.equal(before + 1);

    await choose(page, 'Xin gia hạn');
    await page.getByLabel('Lý do').fill('Chờ bố trí vốn.');
    await page.keyboard.press('Escape');
    await page.reload();
    await choose(page, 'Xin gia hạn');
    await page.getByText('Đã khôi phục nội dung đang nhập dở.').waitFor();
    expect(await page.getByLabel('Lý do').inputValue()).to.equal('Chờ bố trí vốn.');
    await context.close();
    await other.context.close();
  });

  it('C15: reads a day as people type it and answers in Vietnamese, in an English browser too', async () => {
    const { page, context, go } = await open.open('leader');
    const [task] = await tasksOf(context, 'unit=SNV&category=in_progress');
    // Thursday the 12th of February 2026: five days of Tết follow.
    await page.clock.setFixedTime(new Date('2026-02-12T02:00:00Z'));
    await go(`/tasks/${task?.id}`);
    await choose(page, 'Quyết định thời hạn');
    const field = page.getByLabel('Ngày *', { exact: true });
    const told = async (typed: string) => {
      await field.fill(typed);
      const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
      const texts = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).innerText()));
      return texts.join(' ');
    };
    const calendar = (await (await context.request.get('/api/v1/calendars/vn')).json()) as {
      readonly days: readonly { readonly date: string; readonly kind: string }[];
    };
    const off = new Set(calendar.days.filter(({ kind }) => kind !== 'make_up').map(({ date }) => date));
    const on = new Set(calendar.days.filter(({ kind }) => kind === 'make_up').map(({ date }) => date));
    let day = new Date('2026-02-12T00:00:00Z');
    for (let left = 10; left > 0; ) {
      day = new Date(day.getTime() + 86_400_000);
      const civil = day.toISOString().slice(0, 10);
      const weekend = [0, 6].includes(day.getUTCDay());
      if (on.has(civil) || (!weekend && !off.has(civil))) left -= 1;
    }
    const tenth = day.toISOString().slice(0, 10).split('-').reverse().join('/');
    expect(await told('5/1')).to.match(/^Thứ Ba, 05\/01\/2027 · còn \d+ ngày làm việc$/);
    expect(await told('05012027')).to.contain('Thứ Ba, 05/01/2027');
    expect(await told('5.1.27')).to.contain('Thứ Ba, 05/01/2027');
    expect(await told('hôm nay')).to.equal('Thứ Năm, 12/02/2026 · hôm nay');
    expect(await told('+10')).to.contain(`${tenth} · còn 10 ngày làm việc`);
    expect(tenth).to.not.equal('26/02/2026');
    expect(await told('31/02')).to.contain('Không có ngày này trong lịch.');
    expect(await told('29/02/2027')).to.contain('Không có ngày này trong lịch.');
    expect(await told('13/25')).to.contain('Không có ngày này trong lịch.');
    expect(await told('mai kia')).to.contain('Không đọc được ngày.');
    await context.close();
  });

  it('lets a leader grant an extension by a document, which the chain of deadlines then tells', async () => {
    const { page, context, go } = await open.open('leader');
    const [, task] = await tasksOf(context, 'unit=SNV&category=in_progress');
    await go(`/tasks/${task?.id}`);
    await choose(page, 'Quyết định thời hạn');
    await page.getByLabel('Ngày *', { exact: true }).fill('31/12/2027');
    await page.getByLabel('Lý do').fill('Chờ quy hoạch được duyệt.');
    await page.getByLabel('Số, ký hiệu').fill('15/QĐ-UBND-HC');
    await page.getByLabel('Ngày ban hành').fill('hôm nay');
    await page.getByLabel('Cơ quan ban hành').fill('UBND Tỉnh');
    await page.getByRole('dialog').getByRole('button', { name: 'Quyết định thời hạn' }).click();
    const card = page.getByRole('region', { name: 'Thời hạn' });
    await card.getByText('Đã gia hạn 1/1 lần').waitFor();
    await card.getByText(/Văn bản số 15\/QĐ-UBND-HC ngày \d\d\/\d\d\/\d{4} của UBND Tỉnh/).waitFor();
    await card.getByText('Gia hạn', { exact: true }).waitFor();
    await context.close();
  });

  it('lets the head name who follows it, who then sees it and nothing they may not do, until nobody follows it any more', async function () {
    this.timeout(120_000);
    const ask = askingAt(open.url);
    const password = 'Ruong-lua-chin-vang-74';
    const account = {
      email: 'member.syt@demo.local',
      name: 'Trần Thị Theo Dõi',
      password,
      memberships: [{ role: 'member', unit: 'SYT' }],
    };
    await ask('admin', 'POST', '/accounts', account);
    const member = await open.open();
    await member.context.request.post('/api/v1/sessions', { data: { email: account.email, password } });
    const { page, context, go, complaints } = await open.open('head.syt');
    const [task] = await tasksOf(context, 'unit=SYT&category=in_progress');
    const id = task?.id ?? '';
    expect(await tasksOf(member.context, 'unit=SYT')).to.deep.equal([]);

    await go(`/tasks/${id}`);
    const card = page.getByRole('region', { name: 'Người theo dõi' });
    await card.getByText('Chưa phân công ai theo dõi nhiệm vụ này.').waitFor();
    await card.getByRole('button', { name: 'Phân công người theo dõi' }).click();
    const form = page.getByRole('dialog', { name: 'Phân công người theo dõi' });
    await form.getByRole('button', { name: 'Phân công người theo dõi' }).click();
    await form.getByText('Bắt buộc nhập.').waitFor();
    await form
      .getByLabel('Người theo dõi')
      .selectOption({ label: 'Trần Thị Theo Dõi (Chuyên viên của đơn vị; đang theo dõi 0)' });
    expect(await form.getByText('Bắt buộc nhập.').count()).to.equal(0);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    await form.getByLabel('Người theo dõi').press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await card.getByText('Trần Thị Theo Dõi', { exact: true }).waitFor();
    await page.getByRole('tabpanel').getByText('Phân công người theo dõi (Sở Y tế)').waitFor();

    // Whoever follows it finds it in their list, and has to report what blocks it, nothing else.
    await member.go('/tasks?programme=CK2022');
    await member.page.getByText(task?.code ?? '').waitFor();
    await member.go(`/tasks/${id}`);
    await member.page.getByText(/^Bạn được Sở Y tế phân công theo dõi nhiệm vụ này từ ngày/).waitFor();
    const deeds = member.page.getByRole('region', { name: 'Việc có thể làm' });
    expect(await deeds.locator('.row').first().getByRole('button').allTextContents()).to.deep.equal([
      'Báo khó khăn, vướng mắc',
    ]);
    expect(await member.page.getByRole('button', { name: 'Thôi phân công' }).count()).to.equal(0);
    for (const width of [1366, 360]) {
      await member.page.setViewportSize({ width, height: 768 });
      expect(await problemsInBothThemes(member.page)).to.deep.equal([]);
      expect(await sidewaysScroll(member.page)).to.equal(0);
      if (process.env.SHOT)
        await member.page.screenshot({ path: `${process.env.SHOT}/follower-${width}.png`, fullPage: true });
    }

    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/follower-head.png`, fullPage: true });
    await card.getByRole('button', { name: 'Thôi phân công' }).click();
    const end = page.getByRole('dialog', { name: 'Thôi phân công' });
    await end.getByLabel(/^Lý do/).fill('Chuyển công tác.');
    await end.getByRole('button', { name: 'Thôi phân công' }).click();
    await card.getByText('Chưa phân công ai theo dõi nhiệm vụ này.').waitFor();
    expect(await tasksOf(member.context, 'unit=SYT')).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await member.context.close();
    await context.close();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`C6: has no accessibility problem in ${theme}, on a desk and at 360 px, with every tab and a form open`, async function () {
      this.timeout(120_000);
      const { page, context, go } = await open.open('unit.snv', { settings: { theme } });
      const [task] = await tasksOf(context, 'unit=SNV&category=in_progress');
      for (const width of [1366, 360]) {
        await page.setViewportSize({ width, height: 768 });
        await go(`/tasks/${task?.id}`);
        await page.getByRole('tab', { name: 'Diễn biến' }).waitFor();
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          await page.waitForFunction(() => {
            const panel = document.querySelector<HTMLElement>('[role=tabpanel]');
            return panel !== null && panel.innerText.trim() !== '' && !panel.querySelector('.state-note');
          });
          expect(await accessibilityProblems(page)).to.deep.equal([]);
          expect(await sidewaysScroll(page)).to.equal(0);
        }
        await choose(page, 'Trình thẩm định');
        expect(await accessibilityProblems(page)).to.deep.equal([]);
        if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/task-${theme}-${width}.png` });
        await page.keyboard.press('Escape');
      }
      await context.close();
    });
});
