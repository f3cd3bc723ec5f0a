// The list asks the database for a scope, single tasks ask can(): the two must be one rule.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { listTasks } from '../../src/adapters/db/queries/tasks.ts';
import { assignTask } from '../../src/application/tasks/apply.ts';
import { type Actor, type Membership, roles } from '../../src/domain/organisation/actor.ts';
import { can, taskScope } from '../../src/domain/organisation/policy.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import type { AssignTask, Task } from '../../src/domain/workflow/task.ts';
import { type Dice, dice, office } from '../support/histories.ts';
import { openWorld, units, type World } from '../support/world.ts';

const fields = ['CCHC', 'CNTT', 'DAT'] as const;
const programmes = ['P1', 'P2'] as const;
/** Some of whom were named to follow tasks. */
const people = [randomUUID(), randomUUID(), randomUUID()] as const;

describe('The scope of a reader', () => {
  let world: World;
  const tasks: Task[] = [];
  const roll = dice(2022);

  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions);
    await world.pool.query(`insert into programme select 'P2', name, noun, year, workflow, calendar, roll, soon_days,
      default_due, aggregator, illustrative, created_at from programme`);
    for (let index = 0; index < 150; index += 1) {
      const task = await assign(world, roll, index);
      const followers =
        roll(2) === 0 ? [] : [{ account: roll.pick(people), unit: roll.pick(units), since: '2022-01-10' }];
      await world.pool.query('update task set followers = $2 where id = $1', [task.id, JSON.stringify(followers)]);
      tasks.push({ ...task, followers });
    }
  });
  after(() => world.close());

  it('S1: lists for anybody exactly the tasks they may read, now and as of a day', async function () {
    this.timeout(120_000);
    const list = listTasks(world.pool);
    const now = world.clock.now();
    let listed = 0;
    for (let round = 0; round < 250; round += 1) {
      const actor = somebody(roll);
      const mine = tasks.filter((task) => can(actor, 'task.read', { kind: 'task', task }));
      const scope = taskScope(actor);
      for (const programme of [undefined, 'P1'] as const)
        for (const times of [undefined, { before: new Date(now.getTime() + 1), known: now }]) {
          if (times && !programme) continue;
          const { items } = await list({
            filter: { programme },
            scope,
            sort: 'code',
            limit: 1000,
            ...(times ? { times } : {}),
            today: '2022-01-10',
          });
          const expected = mine.filter((task) => programme === undefined || task.programme === programme);
          expect(
            items.map(({ code }) => code),
            JSON.stringify(actor),
          ).to.deep.equal(expected.map(({ code }) => code));
          listed += items.length;
        }
    }
    expect(listed).to.be.greaterThan(5_000);
  });
});

const maybe = <T>(roll: Dice, items: readonly T[]): T | undefined => (roll(2) === 0 ? undefined : roll.pick(items));

/** One to three memberships, each with or without every bound, and sometimes somebody to stand in for or a unit to succeed. */
const somebody = (roll: Dice): Actor => ({
  id: roll.pick(people),
  name: 'Người thử',
  memberships: Array.from({ length: roll(4) }, (): Membership => {
    // Roles that see everything come less often: they would hide what the others see.
    const role =
      roll(12) === 0
        ? roll.pick(roles)
        : roll.pick(['specialist', 'head', 'focal_point', 'member', 'appraiser', 'aggregator'] as const);
    return { role, unit: maybe(roll, units), programme: maybe(roll, programmes), field: maybe(roll, fields) };
  }),
  ...(roll(3) === 0 ? { succeeds: [{ former: roll.pick(units), unit: roll.pick(units) }] } : {}),
  ...(roll(3) === 0
    ? { standsInFor: [{ account: randomUUID(), unit: roll.pick(units), field: maybe(roll, fields) }] }
    : {}),
});

const assign = async (world: World, roll: Dice, index: number): Promise<Task> => {
  const id = randomUUID();
  const leadUnit = roll.pick(units);
  const others = units.filter((unit) => unit !== leadUnit);
  const appraiserUnit = roll.pick(others);
  const participants = others.filter((unit) => unit !== appraiserUnit && roll(4) === 0);
  const field = maybe(roll, fields);
  const command: AssignTask = {
    type: 'assign',
    id,
    code: `T-${String(index).padStart(3, '0')}`,
    title: `Nhiệm vụ ${index}`,
    kind: 'own',
    leadUnit,
    appraiserUnit,
    participants,
    due: { kind: 'on_or_before', day: '2022-12-31' },
    ...(field ? { field } : {}),
  };
  let task: Task | undefined;
  await assignTask(world.store, world.clock)(
    { actor: office, programme: roll.pick(programmes), command },
    {
      key: { actor: office.id, key: id, bodyHash: '' },
      answer: (created) => {
        task = created;
        return { status: 201, etag: null, response: '{}' };
      },
    },
  );
  return task as unknown as Task;
};
