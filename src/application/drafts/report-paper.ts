// Báo cáo, as the aggregating body sends it (letter 003): part I from the frozen run of the edition and from nothing else, part II
// from the registration of next year. What only people can say is left blank.

import {
  asciiWords,
  type Block,
  dayWords,
  listLetters,
  type Paper,
  type PaperTable,
  plain,
  type Words,
} from '../../domain/documents/paper.ts';
import { countText, percentageText } from '../../domain/reporting/percentage.ts';
import { ruleOfFigures } from '../../domain/reporting/rates.ts';
import { type Bucket, buckets } from '../../domain/reporting/statistics.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { dayText, type Sheet } from '../book.ts';
import { issuedName } from '../reports/annex-heads.ts';
import { ratesIn } from '../reports/annex-rates.ts';
import type { ConfirmationSummary } from '../reports/confirmation.ts';
import type { Edition } from '../reports/editions.ts';
import type { StatisticsReport } from '../reports/statistics.ts';
import { type Heads, headsOf, issuerOf } from './heads.ts';

export interface ReportPaperOf {
  readonly heads: Heads;
  readonly edition: Edition;
  /** As frozen. */
  readonly figures: StatisticsReport;
  readonly confirmation: ConfirmationSummary | null;
  /** Annex I of the same run; its cells go in as they are. */
  readonly annexI: Sheet;
  /** The line that says of when the figures are. */
  readonly when: string;
  /** What the report rests on, beside the reports of the units. */
  readonly bases: readonly SourceDocument[];
  /** Null: nothing was opened for next year. */
  readonly registration: {
    readonly year: number;
    /** What annex IV leaves out. */
    readonly common: readonly string[];
    readonly opinions: readonly { readonly bloc: string; readonly text: string }[];
  } | null;
  readonly blocName: (bloc: string) => string;
}

const sayings: Readonly<Record<Bucket, string>> = {
  in_progress: 'chưa hoàn thành, đang tiếp tục tổ chức thực hiện',
  done: 'hoàn thành',
  not_done: 'không hoàn thành',
  awaiting_appraisal: 'đang chờ cơ quan chuyên môn thẩm định',
  stopped: 'được UBND Tỉnh cho dừng thực hiện',
};
const estimated = ['done', 'not_done', 'stopped'] as const;

export const reportPaper = (of: ReportPaperOf): Paper => {
  const { heads, edition, figures } = of;
  const year = Number(figures.asOf.slice(0, 4));
  const issued =
    edition.number !== null && edition.issuedOn !== null ? { number: edition.number, on: edition.issuedOn } : undefined;
  return {
    // Number and day are the edition's: a document that was issued for another one does not issue this.
    ...headsOf(heads, { addressees: [], year, issued }),
    ...(issued === undefined ? { draft: true } : {}),
    fileName: `${issued ? `${issuedName(issued.number)}_Bao-cao` : 'Du-thao-bao-cao'}_${asciiWords(figures.programme.code)}_${figures.asOf}`,
    kind: { name: 'BÁO CÁO', abstract: abstractOf(of, year) },
    blocks: [
      ...(figures.notice === null ? [] : [remark(figures.notice)]),
      ...of.bases.map((basis): Block => ({ kind: 'basis', words: plain(`Căn cứ ${basisText(basis)};`) })),
      {
        kind: 'basis',
        words: plain('Căn cứ báo cáo của các cơ quan, đơn vị, địa phương (sau đây gọi chung là đơn vị);'),
      },
      text(`${issuerOf(heads)} báo cáo kết quả như sau:`),
      ...results(of, year),
      ...nextYear(of, year + 1),
      text(`${issuerOf(heads)} kính báo cáo UBND Tỉnh xem xét, cho ý kiến chỉ đạo thực hiện./.`),
    ],
    annexes: [annexOf(of)],
  };
};

const abstractOf = ({ edition, figures, registration }: ReportPaperOf, year: number): string =>
  /lũy kế|luỹ kế/iu.test(edition.title)
    ? edition.title
    : `${edition.title}, lũy kế tính đến ngày ${dayText(figures.asOf)}, ước cả năm ${year}${
        registration === null ? '' : ` và nội dung đăng ký năm ${registration.year}`
      }`;

const basisText = ({ number, date, issuer }: SourceDocument): string =>
  `Văn bản số ${number} ${dayWords(date)} của ${issuer}`;

const results = (of: ReportPaperOf, year: number): readonly Block[] => {
  const { figures, confirmation } = of;
  const { rounding } = figures;
  const rule = ruleOfFigures(figures);
  const { noun } = figures.programme;
  /** The last one carries the note for a sum that is not 100. */
  const lines = (
    said: readonly { readonly count: number; readonly share: number; readonly saying: string }[],
    note: string | undefined,
  ): readonly Block[] =>
    said.map(({ count, share, saying }, index) =>
      text(
        count === 0
          ? `${listLetters[index]}) Không có ${noun} ${saying}.`
          : `${listLetters[index]}) Có ${countText(count)}/${countText(figures.total)} ${noun} ${saying} (chiếm ${percentageText(share, rule)}).`,
        index === said.length - 1 ? note : undefined,
      ),
    );
  const estimates = [
    ...estimated.map((bucket) => ({ bucket, saying: sayings[bucket] })),
    ...(figures.estimate.undeclared > 0
      ? [{ bucket: 'undeclared' as const, saying: 'đơn vị chưa ước kết quả cả năm' }]
      : []),
  ];
  return [
    { kind: 'part', words: plain(`I. KẾT QUẢ THỰC HIỆN NĂM ${year}`) },
    {
      kind: 'heading',
      words: [
        {
          text: `1. Kết quả thực hiện lũy kế tính đến ngày ${dayText(figures.asOf)}`,
          ...noted(disputeNote(confirmation, noun)),
        },
      ],
    },
    ...lines(
      buckets.map((bucket) => ({
        count: figures.counts[bucket],
        share: figures.percentages[bucket],
        saying: sayings[bucket],
      })),
      roundingNote(rounding.note, percentageText(rounding.sum, rule)),
    ),
    // By another denominator than all there is a rate of its own.
    ...(figures.denominator === 'all'
      ? []
      : ratesIn(figures).map(({ name, denominatorText, count, of: whole, text: share }) =>
          text(
            `${name} ${denominatorText}: ${countText(count)}/${countText(whole)}${share === null ? '' : ` (chiếm ${share})`}.`,
          ),
        )),
    { kind: 'heading', words: plain(`2. Kết quả thực hiện ước cả năm ${year}`) },
    ...lines(
      estimates.map(({ bucket, saying }) => ({
        count: figures.estimate[bucket],
        share: figures.estimatePercentages[bucket],
        saying,
      })),
      roundingNote(rounding.estimateNote, percentageText(rounding.estimateSum, rule)),
    ),
    text('(Kết quả chung và cụ thể tại các Phụ lục I, II, III)', undefined, true),
    remark(of.when),
  ];
};

const roundingNote = (note: string | null, sum: string): string | undefined =>
  note === null ? undefined : `Tổng các tỷ lệ nêu trên là ${sum}. ${note}`;

const disputeNote = (confirmation: ConfirmationSummary | null, noun: string): string | undefined => {
  if (confirmation === null || confirmation.footnotes.length === 0) return undefined;
  const { footnotes } = confirmation;
  const each = footnotes.map(({ code, unit, reason }) => `${code} (${unit}): ${reason}`).join('; ');
  return `Có ${countText(footnotes.length)} ${noun} đơn vị có ý kiến khác, chưa thống nhất: ${each}.`;
};

/** Annex IV is a file of its own. Opinions are per bloc (rule T4); what is proposed upward people write. */
const nextYear = ({ registration, blocName, figures }: ReportPaperOf, following: number): readonly Block[] => {
  const year = registration?.year ?? following;
  const title: Block = { kind: 'part', words: plain(`II. NỘI DUNG ĐĂNG KÝ NĂM ${year}`) };
  if (registration === null) return [title, text(`Chưa tổ chức đăng ký ${figures.programme.noun} năm ${year}.`)];
  const { common, opinions } = registration;
  return [
    title,
    {
      kind: 'heading',
      words: [
        { text: `1. Nội dung đăng ký năm ${year} của các đơn vị` },
        {
          text: ' (Phụ lục IV – gửi đính kèm)',
          ...noted(
            common.length === 0
              ? undefined
              : `Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung như: ${common.join('; ')}.`,
          ),
        },
      ],
    },
    { kind: 'heading', words: plain('2. Ý kiến đối với nội dung đăng ký') },
    ...(opinions.length === 0
      ? [text(blank)]
      : opinions.map(({ bloc, text: opinion }, index) =>
          text(`2.${index + 1}. Đối với ${blocName(bloc)}: ${opinion.trim().replace(/\.$/, '')}.`),
        )),
    { kind: 'heading', words: plain('3. Đề xuất') },
    ...(opinions.length === 0
      ? [text(blank)]
      : opinions.map(({ bloc }, index) => text(`3.${index + 1}. Đối với ${blocName(bloc)}: ${blank}`))),
  ];
};

const blank = '…………………………………………';

const annexOf = ({ annexI }: ReportPaperOf): PaperTable => {
  const lines = annexI.rows.map((row) => row.map(cellText));
  const [first = 0, last = 0] = annexI.print?.head ?? [0, 0];
  const [groups = [], heads = []] = lines.slice(first, last);
  let group = '';
  const names = (heads.length > 0 ? heads : groups).map((name, index) => {
    group = groups[index] || group;
    return name === '' ? (groups[index] ?? '') : `${group}: ${name}`;
  });
  return {
    titles: lines.slice(0, first).map(([title = '']) => title),
    columns: names.map((title, index) => ({
      title,
      width: Math.max(8, annexI.widths[index] ?? 0),
      align: index === 1 || index === names.length - 1 ? ('left' as const) : ('center' as const),
    })),
    rows: lines.slice(last).map((cells, index) => ({
      cells: names.map((_, column) => cells[column] ?? ''),
      ...(annexI.print?.strong.includes(last + index) ? { bold: true } : {}),
    })),
  };
};

const cellText = (cell: Sheet['rows'][number][number]): string => {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return `${cell}`.replace('.', ',');
  if ('day' in cell) return dayText(cell.day);
  if ('percent' in cell) return percentageText(cell.percent, { percentDigits: cell.digits ?? 1 }).replace('%', '');
  return String(cell.total);
};

const noted = (note: string | undefined): Pick<Words, 'note'> => (note === undefined ? {} : { note });
const text = (value: string, note?: string, italic?: boolean): Block => ({
  kind: 'text',
  words: [{ text: value, ...noted(note), ...(italic ? { italic } : {}) }],
});
const remark = (value: string): Block => ({ kind: 'remark', words: plain(value) });
