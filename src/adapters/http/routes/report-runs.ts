import { z } from 'zod';
import { bookFormats } from '../../../application/book.ts';
import { permit } from '../../../application/permit.ts';
import { annexBook } from '../../../application/reports/annexes.ts';
import { compareRuns, type RunParts, readRun } from '../../../application/reports/compare.ts';
import { type EditionStore, ruleOfEdition } from '../../../application/reports/editions.ts';
import { type FrozenMore, figuresAndTasks } from '../../../application/reports/freeze.ts';
import { basisOf, visibleRows } from '../../../application/reports/rows.ts';
import { readStatistics, type StatisticsReport } from '../../../application/reports/statistics.ts';
import { imbalanceOf } from '../../../domain/reporting/imbalance.ts';
import { percentage } from '../../../domain/reporting/percentage.ts';
import { ruleOfFigures } from '../../../domain/reporting/rates.ts';
import { bucketOfRow, estimateOfRow } from '../../../domain/reporting/run-rows.ts';
import { buckets, sumOfShares } from '../../../domain/reporting/statistics.ts';
import { type BookParts, exportedBook } from '../exported-file.ts';
import { type Route, route } from '../route.ts';
import { code, day, figureRule, moment } from '../schemas.ts';

export interface RunRouteParts extends RunParts, BookParts {
  readonly editions: EditionStore;
}

const id = z.strictObject({ id: z.uuid() });
const annexSheets = {
  I: 'PL I',
  II: 'PL II',
  III: 'PL III',
  'III-matrix': 'PL III (ma trận)',
  cumulative: 'Lũy kế',
  estimate: 'Ước cả năm',
  rates: 'Tỷ lệ',
  about: 'Thông tin',
} as const;
const asked = {
  format: z.enum(bookFormats).default('xlsx'),
  /** A CSV holds one of them. */
  annex: z.enum(Object.keys(annexSheets) as [keyof typeof annexSheets]).default('I'),
};
const file = (description: string) => ({
  200: {
    description,
    schema: z.string().meta({ format: 'binary' }),
    type: 'application/octet-stream',
  },
});

const row = z
  .looseObject({ code: z.string(), title: z.string().nullable(), unit: z.string(), category: z.string() })
  .meta({ id: 'RunRow', description: 'A task as it was counted.' });
const shift = z.looseObject({ code: z.string(), title: z.string().nullable(), why: z.array(z.unknown()) });
const counted = z.record(z.string(), z.number());
const spread = z.object({ units: z.number(), min: z.number(), median: z.number(), max: z.number() });

export const runRoutes = (parts: RunRouteParts): readonly Route[] => {
  const { reports, editions, clock } = parts;
  return [
    route({
      method: 'get',
      path: '/reports/runs/{id}/tasks',
      tag: 'Reports',
      summary: 'The tasks behind frozen figures, as they were counted',
      description:
        'Kept with the run and covered by its hash. Everybody reads the figures and opens their own tasks: `hidden` says how many of those asked for are others’.',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      query: z.strictObject({
        unit: code.optional(),
        bloc: z.string().max(64).optional(),
        bucket: z.enum(buckets).optional(),
        estimate: z.enum(['done', 'not_done', 'stopped', 'undeclared']).optional(),
      }),
      answers: {
        200: {
          description: 'All of them, by unit in official order.',
          schema: z.object({
            asOf: z.iso.date(),
            knownAt: z.iso.datetime(),
            total: z.number().int(),
            hidden: z.number().int(),
            items: z.array(row),
          }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { run, rows } = await readRun(parts, params.id, actor);
        const wanted = rows.filter(
          (each) =>
            (query.unit === undefined || each.unit === query.unit) &&
            (query.bloc === undefined || each.bloc === query.bloc) &&
            (query.bucket === undefined || bucketOfRow(each) === query.bucket) &&
            (query.estimate === undefined || estimateOfRow(each) === query.estimate),
        );
        const items = visibleRows(wanted, run.programme, actor);
        const { asOf, knownAt } = run;
        const body = { asOf, knownAt, total: wanted.length, hidden: wanted.length - items.length, items };
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/reports/runs/{id}/diff',
      tag: 'Reports',
      summary: 'Task by task, what changed between an earlier frozen report (`with`) and this one, and why',
      description:
        '`cells` counts all tasks; applying the shifts to the earlier cells gives these. `why` lists the events that one of the reports knew and the other did not. `rules` are those by which each tells its rates; `note` says so where they differ.',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      query: z.strictObject({ with: z.uuid() }),
      answers: {
        200: {
          description: 'Tasks that are counted elsewhere.',
          schema: z.object({
            before: z.looseObject({ id: z.uuid() }),
            after: z.looseObject({ id: z.uuid() }),
            rules: z.object({ before: figureRule, after: figureRule, note: z.string().nullable() }),
            cells: z.object({ before: counted, after: counted }),
            shifts: z.array(shift),
            hidden: z.number().int(),
          }),
        },
      },
      handle: async ({ params, query, actor }) => {
        const { before, after, ...rest } = await compareRuns(parts)(params.id, query.with, actor);
        const { body: _before, ...old } = before;
        const { body: _after, ...now } = after;
        return { status: 200, body: { before: old, after: now, ...rest } };
      },
    }),
    route({
      method: 'get',
      path: '/reports/runs/{id}/annexes',
      tag: 'Reports',
      summary: 'The annexes of a frozen report as XLSX, or one of them as CSV',
      requires: 'report.read',
      scope: 'reports:read',
      params: id,
      query: z.strictObject(asked),
      answers: file('The file; details of tasks as far as the reader may open them.'),
      handle: async ({ params, query, actor }) => {
        const { run, rows } = await readRun(parts, params.id, actor);
        const { basis, confirmation = null, ...figures } = JSON.parse(run.body) as StatisticsReport & FrozenMore;
        const edition = await editions.ofRun(run.id);
        const book = annexBook({
          figures,
          basis,
          confirmation,
          zone: (await reports.programme(run.programme))?.zone ?? 'UTC',
          rows: visibleRows(rows, run.programme, actor),
          frozen: { sha256: run.sha256 },
          ruleNote: edition ? (await ruleOfEdition(parts, edition)).ruleNote : null,
          issued:
            edition?.number != null && edition.issuedOn != null
              ? { number: edition.number, issuedOn: edition.issuedOn }
              : null,
        });
        const deed = { actor, action: 'report.exported', object: `report ${run.id}` };
        return exportedBook(parts, deed, book, query.format, annexSheets[query.annex]);
      },
    }),
    route({
      method: 'get',
      path: '/reports/annexes',
      tag: 'Reports',
      summary: 'The same annexes of figures that are not frozen (“tạm tính đến …”)',
      requires: 'report.read',
      scope: 'reports:read',
      query: z.strictObject({ programme: code, asOf: day.optional(), knownAt: moment.optional(), ...asked }),
      answers: file('The file; details of tasks as far as the reader may open them.'),
      handle: async ({ query, actor }) => {
        const { format, annex, ...request } = query;
        permit(actor, 'report.read', { kind: 'report', programme: request.programme });
        const { figures, tasks, zone } = await figuresAndTasks(reports, clock, request);
        const book = annexBook({
          figures,
          zone,
          basis: basisOf(tasks),
          confirmation: null,
          ruleNote: null,
          rows: visibleRows(tasks.rows, request.programme, actor),
          frozen: null,
          issued: null,
        });
        const detail = { asOf: figures.asOf, knownAt: figures.knownAt };
        const deed = { actor, action: 'report.exported', object: `programme ${request.programme}`, detail };
        return exportedBook(parts, deed, book, format, annexSheets[annex]);
      },
    }),
    route({
      method: 'get',
      path: '/reports/imbalance',
      tag: 'Reports',
      summary: 'How unevenly the tasks lie on the units: fewest, median and most of one unit, over all and by bloc',
      requires: 'report.read',
      scope: 'reports:read',
      query: z.strictObject({ programme: code, asOf: day.optional(), knownAt: moment.optional() }),
      answers: {
        200: {
          description: 'Of units that have tasks.',
          schema: z.object({
            asOf: z.iso.date(),
            knownAt: z.iso.datetime(),
            notice: z.string().nullable(),
            all: spread,
            byBloc: z.array(spread.extend({ bloc: z.string() })),
            percentagesOf: z.looseObject({ denominator: z.literal('all'), of: z.number().int() }),
            rounding: z.looseObject({}),
            byUnit: z.array(
              z.object({
                unit: z.string(),
                name: z.string(),
                bloc: z.string(),
                total: z.number(),
                percentage: z.number(),
              }),
            ),
          }),
        },
      },
      handle: async ({ query, actor }) => {
        permit(actor, 'report.read', { kind: 'report', programme: query.programme });
        const figures = await readStatistics(reports, clock)(query);
        const { asOf, knownAt, notice, total: whole, percentagesOf, rounding, byUnit, byBloc } = figures;
        const rule = ruleOfFigures(figures);
        const units = byUnit.map(({ unit, name, bloc, total }) => ({
          unit,
          name,
          bloc,
          total,
          percentage: percentage(total, whole, rule),
        }));
        const totals = (bloc?: string): number[] =>
          byUnit.filter((each) => bloc === undefined || each.bloc === bloc).map(({ total }) => total);
        return {
          status: 200,
          body: {
            asOf,
            knownAt,
            notice,
            all: imbalanceOf(totals()),
            byBloc: byBloc.map(({ bloc }) => ({ bloc, ...imbalanceOf(totals(bloc)) })),
            percentagesOf,
            rounding: {
              rule: rounding.rule,
              decimals: rounding.decimals,
              ...sumOfShares(
                units.map((unit) => unit.percentage),
                whole,
                rule,
              ),
            },
            byUnit: units,
          },
        };
      },
    }),
  ];
};
