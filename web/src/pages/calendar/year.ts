// A year as months of weeks, Monday first.

import { addDays } from '../../format.ts';

/** The days of a month in weeks of seven; what lies outside it is undefined. */
export const weeksOf = (year: number, month: number): readonly (readonly (string | undefined)[])[] => {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  // Monday is 0.
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: (string | undefined)[][] = [];
  for (let at = addDays(first, -lead); at.slice(0, 7) <= first.slice(0, 7); at = addDays(at, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, index) => addDays(at, index)).map((one) =>
        one.slice(0, 7) === first.slice(0, 7) ? one : undefined,
      ),
    );
  return weeks;
};
