// Only the database's clock says what is due. The clock of the machine may jump; timers never fire early, whenever and
// however often somebody asks them to, and at rest none is overdue.

import { mock } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { DatabaseClock } from '../../src/adapters/db/clock.ts';
import { openPool } from '../../src/adapters/db/pool.ts';
import { dispatchDue } from '../../src/application/operations/dispatch.ts';
import { assignTask } from '../../src/application/tasks/apply.ts';
import { fireTimers } from '../../src/application/tasks/fire-timers.ts';
import { addDays } from '../../src/domain/schedule/civil-date.ts';
import type { Definition, TimerRule } from '../../src/domain/workflow/definition.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { check } from '../support/check.ts';
import { simpleDefinition } from '../support/simple-definition.ts';
import { actor, openWorld, quiet, type World } from '../support/world.ts';
import { seed } from './chance.ts';
import { assignment, assignTogether, moveDatabaseClock, openProvince } from './province.ts';

const hour = 3_600_000;

describe('the clock', () => {
  it('is the database’s: a machine whose time jumps fires nothing, the database’s time does', async () => {
    const province = await openProvince('2022-03-01');
    const { store, intentions, people } = province;
    const moved = await moveDatabaseClock(province);
    await moved.moveTo('2022-03-01', '23:00');
    // Connections of before still see the old time.
    const pool = openPool({ databaseUrl: province.database.url, max: 2, statementTimeoutMs: 10_000 }, quiet);
    const clock = await DatabaseClock.start(pool);
    await assignTogether({ store, clock: province.clock }, people.office, [assignment(1)]);
    const handed: string[] = [];
    const queue = {
      enqueue: async (name: string, jobs: readonly { data: { ids: readonly string[] } }[]) => {
        if (name === 'timers') handed.push(...jobs.flatMap(({ data }) => data.ids));
      },
    };
    const { rows } = await pool.query<{ id: string }>(
      'select id from intention where rule is not null order by due_at',
    );
    const all = rows.map(({ id }) => id);
    const dispatch = dispatchDue(intentions, queue, clock, quiet);
    const fire = fireTimers(store, intentions, clock, quiet);
    const fired = async () =>
      (
        await pool.query(`select payload->>'rule' as rule from task_event where type = 'task.timer_fired' order by seq`)
      ).rows.map(({ rule }) => rule);
    try {
      for (const jump of [24 * 365 * hour, 2 * hour, -2 * hour]) {
        mock.timers.enable({ apis: ['Date'], now: Date.now() + jump });
        await dispatch();
        // Early hints, of a queue that believes the machine.
        await fire(all);
        await clock.synchronise(pool);
        await fire(all);
        mock.timers.reset();
        expect([await fired(), handed]).to.deep.equal([[], []]);
      }

      await moved.advance(hour);
      const unfollow = clock.follow(pool, quiet, 5);
      await eventually(async () => (await dispatch()) > 0);
      unfollow();
      expect(await fire(handed)).to.deep.equal({ fired: 1, skipped: 0 });
      expect(await fired()).to.deep.equal(['daily']);
    } finally {
      mock.timers.reset();
      await pool.end();
      await province.close();
    }
  });
});

describe('timers asked for at random times', () => {
  let world: World;
  before(async () => {
    world = await openWorld([simpleDefinition], '2022-01-03');
  });
  after(() => world.close());

  const rule = fc
    .record({
      anchor: fc.constantFrom('assigned' as const, 'due' as const, 'entered' as const),
      at: fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':')),
      offsets: fc
        .uniqueArray(fc.integer({ min: -10, max: 15 }), { maxLength: 3 })
        .map((days) => days.sort((a, b) => a - b)),
      every: fc.option(fc.constantFrom('P1D', 'P3D', 'P1W', 'P1M'), { nil: undefined }),
      max: fc.integer({ min: 1, max: 8 }),
      misfire: fc.constantFrom('collapse' as const, 'all' as const, 'skip' as const),
    })
    .filter(({ offsets, every }) => offsets.length > 0 || every !== undefined)
    .map(({ offsets, every, max, ...rest }): Omit<TimerRule, 'key'> => {
      const does = { action: 'remind', to: ['lead_unit.focal_point'] } as const;
      return {
        ...rest,
        name: { vi: 'Nhắc', en: 'Remind' },
        states: ['assigned'],
        max: every === undefined ? offsets.length : Math.max(max, offsets.length),
        steps: offsets.map((days) => ({ offset: days < 0 ? `-P${-days}D` : `P${days}D`, ...does })),
        ...(every === undefined ? {} : { repeat: { every, ...does } }),
      };
    });

  it(`never fire early, and never leave one out (seed ${seed})`, async () => {
    const { pool, store, intentions, clock } = world;
    const office = actor({ role: 'office' });
    const fire = fireTimers(store, intentions, clock, quiet);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: -5, max: 25 }),
        fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.boolean(), fc.nat(10 * 24 * 60)), {
          minLength: 3,
          maxLength: 10,
        }),
        async (rules, dueIn, looks) => {
          number += 1;
          const started = clock.now();
          const definition: Definition = {
            ...simpleDefinition,
            key: `random-${number}`,
            timers: rules.map((each, index) => ({ key: `r${index}`, ...each })),
          };
          await pool.query(
            `insert into workflow_definition values ($1, 1, 'published', 'x', 'x', $2, repeat('0', 64), 'test', now(), now(), null)`,
            [definition.key, JSON.stringify(definition)],
          );
          const command = assignment(number, {
            due: { kind: 'on_or_before', day: addDays(started.toISOString().slice(0, 10), dueIn) },
          });
          await assignTask(store, clock)(
            { actor: office, programme: 'P1', workflow: definition.key, command },
            {
              key: { actor: office.id, key: command.id, bodyHash: '' },
              answer: () => ({ status: 201, etag: null, response: '' }),
            },
          );
          // Of all tasks: those of earlier runs go on in the same time.
          const ids = async () =>
            (await pool.query('select id from intention where rule is not null')).rows.map(({ id }) => id as string);
          for (const [around, nextDue, minutes] of looks) {
            // Just before, at and after the moment of the next timer, or some time later.
            const { rows } = await pool.query<{ next: Date | null }>(
              'select min(due_at) as next from intention where task_id = $1 and rule is not null',
              [command.id],
            );
            const next = rows[0]?.next;
            const to = nextDue && next ? next.getTime() + around : clock.now().getTime() + minutes * 60_000;
            clock.advance(Math.max(0, to - clock.now().getTime()));
            const hints = await ids();
            await Promise.all([fire(hints), fire([...hints].reverse())]);
            expect(await check({ pool, store, now: clock.now() })).to.deep.equal([]);
          }
        },
      ),
      { numRuns: 20, seed },
    );
    const { rows } = await pool.query(
      `select count(*)::integer as fired from task_event where type = 'task.timer_fired'`,
    );
    expect(rows[0].fired).to.be.greaterThan(50);
  });
});
