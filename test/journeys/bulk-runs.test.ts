import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { itemsOf, manyTasks } from '../support/many-tasks.ts';
import { assigned, eventsOf, letter } from '../support/tasks.ts';

describe('One deed on many tasks, as a run', function () {
  this.timeout(60_000);
  const office = suiteOffice();
  const as = (name: string) => office().as(name);
  const start = (name: string, body: object, key: string = randomUUID()) =>
    as(name).post('/tasks/bulk-runs', body, { key });
  const read = (name: string, id: string) => done(as(name).get(`/tasks/bulk-runs/${id}`));
  const finished = async (name: string, body: object): Promise<Json> => {
    const { id } = await done(start(name, body));
    await office().workers.settle();
    return read(name, id);
  };
  const stopping = { kind: 'transition', transition: 'stop', reason: 'UBND Tỉnh cho dừng.', document: letter };
  const versions = async (tasks: readonly Json[]): Promise<readonly number[]> => {
    const { rows } = await office().pool.query('select id, version from task where id = any($1)', [
      tasks.map(({ id }) => id),
    ]);
    const of = new Map(rows.map(({ id, version }: Json) => [id, version]));
    return tasks.map(({ id }) => of.get(id));
  };
  const urged = async (tasks: readonly Json[]): Promise<number> => {
    const { rows } = await office().pool.query(
      `select count(*)::integer as n from task_event where type = 'task.urged' and task_id = any($1)`,
      [tasks.map(({ id }) => id)],
    );
    return rows[0].n;
  };

  it('is accepted at once, done by a worker, and says of 50 tasks that 43 are done and why 7 are not', async () => {
    const tasks = await manyTasks(office(), 50);
    const accepted = await start('office', { ...stopping, items: itemsOf(tasks) });
    expect(accepted.status).to.equal(202);
    expect(accepted.headers.get('location')).to.equal(`/api/v1/tasks/bulk-runs/${accepted.body.id}`);
    expect(accepted.body).to.include({
      kind: 'transition',
      status: 'waiting',
      total: 50,
      processed: 0,
      ok: 0,
      refused: 0,
    });
    // Seven change after they were seen.
    for (const { id, version } of tasks.slice(10, 17))
      await done(as('office').post(`/tasks/${id}/urgings`, { channel: 'phone' }, { ifMatch: version }));

    await office().workers.settle();

    const run = await read('office', accepted.body.id);
    expect(run).to.include({ status: 'done', total: 50, processed: 50, ok: 43, refused: 7 });
    expect(run.refusals.map(({ id }: Json) => id)).to.deep.equal(tasks.slice(10, 17).map(({ id }) => id));
    for (const { task, code, vi, en, details } of run.refusals) {
      expect([code, details.expectedVersion, details.currentVersion]).to.deep.equal(['version.stale', 1, task.version]);
      expect(task).to.include({ programme: 'CK', version: 2 });
      expect(vi).to.contain('đã được thay đổi');
      expect(en).to.have.length.greaterThan(10);
    }
    const [last] = (await eventsOf(office(), tasks[0]?.id)).slice(-1);
    expect([last.type, last.payload.document, last.payload.reason]).to.deep.equal([
      'task.moved',
      letter,
      'UBND Tỉnh cho dừng.',
    ]);
  });

  it('takes 1,000 tasks in portions, and whoever started it finds it again among their own', async () => {
    const tasks = await manyTasks(office(), 1_000, 1_000);
    const { id } = await done(
      start('office', { kind: 'urge', channel: 'letter', document: letter, items: itemsOf(tasks) }),
    );
    const listed = async (name: string) =>
      (await done(as(name).get('/tasks/bulk-runs'))).items.map((run: Json) => [run.id, run.status, run.processed]);
    expect(await listed('office')).to.deep.include([id, 'waiting', 0]);

    await office().workers.settle();

    expect(await listed('office')).to.deep.include([id, 'done', 1_000]);
    expect(await listed('leader')).to.deep.equal([]);
    expect(await urged(tasks)).to.equal(1_000);
    const run = await read('office', id);
    expect([run.ok, run.refused, run.refusals]).to.deep.equal([1_000, 0, []]);
  });

  it('says beforehand what would become of each, and writes nothing', async () => {
    const tasks = await manyTasks(office(), 3, 3_000);
    await done(as('office').post(`/tasks/${tasks[0]?.id}/urgings`, { channel: 'phone' }, { ifMatch: 1 }));
    for (const deed of [{ kind: 'urge', channel: 'phone' }, stopping]) {
      const preview = await done(as('office').post('/tasks/bulk-runs/preview', { ...deed, items: itemsOf(tasks) }));
      expect([preview.ok.length, Object.keys(preview.failed)]).to.deep.equal([2, [tasks[0]?.id]]);
    }
    expect(await versions(tasks)).to.deep.equal([2, 1, 1]);
  });

  it('is the same run when it is asked for again with its key, and another body under the key is refused', async () => {
    const tasks = await manyTasks(office(), 2, 4_000);
    const key = randomUUID();
    const body = { kind: 'urge', channel: 'phone', items: itemsOf(tasks) };
    const [first, second] = await Promise.all([start('office', body, key), start('office', body, key)]);
    expect([first.status, second.status, second.body.id]).to.deep.equal([202, 202, first.body.id]);
    await office().workers.settle();
    expect((await done(start('office', body, key))).status).to.equal('done');
    await office().workers.settle();
    expect(await urged(tasks)).to.equal(2);
    const other = await start('office', { ...body, channel: 'letter' }, key);
    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency_key.reused']);
  });

  it('judges by the rights of the moment of the deed: who lost them meanwhile gets refusals, and the audit list one entry', async () => {
    const tasks = await manyTasks(office(), 120, 5_000);
    await office().hire({ name: 'theo-doi', memberships: [{ role: 'specialist' }] });
    const { id } = await done(start('theo-doi', { kind: 'urge', channel: 'phone', items: itemsOf(tasks) }));
    await office().pool.query(
      `update membership set role = 'focal_point', unit = 'SNV' where account_id = (select id from account where name = 'theo-doi')`,
    );

    await office().workers.settle();

    const run = await read('theo-doi', id);
    expect(run).to.include({ status: 'done', processed: 120, ok: 0, refused: 120 });
    expect(new Set(run.refusals.map(({ code }: Json) => code))).to.deep.equal(new Set(['permission.denied']));
    expect(await urged(tasks)).to.equal(0);
    const { rows } = await office().pool.query(`select action, detail from audit_entry where object = $1 order by id`, [
      `bulk run ${id}`,
    ]);
    expect(rows.map(({ action, detail }: Json) => [action, detail.count ?? detail.tasks])).to.deep.equal([
      ['bulk_run.started', 120],
      ['security.denied', 120],
    ]);
  });

  it('refuses every task of an account that is active no more', async () => {
    const tasks = await manyTasks(office(), 2, 6_000);
    await office().hire({ name: 'nghi-viec', memberships: [{ role: 'office' }] });
    const { id } = await done(start('nghi-viec', { kind: 'urge', channel: 'phone', items: itemsOf(tasks) }));
    await office().pool.query(`update account set active = false where name = 'nghi-viec'`);
    await office().workers.settle();
    expect(await read('auditor', id)).to.include({ status: 'done', ok: 0, refused: 2 });
  });

  it('is shown to whoever started it and to who reads the audit list, with no more of a task than they may see', async () => {
    const foreign = await assigned(office(), { leadUnit: 'TPCL', appraiserUnit: 'VPUBND' });
    const run = await finished('unit.snv', {
      kind: 'transition',
      transition: 'acknowledge',
      items: itemsOf([foreign]),
    });
    expect(run.refusals).to.have.length(1);
    expect([run.refusals[0].code, run.refusals[0].task]).to.deep.equal(['task.not_found', null]);
    for (const name of ['auditor', 'admin'])
      expect((await read(name, run.id)).refusals[0].task.title, name).to.equal(foreign.title);
    for (const name of ['office', 'unit.tpcl', 'leader']) {
      const { status, body } = await as(name).get(`/tasks/bulk-runs/${run.id}`);
      expect([status, body.code], name).to.deep.equal([404, 'bulk_run.not_found']);
    }
  });

  it('refuses who may do it to no task, a list without items or with one twice, and more than it takes', async () => {
    const [one] = await manyTasks(office(), 1, 7_000);
    const body = (items: readonly Json[]) => ({ kind: 'urge', channel: 'phone', items });
    for (const [name, asked, code] of [
      ['unit.snv', body(itemsOf([one])), 'permission.denied'],
      ['admin', body(itemsOf([one])), 'permission.denied'],
      ['office', body([]), 'input.invalid'],
      ['office', body(itemsOf([one, one])), 'input.invalid'],
      ['office', { kind: 'transition', items: itemsOf([one]) }, 'input.invalid'],
      ['office', { kind: 'assign', items: itemsOf([one]) }, 'input.invalid'],
      ['office', body(Array.from({ length: 10_001 }, () => ({ id: randomUUID(), version: 1 }))), 'input.invalid'],
      ['office', { ...body(itemsOf([one])), note: 'x'.repeat(2_000_000) }, 'body.too_large'],
    ] as const) {
      const answer = await start(name, asked);
      expect([answer.status >= 400, answer.body.code], JSON.stringify(asked).slice(0, 100)).to.deep.equal([true, code]);
    }
    // Nobody who is not signed in has so much read.
    const long = JSON.stringify(body(Array.from({ length: 9_000 }, () => ({ id: randomUUID(), version: 1 }))));
    const unknown = await fetch(`${office().address}/tasks/bulk-runs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' },
      body: long,
    });
    expect(unknown.status).to.equal(401);
  });

  it('takes 10,000 tasks, of which none need be there, and not more than twenty runs at a time', async () => {
    const items = Array.from({ length: 10_000 }, () => ({ id: randomUUID(), version: 1 }));
    const run = await finished('office', { kind: 'urge', channel: 'phone', items });
    expect(run).to.include({ status: 'done', total: 10_000, ok: 0, refused: 10_000 });
    expect(run.refusals).to.have.length(10_000);
    const small = { kind: 'urge', channel: 'phone', items: items.slice(0, 1) };
    for (let n = 0; n < 20; n += 1) await done(start('leader', small));
    expect((await start('leader', small)).body.code).to.equal('bulk_run.too_many');
    await office().workers.settle();
    expect((await start('leader', small)).status).to.equal(202);
    await office().workers.settle();
  });

  it('is kept for a month, and given up when nothing of it could be done for a week', async () => {
    const [task] = await manyTasks(office(), 1, 8_000);
    const over = await finished('office', { kind: 'urge', channel: 'phone', items: itemsOf([task]) });
    const { id } = await done(start('office', { kind: 'urge', channel: 'phone', items: itemsOf([task]) }));
    await office().pool.query(
      `update intention set parked_at = due_at, attempts = 10 where queue = 'bulk' and payload->>'runId' = $1`,
      [id],
    );
    office().clock.moveTo('2022-01-18');
    await office().composition.intentions.plan('housekeeping', 'tidy-up', office().clock.now());
    await office().workers.settle();
    expect(await read('office', id)).to.include({ status: 'failed', processed: 0 });
    expect(await read('office', over.id)).to.include({ status: 'done' });
    office().clock.moveTo('2022-03-01');
    await office().composition.intentions.plan('housekeeping', 'tidy-up', office().clock.now());
    await office().workers.settle();
    for (const each of [id, over.id])
      expect((await as('office').get(`/tasks/bulk-runs/${each}`)).body.code).to.equal('bulk_run.not_found');
  });
});
