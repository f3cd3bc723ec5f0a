// The annex of the letter that urges periodic reports (domain 9.3 B), and the whole list: the same rows as on the screen.

import { demandsOf, type ObligationState } from '../../domain/reporting/obligations.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { type Book, dayCell, dayText, listSheet } from '../book.ts';
import type { Obligation } from './ports.ts';

export const stateNames: Readonly<Record<ObligationState, string>> = {
  not_yet_due: 'Chưa đến kỳ',
  due: 'Đến kỳ, chưa gửi',
  on_time: 'Đúng hạn',
  late: 'Trễ hạn',
  missing: 'Chưa gửi',
  returned: 'Trả lại để bổ sung',
  waived: 'Được miễn',
};

/** Those that the letter is about: missing, incomplete and late ones. */
export const toBeUrged = (items: readonly Obligation[]): readonly Obligation[] =>
  items.filter((item) => demandsOf(item) !== undefined);

export const annexOf = (
  items: readonly Obligation[],
  { title, asOf }: { readonly title: string; readonly asOf: CivilDate },
): Book => ({
  fileName: `che-do-bao-cao_${asOf}`,
  sheets: [
    listSheet({
      name: 'Chế độ báo cáo',
      title,
      note: `Số liệu tính đến ngày ${dayText(asOf)}`,
      columns: [
        { title: 'STT', width: 12 },
        { title: 'Đơn vị', width: 12 },
        { title: 'Kỳ báo cáo', width: 14 },
        { title: 'Thời hạn', width: 12 },
        { title: 'Ngày gửi', width: 12 },
        { title: 'Đúng hạn?', width: 13 },
        { title: 'Đầy đủ? (thiếu mục nào)', width: 27 },
        { title: 'Lần đôn đốc', width: 15 },
      ],
      rows: items.map((item, index) => [
        index + 1,
        item.heldBy === item.unit ? item.unitName : `${item.unitName} (nay: ${item.heldBy})`,
        item.level === 'unit' ? item.periodName : `${item.periodName} (báo cáo tổng hợp)`,
        dayCell(item.dueOn),
        dayCell(item.sentOn),
        lateText(item),
        missingText(item),
        item.urgings,
      ]),
    }),
  ],
});

/** Đúng hạn? With the days it is late by. */
export const lateText = ({ state, daysLate }: Pick<Obligation, 'state' | 'daysLate'>): string =>
  daysLate > 0 ? `${stateNames[state]} (${daysLate} ngày)` : stateNames[state];

/** Đầy đủ? And what it lacks. */
export const missingText = ({
  completeness,
  missing,
  reason,
}: Pick<Obligation, 'completeness' | 'missing' | 'reason'>): string | null => {
  if (completeness === 'complete') return 'Đầy đủ';
  if (completeness === null) return null;
  // Whoever took a report as it is has said in the reason what it lacks.
  return missing.length > 0 ? `Thiếu: ${missing.join('; ')}` : (reason ?? 'Chưa đầy đủ');
};
