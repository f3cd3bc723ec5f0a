// What can be seen on every page: words and numbers as offices write them, nothing that sticks out, both languages.

import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sidewaysScroll } from './support/axe.ts';
import { type Console, complete, needsBrowser, openConsole, settled, type Visit } from './support/console.ts';
import { wrongOnPaper } from './support/paper.ts';
import { furnished, type Place, routesOfRouter } from './support/routes.ts';
import { hearing, ownVietnamese, textsOn, vietnameseWords } from './support/words.ts';

/** A number with a point, a month before a day or a short year, a day as machines write it. */
const foreign = /\d\.\d+%|\b\d{1,2}\/\d{1,2}\/\d{2}\b|\b\d{4}-\d{2}-\d{2}\b/;
/** A language is named in itself. */
const ownName = 'Tiếng Việt';

describe('The console, page by page', function () {
  this.timeout(300_000);
  let open: Console;
  let places: readonly Place[];
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
    places = await furnished(open);
  });
  after(async () => open?.close());

  /** Every place once, each person with one browser. */
  const walk = async (
    settings: object,
    look: (visit: Visit, place: Place) => Promise<void>,
    opened: (page: Page) => void = () => undefined,
  ): Promise<void> => {
    let visit: Visit | undefined;
    let who = '';
    for (const place of places) {
      if (!visit || place.who !== who) {
        await visit?.context.close();
        visit = await open.open(place.who, { settings });
        who = place.who;
        opened(visit.page);
      }
      await visit.go(place.address);
      await complete(visit.page);
      await look(visit, place);
    }
    await visit?.context.close();
  };

  // One walk for all of it: going to a page takes longer than looking at it.
  it('C14: C7: C9: writes nothing in a foreign way, sticks out nowhere, and prints on A4, on every route of the router', async () => {
    const wrong: string[] = [];
    const walked = new Set<string>();
    await walk({ theme: 'dark' }, async ({ page }, { route, address }) => {
      walked.add(route);
      const written = foreign.exec(await page.locator('body').innerText())?.[0];
      if (written !== undefined) wrong.push(`${address} writes ${written}`);

      for (const width of [320, 360, 768, 1366]) {
        await page.setViewportSize({ width, height: 768 });
        if ((await sidewaysScroll(page)) > 0) wrong.push(`${address} at ${width} px: ${await widest(page)}`);
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
      if ((await sidewaysScroll(page)) > 0) wrong.push(`${address} at 200 %: ${await widest(page)}`);
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '';
      });

      // Last: a page that was laid out for paper keeps traces of it.
      const file = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      wrong.push(...(await wrongOnPaper(page, file)).map((what) => `${address} on paper: ${what}`));
      if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/print${address.replaceAll(/\W+/g, '-')}.pdf`, file);
    });
    if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/wrong.txt`, wrong.join('\n'));
    expect(wrong.join('\n')).to.equal('');
    expect([...walked].sort()).to.deep.equal([...routesOfRouter()].sort());
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

  it('C19: says nothing of its own in Vietnamese on an English page: only what the API gave', async () => {
    const words = await vietnameseWords();
    expect(words.size).to.be.greaterThan(1000);
    const api = hearing();
    const wrong = new Set<string>();
    await walk(
      { language: 'en' },
      async ({ page }, { address }) => {
        const given = [...(await api.given()), ownName].sort((one, other) => other.length - one.length);
        for (const text of new Set(await textsOn(page)))
          if ((words.has(text) && !given.includes(text)) || ownVietnamese(text, given))
            wrong.add(`${address}: ${text}`);
      },
      api.listenTo,
    );
    if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/english.txt`, [...wrong].join('\n'));
    expect([...wrong].join('\n')).to.equal('');
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
