// kill -9, again and again, of workers that fire timers and of the API that takes commands, while clients ask with the
// same key until they get an answer and the days of the database go by. At the end nothing is lost and nothing is double.

import { expect } from 'chai';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { freePort, hasRedisServer, type PrivateRedis, startRedis } from '../adapters/queue/private-redis.ts';
import { chance, seed } from './chance.ts';
import { type LedTask, openClients, together } from './clients.ts';
import { compiled, endAll, type Program, type ProgramName, startProgram } from './processes.ts';
import {
  assignment,
  assignTogether,
  atRest,
  moveDatabaseClock,
  openProvince,
  type Province,
  violations,
} from './province.ts';

describe('processes that are killed', function () {
  this.timeout(180_000);
  let province: Province;
  let redis: PrivateRedis | undefined;
  before(compiled);
  beforeEach(async () => {
    province = await openProvince('2022-03-01');
  });
  afterEach(async () => {
    endAll();
    await redis?.stop();
    redis = undefined;
    await province.close();
  });

  const survive = async (kills: number, tasks: number, more: number): Promise<string> => {
    const { pool, people, database } = province;
    const dice = chance(seed);
    const clock = await moveDatabaseClock(province);
    await clock.moveTo('2022-03-01', '20:30');
    const port = await freePort();
    const environment: Record<string, string> = {
      DATABASE_URL: database.url,
      PORT: `${port}`,
      API_ONLY: '1',
      RATE_LIMIT_PER_MINUTE: '1000000',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    if (!redis) await migrateQueueSchema(database.url);

    // Each share of the work is let through by a kill, so that clients are busy at every one of them.
    let killed = 0;
    let begun = 0;
    const share = (tasks + more) * 5;
    const turn = async () => {
      begun += 1;
      const mine = begun;
      await eventually(() => killed >= kills || mine <= ((killed + 1) * share) / (kills + 1));
    };
    const clients = openClients({ url: `http://127.0.0.1:${port}`, people, turn });
    const { history, counts, faults } = clients;

    const commands = Array.from({ length: tasks }, (_, n) =>
      assignment(n, { due: { kind: 'on_or_before', day: `2022-03-${10 + (n % 20)}` } }),
    );
    await assignTogether(province, people.office, commands, history);
    const programs: { name: ProgramName; program: Program }[] = (['workers', 'server', 'workers'] as const).map(
      (name) => ({ name, program: startProgram(name, environment) }),
    );
    await Promise.all(programs.map(({ program }) => program.ready));

    const jobs = dice.shuffled([...commands.map(({ id }) => ({ id, version: 1 })), ...Array(more).keys()]);
    const working = together(jobs, 12, async (job: LedTask | number) => {
      const task = typeof job === 'number' ? await clients.assign(job, '2022-03-05') : job;
      await clients.lead(task, chance(seed + (typeof job === 'number' ? job : 1_000 + jobs.indexOf(job))));
    });

    const firedSoFar = async () =>
      (await pool.query(`select count(*)::integer as n from task_event where type = 'task.timer_fired'`)).rows[0].n;
    let finished = false;
    void working.finally(() => {
      finished = true;
    });
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = programs[kill % programs.length] as (typeof programs)[number];
      await victim.program.ready;
      if (victim.name === 'server') {
        const goal = counts.done + counts.refused + dice.below(20);
        await eventually(() => finished || counts.done + counts.refused >= goal);
      } else {
        // At once, when it has taken its first timers, or when some of them have fired.
        const [kind, before] = [dice.below(3), await firedSoFar()];
        const now = await clock.now();
        await eventually(
          async () =>
            kind === 0 ||
            (await firedSoFar()) > before ||
            (await atRest(province, now)) ||
            (kind === 1 &&
              (await pool.query('select 1 from intention where due_at <= $1 and ready_at > $1 limit 1', [now]))
                .rowCount),
        );
      }
      victim.program.signal('SIGKILL');
      await victim.program.ended;
      if (victim.name === 'workers') {
        // Not days: answers are kept for three of them.
        await clock.advance(4 * 3_600_000);
      }
      if (redis && kill % 4 === 2) expect(await redis.say('FLUSHALL')).to.equal('+OK');
      victim.program = startProgram(victim.name, environment);
      killed += 1;
    }
    await working;

    // What the dead had leased is free again a minute later, for one last worker process.
    for (const { program } of programs) {
      await program.ready;
      program.signal('SIGTERM');
    }
    const ends = await Promise.all(programs.map(({ program }) => program.ended));
    await clock.advance(60_000);
    const last = startProgram('workers', environment);
    await last.ready;
    const now = await clock.now();
    await eventually(() => atRest(province, now));
    last.signal('SIGTERM');
    ends.push(await last.ended);

    expect(faults).to.deep.equal([]);
    expect(await violations(province, now, history)).to.deep.equal([]);
    expect(
      ends.map(({ code }) => code),
      programs.map(({ program }) => program.said()).join('\n'),
    ).to.deep.equal([0, 0, 0, 0]);
    const fired = await firedSoFar();
    expect(fired).to.be.greaterThan(tasks);
    return `${kills} kills, ${history.sent.size} commands (${counts.broken} broken off, ${counts.replayed} replayed), ${fired} timers fired`;
  };

  it(`lose and double nothing, with Redis wiped now and then (seed ${seed})`, async function () {
    if (!hasRedisServer()) return this.skip();
    redis = await startRedis();
    console.log(`      ${await survive(15, 160, 40)}`);
  });

  it(`lose and double nothing, with the queue in PostgreSQL (seed ${seed})`, async () => {
    console.log(`      ${await survive(3, 50, 10)}`);
  });
});
