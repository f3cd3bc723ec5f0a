// Units in SQL: their lines, whether they stand, and what they were called on a day as known at a moment.

import { dayAt } from './standing-sql.ts';

export interface StandingRow {
  readonly unit_line: readonly string[];
  readonly validFrom: string;
  readonly successor: string | null;
  readonly ended: boolean;
  readonly early: boolean;
}

/** Whether unit u takes new work: it has not ended, and nothing is ending it. */
export const standsAt = (moment: string): string =>
  `u.closing is null and (u.valid_to is null or u.valid_to > ${dayAt(moment)})`;

/** The units, all above them and all below them. @param units SQL of one column of codes */
export const unitLineOf = (units: string): string => `array(
  with recursive
    up(code) as ((${units}) union select parent from unit join up using (code) where parent is not null),
    down(code) as ((${units}) union select child.code from unit child join down on child.parent = down.code)
  select code from up union select code from down)`;

/**
 * The version of a unit on a day, as known at a moment; of corrections the last one known then. A day before its first
 * version has the first one: what was entered of earlier days has to be called something.
 */
export const unitThen = (unit: string, day: string, known: string): string => `(
  select v.name, v.class, v.bloc, v.official_order, v.parent from unit_version v where v.unit = ${unit}
  order by (v.recorded_at <= ${known}) desc, (v.valid_from <= ${day}) desc, abs(v.valid_from - ${day}), v.recorded_at desc, v.id desc
  limit 1)`;

/** Rows (unit, heir) for every unit: who has its work today, through all reorganisations. */
export const heirs = `(
  with recursive walk(unit, at) as (
    select code, code from unit
    union select w.unit, u.successor from walk w join unit u on u.code = w.at where u.valid_to is not null and u.successor is not null)
  select w.unit, w.at as heir from walk w join unit u on u.code = w.at where u.valid_to is null or u.successor is null)`;
