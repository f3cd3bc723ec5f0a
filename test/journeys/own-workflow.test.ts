import { expect } from 'chai';
import commitment from '../../src/domain/workflow/built-in/commitment.json' with { type: 'json' };
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { assigned, eventsOf, letter, moved, moving } from '../support/tasks.ts';

const names = (vi: string, en: string) => ({ vi, en });

/** A small workflow an office might write: the unit answers, the office confirms. */
const answerToVoters = {
  key: 'answer-to-voters',
  name: names('Trả lời kiến nghị cử tri', 'Answer to voters'),
  states: [
    { key: 'received', name: names('Đã nhận', 'Received'), category: 'assigned', holder: 'unit', initial: true },
    { key: 'checking', name: names('Chờ duyệt', 'Checking'), category: 'awaiting_appraisal', holder: 'office' },
    { key: 'answered', name: names('Đã trả lời', 'Answered'), category: 'done' },
    { key: 'unanswered', name: names('Không trả lời', 'Not answered'), category: 'not_done' },
  ],
  transitions: [
    {
      key: 'answer',
      name: names('Trả lời', 'Answer'),
      from: ['received'],
      to: 'checking',
      by: ['lead_unit.head'],
      require: { evidence: 1 },
    },
    { key: 'confirm', name: names('Duyệt', 'Confirm'), from: ['checking'], to: 'answered', by: ['office'] },
    {
      key: 'refuse',
      name: names('Không duyệt', 'Refuse'),
      from: ['checking'],
      to: 'unanswered',
      by: ['office'],
      require: { reason: true },
    },
    {
      key: 'back',
      name: names('Trả lại', 'Send back'),
      from: ['checking'],
      to: 'received',
      by: ['office'],
      require: { reason: true },
    },
  ],
  appraisals: [
    { state: 'checking', rule: 'any', outcomes: { achieved: 'confirm', not_achieved: 'refuse', returned: 'back' } },
  ],
  timers: [],
  forms: [],
};

describe('A workflow of one’s own', () => {
  const office = suiteOffice();
  const as = (name: string) => office().as(name);

  it('is told everything that is wrong with it at once, each with its place and the way out, and stays a draft', async () => {
    const wrong = {
      ...answerToVoters,
      key: 'wrong',
      states: [
        ...answerToVoters.states.map((state) => (state.key === 'checking' ? { ...state, holder: 'unit' } : state)),
        { key: 'nowhere', name: names('Lạc', 'Lost'), category: 'in_progress' },
      ],
      transitions: answerToVoters.transitions.map((transition) =>
        transition.key === 'confirm' ? { ...transition, to: 'no-such-state' } : transition,
      ),
    };
    const draft = await as('admin').post('/workflows', wrong);
    expect(draft.status).to.equal(201);
    const published = await as('admin').post('/workflows/wrong/versions/1/publish');

    expect([published.status, published.body.code]).to.deep.equal([422, 'definition.invalid']);
    const codes = published.body.problems.map(({ code }: Json) => code);
    expect(codes).to.include.members(['state.holder_missing', 'state.unreachable', 'review.holder']);
    expect(codes.length).to.be.greaterThan(3);
    for (const { pointer, vi, en } of published.body.problems) {
      expect(pointer).to.match(/^\/(states|transitions|appraisals)\//);
      expect(vi).to.have.length.greaterThan(10);
      expect(en).to.have.length.greaterThan(10);
    }
    expect(published.body.problems).to.deep.equal(draft.body.problems);
    expect((await done(as('admin').get('/workflows/wrong/versions/1'))).status).to.equal('draft');
  });

  it('is refused even as a draft with a key that nothing reads, and says where it stands', async () => {
    const { status, body } = await as('admin').post('/workflows', {
      ...answerToVoters,
      transitions: answerToVoters.transitions.map((transition, index) =>
        index === 1 ? { ...transition, notfy: ['office'] } : transition,
      ),
    });

    expect([status, body.code]).to.deep.equal([422, 'definition.invalid']);
    expect(body.problems).to.have.length(1);
    expect(body.problems[0]).to.include({ pointer: '/transitions/1/notfy', code: 'shape.unknown_key' });
  });

  it('is for administrators to write and publish, and for nobody else', async () => {
    for (const name of ['office', 'leader', 'operator', 'auditor', 'unit.snv', 'aggregator']) {
      const write = await as(name).post('/workflows', answerToVoters);
      const publish = await as(name).post('/workflows/commitment/versions/1/publish');
      const retire = await as(name).post('/workflows/commitment/versions/1/retire');
      expect([name, write.status, publish.status, retire.status]).to.deep.equal([name, 403, 403, 403]);
    }
    expect((await as('unit.snv').get('/workflows/commitment/versions/1')).status).to.equal(200);
  });

  it('follows its published version with real tasks, and never changes again', async () => {
    const draft = await done(as('admin').post('/workflows', answerToVoters));
    expect([draft.definition.version, draft.problems]).to.deep.equal([1, []]);
    const early = await as('office').post('/tasks', aQuestion);
    expect([early.status, early.body.code]).to.deep.equal([409, 'definition.not_published']);

    const { sha256 } = await done(as('admin').post('/workflows/answer-to-voters/versions/1/publish'));
    const task = await done(as('office').post('/tasks', aQuestion));
    expect(task).to.deep.include({ state: 'received', workflow: { key: 'answer-to-voters', version: 1, sha256 } });

    const checking = await moved(as('head.snv'), task, 'answer', { evidence: [{ title: 'Công văn trả lời' }] });
    expect((await moving(as('appraiser.stttt'), checking, 'confirm')).status).to.equal(404);
    expect((await moved(as('office'), checking, 'confirm')).category).to.equal('done');

    const change = await as('admin').put('/workflows/answer-to-voters/versions/1', { ...answerToVoters, version: 1 });
    const again = await as('admin').post('/workflows/answer-to-voters/versions/1/publish');
    for (const { status, body } of [change, again])
      expect([status, body.code]).to.deep.equal([409, 'definition.not_draft']);
  });

  it('changes by a new version: running tasks keep theirs, new ones follow the new one', async () => {
    const running = await assigned(office());
    const version2 = {
      ...commitment,
      version: 2,
      transitions: commitment.transitions.map((transition) =>
        transition.key === 'acknowledge' ? { ...transition, require: { reason: true } } : transition,
      ),
    };
    await done(as('admin').post('/workflows', version2));
    const duringDraft = await assigned(office());
    await done(as('admin').post('/workflows/commitment/versions/2/publish'));
    const fresh = await assigned(office());

    expect([running, duringDraft, fresh].map(({ workflow }) => workflow.version)).to.deep.equal([1, 1, 2]);
    expect(fresh.workflow.sha256).to.not.equal(running.workflow.sha256);
    expect((await moved(as('unit.snv'), running, 'acknowledge')).category).to.equal('in_progress');
    expect((await moving(as('unit.snv'), fresh, 'acknowledge')).body.code).to.equal('requirement.missing');
    expect((await moved(as('unit.snv'), fresh, 'acknowledge', { reason: 'Đã nhận' })).category).to.equal('in_progress');
  });

  it('retired takes no new task, while those that follow it go on to their end', async () => {
    const running = await assigned(office());
    expect(running.workflow.version).to.equal(2);
    const retired = await as('admin').post('/workflows/commitment/versions/2/retire');
    expect([retired.status, retired.text]).to.deep.equal([204, '']);

    // The version before it is still published, and so is the latest that is.
    expect((await assigned(office())).workflow.version).to.equal(1);
    await done(as('admin').post('/workflows/commitment/versions/1/retire'));
    const { leadUnit, appraiserUnit, due, title } = running;
    const none = await as('office').post('/tasks', { programme: 'CK', title, leadUnit, appraiserUnit, due });
    expect([none.status, none.body.code]).to.deep.equal([409, 'definition.not_published']);

    const stopped = await moved(as('office'), running, 'stop', { document: letter });
    expect(stopped).to.include({ category: 'stopped' });
    expect(stopped.workflow).to.deep.equal(running.workflow);
    expect((await eventsOf(office(), running.id)).at(-1).payload.transition).to.equal('stop');
  });

  it('must be in force before a programme can be opened under it', async () => {
    const { definition } = await done(as('admin').get('/workflows/commitment/versions/1'));
    await done(as('admin').post('/workflows', { ...definition, key: 'only-a-draft', version: 1 }));
    const programme = { code: 'CK-MOI', name: 'Cam kết', year: 2022 };

    for (const workflow of ['khong-co', 'only-a-draft']) {
      const { status, body } = await as('admin').post('/programmes', { ...programme, workflow });
      expect([status, body.code, body.workflow]).to.deep.equal([409, 'definition.not_published', workflow]);
    }
    expect((await as('admin').get('/programmes/CK-MOI')).status).to.equal(404);
    await done(as('admin').post('/workflows/only-a-draft/versions/1/publish'));
    expect((await as('admin').post('/programmes', { ...programme, workflow: 'only-a-draft' })).status).to.equal(201);
  });

  it('is listed with its versions and drawn for people', async () => {
    const { items } = await done(as('office').get('/workflows/commitment/versions'));
    expect(items.map(({ version, status }: Json) => [version, status])).to.deep.equal([
      [2, 'retired'],
      [1, 'retired'],
    ]);

    const svg = await as('office').get('/workflows/commitment/versions/2/diagram');
    const mermaid = await as('office').get('/workflows/commitment/versions/2/diagram?format=mermaid&language=en');
    expect(svg.headers.get('content-type')).to.include('image/svg+xml');
    expect(svg.text).to.match(/^<svg/).and.include('Chờ thẩm định');
    expect(mermaid.headers.get('content-type')).to.include('text/plain');
    expect(mermaid.text).to.include('Awaiting appraisal');
    expect((await as('office').get('/workflows/commitment/versions/9')).body.code).to.equal('definition.not_found');
  });

  it('leaves a trace of who published and retired what', async () => {
    const { rows } = await office().pool.query(
      `select action, object from audit_entry where object like 'workflow commitment v2' order by id`,
    );
    expect(rows.map(({ action }) => action)).to.deep.equal([
      'definition.drafted',
      'definition.published',
      'definition.retired',
    ]);
  });
});

const aQuestion = {
  programme: 'CK',
  workflow: 'answer-to-voters',
  title: 'Trả lời cử tri về cấp nước',
  leadUnit: 'SNV',
  due: { kind: 'on_or_before', day: '2022-03-31' },
};
