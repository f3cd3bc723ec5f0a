// A task may ask for a schedule as its product (letter 002 item 2: "đề xuất cụ thể tiến độ hoàn thành để Chủ tịch xem xét"): the
// unit proposes a day, an event of the task, and whoever decides deadlines takes it or sets another. Nothing counts down before
// that decision, which is the ordinary deadline decision: the first one after a proposal is its answer.

import type { AnsweredProposal } from './ports.ts';

/** open: nobody has decided; superseded: a later proposal came first; accepted: as proposed; set_otherwise: another day, or none. */
export const outcomesOf = (proposals: readonly AnsweredProposal[]) =>
  proposals.map((proposal, index) => ({ ...proposal, outcome: outcomeOf(proposal, proposals[index + 1]) }));

const outcomeOf = ({ decision, dueOn }: AnsweredProposal, later: AnsweredProposal | undefined) => {
  if (later && (decision === null || later.decision?.seq === decision.seq)) return 'superseded' as const;
  if (decision === null) return 'open' as const;
  return decision.dueOn === dueOn ? ('accepted' as const) : ('set_otherwise' as const);
};
