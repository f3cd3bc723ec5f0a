// Who is away, from when until when, and who acts in their place: one hop, under their own name.

import { type Actor, hasRole } from '../../domain/organisation/actor.ts';
import type { Signing } from '../../domain/organisation/signing.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import type { AuditLog, Clock } from '../ports.ts';

export interface Absence {
  readonly id: string;
  readonly accountId: string;
  readonly from: CivilDate;
  /** The first day back. */
  readonly until: CivilDate;
  readonly substitute: string | null;
  readonly signing: Signing | null;
  /** The decision or authorisation, where there is one. */
  readonly document: SourceDocument | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface AbsenceStore {
  add(absence: Absence): Promise<void>;
  find(id: string): Promise<Absence | undefined>;
  /** Those not over by a day; of these people as members or as substitutes, or of all. */
  list(asked: { readonly accounts?: readonly string[]; readonly until: CivilDate }): Promise<readonly Absence[]>;
  /** False when it was cancelled before. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** The units of an active account. */
  person(accountId: string): Promise<{ readonly units: readonly string[] } | undefined>;
}

/**
 * Records an absence. Administrators and the office do it for anybody, heads for people of their unit, people for themselves.
 * @throws Refusal account.not_found; permission.denied; input.invalid for days that do not follow one another
 */
export const recordAbsence =
  (store: AbsenceStore, clock: Clock, audit: AuditLog) =>
  async (actor: Actor, absence: Omit<Absence, 'createdBy' | 'createdAt'>): Promise<void> => {
    const { accountId, substitute, from, until } = absence;
    await mustManage(store, actor, accountId);
    if (from >= until || substitute === accountId)
      throw new Refusal('input.invalid', { pointer: from >= until ? '/until' : '/substitute' });
    if (substitute !== null && !(await store.person(substitute)))
      throw new Refusal('account.not_found', { account: substitute });
    const at = clock.now();
    await store.add({ ...absence, createdBy: actor.id, createdAt: at });
    await audit.record({
      at,
      actor: actor.id,
      action: 'absence.recorded',
      object: `account ${accountId}`,
      detail: { id: absence.id, from, until, substitute, signing: absence.signing },
    });
  };

/** @throws Refusal absence.not_found; permission.denied */
export const cancelAbsence =
  (store: AbsenceStore, clock: Clock, audit: AuditLog) =>
  async (actor: Actor, id: string): Promise<void> => {
    const found = await store.find(id);
    if (!found) throw new Refusal('absence.not_found', { id });
    await mustManage(store, actor, found.accountId);
    const at = clock.now();
    if (!(await store.cancel(id, at))) throw new Refusal('absence.not_found', { id });
    await audit.record({
      at,
      actor: actor.id,
      action: 'absence.cancelled',
      object: `account ${found.accountId}`,
      detail: { id },
    });
  };

const mustManage = async (store: AbsenceStore, actor: Actor, accountId: string): Promise<void> => {
  const person = await store.person(accountId);
  const manages =
    hasRole(actor, 'administrator', 'office') ||
    actor.id === accountId ||
    actor.memberships.some(({ role, unit }) => role === 'head' && unit !== undefined && person?.units.includes(unit));
  if (!manages) throw new Refusal('permission.denied', { action: 'absence.write' });
  if (!person) throw new Refusal('account.not_found', { account: accountId });
};
