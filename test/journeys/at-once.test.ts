import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import {
  acknowledged,
  assigned,
  aTask,
  eventsOf,
  letter,
  moved,
  moving,
  submission,
  submitted,
} from '../support/tasks.ts';

describe('Two at once', () => {
  const office = suiteOffice({
    accounts: [{ name: 'appraiser.2', memberships: [{ role: 'appraiser', unit: 'STTTT' }] }],
  });
  const as = (name: string) => office().as(name);

  it('deciding on the same submission: exactly one wins, the others learn what it has become', async () => {
    for (let round = 0; round < 15; round += 1) {
      const task = await submitted(office());

      const answers = await Promise.all([
        moving(as('appraiser.stttt'), task, 'approve'),
        moving(as('appraiser.2'), task, 'reject', { reason: 'Chưa đạt' }),
        moving(as('office'), task, 'stop', { document: letter }),
      ]);

      const won = answers.filter(({ status }) => status === 200);
      expect(won).to.have.length(1);
      for (const { status, body, headers } of answers)
        if (status !== 200) {
          expect([status, body.code]).to.be.deep.oneOf([
            [412, 'version.stale'],
            [409, 'task.wrong_state'],
          ]);
          expect(headers.get('content-type')).to.include('application/problem+json');
          expect(body.state).to.equal(won[0]?.body.state);
        }
      expect(await eventsOf(office(), task.id)).to.have.length(4);
    }
  });

  it('clicking twice: one event, the same bytes and the same tag twice, and one of them says it is a replay', async () => {
    for (let round = 0; round < 15; round += 1) {
      const task = await assigned(office());
      const key = randomUUID();
      const click = () =>
        as('unit.snv').post(`/tasks/${task.id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 1, key });

      const answers = await Promise.all([click(), click(), click()]);

      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
      expect(new Set(answers.map(({ headers }) => headers.get('etag')))).to.deep.equal(new Set(['"v2"']));
      expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).to.have.length(2);
      expect(await eventsOf(office(), task.id)).to.have.length(2);
    }
  });

  it('assigning twice with one key makes one task', async () => {
    const key = randomUUID();
    const assign = () => as('office').post('/tasks', aTask({ title: 'Giao một lần' }), { key });

    const answers = await Promise.all([assign(), assign()]);
    const later = await assign();

    expect(new Set([...answers, later].map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    expect(later.headers.get('idempotent-replayed')).to.equal('true');
    expect((await done(as('office').get('/tasks?programme=CK&q=giao+mot+lan'))).total).to.equal(1);
  });

  it('a replay gives the first answer even after the task has moved on, and to nobody else', async () => {
    const task = await assigned(office());
    const key = randomUUID();
    const acknowledge = (name: string) =>
      as(name).post(`/tasks/${task.id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 1, key });
    const first = await acknowledge('unit.snv');
    await moved(as('unit.snv'), first.body, 'submit', submission);

    const replay = await acknowledge('unit.snv');
    const other = await acknowledge('head.snv');

    expect([replay.status, replay.text]).to.deep.equal([200, first.text]);
    expect([other.status, other.body.code]).to.deep.equal([412, 'version.stale']);
  });

  it('a key that comes again with another body, another version or for another task is refused', async () => {
    const task = await assigned(office());
    const other = await assigned(office());
    const key = randomUUID();
    const ask = (id: string, body: object, ifMatch: number) =>
      as('unit.snv').post(`/tasks/${id}/transitions`, body, { ifMatch, key });
    await done(ask(task.id, { transition: 'acknowledge' }, 1));

    for (const again of [
      ask(task.id, { transition: 'acknowledge', reason: 'Lần hai' }, 1),
      ask(task.id, { transition: 'acknowledge' }, 2),
      ask(other.id, { transition: 'acknowledge' }, 1),
    ]) {
      const { status, body } = await again;
      expect([status, body.code]).to.deep.equal([422, 'idempotency_key.reused']);
    }
  });

  it('moving many: each stands or falls alone, the preview writes nothing, and a repeat does nothing twice', async () => {
    const tasks = await Promise.all([acknowledged(office()), assigned(office()), acknowledged(office())]);
    const [good, wrong, stale] = tasks;
    const items = [
      { id: good.id, version: good.version },
      { id: wrong.id, version: wrong.version },
      { id: stale.id, version: 1 },
    ];
    const body = { transition: 'submit', ...submission, items };

    const preview = await done(as('unit.snv').post('/tasks/transitions', { ...body, preview: true }));
    expect(preview.ok.map(({ id }: { id: string }) => id)).to.deep.equal([good.id]);
    expect((await done(as('unit.snv').get(`/tasks/${good.id}`))).version).to.equal(good.version);

    const key = randomUUID();
    const first = await done(as('unit.snv').post('/tasks/transitions', body, { key }));
    const again = await done(as('unit.snv').post('/tasks/transitions', body, { key }));
    for (const outcome of [first, again]) {
      expect(outcome.ok).to.deep.equal([
        {
          id: good.id,
          code: good.code,
          version: 3,
          state: 'awaiting_appraisal',
          category: 'awaiting_appraisal',
          result: 'moved',
        },
      ]);
      expect(outcome.failed[wrong.id]).to.include({ code: 'task.wrong_state', status: 409 });
      expect(outcome.failed[stale.id]).to.include({ code: 'version.stale', status: 412, currentVersion: 2 });
    }
    expect(await eventsOf(office(), good.id)).to.have.length(3);
  });

  it('moving many with a key that stood for something else is refused, and moves nothing', async () => {
    const task = await assigned(office());
    const key = randomUUID();
    const items = (version: number) => [{ id: task.id, version }];
    await done(as('unit.snv').post('/tasks/transitions', { transition: 'acknowledge', items: items(1) }, { key }));

    const other = await as('unit.snv').post(
      '/tasks/transitions',
      { transition: 'submit', ...submission, items: items(2) },
      { key },
    );

    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency_key.reused']);
    expect((await done(as('unit.snv').get(`/tasks/${task.id}`))).category).to.equal('in_progress');
  });
});
