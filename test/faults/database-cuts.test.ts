// Every connection to PostgreSQL is cut, at moments of chance, while commands run and timers fire in one server process.
// It answers what it did or 503, it does not die, and it goes on by itself.

import { expect } from 'chai';
import pg from 'pg';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { freePort } from '../adapters/queue/private-redis.ts';
import { chance, seed } from './chance.ts';
import { openClients, together } from './clients.ts';
import { compiled, endAll, startProgram } from './processes.ts';
import { atRest, moveDatabaseClock, openProvince, type Province, violations } from './province.ts';

const cuts = 12;
const tasks = 72;

describe('a server whose database connections are cut', function () {
  this.timeout(120_000);
  let province: Province;
  before(compiled);
  beforeEach(async () => {
    province = await openProvince('2022-03-01');
  });
  afterEach(async () => {
    endAll();
    await province.close();
  });

  it(`answers 503 or what it did, and goes on (seed ${seed})`, async () => {
    const { pool, people, database } = province;
    const dice = chance(seed);
    const clock = await moveDatabaseClock(province);
    await clock.moveTo('2022-03-01', '08:00');
    await migrateQueueSchema(database.url);
    const port = await freePort();
    const start = () =>
      startProgram('server', { DATABASE_URL: database.url, PORT: `${port}`, RATE_LIMIT_PER_MINUTE: '1000000' });
    const server = start();
    await server.ready;
    const knife = new pg.Client({ connectionString: database.url });
    await knife.connect();
    let cut = 0;
    let begun = 0;
    const share = tasks * 5;
    const turn = async () => {
      begun += 1;
      const mine = begun;
      await eventually(() => cut >= cuts || mine <= ((cut + 1) * share) / (cuts + 1));
    };
    const { history, counts, faults, assign, lead } = openClients({ url: `http://127.0.0.1:${port}`, people, turn });

    let finished = false;
    const working = together([...Array(tasks).keys()], 10, async (number) =>
      lead(await assign(number, `2022-03-${2 + (number % 9)}`.replace(/-(\d)$/, '-0$1')), chance(seed + number)),
    ).finally(() => {
      finished = true;
    });
    while (cut < cuts) {
      const goal = counts.done + 1 + dice.below(12);
      await eventually(() => finished || counts.done >= goal);
      await knife.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      cut += 1;
    }
    await working;

    // The same process still fires what is due, from the table or from the queue.
    const { id } = await assign(tasks, '2022-03-02');
    await eventually(
      async () =>
        (await pool.query(`select 1 from task_event where task_id = $1 and type = 'task.timer_fired'`, [id])).rowCount,
    );
    expect(server.running(), server.said()).to.equal(true);
    expect([faults, counts.broken]).to.deep.equal([[], 0]);
    server.signal('SIGTERM');
    expect(await server.ended, server.said()).to.deep.equal({ code: 0, signal: null });

    // What was leased when a connection broke is free again a minute later.
    await clock.advance(60_000);
    const next = start();
    await next.ready;
    const now = await clock.now();
    await eventually(() => atRest(province, now));
    next.signal('SIGTERM');
    await next.ended;
    expect(await violations(province, now, history)).to.deep.equal([]);
    await knife.end();
    console.log(
      `      ${cuts} cuts, ${history.sent.size} commands (${counts.unavailable} times 503, ${counts.replayed} replayed)`,
    );
  });
});
