import type { DataSource, EntityManager } from 'typeorm';
import type { Denominator, FigureRule, Rounding } from '../../domain/programmes/settings.ts';
import type { Due, Roll } from '../../domain/schedule/due.ts';
import type { CalendarDay } from '../../domain/schedule/working-calendar.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { calendarDayTable, calendarTable, type ProgrammeRow, programmeTable } from './entities/programme.ts';
import { row } from './entities/table.ts';
import { orRefuse } from './refusals.ts';

export interface Programme {
  readonly code: string;
  readonly name: string;
  /** What its tasks are called: nhiệm vụ, cam kết, nội dung. */
  readonly noun: string;
  readonly year: number;
  /** Key of the definition that new tasks follow. */
  readonly workflow: string;
  readonly calendar: string;
  /** Null: the deadline's kind decides. */
  readonly roll: Roll | null;
  /** From how many days before its deadline a task counts as due soon. */
  readonly soonDays: number;
  readonly defaultDue: Due | null;
  /** The unit that collects and reports. */
  readonly aggregator: string | null;
  /** Invented for showing. */
  readonly illustrative: boolean;
  /** Days after its end within which work may be reopened, by two persons. */
  readonly reopenDays: number;
  /** Extensions one task may be granted; null: no limit. */
  readonly maxExtensions: number | null;
  readonly createdAt: Date;
  /** Of what its rates are shares; absent: of all. */
  readonly denominator?: Denominator | undefined;
  /** Decimals of a printed rate; absent: one. */
  readonly percentDigits?: number | undefined;
  /** Each rate alone; absent: half up. */
  readonly rounding?: Rounding | undefined;
  /** What its leaders expect of good work. */
  readonly criteria?: string | null | undefined;
  /** The document it rests on. */
  readonly basis?: SourceDocument | null | undefined;
}

export interface StoredCalendar {
  readonly key: string;
  readonly zone: string;
  readonly version: number;
  readonly days: readonly CalendarDay[];
}

export interface ProgrammeStore {
  /** @throws Refusal programme.exists; unit.not_found for the aggregator; input.invalid for an unknown calendar */
  create(programme: Programme): Promise<void>;
  find(code: string): Promise<Programme | undefined>;
  /** How its rates are told from now on. @returns the rule before; undefined: no such programme */
  setRule(code: string, rule: FigureRule): Promise<FigureRule | undefined>;
  /** Latest year first. */
  list(): Promise<readonly Programme[]>;
  calendar(key: string): Promise<StoredCalendar | undefined>;
  /**
   * Replaces the calendar's days. Every change has a version of its own, by which calendars are remembered elsewhere.
   * @returns the version; the old one where nothing changed
   * @throws Refusal input.invalid when a day is named twice
   */
  saveCalendar(calendar: Omit<StoredCalendar, 'version'>): Promise<number>;
}

export const programmeStore = (source: DataSource): ProgrammeStore => ({
  async create(programme) {
    const { soonDays, defaultDue, createdAt, reopenDays, percentDigits, maxExtensions, ...same } = programme;
    const values = {
      ...same,
      soon_days: soonDays,
      default_due: defaultDue,
      created_at: createdAt,
      reopen_days: reopenDays,
      percent_digits: percentDigits,
      max_extensions: maxExtensions,
    };
    await orRefuse(source.manager.insert(programmeTable, row<ProgrammeRow>(values)), {
      programme_pkey: ['programme.exists', { programme: programme.code }],
      programme_aggregator_fkey: ['unit.not_found', { unit: programme.aggregator }],
      programme_calendar_fkey: ['input.invalid', { calendar: programme.calendar }],
    });
  },

  async find(code) {
    const found = await source.manager.findOneBy(programmeTable, { code });
    return found ? programmeOf(found) : undefined;
  },

  async setRule(code, { denominator, percentDigits, rounding }) {
    const [before] = await source.query<FigureRule[]>(
      `with before as (select code, denominator, percent_digits, rounding from programme where code = $1 for update),
        after as (update programme set denominator = $2, percent_digits = $3, rounding = $4 where code in (select code from before))
       select denominator, percent_digits as "percentDigits", rounding from before`,
      [code, denominator, percentDigits, rounding],
    );
    return before;
  },

  async list() {
    return (await source.manager.find(programmeTable, { order: { year: 'DESC', code: 'ASC' } })).map(programmeOf);
  },

  calendar: (key) => readCalendar(source.manager, key),

  saveCalendar: (calendar) =>
    orRefuse(
      source.transaction((manager) => replaceCalendar(manager, calendar)),
      { calendar_day_pkey: ['input.invalid', { calendar: calendar.key }] },
    ),
});

const replaceCalendar = async (
  manager: EntityManager,
  { key, zone, days }: Omit<StoredCalendar, 'version'>,
): Promise<number> => {
  // Version 0 is never seen: it only makes the row that is then locked, for two who save a new calendar at once.
  await manager.query(`insert into calendar (key, zone, version) values ($1, $2, 0) on conflict do nothing`, [
    key,
    zone,
  ]);
  await manager.query(`select from calendar where key = $1 for update`, [key]);
  const before = await readCalendar(manager, key);
  if (before && before.version > 0 && before.zone === zone && sameDays(before.days, days)) return before.version;

  const version = (before?.version ?? 0) + 1;
  await manager.update(calendarTable, { key }, { zone, version });
  await manager.delete(calendarDayTable, { calendar: key });
  if (days.length > 0)
    await manager.insert(
      calendarDayTable,
      days.map(({ date, kind, name, source }) => ({ calendar: key, date, kind, name, source })),
    );
  return version;
};

const readCalendar = async (manager: EntityManager, key: string): Promise<StoredCalendar | undefined> => {
  const found = await manager.findOneBy(calendarTable, { key });
  if (!found) return undefined;
  const days = await manager.find(calendarDayTable, { where: { calendar: key }, order: { date: 'ASC' } });
  return { ...found, days: days.map(({ calendar: _, ...day }) => day) };
};

const sameDays = (stored: readonly CalendarDay[], given: readonly CalendarDay[]): boolean => {
  const lines = (days: readonly CalendarDay[]) =>
    days.map(({ date, kind, name, source }) => JSON.stringify([date, kind, name, source])).sort();
  return JSON.stringify(lines(stored)) === JSON.stringify(lines(given));
};

const programmeOf = ({
  soon_days,
  default_due,
  created_at,
  reopen_days,
  percent_digits,
  max_extensions,
  ...same
}: ProgrammeRow): Programme => ({
  ...same,
  soonDays: soon_days,
  defaultDue: default_due,
  createdAt: created_at,
  reopenDays: reopen_days,
  percentDigits: percent_digits,
  maxExtensions: max_extensions,
});
