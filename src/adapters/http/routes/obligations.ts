// Chế độ báo cáo định kỳ: what units owe, what they sent, and what became of it. An obligation is a task of the workflow
// periodic-report with the same id, so whoever may see, send, check or waive it is whoever may do so with the task.

import { z } from 'zod';
import { bookFormats } from '../../../application/book.ts';
import { annexOf, toBeUrged } from '../../../application/obligations/annex.ts';
import type { ManageObligations } from '../../../application/obligations/manage.ts';
import type { Obligation } from '../../../application/obligations/ports.ts';
import type { TaskStore } from '../../../application/ports.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { completenesses, demandsOf, type MatrixOf, obligationStates } from '../../../domain/reporting/obligations.ts';
import { reportLevels } from '../../../domain/reporting/regime.ts';
import { submissionStatuses } from '../../../domain/reporting/submissions.ts';
import type { MoveTask } from '../../../domain/workflow/task.ts';
import { type BookParts, exportedBook } from '../exported-file.ts';
import { type Call, type Reply, type Route, route } from '../route.ts';
import { code, day, evidence, listOf, moment, sourceDocument, text } from '../schemas.ts';
import { defined, taskChanges, written } from '../task-change.ts';

export interface ObligationRouteParts extends BookParts {
  readonly obligations: ManageObligations;
  readonly store: TaskStore;
}

const counts = z.record(z.string(), z.number().int());
const obligation = z
  .object({
    id: z.uuid().meta({ description: 'Of the obligation and of its task.' }),
    regime: z.string(),
    level: z.enum(reportLevels).meta({
      description: 'unit: to the aggregating agency; aggregator: what the agency itself sends on.',
    }),
    period: z.object({ key: z.string(), name: z.string(), from: z.iso.date(), cutOffOn: z.iso.date() }),
    unit: z.string(),
    unitName: z.string(),
    heldBy: z.string().meta({ description: 'Who owes it now: the unit, or its successor.' }),
    dueOn: z.iso.date(),
    dueOriginalOn: z.iso.date(),
    aggregatorDueOn: z.iso.date().nullable(),
    upperDueOn: z.iso.date().nullable(),
    state: z.enum(obligationStates),
    completeness: z.enum(completenesses).nullable(),
    daysLate: z.number().int(),
    missing: z.array(z.string()),
    reason: z.string().nullable(),
    sentOn: z.iso.date().nullable().meta({ description: 'Of the last submission, given back or not.' }),
    sentRecordedAt: z.iso.datetime().nullable(),
    documentNumber: z.string().nullable(),
    submissions: z.number().int(),
    urgings: z.number().int(),
    task: z.object({ code: z.string(), state: z.string(), version: z.number().int() }),
  })
  .meta({ id: 'Obligation' });

const viewOf = (item: Omit<Obligation, 'submissions'>, submissions: number): z.input<typeof obligation> => ({
  id: item.id,
  regime: item.regime,
  level: item.level,
  period: { key: item.period, name: item.periodName, from: item.from, cutOffOn: item.cutOffOn },
  unit: item.unit,
  unitName: item.unitName,
  heldBy: item.heldBy,
  dueOn: item.dueOn,
  dueOriginalOn: item.dueOriginalOn,
  aggregatorDueOn: item.aggregatorDueOn,
  upperDueOn: item.upperDueOn,
  state: item.state,
  completeness: item.completeness,
  daysLate: item.daysLate,
  missing: [...item.missing],
  reason: item.reason,
  sentOn: item.sentOn,
  sentRecordedAt: item.sentRecordedAt?.toISOString() ?? null,
  documentNumber: item.documentNumber,
  submissions,
  urgings: item.urgings,
  task: { code: item.taskCode, state: item.taskState, version: item.version },
});
const listedView = (item: Obligation) => viewOf(item, item.submissions);

const submission = z
  .object({
    number: z.number().int(),
    sentOn: z.iso.date(),
    sentBy: z.string().nullable(),
    recordedAt: z.iso.datetime(),
    documentNumber: z.string().nullable(),
    dataUntil: z.string().nullable(),
    result: z.string().nullable(),
    proposals: z.string().nullable(),
    recommendations: z.string().nullable(),
    difficulties: z.string().nullable(),
    evidence: z.array(z.looseObject({})),
    status: z.enum(submissionStatuses),
    answeredOn: z.iso.date().nullable(),
    answeredBy: z.string().nullable(),
    missing: z.array(z.string()),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ReportSubmission' });

const matrixRow = z.object({
  unit: z.string(),
  unitName: z.string(),
  cells: z.record(
    z.string(),
    obligation.pick({
      id: true,
      dueOn: true,
      state: true,
      completeness: true,
      heldBy: true,
      sentOn: true,
      daysLate: true,
    }),
  ),
});

const matrixView = ({ periods, units }: MatrixOf<Obligation>) => ({
  periods: periods.map((period) => {
    const [first] = units.flatMap(({ cells }) => cells[period.key] ?? []);
    return { ...period, name: first?.periodName ?? period.key, dueOn: first?.dueOriginalOn ?? null };
  }),
  units: rowsView(units),
});

const rowsView = (units: MatrixOf<Obligation>['units']) =>
  units.map(({ cells, ...unit }) => ({
    ...unit,
    cells: Object.fromEntries(
      Object.entries(cells).map(([key, { id, dueOn, state, completeness, heldBy, sentOn, daysLate }]) => [
        key,
        { id, dueOn, state, completeness, heldBy, sentOn, daysLate },
      ]),
    ),
  }));

const years = z.strictObject({ code, year: z.coerce.number().int().min(1990).max(2100) });
const ofProgramme = z.strictObject({ code });
const level = z.enum(reportLevels);
const span = { from: day.optional(), to: day.optional(), unit: code.optional() };
/** By default the year of today. */
const spanOf = (
  { from, to, unit }: { from?: string | undefined; to?: string | undefined; unit?: string | undefined },
  today: string,
) => {
  const asked = {
    from: from ?? `${(to ?? today).slice(0, 4)}-01-01`,
    to: to ?? `${(from ?? today).slice(0, 4)}-12-31`,
    unit,
  };
  if (asked.from > asked.to || Number(asked.to.slice(0, 4)) - Number(asked.from.slice(0, 4)) > mostYears)
    throw new Refusal('input.invalid', {
      errors: [
        { in: 'query', pointer: '/to', code: 'span', message: `Comes after from, by at most ${mostYears} years.` },
      ],
    });
  return asked;
};
const mostYears = 20;

const item = z.strictObject({ id: z.uuid() });
const missing = z.array(text(400)).min(1).max(30);

export const obligationRoutes = ({ obligations, store, ...parts }: ObligationRouteParts): readonly Route[] => {
  const { change } = taskChanges({ store, clock: parts.clock });
  /** Another task is not reached by this door. */
  const move = async (call: Call<{ id: string }>, command: Omit<MoveTask, 'type'>): Promise<Reply> => {
    await obligations.find(call.params.id, call.actor);
    return change(call, { type: 'transition', ...defined(command) } as MoveTask);
  };

  return [
    route({
      method: 'post',
      path: '/programmes/{code}/reporting/years/{year}',
      tag: 'Reporting',
      summary: 'Make the obligations of a year; what is there already stays as it is',
      description:
        'A schedule does this by itself every month, in December for the next year too. Periods whose deadline has passed are left out. `short` names periods without a working day between cut-off and deadline (Nghị định 09/2019/NĐ-CP Điều 8 khoản 5): named days stay.',
      requires: 'reporting.write',
      scope: 'session_only',
      params: years,
      answers: { 200: { description: 'What was made.', schema: z.looseObject({ created: z.number().int() }) } },
      handle: async ({ params, actor }) => ({
        status: 200,
        body: await obligations.makeYear(params.code, params.year, actor),
      }),
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/obligations',
      tag: 'Reporting',
      summary: 'What units owe, with what became of it as of today',
      description:
        'Those one may see the tasks of. `from` and `to` bound the deadline; by default the present year. A report is missing from 24:00 of its deadline on; one that was sent and is incomplete is not missing.',
      requires: 'task.read',
      scope: 'tasks:read',
      params: ofProgramme,
      query: z.strictObject({ ...span, level: level.optional(), state: listOf(z.enum(obligationStates)).optional() }),
      answers: {
        200: {
          description: 'By unit in official order, then by deadline.',
          schema: z.object({ asOf: z.iso.date(), items: z.array(obligation) }),
        },
      },
      handle: async ({ params, query: { state, level: of, ...query }, actor }) => {
        const filter = { programme: params.code, ...spanOf(query, obligations.today()), level: of, states: state };
        const { asOf, items } = await obligations.list(filter, actor);
        return { status: 200, body: { asOf, items: items.map(listedView) } };
      },
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/obligations/matrix',
      tag: 'Reporting',
      summary: 'Units by periods over the years',
      requires: 'task.read',
      scope: 'tasks:read',
      params: ofProgramme,
      query: z.strictObject(span),
      answers: {
        200: {
          description: 'Columns with their counts, and a row per unit; keys are regime/period.',
          schema: z.object({
            asOf: z.iso.date(),
            periods: z.array(
              z.object({
                key: z.string(),
                name: z.string(),
                dueOn: z.iso.date().nullable(),
                counts,
                complete: z.number().int(),
                incomplete: z.number().int(),
                total: z.number().int(),
              }),
            ),
            units: z.array(matrixRow),
            upward: z.array(matrixRow).meta({
              description: 'What the aggregating agency itself owes to the level above, apart from the counts.',
            }),
          }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { asOf, matrix, upward } = await obligations.matrix(
          { programme: params.code, ...spanOf(query, obligations.today()) },
          actor,
        );
        return { status: 200, body: { asOf, ...matrixView(matrix), upward: rowsView(upward.units) } };
      },
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/obligations/urging',
      tag: 'Reporting',
      summary: 'The list for the urging letter: reports that are missing, incomplete or came late',
      requires: 'task.read',
      scope: 'tasks:read',
      params: ofProgramme,
      // The letter of the agency is about its units; its own report the level above it urges.
      query: z.strictObject({ ...span, level: level.default('unit') }),
      answers: {
        200: {
          description: 'Each with what is demanded.',
          schema: z.object({
            asOf: z.iso.date(),
            items: z.array(obligation.extend({ demand: z.enum(['missing', 'incomplete', 'late']) })),
          }),
        },
      },
      handle: async ({ params, query: { level: of, ...query }, actor }) => {
        const filter = { programme: params.code, ...spanOf(query, obligations.today()), level: of };
        const { asOf, items } = await obligations.list(filter, actor);
        const urged = toBeUrged(items).map((one) => ({ ...listedView(one), demand: demandsOf(one) }));
        return { status: 200, body: { asOf, items: urged } };
      },
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/obligations/export',
      tag: 'Reporting',
      summary: 'The list, or the annex of the urging letter, as CSV or XLSX, saying of when it is',
      requires: 'task.read',
      scope: 'tasks:read',
      params: ofProgramme,
      query: z.strictObject({
        ...span,
        list: z.enum(['all', 'urging']).default('all'),
        level: level.optional(),
        format: z.enum(bookFormats).default('xlsx'),
      }),
      answers: {
        200: {
          description: 'The file: the rows of the screen.',
          type: 'application/octet-stream',
          schema: z.string().meta({ format: 'binary' }),
        },
      },
      handle: async ({ params, query: { list, format, level: of, ...query }, actor }) => {
        const filter = {
          programme: params.code,
          ...spanOf(query, obligations.today()),
          level: of ?? (list === 'urging' ? ('unit' as const) : undefined),
        };
        const { asOf, items } = await obligations.list(filter, actor);
        const title =
          list === 'all' ? 'Tình hình thực hiện chế độ báo cáo' : 'Danh sách đơn vị cần đôn đốc chế độ báo cáo';
        const chosen = list === 'all' ? items : toBeUrged(items);
        const deed = {
          actor,
          action: 'obligation.exported',
          object: `programme ${params.code}`,
          detail: { list, rows: chosen.length, asOf },
        };
        return exportedBook(parts, deed, annexOf(chosen, { title, asOf }), format);
      },
    }),
    route({
      method: 'get',
      path: '/obligations/{id}',
      tag: 'Reporting',
      summary: 'One obligation with all that was sent for it; ETag is the version of its task',
      requires: 'task.read',
      scope: 'tasks:read',
      params: item,
      answers: {
        200: {
          description: 'Submissions are numbered; one that was given back stays.',
          schema: obligation.extend({ history: z.array(submission) }),
        },
      },
      handle: async ({ params, actor }) => {
        const { submissions, ...found } = await obligations.find(params.id, actor);
        return {
          status: 200,
          body: { ...viewOf(found, submissions.length), history: submissions },
          headers: { ETag: `"v${found.version}"` },
        };
      },
    }),
    route({
      method: 'post',
      path: '/obligations/{id}/submissions',
      tag: 'Reporting',
      summary: 'Send the report: result, proposals and recommendations, with its number; again after it was given back',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: item,
      body: z
        .strictObject({
          documentNumber: text(100),
          dataUntil: day,
          result: text(4000),
          proposals: text(4000).optional(),
          recommendations: text(4000).optional(),
          difficulties: text(4000).optional(),
          evidence: z.array(evidence).max(50).default([]),
          effectiveAt: moment.optional(),
        })
        .meta({ id: 'NewReportSubmission' }),
      answers: { 200: written },
      handle: (call) => {
        const { documentNumber, dataUntil, evidence: files, effectiveAt, ...texts } = call.body;
        return move(call, {
          transition: 'send',
          fields: { document_number: documentNumber, data_until: dataUntil, ...defined(texts) },
          // The report itself is the first piece.
          evidence: [{ title: 'Báo cáo', reference: documentNumber }, ...files] as NonNullable<MoveTask['evidence']>,
          ...defined({ effectiveAt }),
        });
      },
    }),
    route({
      method: 'post',
      path: '/obligations/{id}/return',
      tag: 'Reporting',
      summary: 'Give the report back, naming what is missing',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: item,
      body: z.strictObject({ missing, reason: text(4000).optional(), effectiveAt: moment.optional() }),
      answers: { 200: written },
      handle: (call) => {
        const { missing: lacking, reason = `Thiếu: ${lacking.join('; ')}`, effectiveAt } = call.body;
        return move(call, { outcome: 'returned', missing: lacking, reason, ...defined({ effectiveAt }) });
      },
    }),
    route({
      method: 'post',
      path: '/obligations/{id}/accept',
      tag: 'Reporting',
      summary: 'Take the report: complete, or as it is with what is missing named',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: item,
      body: z.discriminatedUnion('complete', [
        z.strictObject({ complete: z.literal(true), effectiveAt: moment.optional() }),
        z.strictObject({ complete: z.literal(false), missing, effectiveAt: moment.optional() }),
      ]),
      answers: { 200: written },
      handle: (call) => {
        const { body } = call;
        const when = defined({ effectiveAt: body.effectiveAt });
        return body.complete
          ? move(call, { outcome: 'achieved', ...when })
          : move(call, { outcome: 'not_achieved', reason: `Thiếu: ${body.missing.join('; ')}`, ...when });
      },
    }),
    route({
      method: 'post',
      path: '/obligations/{id}/waiver',
      tag: 'Reporting',
      summary: 'Let a unit off this report, by a document',
      requires: 'task.move',
      scope: 'tasks:write',
      idempotent: true,
      conditional: true,
      params: item,
      body: z.strictObject({ reason: text(4000), document: sourceDocument, effectiveAt: moment.optional() }),
      answers: { 200: written },
      handle: (call) => move(call, { transition: 'waive', ...(defined(call.body) as Omit<MoveTask, 'type'>) }),
    }),
  ];
};
