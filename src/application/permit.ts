import type { Actor } from '../domain/organisation/actor.ts';
import { type Action, can, type ObjectOf } from '../domain/organisation/policy.ts';
import { Refusal } from '../domain/refusal.ts';

/** @throws Refusal permission.denied */
export const permit = <A extends Action>(actor: Actor, action: A, object: ObjectOf<A>): void => {
  if (!can(actor, action, object)) throw new Refusal('permission.denied', { action });
};
