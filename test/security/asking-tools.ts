// What the ways of asking are made of.

import type { Asked } from '../support/client.ts';
import type { Asking } from './asking.ts';

/** Asked for later than now: refused by the rules, but only after who asks was found to be allowed. Nothing changes. */
export const effectiveAt = '2030-01-01T00:00:00+07:00';
export const reason = 'Kiểm tra phân quyền';

/** The same everywhere. */
export const at =
  (url: string, body?: unknown, asked?: Asked): Asking =>
  () => ({
    url,
    ...(body === undefined ? {} : { body }),
    ...(asked ? { asked } : {}),
  });
