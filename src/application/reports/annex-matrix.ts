// Annex III as a matrix: what the districts have in common and what they do not, content by unit.

import { bucketOfRow, type RunRow } from '../../domain/reporting/run-rows.ts';
import type { Bucket } from '../../domain/reporting/statistics.ts';
import { fold } from '../../domain/text.ts';
import type { Cell, Sheet } from '../book.ts';
import { type AnnexSource, heading, numbered } from './annex-heads.ts';

const shortNames: Readonly<Record<Bucket, string>> = {
  in_progress: 'Đang thực hiện',
  done: 'Hoàn thành',
  not_done: 'Không hoàn thành',
  awaiting_appraisal: 'Chờ thẩm định',
  stopped: 'Dừng',
};

/** @param rows those of annex III that the reader may open */
export const matrixSheet = (source: AnnexSource, rows: readonly RunRow[]): Sheet => {
  const units = [...new Map(rows.map(({ unit, unitName }) => [unit, unitName]))];
  const contents = new Map<string, RunRow[]>();
  for (const row of rows) {
    // A secret one has no words by which it could be the same as another's.
    const key = row.title === null ? row.code : fold(row.title);
    contents.set(key, [...(contents.get(key) ?? []), row]);
  }
  const head = 4;
  const first = head + 2;
  const last = first + contents.size - 1;
  const width = units.length + 3;
  const body = [...contents.values()].map((same, index): Cell[] => [
    index + 1,
    same[0]?.title ?? '(nội dung mật)',
    ...units.map(([unit]) => wordsOf(same.filter((row) => row.unit === unit))),
    same.length,
  ]);
  return {
    name: 'PL III (ma trận)',
    heading: first,
    widths: [6, 44, ...units.map(() => 13), 10],
    print: { head: [head, first], merged: [], strong: contents.size === 0 ? [] : [last + 1] },
    rows: [
      ...heading(source, 'III', 'Kết quả cụ thể của UBND cấp huyện, cấp xã theo từng nội dung'),
      ['STT', 'Nội dung cam kết', ...units.map(([, name]) => name), 'Số nội dung'],
      numbered(width),
      ...body,
      ...(contents.size === 0
        ? []
        : [
            [
              null,
              'Số nội dung của đơn vị',
              ...units.map(([unit]) => rows.filter((row) => row.unit === unit).length),
              { total: rows.length, of: [{ rows: [first, last], columns: [width - 1, width - 1] }] },
            ] satisfies Cell[],
          ]),
    ],
  };
};

/** A unit may have committed itself twice in the same words. */
const wordsOf = (rows: readonly RunRow[]): Cell =>
  rows.length === 0 ? null : [...new Set(rows.map((row) => shortNames[bucketOfRow(row)]))].join('; ');
