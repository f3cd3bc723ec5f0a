import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, aTask, eventsOf, firedOn, letter, moved } from '../support/tasks.ts';

// Letter 002 (Bình Định, 3/2022), items 3 and 4.
describe('Work without a deadline', () => {
  const office = suiteOffice({ day: '2022-11-30' });
  const as = (name: string) => office().as(name);
  const undated = { due: { kind: 'none', reason: 'Chờ hướng dẫn của Trung ương' } };

  it('is refused when a product is named and neither a deadline nor the reason for having none', async () => {
    const product = { product: 'Đề án' };
    const { due: _due, ...without } = aTask(product);

    const missing = await as('office').post('/tasks', without);
    const blank = await as('office').post('/tasks', aTask({ ...product, due: { kind: 'none', reason: '  ' } }));
    const silent = await as('office').post('/tasks', aTask({ ...product, due: { kind: 'none' } }));

    expect([missing.status, missing.body.code]).to.deep.equal([422, 'task.deadline_required']);
    expect([blank.status, blank.body.errors[0].pointer]).to.deep.equal([400, '/due/reason']);
    expect([silent.status, silent.body.errors[0].pointer]).to.deep.equal([400, '/due/reason']);
    expect((await done(as('office').get('/tasks?programme=CK'))).total).to.equal(0);
  });

  it('takes the deadline of its programme where it has none of its own', async () => {
    await office().programme('CK-HAN', { defaultDue: { kind: 'on_or_before', day: '2023-12-31' } });
    const { due: _due, ...without } = aTask({ programme: 'CK-HAN' });

    expect(await done(as('office').post('/tasks', without))).to.include({ dueOn: '2023-12-31' });
  });

  it('assigned on 30 November is urged on 28 February and on 30 May, once each, and stands in the register', async () => {
    const task = await acknowledged(office(), undated);
    expect(task).to.include({ deadline: 'undated', dueOn: null });

    await office().workers.liveUntil('2023-02-28', '07:29');
    expect(await firedOn(office(), task.id, 'undated')).to.deep.equal([]);
    await office().workers.liveUntil('2023-06-15');
    await office().workers.settle();

    expect(await firedOn(office(), task.id, 'undated')).to.deep.equal(['2023-02-28', '2023-05-30']);
    const urged = (await eventsOf(office(), task.id)).filter(({ payload }) => payload.rule === 'undated');
    expect(urged.map(({ payload }) => [payload.k, payload.action, payload.to])).to.deep.equal([
      [1, 'urge', ['lead_unit.head', 'lead_unit.focal_point']],
      [2, 'urge', ['lead_unit.head', 'lead_unit.focal_point']],
    ]);
    const register = await done(as('office').get('/tasks?programme=CK&deadline=undated'));
    expect(register.items.map(({ id }: { id: string }) => id)).to.deep.equal([task.id]);
  });

  it('is urged once for all that an outage of half a year swallowed', async () => {
    office().clock.moveTo('2023-06-30');
    const task = await acknowledged(office(), undated);

    office().clock.moveTo('2024-01-15');
    await office().workers.settle();

    const urged = (await eventsOf(office(), task.id)).filter(({ payload }) => payload.rule === 'undated');
    expect(urged.map(({ payload: { k, missed } }) => ({ k, missed }))).to.deep.equal([{ k: 2, missed: [1] }]);
  });

  it('stops being urged when it gets a deadline, and is reminded of that instead', async () => {
    office().clock.moveTo('2024-01-31');
    const task = await acknowledged(office(), undated);
    await office().workers.liveUntil('2024-05-02');
    expect(await firedOn(office(), task.id, 'undated')).to.deep.equal(['2024-04-30']);

    const dated = await done(
      as('office').post(
        `/tasks/${task.id}/deadlines`,
        { due: { kind: 'on_or_before', day: '2024-09-30' }, reason: 'Đã có hướng dẫn' },
        { ifMatch: task.version },
      ),
    );
    expect(dated).to.include({ dueOn: '2024-09-30', dueOriginalOn: '2024-09-30', extensions: 0, deadline: 'in_time' });
    await office().workers.liveUntil('2024-09-30');

    expect(await firedOn(office(), task.id, 'undated')).to.deep.equal(['2024-04-30']);
    expect(await firedOn(office(), task.id, 'due_soon')).to.deep.equal([
      '2024-08-31',
      '2024-09-23',
      '2024-09-27',
      '2024-09-30',
    ]);
  });

  it('stops being urged when it ends', async () => {
    office().clock.moveTo('2024-11-30');
    const task = await assigned(office(), undated);
    await moved(as('leader'), task, 'stop', { document: letter });

    await office().workers.liveUntil('2025-06-30');

    expect(await firedOn(office(), task.id, 'undated')).to.deep.equal([]);
  });
});
