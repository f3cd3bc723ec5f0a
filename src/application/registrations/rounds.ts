// Opening a registration, and who sees what of it.

import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ComparedUnit } from '../../domain/registration/compare.ts';
import type { Proposal, SourceCommitment } from '../../domain/registration/proposal.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { BlocOpinion, Registration, RegistrationStore } from './ports.ts';

export interface OpenRequest {
  readonly programme: string;
  readonly sourceProgramme: string | null;
  readonly document: SourceDocument | null;
}

/** @throws Refusal permission.denied, programme.not_found, registration.exists; input.invalid when the years do not follow */
export const openRegistration =
  (store: RegistrationStore, clock: Clock, audit: AuditLog) =>
  async ({ programme, sourceProgramme, document }: OpenRequest, actor: Actor): Promise<Registration> => {
    permit(actor, 'registration.open', { kind: 'registration', programme, unit: null });
    const { year } = await store.programme(programme);
    if (sourceProgramme !== null && (await store.programme(sourceProgramme)).year >= year)
      throw new Refusal('input.invalid', { pointer: '/sourceProgramme', problem: 'is not of an earlier year' });
    const registration: Registration = {
      id: uuid(),
      programme,
      sourceProgramme,
      year,
      document,
      openedBy: actor.id,
      openedAt: clock.now(),
    };
    await store.open(registration);
    const detail = { programme, sourceProgramme, year, document };
    await audit.record(
      entryOf(clock, { actor, action: 'registration.opened', object: `registration ${registration.id}`, detail }),
    );
    return registration;
  };

export interface SeenRegistration {
  readonly registration: Registration;
  readonly proposals: readonly Proposal[];
  readonly sources: readonly SourceCommitment[];
  /** Every unit with a commitment this year or a proposal for the next, in official order. */
  readonly units: readonly ComparedUnit[];
  readonly opinions: readonly BlocOpinion[];
}

/** @throws Refusal registration.not_found, also for whoever may not read it */
export const registrationFor = async (store: RegistrationStore, id: string, actor: Actor): Promise<Registration> => {
  const found = await store.find(id);
  if (!found || !can(actor, 'registration.read', { kind: 'registration', programme: found.programme, unit: null }))
    throw new Refusal('registration.not_found', { id });
  return found;
};

/** A draft is for those who may propose for its unit; what was submitted is for everybody (letter 003 goes to all units). */
export const isVisible = (actor: Actor, { programme }: Registration, { status, unit }: Proposal): boolean =>
  (status !== 'draft' && status !== 'returned') ||
  can(actor, 'registration.propose', { kind: 'registration', programme, unit });

/** The whole round as this person sees it. @throws Refusal registration.not_found */
export const readRegistration =
  (store: RegistrationStore) =>
  async (id: string, actor: Actor): Promise<SeenRegistration> => {
    const registration = await registrationFor(store, id, actor);
    const sources = await store.sources(registration);
    const proposals = (await store.proposals(id)).filter((proposal) => isVisible(actor, registration, proposal));
    const units = await store.units([...new Set([...sources, ...proposals].map(({ unit }) => unit))]);
    return { registration, sources, proposals, units, opinions: await store.opinions(id) };
  };
