// Many of everything at once over a queue that loses, doubles and mixes up jobs: the effects are those of one.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type pg from 'pg';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import { tallyStore } from '../../src/adapters/db/tallies.ts';
import { taskStore } from '../../src/adapters/db/task-store.ts';
import { dispatchDue, type JobQueue, reconcile } from '../../src/application/operations/dispatch.ts';
import { applyCommand, commandName } from '../../src/application/tasks/apply.ts';
import { fireTimers } from '../../src/application/tasks/fire-timers.ts';
import { ClientHistory, check } from '../support/check.ts';
import { quiet } from '../support/world.ts';
import { chance, seed } from './chance.ts';
import { assignment, assignTogether, atRest, openProvince, type Province } from './province.ts';

/** Takes everything and hands over what chance leaves of it, when asked. */
const badQueue = (dice: ReturnType<typeof chance>) => {
  const jobs: (readonly string[])[] = [];
  const queue: JobQueue = {
    async enqueue(name, added) {
      if (name !== 'timers') return;
      if (dice.below(10) === 0) throw new Error('The queue is away.');
      for (const { data } of added) for (let copies = dice.below(4); copies > 0; copies -= 1) jobs.push(data.ids);
    },
  };
  return { queue, take: () => jobs.splice(dice.below(jobs.length), 1)[0], left: () => jobs.length };
};

describe('many dispatchers, reconcilers, workers and folders at once', () => {
  let province: Province;
  beforeEach(async () => {
    province = await openProvince('2022-03-01');
  });
  afterEach(() => province.close());

  for (const many of [2, 4])
    it(`${many} of each have no effect twice (seed ${seed + many})`, async () => {
      const { pool, store, intentions, clock, people } = province;
      const dice = chance(seed + many);
      const history = new ClientHistory();
      const tasks = Array.from({ length: 80 }, (_, n) =>
        assignment(n, { due: { kind: 'on_or_before', day: `2022-03-${10 + (n % 20)}` } }),
      );
      await assignTogether(province, people.office, tasks, history);
      const { queue, take, left } = badQueue(dice);
      const fire = fireTimers(store, intentions, clock, quiet);
      const dispatch = dispatchDue(intentions, queue, clock, quiet);
      const rescue = reconcile(intentions, { timers: fire }, async () => false, clock, quiet);
      const tallies = tallyStore(pool);
      const apply = applyCommand(store, clock);
      const acknowledge = async (id: string) => {
        const key = randomUUID();
        const cause = commandName(people.focal, key);
        history.sent.add(cause);
        const { answer } = await apply(
          {
            taskId: id,
            actor: people.focal,
            command: { type: 'transition', transition: 'acknowledge' },
            expectedVersion: 1,
          },
          {
            key: { actor: people.focal.id, key, bodyHash: key },
            answer: ({ version }) => ({ status: 200, etag: null, response: `${version}` }),
          },
        );
        history.acknowledged.set(cause, { taskId: id, version: Number(answer.response) });
      };
      const waiting = tasks.map(({ id }) => id);
      const workers = async () => {
        for (let job = take(); job; job = take()) await fire(job);
      };
      const crowd = async () => {
        const each = Array.from({ length: many }, () => [
          dispatch,
          workers,
          rescue,
          () => tallies.fold(),
          workers,
        ]).flat();
        const commands = waiting.splice(0, 10).map((id) => () => acknowledge(id));
        await Promise.all(dice.shuffled([...each, ...commands]).map((work) => work()));
      };

      for (let day = 2; day < 12; day += 1) {
        clock.moveTo(`2022-03-${String(day).padStart(2, '0')}`, '00:00');
        await crowd();
      }
      while (left() > 0 || !(await atRest(province, clock.now()))) {
        await crowd();
        clock.advance(30_000);
      }

      expect(await check({ pool, store, now: clock.now(), history })).to.deep.equal([]);
      const { rows } = await pool.query(
        `select count(*)::integer as fired from task_event where payload->>'rule' = 'daily'`,
      );
      expect(rows[0].fired).to.equal(80 * 10);
    });

  it(`hands out what was committed late behind newer rows, in any order (seed ${seed})`, async () => {
    const { pool, intentions, clock, people } = province;
    const dice = chance(seed);
    const handed = new Set<string>();
    const dispatch = dispatchDue(
      intentions,
      {
        async enqueue(_name, jobs) {
          for (const { data } of jobs) for (const id of data.ids) handed.add(id);
        },
      },
      clock,
      quiet,
    );
    const reference = referenceData(pool);
    let number = 0;
    const begin = async (): Promise<pg.PoolClient> => {
      const client = await pool.connect();
      await client.query('begin');
      number += 1;
      const due = { kind: 'on_or_before', day: '2022-03-05' } as const;
      await assignTogether({ store: taskStore(client, reference), clock }, people.office, [
        assignment(number, { due }),
      ]);
      return client;
    };
    const open: pg.PoolClient[] = [];
    for (let round = 0; round < 60; round += 1) {
      if (open.length < 4 && dice.below(2) === 0) open.push(await begin());
      else if (open.length > 0) {
        const [client] = open.splice(dice.below(open.length), 1) as [pg.PoolClient];
        await client.query('commit');
        client.release();
      }
      if (dice.below(2) === 0) await dispatch();
    }
    for (const client of open.splice(0)) {
      await client.query('commit');
      client.release();
      await dispatch();
    }

    const { rows } = await pool.query<{ id: string }>('select id from intention where due_at <= $1', [clock.now()]);
    expect(rows.length).to.be.greaterThan(20);
    expect(rows.map(({ id }) => id).filter((id) => !handed.has(id))).to.deep.equal([]);
  });
});
