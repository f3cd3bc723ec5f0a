// A task may ask for a schedule as its product (letter 002 item 2: "đề xuất cụ thể tiến độ hoàn thành để Chủ tịch xem xét"): the
// unit proposes a day, and whoever decides deadlines takes it or sets another. Nothing counts down before that decision,
// which is the ordinary deadline decision: the first one after a proposal is its answer.

import type { Actor } from '../../domain/organisation/actor.ts';
import { capacityFor } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { dayOf } from '../../domain/schedule/civil-date.ts';
import { isFinal } from '../../domain/workflow/definition.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditLog, Clock, LoadedTask } from '../ports.ts';
import type { AnsweredProposal, DeadlineProposal, ProposalStore } from './ports.ts';

export interface ProposalParts {
  readonly proposals: ProposalStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * @param loaded the task as the actor may see it
 * @throws Refusal permission.denied; deadline_proposal.not_asked when a deadline stands or the work has ended; input.invalid
 */
export const proposeDeadline =
  ({ proposals, audit, clock, newId }: ProposalParts) =>
  async (
    actor: Actor,
    { task, calendar }: Pick<LoadedTask, 'task' | 'calendar'>,
    { day, reason }: { readonly day: CivilDate; readonly reason: string | null },
  ): Promise<AnsweredProposal> => {
    const capacity = capacityFor(actor, 'task.report_progress', task);
    if (capacity === undefined) throw new Refusal('permission.denied', { action: 'task.report_progress' });
    if (isFinal(task.category) || task.dueOn !== null)
      throw new Refusal('deadline_proposal.not_asked', { state: task.state, dueOn: task.dueOn });
    if (task.secret && reason !== null) throw new Refusal('task.secret_content', { pointers: ['/reason'] });
    const now = clock.now();
    if (day < dayOf(now, calendar.zone)) throw new Refusal('input.invalid', { pointer: '/day', problem: 'is past' });
    const proposal: DeadlineProposal = {
      id: newId(),
      taskId: task.id,
      afterSeq: task.seq,
      due: { kind: 'on_or_before', day },
      dueOn: day,
      reason,
      proposedBy: actor.id,
      capacity,
      recordedAt: now,
    };
    await proposals.add(proposal);
    await audit.record(
      entryOf(clock, {
        actor,
        action: 'deadline.proposed',
        object: `task ${task.id}`,
        detail: { proposal: proposal.id, day },
      }),
    );
    return { ...proposal, decision: null };
  };

/** open: nobody has decided; superseded: a later proposal came first; accepted: as proposed; set_otherwise: another day, or none. */
export const outcomesOf = (proposals: readonly AnsweredProposal[]) =>
  proposals.map((proposal, index) => ({ ...proposal, outcome: outcomeOf(proposal, proposals[index + 1]) }));

const outcomeOf = ({ decision, dueOn }: AnsweredProposal, later: AnsweredProposal | undefined) => {
  if (later && (decision === null || later.decision?.seq === decision.seq)) return 'superseded' as const;
  if (decision === null) return 'open' as const;
  return decision.dueOn === dueOn ? ('accepted' as const) : ('set_otherwise' as const);
};
