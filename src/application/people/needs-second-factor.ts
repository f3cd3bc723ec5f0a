import { type Actor, hasRole, type Role } from '../../domain/organisation/actor.ts';
import type { Clock } from '../ports.ts';
import type { SecondFactorStore } from './ports.ts';

/** Whether an account has a second factor, or a role that asks for one: then a link in a mail is not enough to decide. */
export const needsSecondFactor =
  (
    factors: Pick<SecondFactorStore, 'secondFactor'>,
    actorOf: (accountId: string, now: Date) => Promise<Actor | undefined>,
    clock: Clock,
    { REQUIRE_SECOND_FACTOR_ROLES: roles = [] }: { readonly REQUIRE_SECOND_FACTOR_ROLES?: readonly Role[] | undefined },
  ) =>
  async (accountId: string): Promise<boolean> => {
    if ((await factors.secondFactor(accountId))?.confirmedAt) return true;
    const actor = roles.length > 0 ? await actorOf(accountId, clock.now()) : undefined;
    return actor !== undefined && hasRole(actor, ...roles);
  };
