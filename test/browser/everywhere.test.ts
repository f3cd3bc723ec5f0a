// What holds on every page of the console, for everybody: found by following the navigation of people of each role, so
// that a page which is added tomorrow is looked at like the others.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { builtConsole } from '../../src/adapters/http/console.ts';
import { type Console, needsBrowser, openConsole, settled, type Visit } from './support/console.ts';

/** Together they have every page in their navigation. */
const everybody = ['office', 'admin', 'operator', 'head.snv', 'appraiser.skhdt', 'leader'];

const kib = (bytes: number): number => Math.round(bytes / 102.4) / 10;

describe('Every page of the console', function () {
  this.timeout(240_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  const pagesOf = async ({ page, go }: Visit): Promise<readonly string[]> => {
    await go('/settings');
    const links = await page
      .locator('nav.side a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    return ['/settings', '/settings/nothing', ...links];
  };

  it('C23: C5: asks nobody else for anything, breaks no rule of its content policy, complains of nothing, and loads no more than it may', async () => {
    const seen = new Map<string, readonly string[]>();
    for (const who of everybody) {
      const visit = await open.open(who);
      const { page, context, complaints } = visit;
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url()));
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      for (const address of await pagesOf(visit)) {
        if (seen.has(address)) continue;
        asked.length = 0;
        const answer = await page.goto(address);
        if (address === '/settings')
          expect(answer?.headers()['content-security-policy']).to.match(/script-src 'self';/);
        await settled(page);
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        seen.set(
          address,
          asked
            .map((url) => new URL(url))
            .map(({ origin, pathname }) => (origin === open.url ? pathname : origin + pathname)),
        );
      }
      expect(complaints, who).to.deep.equal([]);
      await context.close();
    }

    expect(seen.size).to.be.greaterThan(15);
    for (const [address, asked] of seen) {
      const weight = (ending: RegExp, packed: boolean): number =>
        kib([...new Set(asked)].filter((one) => ending.test(one)).reduce((sum, one) => sum + sizeOf(one, packed), 0));
      const fonts = [...new Set(asked)].filter((one) => one.endsWith('.woff2'));
      expect(
        asked.filter((one) => /^https?:/.test(one)),
        address,
      ).to.deep.equal([]);
      expect(weight(/\.js$/, true), `${address}: KiB of scripts`).to.be.at.most(
        address.startsWith('/workflows') ? 220 : 170,
      );
      expect(weight(/\.css$/, true), `${address}: KiB of styles`).to.be.at.most(15);
      expect(weight(/\.woff2$/, false), `${address}: KiB of fonts`).to.be.at.most(55);
      expect(
        fonts.map((one) => /noto-sans-(\w+)-/.exec(one)?.[1]).sort((one = '', other = '') => one.localeCompare(other)),
        address,
      ).to.deep.equal(['latin', 'vietnamese']);
    }
  });

  const sizeOf = (name: string, packed: boolean): number => {
    const bytes = readFileSync(path.join(builtConsole() ?? '', name));
    return packed ? gzipSync(bytes, { level: 9 }).length : bytes.length;
  };

  it('C16: has no key that a Vietnamese input method eats, none that fires while somebody types, and a list of them all', async () => {
    const visit = await open.open('office');
    const { page, go } = visit;
    for (const address of await pagesOf(visit)) {
      await go(address);
      const keys = await keysOf(page);
      expect(keys.length, address).to.be.greaterThan(5);
      for (const key of keys.filter((one) => one.length === 1)) expect(key, address).to.match(/[^aeiouydw[\]]/i);
    }

    await go('/tasks?programme=CK2022');
    const dialogs = () => page.getByRole('dialog').count();
    const field = page.locator('[data-page-search]');
    await page.keyboard.press('/');
    expect(await field.evaluate((node) => node === document.activeElement)).to.equal(true);
    await page.keyboard.type('?gn');
    expect([await dialogs(), await field.inputValue()]).to.deep.equal([0, '?gn']);
    await field.fill('');
    await page.locator('h1').click();

    const pressed = (init: { key: string; isComposing?: boolean; keyCode?: number; altKey?: boolean }) =>
      page.evaluate((given) => {
        const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given });
        if (given.keyCode) Object.defineProperty(event, 'keyCode', { value: given.keyCode });
        document.body.dispatchEvent(event);
      }, init);
    await pressed({ key: '?', isComposing: true });
    await pressed({ key: '?', keyCode: 229 });
    await pressed({ key: '?', altKey: true });
    await toCome(page);
    expect(await dialogs()).to.equal(0);
    await pressed({ key: '?' });
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');

    const quiet = await open.open('office', { settings: { shortcuts: false } });
    await quiet.go('/tasks?programme=CK2022');
    for (const key of ['?', 'g', 't', 'j', 'x', '/']) await quiet.page.keyboard.press(key);
    await toCome(quiet.page);
    expect(await quiet.page.getByRole('dialog').count()).to.equal(0);
    expect(new URL(quiet.page.url()).pathname).to.equal('/tasks');
    expect(await quiet.page.locator('[data-page-search]').evaluate((node) => node === document.activeElement)).to.equal(
      false,
    );
  });

  /** Time for the list of keys to be fetched and drawn, had a key asked for it. */
  const toCome = (page: Page) => page.waitForTimeout(500);

  /** What the list behind `?` names, one press each. */
  const keysOf = async (page: Page): Promise<readonly string[]> => {
    await page.keyboard.press('?');
    // The list comes when it is first asked for.
    await page.getByRole('dialog').locator('kbd').first().waitFor();
    const keys = await page.getByRole('dialog').locator('kbd').allTextContents();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    return keys;
  };
});
