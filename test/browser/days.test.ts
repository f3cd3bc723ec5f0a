// The calendar that opens beside a field of a day.

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, settled } from './support/console.ts';

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-day') ?? document.activeElement?.ariaLabel ?? null);

const decideDeadline = async (page: Page): Promise<void> => {
  const deeds = page.getByRole('region', { name: 'Việc có thể làm' });
  await deeds.getByRole('button', { name: 'Quyết định thời hạn', exact: true }).click();
  await page.getByRole('dialog', { name: 'Quyết định thời hạn' }).waitFor();
};

describe('The calendar of a day field in a browser', () => {
  let open: Console;
  let path: string;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
    const { context } = await open.open('leader');
    const list = await context.request.get('/api/v1/tasks?programme=CK2022&unit=SNV&category=in_progress');
    path = `/tasks/${((await list.json()) as { items: readonly { readonly id: string }[] }).items[0]?.id}`;
    await context.close();
  });
  after(async () => open?.close());

  it('paints the days off and the make-up days of Tết, says their names, and is walked by the keys of a date picker', async () => {
    const { page, go, complaints } = await open.open('leader');
    // The Thursday before Tết 2026.
    await page.clock.setFixedTime(new Date('2026-02-12T02:00:00Z'));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await go(path);
    await decideDeadline(page);
    expect(
      asked.filter((url) => /day-calendar/.test(url)),
      'nothing of it before it is opened',
    ).to.deep.equal([]);
    const field = page.getByLabel('Ngày *', { exact: true });
    const button = page.getByRole('button', { name: 'Mở lịch' }).first();
    await button.click();
    const dialog = page.getByRole('dialog', { name: 'Chọn ngày: Ngày' });
    await dialog.getByRole('grid', { name: 'Tháng 2 năm 2026' }).waitFor();
    expect(asked.filter((url) => /day-calendar.*\.js/.test(url))).to.have.length(1);
    expect(await focused(page), 'today, while no day is given').to.equal('2026-02-12');
    expect(await dialog.getByRole('columnheader').allInnerTexts()).to.deep.equal([
      'T2',
      'T3',
      'T4',
      'T5',
      'T6',
      'T7',
      'CN',
    ]);

    const { days } = (await (await page.request.get('/api/v1/calendars/vn')).json()) as {
      readonly days: readonly { readonly date: string; readonly kind: string; readonly name: string }[];
    };
    const february = days.filter(({ date }) => date.startsWith('2026-02'));
    expect(february.length).to.be.greaterThan(4);
    for (const { date, kind, name } of february) {
      const cell = dialog.locator(`[data-day="${date}"]`);
      expect(await cell.getAttribute('class'), date).to.include(kind);
      expect(await cell.getAttribute('title'), date).to.include(name);
      expect(await cell.innerText(), date).to.include(name);
    }

    const walk = async (key: string, to: string) => {
      await page.keyboard.press(key);
      expect(await focused(page), key).to.equal(to);
    };
    await walk('ArrowRight', '2026-02-13');
    await walk('ArrowDown', '2026-02-20');
    await walk('ArrowLeft', '2026-02-19');
    await walk('ArrowUp', '2026-02-12');
    await walk('Home', '2026-02-09');
    await walk('End', '2026-02-15');
    await walk('PageDown', '2026-03-15');
    await walk('PageUp', '2026-02-15');
    await walk('Shift+PageDown', '2027-02-15');
    await dialog.getByText('Lịch chưa có dữ liệu của năm này', { exact: false }).waitFor();
    await walk('Shift+PageUp', '2026-02-15');
    await walk('PageDown', '2026-03-15');
    await walk('ArrowDown', '2026-03-22');
    await walk('ArrowDown', '2026-03-29');
    await walk('ArrowRight', '2026-03-30');
    await walk('ArrowRight', '2026-03-31');
    await walk('PageDown', '2026-04-30');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await field.inputValue()).to.equal('30/04/2026');
    expect(await focused(page)).to.equal('Mở lịch');

    // Escape closes the calendar and nothing around it; the field opens it by a key too.
    await field.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await dialog.waitFor();
    expect(await focused(page), 'the day that is given').to.equal('2026-04-30');
    expect(await dialog.locator('[aria-selected=true]').getAttribute('data-day')).to.equal('2026-04-30');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await dialog.getByRole('grid', { name: 'Tháng 4 năm 2027' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await field.inputValue()).to.equal('30/04/2026');
    await page.getByRole('dialog', { name: 'Quyết định thời hạn' }).waitFor();
    expect(complaints).to.deep.equal([]);
  }).timeout(60_000);

  it('keeps to the days a form allows, and says why', async () => {
    const { page, go } = await open.open('aggregator');
    await page.clock.setFixedTime(new Date('2026-11-12T02:00:00Z'));
    await go('/confirm');
    await page.getByRole('button', { name: 'Mở đợt xác nhận' }).click();
    const asOf = page.getByLabel('Số liệu tính đến hết ngày *', { exact: true });
    await page.getByRole('button', { name: 'Mở lịch' }).first().click();
    const dialog = page.getByRole('dialog', { name: /^Chọn ngày/ });
    await dialog.getByRole('grid').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await dialog.getByText('Ngày này quá muộn.').waitFor();
    expect(await asOf.inputValue()).to.equal('');
    await dialog.getByRole('button', { name: 'Hôm nay' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await asOf.inputValue()).to.equal('12/11/2026');
  });

  it('says in its place that it cannot be fetched, loses nothing that was typed, and opens once it can be', async () => {
    const { page, go } = await open.open('aggregator', { settings: { language: 'en' } });
    await go('/confirm');
    await page.route('**/assets/day-calendar-*.js', (route) => route.abort());
    await page.locator('main').getByRole('button', { name: 'Open a round' }).click();
    await page.getByLabel('Title of the report').fill('Half a year');
    await page.getByRole('button', { name: 'Open the calendar' }).first().click();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/assets/day-calendar-*.js');
    await page.getByRole('alert').getByRole('button').click();
    await page
      .getByRole('dialog', { name: /^Choose a day/ })
      .getByRole('grid')
      .waitFor();
    expect((await page.getByRole('columnheader').allInnerTexts()).slice(0, 2)).to.deep.equal(['Mo', 'Tu']);
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Title of the report').inputValue()).to.equal('Half a year');
  });

  for (const theme of ['light', 'dark'] as const)
    it(`C6, C7: lies on the screen at 360 px and has no accessibility problem in ${theme}`, async () => {
      const { page, go } = await open.open('leader', { settings: { theme } });
      await page.clock.setFixedTime(new Date('2026-02-12T02:00:00Z'));
      for (const width of [1366, 360]) {
        await page.setViewportSize({ width, height: 700 });
        await go(path);
        await decideDeadline(page);
        await page.getByRole('button', { name: 'Mở lịch' }).first().click();
        const dialog = page.getByRole('dialog', { name: 'Chọn ngày: Ngày' });
        await dialog.getByRole('grid').waitFor();
        await settled(page);
        expect(await accessibilityProblems(page)).to.deep.equal([]);
        const box = await dialog.boundingBox();
        expect(box?.x).to.be.at.least(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).to.be.at.most(width);
        expect((box?.y ?? 0) + (box?.height ?? 0)).to.be.at.most(700);
        if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/day-${theme}-${width}.png` });
      }
    }).timeout(60_000);
});
