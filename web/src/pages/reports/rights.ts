import type { Me } from '../../api/session.ts';

/** The office everywhere, the aggregating body in its programme; the API asks its own policy all the same. */
export const conducts = (me: Me, programme: string): boolean =>
  me.memberships.some((held) => held.role === 'office' || (held.role === 'aggregator' && held.programme === programme));
