// Between proposing and deciding: the head submits for the unit, the aggregating body returns rows, writes its opinion on
// rows and on blocs (domain rule T4: annex IV's opinions are given per bloc).

import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Proposal } from '../../domain/registration/proposal.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { BlocOpinion, RegistrationStore } from './ports.ts';
import { about, proposalFor, refuseUnless, writeOne } from './propose.ts';
import { registrationFor } from './rounds.ts';

export interface ReviewParts {
  readonly store: RegistrationStore;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/**
 * The head of the unit signs for everything the unit has in draft.
 * @returns how many were submitted now
 * @throws Refusal permission.denied, registration.not_found; version.stale when one changed meanwhile
 */
export const submitProposals =
  ({ store, clock, audit }: ReviewParts) =>
  async (id: string, unit: string, actor: Actor): Promise<number> => {
    const registration = await registrationFor(store, id, actor);
    permit(actor, 'registration.submit', about(registration, unit));
    const open = (await store.proposals(id)).filter(
      (proposal) => proposal.unit === unit && (proposal.status === 'draft' || proposal.status === 'returned'),
    );
    const changes = open.map((proposal) => ({
      next: { ...proposal, status: 'submitted' as const, note: null, version: proposal.version + 1 },
      expected: proposal.version,
    }));
    if (changes.length > 0 && !(await store.write(changes, actor.id, clock.now())))
      throw new Refusal('version.stale', { unit });
    const detail = { unit, proposals: changes.map(({ next }) => next.id) };
    await audit.record(
      entryOf(clock, { actor, action: 'registration.submitted', object: `registration ${id}`, detail }),
    );
    return changes.length;
  };

/** @throws Refusal permission.denied, proposal.not_found, proposal.wrong_state, version.stale */
export const returnProposal =
  ({ store, clock, audit }: ReviewParts) =>
  async (id: string, proposalId: string, expected: number, reason: string, actor: Actor): Promise<Proposal> => {
    const { registration, proposal } = await proposalFor(store, id, proposalId, actor);
    permit(actor, 'registration.review', about(registration, proposal.unit));
    refuseUnless(proposal.status === 'submitted' && proposal.origin === 'unit', proposal);
    const next: Proposal = { ...proposal, status: 'returned', note: reason, version: expected + 1 };
    await writeOne(store, next, expected, actor, clock);
    await audit.record(
      entryOf(clock, { actor, action: 'proposal.returned', object: `proposal ${proposalId}`, reason }),
    );
    return next;
  };

/** @throws Refusal permission.denied, proposal.not_found, proposal.wrong_state, version.stale */
export const giveOpinion =
  ({ store, clock, audit }: ReviewParts) =>
  async (id: string, proposalId: string, expected: number, opinion: string, actor: Actor): Promise<Proposal> => {
    const { registration, proposal } = await proposalFor(store, id, proposalId, actor);
    permit(actor, 'registration.review', about(registration, proposal.unit));
    refuseUnless(proposal.status === 'submitted', proposal);
    const next: Proposal = { ...proposal, opinion, version: expected + 1 };
    await writeOne(store, next, expected, actor, clock);
    const detail = { before: proposal.opinion, after: opinion };
    await audit.record(entryOf(clock, { actor, action: 'proposal.opinion', object: `proposal ${proposalId}`, detail }));
    return next;
  };

/** @throws Refusal permission.denied, registration.not_found; input.invalid for a bloc that registers nothing */
export const giveBlocOpinion =
  ({ store, clock, audit }: ReviewParts) =>
  async (id: string, bloc: string, text: string, actor: Actor): Promise<BlocOpinion> => {
    const registration = await registrationFor(store, id, actor);
    permit(actor, 'registration.review', about(registration, null));
    const units = await store.units([...new Set((await store.proposals(id)).map(({ unit }) => unit))]);
    if (!units.some((unit) => unit.bloc === bloc))
      throw new Refusal('input.invalid', { pointer: '/bloc', problem: 'no unit of this bloc registers anything' });
    const opinion: BlocOpinion = { bloc, text, by: actor.id, at: clock.now() };
    await store.addOpinion(id, opinion);
    await audit.record(
      entryOf(clock, { actor, action: 'registration.opinion', object: `registration ${id}`, detail: { bloc, text } }),
    );
    return opinion;
  };
