// How much work the console makes for the machine of whoever uses it: processor time of the page's own thread, which stays
// the same when the machine is busy with other things. Never a clock on the wall.

import { expect } from 'chai';
import type { CDPSession, Page } from 'playwright-core';
import { type Console, needsBrowser, openConsole, settled } from './support/console.ts';
import { tenThousandTasks } from './support/ten-thousand.ts';

describe('The console with ten thousand tasks', function () {
  this.timeout(240_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    open = await openConsole();
    await tenThousandTasks(open.databaseUrl);
  });
  after(async () => open?.close());

  const threadTime = async (client: CDPSession): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics');
    const named = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    return (named('ThreadTime') || named('TaskDuration')) * 1000;
  };
  /** Milliseconds of the thread for one of several alike deeds, each of which is over once nothing moves. */
  const cost = async (page: Page, client: CDPSession, times: number, deed: () => Promise<void>): Promise<number> => {
    await settledFrames(page);
    const before = await threadTime(client);
    for (let index = 0; index < times; index += 1) await deed();
    await settledFrames(page);
    return ((await threadTime(client)) - before) / times;
  };
  const settledFrames = (page: Page) =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
    );

  it('C3: loads, types, moves, sorts, opens and scrolls within its budgets of processor time', async () => {
    const { page } = await open.open('office');
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto('/tasks?programme=CK2022');
    await page.getByRole('status').filter({ hasText: '10.000 nhiệm vụ' }).waitFor();
    await settled(page);
    const measured: Record<string, number> = { load: await threadTime(client) };
    const grid = page.getByRole('grid');
    await grid.focus();
    measured.j = await cost(page, client, 20, () => page.keyboard.press('j'));
    measured.pageDown = await cost(page, client, 10, () => page.keyboard.press('PageDown'));
    measured.scroll = await cost(page, client, 60, () =>
      page.evaluate(() => {
        document.querySelector('.grid-box')?.scrollBy(0, 160);
        return new Promise<void>((done) => requestAnimationFrame(() => done()));
      }),
    );
    const search = page.locator('[data-page-search]');
    await search.focus();
    measured.type = await cost(page, client, 8, () => page.keyboard.press('g'));
    await search.fill('');
    await page.getByRole('status').filter({ hasText: '10.000 nhiệm vụ' }).waitFor();
    measured.sort = await cost(page, client, 1, async () => {
      await page.getByLabel('Sắp xếp').selectOption('-code');
      await page.waitForURL(/sort=-code/);
      await settled(page);
    });
    // The first time it costs more, because its code is loaded; of the others the one that was disturbed least.
    const openings: number[] = [];
    for (const _ of [1, 2, 3, 4]) {
      await grid.focus();
      await page.keyboard.press('j');
      openings.push(
        await cost(page, client, 1, async () => {
          await page.keyboard.press('Enter');
          await page.getByRole('dialog').getByRole('tab', { name: 'Diễn biến' }).waitFor();
          await settled(page);
        }),
      );
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    measured.drawer = Math.min(...openings.slice(1));
    within({ load: 300, type: 15, j: 12, pageDown: 25, sort: 100, scroll: 8, drawer: 70 }, measured);
  });

  it('C3: takes the decisions of an appraiser with a hundred claims within their budget', async () => {
    const { page, go } = await open.open('appraiser.bhxh');
    await go('/appraisals');
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    const shown = () => page.evaluate(() => document.querySelector('[role=option][aria-selected=true]')?.id);
    const decisions: number[] = [];
    for (const _ of [1, 2, 3, 4]) {
      // What comes next is fetched while this one is read; reading is not deciding.
      await page.waitForTimeout(600);
      const before = await shown();
      decisions.push(
        await cost(page, client, 1, async () => {
          await page.keyboard.press('1');
          await page.keyboard.press('Control+Enter');
        }),
      );
      expect(await shown()).to.not.equal(before);
    }
    within({ decision: 20 }, { decision: Math.min(...decisions) });
  });

  /**
   * Beside other work the caches of the machine are cold, which costs up to half as much again: this finds work that grew, not
   * noise. The drawer lies at its budget when nothing else runs, and is held at twice of it.
   */
  const within = (budgets: Readonly<Record<string, number>>, measured: Readonly<Record<string, number>>): void => {
    console.log(
      `      ${Object.entries(measured)
        .map(([name, value]) => `${name} ${value.toFixed(1)} of ${budgets[name]} ms`)
        .join(', ')}`,
    );
    expect(
      Object.entries(measured).filter(([name, value]) => value > (name === 'drawer' ? 2 : 1.5) * (budgets[name] ?? 0)),
    ).to.deep.equal([]);
  };

  it('C4: shows rows and no blanks while it is scrolled through', async () => {
    const { page, go } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await page.locator('.grid-box.windowed [role="row"]').nth(5).waitFor();
    const blank = await page.evaluate(async () => {
      const box = document.querySelector('.grid-box.windowed') as HTMLElement;
      let most = 0;
      for (let frame = 0; frame < 240; frame += 1) {
        box.scrollBy(0, 160);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const { top, bottom } = box.getBoundingClientRect();
        const covered = [...box.querySelectorAll('[role="rowgroup"] [role="row"]')].reduce((sum, row) => {
          const place = row.getBoundingClientRect();
          return sum + Math.max(0, Math.min(bottom, place.bottom) - Math.max(top, place.top));
        }, 0);
        most = Math.max(most, 1 - covered / (bottom - top));
      }
      return most;
    });
    expect(blank).to.be.below(0.5);
  });
});
