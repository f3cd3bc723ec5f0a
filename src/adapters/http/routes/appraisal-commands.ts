// What can be done in an open appraisal round beside voting (which is a transition), and who sits on the panel.

import { z } from 'zod';
import type { Clock, TaskStore } from '../../../application/ports.ts';
import { panelOf } from '../../../domain/appraisal/panel.ts';
import { incidentOf, incidents, votes } from '../../../domain/appraisal/voting.ts';
import { signings } from '../../../domain/organisation/signing.ts';
import { dayOf } from '../../../domain/schedule/civil-date.ts';
import { appraiseBy } from '../../../domain/schedule/owed-timers.ts';
import { type ReviewCommand, stances } from '../../../domain/workflow/task.ts';
import { type Call, type Route, route } from '../route.ts';
import { code, evidence, moment, sourceDocument, text } from '../schemas.ts';
import { defined, taskChanges, visibleTask, written } from '../task-change.ts';
import { reviewSchema, reviewView } from '../views.ts';

export interface AppraisalCommandParts {
  readonly store: TaskStore;
  readonly clock: Clock;
}

const taskId = z.strictObject({ id: z.uuid() });
const effectiveAt = moment.optional();

const onOneTask = {
  tag: 'Appraisal',
  requires: 'signed_in',
  idempotent: true,
  conditional: true,
  params: taskId,
  answers: { 200: written },
} as const;

const seat = z
  .object({
    seat: z.string(),
    name: z.string(),
    unit: z.string(),
    lead: z.boolean(),
    votes: z.boolean(),
    voter: z
      .object({
        account: z.string(),
        name: z.string(),
        onBehalfOf: z.string().nullable(),
        signing: z.enum(signings).nullable(),
      })
      .nullable(),
    empty: z.string().nullable(),
  })
  .meta({ id: 'Seat', description: 'A member of the panel, who may act in the seat today, or why nobody can.' });

export const appraisalCommandRoutes = ({ store, clock }: AppraisalCommandParts): readonly Route[] => {
  const { change } = taskChanges({ store, clock });
  const loadFor = visibleTask(store);

  /** The body is the command itself. */
  const asking = (type: ReviewCommand['type']) => (call: Call<{ id: string }, unknown, object>) =>
    change(call, { type, ...defined(call.body) } as ReviewCommand);

  return [
    route({
      method: 'post',
      path: '/tasks/{id}/recall',
      summary: 'Take a submission back, as long as nobody has voted',
      ...onOneTask,
      body: z.strictObject({ reason: text(1000).optional(), effectiveAt }),
      handle: asking('recall'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/questions',
      summary: 'Ask the unit for information; until it answers, nothing counts against the panel',
      ...onOneTask,
      body: z.strictObject({ question: text(4000), effectiveAt }),
      handle: asking('request_information'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/answers',
      summary: 'Answer what the panel asked',
      ...onOneTask,
      body: z.strictObject({ answer: text(4000), evidence: z.array(evidence).max(50).optional(), effectiveAt }),
      handle: asking('answer_information'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/opinions',
      summary: 'Give an opinion as a member of the panel, without deciding',
      ...onOneTask,
      body: z.strictObject({ stance: z.enum(stances), opinion: text(4000).optional(), effectiveAt }),
      handle: asking('give_opinion'),
    }),
    route({
      method: 'post',
      path: '/tasks/{id}/appraisers',
      summary: 'Give the appraisal to other agencies; an open round begins anew',
      ...onOneTask,
      body: z.strictObject({
        appraiserUnit: code,
        participants: z.array(code).max(20).default([]),
        reason: text(1000).optional(),
        document: sourceDocument.optional(),
        effectiveAt,
      }),
      handle: asking('reassign'),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/panel',
      tag: 'Appraisal',
      summary: 'Who may appraise the task today, in which seat, and what keeps the panel from deciding',
      requires: 'signed_in',
      params: taskId,
      answers: {
        200: {
          description: 'The panel as of now.',
          schema: z.object({
            round: z.number().int(),
            rule: z.string().nullable(),
            quorum: z.number().int().nullable(),
            agencies: z.array(z.string()),
            seats: z.array(seat),
            review: reviewSchema.nullable(),
            appraiseBy: z.iso.date().nullable(),
            incident: z.enum(incidents).nullable(),
          }),
        },
      },
      handle: async ({ params, actor }) => {
        const { task, definition, calendar, appraisers, unitLine } = await loadFor(actor, params.id);
        const appraisal = definition.appraisals.find(({ state }) => state === task.state);
        const panel = panelOf(task, appraisers, unitLine, dayOf(clock.now(), calendar.zone));
        return {
          status: 200,
          body: {
            round: task.round,
            rule: appraisal?.rule ?? null,
            quorum: appraisal?.quorum ?? null,
            agencies: panel.agencies,
            seats: panel.seats.map((each) => ({
              ...each,
              empty: each.empty ?? null,
              votes: appraisal !== undefined && votes(appraisal, each),
            })),
            review: reviewView(task.review),
            appraiseBy: appraiseBy(definition, task, calendar),
            incident: appraisal && task.review ? (incidentOf(appraisal, panel, task.review.votes) ?? null) : null,
          },
        };
      },
    }),
  ];
};
