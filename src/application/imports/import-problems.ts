// What is wrong with a row beyond its own cells: what stands already, and what the rules say.

import type { Refusal } from '../../domain/refusal.ts';
import type { CommitmentRow } from './commitment-rows.ts';
import type { ExistingTask } from './import-commitments.ts';
import type { RowProblem } from './row-problems.ts';

export type ImportProblem = Omit<RowProblem, 'code'> & { readonly code: string };

/** A code that is taken: the same work is left as it is, other work is never overwritten by an import. */
export const clashOf = (
  row: CommitmentRow,
  programme: string,
  existing: ExistingTask | undefined,
): readonly ImportProblem[] => {
  if (!existing) return [];
  const place = { row: row.rowNumber, column: 'Mã', columnLetter: '', value: row.code };
  if (isTaken(row, programme, existing))
    return [
      {
        ...place,
        severity: 'error',
        code: 'code.taken',
        vi: `Mã ${row.code} đã dùng cho nhiệm vụ của ${existing.leadUnit} trong chương trình ${existing.programme}. Hãy dùng mã khác.`,
        en: `Code ${row.code} is taken by a task of ${existing.leadUnit} in programme ${existing.programme}. Use another code.`,
      },
    ];
  if (existing.title === row.title) return [];
  return [
    {
      ...place,
      severity: 'warning',
      code: 'code.differs',
      vi: `Nhiệm vụ ${row.code} đã có với nội dung khác; giữ nguyên nội dung đã giao, không ghi đè.`,
      en: `Task ${row.code} exists with another title; what was assigned stays as it is.`,
    },
  ];
};

export const isTaken = ({ unit }: CommitmentRow, programme: string, existing: ExistingTask | undefined): boolean =>
  existing !== undefined &&
  (existing.programme !== programme || (existing.leadUnit !== unit && existing.heir !== unit));

/**
 * A row that the rules for assigning refuse.
 * @throws Refusal what is refused to the person or the programme, and so to every row
 */
export const refusedRow = (row: CommitmentRow, refusal: Refusal): ImportProblem => {
  const error = { row: row.rowNumber, columnLetter: '', severity: 'error' } as const;
  switch (refusal.code) {
    case 'requirement.missing':
      return {
        ...error,
        column: 'Cơ quan thẩm định',
        value: null,
        code: 'appraiser.missing',
        vi: 'Thiếu cơ quan thẩm định. Quy trình của chương trình này cần một cơ quan; nhập mã hoặc tên.',
        en: 'The appraiser is missing. The workflow of this programme needs one; enter its code or name.',
      };
    case 'conflict_of_interest':
      return {
        ...error,
        column: 'Cơ quan thẩm định',
        value: row.appraiser,
        code: 'appraiser.own_line',
        vi: `Cơ quan thẩm định ${row.appraiser} là cấp trên hoặc cấp dưới trực thuộc của ${row.unit}. Chọn cơ quan khác.`,
        en: `The appraiser ${row.appraiser} is above or below ${row.unit} in the same line. Choose another one.`,
      };
    case 'input.invalid':
    case 'task.deadline_required':
      return {
        ...error,
        column: 'Thời hạn',
        value: row.dueDay ?? null,
        code: 'due.refused',
        vi: 'Thời hạn của dòng này (hoặc thời hạn mặc định của chương trình) không hợp lệ. Kiểm tra lại.',
        en: 'The deadline of this row (or the default deadline of the programme) is not valid. Check it.',
      };
    default:
      throw refusal;
  }
};

/** An import that the rules refuse as a whole; row 0 means the file. */
export const refusedImport = ({ code }: Refusal): ImportProblem => ({
  row: 0,
  column: '',
  columnLetter: '',
  severity: 'error',
  code,
  value: null,
  vi: `Cả lần nhập bị từ chối (${code}): quyền của người nhập, quy trình hoặc mã nhiệm vụ đã thay đổi. Không dòng nào được ghi; kiểm tra rồi nhập lại.`,
  en: `The whole import was refused (${code}): the person's rights, the workflow or a code changed. No row was written; check and import again.`,
});
