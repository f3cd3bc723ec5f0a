// A list of tasks as people see it on the screen, as a workbook.

import { type Book, type Cell, dayCell, dayText, momentText } from '../book.ts';

export interface ListedTask {
  readonly code: string;
  readonly title: string;
  readonly programme: string;
  readonly unit: string;
  readonly unitName: string;
  readonly appraiser: string | null;
  readonly kind: string;
  readonly state: string;
  readonly category: string;
  readonly dueOn: string | null;
  readonly submittedOn: string | null;
  readonly estimate: string | null;
  readonly deadline: string;
  readonly followers: readonly { readonly name: string }[];
  readonly recordedAt: Date;
}

/** Headings are the names of the fields of the list, as programs read it; the line above says of when it is. */
export const listingBook = (
  items: readonly ListedTask[],
  when: { readonly asOf: string; readonly known: Date; readonly zone: string; readonly notice: string | null },
): Book => ({
  fileName: `Danh-sach_${when.asOf}`,
  sheets: [
    {
      name: 'Danh sách',
      heading: 2,
      widths: [20, 60, 12, 12, 34, 12, 12, 18, 18, 12, 12, 12, 18, 24, 22],
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
  ['Loại', ({ kind }) => kind],
  ['Bước', ({ state }) => state],
  ['Tình trạng', ({ category }) => category],
  ['Thời hạn', ({ dueOn }) => dayCell(dueOn)],
  ['Ngày trình', ({ submittedOn }) => dayCell(submittedOn)],
  ['Ước cả năm', ({ estimate }) => estimate],
  ['Xếp loại thời hạn', ({ deadline }) => deadline],
  ['Người theo dõi', ({ followers }) => followers.map(({ name }) => name).join('; ')],
  ['Ghi nhận lúc', ({ recordedAt }) => recordedAt.toISOString()],
];
