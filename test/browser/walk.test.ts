// What can be seen on every page: words and numbers as offices write them, nothing that sticks out, both languages.

import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, settled, type Visit } from './support/console.ts';

/** Together they have every page in their navigation. */
const everybody = ['office', 'admin', 'operator', 'head.snv', 'auditor'];
/** A number with a point, a month before a day or a short year, a day as machines write it. */
const foreign = /\d\.\d+%|\b\d{1,2}\/\d{1,2}\/\d{2}\b|\b\d{4}-\d{2}-\d{2}\b/;

describe('The console, page by page', function () {
  this.timeout(300_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  /** Every page once, by whoever has it first in their navigation. */
  const walk = async (look: (visit: Visit, address: string, who: string) => Promise<void>): Promise<number> => {
    const seen = new Set<string>();
    for (const who of everybody) {
      const visit = await open.open(who);
      await visit.go('/settings');
      const links = await visit.page
        .locator('nav.side a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      for (const address of ['/settings', ...links]) {
        if (seen.has(address)) continue;
        seen.add(address);
        await visit.go(address);
        await visit.page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
        await look(visit, address, who);
      }
      await visit.context.close();
    }
    return seen.size;
  };

  it('C14: writes no number and no day in a foreign way', async () => {
    const count = await walk(async ({ page }, address) => {
      const text = await page.locator('body').innerText();
      expect(foreign.exec(text)?.[0], address).to.equal(undefined);
    });
    expect(count).to.be.greaterThan(14);
  });

  it('C7: sticks out nowhere from 320 to 1366 px, nor at twice the size of letters, and gives fingers room', async () => {
    const wrong: string[] = [];
    const look = async ({ page }: Visit, at: string) => {
      if ((await sidewaysScroll(page)) > 0) wrong.push(`${at}: ${await widest(page)}`);
    };
    await walk(async (visit, address) => {
      const { page } = visit;
      for (const width of [320, 360, 768, 1366]) {
        await page.setViewportSize({ width, height: 768 });
        await look(visit, `${address} at ${width} px`);
        if (width !== 360) continue;
        const bar = await page
          .locator('nav.bottom a, nav.bottom button')
          .evaluateAll((all) =>
            all.map((each) => Math.min(each.getBoundingClientRect().height, each.getBoundingClientRect().width)),
          );
        if (Math.min(44, ...bar) < 44) wrong.push(`${address}: tab bar`);
      }
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      await look(visit, `${address} at 200 %`);
    });
    expect(wrong).to.deep.equal([]);
  });

  /** What reaches furthest to the right. */
  const widest = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll('main *, header *')].filter(
        (each) => !each.closest('.table-box, .grid-box, .tabs'),
      );
      const [most] = all.sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right);
      return most ? `${most.tagName} ${most.className} ${most.textContent?.slice(0, 40)}` : '';
    });

  it('C19: changes the language in place: the address stays, what was typed stays, and the page says which it is', async () => {
    const { page, go } = await open.open('office');
    await go('/tasks?programme=CK2022&category=done');
    const search = page.locator('[data-page-search]');
    await search.fill('dang do');
    await page.waitForURL(/q=dang/);
    const address = page.url();
    await page.getByRole('button', { name: /^Tài khoản/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    expect(page.url()).to.equal(address);
    expect(await search.inputValue()).to.equal('dang do');
    expect(await page.locator('html').getAttribute('lang')).to.equal('en');
    await settled(page);
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Tiếng Việt' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nhiệm vụ' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).to.equal('vi');
  });
});
