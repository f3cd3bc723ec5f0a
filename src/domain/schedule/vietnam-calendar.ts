// The national calendar 2021-2026 as shipped; offices edit their own copy. `source` says how far a row is known
// to be right: computed (fixed days and Giỗ Tổ, with the day in lieu), verified (read in a public source),
// unverified (general knowledge; check against the year's letter), proposed (not yet law).
// Lunar days are data on purpose: Intl of Node 20 puts Tết 2027 on 7 February; it is the 6th.
import holidays from './holidays.json' with { type: 'json' };
import type { CalendarDay, DayKind } from './working-calendar.ts';

/** Days off and make-up days in force, in order of date (Bộ luật Lao động 2019, Đ.111 and Đ.112, and yearly swaps). */
export const vietnamCalendarDays: readonly CalendarDay[] = rowsWhere((source) => source !== 'proposed');

/** Days off someone wants but no law was found for (24 November); an office switches them on by adding the row. */
export const proposedVietnamCalendarDays: readonly CalendarDay[] = rowsWhere((source) => source === 'proposed');

function rowsWhere(wanted: (source: string) => boolean): readonly CalendarDay[] {
  return holidays.filter(({ source }) => wanted(source)).map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

function kindOf(text: string): DayKind {
  switch (text) {
    case 'holiday':
    case 'in_lieu':
    case 'swapped_off':
    case 'make_up':
      return text;
    default:
      throw new RangeError(`Unknown kind of calendar day: ${text}`);
  }
}
