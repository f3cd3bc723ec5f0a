import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { applyCommand, assignTask } from '../../../src/application/tasks/apply.ts';
import { fireTimers } from '../../../src/application/tasks/fire-timers.ts';
import type { Actor } from '../../../src/domain/organisation/actor.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import type { Due } from '../../../src/domain/schedule/due.ts';
import type { MoveTask, Task } from '../../../src/domain/workflow/task.ts';
import { simpleDefinition } from '../../support/simple-definition.ts';
import { actor, openWorld, quiet, type World } from '../../support/world.ts';

const answer = (task: Task) => ({ status: 200, etag: `"v${task.version}"`, response: JSON.stringify(task) });
const keyOf = (who: Actor, key: string = randomUUID(), bodyHash = 'hash') => ({ actor: who.id, key, bodyHash });

const office = actor({ role: 'office' });
const focal = actor({ role: 'focal_point', unit: 'SNV' });
const appraiser = actor({ role: 'appraiser', unit: 'STTTT' });
const otherAppraiser = actor({ role: 'appraiser', unit: 'STTTT' });

describe('The one door', () => {
  let world: World;
  before(async () => {
    world = await openWorld([simpleDefinition]);
    await world.enrol(appraiser, otherAppraiser);
  });
  after(() => world.close());

  const assign = async (due: Due = { kind: 'on_or_before', day: '2022-12-31' }): Promise<Task> => {
    const id = randomUUID();
    const applied = await assignTask(world.store, world.clock)(
      {
        actor: office,
        programme: 'P1',
        command: {
          type: 'assign',
          id,
          code: `P1-${id.slice(0, 8)}`,
          title: 'Nhiệm vụ',
          kind: 'own',
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          due,
        },
      },
      { key: keyOf(office), answer },
    );
    return JSON.parse(applied.answer.response);
  };
  const move = async (task: Task, who: Actor, transition: string, rest: Partial<MoveTask> = {}, key = keyOf(who)) => {
    const command: MoveTask = { type: 'transition', transition, ...rest };
    return applyCommand(world.store, world.clock)(
      { taskId: task.id, actor: who, command, expectedVersion: task.version },
      { key, answer },
    );
  };
  const moved = async (...args: Parameters<typeof move>): Promise<Task> =>
    JSON.parse((await move(...args)).answer.response);
  const submitted = async (): Promise<Task> => {
    const acknowledged = await moved(await assign(), focal, 'acknowledge');
    return moved(acknowledged, focal, 'submit', { evidence: [{ title: 'Báo cáo' }] });
  };

  it('leads a task from assignment to appraisal and stores exactly what was decided', async () => {
    const done = await moved(await submitted(), appraiser, 'approve');

    const loaded = (await world.store.load([done.id])).get(done.id);
    expect(loaded?.task).to.deep.equal(done);
    expect(done).to.include({ category: 'done', submittedOn: '2022-01-10', version: 4, seq: 4 });
    const { rows } = await world.pool.query('select rule from intention where task_id = $1 and rule is not null', [
      done.id,
    ]);
    expect(rows).to.deep.equal([]);
  });

  it('gives a replay the first answer, byte for byte, and changes nothing', async () => {
    const task = await assign();
    const key = keyOf(focal);

    const first = await move(task, focal, 'acknowledge', {}, key);
    const second = await move(task, focal, 'acknowledge', {}, key);

    expect(second).to.deep.equal({ answer: first.answer, replayed: true });
    expect((await world.store.load([task.id])).get(task.id)?.task.seq).to.equal(2);
  });

  it('refuses a key that comes again with another body', async () => {
    const task = await assign();
    await move(task, focal, 'acknowledge', {}, keyOf(focal, 'once', 'a'));

    const again = await refusal(move(task, focal, 'acknowledge', {}, keyOf(focal, 'once', 'b')));

    expect(again.code).to.equal('idempotency_key.reused');
  });

  it('lets exactly one of two simultaneous appraisers win', async () => {
    for (let round = 0; round < 20; round += 1) {
      const task = await submitted();

      const results = await Promise.allSettled([
        move(task, appraiser, 'approve'),
        move(task, otherAppraiser, 'reject', { reason: 'Thiếu minh chứng' }),
        move(task, office, 'stop', { document: { number: '1/QĐ-UBND', date: '2022-01-09', issuer: 'UBND Tỉnh' } }),
      ]);

      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      for (const result of results)
        if (result.status === 'rejected')
          expect((result.reason as Refusal).code).to.be.oneOf(['version.stale', 'task.wrong_state']);
    }
  });

  it('answers a double click once and the same twice', async () => {
    const task = await assign();
    const key = keyOf(focal);

    const [first, second] = await Promise.all([
      move(task, focal, 'acknowledge', {}, key),
      move(task, focal, 'acknowledge', {}, key),
    ]);

    expect(first.answer).to.deep.equal(second.answer);
    expect([first.replayed, second.replayed].sort()).to.deep.equal([false, true]);
  });

  it('urges an undated task of 30 November on 28 February and 30 May, once each', async () => {
    world.clock.moveTo('2022-11-30');
    const task = await assign({ kind: 'none', reason: 'Chờ chỉ đạo' });
    const stored = async () =>
      (
        await world.pool.query('select id, occurrence, due_at from intention where task_id = $1 and rule is not null', [
          task.id,
        ])
      ).rows;
    const fire = fireTimers(world.store, world.intentions, world.clock, quiet);
    const [first] = await stored();
    expect(first.due_at.toISOString()).to.equal('2023-02-28T01:00:00.000Z');

    world.clock.moveTo('2023-02-28', '07:59');
    expect(await fire([first.id])).to.deep.equal({ fired: 0, skipped: 0 });
    world.clock.moveTo('2023-02-28', '08:00');
    expect(await Promise.all([fire([first.id]), fire([first.id])])).to.have.deep.members([
      { fired: 1, skipped: 0 },
      { fired: 0, skipped: 0 },
    ]);

    const [second] = await stored();
    expect(second).to.include({ occurrence: 2 });
    expect(second.due_at.toISOString()).to.equal('2023-05-30T01:00:00.000Z');
    expect((await world.store.load([task.id])).get(task.id)?.task).to.include({ version: 1, seq: 2 });
  });
});

const refusal = async (attempt: Promise<unknown>): Promise<Refusal> => {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};
