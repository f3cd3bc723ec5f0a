// A small province in a fresh database, with a clock that only the test moves.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { intentionStore } from '../../src/adapters/db/intentions.ts';
import { openPool } from '../../src/adapters/db/pool.ts';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import { taskStore } from '../../src/adapters/db/task-store.ts';
import { definitionHash } from '../../src/application/definitions/hash.ts';
import type { Log } from '../../src/application/log.ts';
import type { Clock } from '../../src/application/ports.ts';
import type { Actor, Membership } from '../../src/domain/organisation/actor.ts';
import { atLocalTime } from '../../src/domain/schedule/civil-date.ts';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import type { Definition } from '../../src/domain/workflow/definition.ts';
import { freshDatabase } from './database.ts';

export const zone = 'Asia/Ho_Chi_Minh';
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A clock moved by hand, so that a year passes in a test. */
export class HandClock implements Clock {
  #now: Date;
  constructor(day: string, time = '08:00') {
    this.#now = atLocalTime(day, time, zone);
  }
  now(): Date {
    return new Date(this.#now);
  }
  moveTo(day: string, time = '08:00'): void {
    this.#now = atLocalTime(day, time, zone);
  }
  advance(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }
}

export const actor = (...memberships: readonly Membership[]): Actor => ({
  id: randomUUID(),
  name: 'Người thử',
  memberships,
});

export const openWorld = async (definitions: readonly Definition[], day = '2022-01-10') => {
  const database = await freshDatabase();
  const pool = openPool({ databaseUrl: database.url, max: 8, statementTimeoutMs: 10_000, byKey: true }, quiet);
  const clock = new HandClock(day);
  await seedProvince(pool, definitions);
  const store = taskStore(pool, referenceData(pool));
  return {
    database,
    pool,
    clock,
    store,
    /** Gives actors an account and their memberships, as appraisers need to sit on a panel. */
    enrol: (...people: readonly Actor[]) => enrol(pool, people),
    intentions: intentionStore(pool),
    async close() {
      await pool.end();
      await database.drop();
    },
  };
};
const enrol = async (pool: pg.Pool, people: readonly Actor[]): Promise<void> => {
  for (const { id, name, memberships } of people) {
    await pool.query(`insert into account (id, email, name, created_at) values ($1, $2, $3, '2000-01-01')`, [
      id,
      `${id}@thu.test`,
      name,
    ]);
    for (const { role, unit, programme, field } of memberships)
      await pool.query(
        'insert into membership (account_id, role, unit, programme, field) values ($1, $2, $3, $4, $5)',
        [id, role, unit, programme, field],
      );
  }
};

export type World = Awaited<ReturnType<typeof openWorld>>;

export const units = ['VPUBND', 'SNV', 'SKHDT', 'STTTT', 'TPCL'] as const;

const seedProvince = async (pool: pg.Pool, definitions: readonly Definition[]): Promise<void> => {
  await pool.query(`insert into calendar values ('vn', '${zone}', 1)`);
  await pool.query(
    `insert into calendar_day select 'vn', d.date, d.kind, d.name, d.source
     from json_to_recordset($1::json) as d(date date, kind text, name text, source text)`,
    [JSON.stringify(vietnamCalendarDays)],
  );
  for (const [index, code] of units.entries())
    await pool.query(`insert into unit values ($1, $1, $2, $2, $3, null, '2000-01-01', null, null)`, [
      code,
      code === 'TPCL' ? 'district' : 'department',
      index,
    ]);
  for (const definition of definitions)
    await pool.query(
      `insert into workflow_definition values ($1, $2, 'published', $3, $4, $5, $6, 'test', now(), now(), null)`,
      [
        definition.key,
        definition.version,
        definition.name.vi,
        definition.name.en,
        JSON.stringify(definition),
        definitionHash(definition),
      ],
    );
  await pool.query(
    `insert into programme values ('P1', 'Chương trình 1', 'nội dung', 2022, $1, 'vn', null, 3, null, 'SKHDT', false, now(), 3650)`,
    [definitions[0]?.key],
  );
  // Histories of chance extend as often as chance wants.
  await pool.query('update programme set max_extensions = null');
};
