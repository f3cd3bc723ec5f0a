// Pictures of every page for docs/screenshots: light, dark and on a phone, of the demonstration.
// npm run screenshots

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openConsole } from './support/console.ts';

const folder = path.join(import.meta.dirname, '../../docs/screenshots');

/** Name, whose page it is, address. */
const pages = [
  ['overview', 'leader', '/?programme=CK2022&asOf=2022-10-30'],
  ['my', 'unit.snv', '/my'],
  ['tasks', 'office', '/tasks?programme=CK2022'],
  ['appraisals', 'appraiser.stttt', '/appraisals'],
  ['difficulties', 'office', '/difficulties'],
  ['periodic', 'office', '/periodic'],
  ['confirm', 'office', '/confirm'],
  ['reports', 'aggregator', '/reports?programme=CK2022'],
  ['registrations', 'office', '/registrations'],
  ['workflows', 'admin', '/workflows'],
  ['units', 'admin', '/admin/units'],
  ['accounts', 'admin', '/admin/accounts'],
  ['calendar', 'admin', '/admin/calendar'],
  ['operations', 'operator', '/ops'],
  ['audit', 'auditor', '/audit'],
  ['settings', 'office', '/settings'],
] as const;

const looks = [
  ['light', 1366, 768],
  ['dark', 1366, 768],
  ['phone', 360, 740],
] as const;

const open = await openConsole();
try {
  mkdirSync(folder, { recursive: true });
  for (const [name, who, address] of pages)
    for (const [look, width, height] of looks) {
      const visit = await open.open(who, {
        viewport: { width, height },
        settings: { theme: look === 'dark' ? 'dark' : 'light' },
      });
      await visit.go(address);
      await visit.page.waitForTimeout(800);
      await visit.page.screenshot({ path: path.join(folder, `${name}-${look}.png`) });
      await visit.context.close();
    }
} finally {
  await open.close();
}
