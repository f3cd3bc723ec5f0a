// What somebody may do, by the policy that the API asks too: no page keeps rules of its own. The API judges again.

import {
  type Action,
  can,
  capacitiesFor,
  everywhere,
  headsOf,
  may,
  type ObjectOf,
} from '../../../src/domain/organisation/policy.ts';
import type { Me } from './session.ts';

export { type Action, can, capacitiesFor, everywhere, headsOf, may };

type OfKind<K extends string> = { [A in Action]: ObjectOf<A> extends { readonly kind: K } ? A : never }[Action];

/** In a programme, or in the reports of one. */
export const canInProgramme = (me: Me, action: OfKind<'programme'>, programme: string): boolean =>
  can(me, action, { kind: 'programme', programme });

export const canOnReport = (me: Me, action: OfKind<'report'>, programme: string): boolean =>
  can(me, action, { kind: 'report', programme });

/** Of one unit's rows, or (null) of all. */
export const canOnRegistration = (
  me: Me,
  action: OfKind<'registration'>,
  programme: string,
  unit: string | null,
): boolean => can(me, action, { kind: 'registration', programme, unit });
