// Shares as offices print them: each rounded alone, half up, to one decimal; the sum is never forced (rule C4).

/**
 * @returns count of total in per cent with one decimal, rounded half up in whole numbers (no binary fractions);
 *   0 of 0 is 0
 */
export const percentage = (count: number, total: number): number =>
  total === 0 ? 0 : Math.floor((2000 * count + total) / (2 * total)) / 10;

/** Sum of percentages in tenths, so that 35.2 + 27.6 is exactly 62.8. */
export const sumOfPercentages = (percentages: readonly number[]): number =>
  percentages.reduce((sum, value) => sum + Math.round(value * 10), 0) / 10;

/** 35.2 -> "35,2%", as letters print it. */
export const percentageText = (value: number): string => `${value.toFixed(1).replace('.', ',')}%`;

/** Running text pads numbers below ten and parts thousands with a dot: 05/293, 5.863 (rule C7). */
export const countText = (count: number): string =>
  count < 10 ? `0${count}` : `${count}`.replace(/\B(?=(?:\d{3})+$)/g, '.');
