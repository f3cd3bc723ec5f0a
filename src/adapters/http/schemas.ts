// Shapes that several routes share. Everything strict: an unknown key is an error, never ignored.

import { z } from 'zod';
import { denominators, mostPercentDigits, roundings } from '../../domain/programmes/settings.ts';
import { isOffset } from '../../domain/schedule/offset.ts';
import { normalise } from '../../domain/text.ts';
import { outcomes } from '../../domain/workflow/definition.ts';
import { estimates, taskKinds } from '../../domain/workflow/task.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const isClean = (value: string): boolean => !control.test(value);
const dirty = 'contains control characters';

/** Text from people: NFC, trimmed, without control characters. */
export const text = (most: number) =>
  z.string().max(most).refine(isClean, dirty).transform(normalise).pipe(z.string().min(1));

export const code = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u, 'up to 64 letters, digits and . _ / -');
// Centuries away a day is a slip of the keyboard, and the database knows no year 0.
const thisAge = (value: string): boolean => value >= '1900' && value < '3000';
export const day = z.iso.date().refine(thisAge, 'is not between 1900 and 2999');
/** A whole local day, or an exact instant with its offset from UTC. */
export const moment = z.union([day, z.iso.datetime({ offset: true }).refine(thisAge, 'is not between 1900 and 2999')]);
/** What the database keeps as a whole number. */
export const mostInteger = 2_147_483_647;

const offset = z
  .union([z.string(), z.strictObject({ workingDays: z.number().int().min(-3660).max(3660) })])
  .refine(isOffset, 'is not an ISO 8601 duration in days, weeks, months or years, nor {"workingDays": n}');

export const due = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('on_or_before'), day }),
    z.strictObject({ kind: z.literal('before'), day }),
    z.strictObject({ kind: z.literal('within_month'), month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    z.strictObject({ kind: z.literal('recurring'), anchor: day, every: offset, occurrence: z.number().int().min(0) }),
    z.strictObject({
      kind: z.literal('after_event'),
      event: text(500),
      offset: offset.optional(),
      happenedOn: day.optional(),
      tentativeDay: day.optional(),
    }),
    z.strictObject({ kind: z.literal('tentative'), day }),
    z.strictObject({ kind: z.literal('proposed'), byDay: day.optional() }),
    z.strictObject({ kind: z.literal('within'), offset }),
    z.strictObject({ kind: z.literal('none'), reason: text(1000) }),
  ])
  .meta({
    id: 'Due',
    description: 'The kinds of deadline letters set; a deadline is a day, good until 24:00 local time.',
  });

export const sourceDocument = z
  .strictObject({ number: text(100), date: day, issuer: text(200), item: text(100).optional() })
  .meta({ id: 'SourceDocument', description: 'Number and sign, date, issuing body and item of a letter or decision.' });

/** How the rates of a programme are told; nothing of it is left to guess. */
export const figureRule = z
  .strictObject({
    denominator: z.enum(denominators),
    percentDigits: z.number().int().min(0).max(mostPercentDigits),
    rounding: z.enum(roundings),
  })
  .meta({
    id: 'FigureRule',
    description:
      'What rates are shares of (all; what has fallen due; within its group), their decimals, and whether each alone is rounded half up or cut off.',
  });

export const evidence = z
  .strictObject({ title: text(500), reference: text(500).optional(), file: z.uuid().optional() })
  .meta({ id: 'Evidence', description: '`file` is the id of a file of this task.' });
/** For many tasks at once: a file belongs to one. */
const sharedEvidence = evidence.omit({ file: true }).meta({ id: 'SharedEvidence' });

const scalar = z.union([z.string().max(4000).refine(isClean, dirty).transform(normalise), z.number(), z.boolean()]);

export const newTask = z
  .strictObject({
    programme: code,
    workflow: code.optional(),
    code: code.optional(),
    /** Absent for secret work only. */
    title: text(1000).optional(),
    product: text(1000).optional(),
    measureUnit: text(100).optional(),
    target: z.union([text(200), z.number()]).optional(),
    kind: z.enum(taskKinds).default('own'),
    source: sourceDocument.optional(),
    field: text(100).optional(),
    indicator: text(300).optional(),
    secret: z.literal(true).optional(),
    leadUnit: code,
    appraiserUnit: code.optional(),
    participants: z.array(code).max(20).optional(),
    due: due.optional(),
    effectiveAt: moment.optional(),
  })
  .meta({ id: 'NewTask' });

const transitionShape = z.strictObject({
  transition: z.string().max(64).optional(),
  outcome: z
    .enum(outcomes)
    .optional()
    .meta({ description: 'In place of transition: the answer of this outcome in the workflow of the task.' }),
  fields: z.record(z.string().max(64), scalar).optional(),
  evidence: z.array(evidence).max(50).optional(),
  reason: text(4000).optional(),
  missing: z
    .array(z.strictObject({ what: text(400), note: text(400).optional() }))
    .min(1)
    .max(30)
    .optional()
    .meta({ description: 'Of an answer that returns the work: what the unit is to bring.' }),
  document: sourceDocument.optional(),
  effectiveAt: moment.optional(),
});

export const transitionBody = transitionShape
  .extend({
    takeMeasured: z
      .literal(true)
      .optional()
      .meta({ description: 'Declare what the system measures of the commitment as of now.' }),
  })
  .meta({ id: 'Transition' });

/** The same for many tasks. */
export const sharedTransitionBody = transitionShape
  .extend({ evidence: z.array(sharedEvidence).max(50).optional() })
  .meta({ id: 'SharedTransition' });

/** Logged by who urged; lines of an approved round are logged by the system. */
export const urgingBody = z.strictObject({
  channel: z.enum(['phone', 'letter', 'meeting']),
  note: text(2000).optional(),
  document: sourceDocument.optional(),
  effectiveAt: moment.optional(),
});

export const progressBody = z
  .strictObject({
    progress: z.number().min(0).max(100).optional(),
    result: z.union([text(1000), z.number()]).optional(),
    narrative: text(4000).optional(),
    estimate: z.enum(estimates).optional(),
    effectiveAt: moment.optional(),
  })
  .refine((body) => Object.keys(body).some((key) => key !== 'effectiveAt'), 'says nothing')
  .meta({ id: 'Progress' });

export const deadlineBody = z
  .strictObject({
    due,
    /** Required but for secret work. */
    reason: text(1000).optional(),
    document: sourceDocument.optional(),
    effectiveAt: moment.optional(),
  })
  .meta({ id: 'DeadlineDecision' });

/** Query parameters come as texts; the same one twice comes as a list and is refused. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
};

/** "a,b,c" -> one of a closed list each. */
export const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .max(1000)
    .transform((value) => value.split(','))
    .pipe(z.array(item).min(1).max(50));

const cursorShape = z.strictObject({ value: z.string().refine(isClean), id: z.string().refine(isClean) });

export const encodeCursor = (cursor: { readonly value: string; readonly id: string }): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Undefined when it is not one of ours. */
export const decodeCursor = (encoded: string): z.infer<typeof cursorShape> | undefined => {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString()));
  } catch {
    return undefined;
  }
};
