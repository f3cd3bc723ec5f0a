// SIGTERM under load: what was accepted is answered, nothing is half done, the process ends with 0, and the next one
// goes on where it stopped.

import { expect } from 'chai';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { freePort } from '../adapters/queue/private-redis.ts';
import { chance, seed } from './chance.ts';
import { openClients, together, Unanswered } from './clients.ts';
import { compiled, endAll, startProgram } from './processes.ts';
import { atRest, moveDatabaseClock, openProvince, type Province, violations } from './province.ts';

describe('a server that is asked to stop under load', function () {
  this.timeout(90_000);
  let province: Province;
  before(compiled);
  beforeEach(async () => {
    province = await openProvince('2022-03-01');
  });
  afterEach(async () => {
    endAll();
    await province.close();
  });

  it(`answers what it accepted, ends with 0, and the next one goes on (seed ${seed})`, async () => {
    const { pool, people, database } = province;
    const clock = await moveDatabaseClock(province);
    await clock.moveTo('2022-03-01', '08:00');
    await migrateQueueSchema(database.url);
    const port = await freePort();
    const start = () =>
      startProgram('server', { DATABASE_URL: database.url, PORT: `${port}`, RATE_LIMIT_PER_MINUTE: '1000000' });
    const settings = { url: `http://127.0.0.1:${port}`, people };
    const first = start();
    await first.ready;

    // These do not ask again: a request whose connection broke must not have been done.
    const once = openClients({ ...settings, once: true });
    let number = 0;
    const working = together(Array(20).fill(0), 20, async () => {
      for (;;) {
        try {
          number += 1;
          await once.lead(await once.assign(number, '2022-03-05'), chance(seed + number));
        } catch (error) {
          if (error instanceof Unanswered) return;
          throw error;
        }
      }
    });
    await eventually(() => once.counts.done > 100);
    first.signal('SIGTERM');
    expect(await first.ended).to.deep.equal({ code: 0, signal: null });
    await working;
    expect(once.faults).to.deep.equal([]);
    const { rows } = await pool.query<{ cause: string }>(`select cause from task_event where cause like 'command:%'`);
    expect(rows.map(({ cause }) => cause).filter((cause) => !once.history.acknowledged.has(cause))).to.deep.equal([]);

    const second = start();
    await second.ready;
    const now = await clock.now();
    await eventually(() => atRest(province, now));
    second.signal('SIGTERM');
    expect(await second.ended).to.deep.equal({ code: 0, signal: null });
    expect(await violations(province, now, once.history)).to.deep.equal([]);
    console.log(`      ${once.counts.done} commands answered, ${once.counts.broken} not accepted and not done`);
  });

  it('does not wait for those who watch changes', async () => {
    const { people, database } = province;
    const clock = await moveDatabaseClock(province);
    await clock.moveTo('2022-03-01', '08:00');
    await migrateQueueSchema(database.url);
    const port = await freePort();
    const server = startProgram('server', { DATABASE_URL: database.url, PORT: `${port}`, API_ONLY: '1' });
    await server.ready;
    const stream = await fetch(`http://127.0.0.1:${port}/api/v1/live`, {
      headers: { Authorization: `Bearer ${people.office.token}` },
    });
    expect(stream.status).to.equal(200);
    const heard = stream.text();

    server.signal('SIGTERM');
    expect(await server.ended).to.deep.equal({ code: 0, signal: null });
    expect(await heard).to.match(/^retry: \d+\n\n/);
  });
});
