import { z } from 'zod';
import type { ProposalStore } from '../../../application/documents/ports.ts';
import { outcomesOf } from '../../../application/documents/proposals.ts';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import type { ProposeDeadline } from '../../../domain/workflow/following.ts';
import { type Route, route } from '../route.ts';
import { day, moment, page, text } from '../schemas.ts';
import { defined, taskChanges, visibleTask, written } from '../task-change.ts';

const byId = z.strictObject({ id: z.uuid() });

const proposal = z
  .looseObject({
    id: z.uuid(),
    dueOn: z.iso.date(),
    outcome: z.enum(['open', 'superseded', 'accepted', 'set_otherwise']),
  })
  .meta({ id: 'DeadlineProposal', description: 'The deadline decided first after it is the answer to it.' });

export interface ProposalRouteParts {
  readonly proposals: ProposalStore;
  readonly store: TaskStore;
  readonly clock: Clock;
}

export const deadlineProposalRoutes = (parts: ProposalRouteParts): readonly Route[] => {
  const loadFor = visibleTask(parts.store);
  const { change } = taskChanges(parts);
  return [
    route({
      method: 'post',
      path: '/tasks/{id}/deadline-proposals',
      tag: 'Documents',
      summary: 'Propose a day for work that has no deadline; decided with POST /tasks/{id}/deadlines',
      requires: 'task.propose_deadline',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: byId,
      body: z
        .strictObject({ day, reason: text(1000).optional(), effectiveAt: moment.optional() })
        .meta({ id: 'NewDeadlineProposal' }),
      answers: { 200: written },
      handle: (call) => change(call, { type: 'propose_deadline', ...defined(call.body) } as ProposeDeadline),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/deadline-proposals',
      tag: 'Documents',
      summary: 'Deadlines that were proposed for a task, oldest first, each with its answer',
      requires: 'task.read',
      scope: 'tasks:read',
      params: byId,
      answers: { 200: { description: 'Proposals.', schema: z.object({ items: z.array(proposal) }) } },
      handle: async ({ actor, params }) => {
        const { task } = await loadFor(actor, params.id);
        return { status: 200, body: { items: outcomesOf(await parts.proposals.ofTask(task.id)) } };
      },
    }),
    route({
      method: 'get',
      path: '/deadline-proposals',
      tag: 'Documents',
      summary: 'Proposed deadlines that wait for a decision, oldest first',
      requires: 'task.decide_deadline',
      scope: 'tasks:read',
      query: z.strictObject({ limit: page.limit }),
      answers: { 200: { description: 'Each with its task.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
      handle: async ({ query }) => ({ status: 200, body: { items: await parts.proposals.open(query.limit) } }),
    }),
  ];
};
