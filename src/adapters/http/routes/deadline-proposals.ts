import { z } from 'zod';
import { outcomesOf, type ProposalParts, proposeDeadline } from '../../../application/documents/propose-deadline.ts';
import type { TaskStore } from '../../../application/ports.ts';
import { type Route, route } from '../route.ts';
import { day, page, text } from '../schemas.ts';
import { visibleTask } from '../task-change.ts';

const byId = z.strictObject({ id: z.uuid() });

const proposal = z
  .looseObject({
    id: z.uuid(),
    dueOn: z.iso.date(),
    outcome: z.enum(['open', 'superseded', 'accepted', 'set_otherwise']),
  })
  .meta({ id: 'DeadlineProposal', description: 'The deadline decided first after it is the answer to it.' });

export const deadlineProposalRoutes = (parts: ProposalParts & { readonly tasks: TaskStore }): readonly Route[] => {
  const loadFor = visibleTask(parts.tasks);
  const propose = proposeDeadline(parts);
  return [
    route({
      method: 'post',
      path: '/tasks/{id}/deadline-proposals',
      tag: 'Documents',
      summary: 'Propose a day for work that has no deadline; decided with POST /tasks/{id}/deadlines',
      requires: 'task.report_progress',
      scope: 'tasks:write',
      params: byId,
      body: z.strictObject({ day, reason: text(1000).optional() }).meta({ id: 'NewDeadlineProposal' }),
      answers: { 201: { description: 'Proposed; nothing counts down yet.', schema: proposal } },
      handle: async ({ actor, params, body }) => {
        const loaded = await loadFor(actor, params.id);
        const proposed = await propose(actor, loaded, { day: body.day, reason: body.reason ?? null });
        return { status: 201, body: outcomesOf([proposed])[0] };
      },
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
