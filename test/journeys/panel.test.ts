import { expect } from 'chai';
import type { Definition } from '../../src/domain/workflow/definition.ts';
import { changed, commitment } from '../support/builders.ts';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, eventsOf, letter, moved, moving, submission, submitted } from '../support/tasks.ts';

/** The yearly commitment, appraised by a panel. */
const panelWorkflow = (key: string, appraisal: Partial<Definition['appraisals'][number]>): Definition =>
  changed(commitment, (draft) => {
    draft.key = key;
    Object.assign(draft.appraisals[0] ?? {}, appraisal);
  });

describe('A panel that appraises together', () => {
  const office = suiteOffice({
    accounts: [
      { name: 'a', memberships: [{ role: 'appraiser', unit: 'STTTT' }] },
      { name: 'b', memberships: [{ role: 'appraiser', unit: 'STTTT', field: 'công nghệ thông tin' }] },
      { name: 'c', memberships: [{ role: 'appraiser', unit: 'STTTT', field: 'y tế' }] },
      { name: 'd', memberships: [{ role: 'appraiser', unit: 'SKHDT' }] },
      { name: 'deputy', memberships: [{ role: 'focal_point', unit: 'STTTT' }] },
      { name: 'office.2', memberships: [{ role: 'office' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const idOf = async (name: string): Promise<string> => (await done(as(name).get('/me'))).id;

  before('publish workflows with each rule', async () => {
    const workflows = [
      panelWorkflow('by-all', { rule: 'all' }),
      panelWorkflow('by-quorum', { rule: 'quorum', quorum: 2 }),
      panelWorkflow('by-agency', { rule: 'per_group' }),
      panelWorkflow('by-veto', { rule: 'all', veto: 'lead' }),
    ];
    for (const workflow of workflows) {
      await done(as('admin').post('/workflows', workflow));
      await done(as('admin').post(`/workflows/${workflow.key}/versions/1/publish`));
    }
  });

  const under = (workflow: string, more: object = {}) =>
    submitted(office(), { workflow, field: 'công nghệ thông tin', ...more });
  const panelOf = async (task: Json) => done(as('auditor').get(`/tasks/${task.id}/panel`));
  const now = async (task: Json) => done(as('auditor').get(`/tasks/${task.id}`));

  it('is made of the agency’s appraisers for the field, as of today', async () => {
    const { seats, rule } = await panelOf(await under('by-all'));

    expect(rule).to.equal('all');
    expect(seats.map(({ name }: Json) => name)).to.have.members(['appraiser.stttt', 'a', 'b']);
  });

  it('decides when all have said the same, and keeps every vote until then', async () => {
    const task = await under('by-all');

    const first = await moved(as('a'), task, 'approve');
    const second = await moved(as('b'), first, 'approve');
    expect([first.category, second.category]).to.deep.equal(['awaiting_appraisal', 'awaiting_appraisal']);
    expect(second.review.votes.map(({ outcome }: Json) => outcome)).to.deep.equal(['achieved', 'achieved']);
    const third = await moved(as('appraiser.stttt'), second, 'approve');

    expect([third.category, third.review]).to.deep.equal(['done', null]);
    const events = await eventsOf(office(), task.id);
    expect(events.slice(-3).map(({ type }) => type)).to.deep.equal(['task.vote_cast', 'task.vote_cast', 'task.moved']);
    expect(events.at(-1).payload.votes).to.have.length(3);
  });

  it('lets a vote change until the round closes, and says so in the history', async () => {
    const task = await under('by-quorum');

    const first = await moved(as('a'), task, 'reject', { reason: 'Chưa đủ số liệu' });
    const changedMind = await moved(as('a'), first, 'approve');
    expect(changedMind.review.votes).to.have.length(1);
    const closed = await moved(as('b'), changedMind, 'approve');

    expect(closed.category).to.equal('done');
    const votes = (await eventsOf(office(), task.id)).filter(({ type }) => type === 'task.vote_cast');
    expect(votes.map(({ payload }) => [payload.outcome, payload.changed])).to.deep.equal([
      ['not_achieved', undefined],
      ['achieved', true],
    ]);
  });

  it('lets one no of the leading agency decide where the workflow gives it a veto', async () => {
    const task = await moved(as('a'), await under('by-veto'), 'return', { reason: 'Thiếu minh chứng' });

    expect([task.category, task.returns]).to.deep.equal(['in_progress', 1]);
  });

  it('waits for every agency that takes part', async () => {
    const task = await under('by-agency', { participants: ['SKHDT'] });

    const first = await moved(as('a'), task, 'approve');
    expect(first.category).to.equal('awaiting_appraisal');
    expect((await moved(as('d'), first, 'approve')).category).to.equal('done');
  });

  it('hears agencies that take part without giving them a vote', async () => {
    const task = await under('by-quorum', { participants: ['SKHDT'] });

    const vote = await moving(as('d'), task, 'approve');
    expect([vote.status, vote.body.code]).to.deep.equal([403, 'appraisal.opinion_only']);
    const told = await done(
      as('d').post(
        `/tasks/${task.id}/opinions`,
        { stance: 'disagree', opinion: 'Số liệu chưa khớp' },
        { ifMatch: task.version },
      ),
    );

    expect(told.review.opinions.map(({ unit, stance }: Json) => [unit, stance])).to.deep.equal([['SKHDT', 'disagree']]);
    expect(told.category).to.equal('awaiting_appraisal');
  });

  it('puts the substitute in the seat for the days of the absence, in their own name and capacity', async () => {
    const task = await under('by-quorum');
    const early = await moving(as('deputy'), task, 'approve');
    expect([early.status, early.body.code]).to.deep.equal([403, 'permission.denied']);
    const { id } = await done(
      as('a').post('/absences', {
        from: '2022-01-10',
        until: '2022-01-12',
        substitute: await idOf('deputy'),
        signing: 'KT.',
      }),
    );

    const away = await moving(as('a'), task, 'approve');
    expect([away.status, away.body.code]).to.deep.equal([403, 'appraisal.absent']);
    const voted = await moved(as('deputy'), task, 'approve');
    const [vote] = voted.review.votes;
    expect([vote.seat, vote.by, vote.signing]).to.deep.equal([await idOf('a'), await idOf('deputy'), 'KT.']);
    const event = (await eventsOf(office(), task.id)).at(-1);
    expect([event.onBehalfOf, event.signing]).to.deep.equal([await idOf('a'), 'KT.']);

    expect((await as('a').delete(`/absences/${id}`)).status).to.equal(204);
    const back = await moving(as('deputy'), voted, 'return', { reason: 'Đổi ý' });
    expect([back.status, back.body.code]).to.deep.equal([403, 'permission.denied']);
    expect((await moved(as('b'), voted, 'approve')).category).to.equal('done');
  });

  it('gives whoever enters an absence people to choose from: the office all, others those of their own units', async () => {
    const people = async (name: string) => (await done(as(name).get('/absences/people'))).items;
    const all: readonly Json[] = await people('office');
    expect(all.find(({ name }) => name === 'head.tpcl')).to.deep.equal({
      account: await idOf('head.tpcl'),
      name: 'head.tpcl',
      units: ['TPCL'],
    });
    expect(all.map(({ name }) => name)).to.include('leader');
    const own: readonly Json[] = await people('head.tpcl');
    expect(own.map(({ name }) => name)).to.include.members(['head.tpcl', 'appraiser.tpcl']);
    expect(own.flatMap(({ units }) => units).filter((unit) => unit !== 'TPCL')).to.deep.equal([]);
    expect((await people('leader')).map(({ name }: Json) => name)).to.deep.equal(['leader']);
  });

  it('shows the office a panel that cannot decide, and what would mend it', async () => {
    const incidents = async (task: Json) =>
      (await done(as('operator').get('/operations/panel-incidents'))).items.filter(
        ({ taskId }: Json) => taskId === task.id,
      );
    const task = await under('by-agency', { participants: ['TPCL', 'PCNTT'].slice(0, 1) });
    expect(await incidents(task)).to.deep.equal([]);

    await done(
      as('head.tpcl').post('/absences', {
        accountId: await idOf('appraiser.tpcl'),
        from: '2022-01-10',
        until: '2022-02-10',
      }),
    );

    const [incident] = await incidents(task);
    expect([incident.incident, incident.remedies]).to.deep.equal([
      'group_unfilled',
      ['name_substitute', 'add_member', 'reassign'],
    ]);
    const again = await done(
      as('office').post(
        `/tasks/${task.id}/appraisers`,
        { appraiserUnit: 'STTTT', reason: 'Giao lại' },
        { ifMatch: task.version },
      ),
    );
    expect([again.round, again.participants]).to.deep.equal([2, []]);
    expect(await incidents(task)).to.deep.equal([]);
    expect((await moved(as('a'), again, 'approve')).category).to.equal('done');
  });

  it('tells the office at once of a round that opens without anybody to decide it', async () => {
    const task = await submitted(office(), { workflow: 'commitment', field: 'giáo dục', appraiserUnit: 'VPUBND' });
    await office().workers.settle();
    expect((await eventsOf(office(), task.id)).at(-1).payload.incident).to.equal(undefined);

    for (const name of ['appraiser.vpubnd'])
      await done(
        as('office').post('/absences', { accountId: await idOf(name), from: '2022-01-10', until: '2022-03-01' }),
      );
    const stuck = await submitted(office(), { workflow: 'commitment', appraiserUnit: 'VPUBND' });
    await office().workers.settle();

    expect((await eventsOf(office(), stuck.id)).at(-1).payload.incident).to.equal('nobody_eligible');
    const told = (await done(as('office').get('/notifications?unread=true'))).items;
    expect(told.map(({ kind }: Json) => kind)).to.include('panel_incident');
  });

  it('gives a submission back that nobody has voted on, and not after', async () => {
    const task = await under('by-quorum');
    const recalled = await done(
      as('unit.snv').post(`/tasks/${task.id}/recall`, { reason: 'Bổ sung số liệu' }, { ifMatch: task.version }),
    );
    expect([recalled.category, recalled.returns, recalled.submittedOn, recalled.review]).to.deep.equal([
      'in_progress',
      0,
      null,
      null,
    ]);

    const again = await moved(as('unit.snv'), recalled, 'submit', submission);
    expect(again.round).to.equal(2);
    const voted = await moved(as('a'), again, 'approve');
    const late = await as('unit.snv').post(`/tasks/${task.id}/recall`, {}, { ifMatch: voted.version });
    expect([late.status, late.body.code]).to.deep.equal([409, 'appraisal.has_votes']);
  });

  it('asks the unit, waits with it, and counts the days anew from the answer', async () => {
    const task = await under('by-quorum');
    const before = await panelOf(task);
    const asked = await done(
      as('b').post(`/tasks/${task.id}/questions`, { question: 'Số liệu lấy từ đâu?' }, { ifMatch: task.version }),
    );
    expect([asked.holder, asked.category, asked.deadline]).to.deep.equal([
      'unit',
      'awaiting_appraisal',
      'submitted_on_time',
    ]);
    expect((await panelOf(task)).appraiseBy).to.equal(null);
    const twice = await as('a').post(
      `/tasks/${task.id}/questions`,
      { question: 'Còn gì nữa?' },
      { ifMatch: asked.version },
    );
    expect(twice.body.code).to.equal('appraisal.question_open');

    office().clock.moveTo('2022-01-20');
    const answered = await done(
      as('unit.snv').post(`/tasks/${task.id}/answers`, { answer: 'Từ báo cáo tháng' }, { ifMatch: asked.version }),
    );

    expect([answered.holder, answered.review.question, answered.review.since]).to.deep.equal([
      'appraiser',
      null,
      '2022-01-20',
    ]);
    expect((await panelOf(task)).appraiseBy > before.appraiseBy).to.equal(true);
  });

  it('opens again what has ended by two persons of the office, within the days the programme allows', async () => {
    const task = await moved(as('a'), await submitted(office()), 'approve');
    const asked = await moved(as('office'), task, 'reopen', { reason: 'Sai số liệu', document: letter });
    expect([asked.category, asked.proposal.transition]).to.deep.equal(['done', 'reopen']);

    const alone = await moving(as('office'), asked, 'reopen', { reason: 'Sai số liệu', document: letter });
    expect([alone.status, alone.body.code]).to.deep.equal([403, 'reopening.second_person']);
    const opened = await moved(as('office.2'), asked, 'reopen');
    expect([opened.category, opened.proposal]).to.deep.equal(['in_progress', null]);
    const { payload } = (await eventsOf(office(), task.id)).at(-1);
    expect(payload.proposedBy).to.equal(await idOf('office'));

    const other = await moved(as('a'), await submitted(office()), 'approve');
    office().clock.moveTo('2022-03-01');
    const late = await moving(as('office'), other, 'reopen', { reason: 'Sai số liệu', document: letter });
    expect([late.status, late.body.code]).to.deep.equal([409, 'reopening.window_closed']);
  });

  it('never opens again what frozen figures have counted', async () => {
    office().clock.moveTo('2022-04-04');
    const task = await moved(as('a'), await submitted(office()), 'approve');
    office().clock.moveTo('2022-04-05');
    await done(as('office').post('/reports/runs', { programme: 'CK', asOf: '2022-04-04' }));

    const { status, body } = await moving(as('office'), task, 'reopen', { reason: 'Sai số liệu', document: letter });
    expect([status, body.code, body.frozenOn]).to.deep.equal([409, 'reopening.frozen', '2022-04-04']);
  });

  it('takes votes at the same instant one after the other: nobody’s is lost or counted twice', async () => {
    for (let round = 0; round < 8; round += 1) {
      const task = await under('by-quorum');
      const voters = ['a', 'b', 'appraiser.stttt'];

      const answers = await Promise.all(voters.map((name) => moving(as(name), task, 'approve')));

      // All saw the same version, so one was in time; the others look again and vote on what is there.
      const [won, ...late] = answers.toSorted((one, other) => one.status - other.status);
      expect([won?.status, ...late.map(({ status, body }) => `${status} ${body.code}`)]).to.deep.equal([
        200,
        '412 version.stale',
        '412 version.stale',
      ]);
      const next = voters.filter((_, index) => answers[index]?.status === 412);
      const seen = await now(task);
      const again = await Promise.all(next.map((name) => moving(as(name), seen, 'approve')));
      expect(again.map(({ status }) => status).toSorted()).to.deep.equal([200, 412]);
      expect((await now(task)).category).to.equal('done');
      const types = (await eventsOf(office(), task.id)).map(({ type }) => type);
      expect(types.filter((type) => type === 'task.vote_cast')).to.have.length(1);
    }
  });

  it('counts a secret task and keeps nothing of its content', async () => {
    const secret = { secret: true, title: undefined };
    const refused = await as('office').post('/tasks', {
      programme: 'CK',
      leadUnit: 'SNV',
      appraiserUnit: 'STTTT',
      secret: true,
      title: 'Nội dung mật',
      product: 'Báo cáo',
      due: { kind: 'on_or_before', day: '2022-06-30' },
    });
    expect([refused.status, refused.body.code, refused.body.pointers]).to.deep.equal([
      422,
      'task.secret_content',
      ['/title', '/product'],
    ]);

    const taken = await acknowledged(office(), secret);
    expect([taken.title, taken.secret]).to.deep.equal(['Nhiệm vụ mật (không ghi nội dung trên hệ thống)', true]);
    const withText = await moving(as('unit.snv'), taken, 'submit', submission);
    expect([withText.status, withText.body.code]).to.deep.equal([422, 'task.secret_content']);
    const handedIn = await moved(as('unit.snv'), taken, 'submit');
    const approved = await moved(as('a'), handedIn, 'approve');
    expect(approved.category).to.equal('done');
    expect((await now(approved)).fields).to.deep.equal({});
  });
});
