/** "5/1/2026", "05.01.2026" -> 2026-01-05; undefined: not a day of the calendar. */
export const dayFromText = (text: string): string | undefined => {
  const found = /^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*$/.exec(text);
  if (!found) return undefined;
  const [, date = '', month = '', year = ''] = found;
  const civil = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const real = new Date(`${civil}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(civil) ? civil : undefined;
};
