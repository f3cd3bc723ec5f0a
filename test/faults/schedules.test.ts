// Periodic work under ticks that come twice, late, together or not at all: one run per nominal time.

import { expect } from 'chai';
import { type ScheduleRegister, scheduleStore } from '../../src/adapters/db/schedules.ts';
import { runDueSchedules } from '../../src/application/operations/schedules.ts';
import { eventually, signal } from '../adapters/queue/harness.ts';
import { simpleDefinition } from '../support/simple-definition.ts';
import { openWorld, quiet, type World, zone } from '../support/world.ts';

const nightly = { key: 'nightly', cron: '15 2 * * *', zone, catchUpHours: 48 };
const hour = 3_600_000;

describe('scheduled work', () => {
  let world: World;
  let store: ScheduleRegister;
  let done: string[];
  /** What the next runs do: fail, wait for something; nothing more: succeed. */
  let plans: (() => Promise<void>)[];
  let tick: () => Promise<void>;
  beforeEach(async () => {
    world = await openWorld([simpleDefinition], '2022-03-01');
    store = scheduleStore(world.pool);
    await store.declare([nightly], world.clock.now());
    [done, plans] = [[], []];
    const work = async (at: Date) => {
      await plans.shift()?.();
      done.push(at.toISOString());
      return 'done';
    };
    tick = runDueSchedules(store, { nightly: work }, world.clock, quiet);
  });
  afterEach(() => world.close());

  const ledger = async () =>
    (await world.pool.query('select nominal_at, outcome from schedule_run order by nominal_at')).rows.map(
      ({ nominal_at, outcome }) => `${nominal_at.toISOString()} ${outcome}`,
    );
  const at = (day: string) => new Date(`2022-03-${day}T19:15:00Z`).toISOString();

  it('does nothing before its time', async () => {
    world.clock.moveTo('2022-03-02', '02:14');
    await tick();
    expect(done).to.deep.equal([]);
  });

  it('runs once when ticks come twice, late and all at once', async () => {
    world.clock.moveTo('2022-03-02', '02:15');
    await Promise.all(Array.from({ length: 8 }, () => tick()));
    await tick();
    world.clock.advance(5 * hour);
    await tick();
    expect(done).to.deep.equal([at('01')]);
    expect(await ledger()).to.deep.equal([`${at('01')} done`]);
  });

  it('does the newest of the periods that were missed and records the others', async () => {
    world.clock.moveTo('2022-03-05', '09:00');
    await Promise.all([tick(), tick()]);
    expect(done).to.deep.equal([at('04')]);
    expect(await ledger()).to.deep.equal([
      `${at('01')} skipped`,
      `${at('02')} skipped`,
      `${at('03')} skipped`,
      `${at('04')} done`,
    ]);
  });

  it('takes over a run whose process died, but not one that is under way', async () => {
    const stuck = signal();
    plans.push(() => stuck.come);
    world.clock.moveTo('2022-03-02', '02:15');
    const first = tick();
    await eventually(async () => (await ledger()).length > 0);
    world.clock.advance(9 * 60_000);
    await tick();
    expect(done).to.deep.equal([]);

    world.clock.advance(2 * 60_000);
    await Promise.all([tick(), tick()]);
    expect(done).to.deep.equal([at('01')]);
    stuck.give();
    await first;
  });

  it('keeps what the second of two runs did when the first one fails after all', async () => {
    const stuck = signal();
    plans.push(async () => {
      await stuck.come;
      throw new Error('too late');
    });
    world.clock.moveTo('2022-03-02', '02:15');
    const first = tick();
    await eventually(async () => (await ledger()).length > 0);
    world.clock.advance(11 * 60_000);
    await tick();

    stuck.give();
    await first;
    world.clock.advance(2 * 60_000);
    await tick();

    expect(done).to.deep.equal([at('01')]);
    expect(await ledger()).to.deep.equal([`${at('01')} done`]);
  });

  it('closes the books on a run whose process died when a newer period has come', async () => {
    plans.push(() => new Promise(() => undefined));
    world.clock.moveTo('2022-03-02', '02:15');
    void tick();
    await eventually(async () => (await ledger()).length > 0);

    world.clock.moveTo('2022-03-03', '09:00');
    await tick();
    await tick();

    expect(await ledger()).to.deep.equal([`${at('01')} failed`, `${at('02')} done`]);
  });

  it('tries a failed run again after a minute, until it is too old', async () => {
    const failing = () => Promise.reject(new Error('away'));
    plans.push(failing, failing);
    world.clock.moveTo('2022-03-02', '02:15');
    await tick();
    await tick();
    expect(plans).to.have.length(1);

    world.clock.advance(61_000);
    await tick();
    expect(await ledger()).to.deep.equal([`${at('01')} failed`]);
    world.clock.advance(61_000);
    await tick();
    expect(await ledger()).to.deep.equal([`${at('01')} done`]);
    expect(done).to.deep.equal([at('01')]);
  });

  it('does not run while paused, and collapses the pause afterwards', async () => {
    await world.pool.query(`update schedule set paused_at = now(), paused_reason = 'bảo trì'`);
    world.clock.moveTo('2022-03-04', '09:00');
    await tick();
    expect(await ledger()).to.deep.equal([]);

    await store.declare([nightly], world.clock.now()); // a restart does not end a pause
    await tick();
    expect(done).to.deep.equal([]);

    await world.pool.query('update schedule set paused_at = null, paused_reason = null');
    await tick();
    expect(done).to.deep.equal([at('03')]);
  });
});
