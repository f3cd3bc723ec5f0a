// Days as integers: day 0 is 1970-01-01, day 1 the next. Integers, because a hundred thousand timers are
// computed from days in one go; proleptic Gregorian, years 0001 to 9999, no zone and no clock involved.

export interface DayFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const firstDay = -719_162; // 0001-01-01
const lastDay = 2_932_896; // 9999-12-31

/** The integer of a day written 'YYYY-MM-DD', or undefined if there is no such day. */
export function parseDay(text: string): number | undefined {
  if (!dayPattern.test(text)) return undefined;
  const fields = { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8)) };
  const exists =
    fields.year >= 1 &&
    fields.month >= 1 &&
    fields.month <= 12 &&
    fields.day >= 1 &&
    fields.day <= monthLength(fields.year, fields.month);
  return exists ? numberOfDay(fields) : undefined;
}

/** The integer of a day. An impossible day is a fault and is never shifted to a possible one. */
export function dayNumber(text: string): number {
  const number = parseDay(text);
  if (number === undefined) throw new RangeError(`Not a day of the calendar: ${text}`);
  return number;
}

/** The day of an integer, written 'YYYY-MM-DD'. */
export function dayText(number: number): string {
  if (!Number.isInteger(number) || number < firstDay || number > lastDay) {
    throw new RangeError(`Outside the years 0001 to 9999: day ${number}`);
  }
  const { year, month, day } = fieldsOfDay(number);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Day of the week, 1 = Monday to 7 = Sunday. */
export function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
}

/** Number of days of a month. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

// Both directions count years from 1 March, so that the leap day comes last, and by eras of 400 years
// of 146,097 days (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const daysPerEra = 146_097;
const eraStart = -719_468; // 0000-03-01

export function numberOfDay({ year, month, day }: DayFields): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra + eraStart;
}

export function fieldsOfDay(number: number): DayFields {
  const shifted = number - eraStart;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
