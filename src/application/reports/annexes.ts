// The annexes of report 158/BC-SKHĐT: I by unit, II and III task by task, the cumulative table and the year-end estimate, and a sheet
// that says of when they are. Frozen figures and present ones differ in one line: "tạm tính".

import { imbalanceOf } from '../../domain/reporting/imbalance.ts';
import { countText, percentage } from '../../domain/reporting/percentage.ts';
import { roundingText, ruleOfFigures } from '../../domain/reporting/rates.ts';
import { bucketOfRow, estimateOfRow, type RunBasis, type RunRow } from '../../domain/reporting/run-rows.ts';
import { type Bucket, buckets, type EstimateBucket, type Figures } from '../../domain/reporting/statistics.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { type Book, type Cell, dayText, momentText, type Sheet } from '../book.ts';
import { ratesIn, ratesSheet } from './annex-rates.ts';
import type { ConfirmationSummary } from './confirmation.ts';
import type { StatisticsReport } from './statistics.ts';

export interface AnnexSource {
  readonly figures: StatisticsReport;
  readonly zone: string;
  readonly basis: RunBasis | undefined;
  readonly confirmation: ConfirmationSummary | null;
  /** Those the reader may open. */
  readonly rows: readonly RunRow[];
  /** Null: figures of the moment, not frozen. */
  readonly frozen: { readonly sha256: string } | null;
  /** Where it corrects a report that told its rates otherwise. */
  readonly ruleNote?: string | null;
  /** As issued; null: not yet. */
  readonly issued: { readonly number: string; readonly issuedOn: CivilDate } | null;
}

const bucketNames: Readonly<Record<Bucket, string>> = {
  in_progress: 'Chưa hoàn thành, đang thực hiện',
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  awaiting_appraisal: 'Chờ thẩm định',
  stopped: 'Dừng thực hiện',
};
const estimateNames: Readonly<Record<EstimateBucket, string>> = {
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  stopped: 'Dừng thực hiện',
  undeclared: 'Chưa ước',
};
const blocNames: Readonly<Record<string, string>> = {
  department: 'Sở, ban, ngành Tỉnh',
  district: 'UBND huyện, thành phố',
  commune: 'UBND xã, phường',
  central: 'Cơ quan Trung ương đóng trên địa bàn',
  office: 'Văn phòng UBND Tỉnh',
};
/** Their tasks stand in annex III, all others' in annex II. */
const localBlocs = ['district', 'commune'];
const declared = ['done', 'not_done', 'stopped'] as const;
const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'];

export const annexBook = (source: AnnexSource): Book => ({
  fileName: fileName(source),
  sheets: [
    byUnitSheet(source),
    tasksSheet(source, 'II', ({ bloc }) => !localBlocs.includes(bloc)),
    tasksSheet(source, 'III', ({ bloc }) => localBlocs.includes(bloc)),
    tableSheet(source, 'Lũy kế', 'Kết quả thực hiện lũy kế', cumulative(source.figures), source.figures.rounding.note),
    tableSheet(
      source,
      'Ước cả năm',
      'Kết quả thực hiện ước cả năm',
      estimated(source.figures),
      source.figures.rounding.estimateNote,
    ),
    ratesSheet(source.figures, blocNames, heading(source, null, 'Tỷ lệ theo mẫu số của chương trình')),
    aboutSheet(source),
  ],
});

/** BC158-SKHDT_Phu-luc-I-III_2022-10-30 */
const fileName = ({ issued, figures, frozen }: AnnexSource): string => {
  const [number = '', sign = ''] = (issued?.number ?? '').split('/');
  const ascii = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D')
      .replace(/[^A-Za-z0-9-]/g, '');
  const what = issued ? `BC${ascii(number)}-${ascii(sign.replace(/^BC-/, ''))}` : frozen ? 'Du-thao' : 'Tam-tinh';
  return `${what}_Phu-luc-I-III_${figures.asOf}`;
};

/** Of when the figures are; on every sheet. */
export const whenLine = ({ figures, zone, frozen }: Pick<AnnexSource, 'figures' | 'zone' | 'frozen'>): string =>
  frozen
    ? `Số liệu lũy kế đến hết ngày ${dayText(figures.asOf)}, chốt lúc ${momentText(figures.knownAt, zone)}.`
    : `Số liệu tạm tính đến hết ngày ${dayText(figures.asOf)}, theo dữ liệu ghi nhận đến ${momentText(figures.knownAt, zone)}.`;

const heading = (source: AnnexSource, annex: string | null, title: string): Cell[][] => [
  [annex === null ? title.toUpperCase() : `Phụ lục ${annex}`],
  [`${title} – ${source.figures.programme.name}`],
  [withReport(source)],
  [[whenLine(source), source.figures.notice].filter(Boolean).join(' ')],
];

const withReport = ({ issued }: AnnexSource): string => {
  if (!issued) return '(Kèm theo Báo cáo số      /BC-      ngày      tháng      năm      )';
  const [year, month, day] = issued.issuedOn.split('-');
  return `(Kèm theo Báo cáo số ${issued.number} ngày ${day} tháng ${month} năm ${year})`;
};

const numbered = (columns: number): Cell[] => Array.from({ length: columns }, (_, n) => `(${n + 1})`);

const byUnitSheet = (source: AnnexSource): Sheet => {
  const { figures, confirmation } = source;
  const disputed = (unit: string): number => confirmation?.footnotes.filter((note) => note.unit === unit).length ?? 0;
  const note = ({ estimate }: Figures, disputes: number): string | null =>
    [
      ...(estimate.undeclared > 0 ? [`Chưa ước: ${countText(estimate.undeclared)}`] : []),
      ...(disputes > 0 ? [`Đơn vị có ý kiến khác, chưa giải quyết: ${countText(disputes)}`] : []),
    ].join('; ') || null;
  const cells = (of: Figures): Cell[] => [
    of.total,
    ...buckets.map((bucket) => of.counts[bucket]),
    ...declared.map((bucket) => of.estimate[bucket]),
  ];
  const groups = figures.byBloc.filter(({ total }) => total > 0);
  const body = groups.flatMap((group, index): Cell[][] => [
    [roman[index] ?? `${index + 1}`, blocNames[group.bloc] ?? group.bloc, ...cells(group), note(group, 0)],
    ...figures.byUnit
      .filter(({ bloc }) => bloc === group.bloc)
      .map((unit) => [figures.byUnit.indexOf(unit) + 1, unit.name, ...cells(unit), note(unit, disputed(unit.unit))]),
  ]);
  const rule = ruleOfFigures(figures);
  const percent = percentCell(figures);
  return {
    name: 'PL I',
    heading: 7,
    widths: [6, 34, 10, 14, 12, 12, 12, 10, 12, 12, 10, 24],
    rows: [
      ...heading(source, 'I', 'Tổng hợp kết quả theo đơn vị'),
      ['STT', 'Đơn vị', 'Tổng số', 'Lũy kế', null, null, null, null, 'Ước cả năm', null, null, 'Ghi chú'],
      [
        null,
        null,
        null,
        ...buckets.map((each) => bucketNames[each]),
        ...declared.map((each) => estimateNames[each]),
        null,
      ],
      numbered(12),
      ...body,
      [null, 'Tổng cộng', ...cells(figures), note(figures, 0)],
      [
        null,
        'Tỷ lệ (%) trên tổng số',
        percent(percentage(figures.total, figures.total, rule)),
        ...buckets.map((bucket) => percent(figures.percentages[bucket])),
        ...declared.map((bucket) => percent(figures.estimatePercentages[bucket])),
        [figures.rounding.note, figures.rounding.estimateNote].find(Boolean) ?? null,
      ],
    ],
  };
};

const tasksSheet = (source: AnnexSource, annex: string, within: (row: RunRow) => boolean): Sheet => {
  const { figures, rows, confirmation } = source;
  const mine = rows.filter(within);
  const all = figures.byUnit
    .filter(({ bloc }) => within({ bloc } as RunRow))
    .reduce((sum, { total }) => sum + total, 0);
  const footnote = new Map(confirmation?.footnotes.map(({ code, reason }) => [code, reason]));
  const units = [...new Map(mine.map(({ unit, unitName }) => [unit, unitName]))];
  const line = (row: RunRow, index: number): Cell[] => [
    index + 1,
    row.title ?? '(nội dung mật)',
    row.measureUnit,
    row.target,
    row.result,
    row.progress === null ? null : { percent: row.progress },
    bucketNames[bucketOfRow(row)],
    estimateNames[estimateOfRow(row)],
    row.appraiserName,
    row.narrative,
    [row.document, footnote.has(row.code) ? `Đơn vị có ý kiến khác: ${footnote.get(row.code)}` : null]
      .filter(Boolean)
      .join('; ') || null,
  ];
  return {
    name: `PL ${annex}`,
    heading: 6,
    widths: [6, 50, 10, 12, 14, 10, 20, 18, 24, 30, 24],
    rows: [
      ...heading(
        source,
        annex,
        `Kết quả cụ thể của ${annex === 'II' ? 'sở, ban, ngành Tỉnh' : 'UBND cấp huyện, cấp xã'}`,
      ),
      [
        'STT',
        'Nội dung cam kết',
        'ĐVT',
        'Chỉ tiêu năm',
        `Kết quả đến ${dayText(figures.asOf)}`,
        'Tỷ lệ đạt (%)',
        'Tình trạng',
        'Ước cả năm',
        'Cơ quan thẩm định',
        'Khó khăn, nguyên nhân',
        'Ghi chú',
      ],
      numbered(11),
      ...units.flatMap(([unit, name], index): Cell[][] => {
        const own = mine.filter((row) => row.unit === unit);
        return [[roman[index] ?? `${index + 1}`, `${name}: ${countText(own.length)} nội dung`], ...own.map(line)];
      }),
      ...(mine.length < all
        ? [[null, `Chỉ gồm ${mine.length}/${all} nội dung thuộc phạm vi được xem của người xuất.`]]
        : []),
    ],
  };
};

/** A share as the rule of the figures prints it. */
const percentCell = (figures: StatisticsReport): ((value: number) => Cell) => {
  const { percentDigits: digits } = ruleOfFigures(figures);
  return (percent) => ({ percent, digits });
};

type Counted = readonly (readonly [name: string, count: number, share: number])[];

const cumulative = ({ counts, percentages }: StatisticsReport): Counted =>
  buckets.map((bucket) => [bucketNames[bucket], counts[bucket], percentages[bucket]]);
const estimated = ({ estimate, estimatePercentages }: StatisticsReport): Counted =>
  [...declared, ...(estimate.undeclared > 0 ? (['undeclared'] as const) : [])].map((bucket) => [
    estimateNames[bucket],
    estimate[bucket],
    estimatePercentages[bucket],
  ]);

const tableSheet = (source: AnnexSource, name: string, title: string, counted: Counted, note: string | null): Sheet => {
  const { figures } = source;
  const percent = percentCell(figures);
  return {
    name,
    heading: 6,
    widths: [6, 40, 14, 14],
    rows: [
      ...heading(source, null, title),
      ['STT', 'Tình trạng', 'Số nội dung', 'Tỷ lệ (%) trên tổng số'],
      numbered(4),
      ...counted.map(([label, count, share], index): Cell[] => [index + 1, label, count, percent(share)]),
      [null, 'Tổng cộng', figures.total, percent(percentage(figures.total, figures.total, ruleOfFigures(figures)))],
      ...(note === null ? [] : [[null, note]]),
    ],
  };
};

const aboutSheet = (source: AnnexSource): Sheet => {
  const { figures, zone, basis, confirmation, frozen, issued } = source;
  const { rounding } = figures;
  const rule = ruleOfFigures(figures);
  const percent = percentCell(figures);
  const spread = imbalanceOf(figures.byUnit.map(({ total }) => total));
  const lines: readonly (readonly [string, Cell])[] = [
    ['Chương trình', figures.programme.name],
    ['Số liệu đến hết ngày', { day: figures.asOf }],
    [frozen ? 'Chốt lúc' : 'Theo dữ liệu ghi nhận đến', momentText(figures.knownAt, zone)],
    ['Trạng thái số liệu', frozen ? 'Đã chốt' : 'Tạm tính'],
    ['Báo cáo số', issued?.number ?? 'Chưa phát hành'],
    ...(issued ? ([['Ngày phát hành', { day: issued.issuedOn }]] as const) : []),
    ...denominatorLines(figures),
    ['Làm tròn', roundingText(rule)],
    ['Tổng các tỷ lệ lũy kế', percent(rounding.sum)],
    ['Tổng các tỷ lệ ước cả năm', percent(rounding.estimateSum)],
    ...notesOf(rounding).map((note): readonly [string, Cell] => ['Ghi chú về tổng các tỷ lệ', note]),
    ...(source.ruleNote == null ? [] : ([['Khác với báo cáo được đính chính', source.ruleNote]] as const)),
    ['Số đơn vị', spread.units],
    ['Số nội dung ít nhất của một đơn vị', spread.min],
    ['Số nội dung trung vị', spread.median],
    ['Số nội dung nhiều nhất của một đơn vị', spread.max],
    ...(basis
      ? ([
          ['Quy trình', basis.workflows.map(({ key, version }) => `${key} v${version}`).join(', ')],
          ['Lịch làm việc', `${basis.calendar.key} v${basis.calendar.version}`],
          ['Mã băm danh sách nội dung (SHA-256)', basis.rows.sha256],
        ] as const)
      : []),
    ['Mã băm số liệu (SHA-256)', frozen?.sha256 ?? 'Số liệu chưa chốt'],
    ...confirmationLines(confirmation),
    ...(figures.notice ? ([['Lưu ý', figures.notice]] as const) : []),
  ];
  return { name: 'Thông tin', heading: 1, widths: [44, 70], rows: [['Thông tin', null], ...lines] };
};

const denominatorLines = (figures: StatisticsReport): readonly (readonly [string, Cell])[] => {
  const all = `Tổng số nội dung (${figures.total}), kể cả nội dung được cho dừng`;
  if (figures.denominator === 'all') return [['Mẫu số của mọi tỷ lệ', all]];
  return [
    ['Mẫu số của tỷ lệ theo tình trạng, ước cả năm', all],
    ...ratesIn(figures).map(({ name, denominatorText, count, of, text }): readonly [string, Cell] => [
      `${name} ${denominatorText}`,
      `${countText(count)}/${countText(of)}${text === null ? '' : ` (chiếm ${text})`}`,
    ]),
  ];
};

const notesOf = ({ note, estimateNote }: StatisticsReport['rounding']): readonly string[] => [
  ...new Set([note, estimateNote].filter((each) => each !== null)),
];

const confirmationLines = (confirmation: ConfirmationSummary | null): readonly (readonly [string, Cell])[] => {
  if (!confirmation) return [['Xác nhận của đơn vị', 'Chưa qua vòng xác nhận']];
  const { counts, dueOn, footnotes } = confirmation;
  return [
    ['Hạn xác nhận', { day: dueOn }],
    ['Đơn vị thống nhất', counts.agreed],
    ['Mặc nhiên xác nhận (hết hạn, không trả lời)', counts.deemed],
    ['Ý kiến khác đã chấp nhận', counts.upheld],
    ['Ý kiến khác không chấp nhận', counts.rejected],
    ['Ý kiến khác chưa giải quyết', counts.disputed],
    ...footnotes.map(({ code, unit, reason }): readonly [string, Cell] => [`${unit} – ${code}`, reason]),
  ];
};
