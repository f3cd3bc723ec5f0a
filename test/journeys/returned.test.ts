import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, eventsOf, firedOn, moved, moving, submission, submitted } from '../support/tasks.ts';

describe('Returned and handed in again', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const due = (day: string) => ({ due: { kind: 'on_or_before', day } });

  it('judges a unit by the submission that was accepted, counts the returns, and forgets the one before', async () => {
    office().clock.moveTo('2022-06-20');
    const first = await submitted(office(), due('2022-06-30'));
    expect(first).to.include({ submittedOn: '2022-06-20', deadline: 'submitted_on_time', round: 1 });

    office().clock.moveTo('2022-06-27');
    const returned = await moved(as('appraiser.stttt'), first, 'return', { reason: 'Thiếu số liệu quý II' });
    expect(returned).to.include({
      category: 'in_progress',
      holder: 'unit',
      submittedOn: null,
      returns: 1,
      deadline: 'due_soon',
    });

    office().clock.moveTo('2022-07-04');
    expect((await done(as('unit.snv').get(`/tasks/${returned.id}`))).deadline).to.equal('overdue');
    const second = await moved(as('unit.snv'), returned, 'submit', submission);
    expect(second).to.include({ submittedOn: '2022-07-04', deadline: 'submitted_late', round: 2, returns: 1 });

    const finished = await moved(as('appraiser.stttt'), second, 'approve');
    expect(finished).to.include({ category: 'done', submittedOn: '2022-07-04', deadline: 'done_late', returns: 1 });
  });

  it('never makes a unit late because its appraiser is slow, and urges the appraiser instead', async () => {
    office().clock.moveTo('2022-08-01');
    const task = await submitted(office(), due('2022-08-05'));

    await office().workers.liveUntil('2022-12-01');
    const waiting = await done(as('unit.snv').get(`/tasks/${task.id}`));
    expect(waiting).to.include({ category: 'awaiting_appraisal', deadline: 'submitted_on_time' });
    expect(await firedOn(office(), task.id, 'overdue')).to.deep.equal([]);
    const urged = (await eventsOf(office(), task.id)).filter(({ type }) => type === 'task.timer_fired');
    expect(urged.length).to.be.greaterThan(2);
    for (const { payload } of urged)
      expect(payload.to).to.satisfy(
        (to: string[]) => to.every((role) => !role.startsWith('lead_unit')),
        JSON.stringify(payload),
      );

    // Timers leave the version alone: what the appraiser saw in August is still what they decide on.
    const finished = await moved(as('appraiser.stttt'), task, 'approve');
    expect(finished).to.include({ deadline: 'done_on_time', submittedOn: '2022-08-01', finishedOn: '2022-12-01' });
  });

  it('wants the reason of a return and of a failure, and changes nothing without it', async () => {
    const task = await submitted(office(), due('2023-06-30'));

    for (const transition of ['return', 'reject']) {
      const { status, body } = await moving(as('appraiser.stttt'), task, transition);
      expect([status, body.code, body.missing]).to.deep.equal([
        422,
        'requirement.missing',
        [{ pointer: '/reason', what: 'reason' }],
      ]);
    }
    expect((await done(as('unit.snv').get(`/tasks/${task.id}`))).version).to.equal(task.version);
  });

  it('lets the head of a unit report a commitment as not completed, which ends the question of time', async () => {
    const task = await acknowledged(office(), due('2023-06-30'));

    const byFocalPoint = await moving(as('unit.snv'), task, 'fail', { reason: 'Thiếu nguồn lực' });
    expect([byFocalPoint.status, byFocalPoint.body.code]).to.deep.equal([403, 'permission.denied']);

    const failed = await moved(as('head.snv'), task, 'fail', { reason: 'Thiếu nguồn lực' });
    expect(failed).to.include({ category: 'not_done', deadline: 'closed', holder: null });
  });
});
