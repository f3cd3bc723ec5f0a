// A run that is killed in the middle, taken by many at once, or meets others on its tasks: every task has the deed once or a refusal.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from '../adapters/queue/harness.ts';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { itemsOf, manyTasks } from '../support/many-tasks.ts';
import { chance, seed } from './chance.ts';

const day = '2022-01-10';

describe('A run on many tasks', function () {
  this.timeout(120_000);
  const office = suiteOffice({ day });
  const start = (tasks: readonly Json[]) =>
    done(
      office()
        .as('office')
        .post('/tasks/bulk-runs', { kind: 'urge', channel: 'phone', items: itemsOf(tasks) }),
    );
  const read = (id: string) => done(office().as('office').get(`/tasks/bulk-runs/${id}`));
  const waiting = async (): Promise<readonly string[]> =>
    (await office().pool.query(`select id from intention where queue = 'bulk'`)).rows.map(({ id }) => id);
  const processed = async (id: string): Promise<number> =>
    (await office().pool.query('select processed from bulk_run where id = $1', [id])).rows[0].processed;
  /** How many tasks have been urged how often. */
  const urgings = async (tasks: readonly Json[]): Promise<Readonly<Record<number, number>>> => {
    const { rows } = await office().pool.query(
      `select n, count(*)::integer as tasks from (
         select t.id, (select count(*)::integer from task_event e where e.task_id = t.id and e.type = 'task.urged') as n
         from task t where t.id = any($1)) u group by n`,
      [tasks.map(({ id }) => id)],
    );
    return Object.fromEntries(rows.map(({ n, tasks: count }) => [n, count]));
  };
  const worker = (ids: readonly string[]) => {
    const file = fileURLToPath(new URL('child-bulk.ts', import.meta.url));
    const { databaseUrl, folder } = office();
    const argument = JSON.stringify({ databaseUrl, folder, day, ids });
    const child = spawn(process.execPath, ['--import', 'tsx', file, argument], { stdio: 'inherit' });
    return { child, ended: once(child, 'close') };
  };

  it('whose workers are killed in the middle, again and again, does nothing twice and leaves nothing out', async () => {
    const tasks = await manyTasks(office(), 1_200);
    const { id } = await start(tasks);
    const dice = chance(seed);
    let kills = 0;
    for (let before = 0; (await waiting()).length > 0 && kills < 3; before = await processed(id)) {
      const { child, ended } = worker(await waiting());
      const goal = before + 100 * (1 + dice.below(4));
      await eventually(async () => (await processed(id)) >= goal);
      child.kill('SIGKILL');
      await ended;
      // Between two portions or within one: what is told is what is done.
      const count = await processed(id);
      expect((await urgings(tasks))[1] ?? 0).to.equal(count);
      if (count < 1_200) kills += 1;
    }
    expect(kills).to.be.greaterThan(0);
    const last = worker(await waiting());
    expect(await last.ended).to.deep.equal([0, null]);
    expect(await read(id)).to.include({ status: 'done', processed: 1_200, ok: 1_200, refused: 0 });
    expect(await urgings(tasks)).to.deep.equal({ 1: 1_200 });
    expect(await waiting()).to.deep.equal([]);
  });

  it('that several workers hold at once, here and in another process, is done once', async () => {
    const tasks = await manyTasks(office(), 600, 10_000);
    const { id } = await start(tasks);
    const ids = await waiting();
    const { ended } = worker(ids);
    const here = async (): Promise<void> => {
      while ((await waiting()).length > 0) await office().composition.handlers.bulk?.(ids);
    };
    await Promise.all([here(), here(), here(), ended]);
    expect(await read(id)).to.include({ status: 'done', ok: 600, refused: 0 });
    expect(await urgings(tasks)).to.deep.equal({ 1: 600 });
  });

  it('gives each task to one of two runs that meet on it, and tells the other that it changed', async () => {
    const tasks = await manyTasks(office(), 300, 20_000);
    const runs = [await start(tasks), await start([...tasks].reverse())];
    const ids = await waiting();
    const turn = async (): Promise<void> => {
      while ((await waiting()).length > 0) {
        for (const each of ids) await office().composition.handlers.bulk?.([each]);
        // One that was the victim of a deadlock comes again later.
        await office().pool.query(`update intention set ready_at = due_at where queue = 'bulk'`);
      }
    };
    await Promise.all([turn(), turn()]);
    const [first, second] = await Promise.all(runs.map(({ id }) => read(id)));
    expect(first.ok + second.ok).to.equal(300);
    expect(first.refused + second.refused).to.equal(300);
    for (const { code } of [...first.refusals, ...second.refusals]) expect(code).to.equal('version.stale');
    expect(await urgings(tasks)).to.deep.equal({ 1: 300 });
  });

  it('leaves what people do meanwhile as it is, and refuses what they changed', async () => {
    const tasks = await manyTasks(office(), 400, 30_000);
    const { id } = await start(tasks);
    const people = tasks.filter((_, index) => index % 10 === 5);
    const ask = async ({ id: taskId, version }: Json): Promise<number> =>
      (await office().as('leader').post(`/tasks/${taskId}/urgings`, { channel: 'letter' }, { ifMatch: version }))
        .status;
    await office().as('leader').token();
    const [statuses] = await Promise.all([Promise.all(people.map(ask)), office().workers.settle()]);
    const run = await read(id);
    expect(run.processed).to.equal(400);
    expect(run.refused).to.equal(statuses.filter((status) => status === 200).length);
    expect(await urgings(tasks)).to.deep.equal({ 1: 400 });
  });

  it('counts an attempt that failed and goes on from where it was', async () => {
    const tasks = await manyTasks(office(), 250, 40_000);
    const { id } = await start(tasks);
    await office().pool.query(`create function bulk_stumble() returns trigger language plpgsql as $$
      begin if new.processed > 100 then raise exception 'stumbled'; end if; return new; end $$`);
    await office().pool.query(
      'create trigger stumble before update on bulk_run for each row execute function bulk_stumble()',
    );
    await office().composition.handlers.bulk?.(await waiting());
    expect(await processed(id)).to.equal(100);
    expect(await urgings(tasks)).to.deep.equal({ 0: 150, 1: 100 });
    const { rows } = await office().pool.query(`select attempts, last_error from intention where queue = 'bulk'`);
    expect(rows).to.deep.equal([{ attempts: 1, last_error: 'error: stumbled' }]);
    await office().pool.query('drop trigger stumble on bulk_run');
    await office().composition.handlers.bulk?.(await waiting());
    expect(await read(id)).to.include({ status: 'done', ok: 250 });
    expect(await urgings(tasks)).to.deep.equal({ 1: 250 });
  });
});
