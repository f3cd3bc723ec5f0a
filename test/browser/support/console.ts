// The console as people have it: the demonstration in a real database, the real program on a port, a real Chromium.

import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { builtConsole } from '../../../src/adapters/http/console.ts';
import { migrateQueueSchema } from '../../../src/adapters/queue/connection.ts';
import { openQueues } from '../../../src/adapters/queue/queues.ts';
import { type Composition, compose } from '../../../src/compose.ts';
import { seedDemo } from '../../../src/demo/seed.ts';
import { copyOf, freshDatabase, type TestDatabase } from '../../support/database.ts';
import { secretKey } from '../../support/province.ts';
import { quiet } from '../../support/world.ts';

export const demoPassword = 'dondoc-demo';

export interface Console {
  readonly url: string;
  readonly browser: Browser;
  readonly composition: Composition;
  readonly databaseUrl: string;
  /** A page of somebody's own browser, signed in by e-mail name ("office"), or not at all. */
  open(as?: string, options?: BrowserContextOptions & { readonly settings?: object }): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: errors of scripts, of the console, of the content policy. */
  readonly complaints: readonly string[];
  /** Goes to an address of the console and waits until it stands still. */
  go(address: string): Promise<void>;
}

/** Without a browser the suites are pending; `npm test` says so, and in CI that is a failure. */
export const needsBrowser = (suite: Mocha.Context): void => {
  if (!process.env.TEST_CHROMIUM) suite.skip();
};

// Seeding takes many seconds: once for all suites, each of which works on a copy.
let seeded: Promise<TestDatabase> | undefined;
const demonstration = async (): Promise<TestDatabase> => {
  const database = await freshDatabase();
  await seedDemo({ ...settingsOf(database.url), DEMO_PASSWORD: demoPassword }, quiet, () => undefined);
  await migrateQueueSchema(database.url);
  return database;
};
if (typeof after === 'function') after('drop the demonstration', async () => (await seeded)?.drop());

const settingsOf = (url: string) => ({
  DATABASE_URL: url,
  SECRET_KEY: secretKey,
  NODE_ENV: 'test' as const,
  TRUST_PROXY: 0,
  RATE_LIMIT_PER_MINUTE: 1_000_000,
});

// Debian's Chromium asks Google for things of its own; the tests must see our requests only.
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openConsole = async (): Promise<Console> => {
  if (builtConsole() === undefined) throw new Error('The console is not built: run the tests with `npm test`.');
  seeded ??= demonstration();
  const database = await copyOf(await seeded);
  const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-browser-'));
  const composition = await compose({ ...settingsOf(database.url), EVIDENCE_DIR: folder }, quiet);
  const queues = await openQueues({ databaseUrl: database.url, log: quiet });
  const server = composition.app(queues).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const executablePath = process.env.TEST_CHROMIUM;
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: switches });
  return {
    url,
    browser,
    composition,
    databaseUrl: database.url,
    open: (as, options) => visit(browser, url, as, options),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await queues.close();
      await composition.close();
      await database.drop();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
};

const visit: (
  browser: Browser,
  url: string,
  as: string | undefined,
  options?: Parameters<Console['open']>[1],
) => Promise<Visit> = async (browser, url, as, { settings, ...options } = {}) => {
  // An English browser in another part of the world: nothing of it may show.
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  await context.addInitScript(
    (kept) => {
      if (!localStorage.getItem('dondoc.settings')) localStorage.setItem('dondoc.settings', kept);
    },
    JSON.stringify({ toured: true, ...settings }),
  );
  if (as !== undefined) {
    const answer = await context.request.post('/api/v1/sessions', {
      data: { email: `${as}@demo.local`, password: demoPassword },
    });
    if (answer.status() !== 201) throw new Error(`${as} cannot sign in: ${await answer.text()}`);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return {
    page,
    context,
    complaints,
    async go(address) {
      await page.goto(address);
      await settled(page);
    },
  };
};

/** Everything asked for has come, and the page was drawn. The stream of live changes stays open and does not count. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForSelector('h1, [role="alert"]');
  await page.waitForFunction(() => !document.querySelector('[data-loading]'));
  await page.evaluate(() => document.fonts.ready);
};

/** The same once what came first has asked for the rest, and that has come and was drawn as well. */
export const complete = async (page: Page): Promise<void> => {
  const asked = () => page.evaluate(() => performance.getEntriesByType('resource').length);
  for (let before = -1, now = await asked(); now !== before; now = await asked()) {
    before = now;
    await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 120)));
    await settled(page);
  }
};
