// The province decides on rows by a document, and what it approves becomes next year's tasks in the same act. All rows are
// judged before any is decided; tasks are then made in batches, each whole or not at all, and a run that was cut off is
// taken up again: a proposal has one task, whose id is made from its own.

import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Proposal } from '../../domain/registration/proposal.ts';
import type { Due } from '../../domain/schedule/due.ts';
import type { AssignTask, SourceDocument } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock, TaskChange, TaskStore } from '../ports.ts';
import { type AssignRequest, assignmentOf, groundOf } from '../tasks/apply.ts';
import { Overtaken, type ProposalWrite, type Registration, type RegistrationStore } from './ports.ts';
import { about, refuseUnless } from './propose.ts';
import { registrationFor } from './rounds.ts';

export interface DecideParts {
  readonly store: RegistrationStore;
  readonly tasks: Pick<TaskStore, 'ground' | 'unitLine' | 'actor'>;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface DecisionRequest {
  /** Decision of the province, number and date. */
  readonly document: SourceDocument;
  /** `all`: everything that was submitted and is not rejected here. */
  readonly approve: 'all' | readonly string[];
  readonly reject: readonly { readonly id: string; readonly reason: string }[];
  /** Deadline of the tasks; absent: the programme's. */
  readonly due?: Due | undefined;
}

export interface Decided {
  readonly approved: number;
  readonly rejected: number;
  /** Tasks made now. */
  readonly created: number;
}

/**
 * @throws Refusal permission.denied, registration.not_found, proposal.not_found, proposal.wrong_state, version.stale,
 *   task.deadline_required; registration.rows_refused with what stands against each row, when nothing was decided
 */
export const decideRegistration =
  (parts: DecideParts) =>
  async (id: string, request: DecisionRequest, actor: Actor): Promise<Decided> => {
    const { store, clock, audit } = parts;
    const registration = await registrationFor(store, id, actor);
    permit(actor, 'registration.decide', about(registration, null));
    const due = await dueOf(store, registration, request.due);
    const proposals = await store.proposals(id);
    const { approved, rejected } = sorted(proposals, request);
    await refuseUnassignable(parts, registration, approved, due, actor);

    const changes = [
      ...approved.map((proposal) => decided(proposal, 'approved', request.document, proposal.note)),
      ...rejected.map(({ proposal, reason }) => decided(proposal, 'rejected', request.document, reason)),
    ];
    if (changes.length > 0) {
      if (!(await store.write(changes, actor.id, clock.now())))
        throw new Refusal('version.stale', { registration: id });
      const detail = {
        document: request.document,
        approved: approved.map((proposal) => proposal.id),
        rejected: rejected.map(({ proposal, reason }) => ({ id: proposal.id, reason })),
      };
      await audit.record(
        entryOf(clock, { actor, action: 'registration.decided', object: `registration ${id}`, detail }),
      );
    }
    const created = await createAll(parts, registration, due, actor);
    return { approved: approved.length, rejected: rejected.length, created };
  };

/**
 * Makes the tasks of what is approved and has none: what a run that was cut off left over.
 * @returns how many were made now
 */
export const createApproved =
  (parts: DecideParts) =>
  async (id: string, asked: Due | undefined, actor: Actor): Promise<number> => {
    const registration = await registrationFor(parts.store, id, actor);
    permit(actor, 'registration.decide', about(registration, null));
    return createAll(parts, registration, await dueOf(parts.store, registration, asked), actor);
  };

/** @throws Refusal task.deadline_required */
const dueOf = async (store: RegistrationStore, { programme }: Registration, asked: Due | undefined): Promise<Due> => {
  const due = asked ?? (await store.programme(programme)).defaultDue;
  if (!due) throw new Refusal('task.deadline_required', { pointer: '/due' });
  return due;
};

const sorted = (proposals: readonly Proposal[], { approve, reject }: DecisionRequest) => {
  const known = new Map(proposals.map((proposal) => [proposal.id, proposal]));
  const found = (id: string): Proposal => {
    const proposal = known.get(id);
    if (!proposal) throw new Refusal('proposal.not_found', { id });
    return proposal;
  };
  const reasons = new Map(reject.map(({ id, reason }) => [id, reason]));
  const wanted =
    approve === 'all'
      ? proposals.filter(({ id, status }) => status === 'submitted' && !reasons.has(id))
      : [...new Set(approve)].map(found);
  const both = wanted.find(({ id }) => reasons.has(id));
  if (both) throw new Refusal('input.invalid', { pointer: '/reject', problem: 'approved and rejected', id: both.id });
  // What was decided so before is decided: asking again changes nothing.
  const approved = wanted.filter(({ status }) => status !== 'approved');
  const rejected = [...reasons].map(([id, reason]) => ({ proposal: found(id), reason }));
  const open = rejected.filter(({ proposal }) => proposal.status !== 'rejected');
  for (const proposal of [...approved, ...open.map(({ proposal: one }) => one)])
    refuseUnless(proposal.status === 'submitted', proposal);
  return { approved, rejected: open };
};

const decided = (
  proposal: Proposal,
  status: 'approved' | 'rejected',
  decision: SourceDocument,
  note: string | null,
): ProposalWrite => ({
  next: { ...proposal, status, decision, note, version: proposal.version + 1 },
  expected: proposal.version,
});

/** @throws Refusal registration.rows_refused; any refusal that is about the person and not the row */
const refuseUnassignable = async (
  { tasks, clock }: DecideParts,
  registration: Registration,
  approved: readonly Proposal[],
  due: Due,
  actor: Actor,
): Promise<void> => {
  const refused: { readonly proposal: string; readonly code: string; readonly details: object }[] = [];
  const maker = taskMaker(registration, due, actor, clock.now());
  for (const proposal of approved) {
    if (proposal.change === 'dropped') continue;
    try {
      await maker(tasks, proposal);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'permission.denied') throw error;
      refused.push({ proposal: proposal.id, code: error.code, details: error.details });
    }
  }
  if (refused.length > 0)
    throw new Refusal('registration.rows_refused', { count: refused.length, rows: refused.slice(0, 100) });
};

const tries = 3;

const createAll = async (
  { store, tasks, clock, audit }: DecideParts,
  registration: Registration,
  due: Due,
  asked: Actor,
): Promise<number> => {
  let created = 0;
  let actor = asked;
  for (let failed = 0; ; ) {
    const now = clock.now();
    const maker = taskMaker(registration, due, actor, now);
    try {
      const made = await store.createTasks(
        registration.id,
        (inside, proposals) => allOf(inside, proposals, maker),
        now,
      );
      if (made === 0) break;
      created += made;
    } catch (error) {
      failed += 1;
      if (!(error instanceof Overtaken)) throw error;
      if (failed === tries) throw new Refusal('service.unavailable', { reason: 'contention' });
      // The rights of who asked, or a unit, changed under our hands: decided again by what holds now.
      const present = await tasks.actor(asked.id, now);
      if (!present) throw new Refusal('session.required');
      actor = { ...asked, ...present };
    }
  }
  if (created > 0)
    await audit.record(
      entryOf(clock, {
        actor,
        action: 'registration.tasks_created',
        object: `registration ${registration.id}`,
        detail: { created },
      }),
    );
  return created;
};

type Maker = (tasks: Pick<TaskStore, 'ground' | 'unitLine'>, proposal: Proposal) => Promise<TaskChange>;

/** One after the other: they ask on the one connection of the transaction. */
const allOf = async (
  tasks: TaskStore,
  proposals: readonly Proposal[],
  maker: Maker,
): Promise<readonly TaskChange[]> => {
  const changes: TaskChange[] = [];
  for (const proposal of proposals) changes.push(await maker(tasks, proposal));
  return changes;
};

/** Units and the programme are the same for many rows; what they say is read once each. */
const taskMaker = (registration: Registration, due: Due, actor: Actor, now: Date): Maker => {
  const grounds = new Map<string, ReturnType<typeof groundOf>>();
  return async (tasks, proposal) => {
    const request: AssignRequest = {
      actor,
      programme: registration.programme,
      command: assignmentFrom(registration, proposal, due),
    };
    const key = `${proposal.unit}/${proposal.appraiserUnit ?? ''}`;
    const ground = grounds.get(key) ?? groundOf(tasks, request, now);
    grounds.set(key, ground);
    return assignmentOf(await ground, request, `registration:${registration.id}:${proposal.id}`, now);
  };
};

const namespace = '0b6f3a52-77c1-4c53-9a7e-3d3c1f0f6a11';

/** The same proposal has the same task, whoever makes it and however often. */
export const taskIdOf = (proposal: string): string => uuidFrom(proposal, namespace);

const assignmentFrom = ({ programme }: Registration, proposal: Proposal, due: Due): AssignTask => {
  const id = taskIdOf(proposal.id);
  const { product, measureUnit, target, field, indicator, appraiserUnit, decision } = proposal;
  const given = { product, measureUnit, target, field, indicator, appraiserUnit, source: decision };
  return {
    type: 'assign',
    id,
    code: `${programme}-${proposal.unit}-${id.slice(-8)}`,
    title: proposal.title,
    kind: proposal.kind,
    leadUnit: proposal.unit,
    due,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Partial<AssignTask>),
  };
};
