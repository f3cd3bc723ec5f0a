// The two lists as annexes of the urging letter (Phụ lục 1 and 2), with the same figures as on the screen.

import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { dayMonthYear } from '../notifications/text-forms.ts';
import type { UrgingList, UrgingRow } from './ports.ts';

/** A table as a file; what a cell holds is data, never a formula. */
export interface FileTable {
  readonly name: string;
  readonly title: string;
  /** Of when the figures are. */
  readonly note: string;
  readonly columns: readonly {
    readonly title: string;
    readonly kind: 'text' | 'number' | 'day';
    readonly width: number;
  }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const titles: Readonly<Record<UrgingList, string>> = {
  overdue: 'Danh mục nhiệm vụ quá hạn còn tồn đọng',
  'late-done': 'Danh mục nhiệm vụ hoàn thành trễ hạn',
};

export const urgingSheet = (
  list: UrgingList,
  rows: readonly UrgingRow[],
  { asOf, knownAt, programme, notice }: { asOf: CivilDate; knownAt: Date; programme: string; notice: string | null },
): FileTable => ({
  name: list === 'overdue' ? 'PL 1' : 'PL 2',
  title: `${titles[list]} – ${programme}`,
  note: [
    `Số liệu tính đến hết ngày ${dayMonthYear(asOf)}, theo dữ liệu ghi nhận đến ${knownAt.toISOString()}; tổng số ${rows.length} nhiệm vụ.`,
    ...(notice === null ? [] : [notice]),
  ].join(' '),
  columns: [
    { title: 'STT', kind: 'number', width: 6 },
    { title: 'Đơn vị chủ trì', kind: 'text', width: 30 },
    { title: 'Mã', kind: 'text', width: 20 },
    { title: 'Nhiệm vụ', kind: 'text', width: 60 },
    { title: 'Văn bản giao', kind: 'text', width: 20 },
    { title: 'Ngày giao', kind: 'day', width: 12 },
    { title: 'Thời hạn', kind: 'day', width: 12 },
    { title: 'Thời hạn ban đầu', kind: 'day', width: 12 },
    ...(list === 'overdue' ? [] : [{ title: 'Ngày hoàn thành', kind: 'day', width: 12 } as const]),
    { title: list === 'overdue' ? 'Số ngày quá hạn' : 'Số ngày trễ', kind: 'number', width: 10 },
    { title: 'Lần đôn đốc', kind: 'number', width: 10 },
    { title: 'Giải trình', kind: 'text', width: 40 },
    { title: 'Nguyên nhân khách quan', kind: 'text', width: 40 },
    { title: 'Xác nhận nguyên nhân', kind: 'text', width: 16 },
  ],
  rows: rows.map((row, index) => [
    index + 1,
    row.unitName,
    row.code,
    row.title,
    row.sourceNumber,
    row.assignedOn,
    row.dueOn,
    row.dueOriginalOn,
    ...(list === 'overdue' ? [] : [row.submittedOn]),
    row.daysLate,
    row.urgings,
    row.explanation,
    row.objectiveCause,
    row.causeConfirmed === null
      ? row.explanation === null
        ? null
        : 'Chưa xem xét'
      : row.causeConfirmed
        ? 'Có'
        : 'Không',
  ]),
});
