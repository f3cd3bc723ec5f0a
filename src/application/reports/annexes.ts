// The annexes of report 158/BC-SKHĐT: I by unit, II and III task by task, the cumulative table and the year-end estimate, and a sheet
// that says of when they are. Frozen figures and present ones differ in one line: "tạm tính".

import { imbalanceOf } from '../../domain/reporting/imbalance.ts';
import { countText, percentage } from '../../domain/reporting/percentage.ts';
import { roundingText, ruleOfFigures } from '../../domain/reporting/rates.ts';
import { bucketOfRow, estimateOfRow, type RunRow } from '../../domain/reporting/run-rows.ts';
import { buckets, type Figures } from '../../domain/reporting/statistics.ts';
import { type Book, type Cell, dayText, momentText, type Sheet } from '../book.ts';
import {
  type AnnexSource,
  blocNames,
  bucketNames,
  estimateNames,
  fileName,
  heading,
  numbered,
  roman,
} from './annex-heads.ts';
import { matrixSheet } from './annex-matrix.ts';
import { ratesIn, ratesSheet } from './annex-rates.ts';
import type { ConfirmationSummary } from './confirmation.ts';
import type { StatisticsReport } from './statistics.ts';

/** Their tasks stand in annex III, all others' in annex II. */
const localBlocs = ['district', 'commune'];
const declared = ['done', 'not_done', 'stopped'] as const;

export const annexBook = (source: AnnexSource): Book => ({
  fileName: fileName(source),
  sheets: [
    byUnitSheet(source),
    tasksSheet(source, 'II', (bloc) => !localBlocs.includes(bloc)),
    tasksSheet(source, 'III', (bloc) => localBlocs.includes(bloc)),
    matrixSheet(
      source,
      source.rows.filter(({ bloc }) => localBlocs.includes(bloc)),
    ),
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

/** Annex I: by unit under their blocs, in official order; sums are for the spreadsheet to make, and show what was counted. */
export const byUnitSheet = (source: AnnexSource): Sheet => {
  const { figures, confirmation } = source;
  const disputed = (unit: string): number => confirmation?.footnotes.filter((note) => note.unit === unit).length ?? 0;
  const note = ({ estimate }: Figures, disputes: number): string | null =>
    [
      ...(estimate.undeclared > 0 ? [`Chưa ước: ${countText(estimate.undeclared)}`] : []),
      ...(disputes > 0 ? [`Đơn vị có ý kiến khác, chưa giải quyết: ${countText(disputes)}`] : []),
    ].join('; ') || null;
  const cells = (of: Figures): number[] => [
    of.total,
    ...buckets.map((bucket) => of.counts[bucket]),
    ...declared.map((bucket) => of.estimate[bucket]),
  ];
  const firstColumn = 2;
  const sums = (of: Figures, rows: readonly (readonly [first: number, last: number])[]): Cell[] =>
    cells(of).map((total, index) => ({
      total,
      of: rows.map((area) => ({ rows: area, columns: [firstColumn + index, firstColumn + index] as const })),
    }));
  /** (3) = (4) + … + (8) */
  const unitCells = (of: Figures, row: number): Cell[] => {
    const [total = 0, ...rest] = cells(of);
    const states = [firstColumn + 1, firstColumn + buckets.length] as const;
    return [{ total, of: [{ rows: [row, row], columns: states }] }, ...rest];
  };
  const groups = figures.byBloc.filter(({ total }) => total > 0);
  const first = 7;
  const groupRows: number[] = [];
  const body: Cell[][] = [];
  for (const [index, group] of groups.entries()) {
    const units = figures.byUnit.filter(({ bloc }) => bloc === group.bloc);
    const at = first + body.length;
    groupRows.push(at);
    body.push([
      roman[index] ?? `${index + 1}`,
      blocNames[group.bloc] ?? group.bloc,
      ...sums(group, [[at + 1, at + units.length]]),
      note(group, 0),
    ]);
    for (const unit of units)
      body.push([
        figures.byUnit.indexOf(unit) + 1,
        unit.name,
        ...unitCells(unit, first + body.length),
        note(unit, disputed(unit.unit)),
      ]);
  }
  const totalRow = first + body.length;
  const rule = ruleOfFigures(figures);
  const percent = percentCell(figures);
  return {
    name: 'PL I',
    heading: first,
    widths: [6, 36, 14, 18, 12, 12, 12, 12, 12, 12, 12, 26],
    print: {
      head: [4, first],
      merged: [
        ...[0, 1, 2, 11].map((column) => ({ rows: [4, 5] as const, columns: [column, column] as const })),
        { rows: [4, 4], columns: [3, 7] },
        { rows: [4, 4], columns: [8, 10] },
      ],
      strong: [...groupRows, totalRow, totalRow + 1],
    },
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
      numbered(12).map((number, column) => (column === firstColumn ? '(3)=(4)+…+(8)' : number)),
      ...body,
      [
        null,
        'Tổng cộng',
        ...sums(
          figures,
          groupRows.map((row) => [row, row]),
        ),
        note(figures, 0),
      ],
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

const tasksSheet = (source: AnnexSource, annex: string, within: (bloc: string) => boolean): Sheet => {
  const { figures, rows, confirmation } = source;
  const mine = rows.filter(({ bloc }) => within(bloc));
  const all = figures.byUnit.filter(({ bloc }) => within(bloc)).reduce((sum, { total }) => sum + total, 0);
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
  const head = 4;
  const strong: number[] = [];
  const body: Cell[][] = [];
  for (const [index, [unit, name]] of units.entries()) {
    const own = mine.filter((row) => row.unit === unit);
    strong.push(head + 2 + body.length);
    body.push(
      [roman[index] ?? `${index + 1}`, `${name}: ${countText(own.length)} ${figures.programme.noun}`],
      ...own.map(line),
    );
  }
  return {
    name: `PL ${annex}`,
    heading: 6,
    widths: [6, 50, 10, 12, 14, 10, 20, 18, 24, 30, 24],
    print: { head: [head, head + 2], merged: [], strong },
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
      ...body,
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
    widths: [6, 40, 14, 22],
    print: { head: [4, 6], merged: [], strong: [6 + counted.length] },
    rows: [
      ...heading(source, null, title),
      ['STT', 'Tình trạng', 'Số nội dung', 'Tỷ lệ (%) trên tổng số'],
      numbered(4),
      ...counted.map(([label, count, share], index): Cell[] => [index + 1, label, count, percent(share)]),
      [
        null,
        'Tổng cộng',
        { total: figures.total, of: [{ rows: [6, 5 + counted.length], columns: [2, 2] }] },
        percent(percentage(figures.total, figures.total, ruleOfFigures(figures))),
      ],
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
    ['Lập bằng', 'Phần mềm Dondoc, từ lịch sử của từng nội dung'],
    ['Báo cáo số', issued?.number ?? 'Chưa phát hành'],
    ...(issued ? ([['Ngày phát hành', { day: issued.issuedOn }]] as const) : []),
    ...denominatorLines(figures),
    ['Làm tròn', roundingText(rule)],
    ['Tổng các tỷ lệ lũy kế', percent(rounding.sum)],
    ['Tổng các tỷ lệ ước cả năm', percent(rounding.estimateSum)],
    ...notesOf(rounding).map((note): readonly [string, Cell] => ['Ghi chú về tổng các tỷ lệ', note]),
    ...(source.ruleNote == null ? [] : ([['Khác với báo cáo được đính chính', source.ruleNote]] as const)),
    // What the sums of annex I must come to.
    ['Đối chiếu – Tổng số', figures.total],
    ...buckets.map((bucket): readonly [string, Cell] => [
      `Đối chiếu – Lũy kế: ${bucketNames[bucket]}`,
      figures.counts[bucket],
    ]),
    ...declared.map((bucket): readonly [string, Cell] => [
      `Đối chiếu – Ước cả năm: ${estimateNames[bucket]}`,
      figures.estimate[bucket],
    ]),
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
