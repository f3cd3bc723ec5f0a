import { hasRole, type Me } from '../../api/session.ts';

/** The office everywhere, the aggregating body in its programme. */
export const reviews = (me: Me, programme: string): boolean =>
  me.memberships.some((held) => held.role === 'office' || (held.role === 'aggregator' && held.programme === programme));

/** Of a unit: its head and its focal point, and those above. */
export const proposesFor = (me: Me, programme: string, unit: string): boolean =>
  reviews(me, programme) || isOf(me, unit);

export const isOf = (me: Me, unit: string): boolean =>
  me.memberships.some((held) => (held.role === 'head' || held.role === 'focal_point') && held.unit === unit);

/** Units for which somebody signs. */
export const headOf = (me: Me): readonly string[] =>
  me.memberships.flatMap((held) => (held.role === 'head' && held.unit !== undefined ? [held.unit] : []));

export const decides = (me: Me): boolean => hasRole(me, 'leader');
