// Numbers and days as offices write them, the same in both languages: decimal comma, dd/mm/yyyy, Vietnam's clock.
// Browsers are not asked: in an English one "vi-VN" days come out in several ways.

const digits = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });
const share = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 2 });
const size = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** 1234567.5 -> 1.234.567,5 */
export const number = (value: number): string => digits.format(value);

/** 35.2 (per cent, as the API gives it) -> 35,2%, as letters print it. */
export const percent = (value: number): string => `${share.format(value)}%`;

/** The same with as many decimals as a programme prints: 98.62 with 2 -> 98,62%. */
export const percentTo = (value: number, decimals: number): string => `${value.toFixed(decimals).replace('.', ',')}%`;

/** Running text pads what is below ten: 05/293. */
export const padded = (count: number): string => (count < 10 ? `0${count}` : number(count));

/** 2026-01-05 -> 05/01/2026 */
export const day = (civil: string): string => civil.slice(0, 10).split('-').reverse().join('/');

const vietnamHours = 7;

/** Vietnam's clock is seven hours ahead all year, since 1975; asking the browser's calendar costs a list a third of its time. */
const clockOf = (instant: string | Date): string =>
  new Date(new Date(instant).getTime() + vietnamHours * 3_600_000).toISOString();

/** An instant -> 14:07 05/01/2026 in Vietnam. */
export const moment = (instant: string | Date): string => {
  const clock = clockOf(instant);
  return `${clock.slice(11, 16)} ${day(clock)}`;
};

/** The civil day of an instant in Vietnam, as the API writes days. */
export const civilDay = (instant: string | Date = new Date()): string => clockOf(instant).slice(0, 10);

/** 2026-01-05 -> Thứ Hai, 05/01/2026. @param names of the days from Monday, with a bar between them */
export const dayWithName = (civil: string, names: string): string =>
  `${names.split('|')[(new Date(`${civil}T00:00:00Z`).getUTCDay() + 6) % 7] ?? ''}, ${day(civil)}`;

/** 2026-01-05 -> ngày 05 tháng 01 năm 2026, as letters write it. */
export const dayInWords = (civil: string): string => {
  const [year, month, date] = civil.split('-');
  return `ngày ${date} tháng ${month} năm ${year}`;
};

const dayMs = 86_400_000;

/** Whole days from one civil day to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

export const addDays = (civil: string, days: number): string =>
  new Date(Date.parse(`${civil}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** 48213 bytes -> 47,1 KB */
export const bytes = (value: number): string =>
  value < 1024
    ? `${value} B`
    : value < 1024 ** 2
      ? `${size.format(value / 1024)} KB`
      : `${size.format(value / 1024 ** 2)} MB`;
