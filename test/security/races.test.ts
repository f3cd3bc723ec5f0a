// S4: permission, state and separation of duties are judged on what the write itself still finds.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { presentActor } from '../../src/adapters/db/present-actor.ts';
import type { TaskStore } from '../../src/application/ports.ts';
import { applyCommand, applyMany, assignTask } from '../../src/application/tasks/apply.ts';
import type { Actor, Membership } from '../../src/domain/organisation/actor.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import type { Command, Task } from '../../src/domain/workflow/task.ts';
import { dice, office } from '../support/histories.ts';
import { actor, openWorld, type World } from '../support/world.ts';

const head = actor({ role: 'head', unit: 'SNV' });
const answer = (task: Task) => ({ status: 200, etag: null, response: JSON.stringify(task) });
const keyOf = (who: Actor) => ({ actor: who.id, key: randomUUID(), bodyHash: '' });

describe('What changes between reading and writing', () => {
  let world: World;
  let otherAppraiser: Actor;
  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions, '2022-03-01');
    otherAppraiser = await account({ role: 'appraiser', unit: 'STTTT' });
  });
  after(() => world.close());

  const sql = (text: string, ...values: readonly unknown[]) => world.pool.query(text, [...values]);

  /** An account as a request finds it: with the name of what its rights were read from. */
  const account = async (...memberships: readonly Membership[]): Promise<Actor> => {
    const person = actor(...memberships);
    await world.enrol(person);
    return present(person.id);
  };
  const present = async (id: string): Promise<Actor> => {
    const found = await presentActor(world.pool)(id, world.clock.now());
    if (!found?.standing) throw new Error('An account without standing.');
    return found;
  };

  const change = async (task: Task, who: Actor, command: Command, store: TaskStore = world.store): Promise<Task> => {
    const { answer: told } = await applyCommand(store, world.clock)(
      { taskId: task.id, actor: who, command: command as never, expectedVersion: task.version },
      { key: keyOf(who), answer },
    );
    return JSON.parse(told.response);
  };
  const move = (transition: string, more: object = {}) => ({ type: 'transition', transition, ...more }) as Command;

  const underReview = async (): Promise<Task> => {
    const id = randomUUID();
    const { answer: told } = await assignTask(world.store, world.clock)(
      {
        actor: office,
        programme: 'P1',
        command: {
          type: 'assign',
          id,
          code: `P1-${id}`,
          title: 'Nhiệm vụ',
          kind: 'own',
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          due: { kind: 'on_or_before', day: '2022-12-31' },
        },
      },
      { key: keyOf(office), answer },
    );
    const taken = await change(JSON.parse(told.response), head, move('acknowledge'));
    const evidence = [{ title: 'Báo cáo' }];
    return change(taken, head, move('submit', { fields: { result: 'Xong', achieved: 100 }, evidence }));
  };

  /** Something happens, and is over, after the task was read and before anything is written. */
  const between = (happens: () => Promise<unknown>): TaskStore => {
    let once: (() => Promise<unknown>) | undefined = happens;
    return {
      ...world.store,
      async commit(changes, now) {
        const first = once;
        once = undefined;
        await first?.();
        return world.store.commit(changes, now);
      },
    };
  };

  const stands = async ({ id }: Task): Promise<string> =>
    (await sql('select category from task where id = $1', id)).rows[0].category;

  /** What may happen to the right of somebody who is about to decide, and what they are told then. */
  const interferences: Readonly<
    Record<string, { readonly to: (person: Actor, task: Task) => Promise<unknown>; readonly told: readonly string[] }>
  > = {
    'the role is taken away': {
      to: ({ id }) => sql('delete from membership where account_id = $1', id),
      told: ['task.not_found', 'permission.denied'],
    },
    'the role ends with yesterday': {
      to: ({ id }) =>
        sql(`update membership set valid_from = '2022-01-01', valid_to = '2022-03-01' where account_id = $1`, id),
      told: ['task.not_found', 'permission.denied'],
    },
    'the agency becomes another': {
      to: ({ id }) => sql(`update membership set unit = 'TPCL' where account_id = $1`, id),
      told: ['task.not_found', 'permission.denied'],
    },
    'the field becomes another': {
      to: ({ id }) => sql(`update membership set field = 'KHAC' where account_id = $1`, id),
      told: ['task.not_found', 'permission.denied'],
    },
    'the account is switched off': {
      to: ({ id }) => sql('update account set active = false where id = $1', id),
      told: ['session.required', 'permission.denied'],
    },
    'an absence is entered': {
      to: ({ id }) =>
        sql(
          `insert into absence (id, account_id, from_day, until_day, created_by, created_at)
           values ($1, $2, '2022-03-01', '2022-03-05', 'test', now())`,
          randomUUID(),
          id,
        ),
      told: ['appraisal.absent'],
    },
    'they join the unit they appraise': {
      to: ({ id }) => sql(`insert into membership (account_id, role, unit) values ($1, 'focal_point', 'SNV')`, id),
      told: ['conflict_of_interest'],
    },
    'they become author of the evidence': {
      // By its number the task has moved, as with every event.
      to: async (person, task) => {
        await sql(`insert into membership (account_id, role, unit) values ($1, 'focal_point', 'SNV')`, person.id);
        const unitSide = await present(person.id);
        const asked = await change(task, otherAppraiser, { type: 'request_information', question: 'Số liệu ở đâu?' });
        await change(asked, unitSide, {
          type: 'answer_information',
          answer: 'Ở đây',
          evidence: [{ title: 'Số liệu' }],
        });
        await sql(`delete from membership where account_id = $1 and unit = 'SNV'`, person.id);
      },
      told: ['version.stale', 'conflict_of_interest'],
    },
  };

  it('S4: never lets somebody decide who at the write no longer may: 200 races', async function () {
    this.timeout(120_000);
    const roll = dice(4);
    const outcomes = { before: 0, between: 0, after: 0 };
    const kinds = Object.entries(interferences);
    for (let race = 0; race < 200; race += 1) {
      const [name, { to, told }] = kinds[race % kinds.length] as (typeof kinds)[number];
      const person = await account({ role: 'appraiser', unit: 'STTTT' });
      const task = await underReview();
      const when = roll.pick(['before', 'between', 'between', 'after'] as const);
      outcomes[when] += 1;
      const decide = async (store: TaskStore) =>
        change(task, person, move(roll.pick(['approve', 'return']), reasoned), store);

      // The request came in, and was known for who it is, before all of these.
      if (when === 'before') await to(person, task);
      const refused = await decide(when === 'between' ? between(() => to(person, task)) : world.store).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (when === 'after') {
        expect(refused, name).to.equal(undefined);
        await to(person, task).catch(() => undefined);
        expect(await stands(task), name).to.not.equal('awaiting_appraisal');
        continue;
      }
      expect(refused, `${name} ${when}`).to.be.instanceOf(Refusal);
      expect((refused as Refusal).code, `${name} ${when}`).to.be.oneOf([...told]);
      expect(await stands(task), `${name} ${when}`).to.equal('awaiting_appraisal');
      const { rows } = await sql(
        'select 1 from task_event where task_id = $1 and actor = $2 and type = $3',
        task.id,
        person.id,
        'task.moved',
      );
      expect(rows, name).to.deep.equal([]);
    }
    expect(Math.min(...Object.values(outcomes))).to.be.greaterThan(20);
  });

  it('S4: never lets a substitute decide whose absence, or whose absent member’s seat, ended before the write', async () => {
    for (const end of [
      'update absence set cancelled_at = now() where substitute = $1',
      `update absence set until_day = '2022-03-01' where substitute = $1`,
      'delete from membership where account_id = (select account_id from absence where substitute = $1)',
      'update account set active = false where id = (select account_id from absence where substitute = $1)',
    ]) {
      const away = await account({ role: 'appraiser', unit: 'STTTT' });
      const { id } = await account({ role: 'focal_point', unit: 'TPCL' });
      await sql(
        `insert into absence (id, account_id, from_day, until_day, substitute, signing, created_by, created_at)
         values ($1, $2, '2022-02-01', '2022-03-05', $3, 'TUQ.', 'test', now())`,
        randomUUID(),
        away.id,
        id,
      );
      const substitute = await present(id);
      const [decided, kept] = [await underReview(), await underReview()];
      expect((await change(decided, substitute, move('approve'))).category).to.equal('done');

      const refused = await change(
        kept,
        substitute,
        move('approve'),
        between(() => sql(end, id)),
      ).catch((error: unknown) => error);

      expect(refused).to.be.instanceOf(Refusal);
      expect((refused as Refusal).code).to.equal('task.not_found');
      expect(await stands(kept)).to.equal('awaiting_appraisal');
    }
  });

  it('S4: of many at once writes none when the right ends before the write', async () => {
    const person = await account({ role: 'appraiser', unit: 'STTTT' });
    const tasks = [await underReview(), await underReview(), await underReview()];
    const store = between(() => sql('delete from membership where account_id = $1', person.id));

    const { ok, failed } = await applyMany(
      store,
      world.clock,
    )({
      actor: person,
      command: move('approve') as never,
      items: tasks.map(({ id, version }) => ({ taskId: id, expectedVersion: version })),
      key: keyOf(person),
    });

    expect(ok).to.deep.equal([]);
    expect([...failed.values()].map(({ code }) => code)).to.deep.equal(Array(3).fill('task.not_found'));
    for (const task of tasks) expect(await stands(task)).to.equal('awaiting_appraisal');
  });

  it('S4: lets who was given another right meanwhile, and still has this one, go on', async () => {
    const person = await account({ role: 'appraiser', unit: 'STTTT' });
    const task = await underReview();
    const more = () =>
      sql(`insert into membership (account_id, role, unit) values ($1, 'appraiser', 'TPCL')`, person.id);

    expect((await change(task, person, move('approve'), between(more))).category).to.equal('done');
  });

  it('S4: assigns nothing for who lost the right to assign before the write', async () => {
    const person = await account({ role: 'aggregator', programme: 'P1' });
    const id = randomUUID();
    const store = between(() => sql(`update membership set programme = 'P9' where account_id = $1`, person.id));

    const refused = await assignTask(store, world.clock)(
      {
        actor: person,
        programme: 'P1',
        command: {
          type: 'assign',
          id,
          code: `P1-${id}`,
          title: 'Nhiệm vụ',
          kind: 'own',
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          due: { kind: 'on_or_before', day: '2022-12-31' },
        },
      },
      { key: keyOf(person), answer },
    ).catch((error: unknown) => error);

    expect((refused as Refusal).code).to.equal('permission.denied');
    expect((await sql('select 1 from task where id = $1', id)).rows).to.deep.equal([]);
  });
});

const reasoned = { reason: 'Chưa đủ số liệu' };
