// Proposals come from both sides: units register theirs, the office proposes top-down (letter 000 c).

import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  changeOf,
  mayEdit,
  type Proposal,
  type ProposalContent,
  type SourceCommitment,
  type Target,
} from '../../domain/registration/proposal.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock, TaskStore } from '../ports.ts';
import type { Registration, RegistrationStore } from './ports.ts';
import { isVisible, registrationFor } from './rounds.ts';

export interface ProposeParts {
  readonly store: RegistrationStore;
  readonly tasks: Pick<TaskStore, 'unitLine'>;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface ChangedTarget {
  readonly task: string;
  readonly target: Target;
  readonly basis?: SourceDocument | undefined;
}
export interface DroppedItem {
  readonly task: string;
  readonly reason: string;
}
export interface CarryRequest {
  /** Absent: all units. */
  readonly unit?: string | undefined;
  readonly changes: readonly ChangedTarget[];
  readonly drop: readonly DroppedItem[];
}

export interface Carried {
  readonly copied: number;
  /** Were carried forward before; they stay as they are. */
  readonly existing: number;
  /** Of those copied now. */
  readonly targetChanged: number;
  readonly dropped: number;
}

/**
 * Copies this year's commitments as next year's proposals, each going back to its task. Doing it again, at once or later,
 * copies only what is new: one copy of each task for a year (reliability W17).
 * @throws Refusal permission.denied, registration.not_found; input.invalid for a task that is not among them;
 *   requirement.missing for a changed target without its basis
 */
export const carryForward =
  ({ store, clock, audit }: ProposeParts) =>
  async (id: string, request: CarryRequest, actor: Actor): Promise<Carried> => {
    const registration = await registrationFor(store, id, actor);
    permit(actor, 'registration.propose', about(registration, request.unit ?? null));
    const sources = await store.sources(registration, request.unit);
    const known = new Set(sources.map((source) => source.id));
    const strangers = [...request.changes, ...request.drop].map(({ task }) => task).filter((task) => !known.has(task));
    if (strangers.length > 0) throw new Refusal('input.invalid', { pointer: '/changes', tasks: strangers });

    const targets = new Map(request.changes.map((change) => [change.task, change]));
    const reasons = new Map(request.drop.map(({ task, reason }) => [task, reason]));
    const copies = sources.map((source): Proposal => {
      const wanted = targets.get(source.id);
      const target = wanted ? wanted.target : source.target;
      const basis = wanted?.basis ?? null;
      const reason = reasons.get(source.id) ?? null;
      return {
        ...contentOf(source),
        ...fresh(registration, source.unit),
        target,
        origin: 'unit',
        change: orThrow(changeOf(source, { target, basis, reason })),
        sourceTask: source.id,
        targetFrom: source.target,
        basis,
        reason,
      };
    });
    const written = await store.add(copies, actor.id, clock.now());
    const now = copies.filter((copy) => written.has(copy.id));
    const carried: Carried = {
      copied: now.length,
      existing: copies.length - now.length,
      targetChanged: now.filter(({ change }) => change === 'target_changed').length,
      dropped: now.filter(({ change }) => change === 'dropped').length,
    };
    const detail = { unit: request.unit ?? null, ...carried };
    await audit.record(
      entryOf(clock, { actor, action: 'registration.carried_forward', object: `registration ${id}`, detail }),
    );
    return carried;
  };

export interface AddRequest extends ProposalContent {
  /** One proposal for each: a task common to all units is a copy in every one of them (domain rule T5). */
  readonly units: readonly string[];
  readonly basis: SourceDocument | null;
}

/** @throws Refusal permission.denied, registration.not_found, unit.not_found, unit.ended */
export const addProposals =
  ({ store, tasks, clock, audit }: ProposeParts) =>
  async (id: string, { units, ...content }: AddRequest, actor: Actor): Promise<readonly Proposal[]> => {
    const registration = await registrationFor(store, id, actor);
    for (const unit of units) permit(actor, 'registration.propose', about(registration, unit));
    await standing(tasks, [...units, content.appraiserUnit], clock.now());
    const proposals = [...new Set(units)].map((unit): Proposal => {
      const own = isOfUnit(actor, unit);
      return {
        ...fresh(registration, unit),
        ...content,
        origin: own ? 'unit' : 'office',
        status: own ? 'draft' : 'submitted',
        change: 'added',
        sourceTask: null,
        targetFrom: null,
        reason: null,
      };
    });
    await store.add(proposals, actor.id, clock.now());
    const detail = { proposals: proposals.map((one) => one.id), units, title: content.title, target: content.target };
    await audit.record(
      entryOf(clock, { actor, action: 'registration.proposed', object: `registration ${id}`, detail }),
    );
    return proposals;
  };

export interface EditRequest extends ProposalContent {
  readonly basis: SourceDocument | null;
  /** Set: the item is to be dropped. */
  readonly reason: string | null;
}

/**
 * @throws Refusal permission.denied, proposal.not_found, proposal.wrong_state, version.stale; requirement.missing for a
 *   changed target without its basis
 */
export const editProposal =
  ({ store, tasks, clock, audit }: ProposeParts) =>
  async (id: string, proposalId: string, expected: number, wish: EditRequest, actor: Actor): Promise<Proposal> => {
    const { registration, proposal } = await proposalFor(store, id, proposalId, actor);
    permit(actor, 'registration.propose', about(registration, proposal.unit));
    if (proposal.origin === 'office' && isOfUnit(actor, proposal.unit))
      throw new Refusal('permission.denied', { action: 'registration.propose' });
    refuseUnless(mayEdit(proposal), proposal);
    await standing(tasks, [wish.appraiserUnit], clock.now());
    const source = proposal.sourceTask === null ? undefined : { target: proposal.targetFrom };
    if (!source && wish.reason !== null)
      throw new Refusal('input.invalid', {
        pointer: '/reason',
        problem: 'only what is carried forward can be dropped',
      });
    const next: Proposal = {
      ...proposal,
      ...wish,
      change: orThrow(changeOf(source, wish)),
      version: expected + 1,
    };
    await writeOne(store, next, expected, actor, clock);
    const detail = { before: changed(proposal), after: changed(next) };
    await audit.record(entryOf(clock, { actor, action: 'proposal.changed', object: `proposal ${proposalId}`, detail }));
    return next;
  };

/** @throws Refusal registration.not_found, proposal.not_found */
export const proposalFor = async (
  store: RegistrationStore,
  id: string,
  proposalId: string,
  actor: Actor,
): Promise<{ readonly registration: Registration; readonly proposal: Proposal }> => {
  const registration = await registrationFor(store, id, actor);
  const proposal = (await store.proposals(id)).find((one) => one.id === proposalId);
  if (!proposal || !isVisible(actor, registration, proposal))
    throw new Refusal('proposal.not_found', { id: proposalId });
  return { registration, proposal };
};

/** @throws Refusal version.stale */
export const writeOne = async (
  store: RegistrationStore,
  next: Proposal,
  expected: number,
  actor: Actor,
  clock: Clock,
): Promise<void> => {
  if (!(await store.write([{ next, expected }], actor.id, clock.now())))
    throw new Refusal('version.stale', { expectedVersion: expected });
};

/** @throws Refusal proposal.wrong_state */
export const refuseUnless = (fits: boolean, { id, status }: Pick<Proposal, 'id' | 'status'>): void => {
  if (!fits) throw new Refusal('proposal.wrong_state', { proposal: id, proposalStatus: status });
};

export const about = ({ programme }: Pick<Registration, 'programme'>, unit: string | null) =>
  ({ kind: 'registration', programme, unit }) as const;

const fresh = ({ id, year }: Registration, unit: string) =>
  ({
    id: uuid(),
    registration: id,
    unit,
    year,
    status: 'draft',
    opinion: null,
    note: null,
    decision: null,
    task: null,
    version: 1,
  }) as const;

const contentOf = (source: SourceCommitment): ProposalContent => ({
  title: source.title,
  product: source.product,
  measureUnit: source.measureUnit,
  target: source.target,
  kind: source.kind,
  field: source.field,
  indicator: source.indicator,
  appraiserUnit: source.appraiserUnit,
});

const changed = ({ title, target, basis, reason, change, kind, appraiserUnit }: Proposal) => ({
  title,
  target,
  basis,
  reason,
  change,
  kind,
  appraiserUnit,
});

const isOfUnit = (actor: Actor, unit: string): boolean =>
  actor.memberships.some((held) => (held.role === 'head' || held.role === 'focal_point') && held.unit === unit);

/** @throws Refusal unit.not_found, unit.ended, unit.not_begun */
const standing = async (
  tasks: Pick<TaskStore, 'unitLine'>,
  units: readonly (string | null)[],
  now: Date,
): Promise<void> => {
  for (const unit of new Set(units)) if (unit !== null) await tasks.unitLine(unit, now);
};

const orThrow = <T>(answer: T | Refusal): T => {
  if (answer instanceof Refusal) throw answer;
  return answer;
};
