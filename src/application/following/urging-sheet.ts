// The two lists as annexes of the urging letter (Phụ lục 1 and 2), with the same figures as on the screen.

import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { type Book, dayCell, dayText, listSheet, momentText } from '../book.ts';
import type { UrgingList, UrgingRow } from './ports.ts';

const titles: Readonly<Record<UrgingList, string>> = {
  overdue: 'Danh mục nhiệm vụ quá hạn còn tồn đọng',
  'late-done': 'Danh mục nhiệm vụ hoàn thành trễ hạn',
};

export interface UrgingSheetOf {
  readonly asOf: CivilDate;
  readonly knownAt: Date;
  readonly programme: { readonly code: string; readonly name: string; readonly zone: string };
  readonly notice: string | null;
}

export const urgingSheet = (
  list: UrgingList,
  rows: readonly UrgingRow[],
  { asOf, knownAt, programme, notice }: UrgingSheetOf,
): Book => ({
  fileName: `${list}_${programme.code}_${asOf}`,
  sheets: [
    listSheet({
      name: list === 'overdue' ? 'PL 1' : 'PL 2',
      title: `${titles[list]} – ${programme.name}`,
      note: [
        `Số liệu tính đến hết ngày ${dayText(asOf)}, theo dữ liệu ghi nhận đến ${momentText(knownAt.toISOString(), programme.zone)}; tổng số ${rows.length} nhiệm vụ.`,
        ...(notice === null ? [] : [notice]),
      ].join(' '),
      columns: [
        { title: 'STT', width: 6 },
        { title: 'Đơn vị chủ trì', width: 30 },
        { title: 'Mã', width: 20 },
        { title: 'Nhiệm vụ', width: 60 },
        { title: 'Văn bản giao', width: 20 },
        { title: 'Ngày giao', width: 12 },
        { title: 'Thời hạn', width: 12 },
        { title: 'Thời hạn ban đầu', width: 12 },
        ...(list === 'overdue' ? [] : [{ title: 'Ngày hoàn thành', width: 12 }]),
        { title: list === 'overdue' ? 'Số ngày quá hạn' : 'Số ngày trễ', width: 10 },
        { title: 'Lần đôn đốc', width: 10 },
        { title: 'Giải trình', width: 40 },
        { title: 'Nguyên nhân khách quan', width: 40 },
        { title: 'Xác nhận nguyên nhân', width: 16 },
      ],
      rows: rows.map((row, index) => [
        index + 1,
        row.unitName,
        row.code,
        row.title,
        row.sourceNumber,
        dayCell(row.assignedOn),
        dayCell(row.dueOn),
        dayCell(row.dueOriginalOn),
        ...(list === 'overdue' ? [] : [dayCell(row.submittedOn)]),
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
    }),
  ],
});
