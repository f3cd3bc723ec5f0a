// What auditors read.

import type { Ways } from './asking.ts';
import { at } from './asking-tools.ts';

export const auditWays: Ways = {
  'get /audit/entries': at('/audit/entries'),
  'get /audit/checkpoints': at('/audit/checkpoints'),
  'get /audit/checkpoints/{number}': at('/audit/checkpoints/1'),
  'post /audit/checkpoints': at('/audit/checkpoints', { reason: '?' }),
  'get /audit/key': at('/audit/key'),
  'get /audit/export': ({ programme }) => ({ url: `/audit/export?programme=${programme}` }),
};
