// Intentions to tell of confirmation rounds, with what their lines name.

import type pg from 'pg';
import type { Round } from '../../application/reports/confirmation.ts';
import type { NewsRow, NewsStore, RoundNews } from '../../application/reports/round-news.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { ReferenceData } from './reference-data.ts';

type Facts = NonNullable<NewsRow['of']>['facts'];
type Row = Omit<Round, 'id' | 'knownAt'> &
  Facts & {
    readonly intention_id: string;
    readonly news: RoundNews;
    readonly about: string;
    readonly actor: string | null;
    readonly codes: readonly string[];
    readonly id: string | null;
    readonly knownAt: Date;
    readonly calendar: string;
    readonly calendar_version: number;
  };

export const newsStore = (pool: pg.Pool, reference: Pick<ReferenceData, 'calendar'>): NewsStore => ({
  async load(intentionIds) {
    const { rows } = await pool.query<Row>({ name: 'load-round-news', text: loadText, values: [intentionIds] });
    return Promise.all(rows.map((row) => rowOf(row, reference)));
  },
});

const rowOf = async (row: Row, reference: Pick<ReferenceData, 'calendar'>): Promise<NewsRow> => {
  const { intention_id: intentionId, news, about, actor, codes, id, calendar, calendar_version, ...rest } = row;
  const { report, programmeName, noun, illustrative, unit, unitName, central, knownAt, ...round } = rest;
  return {
    intentionId,
    news,
    about,
    actor,
    codes,
    of:
      id === null
        ? undefined
        : {
            round: { ...round, id, knownAt: knownAt.toISOString() },
            calendar: await reference.calendar(calendar, calendar_version),
            facts: { report, programmeName, noun, illustrative, unit, unitName, central },
          },
  };
};

/** The calendar by which a programme's people are told. */
export const calendarOf =
  (pool: pg.Pool, reference: Pick<ReferenceData, 'calendar'>) =>
  async (programme: string): Promise<WorkingCalendar> => {
    const { rows } = await pool.query<{ key: string; version: number }>(
      'select c.key, c.version from programme p join calendar c on c.key = p.calendar where p.code = $1',
      [programme],
    );
    const [found] = rows;
    if (!found) throw new Error(`There is no programme ${programme}.`);
    return reference.calendar(found.key, found.version);
  };

const loadText = `
  select i.id as intention_id, i.payload ->> 'news' as news, i.payload ->> 'about' as about, i.payload ->> 'actor' as actor,
    coalesce(i.payload -> 'codes', '[]') as codes, r.id, r.edition, r.programme, r.as_of as "asOf", r.known_at as "knownAt",
    r.due_on as "dueOn", r.opened_by as "openedBy", r.opened_at as "openedAt", c.zone, e.run_id is not null as frozen,
    e.title as report, p.name as "programmeName", p.noun, p.illustrative, i.payload ->> 'unit' as unit, u.name as "unitName",
    coalesce(u.class = 'central', false) as central, p.calendar, c.version as calendar_version
  from intention i
  left join (confirmation_round r join report_edition e on e.id = r.edition join programme p on p.code = r.programme
    join calendar c on c.key = p.calendar) on r.id::text = i.payload ->> 'round'
  left join unit u on u.code = i.payload ->> 'unit'
  where i.id = any($1::bigint[]) and i.kind = 'confirmation' and i.parked_at is null order by i.id`;
