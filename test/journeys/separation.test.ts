import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, aTask, moved, moving, submission, submitted } from '../support/tasks.ts';

describe('Nobody appraises their own work', () => {
  const office = suiteOffice({
    accounts: [
      // Delegated to the agency while still of the department whose work it appraises.
      {
        name: 'both',
        memberships: [
          { role: 'appraiser', unit: 'STTTT' },
          { role: 'head', unit: 'SNV' },
        ],
      },
      {
        name: 'room',
        memberships: [
          { role: 'appraiser', unit: 'STTTT' },
          { role: 'focal_point', unit: 'PCNTT' },
        ],
      },
      {
        name: 'department',
        memberships: [
          { role: 'appraiser', unit: 'STTTT' },
          { role: 'focal_point', unit: 'SNV' },
        ],
      },
    ],
  });
  const as = (name: string) => office().as(name);

  it('refuses a task whose appraiser would be the unit itself, its department or its room', async () => {
    for (const [leadUnit, appraiserUnit] of [
      ['SNV', 'SNV'],
      ['SNV', 'PCNTT'],
      ['PCNTT', 'SNV'],
    ]) {
      const { status, body } = await as('office').post('/tasks', aTask({ leadUnit, appraiserUnit }));
      expect([status, body.code, body.conflict]).to.deep.equal([403, 'conflict_of_interest', 'own_line']);
    }
  });

  it('refuses the one who handed it in, even if they hold the appraiser’s role', async () => {
    const taken = await acknowledged(office());
    const task = await moved(as('both'), taken, 'submit', submission);

    for (const transition of ['approve', 'reject', 'return']) {
      const { status, body } = await moving(as('both'), task, transition, { reason: 'Tự thẩm định' });
      expect([status, body.code, body.conflict]).to.deep.equal([403, 'conflict_of_interest', 'submitter']);
    }
    expect((await done(as('office').get(`/tasks/${task.id}`))).category).to.equal('awaiting_appraisal');
  });

  it('refuses an appraiser of the same unit, of the department above it and of the room below it', async () => {
    const ofDepartment = await submitted(office());
    for (const name of ['both', 'room', 'appraiser.snv']) {
      const { status, body } = await moving(as(name), ofDepartment, 'approve');
      expect([name, status, body.code]).to.deep.equal([name, 403, 'conflict_of_interest']);
    }
    const ofRoom = await submitted(office(), { leadUnit: 'PCNTT' });
    const fromAbove = await moving(as('department'), ofRoom, 'approve');
    expect([fromAbove.status, fromAbove.body.conflict]).to.deep.equal([403, 'own_line']);
  });

  it('lets an appraiser of the agency decide whose people had no part in it', async () => {
    const task = await submitted(office());
    const stranger = await moving(as('appraiser.skhdt'), task, 'approve');
    expect([stranger.status, stranger.body.code]).to.deep.equal([404, 'task.not_found']);
    const own = await moved(as('appraiser.stttt'), task, 'approve');
    expect(own.category).to.equal('done');
  });

  it('asks for an appraising agency when the workflow has an appraisal', async () => {
    const { appraiserUnit: _none, ...without } = aTask();

    const { status, body } = await as('office').post('/tasks', without);

    expect([status, body.code]).to.deep.equal([422, 'requirement.missing']);
    expect(body.missing).to.deep.equal([{ pointer: '/appraiserUnit', what: 'appraiser' }]);
  });

  it('lets only the office, leaders, the administrator and the aggregator of the programme assign', async () => {
    for (const name of ['unit.snv', 'head.snv', 'appraiser.stttt', 'auditor', 'operator']) {
      const { status, body } = await as(name).post('/tasks', aTask());
      expect([name, status, body.code]).to.deep.equal([name, 403, 'permission.denied']);
    }
    await office().programme('CK-KHAC');
    const elsewhere = await as('aggregator').post('/tasks', aTask({ programme: 'CK-KHAC' }));
    expect([elsewhere.status, elsewhere.body.code]).to.deep.equal([403, 'permission.denied']);
    expect((await as('aggregator').post('/tasks', aTask())).status).to.equal(201);
    expect((await assigned(office())).category).to.equal('assigned');
  });
});
