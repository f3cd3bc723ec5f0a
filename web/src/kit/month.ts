// A month as weeks of days, Monday first.

import { monthLength } from '../../../src/domain/schedule/day-number.ts';
import { addDays } from '../format.ts';

/** The days of a month in weeks of seven; what lies outside it is undefined. */
export const weeksOf = (year: number, month: number): readonly (readonly (string | undefined)[])[] => {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const lead = weekdayOf(first);
  const weeks: (string | undefined)[][] = [];
  for (let at = addDays(first, -lead); at.slice(0, 7) <= first.slice(0, 7); at = addDays(at, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, index) => addDays(at, index)).map((one) =>
        one.slice(0, 7) === first.slice(0, 7) ? one : undefined,
      ),
    );
  return weeks;
};

/** The same day so many months later, or the last one of a shorter month: 31/01 -> 28/02. */
export const addMonths = (civil: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = civil.split('-').map(Number);
  const count = year * 12 + month - 1 + months;
  const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const first = `${String(inYear).padStart(4, '0')}-${String(inMonth).padStart(2, '0')}-01`;
  return addDays(first, Math.min(date, monthLength(inYear, inMonth)) - 1);
};

/** 0 on a Monday, 6 on a Sunday. */
export const weekdayOf = (civil: string): number => (new Date(`${civil}T00:00:00Z`).getUTCDay() + 6) % 7;
