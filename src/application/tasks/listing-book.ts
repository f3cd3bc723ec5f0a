// A list of tasks as people see it on the screen, as a workbook.

import type { DeadlineClass } from '../../domain/schedule/timeliness.ts';
import type { Category } from '../../domain/workflow/definition.ts';
import { type Book, type Cell, dayCell, dayText, momentText } from '../book.ts';
import { categoryWords, deadlineWords, estimateWords, kindWords } from '../words.ts';

export interface ListedTask {
  readonly code: string;
  readonly title: string;
  readonly programme: string;
  readonly unit: string;
  readonly unitName: string;
  readonly appraiser: string | null;
  readonly kind: string;
  readonly state: string;
  /** As its workflow calls the state. */
  readonly stateName: string;
  readonly category: Category;
  readonly dueOn: string | null;
  readonly submittedOn: string | null;
  readonly estimate: string | null;
  readonly deadline: DeadlineClass;
  readonly followers: readonly { readonly name: string }[];
  readonly recordedAt: Date;
}

/** In words; the codes that programs read stand in the last columns. The line above says of when it is. */
export const listingBook = (
  items: readonly ListedTask[],
  when: { readonly asOf: string; readonly known: Date; readonly zone: string; readonly notice: string | null },
): Book => ({
  fileName: `Danh-sach_${when.asOf}`,
  sheets: [
    {
      name: 'Danh sách',
      heading: 2,
      widths: [20, 60, 12, 12, 34, 12, 16, 22, 20, 12, 12, 18, 24, 24, 24, 18, 18, 18],
      rows: [
        [
          [
            `Số liệu tạm tính đến hết ngày ${dayText(when.asOf)}, theo dữ liệu ghi nhận đến ${momentText(when.known.toISOString(), when.zone)}: ${items.length} dòng.`,
            when.notice,
          ]
            .filter(Boolean)
            .join(' '),
        ],
        columns.map(([name]) => name),
        ...items.map((item) => columns.map(([, cell]) => cell(item))),
      ],
    },
  ],
});

const columns: readonly (readonly [string, (task: ListedTask) => Cell])[] = [
  ['Mã', ({ code }) => code],
  ['Nội dung', ({ title }) => title],
  ['Chương trình', ({ programme }) => programme],
  ['Mã đơn vị', ({ unit }) => unit],
  ['Đơn vị chủ trì', ({ unitName }) => unitName],
  ['Cơ quan thẩm định', ({ appraiser }) => appraiser],
  ['Loại', ({ kind }) => kindWords[kind as keyof typeof kindWords] ?? kind],
  ['Bước', ({ stateName }) => stateName],
  ['Tình trạng', ({ category }) => categoryWords[category]],
  ['Thời hạn', ({ dueOn }) => dayCell(dueOn)],
  ['Ngày trình', ({ submittedOn }) => dayCell(submittedOn)],
  ['Ước cả năm', ({ estimate }) => estimate && (estimateWords[estimate as keyof typeof estimateWords] ?? estimate)],
  ['Xếp loại thời hạn', ({ deadline }) => deadlineWords[deadline]],
  ['Người theo dõi', ({ followers }) => followers.map(({ name }) => name).join('; ')],
  ['Ghi nhận lúc', ({ recordedAt }) => recordedAt.toISOString()],
  // The codes behind the words, for programs.
  ['Mã bước', ({ state }) => state],
  ['Mã tình trạng', ({ category }) => category],
  ['Mã xếp loại', ({ deadline }) => deadline],
];
