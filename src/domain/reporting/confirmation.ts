// The round in which units confirm their figures before these are used (công văn Bình Định 3/2022, item 4: "xác nhận tình trạng thực
// hiện nhiệm vụ trước khi tổng hợp, báo cáo và tham mưu, đề xuất").

import type { CivilDate } from '../schedule/civil-date.ts';

/** `agree`, `dispute`: of the unit; `upheld`, `rejected`: what the aggregator makes of a dispute. */
export const entryKinds = ['agree', 'dispute', 'upheld', 'rejected'] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * waiting: nothing said, and the day is not over; deemed: nothing said until the day was over, which is not agreement and is never
 * counted as such; disputed: not resolved yet; upheld, rejected: resolved.
 */
export const lineStatuses = ['waiting', 'agreed', 'deemed', 'disputed', 'upheld', 'rejected'] as const;
export type LineStatus = (typeof lineStatuses)[number];

/**
 * @param last what was said last of the line; null: nothing
 * @param dueOn last day on which the unit may answer
 */
export const lineStatus = (last: EntryKind | null, dueOn: CivilDate, today: CivilDate): LineStatus => {
  switch (last) {
    case null:
      return today > dueOn ? 'deemed' : 'waiting';
    case 'agree':
      return 'agreed';
    case 'dispute':
      return 'disputed';
    default:
      return last;
  }
};

export type Confirmed = Readonly<Record<LineStatus, number>>;

export const countStatuses = (statuses: readonly LineStatus[]): Confirmed => {
  const counts = { waiting: 0, agreed: 0, deemed: 0, disputed: 0, upheld: 0, rejected: 0 };
  for (const status of statuses) counts[status] += 1;
  return counts;
};
