import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { urgingStore } from '../../src/adapters/db/urging-rounds.ts';
import { urgingRounds } from '../../src/application/following/urging-rounds.ts';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, aTask, eventsOf, letter, moved, submission, submitted } from '../support/tasks.ts';
import { quiet, zone } from '../support/world.ts';

const by = (day: string) => ({ due: { kind: 'on_or_before', day } });

describe('A difficulty (letter 000, clauses 0.4 and 0.8)', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  const difficulty = {
    cause: 'Chưa được bố trí kinh phí',
    proposal: 'Bổ sung kinh phí quý II',
    addressee: 'province',
    answerBy: '2022-03-10',
  };
  const reporting = (name: string, task: Json, more: object = {}) =>
    as(name).post(`/tasks/${task.id}/difficulties`, { ...difficulty, ...more }, { ifMatch: task.version });

  it('is reported upward at once and leaves the task in its state and in time', async () => {
    const task = await acknowledged(office());

    const blocked = await done(reporting('unit.snv', task));
    await office().workers.settle();

    expect(blocked).to.include({ state: task.state, category: 'in_progress', deadline: 'in_time' });
    expect(blocked.difficulties.map(({ by: _by, ...rest }: Json) => rest)).to.deep.equal([
      { number: 1, ...difficulty, unit: null, capacity: 'lead_unit.focal_point', on: '2022-03-01', answer: null },
    ]);
    for (const name of ['office', 'leader']) {
      const inbox = await done(as(name).get('/notifications'));
      expect(
        inbox.items.find(({ taskId }: Json) => taskId === task.id),
        name,
      ).to.include({
        kind: 'difficulty',
        urgency: 'now',
      });
    }
  });

  it('travels with the task and stands in the list until it is answered, once', async () => {
    const task = await acknowledged(office(), { leadUnit: 'TPCL' });
    const blocked = await done(reporting('head.tpcl', task));
    office().clock.moveTo('2022-03-11');

    const waiting = await done(as('office').get('/difficulties?programme=CK&open=true&unit=TPCL'));
    expect(waiting.counts).to.deep.equal({ total: 1, open: 1, answered: 0, unanswered: 1 });
    expect(waiting.items[0]).to.include({ taskId: task.id, number: 1, addressee: 'province', answer: null });
    expect((await done(as('unit.snv').get('/difficulties'))).items.map(({ unit }: Json) => unit)).to.not.include(
      'TPCL',
    );

    const answering = (name: string, version: number) =>
      as(name).post(
        `/tasks/${task.id}/difficulties/1/answer`,
        { answer: 'Giao Sở Tài chính bố trí trong tháng 3', document: letter },
        { ifMatch: version },
      );
    expect((await answering('unit.tpcl', blocked.version)).body.code).to.equal('permission.denied');
    const answered = await done(answering('leader', blocked.version));
    expect(answered.difficulties[0].answer).to.include({
      text: 'Giao Sở Tài chính bố trí trong tháng 3',
      on: '2022-03-11',
    });
    expect((await answering('leader', answered.version)).body.code).to.equal('difficulty.not_open');
    expect((await done(as('office').get('/difficulties?open=true&unit=TPCL'))).counts.open).to.equal(0);
  });

  it('put to a unit is answered by it where it appraises the task, and else recorded by the office', async () => {
    const task = await acknowledged(office());
    const toAgency = await done(
      reporting('unit.snv', task, { addressee: 'unit', unit: 'STTTT', answerBy: '2022-04-01' }),
    );
    const toProvince = await done(reporting('unit.snv', toAgency, { answerBy: '2022-04-01' }));
    const answering = (name: string, number: number, version: number) =>
      as(name).post(`/tasks/${task.id}/difficulties/${number}/answer`, { answer: 'Đã phối hợp' }, { ifMatch: version });

    expect((await answering('appraiser.stttt', 2, toProvince.version)).body.code).to.equal('permission.denied');
    const answered = await done(answering('appraiser.stttt', 1, toProvince.version));
    expect(answered.difficulties.map(({ answer }: Json) => answer?.text ?? null)).to.deep.equal(['Đã phối hợp', null]);
  });

  it('of secret work is not written here', async () => {
    const { title: _title, ...untitled } = aTask({ secret: true });
    const task = await done(as('office').post('/tasks', untitled));

    const { status, body } = await reporting('unit.snv', task, { answerBy: '2022-04-01' });

    expect([status, body.code, body.pointers]).to.deep.equal([422, 'task.secret_content', ['/cause', '/proposal']]);
  });

  it('is not another unit’s to report, needs a day that is still to come and, put to a unit, the unit', async () => {
    const task = await acknowledged(office());

    expect((await reporting('office', task)).body.code).to.equal('permission.denied');
    expect((await reporting('unit.snv', task, { answerBy: '2022-03-01' })).body.pointer).to.equal('/answerBy');
    expect((await reporting('unit.snv', task, { addressee: 'unit', answerBy: '2022-03-20' })).body.pointer).to.equal(
      '/unit',
    );
  });
});

describe('A difficulty put to a unit outside the task (letter 000, clause 0.8)', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  let task: Json;
  let put: Json;
  const outside = ['head.tpcl', 'unit.tpcl'];
  const told = async (name: string, kind: string) => {
    await office().workers.settle();
    const { items } = await done(as(name).get('/notifications'));
    return items.filter((item: Json) => item.taskId === task.id && item.kind === kind).length;
  };
  const answering = (name: string, version: number, asked: object = {}) =>
    as(name).post(
      `/tasks/${task.id}/difficulties/1/answer`,
      { answer: 'Thành phố bố trí mặt bằng trong tháng 4' },
      { ifMatch: version, ...asked },
    );

  before(async () => {
    task = await acknowledged(office(), { title: 'Xây dựng trung tâm hành chính công' });
    put = await done(
      as('unit.snv').post(
        `/tasks/${task.id}/difficulties`,
        {
          cause: 'Chưa có mặt bằng',
          proposal: 'TP Cao Lãnh bàn giao mặt bằng',
          addressee: 'unit',
          unit: 'TPCL',
          answerBy: '2022-03-15',
        },
        { ifMatch: task.version },
      ),
    );
  });

  it('is told at once to head and focal point of that unit, who see it and nothing else of the task', async () => {
    for (const name of outside) {
      expect(await told(name, 'difficulty'), name).to.equal(1);
      const { items } = await done(as(name).get('/difficulties'));
      expect(items).to.have.length(1);
      const { unitName: _unitName, by: _by, ...row } = items[0];
      expect(row).to.deep.equal({
        taskId: task.id,
        code: task.code,
        title: 'Xây dựng trung tâm hành chính công',
        programme: null,
        version: put.version,
        outside: true,
        unit: 'SNV',
        number: 1,
        cause: 'Chưa có mặt bằng',
        proposal: 'TP Cao Lãnh bàn giao mặt bằng',
        byName: 'unit.snv',
        capacity: 'lead_unit.focal_point',
        addressee: 'unit',
        addresseeUnit: 'TPCL',
        on: '2022-03-01',
        answerBy: '2022-03-15',
        answer: null,
        answeredOn: null,
        mayAnswer: true,
        mayRedirect: false,
      });
      for (const path of ['', '/events', '/deadlines', '/links', '/deadline-proposals'])
        expect((await as(name).get(`/tasks/${task.id}${path}`)).status, `${name} ${path}`).to.equal(404);
      const { items: tasks } = await done(as(name).get('/tasks'));
      expect(tasks.map(({ id }: Json) => id)).to.not.include(task.id);
      const other = await as(name).post(
        `/tasks/${task.id}/difficulties/1/redirect`,
        {
          addressee: 'office',
          reason: 'Không thuộc thẩm quyền',
        },
        { ifMatch: put.version },
      );
      expect(other.status).to.equal(403);
    }
    expect((await done(as('head.tpcl').get('/difficulties?programme=CK'))).items).to.deep.equal([]);
    expect((await done(as('appraiser.skhdt').get('/difficulties'))).items).to.deep.equal([]);
  });

  it('says in the list to each reader what of it is theirs to do, and nothing once it is answered', async () => {
    const offered = async (name: string) => {
      const { items } = await done(as(name).get('/difficulties'));
      return items.map(({ mayAnswer, mayRedirect }: Json) => [mayAnswer, mayRedirect]);
    };
    expect(await offered('office')).to.deep.equal([[true, true]]);
    expect(await offered('leader')).to.deep.equal([[true, true]]);
    // Whose unit asked, and who appraises the task without having been asked.
    expect(await offered('unit.snv')).to.deep.equal([[false, false]]);
    expect(await offered('appraiser.stttt')).to.deep.equal([[false, false]]);
  });

  it('reminds that unit two days before the day asked for, and the day after it the office too', async () => {
    const owed = await done(as('office').get(`/tasks/${task.id}`));
    expect(owed.timers.find(({ rule }: Json) => rule === 'difficulty/1')).to.include({
      k: 1,
      anchor: 'answer_by:2022-03-15#1',
    });
    office().clock.moveTo('2022-03-13', '09:00');
    expect([await told('head.tpcl', 'remind'), await told('office', 'urge')]).to.deep.equal([1, 0]);
    office().clock.moveTo('2022-03-16', '09:00');
    expect([await told('head.tpcl', 'urge'), await told('unit.tpcl', 'urge')]).to.deep.equal([1, 1]);
    const { items } = await done(as('office').get('/notifications'));
    expect(items.find((item: Json) => item.taskId === task.id && item.kind === 'urge').line).to.equal(
      '[Khó khăn, vướng mắc quá hạn trả lời] Sở Nội vụ: Xây dựng trung tâm hành chính công – hạn trả lời 15/03/2022',
    );
  });

  it('is put to somebody else by the office, with the reason, and is then gone for the first', async () => {
    const { version } = await done(as('office').get(`/tasks/${task.id}`));
    const redirecting = (name: string, body: object) =>
      as(name).post(`/tasks/${task.id}/difficulties/1/redirect`, body, { ifMatch: version });
    const given = { addressee: 'unit', unit: 'SKHDT', reason: 'Thuộc thẩm quyền của Sở Kế hoạch và Đầu tư' };

    expect((await redirecting('unit.snv', given)).body.code).to.equal('permission.denied');
    expect((await redirecting('office', given)).body.pointer).to.equal('/answerBy');
    expect((await redirecting('office', { ...given, unit: 'KHONGCO', answerBy: '2022-03-25' })).body.code).to.equal(
      'unit.not_found',
    );
    const moved = await done(redirecting('office', { ...given, answerBy: '2022-03-25' }));

    expect(moved.difficulties[0]).to.include({ addressee: 'unit', unit: 'SKHDT', answerBy: '2022-03-25' });
    expect((await done(as('head.tpcl').get('/difficulties'))).items).to.deep.equal([]);
    expect((await answering('head.tpcl', moved.version)).status).to.equal(404);
    expect((await eventsOf(office(), task.id)).at(-1)).to.deep.include({ type: 'task.difficulty_redirected' });
    const back = await done(
      as('leader').post(
        `/tasks/${task.id}/difficulties/1/redirect`,
        { addressee: 'unit', unit: 'TPCL', reason: 'Mặt bằng do thành phố quản lý', answerBy: '2022-03-25' },
        { ifMatch: moved.version },
      ),
    );
    expect(await told('head.tpcl', 'difficulty_redirected')).to.equal(1);
    expect(back.difficulties[0].unit).to.equal('TPCL');
  });

  it('is answered by that unit itself, once and through the one door, and the answer shows nothing else of the task', async () => {
    const { version } = (await done(as('head.tpcl').get('/difficulties'))).items[0];
    const stale = await answering('head.tpcl', version - 1);
    expect([stale.status, stale.body.code, stale.body.state, stale.body.category]).to.deep.equal([
      412,
      'version.stale',
      undefined,
      undefined,
    ]);
    expect((await answering('unit.snv', version)).body.code).to.equal('permission.denied');

    const first = await answering('head.tpcl', version, { key: 'tra-loi-1' });
    const again = await answering('head.tpcl', version, { key: 'tra-loi-1' });

    expect(first.status).to.equal(200);
    expect([again.status, again.text]).to.deep.equal([200, first.text]);
    const { answer, ...shown } = first.body;
    expect(shown).to.have.all.keys(
      ...['taskId', 'code', 'title', 'leadUnit', 'version', 'number', 'cause', 'proposal', 'addressee', 'unit'],
      ...['answerBy', 'by', 'capacity', 'on'],
    );
    expect(answer).to.include({ text: 'Thành phố bố trí mặt bằng trong tháng 4', on: '2022-03-16' });
    expect((await answering('unit.tpcl', first.body.version)).body.code).to.equal('difficulty.not_open');
    const last = (await eventsOf(office(), task.id)).at(-1);
    expect([last.type, last.capacity]).to.deep.equal(['task.difficulty_answered', 'addressed_unit']);
    expect(await told('unit.snv', 'difficulty_answered')).to.equal(1);
    const [closed] = (await done(as('office').get('/difficulties'))).items;
    expect([closed.mayAnswer, closed.mayRedirect]).to.deep.equal([false, false]);
    const { timers } = await done(as('office').get(`/tasks/${task.id}`));
    expect(timers.map(({ rule }: Json) => rule)).to.not.include('difficulty/1');
  });
});

describe('Extensions (QĐ 790/QĐ-UBND-HC: no more than one for a task)', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);
  const deciding = (task: Json, day: string) =>
    as('leader').post(
      `/tasks/${task.id}/deadlines`,
      { ...by(day), reason: 'Theo đề nghị', document: letter },
      { ifMatch: task.version },
    );
  const requesting = (task: Json, day: string) =>
    as('unit.snv').post(
      `/tasks/${task.id}/extension-requests`,
      { day, reason: 'Chờ hướng dẫn' },
      { ifMatch: task.version },
    );

  it('are asked for by the unit and answered by the decision; the second one is refused with the rule', async () => {
    const task = await acknowledged(office());

    const asked = await done(requesting(task, '2022-09-30'));
    expect(asked.extensionRequest).to.include({ day: '2022-09-30' });
    const extended = await done(deciding(asked, '2022-08-31'));
    expect(extended).to.include({ dueOn: '2022-08-31', extensions: 1, extensionRequest: null });
    const second = await deciding(extended, '2022-10-31');
    const again = await requesting(extended, '2022-10-31');

    expect([second.status, second.body.code, second.body.rule]).to.deep.equal([
      409,
      'deadline.extension_limit',
      '790/QĐ-UBND-HC (Đồng Tháp)',
    ]);
    expect(again.body.code).to.equal('deadline.extension_limit');
    const chain = await done(as('unit.snv').get(`/tasks/${task.id}/deadlines`));
    expect(chain).to.include({ dueOriginalOn: '2022-06-30', dueOn: '2022-08-31', extensions: 1, maxExtensions: 1 });
    expect(
      chain.items.map(({ dueOn, extension, requested, capacity, document }: Json) => ({
        dueOn,
        extension,
        requested,
        capacity,
        document,
      })),
    ).to.deep.equal([
      { dueOn: '2022-06-30', extension: false, requested: null, capacity: 'assigning', document: null },
      {
        dueOn: '2022-08-31',
        extension: true,
        requested: '2022-09-30',
        capacity: 'province_leader',
        document: letter,
      },
    ]);
  });

  it('are as many as the programme says', async () => {
    await office().programme('CK-N', { maxExtensions: null });
    const task = await acknowledged(office(), { programme: 'CK-N' });

    const once = await done(deciding(task, '2022-08-31'));

    expect(await done(deciding(once, '2022-10-31'))).to.include({ extensions: 2 });
  });
});

describe('Letter 002, clauses 2.3 and 2.4', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  let overdue: Json;
  let late: Json;

  before(async () => {
    overdue = await acknowledged(office(), { ...by('2022-02-28'), title: '=1+1 Việc tồn đọng' });
    late = await acknowledged(office(), { ...by('2022-02-28'), leadUnit: 'TPCL', title: 'Việc chậm' });
    await submitted(office(), { ...by('2022-02-28'), title: 'Việc đúng hạn' });
    office().clock.moveTo('2022-03-05');
    late = await moved(as('unit.tpcl'), late, 'submit', submission);
    late = await moved(as('appraiser.stttt'), late, 'achieved', { fields: { note: 'Đạt' } }).catch(async () =>
      done(
        as('appraiser.stttt').post(`/tasks/${late.id}/transitions`, { outcome: 'achieved' }, { ifMatch: late.version }),
      ),
    );
    office().clock.moveTo('2022-03-10');
  });

  it('2.3 what is overdue and not finished, 2.4 what was finished late: two lists, as of a day', async () => {
    const listA = await done(as('office').get('/programmes/CK/urging/overdue'));
    const listB = await done(as('office').get('/programmes/CK/urging/late-done'));

    expect(listA.items.map(({ id, daysLate, urgings }: Json) => ({ id, daysLate, urgings }))).to.deep.equal([
      { id: overdue.id, daysLate: 10, urgings: 0 },
    ]);
    expect(listB.items.map(({ id, daysLate, submittedOn }: Json) => ({ id, daysLate, submittedOn }))).to.deep.equal([
      { id: late.id, daysLate: 5, submittedOn: '2022-03-05' },
    ]);
    const before = await done(as('office').get('/programmes/CK/urging/overdue?asOf=2022-03-01'));
    expect(before.items.map(({ id, daysLate }: Json) => [id, daysLate])).to.have.deep.members([
      [overdue.id, 1],
      [late.id, 1],
    ]);
    expect((await done(as('unit.snv').get('/programmes/CK/urging/late-done'))).items).to.deep.equal([]);
  });

  it('a call is logged as an urging and counted, lần n', async () => {
    const urged = await done(
      as('office').post(
        `/tasks/${overdue.id}/urgings`,
        { channel: 'phone', note: 'Đã gọi Chánh Văn phòng Sở' },
        { ifMatch: overdue.version },
      ),
    );

    expect(urged).to.include({ urgings: 1, urgedOn: '2022-03-10', version: overdue.version + 1 });
    const { items } = await done(as('office').get('/programmes/CK/urging/overdue'));
    expect(items[0].urgings).to.equal(1);
    const denied = await as('head.snv').post(
      `/tasks/${overdue.id}/urgings`,
      { channel: 'phone' },
      { ifMatch: urged.version },
    );
    expect(denied.body.code).to.equal('permission.denied');
  });

  it('2.4 the unit explains, and the office confirms an objective cause or does not (NĐ 335/2025)', async () => {
    const inTime = await acknowledged(office());
    const explaining = (name: string, task: Json, more: object = {}) =>
      as(name).post(
        `/tasks/${task.id}/explanations`,
        { text: 'Chậm do chờ số liệu', ...more },
        { ifMatch: task.version },
      );
    const judging = (name: string, task: Json, confirmed: boolean) =>
      as(name).post(
        `/tasks/${task.id}/explanations/judgement`,
        { confirmed, reason: 'Theo hồ sơ', document: letter },
        { ifMatch: task.version },
      );

    expect((await explaining('unit.snv', inTime)).body.code).to.equal('explanation.not_late');
    expect((await judging('office', late, true)).body.code).to.equal('explanation.no_cause');
    const bare = await done(explaining('head.tpcl', late));
    expect((await judging('office', bare, true)).body.code).to.equal('explanation.no_cause');
    const explained = await done(
      explaining('head.tpcl', bare, { objectiveCause: 'Số liệu của Trung ương công bố muộn' }),
    );
    expect((await judging('head.tpcl', explained, true)).body.code).to.equal('permission.denied');
    const judged = await done(judging('office', explained, true));

    expect(judged.explanation).to.include({ confirmed: true, objectiveCause: 'Số liệu của Trung ương công bố muộn' });
    const { items } = await done(as('office').get('/programmes/CK/urging/late-done'));
    expect(items[0]).to.include({ causeConfirmed: true, explanation: 'Chậm do chờ số liệu' });
    const onTime = await done(as('office').get('/programmes/CK/on-time?from=2022-01-01&to=2022-03-10'));
    expect(
      onTime.items.map(({ unit, judged: n, onTime: ok, late: behind, overdue: open, excused, rate, met }: Json) => ({
        unit,
        n,
        ok,
        behind,
        open,
        excused,
        rate,
        met,
      })),
    ).to.deep.equal([
      { unit: 'SNV', n: 1, ok: 0, behind: 0, open: 1, excused: 0, rate: 0, met: false },
      { unit: 'TPCL', n: 1, ok: 0, behind: 1, open: 0, excused: 1, rate: 0, met: false },
    ]);
  });

  it('the lists go out as CSV and XLSX with the same figures, and say of when they are', async () => {
    const csv = await as('office').get('/programmes/CK/urging/overdue?format=csv');
    const address = `${office().address}/programmes/CK/urging/overdue?format=xlsx`;
    const file = await fetch(address, { headers: { Authorization: `Bearer ${await as('office').token()}` } });

    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    const lines = csv.text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines[1]).to.include('Số liệu tính đến hết ngày 10/03/2022').and.to.include('tổng số 1 nhiệm vụ');
    expect(lines).to.have.length(4);
    expect(lines[3]).to.include("'=1+1 Việc tồn đọng").and.to.include(';10;1;');
    const sheet = Buffer.from(
      unzipSync(new Uint8Array(await file.arrayBuffer()))['xl/worksheets/sheet1.xml'] as Uint8Array,
    ).toString();
    expect(sheet).to.not.match(/<f[ >]/);
    expect(sheet.match(/<row /g)).to.have.length(4);
  });
});

describe('Letter 002, clause 2.12: every three months, work that had no deadline when first assigned', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const undated = { due: { kind: 'none', reason: 'Thường xuyên' } };
  const urgedOn = async (id: string) => (await eventsOf(office(), id)).filter(({ type }) => type === 'task.urged');

  it('is proposed by the system, edited and approved by a person, and sent once even when a worker dies over it', async () => {
    const kept = await acknowledged(office(), undated);
    const other = await acknowledged(office(), { ...undated, leadUnit: 'TPCL' });
    const out = await acknowledged(office(), undated);
    const dated = await acknowledged(office(), undated);
    await acknowledged(office());
    office().clock.moveTo('2022-04-09');
    expect((await done(as('office').post('/programmes/CK/urging-rounds'))).lines).to.deep.equal([]);
    office().clock.moveTo('2022-04-10');
    await assigned(office(), undated);

    const round = await done(as('office').post('/programmes/CK/urging-rounds'));
    expect(round).to.include({ status: 'proposed', asOf: '2022-04-10' });
    expect(round.lines.map(({ taskId }: Json) => taskId)).to.have.members([kept.id, other.id, out.id, dated.id]);
    expect(round.lines[0]).to.include({ months: 3, n: 1, status: 'proposed' });
    expect((await done(as('office').post('/programmes/CK/urging-rounds'))).id).to.equal(round.id);
    const edited = await done(
      as('office').post(`/urging-rounds/${round.id}/taken-out`, { taskId: out.id, reason: 'Việc thường xuyên của Sở' }),
    );
    expect(edited.lines.find(({ taskId }: Json) => taskId === out.id)).to.include({ status: 'taken_out' });
    for (const name of ['unit.snv', 'auditor'])
      expect((await as(name).post(`/urging-rounds/${round.id}/approval`)).body.code).to.equal('permission.denied');
    expect(await urgedOn(kept.id)).to.deep.equal([]);

    await done(as('leader').post(`/urging-rounds/${round.id}/approval`));
    await done(
      as('leader').post(
        `/tasks/${dated.id}/deadlines`,
        { ...by('2022-12-31'), reason: 'Đã rõ' },
        { ifMatch: dated.version },
      ),
    );
    // The worker is killed when the events are written and nothing says so yet.
    const { composition, pool, clock } = office();
    const dying = urgingRounds({
      store: { ...urgingStore(pool), settle: () => Promise.reject(new Error('killed')) },
      tasks: composition.store,
      intentions: composition.intentions,
      audit: composition.audit,
      clock,
      log: quiet,
      zone,
    });
    const { rows } = await pool.query<{ id: string }>(`select id from intention where kind = 'urging-round'`);
    await dying.run(rows.map(({ id }) => id));
    expect(await urgedOn(kept.id)).to.have.length(1);
    expect((await done(as('office').get(`/urging-rounds/${round.id}`))).status).to.equal('approved');
    office().clock.moveTo('2022-04-11');
    await office().workers.settle();
    await dying.run(rows.map(({ id }) => id));

    const sent = await done(as('office').get(`/urging-rounds/${round.id}`));
    expect(sent.status).to.equal('sent');
    const lineOf = (id: string) => sent.lines.find(({ taskId }: Json) => taskId === id);
    expect([lineOf(kept.id), lineOf(other.id)].map(({ status, n }: Json) => [status, n])).to.deep.equal([
      ['sent', 1],
      ['sent', 1],
    ]);
    expect(lineOf(dated.id)).to.include({ status: 'skipped', reason: 'deadline.set' });
    for (const [id, times] of [
      [kept.id, 1],
      [other.id, 1],
      [out.id, 0],
      [dated.id, 0],
    ] as const)
      expect(await urgedOn(id)).to.have.length(times);
    expect((await urgedOn(kept.id))[0]?.payload).to.include({ round: round.id, n: 1, channel: 'system' });
    expect((await as('leader').post(`/urging-rounds/${round.id}/approval`)).body.code).to.equal('urging.not_proposed');
    await office().workers.settle();
    const inbox = await done(as('unit.snv').get('/notifications'));
    expect(inbox.items.filter(({ kind }: Json) => kind === 'urged')).to.have.length(1);
  });

  it('comes again three months after the last urging, numbered after all the urgings there were', async () => {
    const [first] = (await done(as('office').get('/programmes/CK/urging-rounds'))).items;
    const { lines } = await done(as('office').get(`/urging-rounds/${first.id}`));
    const sent = lines.flatMap(({ taskId, status }: Json) => (status === 'sent' ? taskId : []));
    office().clock.moveTo('2022-07-09');
    const early = await done(as('office').post('/programmes/CK/urging-rounds'));
    expect(early.lines.filter(({ taskId }: Json) => sent.includes(taskId))).to.deep.equal([]);
    office().clock.moveTo('2022-07-12');

    const round = await done(as('office').post('/programmes/CK/urging-rounds'));

    // The round of April and the timer of April urged them once each.
    const again = round.lines.filter(({ taskId }: Json) => sent.includes(taskId));
    expect(again.map(({ n }: Json) => n)).to.deep.equal([3, 3]);
    for (const id of sent) expect((await done(as('office').get(`/tasks/${id}`))).urgings).to.equal(2);
  });

  it('is proposed by the schedule as well, where there is something to urge', async () => {
    await office().programme('CK-Q');
    const task = await acknowledged(office(), { ...undated, programme: 'CK-Q' });
    office().clock.moveTo('2023-01-01');

    // What stands in a round that nobody has approved yet is not proposed twice.
    expect(await office().composition.proposeUrging()).to.equal(1);
    const { items } = await done(as('office').get('/programmes/CK-Q/urging-rounds'));
    expect(items[0]).to.include({ status: 'proposed', asOf: '2023-01-01', proposedBy: 'system' });
    const { lines } = await done(as('office').get(`/urging-rounds/${items[0].id}`));
    expect(lines.map(({ taskId }: Json) => taskId)).to.deep.equal([task.id]);
  });

  it('is sent once also when two workers take it at the same moment', async () => {
    const { items } = await done(as('office').get('/programmes/CK/urging-rounds'));
    expect(await office().composition.proposeUrging()).to.equal(0);
    await done(as('office').post(`/urging-rounds/${items[0].id}/approval`));
    const { composition, pool } = office();
    const { rows } = await pool.query<{ id: string }>(`select id from intention where kind = 'urging-round'`);
    const ids = rows.map(({ id }) => id);

    await Promise.all([composition.handlers.organisation?.(ids), composition.handlers.organisation?.(ids)]);

    const sent = await done(as('office').get(`/urging-rounds/${items[0].id}`));
    expect(sent.status).to.equal('sent');
    for (const { taskId } of sent.lines)
      expect((await urgedOn(taskId)).filter(({ payload }) => payload.round === sent.id)).to.have.length(1);
  });
});

describe('Common tasks (nhiệm vụ giao chung)', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const common = {
    programme: 'CK',
    code: 'CHUNG-01',
    blocs: ['department', 'district'],
    title: 'Hoàn thành đúng hạn 100% nhiệm vụ giao trên phần mềm',
    appraiserUnit: 'STTTT',
    ...by('2022-06-30'),
  };

  it('are given to every unit of the blocs in one act, and to nobody twice', async () => {
    const first = await done(as('office').post('/tasks/common', common));
    const again = await done(as('office').post('/tasks/common', common));
    const other = await as('office').post('/tasks/common', { ...common, title: 'Việc khác' });

    expect(first.created.map(({ unit }: Json) => unit)).to.have.members(['VPUBND', 'SNV', 'PCNTT', 'SKHDT', 'TPCL']);
    // Nobody appraises their own work.
    expect(first.refused).to.deep.equal([{ unit: 'STTTT', reason: 'conflict_of_interest' }]);
    expect([again.created.length, again.existing.length]).to.deep.equal([0, 5]);
    expect([other.status, other.body.code]).to.deep.equal([409, 'task.exists']);
    expect((await as('unit.snv').post('/tasks/common', common)).body.code).to.equal('permission.denied');
  });

  it('are edited once and counted together', async () => {
    const { ok, failed } = await done(
      as('leader').post('/programmes/CK/common/CHUNG-01/deadlines', {
        ...by('2022-09-30'),
        reason: 'Theo chỉ đạo',
        document: letter,
      }),
    );

    expect([ok.length, Object.keys(failed).length]).to.deep.equal([5, 0]);
    const { items } = await done(as('office').get('/programmes/CK/common'));
    expect(items).to.deep.equal([{ code: 'CHUNG-01', title: common.title, copies: 5, counts: { assigned: 5 } }]);
    const list = await done(as('office').get('/tasks?programme=CK&kind=common'));
    expect(new Set(list.items.map(({ dueOn }: Json) => dueOn))).to.deep.equal(new Set(['2022-09-30']));
  });
});
