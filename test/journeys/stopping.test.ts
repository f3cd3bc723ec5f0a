import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, eventsOf, letter, moved, moving, submitted } from '../support/tasks.ts';

describe('Stopping', () => {
  const office = suiteOffice();
  const as = (name: string) => office().as(name);

  it('is refused without the document that decided it, even to the province’s leader', async () => {
    const task = await acknowledged(office());

    for (const name of ['leader', 'office']) {
      const { status, body } = await moving(as(name), task, 'stop', { reason: 'UBND Tỉnh cho dừng' });
      expect([status, body.code]).to.deep.equal([422, 'requirement.missing']);
      expect(body.missing).to.deep.equal([{ pointer: '/document', what: 'document' }]);
    }
    expect((await done(as('office').get(`/tasks/${task.id}`))).version).to.equal(task.version);
  });

  it('is accepted with it from the province and its office, whatever open state the task is in', async () => {
    for (const [name, task] of [
      ['leader', await assigned(office())],
      ['office', await acknowledged(office())],
      ['office', await submitted(office())],
    ] as const) {
      const stopped = await moved(as(name), task, 'stop', { document: letter });

      expect(stopped).to.include({ category: 'stopped', holder: null, deadline: 'closed' });
      const last = (await eventsOf(office(), task.id)).at(-1);
      expect(last.payload.document).to.deep.equal(letter);
    }
  });

  it('is not for the administrator, the unit, its head or the appraiser, document or not', async () => {
    const task = await submitted(office());

    for (const name of ['admin', 'unit.snv', 'head.snv', 'appraiser.stttt', 'aggregator', 'auditor']) {
      const { status, body } = await moving(as(name), task, 'stop', { document: letter });
      expect([name, status, body.code]).to.deep.equal([name, 403, 'permission.denied']);
    }
    expect((await done(as('office').get(`/tasks/${task.id}`))).category).to.equal('awaiting_appraisal');
  });

  it('ends the work: nothing is submitted, approved or stopped after it, and no reminder goes out', async () => {
    const waiting = await submitted(office());
    const stopped = await moved(as('office'), waiting, 'stop', { document: letter });

    expect((await moving(as('appraiser.stttt'), stopped, 'approve')).body.code).to.equal('task.wrong_state');
    expect((await moving(as('leader'), stopped, 'stop', { document: letter })).body.code).to.equal('task.wrong_state');
    // Decided on what was seen before the stop.
    expect((await moving(as('appraiser.stttt'), waiting, 'approve')).body.code).to.equal('version.stale');

    await office().workers.liveUntil('2022-09-01');
    const after = await eventsOf(office(), stopped.id);
    expect(after.at(-1).payload).to.include({ transition: 'stop' });
    expect((await done(as('office').get(`/tasks/${stopped.id}`))).timers).to.deep.equal([]);
  });

  it('keeps the stopped ones in the whole of which every share is taken', async () => {
    const { total, counts, percentages } = await done(as('leader').get('/reports/statistics?programme=CK'));

    expect(counts.stopped).to.be.greaterThan(0);
    expect(Object.values<number>(counts).reduce((sum, count) => sum + count, 0)).to.equal(total);
    expect(percentages.stopped).to.equal(Math.round((counts.stopped / total) * 1000) / 10);
  });
});
