// What one cell says: a text, a number, a day. Nothing here knows columns.
import { fold, normalise } from '../../domain/text.ts';
import type { Cell } from './sheet.ts';

/** The cell as a line of text; '' when it is empty. */
export const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return normalise(cell).replace(/\s+/gu, ' ');
  if (typeof cell === 'number') return String(rounded(cell));
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  const [year, month, day] = dayOf(cell).split('-');
  return `${day}/${month}/${year}`;
};

/** Controls, halves of a character, and the mark a failed conversion leaves (U+FFFD). */
export const isUnreadable = (text: string): boolean => /[\p{Cc}\p{Cs}\uFFFD]/u.test(text);

/** Lists shorten long names with dots; what follows them is lost. */
export const isCut = (text: string): boolean => /(?:…|\.\.)$/u.test(text);

export interface NumberRead {
  readonly value: number;
  readonly isPercent: boolean;
  /** '1,234' is 1.234 in Vietnamese and 1234 in English. */
  readonly isAmbiguous: boolean;
}

/** A number in the Vietnamese manner ('1.234,5', '12,5%') or plain ('1234.5'); undefined when the text is not one. */
export const numberOf = (text: string): NumberRead | undefined => {
  const [, sign = '', digits = '', percent] = /^([+-]?)([\d., ]*\d)\s*(%?)$/u.exec(text) ?? [];
  const plain = plainDigits(digits);
  // More digits than a number keeps would come back as another number.
  if (plain === undefined || plain.replace(/^[0.]+|\./gu, '').length > 15) return undefined;
  return {
    value: Number(`${sign === '-' ? '-' : ''}${plain}`),
    isPercent: percent === '%',
    isAmbiguous: /^[1-9]\d{0,2},\d{3}$/u.test(digits),
  };
};

const plainDigits = (digits: string): string | undefined => {
  // Dots or spaces between thousands, a comma before decimals: the official manner, tried first.
  if (/^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/u.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (/^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?$/u.test(digits)) return digits.replaceAll(' ', '').replace(',', '.');
  if (/^\d+,\d+$/u.test(digits)) return digits.replace(',', '.');
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/u.test(digits)) return digits.replaceAll(',', '');
  return /^\d+(?:\.\d+)?$/u.test(digits) ? digits : undefined;
};

/** Excel keeps 15 digits and shows 0.3 where the file holds 0.30000000000000004. */
export const rounded = (value: number): number => Number(value.toPrecision(15));

export type DayRead =
  | { readonly day: string | null }
  | { readonly fault: 'due.impossible' | 'due.not_a_date' | 'due.out_of_range' };

/** A deadline; null when the cell says there is none, as 01/01/1970 does in exports of other systems. */
export const dayRead = (cell: Cell | undefined): DayRead => {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? { fault: 'due.not_a_date' } : checked(dayOf(cell));
  const text = textOf(cell);
  if (noDeadline.has(fold(text))) return { day: null };
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?$/u.exec(text) ?? [];
  if (day && month && year) return checked(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/u.exec(text) ?? [];
  return iso === undefined ? { fault: 'due.not_a_date' } : checked(iso);
};

const noDeadline = new Set([
  '',
  '-',
  '–',
  'khong',
  'khong han',
  'khong thoi han',
  'khong co thoi han',
  'chua co han',
  'chua co thoi han',
  'none',
  'no deadline',
]);

/** The civil day of a date cell. Half a second is added first: 44999.99999999 in a file is midnight, not the day before. */
const dayOf = (date: Date): string => {
  const civil = new Date(date.getTime() + 500);
  return Number.isNaN(civil.getTime()) ? '' : civil.toISOString().slice(0, 10);
};

const checked = (day: string): DayRead => {
  if (!exists(day)) return { fault: 'due.impossible' };
  if (day === '1970-01-01') return { day: null };
  // 0022, 20222 or Excel's year 1900 are slips of the hand, and a wrong year makes a task overdue for ever.
  return day >= '2000-01-01' && day <= '2099-12-31' ? { day } : { fault: 'due.out_of_range' };
};

const exists = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};
