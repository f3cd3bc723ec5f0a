// Shares as offices print them: each rounded alone by the programme's rule; the sum is never forced (rules C4, C6).

import type { ShareRule } from '../programmes/settings.ts';

/**
 * @param count, total whole numbers up to 10^11, so that every step below is exact
 * @returns count of total in per cent with the rule's decimals, reckoned in whole numbers: no binary fraction decides a
 *   digit; 0 of 0 is 0
 */
export const percentage = (count: number, total: number, { percentDigits, rounding }: ShareRule): number => {
  if (total === 0) return 0;
  const scale = 10 ** percentDigits;
  const parts = 100 * scale * count;
  const units = rounding === 'truncate' ? quotient(parts, total) : quotient(2 * parts + total, 2 * total);
  return units / scale;
};

/** How often the divisor goes into a whole number. */
const quotient = (whole: number, divisor: number): number => (whole - (whole % divisor)) / divisor;

/** Sum of percentages as printed, so that 35.2 + 27.6 is exactly 62.8. */
export const sumOfPercentages = (
  percentages: readonly number[],
  { percentDigits }: Pick<ShareRule, 'percentDigits'>,
): number => {
  const scale = 10 ** percentDigits;
  return percentages.reduce((sum, value) => sum + Math.round(value * scale), 0) / scale;
};

/** 35.2 -> "35,2%", as letters print it; always with all decimals of the rule. */
export const percentageText = (value: number, { percentDigits }: Pick<ShareRule, 'percentDigits'>): string =>
  `${value.toFixed(percentDigits).replace('.', ',')}%`;

/** Running text pads numbers below ten and parts thousands with a dot: 05/293, 5.863 (rule C7). */
export const countText = (count: number): string =>
  count < 10 ? `0${count}` : `${count}`.replace(/\B(?=(?:\d{3})+$)/g, '.');
