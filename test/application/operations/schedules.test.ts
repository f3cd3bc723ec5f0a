import { expect } from 'chai';
import type pg from 'pg';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { scheduleStore } from '../../../src/adapters/db/schedules.ts';
import { runDueSchedules } from '../../../src/application/operations/schedules.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { HandClock, quiet, zone } from '../../support/world.ts';

describe('A scheduled run that died', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await freshDatabase();
    pool = openPool({ databaseUrl: database.url, max: 2, statementTimeoutMs: 10_000 }, quiet);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  it('does not count as running for ever once a later one has been done', async () => {
    const store = scheduleStore(pool);
    const clock = new HandClock('2022-01-10', '00:00');
    await store.declare([{ key: 'daily', cron: '0 2 * * *', zone, catchUpHours: 48 }], clock.now());
    clock.moveTo('2022-01-10', '02:00');
    await store.begin('daily', clock.now(), clock.now());

    clock.moveTo('2022-01-11', '02:00');
    const run = runDueSchedules(store, { daily: async () => 'well' }, clock, quiet);
    await run();
    await run();

    const { rows } = await pool.query('select outcome, detail from schedule_run order by nominal_at');
    expect(rows).to.deep.equal([
      { outcome: 'failed', detail: 'abandoned' },
      { outcome: 'done', detail: 'well' },
    ]);
  });
});
