// Drafts of letters and reports, as files that people go on with in their word processor.

import { z } from 'zod';
import type { AskedLetter, DraftPapers } from '../../../application/drafts/draft-papers.ts';
import type { Paper } from '../../../domain/documents/paper.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { type ExportParts, exportedFile } from '../exported-file.ts';
import { type Reply, type Route, route } from '../route.ts';
import { code, day, moment, text } from '../schemas.ts';

export interface DraftRouteParts extends ExportParts {
  readonly drafts: DraftPapers;
  readonly write: (paper: Paper) => Promise<Uint8Array>;
  readonly today: () => string;
}

const heads = {
  document: z.uuid().optional().meta({
    description: 'The document it will be: gives issuer, sign, signer, recipients and, once issued, number and day.',
  }),
  upper: text(200).optional().meta({ description: 'The body above the issuing one, as the head has it.' }),
  place: text(100).optional().meta({ description: 'Where it is issued: Đồng Tháp.' }),
};
const letter = {
  ...heads,
  answerBy: day.optional().meta({ description: 'By when the units are to answer; absent: left blank.' }),
};
const answers = {
  200: {
    description: 'The draft; it says DỰ THẢO until its document has number and day.',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    schema: z.string().meta({ format: 'binary' }),
  },
} as const;
const byCode = z.strictObject({ code });
const byId = z.strictObject({ id: z.uuid() });

export const draftRoutes = ({ drafts, write, today, ...parts }: DraftRouteParts): readonly Route[] => {
  const file = async (actor: Actor, object: string, paper: Paper, asked: AskedLetter): Promise<Reply> => {
    const detail = { draft: paper.draft, ...(asked.document === undefined ? {} : { document: asked.document }) };
    const deed = { actor, action: 'paper.drafted', object, detail };
    return exportedFile(parts, deed, `${paper.fileName}.docx`, 'docx', await write(paper));
  };
  return [
    route({
      method: 'get',
      path: '/programmes/{code}/urging-letter',
      tag: 'Following',
      summary: 'Draft of the letter that urges late work, with its two annexes (.docx)',
      description:
        'The same rows as the lists overdue and late-done of that day and moment. Its verb follows the issuer: a people’s committee orders (yêu cầu), others ask (đề nghị), central agencies are asked politely (kính đề nghị).',
      requires: 'urging.read',
      scope: 'tasks:read',
      params: byCode,
      query: z.strictObject({ ...letter, asOf: day.optional(), knownAt: moment.optional() }),
      answers,
      handle: async ({ params, query, actor }) =>
        file(actor, `programme ${params.code}`, await drafts.lateWork(params.code, query, actor), query),
    }),
    route({
      method: 'get',
      path: '/urging-rounds/{id}/letter',
      tag: 'Following',
      summary: 'Draft of the letter of an urging round: work without a deadline (.docx)',
      requires: 'urging.read',
      scope: 'tasks:read',
      params: byId,
      query: z.strictObject(letter),
      answers,
      handle: async ({ params, query, actor }) =>
        file(actor, `urging round ${params.id}`, await drafts.undatedWork(params.id, query, actor), query),
    }),
    route({
      method: 'get',
      path: '/programmes/{code}/obligations/letter',
      tag: 'Reporting',
      summary: 'Draft of the letter that urges periodic reports: missing, late and incomplete ones (.docx)',
      description: '`from` and `to` bound the deadline; by default the present year.',
      requires: 'urging.read',
      scope: 'tasks:read',
      params: byCode,
      query: z.strictObject({ ...letter, from: day.optional(), to: day.optional() }),
      answers,
      handle: async ({ params, query, actor }) => {
        const { from = `${today().slice(0, 4)}-01-01`, to = `${from.slice(0, 4)}-12-31` } = query;
        const paper = await drafts.missingReports(params.code, { ...query, from, to }, actor);
        return file(actor, `programme ${params.code}`, paper, query);
      },
    }),
    route({
      method: 'get',
      path: '/reports/editions/{id}/paper',
      tag: 'Reports',
      summary: 'The text of a report: results, estimate of the year, registration of the next, annex I (.docx)',
      description:
        'Figures are those of the frozen run and nothing is counted again; opinions are those given by its moment. A report that is not frozen yet has no text. Number and day are those of the edition.',
      requires: 'report.read',
      scope: 'reports:read',
      params: byId,
      query: z.strictObject(heads),
      answers,
      handle: async ({ params, query, actor }) =>
        file(actor, `report edition ${params.id}`, await drafts.report(params.id, query, actor), query),
    }),
  ];
};
