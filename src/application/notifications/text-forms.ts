// How texts, days and numbers are written in what people read.

import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import { normalise } from '../../domain/text.ts';

/** One line of text: a title from outside can neither break the line nor hide or turn around what follows it. */
export const plain = (text: string): string =>
  normalise(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')).replace(/\s+/gu, ' ');

/** Cut between characters as people see them, so that no letter loses its diacritics. */
export const shortened = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length >= longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

export const dayMonthYear = (day: CivilDate): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** 1.234: written by hand, since Intl differs between installations. */
export const figureOf = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/gu, '.');
/** Counts below ten have a leading zero, as in official letters. */
export const figure = (count: number): string => (count < 10 ? `0${count}` : figureOf(count));
