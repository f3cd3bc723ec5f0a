import { expect } from 'chai';
import pg from 'pg';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('The operators’ page', () => {
  let open: Console;
  let database: pg.Client;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
    database = new pg.Client({ connectionString: open.databaseUrl });
    await database.connect();
    // As the worker leaves a notice whose last attempt failed.
    await database.query(
      `insert into intention (queue, kind, payload, due_at, ready_at, attempts, parked_at, last_error)
       values ('notify', 'notify', '{}', now(), now(), 10, now(), 'Error: no such address')`,
    );
  });
  after(async () => {
    await database?.end();
    await open?.close();
  });

  it('C22: an operator has a failed thing done again, says why, and it stands in the audit list', async function () {
    this.timeout(90_000);
    const { page, go, complaints } = await open.open('operator');
    await go('/ops');
    await page.getByText('1 việc đã thử đủ số lần').waitFor();
    await page.getByRole('link', { name: 'Việc lỗi' }).click();
    await page.getByText('Error: no such address').waitFor();
    await page.getByRole('button', { name: 'Chạy lại' }).click();
    const send = page.getByRole('button', { name: 'Thực hiện và ghi nhật ký' });
    await send.click();
    await page.getByText('Bắt buộc nhập.').waitFor();
    const { rows: untouched } = await database.query('select from intention where parked_at is not null');
    expect(untouched).to.have.length(1);
    await page.getByLabel('Lý do').fill('Đã sửa địa chỉ của đơn vị');
    await send.click();
    await page.getByText('Đã thực hiện và ghi nhật ký.').waitFor();
    const { rows } = await database.query(
      `select reason from audit_entry where action like 'operations.%' or action like 'intention.%' order by id desc limit 1`,
    );
    expect(rows[0]?.reason).to.equal('Đã sửa địa chỉ của đơn vị');
    await page.getByText('Error: no such address').waitFor({ state: 'detached' });
    for (const tab of ['Hẹn giờ', 'Lịch chạy', 'Tiến trình', 'Vì sao (không) nhắc']) {
      await page.getByRole('link', { name: tab }).click();
      await page.locator('section.table-box, .state-note, form').first().waitFor();
    }
    await page.getByLabel('Mã nhiệm vụ').fill('CK2022-SNV-01');
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByRole('heading', { name: 'Đã báo' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('C22: one question at a time, however slow the answer, and none from a hidden page', async function () {
    this.timeout(120_000);
    const { page, go } = await open.open('operator');
    let underWay = 0;
    let most = 0;
    let asked = 0;
    await page.route('**/api/v1/operations', async (route) => {
      asked += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      underWay -= 1;
      await route.continue();
    });
    await go('/ops');
    await page.getByText('Cập nhật lúc').waitFor();
    while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(most).to.equal(1);
    await page.unroute('**/api/v1/operations');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new Event('visibilitychange'));
    });
    await page.waitForLoadState('networkidle');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    // Longer than two intervals of the page.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(sent).to.deep.equal([]);
  });

  it('C6: has nothing that axe finds, light and dark, wide and at 360 px, and does not scroll sideways', async function () {
    this.timeout(90_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const visit = await open.open('operator', { viewport: { width, height: 768 }, settings: { theme } });
        await visit.go('/ops');
        await visit.page.locator('section.table-box').waitFor();
        expect(await accessibilityProblems(visit.page), `${theme} ${width}`).to.deep.equal([]);
        expect(await sidewaysScroll(visit.page), `${theme} ${width}`).to.be.at.most(0);
        if (process.env.SHOTS) await visit.page.screenshot({ path: `${process.env.SHOTS}/ops-${theme}-${width}.png` });
        await visit.context.close();
      }
  });
});
