// Letter 002 (UBND tỉnh Bình Định, 3/2022), from its first clause to its last: entered as a document, it yields its four items as it
// means them.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { fewUnits } from '../support/province.ts';
import { eventsOf, firedOn } from '../support/tasks.ts';

const units = [
  ...fewUnits,
  { code: 'TCT', name: 'Tổ công tác của Chủ tịch UBND tỉnh', class: 'task_force', bloc: 'task_force' },
];

const letter = {
  kind: 'letter',
  sign: 'UBND-KSTT',
  issuer: 'Ủy ban nhân dân tỉnh Bình Định',
  authority: 'chairman',
  signer: { name: 'Người ký', position: 'Phó Chủ tịch', capacity: 'KT.', signsFor: 'Chủ tịch' },
  abstract:
    'V/v các nội dung liên quan đến việc nâng cao hiệu lực, hiệu quả thực hiện nhiệm vụ được UBND tỉnh, Chủ tịch UBND tỉnh giao',
  recipients: [
    { name: 'Tổ công tác của Chủ tịch UBND tỉnh', unit: 'TCT', purpose: 'execute' },
    { name: 'Các cơ quan Trung ương đóng trên địa bàn tỉnh', purpose: 'execute' },
    { name: 'Sở Nội vụ', unit: 'SNV', purpose: 'execute' },
    { name: 'Sở Thông tin và Truyền thông', unit: 'STTTT', purpose: 'execute' },
    { name: 'Văn phòng UBND tỉnh', unit: 'VPUBND', purpose: 'execute' },
    { name: 'CT, các PCT UBND tỉnh', purpose: 'report' },
    { name: 'VT, KSTT', purpose: 'file' },
  ],
  attachments: [{ title: 'Báo cáo số 21/BC-TCT ngày 07 tháng 3 năm 2022', reference: '21/BC-TCT' }],
};

const inMarch = { kind: 'within_month', month: '2022-03' };

const items = [
  {
    item: 'khoản 1',
    programme: 'CD',
    kind: 'common',
    title: 'Rà soát, hoàn thành các nhiệm vụ đã quá thời hạn giải quyết nhưng còn tồn đọng',
    product: 'Báo cáo kết quả thực hiện',
    leadUnits: ['SNV', 'TPCL'],
    due: inMarch,
  },
  {
    item: 'khoản 1',
    programme: 'CD',
    kind: 'common',
    title: 'Rút kinh nghiệm đối với các nhiệm vụ đã hoàn thành trễ hạn',
    product: 'Báo cáo kết quả thực hiện',
    leadUnits: ['SNV', 'SKHDT'],
    due: inMarch,
  },
  {
    item: 'khoản 2',
    programme: 'CD',
    title: 'Đôn đốc nâng cấp Hệ thống iDesk; đề xuất cụ thể tiến độ hoàn thành',
    product: 'Báo cáo tình hình thực hiện, đề xuất tiến độ',
    leadUnit: 'STTTT',
    relatedTask: 'CD-4544',
    due: { kind: 'proposed', byDay: '2022-03-31' },
  },
  {
    item: 'khoản 3',
    programme: 'CD',
    title: 'Rà soát, tăng cường tham mưu giao việc có thời hạn',
    leadUnit: 'VPUBND',
    due: { kind: 'none', reason: 'Nhiệm vụ thường xuyên' },
  },
  {
    item: 'khoản 4',
    programme: 'CD',
    title: 'Định kỳ 03 tháng/lần đôn đốc các nhiệm vụ không quy định thời hạn cụ thể khi giao lần đầu',
    leadUnit: 'TCT',
    due: { kind: 'recurring', anchor: '2022-03-22', every: 'P3M', occurrence: 1 },
  },
];

describe('Letter 002 of Bình Định, March 2022', () => {
  const office = suiteOffice({ day: '2022-03-22', units, accounts: accounts() });
  const as = (name: string) => office().as(name);
  let document: Json;
  let given: Json[] = [];
  const tasksOf = (item: string) => given.filter((task) => task.item === item);
  const read = (task: Json, name = 'office'): Promise<Json> => done(as(name).get(`/tasks/${task.id}`));

  before(async () => {
    await office().programme('CD', {
      name: 'Nhiệm vụ theo văn bản chỉ đạo',
      noun: 'nhiệm vụ',
      workflow: 'directive-task',
    });
  });

  it('khoản 2, căn cứ: the earlier letter 4544/UBND-VX and the task it gave are there before', async () => {
    const earlier = await issued({ ...letter, sign: 'UBND-VX', abstract: 'Nâng cấp hệ thống' }, '4544', '2021-07-27');
    const { tasks } = await done(
      as('office').post(`/documents/${earlier.id}/tasks`, {
        items: [
          {
            programme: 'CD',
            code: 'CD-4544',
            title: 'Nâng cấp “Hệ thống iDesk”',
            leadUnit: 'STTTT',
            due: { kind: 'none', reason: 'Văn bản không quy định thời hạn' },
            effectiveAt: '2021-07-27',
          },
        ],
      }),
    );

    expect(tasks[0].source).to.deep.equal({ number: '4544/UBND-VX', date: '2021-07-27', issuer: letter.issuer });
  });

  it('"Số:      /UBND-KSTT, ngày     tháng     năm 2022": is a draft with blanks, can be edited and gives no work yet', async () => {
    const draft = await done(as('office').post('/documents', { ...letter, abstract: 'V/v các nội dung' }));
    expect(draft).to.include({ status: 'draft', number: null, date: null, sign: 'UBND-KSTT', version: 1 });
    expect(draft.attachments[0]).to.include({ number: 1, reference: '21/BC-TCT' });

    const early = await as('office').post(`/documents/${draft.id}/tasks`, { items });
    expect([early.status, early.body.code]).to.deep.equal([409, 'document.not_issued']);
    expect((await as('unit.snv').get(`/documents/${draft.id}`)).status).to.equal(404);

    document = await done(as('office').put(`/documents/${draft.id}`, letter, { ifMatch: 1 }));
    const stale = await as('office').put(`/documents/${draft.id}`, letter, { ifMatch: 1 });
    expect([document.version, stale.status]).to.deep.equal([2, 412]);
  });

  it('gets its number and day from the records office; nobody changes it from then on', async () => {
    const tomorrow = await as('office').post(
      `/documents/${document.id}/issue`,
      { number: '1', date: '2022-03-23' },
      { ifMatch: 2 },
    );
    expect(tomorrow.body.code).to.equal('effective.in_future');
    document = await done(
      as('office').post(`/documents/${document.id}/issue`, { number: '1350', date: '2022-03-22' }, { ifMatch: 2 }),
    );
    expect(document).to.include({
      status: 'issued',
      number: '1350/UBND-KSTT',
      date: '2022-03-22',
      authority: 'chairman',
    });

    const edit = await as('office').put(`/documents/${document.id}`, letter, { ifMatch: document.version });
    expect([edit.status, edit.body.code]).to.deep.equal([409, 'document.not_draft']);
    const byHand = office().pool.query('update document set abstract = null where id = $1', [document.id]);
    expect(
      await byHand.then(
        () => 'done',
        (error) => error.code,
      ),
    ).to.equal('23001');
    const twin = await done(as('office').post('/documents', letter));
    const again = await as('office').post(
      `/documents/${twin.id}/issue`,
      { number: '1350', date: '2022-03-22' },
      { ifMatch: 1 },
    );
    expect([again.status, again.body.code]).to.deep.equal([409, 'document.exists']);
  });

  it('khoản 3, "tránh tình trạng văn bản có yêu cầu sản phẩm … nhưng không gắn thời gian hoàn thành": refuses the whole for one such item', async () => {
    const [first, ...others] = items as Json[];
    const { due: _due, ...undated } = first;
    const path = `/documents/${document.id}/tasks`;

    const preview = await done(as('office').post(path, { items: [undated, ...others], preview: true }));
    const refused = await as('office').post(path, { items: [undated, ...others] });

    expect(preview.refused.map(({ index, item, problem }: Json) => [index, item, problem.code])).to.deep.equal([
      [0, 'khoản 1', 'task.deadline_required'],
      [0, 'khoản 1', 'task.deadline_required'],
    ]);
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'document.items_refused']);
    expect((await done(as('office').get('/tasks?programme=CD'))).total).to.equal(1);
  });

  it('is entered in one act, the same when asked again, and yields its four items, each with its reference', async () => {
    const path = `/documents/${document.id}/tasks`;
    const preview = await done(as('office').post(path, { items, preview: true }));
    expect([preview.tasks.length, preview.refused]).to.deep.equal([7, []]);
    expect((await done(as('office').get('/tasks?programme=CD'))).total).to.equal(1);

    const first = await as('office').post(path, { items }, { key: 'khoan-1-4' });
    const again = await as('office').post(path, { items }, { key: 'khoan-1-4' });
    const other = await as('office').post(path, { items: items.slice(1) }, { key: 'khoan-1-4' });

    expect([first.status, again.text === first.text, again.headers.get('Idempotent-Replayed')]).to.deep.equal([
      200,
      true,
      'true',
    ]);
    expect(other.body.code).to.equal('idempotency_key.reused');
    given = first.body.tasks;
    expect(given.map(({ item, leadUnit }) => [item, leadUnit])).to.deep.equal([
      ['khoản 1', 'SNV'],
      ['khoản 1', 'TPCL'],
      ['khoản 1', 'SNV'],
      ['khoản 1', 'SKHDT'],
      ['khoản 2', 'STTTT'],
      ['khoản 3', 'VPUBND'],
      ['khoản 4', 'TCT'],
    ]);
    for (const { item, source } of given)
      expect(source).to.deep.equal({ number: '1350/UBND-KSTT', date: '2022-03-22', issuer: letter.issuer, item });
    const whole = await done(as('office').get(`/documents/${document.id}`));
    expect(whole.tasks.map(({ item, id }: Json) => [item, id])).to.deep.equal(given.map(({ item, id }) => [item, id]));
    const [event] = await eventsOf(office(), given[0]?.id);
    expect([event.type, event.payload.source.item]).to.deep.equal(['task.assigned', 'khoản 1']);
  });

  it('gives all or nothing: a code that is taken leaves none of its items behind, and the same act asked twice at once is done once', async () => {
    const path = `/documents/${document.id}/tasks`;
    const total = async () => (await done(as('office').get('/tasks?programme=CD'))).total;
    const before = await total();
    const [, , , standing] = items as Json[];

    const taken = await as('office').post(path, { items: [standing, { ...standing, code: 'CD-4544' }] });
    expect([taken.status, taken.body.code, await total()]).to.deep.equal([409, 'task.exists', before]);

    const correction = await issued({ ...letter, corrects: document.id }, '1350', '2022-03-22');
    const ask = () =>
      as('office').post(`/documents/${correction.id}/tasks`, { items: [standing, standing] }, { key: 'cung-luc' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    expect([answers[0]?.status, await total()]).to.deep.equal([200, before + 2]);
  });

  it('"Nơi nhận": a unit that received it reads it and sees its own tasks; another does not find it', async () => {
    const own = await done(as('unit.snv').get(`/documents/${document.id}`));
    expect(own.tasks.map(({ leadUnit }: Json) => leadUnit)).to.deep.equal(['SNV', 'SNV']);
    expect(own.tasksTotal).to.equal(7);
    expect((await as('unit.tpcl').get(`/documents/${document.id}`)).body.code).to.equal('document.not_found');
    expect((await done(as('unit.tpcl').get('/documents'))).items).to.deep.equal([]);
    expect((await done(as('unit.snv').get('/documents'))).items.map(({ id }: Json) => id)).to.include(document.id);
    expect((await as('unit.snv').post('/documents', letter)).status).to.equal(403);
  });

  it('khoản 1, two lists with two demands "trong tháng 3 năm 2022": both are good until the end of 31 March', async () => {
    const demands = tasksOf('khoản 1');
    expect(new Set(demands.map(({ title }) => title)).size).to.equal(2);
    for (const task of demands) expect([task.due, task.dueOn]).to.deep.equal([inMarch, '2022-03-31']);

    await office().workers.liveUntil('2022-03-31', '23:00');
    expect((await read(demands[0])).deadline).to.not.equal('overdue');
    await office().workers.liveUntil('2022-04-01');
    expect((await read(demands[0])).deadline).to.equal('overdue');
  });

  it('khoản 2, a task about a task: both show the link', async () => {
    const [idesk] = tasksOf('khoản 2');
    const { document: from, links } = await done(as('unit.stttt').get(`/tasks/${idesk.id}/links`));
    expect(from.number).to.equal('1350/UBND-KSTT');
    expect(links.map(({ kind, direction, task }: Json) => [kind, direction, task.code])).to.deep.equal([
      ['about', 'to', 'CD-4544'],
    ]);

    const back = await done(as('office').get(`/tasks/${links[0].task.id}/links`));
    expect(back.links.map(({ kind, direction, task }: Json) => [kind, direction, task.id])).to.deep.equal([
      ['about', 'from', idesk.id],
    ]);
  });

  it('khoản 2, "đề xuất cụ thể tiến độ hoàn thành để Chủ tịch xem xét": the department proposes a day, the leader decides it', async () => {
    const [idesk] = tasksOf('khoản 2');
    const path = `/tasks/${idesk.id}/deadline-proposals`;
    expect(await read(idesk)).to.include({ dueOn: null, deadline: 'undated' });
    const seen = (await read(idesk)).version;
    const proposing = (name: string, body: object, version = seen, key?: string) =>
      as(name).post(path, body, { ifMatch: version, ...(key === undefined ? {} : { key }) });
    expect((await proposing('unit.snv', { day: '2022-06-30' })).status).to.equal(404);
    expect((await proposing('office', { day: '2022-06-30' })).status).to.equal(403);
    expect((await proposing('unit.stttt', { day: '2022-03-01' })).status).to.equal(400);
    expect((await as('unit.stttt').post(path, { day: '2022-08-31' })).status).to.equal(428);

    const first = await proposing('unit.stttt', { day: '2022-08-31' }, seen, 'de-xuat-1');
    expect((await proposing('unit.stttt', { day: '2022-08-31' }, seen, 'de-xuat-1')).text).to.equal(first.text);
    const other = { day: '2022-06-30', reason: 'Theo kế hoạch của nhà thầu' };
    expect((await proposing('unit.stttt', other)).body.code).to.equal('version.stale');
    const proposed = await done(proposing('unit.stttt', other, first.body.version));
    expect(proposed).to.include({ dueOn: null, deadline: 'undated' });
    expect(proposed.deadlineProposal).to.include({ day: '2022-06-30' });
    const said = (await eventsOf(office(), idesk.id)).slice(-2);
    expect(said.map(({ type, payload }: Json) => [type, payload.day])).to.deep.equal([
      ['task.deadline_proposed', '2022-08-31'],
      ['task.deadline_proposed', '2022-06-30'],
    ]);
    await office().workers.settle();
    const { items: told } = await done(as('leader').get('/notifications'));
    expect(told.find(({ taskId, kind }: Json) => taskId === idesk.id && kind === 'deadline_proposed').line).to.match(
      /^\[Đề xuất thời hạn\] .* – ngày 30\/06\/2022, lý do: Theo kế hoạch của nhà thầu/,
    );

    const open = async () =>
      (await done(as('leader').get('/deadline-proposals'))).items.map(({ task, dueOn }: Json) => [task.id, dueOn]);
    expect(await open()).to.deep.equal([[idesk.id, '2022-06-30']]);
    const { version } = await read(idesk);
    await done(
      as('leader').post(
        `/tasks/${idesk.id}/deadlines`,
        { due: { kind: 'on_or_before', day: '2022-06-30' }, reason: 'Đồng ý đề xuất' },
        { ifMatch: version },
      ),
    );
    expect(await open()).to.deep.equal([]);
    const { items: proposals } = await done(as('leader').get(path));
    expect(proposals.map(({ dueOn, outcome }: Json) => [dueOn, outcome])).to.deep.equal([
      ['2022-08-31', 'superseded'],
      ['2022-06-30', 'accepted'],
    ]);
    expect(await read(idesk)).to.include({ dueOn: '2022-06-30', deadline: 'in_time' });
    const decided = await read(idesk);
    expect(decided.deadlineProposal).to.equal(null);
    expect((await proposing('unit.stttt', { day: '2022-07-31' }, decided.version)).body.code).to.equal(
      'deadline_proposal.not_asked',
    );
    const { items: chain } = await done(as('unit.stttt').get(`/tasks/${idesk.id}/deadlines`));
    expect(chain.at(-1)).to.include({ dueOn: '2022-06-30', requested: '2022-06-30' });
  });

  it('khoản 3, the standing item of the Office, and khoản 4, "định kỳ 03 tháng/lần": undated work is urged after three months, and so is the urging itself due', async () => {
    const [standing] = tasksOf('khoản 3');
    const [urging] = tasksOf('khoản 4');
    expect([standing.due, standing.dueOn]).to.deep.equal([{ kind: 'none', reason: 'Nhiệm vụ thường xuyên' }, null]);
    expect([urging.due.kind, urging.due.every, urging.dueOn]).to.deep.equal(['recurring', 'P3M', '2022-06-22']);

    await office().workers.liveUntil('2022-09-30');
    expect(await firedOn(office(), standing.id, 'undated')).to.deep.equal(['2022-06-22', '2022-09-22']);
    expect(await firedOn(office(), urging.id, 'due_soon')).to.include('2022-06-22');
  });

  it('is corrected by another document that names it, and shows who corrects it', async () => {
    const correction = await done(
      as('office').post('/documents', { ...letter, kind: 'letter', corrects: document.id }),
    );
    const unissued = await as('office').post('/documents', { ...letter, corrects: correction.id });
    expect(unissued.body.code).to.equal('document.not_issued');
    await done(
      as('office').post(`/documents/${correction.id}/issue`, { number: '1350', date: '2022-03-22' }, { ifMatch: 1 }),
    );
    const before = await done(as('office').get(`/documents/${document.id}`));
    expect(before.abstract).to.equal(letter.abstract);
    expect(before.correctedBy.map(({ id }: Json) => id)).to.include(correction.id);
  });

  it('a secret document is counted and holds no abstract; its tasks hold no content either', async () => {
    const told = await as('office').post('/documents', { ...letter, secret: true });
    expect(told.body.code).to.equal('task.secret_content');
    const { abstract: _abstract, attachments: _attachments, ...bare } = letter;
    const secret = await issued({ ...bare, secret: true }, '07', '2022-03-22');
    const path = `/documents/${secret.id}/tasks`;
    const item = { programme: 'CD', leadUnit: 'SNV', due: { kind: 'on_or_before', day: '2022-12-30' } };

    const titled = await as('office').post(path, { items: [{ ...item, title: 'Nội dung mật' }] });
    const { tasks } = await done(as('office').post(path, { items: [item] }));

    expect(titled.body.items[0].code).to.equal('task.secret_content');
    expect([tasks[0].secret, tasks[0].source]).to.deep.equal([true, null]);
    const links = await done(as('office').get(`/tasks/${tasks[0].id}/links`));
    expect(links.document.id).to.equal(secret.id);
  });

  const issued = async (facts: object, number: string, date: string): Promise<Json> => {
    const draft = await done(as('office').post('/documents', facts));
    return done(as('office').post(`/documents/${draft.id}/issue`, { number, date }, { ifMatch: 1 }));
  };
});

/** Accounts come of themselves for the usual units only. */
function accounts() {
  return units.flatMap(({ code }) => [
    { name: `unit.${code.toLowerCase()}`, memberships: [{ role: 'focal_point' as const, unit: code }] },
    { name: `head.${code.toLowerCase()}`, memberships: [{ role: 'head' as const, unit: code }] },
  ]);
}
