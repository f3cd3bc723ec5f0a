// Pictures of every page for docs/screenshots: light, dark and on a phone, of the demonstration.
// npm run screenshots

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openConsole } from './support/console.ts';
import { furnished, routesOfRouter } from './support/routes.ts';

const folder = path.join(import.meta.dirname, '../../docs/screenshots');

/** What shows a page best, where that is not the first place on it. */
const best: Readonly<Record<string, string>> = {
  '/tasks': '/tasks?programme=CK2022',
  '/workflows': '/workflows?key=commitment&version=1',
};
const names: Readonly<Record<string, string>> = {
  '/': 'overview',
  '/tasks/$id': 'task',
  '/ops': 'operations',
  '/reports/$id': 'report',
  '/reports/$id/print': 'report-print',
  '/reports/runs/$id': 'report-run',
};

const looks = [
  ['light', 1366, 768],
  ['dark', 1366, 768],
  ['phone', 360, 740],
] as const;

const open = await openConsole();
try {
  mkdirSync(folder, { recursive: true });
  const places = await furnished(open);
  for (const route of routesOfRouter()) {
    const place = places.find((one) => one.route === route);
    if (!place) throw new Error(`Nobody is at ${route}.`);
    const name = names[route] ?? path.posix.basename(route);
    for (const [look, width, height] of looks) {
      const visit = await open.open(place.who, {
        viewport: { width, height },
        settings: { theme: look === 'dark' ? 'dark' : 'light' },
      });
      await visit.go(best[route] ?? place.address);
      await visit.page.waitForTimeout(800);
      await visit.page.screenshot({ path: path.join(folder, `${name}-${look}.png`) });
      await visit.context.close();
    }
  }
} finally {
  await open.close();
}
