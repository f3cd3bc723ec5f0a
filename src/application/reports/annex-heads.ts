// What the annexes of a report have in common: the words for states and blocs, and what stands above each table.

import { asciiWords } from '../../domain/documents/paper.ts';
import type { RunBasis, RunRow } from '../../domain/reporting/run-rows.ts';
import type { Bucket, EstimateBucket } from '../../domain/reporting/statistics.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { type Cell, dayText, momentText } from '../book.ts';
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

export const bucketNames: Readonly<Record<Bucket, string>> = {
  in_progress: 'Chưa hoàn thành, đang thực hiện',
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  awaiting_appraisal: 'Chờ thẩm định',
  stopped: 'Dừng thực hiện',
};
export const estimateNames: Readonly<Record<EstimateBucket, string>> = {
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  stopped: 'Dừng thực hiện',
  undeclared: 'Chưa ước',
};
export const blocNames: Readonly<Record<string, string>> = {
  department: 'Sở, ban, ngành Tỉnh',
  district: 'UBND huyện, thành phố',
  commune: 'UBND xã, phường',
  central: 'Cơ quan Trung ương đóng trên địa bàn',
  office: 'Văn phòng UBND Tỉnh',
};
export const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'];

/** BC158-SKHDT_Phu-luc-I-III_2022-10-30 */
export const fileName = ({ issued, figures, frozen }: AnnexSource): string =>
  `${issued ? issuedName(issued.number) : frozen ? 'Du-thao' : 'Tam-tinh'}_Phu-luc-I-III_${figures.asOf}`;

/** 158/BC-SKHĐT -> BC158-SKHDT */
export const issuedName = (number: string): string => {
  const [count = '', sign = ''] = number.split('/');
  return `BC${asciiWords(count)}-${asciiWords(sign.replace(/^BC-/, ''))}`;
};

/** Of when the figures are; on every sheet. */
export const whenLine = ({ figures, zone, frozen }: Pick<AnnexSource, 'figures' | 'zone' | 'frozen'>): string =>
  frozen
    ? `Số liệu lũy kế đến hết ngày ${dayText(figures.asOf)}, chốt lúc ${momentText(figures.knownAt, zone)}.`
    : `Số liệu tạm tính đến hết ngày ${dayText(figures.asOf)}, theo dữ liệu ghi nhận đến ${momentText(figures.knownAt, zone)}.`;

export const heading = (source: AnnexSource, annex: string | null, title: string): Cell[][] => [
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

export const numbered = (columns: number): Cell[] => Array.from({ length: columns }, (_, n) => `(${n + 1})`);
