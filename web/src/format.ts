// Numbers and days as offices write them, the same in both languages: decimal comma, dd/mm/yyyy, Vietnam's clock.
// Browsers are not asked: in an English one "vi-VN" days come out in several ways.

const zone = 'Asia/Ho_Chi_Minh';
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

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const clockOf = (instant: string | Date) =>
  Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));

/** An instant -> 14:07 05/01/2026 in Vietnam. */
export const moment = (instant: string | Date): string => {
  const { hour, minute, day, month, year } = clockOf(instant);
  return `${hour}:${minute} ${day}/${month}/${year}`;
};

/** The civil day of an instant in Vietnam, as the API writes days. */
export const civilDay = (instant: string | Date = new Date()): string => {
  const { day, month, year } = clockOf(instant);
  return `${year}-${month}-${day}`;
};

const names = ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'] as const;

/** 2026-01-05 -> Thứ Hai, 05/01/2026 */
export const dayWithName = (civil: string): string =>
  `${names[new Date(`${civil}T00:00:00Z`).getUTCDay()] ?? ''}, ${day(civil)}`;

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
