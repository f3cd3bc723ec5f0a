// What somebody at the screen waits for: from a key or a click to the next picture, at worst, while they work through ten
// thousand tasks (part of `npm run bench`, which starts it). Beside it the same keys on a bare page with a list of its own, in the same browser: what the machine takes.

import type { Page } from 'playwright-core';
import type { Measure } from '../bench/measure.ts';
import { openConsole, settled } from './support/console.ts';
import { tenThousandTasks } from './support/ten-thousand.ts';

const rounds = 3;
/** console.md asks for less than 200 ms; what it may cost beside a page that does nothing else is not said anywhere. */
const mostMs = 200;

const nextPaint = async (): Promise<Measure> => {
  const open = await openConsole();
  try {
    await tenThousandTasks(open.databaseUrl);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { page, context } = await open.open('office');
      await observe(page);
      await page.goto('/tasks?programme=CK2022');
      await page.getByRole('status').filter({ hasText: '10.000 nhiệm vụ' }).waitFor();
      await settled(page);
      await page.getByRole('grid').focus();
      for (let count = 0; count < 20; count += 1) await page.keyboard.press('j');
      for (let count = 0; count < 10; count += 1) await page.keyboard.press('PageDown');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('tab', { name: 'Diễn biến' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('[data-page-search]').focus();
      await page.keyboard.type('giai ngan');
      await page.getByLabel('Sắp xếp').selectOption('-code');
      await settled(page);
      ours.push(await worst(page));

      const plain = await context.newPage();
      await observe(plain);
      await plain.goto(`${open.url}/robots.txt`);
      await plain.setContent(
        `<input><ul>${Array.from({ length: 40 }, (_, row) => `<li tabindex="0">${row}</li>`).join('')}</ul>`,
      );
      await plain.locator('input').focus();
      await plain.keyboard.type('giai ngan giai ngan giai ngan giai ngan');
      bare.push(await worst(plain));
      await context.close();
    }
    const [value, reference] = [middle(ours), middle(bare)];
    const ratios = ours.map((one, index) => (bare[index] ?? 0) / one);
    return {
      name: `console: the slowest next picture, of at most ${mostMs} ms`,
      value,
      unit: 'ms',
      reference,
      ratio: Number((reference / value).toPrecision(3)),
      n: rounds,
      spread: [Number(Math.min(...ratios).toPrecision(3)), Number(Math.max(...ratios).toPrecision(3))],
    };
  } finally {
    await open.close();
  }
};

/** Of the rounds, because one disturbance of the machine is not the page's. */
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[(values.length - 1) / 2] ?? 0;

/** Keeps the longest of all waits between an event and the picture that answers it; the browser tells them in steps of 8 ms. */
const observe = (page: Page) =>
  page.addInitScript(() => {
    const kept = globalThis as unknown as { slowest: number };
    kept.slowest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.slowest = Math.max(kept.slowest, duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });

const worst = async (page: Page): Promise<number> => {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  return page.evaluate(() => (globalThis as unknown as { slowest: number }).slowest);
};

process.stdout.write(`${JSON.stringify(await nextPaint())}\n`);
