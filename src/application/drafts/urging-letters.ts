// Công văn đôn đốc, drafted from the lists of the screen: work that is late (letter 002), work that never had a deadline (its clause
// 4), periodic reports that are missing or incomplete (letter 004). People edit and sign it; the figures are those of the lists.

import {
  asciiWords,
  type Block,
  demandVerb,
  type Paper,
  type PaperTable,
  plain,
  rankOf,
  type Words,
} from '../../domain/documents/paper.ts';
import type { UnitClass } from '../../domain/organisation/units.ts';
import { countText } from '../../domain/reporting/percentage.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { dayText, momentText } from '../book.ts';
import type { UrgingLine, UrgingRow } from '../following/ports.ts';
import type { RoundWithLines } from '../following/urging-rounds.ts';
import { lateText, missingText } from '../obligations/annex.ts';
import type { Obligation } from '../obligations/ports.ts';
import { type Heads, headsOf, issuerOf } from './heads.ts';

export interface LetterOf {
  readonly heads: Heads;
  readonly programme: { readonly code: string; readonly name: string; readonly noun: string; readonly zone: string };
  readonly notice: string | null;
  readonly asOf: CivilDate;
  /** By which day the units are to tell what they did; absent: left blank. */
  readonly answerBy: CivilDate | undefined;
  readonly classOf: (unit: string) => UnitClass | undefined;
}

interface Listed {
  readonly unit: string;
  readonly unitName: string;
}

/** A: quá hạn còn tồn đọng, and B: hoàn thành trễ hạn; two demands (domain 9.3 A). */
export const lateWorkLetter = (
  of: LetterOf & { readonly knownAt: Date },
  { overdue, lateDone }: { readonly overdue: readonly UrgingRow[]; readonly lateDone: readonly UrgingRow[] },
): Paper => {
  const { programme, asOf, knownAt, heads } = of;
  const { noun } = programme;
  const rank = rankOf(issuerOf(heads));
  const when = `Số liệu tính đến hết ngày ${dayText(asOf)}, theo dữ liệu ghi nhận đến ${momentText(knownAt.toISOString(), programme.zone)}.`;
  const counts = [
    ...(overdue.length > 0
      ? [bold(`${countText(overdue.length)} ${noun} đã quá thời hạn giải quyết nhưng còn tồn đọng (Phụ lục 1)`)]
      : []),
    ...(lateDone.length > 0
      ? [bold(`${countText(lateDone.length)} ${noun} đã hoàn thành nhưng trễ hạn (Phụ lục 2)`)]
      : []),
  ];
  const mine = ({ unit }: Listed): boolean => of.classOf(unit) !== 'central';
  const late = { overdue: overdue.filter(mine).length, done: lateDone.filter(mine).length };
  const annex = (n: number): string => (late.overdue > 0 && late.done > 0 ? `${n}. ` : '');
  const whom = `Thủ trưởng ${addressed(of, [...overdue, ...lateDone])} có tên tại Phụ lục`;
  return paper(of, [...overdue, ...lateDone], {
    fileName: 'Cong-van-don-doc',
    noun,
    subject: `V/v đôn đốc thực hiện ${noun} quá thời hạn thuộc ${programme.name}`,
    blocks: [
      text([
        { text: `Qua theo dõi tình hình thực hiện ${programme.name}, tính đến hết ngày ${dayText(asOf)}, ` },
        ...(counts.length === 0
          ? [{ text: `không có ${noun} nào quá thời hạn hoặc hoàn thành trễ hạn.` }]
          : [{ text: 'có ' }, ...joined(counts), { text: `. ${issuerOf(heads)} có ý kiến như sau:` }]),
      ]),
      ...(late.overdue > 0
        ? [
            text([
              {
                text: `${annex(1)}${sentence(demandVerb(rank))} ${whom} 1 khẩn trương chỉ đạo rà soát, hoàn thành `,
              },
              bold(`${countText(late.overdue)} ${noun}`),
              { text: ' đã quá thời hạn giải quyết nhưng còn tồn đọng.' },
            ]),
          ]
        : []),
      ...(late.done > 0
        ? [
            text([
              {
                text: `${annex(2)}${sentence(demandVerb(rank))} ${whom} 2 nghiêm túc rút kinh nghiệm, giải trình nguyên nhân đối với `,
              },
              bold(`${countText(late.done)} ${noun}`),
              { text: ' đã hoàn thành nhưng trễ hạn.' },
            ]),
          ]
        : []),
    ],
    when,
    annexes: [
      ...(overdue.length > 0 ? [lateAnnex('Phụ lục 1', 'overdue', overdue, of, when)] : []),
      ...(lateDone.length > 0 ? [lateAnnex('Phụ lục 2', 'late-done', lateDone, of, when)] : []),
    ],
  });
};

/** C: work without a deadline, every three months (domain 9.3 C). What was taken out of the round is not in its letter. */
export const undatedWorkLetter = (of: LetterOf, round: RoundWithLines): Paper => {
  const { programme, heads } = of;
  const { noun } = programme;
  const lines = round.lines.filter(({ status }) => status === 'proposed' || status === 'sent');
  const rank = rankOf(issuerOf(heads));
  const when = `Danh sách lập ngày ${dayText(round.asOf)}.`;
  return paper(of, lines, {
    fileName: 'Cong-van-don-doc-khong-thoi-han',
    noun,
    subject: `V/v đôn đốc ${noun} không quy định thời hạn thuộc ${programme.name}`,
    blocks: [
      text([
        {
          text: `Thực hiện việc đôn đốc định kỳ 03 tháng/lần, tính đến ngày ${dayText(round.asOf)}, ${programme.name} có `,
        },
        bold(`${countText(lines.length)} ${noun}`),
        { text: ` không quy định thời hạn cụ thể khi giao lần đầu và chưa hoàn thành (Phụ lục). ${issuerOf(heads)} ` },
        {
          text: `${demandVerb(rank)} Thủ trưởng ${addressed(of, lines)} có tên tại Phụ lục khẩn trương thực hiện, báo cáo tình hình và đề xuất thời hạn hoàn thành cụ thể của từng ${noun}.`,
        },
      ]),
    ],
    when,
    annexes: lines.length === 0 ? [] : [undatedAnnex(lines, of, when)],
  });
};

/** B: periodic reports (domain 9.3 B). @param items those that are missing, incomplete or late */
export const missingReportsLetter = (
  of: LetterOf & { readonly basis: string | null },
  items: readonly Obligation[],
): Paper => {
  const { programme, heads, asOf, basis } = of;
  const rank = rankOf(issuerOf(heads));
  const missing = items.filter(({ state }) => state === 'missing').length;
  const rest = items.length - missing;
  const when = `Số liệu tính đến ngày ${dayText(asOf)}.`;
  return paper(of, items, {
    fileName: 'Cong-van-don-doc-che-do-bao-cao',
    noun: 'báo cáo',
    subject: `V/v thực hiện chế độ báo cáo ${programme.name}`,
    blocks: [
      text([
        { text: `Thực hiện ${basis ?? programme.name}, tính đến ngày ${dayText(asOf)}, còn ` },
        bold(`${countText(missing)} báo cáo định kỳ chưa gửi`),
        { text: ' và ' },
        bold(`${countText(rest)} báo cáo gửi trễ hạn hoặc chưa đầy đủ`),
        { text: ' (Phụ lục).' },
      ]),
      text([
        {
          text: `${issuerOf(heads)} ${demandVerb(rank)} ${addressed(of, items)} có tên tại Phụ lục chủ động rà soát nhiệm vụ được giao${basis === null ? '' : ` tại ${basis}`} và báo cáo kết quả, đề xuất, kiến nghị về ${issuerOf(heads)}.`,
        },
      ]),
    ],
    when,
    annexes: items.length === 0 ? [] : [obligationAnnex(items, of, when)],
  });
};

const paper = (
  of: LetterOf,
  listed: readonly Listed[],
  letter: {
    readonly fileName: string;
    readonly noun: string;
    readonly subject: string;
    readonly blocks: readonly Block[];
    readonly when: string;
    readonly annexes: readonly PaperTable[];
  },
): Paper => {
  const { heads, asOf, answerBy, programme, notice } = of;
  const units = [...new Map(listed.map(({ unit, unitName }) => [unit, unitName]))];
  const central = units
    .filter(([unit]) => of.classOf(unit) === 'central')
    .map(([unit, name]) => `${name} (${countText(listed.filter((row) => row.unit === unit).length)} ${letter.noun})`);
  const answer = answerBy === undefined ? 'ngày ……/……/………' : `ngày ${dayText(answerBy)}`;
  return {
    ...headsOf(heads, { addressees: units.map(([, name]) => name), year: Number(asOf.slice(0, 4)) }),
    fileName: `${letter.fileName}_${asciiWords(programme.code)}_${asOf}`,
    kind: { name: null, abstract: subjectOf(heads, letter.subject) },
    blocks: [
      ...(notice === null ? [] : [remark(notice)]),
      ...letter.blocks,
      ...(central.length === 0
        ? []
        : [
            text([
              {
                text: `Đối với ${central.join(', ')}: ${issuerOf(heads)} ${demandVerb('department', true)} quan tâm, phối hợp thực hiện các nội dung nêu trên.`,
              },
            ]),
          ]),
      ...(listed.length === 0
        ? []
        : [
            text([
              { text: `Kết quả thực hiện gửi về ${issuerOf(heads)} chậm nhất ` },
              bold(answer),
              { text: ' để tổng hợp.' },
            ]),
          ]),
      remark(letter.when),
      text([{ text: `${issuerOf(heads)} thông báo để các cơ quan, đơn vị biết, thực hiện./.` }]),
    ],
    annexes: letter.annexes,
  };
};

/** A central agency is no unit of the province: it is spoken to apart. */
const addressed = ({ classOf }: LetterOf, listed: readonly Listed[]): string =>
  listed.some(({ unit }) => classOf(unit) === 'central') ? 'các đơn vị thuộc tỉnh' : 'các đơn vị';

/** What the document says of itself stands before what we would say. */
const subjectOf = ({ document }: Heads, usual: string): string => {
  const given = document?.abstract?.trim();
  if (!given) return usual;
  return /^v\/v/iu.test(given) ? given : `V/v ${given}`;
};

const lateAnnex = (
  number: string,
  list: 'overdue' | 'late-done',
  rows: readonly UrgingRow[],
  of: LetterOf,
  when: string,
): PaperTable => {
  const late = list === 'late-done';
  const { noun } = of.programme;
  return {
    titles: [
      number,
      `Danh mục ${noun} ${late ? 'hoàn thành trễ hạn' : 'quá hạn còn tồn đọng'} – ${of.programme.name}`,
      when,
    ],
    columns: [
      { title: 'STT', width: 6, align: 'center' },
      { title: sentence(noun), width: 34 },
      { title: 'Văn bản giao', width: 14 },
      { title: 'Ngày giao', width: 10, align: 'center' },
      { title: 'Thời hạn', width: 10, align: 'center' },
      ...(late ? [{ title: 'Ngày hoàn thành', width: 10, align: 'center' as const }] : []),
      { title: late ? 'Số ngày trễ' : 'Số ngày quá hạn', width: 8, align: 'center' },
      ...(late ? [{ title: 'Nguyên nhân', width: 16 }] : []),
      { title: 'Lần đôn đốc', width: 8, align: 'center' },
    ],
    rows: byUnit(rows, of, (row) => [
      row.title,
      row.sourceNumber ?? '',
      dayText(row.assignedOn),
      dayText(row.dueOn),
      ...(late ? [row.submittedOn === null ? '' : dayText(row.submittedOn)] : []),
      String(row.daysLate),
      ...(late ? [row.objectiveCause ?? row.explanation ?? ''] : []),
      timesText(row.urgings),
    ]),
  };
};

const undatedAnnex = (lines: readonly UrgingLine[], of: LetterOf, when: string): PaperTable => ({
  titles: [
    'Phụ lục',
    `Danh mục ${of.programme.noun} không quy định thời hạn khi giao lần đầu – ${of.programme.name}`,
    when,
  ],
  columns: [
    { title: 'STT', width: 6, align: 'center' },
    { title: sentence(of.programme.noun), width: 45 },
    { title: 'Ngày giao lần đầu', width: 12, align: 'center' },
    { title: 'Số tháng', width: 8, align: 'center' },
    { title: 'Lần đôn đốc', width: 10, align: 'center' },
    { title: 'Đề xuất thời hạn (đơn vị điền)', width: 20 },
  ],
  rows: byUnit(lines, of, ({ title, assignedOn, months, n }) => [
    title,
    dayText(assignedOn),
    String(months),
    timesText(n),
    '',
  ]),
});

const obligationAnnex = (items: readonly Obligation[], of: LetterOf, when: string): PaperTable => ({
  titles: ['Phụ lục', `Danh sách đơn vị chưa thực hiện đầy đủ chế độ báo cáo – ${of.programme.name}`, when],
  columns: [
    { title: 'STT', width: 6, align: 'center' },
    { title: 'Kỳ báo cáo', width: 24 },
    { title: 'Thời hạn', width: 11, align: 'center' },
    { title: 'Ngày gửi', width: 11, align: 'center' },
    { title: 'Đúng hạn?', width: 16 },
    { title: 'Đầy đủ? (thiếu mục nào)', width: 24 },
    { title: 'Lần đôn đốc', width: 9, align: 'center' },
  ],
  rows: byUnit(
    items,
    of,
    (item) => [
      item.periodName,
      dayText(item.dueOn),
      item.sentOn === null ? '' : dayText(item.sentOn),
      lateText(item),
      missingText(item) ?? '',
      timesText(item.urgings),
    ],
    'báo cáo',
  ),
});

const byUnit = <Row extends Listed>(
  rows: readonly Row[],
  { programme }: LetterOf,
  cellsOf: (row: Row) => readonly string[],
  noun = programme.noun,
): PaperTable['rows'] => {
  let number = 0;
  const units = [...new Map(rows.map(({ unit, unitName }) => [unit, unitName]))];
  return units.flatMap(([unit, name]) => {
    const own = rows.filter((row) => row.unit === unit);
    return [
      { cells: ['', `${name}: ${countText(own.length)} ${noun}`], bold: true },
      ...own.map((row) => {
        number += 1;
        return { cells: [String(number), ...cellsOf(row)] };
      }),
    ];
  });
};

/** Lần 2; what was never urged has none. */
const timesText = (n: number): string => (n === 0 ? '–' : `Lần ${n}`);

const bold = (value: string): Words => ({ text: value, bold: true });
const text = (words: readonly Words[]): Block => ({ kind: 'text', words });
const remark = (value: string): Block => ({ kind: 'remark', words: plain(value) });
const sentence = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);
const joined = (parts: readonly Words[]): readonly Words[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: ' và ' }, part]));
