import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, eventsOf, firedOn, letter, moved } from '../support/tasks.ts';

describe('Another deadline', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  const deciding = (name: string, task: Json, day: string, more: object = {}) =>
    as(name).post(
      `/tasks/${task.id}/deadlines`,
      { due: { kind: 'on_or_before', day }, reason: 'Theo đề nghị của đơn vị', ...more },
      { ifMatch: task.version },
    );

  it('later than the first is refused without a document, and without a reason', async () => {
    const task = await acknowledged(office());

    const bare = await deciding('office', task, '2022-09-30');
    const silent = await deciding('office', task, '2022-09-30', { document: letter, reason: ' ' });

    expect([bare.status, bare.body.code, bare.body.missing]).to.deep.equal([
      422,
      'requirement.missing',
      [{ pointer: '/document', what: 'document' }],
    ]);
    expect([silent.status, silent.body.errors[0].pointer]).to.deep.equal([400, '/reason']);
    expect(await done(as('unit.snv').get(`/tasks/${task.id}`))).to.include({ dueOn: '2022-06-30', extensions: 0 });
  });

  it('is not for the unit that owes the work, nor for its appraiser', async () => {
    const task = await acknowledged(office());

    for (const name of ['unit.snv', 'head.snv', 'appraiser.stttt', 'aggregator']) {
      const { status, body } = await deciding(name, task, '2022-09-30', { document: letter });
      expect([name, status, body.code]).to.deep.equal([name, 403, 'permission.denied']);
    }
  });

  it('granted with its document counts as an extension, keeps the first one in sight and moves the reminders', async () => {
    const task = await acknowledged(office());

    const extended = await done(deciding('leader', task, '2022-09-30', { document: letter }));
    expect(extended).to.include({ dueOriginalOn: '2022-06-30', dueOn: '2022-09-30', extensions: 1 });
    const { timers } = await done(as('unit.snv').get(`/tasks/${task.id}`));
    expect(timers.map(({ rule, k, dueAt }: Json) => [rule, k, dueAt])).to.deep.equal([
      ['due_soon', 1, '2022-08-31T00:30:00.000Z'],
      ['overdue', 1, '2022-10-01T00:30:00.000Z'],
    ]);

    await office().workers.liveUntil('2022-10-02');
    expect(await firedOn(office(), task.id, 'due_soon')).to.deep.equal([
      '2022-08-31',
      '2022-09-23',
      '2022-09-27',
      '2022-09-30',
    ]);
    expect(await firedOn(office(), task.id, 'overdue')).to.deep.equal(['2022-10-01']);
    const decided = (await eventsOf(office(), task.id)).find(({ type }) => type === 'task.deadline_decided');
    expect(decided.payload).to.deep.include({
      previousDueOn: '2022-06-30',
      dueOn: '2022-09-30',
      extension: true,
      document: letter,
    });
  });

  it('that comes earlier needs no document and is no extension', async () => {
    office().clock.moveTo('2022-11-01');
    const task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2023-06-30' } });

    const earlier = await done(deciding('office', task, '2023-03-31'));

    expect(earlier).to.include({ dueOn: '2023-03-31', dueOriginalOn: '2023-06-30', extensions: 0 });
  });

  it('taken away altogether needs a document as well', async () => {
    const task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2023-06-30' } });
    const away = { due: { kind: 'none', reason: 'Chờ Trung ương' } };

    const bare = await deciding('office', task, '', away);
    expect([bare.status, bare.body.code]).to.deep.equal([422, 'requirement.missing']);
    const undated = await done(deciding('office', task, '', { ...away, document: letter }));
    expect(undated).to.include({ dueOn: null, deadline: 'undated', extensions: 1, dueOriginalOn: '2023-06-30' });
  });

  it('that goes away and comes back does not repeat the reminders that went out', async () => {
    office().clock.moveTo('2023-01-03');
    const task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2023-02-28' } });
    await office().workers.liveUntil('2023-02-22');
    expect(await firedOn(office(), task.id, 'due_soon')).to.deep.equal(['2023-01-29', '2023-02-21']);

    const extended = await done(deciding('office', task, '2023-12-29', { document: letter }));
    await done(deciding('office', extended, '2023-02-28'));
    await office().workers.liveUntil('2023-02-26');

    expect(await firedOn(office(), task.id, 'due_soon')).to.deep.equal(['2023-01-29', '2023-02-21', '2023-02-25']);
  });

  it('is not decided of work that has ended', async () => {
    const task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2023-12-29' } });
    const stopped = await moved(as('leader'), task, 'stop', { document: letter });

    const { status, body } = await deciding('leader', stopped, '2024-06-28', { document: letter });

    expect([status, body.code]).to.deep.equal([409, 'task.wrong_state']);
  });
});
