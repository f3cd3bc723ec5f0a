// Everything that can be wrong with one row of an import: in words an official can act on, and a code a program can.

export interface RowProblem {
  /** From 1, as the spreadsheet numbers its rows. */
  readonly row: number;
  /** The header as it stands in the file. */
  readonly column: string;
  readonly columnLetter: string;
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** What the cell holds, shortened to 200 characters; null when it is empty. */
  readonly value: string | null;
  readonly vi: string;
  readonly en: string;
}

export interface Place {
  readonly row: number;
  readonly column: string;
  readonly columnLetter: string;
}

interface Details {
  /** The value the text repeats; never more than 60 characters of it. */
  readonly value: string;
  readonly limit?: number;
  readonly length?: number;
  readonly otherRow?: number;
  readonly read?: string;
  /** Whom to name in place of a unit that is no more; absent: it has no successor. */
  readonly successor?: string;
}

interface Entry {
  readonly severity: 'error' | 'warning';
  readonly vi: (details: Details) => string;
  readonly en: (details: Details) => string;
}

const catalogue = {
  'code.missing': {
    severity: 'error',
    vi: () => 'Thiếu mã. Nhập một mã riêng cho nội dung này.',
    en: () => 'The code is missing. Give this commitment a code of its own.',
  },
  'unit.missing': {
    severity: 'error',
    vi: () => 'Thiếu đơn vị chủ trì. Nhập mã hoặc tên đơn vị.',
    en: () => 'The lead unit is missing. Enter the code or the name of the unit.',
  },
  'title.missing': {
    severity: 'error',
    vi: () => 'Thiếu nội dung cam kết. Nhập nội dung, hoặc xóa cả dòng nếu không dùng.',
    en: () => 'The content of the commitment is missing. Enter it, or delete the row if it is not used.',
  },
  'unit.unknown': {
    severity: 'error',
    vi: ({ value }) =>
      `Không tìm thấy đơn vị “${value}”. Dùng mã hoặc tên trong danh mục đơn vị, hoặc bổ sung đơn vị này vào danh mục trước.`,
    en: ({ value }) =>
      `There is no unit '${value}'. Use a code or a name from the list of units, or add the unit to the list first.`,
  },
  'unit.ended': {
    severity: 'error',
    vi: ({ value, successor }) =>
      `Đơn vị “${value}” không còn hoạt động. ${successor === undefined ? 'Đơn vị này không có đơn vị kế thừa; nhập đơn vị khác.' : `Nhập đơn vị kế thừa: ${successor}.`}`,
    en: ({ value, successor }) =>
      `The unit '${value}' is no more. ${successor === undefined ? 'It has no successor; enter another unit.' : `Enter its successor: ${successor}.`}`,
  },
  'kind.unknown': {
    severity: 'error',
    vi: ({ value }) => `Không hiểu loại “${value}”. Dùng một trong: giao chung, theo mẫu, riêng.`,
    en: ({ value }) => `The kind '${value}' is not known. Use one of: common, template, own.`,
  },
  'kind.ambiguous': {
    severity: 'error',
    vi: () => 'Nhiều loại cùng được đánh dấu. Chỉ giữ một dấu “x”: giao chung, theo mẫu hoặc riêng.',
    en: () => "More than one kind is marked. Keep one 'x' only: common, template or own.",
  },
  'appraiser.unknown': {
    severity: 'error',
    vi: ({ value }) =>
      `Không tìm thấy cơ quan thẩm định “${value}”. Dùng mã hoặc tên trong danh mục, hoặc để trống để phân công sau.`,
    en: ({ value }) =>
      `There is no appraiser '${value}'. Use a code or a name from the list, or leave it blank to assign one later.`,
  },
  'appraiser.own_unit': {
    severity: 'error',
    vi: ({ value }) => `Đơn vị không được tự thẩm định kết quả của mình (“${value}”). Chọn cơ quan thẩm định khác.`,
    en: ({ value }) => `A unit must not appraise its own result ('${value}'). Choose another appraiser.`,
  },
  'text.too_long': {
    severity: 'error',
    vi: ({ length, limit }) => `Nội dung dài ${length} ký tự, tối đa ${limit}. Rút gọn lại.`,
    en: ({ length, limit }) => `The text has ${length} characters, at most ${limit} are kept. Shorten it.`,
  },
  'text.unreadable': {
    severity: 'error',
    vi: () => 'Ô có ký tự điều khiển hoặc ký tự hỏng do chuyển mã. Gõ lại nội dung ô bằng bảng mã Unicode.',
    en: () => 'The cell holds control characters, or characters broken by a conversion. Type it again in Unicode.',
  },
  'due.impossible': {
    severity: 'error',
    vi: ({ value }) => `Ngày “${value}” không có trong lịch. Nhập theo thứ tự ngày/tháng/năm, ví dụ 30/11/2026.`,
    en: ({ value }) => `The day '${value}' is not in the calendar. Enter day/month/year, for example 30/11/2026.`,
  },
  'due.not_a_date': {
    severity: 'error',
    vi: ({ value }) => `“${value}” không phải là một ngày. Nhập theo mẫu 30/11/2026, hoặc để trống nếu không thời hạn.`,
    en: ({ value }) => `'${value}' is not a day. Enter it like 30/11/2026, or leave it blank if there is no deadline.`,
  },
  'due.out_of_range': {
    severity: 'error',
    vi: ({ value }) =>
      `Năm của ngày “${value}” nằm ngoài khoảng 2000–2099. Kiểm tra lại năm, hoặc để trống nếu không thời hạn.`,
    en: ({ value }) =>
      `The year of '${value}' is outside 2000–2099. Check the year, or leave it blank if there is no deadline.`,
  },
  'code.other_unit': {
    severity: 'error',
    vi: ({ value, otherRow }) =>
      `Mã “${value}” cũng được dùng ở dòng ${otherRow} cho đơn vị khác. Đổi mã của một trong hai dòng.`,
    en: ({ value, otherRow }) =>
      `The code '${value}' is used in row ${otherRow} for another unit as well. Change one of the two codes.`,
  },
  'code.superseded': {
    severity: 'warning',
    vi: ({ value, otherRow }) =>
      `Mã “${value}” được nhập lại ở dòng ${otherRow}; dòng sau được dùng, dòng này bị bỏ qua. Nếu là hai nội dung khác nhau, đổi mã một dòng.`,
    en: ({ value, otherRow }) =>
      `The code '${value}' comes again in row ${otherRow}; the later row is used and this one is not. If they are two commitments, change one code.`,
  },
  'text.cut': {
    severity: 'warning',
    vi: () => 'Nội dung kết thúc bằng dấu “…”, có thể đã bị cắt khi kết xuất. Đối chiếu với văn bản gốc.',
    en: () => "The text ends in '…' and may have been cut by an export. Compare it with the original document.",
  },
  'target.ambiguous': {
    severity: 'warning',
    vi: ({ value, read }) =>
      `Chỉ tiêu “${value}” được hiểu là số thập phân ${read}. Nếu là hàng nghìn, viết dấu chấm (ví dụ 1.234).`,
    en: ({ value, read }) =>
      `The target '${value}' is read as the decimal number ${read}. If thousands are meant, write a dot (1.234).`,
  },
  'cell.date_as_text': {
    severity: 'warning',
    vi: ({ value }) =>
      `Ô chứa một ngày và được đọc thành “${value}”; bảng tính có thể đã tự đổi “1/2” thành ngày. Định dạng ô là văn bản và nhập lại nếu sai.`,
    en: ({ value }) =>
      `The cell holds a date and is read as '${value}'; a spreadsheet may have turned '1/2' into it. If wrong, format the cell as text and enter it again.`,
  },
  'header.repeated': {
    severity: 'warning',
    vi: ({ value }) =>
      `Có hơn một cột cho cùng một thông tin; cột “${value}” này bị bỏ qua. Xóa hoặc đổi tên cột thừa.`,
    en: ({ value }) =>
      `More than one column holds the same information; this column '${value}' is not read. Delete or rename the one too many.`,
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof catalogue;

export const problemCodes = Object.keys(catalogue) as readonly ProblemCode[];

export const rowProblem = (
  code: ProblemCode,
  { row, column, columnLetter }: Place,
  value: string,
  details: Omit<Details, 'value'> = {},
): RowProblem => {
  const { severity, vi, en }: Entry = catalogue[code];
  const shown = { ...details, value: shortened(value, 60) };
  return {
    row,
    column,
    columnLetter,
    severity,
    code,
    value: value === '' ? null : shortened(value, 200),
    vi: vi(shown),
    en: en(shown),
  };
};

const shortened = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
};
