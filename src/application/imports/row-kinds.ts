// Which rows under the header are commitments, and which are only there for the reader of the page.
// A row is passed over only when it cannot be a commitment that lost a cell: such a row must be reported, not dropped.
import { fold } from '../../domain/text.ts';
import { textOf } from './cell-values.ts';
import { type Field, type Header, repeatsHeader } from './commitment-header.ts';
import type { Cell } from './sheet.ts';
import type { FindUnit } from './unit-finder.ts';

export type RowKind = 'commitment' | 'blank' | 'header' | 'columnNumbers' | 'group' | 'total' | 'note';

interface Filled {
  readonly index: number;
  readonly text: string;
}

export const rowKind = (row: readonly Cell[], header: Header, findUnit: FindUnit): RowKind => {
  const filled = row.flatMap((cell, index): readonly Filled[] => {
    const text = textOf(cell);
    return text === '' ? [] : [{ index, text }];
  });
  if (filled.length === 0) return 'blank';
  if (repeatsHeader(row, header)) return 'header';
  if (areColumnNumbers(filled)) return 'columnNumbers';
  const label = filled.find(({ text }) => !isMarker(text));
  if (label === undefined || !standsAlone(label, row, header)) return 'commitment';
  if (isTotal(label.text)) return 'total';
  if (isGroup(label, filled, header, findUnit)) return 'group';
  return filled.length <= 2 && noteWords.test(fold(label.text)) ? 'note' : 'commitment';
};

/** '(1) (2) (3)=(1)+(2)', with or without 'A B' in front; each one more than the one before it. */
const areColumnNumbers = (filled: readonly Filled[]): boolean => {
  const numbers = filled.filter(({ text }) => !/^\(?[A-C]\)?$/u.test(text)).map(({ text }) => columnNumber(text));
  return (
    numbers.length >= 2 && numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
  );
};

const columnNumber = (text: string): number => Number(/^\(?(\d{1,2})\)?(?:\s*=.*)?$/u.exec(text)?.[1] ?? Number.NaN);

/** 'I', 'A.', '1', '1.2': the number of a row, not its name. */
const isMarker = (text: string): boolean => /^(?:[IVXLC]+|[A-HĐ]|\d{1,3}(?:\.\d{1,2})*)[.)]?$/u.test(text);

/** Nothing else in the row would be part of a commitment; a subtotal under 'Chỉ tiêu' may be there. */
const standsAlone = (label: Filled, row: readonly Cell[], { columns }: Header): boolean =>
  (['code', 'unit', 'title', 'kind', 'product', 'appraiser', 'due'] satisfies Field[]).every((field) => {
    const index = columns.get(field)?.index;
    if (index === undefined || index === label.index) return true;
    const text = textOf(row[index]);
    return text === '' || text === label.text || (field === 'code' && isMarker(text));
  });

/** 'Tổng số vốn đã giải ngân' is a content; 'Tổng số:' is not. */
const isTotal = (text: string): boolean =>
  /^(?:tong cong(?:[^a-z].*)?|(?:tong so|tong|cong|total|ty le)[^a-z]*)$/u.test(fold(text));

const isGroup = (label: Filled, filled: readonly Filled[], { columns }: Header, findUnit: FindUnit): boolean => {
  const before = filled.find(({ index }) => index < label.index)?.text ?? '';
  if (/^(?:[IVXLC]+|[A-HĐ])[.)]?$/u.test(before)) return true;
  const [, name = label.text] = /^(?:[IVXLC]+|[A-HĐ])\s*[.):–-]\s*(\S.*)$/u.exec(label.text) ?? [];
  if (name !== label.text) return true;
  // A lone unit under 'Đơn vị' is more likely a row without its code and content.
  if (label.index === columns.get('unit')?.index) return false;
  const unnumbered = name.replace(/^\d{1,2}\s*[.):–-]\s*/u, '');
  return findUnit(unnumbered) !== undefined || groupWords.test(fold(unnumbered));
};

const groupWords = /^(?:cac )?(?:so, (?:ban|nganh)|ubnd (?:cap )?(?:huyen|xa)|khoi |nhom )/u;

// Bounded: a cell may be long, and this is asked of every row.
const noteWords =
  /^(?:noi nhan|ghi chu|luu y|nguon|nguoi lap|thu truong|giam doc|chu tich|ke toan|(?:[^,]{1,60}, ){0,2}ngay [^a-z]{1,20} thang [^a-z]{1,20} nam)(?:[^a-z]|$)/u;
