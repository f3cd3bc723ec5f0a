// Who is away, from when until when, and who acts in their place: one hop, under their own name.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import type { Signing } from '../../domain/organisation/signing.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
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

/** For people to read. */
export interface ListedAbsence extends Absence {
  readonly accountName: string;
  readonly substituteName: string | null;
}

/** Somebody who can be away or stand in. */
export interface AbsencePerson {
  readonly account: string;
  readonly name: string;
  /** Units to which they belong; those they follow as a specialist are not of these. */
  readonly units: readonly string[];
}

export interface AbsenceStore {
  add(absence: Absence): Promise<void>;
  find(id: string): Promise<Absence | undefined>;
  /** Those not over by a day; of these people as members or as substitutes, or of all. */
  list(asked: { readonly accounts?: readonly string[]; readonly until: CivilDate }): Promise<readonly ListedAbsence[]>;
  /** False when it was cancelled before. */
  cancel(id: string, at: Date): Promise<boolean>;
  /** Active people of these units at a moment, or of all; always with this account. By name. */
  people(
    asked: { readonly units?: readonly string[]; readonly account: string },
    at: Date,
  ): Promise<readonly AbsencePerson[]>;
  /** The units to which an active account belongs at a moment. */
  person(accountId: string, at: Date): Promise<{ readonly units: readonly string[] } | undefined>;
}

/**
 * Records an absence. Administrators and the office do it for anybody, heads for people of their unit, people for themselves.
 * @throws Refusal account.not_found; permission.denied; input.invalid for days that do not follow one another
 */
export const recordAbsence =
  (store: AbsenceStore, clock: Clock, audit: AuditLog) =>
  async (actor: Actor, absence: Omit<Absence, 'createdBy' | 'createdAt'>): Promise<void> => {
    const { accountId, substitute, from, until } = absence;
    await mustManage(store, actor, accountId, clock.now());
    if (from >= until || substitute === accountId)
      throw new Refusal('input.invalid', { pointer: from >= until ? '/until' : '/substitute' });
    if (substitute !== null && !(await store.person(substitute, clock.now())))
      throw new Refusal('account.not_found', { account: substitute });
    const at = clock.now();
    await store.add({ ...absence, createdBy: actor.id, createdAt: at });
    await audit.record(
      entryOf(clock, {
        actor,
        action: 'absence.recorded',
        object: `account ${accountId}`,
        detail: { id: absence.id, from, until, substitute, signing: absence.signing },
      }),
    );
  };

/** @throws Refusal absence.not_found; permission.denied */
export const cancelAbsence =
  (store: AbsenceStore, clock: Clock, audit: AuditLog) =>
  async (actor: Actor, id: string): Promise<void> => {
    const found = await store.find(id);
    if (!found || !(await mayKnow(store, actor, found, clock.now()))) throw new Refusal('absence.not_found', { id });
    await mustManage(store, actor, found.accountId, clock.now());
    const at = clock.now();
    if (!(await store.cancel(id, at))) throw new Refusal('absence.not_found', { id });
    await audit.record(
      entryOf(clock, { actor, action: 'absence.cancelled', object: `account ${found.accountId}`, detail: { id } }),
    );
  };

/** The one who is away, who stands in, who sees all of them, and who manages them. */
const mayKnow = async (
  store: AbsenceStore,
  actor: Actor,
  { accountId, substitute }: Absence,
  at: Date,
): Promise<boolean> => {
  const object = {
    kind: 'absence',
    account: accountId,
    units: (await store.person(accountId, at))?.units ?? [],
  } as const;
  return substitute === actor.id || can(actor, 'absence.read', object) || can(actor, 'absence.write', object);
};

const mustManage = async (store: AbsenceStore, actor: Actor, accountId: string, at: Date): Promise<void> => {
  const person = await store.person(accountId, at);
  permit(actor, 'absence.write', { kind: 'absence', account: accountId, units: person?.units ?? [] });
  if (!person) throw new Refusal('account.not_found', { account: accountId });
};
