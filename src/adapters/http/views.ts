// What the API shows of a task and its events: explicit shapes, never rows.

import { z } from 'zod';
import { signings } from '../../domain/organisation/signing.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import { deadlineClass } from '../../domain/schedule/timeliness.ts';
import type { ProgrammeRules } from '../../domain/workflow/circumstances.ts';
import { categories, type Definition, outcomes, stateOf } from '../../domain/workflow/definition.ts';
import { addressees, nothingFollowed } from '../../domain/workflow/following.ts';
import { estimates, stances, type Task, taskKinds } from '../../domain/workflow/task.ts';

const vote = z.object({
  seat: z.string(),
  unit: z.string(),
  by: z.string(),
  signing: z.enum(signings).optional(),
  outcome: z.enum(outcomes),
  on: z.iso.date(),
  /** Of a vote to return the work: what the unit is to bring. */
  missing: z.array(z.string()).optional(),
});

export const reviewSchema = z
  .object({
    since: z.iso.date(),
    votes: z.array(vote),
    opinions: z.array(z.object({ seat: z.string(), unit: z.string(), by: z.string(), stance: z.enum(stances) })),
    question: z.object({ by: z.string(), unit: z.string(), on: z.iso.date() }).nullable(),
  })
  .meta({
    id: 'Review',
    description: 'The open appraisal round: votes and opinions by seat, and what the unit was asked.',
  });

export const reviewView = (review: Task['review']): z.input<typeof reviewSchema> | null =>
  review && {
    since: review.since,
    votes: review.votes.map(({ transition: _transition, missing, ...rest }) => ({
      ...rest,
      ...(missing ? { missing: [...missing] } : {}),
    })),
    opinions: [...review.opinions],
    question: review.question,
  };

const difficulty = z
  .object({
    number: z.number().int(),
    cause: z.string(),
    proposal: z.string().nullable(),
    addressee: z.enum(addressees),
    unit: z.string().nullable(),
    answerBy: z.iso.date(),
    by: z.string(),
    /** As what they wrote it: people of the unit, its follower, or a specialist. */
    capacity: z.string(),
    on: z.iso.date(),
    answer: z.object({ text: z.string(), by: z.string(), on: z.iso.date() }).nullable(),
  })
  .meta({ id: 'Difficulty', description: 'Khó khăn, vướng mắc: open while it has no answer.' });

/** What a unit outside the task sees of it: the difficulty that was put to it. */
export const difficultyOutside = difficulty
  .extend({ taskId: z.uuid(), code: z.string(), title: z.string(), leadUnit: z.string(), version: z.number().int() })
  .meta({ id: 'DifficultyOutside', description: 'A difficulty put to a unit that has no part in the task.' });

export const outsideView = (
  { id, code, title, leadUnit, version, following: followed }: Task,
  number: number,
): z.input<typeof difficultyOutside> => {
  const found = followed?.difficulties.find((each) => each.number === number);
  if (!found) throw new Error(`Task ${code} has no difficulty ${number}.`);
  return { taskId: id, code, title, leadUnit, version, ...found };
};

const following = z.object({
  extensionRequest: z.object({ day: z.iso.date(), by: z.string(), on: z.iso.date() }).nullable(),
  deadlineProposal: z.object({ day: z.iso.date(), by: z.string(), on: z.iso.date(), seq: z.number().int() }).nullable(),
  explanation: z
    .object({
      text: z.string(),
      objectiveCause: z.string().nullable(),
      by: z.string(),
      on: z.iso.date(),
      confirmed: z.boolean().nullable(),
    })
    .nullable(),
  urgings: z.number().int().meta({ description: 'Lần đôn đốc: timers, rounds, letters, calls and meetings together.' }),
  urgedOn: z.iso.date().nullable(),
});

export const taskSchema = z
  .object({
    id: z.uuid(),
    code: z.string(),
    programme: z.string(),
    workflow: z.object({ key: z.string(), version: z.number().int(), sha256: z.string() }),
    title: z.string(),
    product: z.string().nullable(),
    measureUnit: z.string().nullable(),
    target: z.union([z.string(), z.number()]).nullable(),
    kind: z.enum(taskKinds),
    source: z.unknown().nullable(),
    field: z.string().nullable(),
    indicator: z.string().nullable(),
    secret: z.boolean(),
    leadUnit: z.string(),
    appraiserUnit: z.string().nullable(),
    participants: z.array(z.string()),
    assignedOn: z.iso.date(),
    state: z.string(),
    stateName: z.object({ vi: z.string(), en: z.string() }),
    category: z.enum(categories),
    holder: z.string().nullable(),
    version: z.number().int(),
    round: z.number().int(),
    review: reviewSchema.nullable(),
    proposal: z.object({ transition: z.string(), by: z.string(), at: z.iso.datetime() }).nullable(),
    returns: z.number().int(),
    due: z.unknown(),
    dueOn: z.iso.date().nullable(),
    dueOriginalOn: z.iso.date().nullable(),
    extensions: z.number().int(),
    deadline: z.string(),
    submittedOn: z.iso.date().nullable(),
    finishedOn: z.iso.date().nullable(),
    progress: z.number().nullable(),
    result: z.union([z.string(), z.number()]).nullable(),
    estimate: z.enum(estimates).nullable(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    followers: z
      .array(z.object({ account: z.string(), unit: z.string(), since: z.iso.date() }))
      .meta({ description: 'Who was named to follow the task, one for each unit whose head named one.' }),
    difficulties: z.array(difficulty),
    ...following.shape,
    recordedAt: z.iso.datetime(),
    notice: z.string().nullable(),
  })
  .meta({ id: 'Task' });

export const measuredSchema = z
  .object({
    kind: z.literal('on_time'),
    programmes: z.array(z.string()),
    from: z.iso.date(),
    to: z.iso.date(),
    asOf: z.iso.date(),
    onTime: z.number().int(),
    judged: z.number().int(),
    rate: z.number().nullable(),
    rateText: z.string().nullable(),
    met: z.boolean().nullable(),
    declared: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  })
  .meta({
    id: 'Measured',
    description: 'What the system measures of a common commitment, beside what the unit declares. People decide.',
  });

export const taskView = (
  task: Task,
  definition: Definition,
  today: CivilDate,
  programme: ProgrammeRules,
): z.input<typeof taskSchema> => ({
  id: task.id,
  code: task.code,
  programme: task.programme,
  workflow: task.definition,
  title: task.title,
  product: task.product,
  measureUnit: task.measureUnit,
  target: task.target,
  kind: task.kind,
  source: task.source,
  field: task.field,
  indicator: task.indicator,
  secret: task.secret,
  leadUnit: task.leadUnit,
  appraiserUnit: task.appraiserUnit,
  participants: [...task.participants],
  assignedOn: task.assignedOn,
  state: task.state,
  stateName: stateOf(definition, task.state).name,
  category: task.category,
  holder: task.holder,
  version: task.version,
  round: task.round,
  review: reviewView(task.review),
  proposal: task.proposal,
  returns: task.returns,
  due: task.due,
  dueOn: task.dueOn,
  dueOriginalOn: task.dueOriginalOn,
  extensions: task.extensions,
  deadline: deadlineClass({ ...task, today, soonDays: programme.soonDays }),
  submittedOn: task.submittedOn,
  finishedOn: task.finishedOn,
  progress: task.progress,
  result: task.result,
  estimate: task.estimate,
  fields: task.fields,
  followers: [...task.followers],
  ...(task.following ?? nothingFollowed),
  urgings: task.urgings,
  difficulties: [...(task.following?.difficulties ?? [])],
  recordedAt: task.recordedAt,
  notice: noticeOf(programme),
});

export const etagOf = ({ version }: Pick<Task, 'version'>): string => `"v${version}"`;

export const todayIn = (now: Date, zone: string): CivilDate => dayOf(now, zone);
