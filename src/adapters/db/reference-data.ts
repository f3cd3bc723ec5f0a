// Definitions and calendars are read on every change and change hardly ever. A published definition is immutable
// and a calendar is named with its version, so what is remembered here cannot be stale.

import type pg from 'pg';
import { Refusal } from '../../domain/refusal.ts';
import { type CalendarDay, type WorkingCalendar, workingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { Definition } from '../../domain/workflow/definition.ts';

export interface ReferenceData {
  /** @throws Refusal definition.not_found */
  definition(key: string, version: number): Promise<Definition>;
  calendar(key: string, version: number): Promise<WorkingCalendar>;
}

export const referenceData = (pool: pg.Pool): ReferenceData => {
  const definitions = new Map<string, Promise<Definition>>();
  const calendars = new Map<string, Promise<WorkingCalendar>>();
  return {
    definition: (key, version) =>
      remembered(definitions, `${key}/${version}`, () => readDefinition(pool, key, version)),
    calendar: (key, version) => remembered(calendars, `${key}/${version}`, () => readCalendar(pool, key, version)),
  };
};

/** A failed read is forgotten, so that the next caller tries again. */
const remembered = <T>(memory: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> => {
  const known = memory.get(name);
  if (known !== undefined) return known;
  const reading = read();
  memory.set(name, reading);
  reading.catch(() => memory.delete(name));
  return reading;
};

const readDefinition = async (pool: pg.Pool, key: string, version: number): Promise<Definition> => {
  const { rows } = await pool.query<{ body: Definition }>(
    `select body from workflow_definition where key = $1 and version = $2 and status <> 'draft'`,
    [key, version],
  );
  if (!rows[0]) throw new Refusal('definition.not_found', { workflow: key, version });
  return rows[0].body;
};

const readCalendar = async (pool: pg.Pool, key: string, version: number): Promise<WorkingCalendar> => {
  const { rows } = await pool.query<CalendarDay & { zone: string }>(
    `select c.zone, d.date, d.kind, d.name, d.source from calendar c left join calendar_day d on d.calendar = c.key
     where c.key = $1 order by d.date`,
    [key],
  );
  const zone = rows[0]?.zone;
  if (zone === undefined) throw new Error(`There is no calendar ${key}.`);
  return workingCalendar({ key, zone, version, days: rows.filter(({ date }) => date !== null) });
};
