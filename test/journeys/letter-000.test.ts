// Letter 000 (Văn phòng UBND tỉnh Đồng Tháp, 9/2021): rooms of the Office follow the commitments of their field, and two of their
// three tasks begin only after another body has submitted its report.

import { expect } from 'chai';
import { phaseStore } from '../../src/adapters/db/programme-phases.ts';
import type { EventDeadlines } from '../../src/application/programmes/event-deadlines.ts';
import { programmePhases } from '../../src/application/programmes/phases.ts';
import type { Actor } from '../../src/domain/organisation/actor.ts';
import { dayOf } from '../../src/domain/schedule/civil-date.ts';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../src/domain/schedule/working-calendar.ts';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { fewUnits } from '../support/province.ts';
import { aTask, eventsOf, firedOn, moved, moving } from '../support/tasks.ts';
import { zone } from '../support/world.ts';

const rooms = [
  { code: 'THVX', name: 'Phòng Tổng hợp - Văn xã', class: 'office', bloc: 'office', parent: 'VPUBND' },
  { code: 'PKT', name: 'Phòng Kinh tế', class: 'office', bloc: 'office', parent: 'VPUBND' },
];
const submission =
  'Sở Kế hoạch và Đầu tư trình UBND Tỉnh báo cáo kết quả thực hiện năm 2021, bảng tổng hợp đăng ký của các ngành chuyên môn Tỉnh và địa phương năm 2022';
const submitted = { number: '200/BC-SKHĐT', date: '2021-12-06', issuer: 'Sở Kế hoạch và Đầu tư' };

const letter = {
  kind: 'letter',
  sign: 'VPUBND-THVX',
  issuer: 'Văn phòng UBND Tỉnh',
  authority: 'chairman',
  signer: { name: 'Người ký', position: 'Phó Chánh Văn phòng', capacity: 'KT.', signsFor: 'Chánh Văn phòng' },
  abstract: 'V/v giao nhiệm vụ theo dõi tình hình thực hiện bản cam kết hành động',
  recipients: [
    { name: 'Phòng Tổng hợp - Văn xã', unit: 'THVX', purpose: 'execute' },
    { name: 'Phòng Kinh tế', unit: 'PKT', purpose: 'execute' },
    { name: 'Chủ tịch UBND Tỉnh', purpose: 'report' },
    { name: 'Lãnh đạo VPUBND Tỉnh', purpose: 'inform' },
    { name: 'VT, THVX (Thư)', purpose: 'file' },
  ],
};
const both = { programme: 'VP', leadUnits: ['THVX', 'PKT'], kind: 'common' };
const afterSubmission = {
  kind: 'after_event',
  event: submission,
  offset: { workingDays: 10 },
  tentativeDay: '2021-11-30',
};

const name = (vi: string, en: string) => ({ vi, en });
const pkt = ['lead_unit.focal_point', 'lead_unit.head'];
/** The room writes, the deputy in charge of the bloc gives an opinion, Tổng hợp - Văn xã puts all together. */
const slip = {
  key: 'phieu-trinh',
  name: name('Phiếu trình', 'Submission slip'),
  states: [
    { key: 'writing', name: name('Đang soạn', 'Writing'), category: 'assigned', holder: 'unit', initial: true },
    {
      key: 'opinion',
      name: name('Chờ ý kiến Lãnh đạo', 'Awaiting opinion'),
      category: 'in_progress',
      holder: 'office',
    },
    {
      key: 'consolidating',
      name: name('Chờ tổng hợp', 'Awaiting consolidation'),
      category: 'awaiting_appraisal',
      holder: 'appraiser',
    },
    { key: 'done', name: name('Đã tổng hợp', 'Consolidated'), category: 'done' },
    { key: 'left_out', name: name('Không đưa vào', 'Left out'), category: 'not_done' },
  ],
  transitions: [
    {
      key: 'submit',
      name: name('Trình', 'Submit'),
      from: ['writing'],
      to: 'opinion',
      by: pkt,
      require: { evidence: 1 },
    },
    {
      key: 'rework',
      name: name('Yêu cầu làm lại', 'Rework'),
      from: ['opinion'],
      to: 'writing',
      by: ['office'],
      require: { reason: true },
    },
    {
      key: 'agree',
      name: name('Cho ý kiến', 'Give opinion'),
      from: ['opinion'],
      to: 'consolidating',
      by: ['office'],
      require: { reason: true },
    },
    {
      key: 'consolidate',
      name: name('Tổng hợp', 'Consolidate'),
      from: ['consolidating'],
      to: 'done',
      by: ['appraising_agency'],
    },
    {
      key: 'leave_out',
      name: name('Không đưa vào', 'Leave out'),
      from: ['consolidating'],
      to: 'left_out',
      by: ['appraising_agency'],
      require: { reason: true },
    },
    {
      key: 'return',
      name: name('Trả lại', 'Return'),
      from: ['consolidating'],
      to: 'writing',
      by: ['appraising_agency'],
      require: { reason: true },
    },
  ],
  appraisals: [
    {
      state: 'consolidating',
      rule: 'any',
      outcomes: { achieved: 'consolidate', not_achieved: 'leave_out', returned: 'return' },
    },
  ],
  timers: [],
  forms: [],
};

const unasked = () => Promise.reject(new Error('not asked'));
const noDeadlines: EventDeadlines = { preview: unasked, set: unasked, setPlanned: unasked, run: unasked };

describe('Letter 000 of Đồng Tháp, September 2021', () => {
  const office = suiteOffice({
    day: '2021-09-13',
    units: [...fewUnits, ...rooms],
    programme: {
      year: 2021,
      criteria: 'Theo yêu cầu, kỳ vọng của Lãnh đạo UBND Tỉnh đối với phát triển ngành/địa phương',
    },
    accounts: [
      ...[...fewUnits, ...rooms].map(({ code }) => ({
        name: `unit.${code.toLowerCase()}`,
        memberships: [{ role: 'focal_point' as const, unit: code }],
      })),
      { name: 'specialist.cchc', memberships: [{ role: 'specialist', field: 'Cải cách hành chính' }] },
      { name: 'appraiser.thvx', memberships: [{ role: 'appraiser', unit: 'THVX' }] },
      { name: 'specialist.yte', memberships: [{ role: 'specialist', field: 'Y tế' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const phases = (): Promise<Json> => done(as('unit.thvx').get('/programmes/CK/phases'));
  const phase = async (name: string): Promise<Json> =>
    (await phases()).phases.find((each: Json) => each.phase === name);
  let given: Json[] = [];

  before(() =>
    office().programme('VP', { name: 'Việc của Văn phòng', noun: 'nhiệm vụ', workflow: 'directive-task', year: 2021 }),
  );

  it('"Số:     /VPUBND-THVX, ngày     tháng 9 năm 2021", "KT. CHÁNH VĂN PHÒNG", "Nơi nhận": is entered with its blanks, signer and purposes', async () => {
    const draft = await done(as('office').post('/documents', letter));
    expect([draft.number, draft.date, draft.signer.capacity]).to.deep.equal([null, null, 'KT.']);

    const document = await done(
      as('office').post(`/documents/${draft.id}/issue`, { number: '512', date: '2021-09-13' }, { ifMatch: 1 }),
    );
    // The Office writes, the Chairman orders: whose order it is stands apart from who issued it.
    expect(document).to.include({
      number: '512/VPUBND-THVX',
      issuer: 'Văn phòng UBND Tỉnh',
      authority: 'chairman',
    });
    expect(document.recipients.map(({ purpose }: Json) => purpose)).to.deep.equal([
      'execute',
      'execute',
      'report',
      'inform',
      'file',
    ]);

    const answer = await done(
      as('office').post(`/documents/${document.id}/tasks`, {
        items: [
          {
            ...both,
            item: 'khoản 1 điểm a',
            title: 'Theo dõi tình hình thực hiện cam kết hành động năm 2021 thuộc ngành, lĩnh vực đang phụ trách',
            due: { kind: 'none', reason: 'Thường xuyên trong năm' },
          },
          { ...both, item: 'khoản 1 điểm b', title: 'Tham gia thẩm định kết quả cuối kỳ', due: afterSubmission },
          {
            ...both,
            item: 'khoản 1 điểm c',
            title: 'Đề xuất nội dung cam kết năm 2022',
            product: 'Phiếu trình, có ý kiến của Lãnh đạo Văn phòng phụ trách khối',
            due: afterSubmission,
          },
          {
            programme: 'VP',
            leadUnit: 'THVX',
            item: 'khoản 2',
            title: 'Chủ trì, hướng dẫn lộ trình cụ thể, đôn đốc việc thực hiện các nhiệm vụ trên',
            due: { kind: 'none', reason: 'Thường xuyên trong năm' },
          },
        ],
      }),
    );
    given = answer.tasks;
    expect(given.map(({ item, leadUnit }) => `${item} ${leadUnit}`)).to.deep.equal([
      'khoản 1 điểm a THVX',
      'khoản 1 điểm a PKT',
      'khoản 1 điểm b THVX',
      'khoản 1 điểm b PKT',
      'khoản 1 điểm c THVX',
      'khoản 1 điểm c PKT',
      'khoản 2 THVX',
    ]);
  });

  it('a) "thuộc ngành, lĩnh vực đang phụ trách": a specialist follows the commitments of the own field and no other', async () => {
    const reform = await done(as('office').post('/tasks', aTask({ field: 'Cải cách hành chính' })));
    const health = await done(as('office').post('/tasks', aTask({ field: 'Y tế', leadUnit: 'TPCL' })));

    const followed = async (name: string) =>
      (await done(as(name).get('/tasks?programme=CK'))).items.map(({ id }: Json) => id);
    expect(await followed('specialist.cchc')).to.deep.equal([reform.id]);
    expect(await followed('specialist.yte')).to.deep.equal([health.id]);
    expect((await as('specialist.cchc').get(`/tasks/${health.id}`)).status).to.equal(404);
  });

  it('c) "theo yêu cầu, kỳ vọng của Lãnh đạo UBND Tỉnh": the programme says by what it is judged', async () => {
    const programme = await done(as('unit.pkt').get('/programmes/CK'));
    expect(programme.criteria).to.match(/kỳ vọng của Lãnh đạo UBND Tỉnh/);
    expect(programme).to.include({ denominator: 'all', percentDigits: 1, noun: 'nội dung cam kết' });
  });

  it('"Thời gian thực hiện nội dung b và c sau khi Sở Kế hoạch và Đầu tư trình … (dự kiến vào cuối tháng 11 năm 2021)": both phases wait, with a forecast', async () => {
    const waiting = { kind: 'after_submission', event: submission, unit: 'SKHDT', tentativeDay: '2021-11-30' };
    const plan = [
      {
        phase: 'execution',
        starts: { kind: 'on_day', day: '2021-01-04' },
        ends: { kind: 'on_day', day: '2021-12-31' },
      },
      { phase: 'appraisal', starts: waiting, ends: { kind: 'within', offset: { workingDays: 10 } } },
      { phase: 'registration', starts: waiting, ends: { kind: 'within', offset: { workingDays: 10 } } },
      { phase: 'closing', starts: { kind: 'on_day', day: '2022-01-10' } },
    ];
    expect((await as('office').put('/programmes/CK/phases', { phases: plan })).status).to.equal(403);
    const twice = await as('admin').put('/programmes/CK/phases', { phases: [...plan, plan[0]] });
    expect(twice.status).to.equal(400);
    const strange = [{ phase: 'appraisal', starts: { ...waiting, unit: 'KHONG' } }];
    expect((await as('admin').put('/programmes/CK/phases', { phases: strange })).body.code).to.equal('unit.not_found');

    const planned = await done(as('admin').put('/programmes/CK/phases', { phases: plan }));
    expect(planned.present).to.deep.equal(['execution']);
    expect(planned.phases.map(({ phase: name, state, daysLeft }: Json) => [name, state, daysLeft])).to.deep.equal([
      ['execution', 'running', 109],
      ['appraisal', 'waiting', null],
      ['registration', 'waiting', null],
      ['closing', 'planned', 119],
    ]);
  });

  it('the end of November passes without the submission: nothing counts down, nobody is reminded', async () => {
    await office().workers.liveUntil('2021-12-03');

    expect(await phase('appraisal')).to.include({ state: 'waiting', daysLeft: null, startsOn: null, endsOn: null });
    const [waiting] = given.filter(({ item }) => item === 'khoản 1 điểm b');
    expect(await done(as('unit.thvx').get(`/tasks/${waiting.id}`))).to.include({ dueOn: null, deadline: 'undated' });
    expect(await firedOn(office(), waiting.id, 'due_soon')).to.deep.equal([]);
    expect(await firedOn(office(), waiting.id, 'overdue')).to.deep.equal([]);
  });

  it('the submission is recorded with its document, later than it happened: both phases run from that day, and only then anything counts', async () => {
    await office().workers.liveUntil('2021-12-08');
    const start = '/programmes/CK/phases/appraisal/start';
    expect((await as('unit.thvx').post(start, { document: submitted })).status).to.equal(403);
    const bare = await as('office').post(start, { on: '2021-12-06' });
    expect([bare.status, bare.body.code]).to.deep.equal([422, 'requirement.missing']);
    const early = await as('office').post(start, { on: '2021-12-09', document: submitted });
    expect(early.body.code).to.equal('effective.in_future');
    expect((await as('office').post('/programmes/CK/phases/appraisal/end', {})).body.code).to.equal('phase.not_begun');
    expect((await as('office').post('/programmes/CK/phases/opinions/start', {})).body.code).to.equal('phase.not_found');

    // Before anything is recorded one sees what would follow.
    const waiting = given.filter(({ item }) => /điểm [bc]/.test(item)).map(({ id }) => id);
    const preview = await done(as('office').get('/programmes/CK/phases/appraisal/deadlines?on=2021-12-06'));
    expect(preview).to.include({ event: submission, on: '2021-12-06' });
    expect(preview.items.map(({ id, dueOn }: Json) => [id, dueOn])).to.have.deep.members(
      waiting.map((id) => [id, '2021-12-20']),
    );
    expect((await as('unit.thvx').get('/programmes/CK/phases/appraisal/deadlines')).status).to.equal(403);
    // An aggregator sets deadlines of the own programme only, and these are the Office's.
    expect((await done(as('aggregator').get('/programmes/CK/phases/appraisal/deadlines'))).items).to.deep.equal([]);
    const dated = await as('office').get('/programmes/CK/phases/closing/deadlines');
    expect([dated.status, dated.body.code]).to.deep.equal([409, 'phase.not_waiting']);
    expect(await done(as('office').get(`/tasks/${waiting[0]}`))).to.include({ dueOn: null });

    const begun = await done(as('office').post(start, { on: '2021-12-06', document: submitted }));
    expect(begun.deadlines).to.deep.equal({ set: 4, refused: [] });
    const standing = await done(
      as('aggregator').post('/programmes/CK/phases/registration/start', { on: '2021-12-06', document: submitted }),
    );

    expect(standing.present).to.deep.equal(['execution', 'appraisal', 'registration']);
    const appraisal = standing.phases.find((each: Json) => each.phase === 'appraisal');
    expect(appraisal).to.include({ state: 'running', startsOn: '2021-12-06', endsOn: '2021-12-20', daysLeft: 12 });
    expect([
      appraisal.started.on,
      appraisal.started.recordedAt.slice(0, 10),
      appraisal.started.document.number,
    ]).to.deep.equal(['2021-12-06', '2021-12-08', '200/BC-SKHĐT']);
    expect((await as('office').post(start, { document: submitted })).body.code).to.equal('phase.begun');
  });

  it('the tasks of b and c count ten working days from the submission, set by its recording alone, once and with its document', async () => {
    const waiting = given.filter(({ item }) => /điểm [bc]/.test(item)).map(({ id }) => id);
    for (const id of waiting) {
      expect(await done(as('office').get(`/tasks/${id}`))).to.include({ dueOn: '2021-12-20', extensions: 0 });
      const set = (await eventsOf(office(), id)).filter(({ type }) => type === 'task.deadline_decided');
      expect(set).to.have.length(1);
      // It was recorded on the 8th and holds from the 6th.
      expect(dayOf(new Date(set[0]?.effectiveAt), zone)).to.equal('2021-12-06');
      expect(set[0]?.payload).to.deep.include({
        happened: { programme: 'CK', phase: 'appraisal' },
        document: submitted,
        extension: false,
        late: true,
      });
    }
    await office().workers.settle();
    const inbox = await done(as('unit.thvx').get('/notifications'));
    expect(inbox.items.filter(({ kind }: Json) => kind === 'deadline')).to.have.length(2);
    await office().workers.liveUntil('2021-12-19');
    expect(await firedOn(office(), waiting[0], 'due_soon')).to.not.deep.equal([]);
    office().clock.moveTo('2021-12-19', '09:00');
  });

  it('work that was given after the submission begins to count when it is asked for, and a repeated asking sets nothing', async () => {
    const late = await done(
      as('office').post('/tasks', {
        programme: 'VP',
        title: 'Tổng hợp ý kiến của Lãnh đạo Văn phòng',
        leadUnit: 'PKT',
        due: afterSubmission,
      }),
    );
    expect(late.dueOn).to.equal(null);
    const path = '/programmes/CK/phases/registration/deadlines';
    expect((await done(as('office').get(path))).items.map(({ id }: Json) => id)).to.deep.equal([late.id]);

    expect(await done(as('office').post(path))).to.deep.equal({ set: 1, refused: [] });
    expect(await done(as('office').post(path))).to.deep.equal({ set: 0, refused: [] });
    expect((await done(as('office').get(`/tasks/${late.id}`))).dueOn).to.equal('2021-12-20');
  });

  it('a recording whose request died is finished by a worker, once even when two take it', async () => {
    const event = 'Hội đồng thẩm định họp';
    const { composition, pool, clock } = office();
    await office().programme('VP2', { year: 2021, workflow: 'directive-task' });
    const starts = { kind: 'after_submission', event, unit: 'SKHDT' };
    await done(as('admin').put('/programmes/VP2/phases', { phases: [{ phase: 'closing', starts }] }));
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const due = { kind: 'after_event', event, offset: 'P5D' };
      ids.push((await done(as('office').post('/tasks', { programme: 'VP2', title: 'Việc', leadUnit: 'PKT', due }))).id);
    }
    const office2 = await composition.store.actor(
      (await composition.people.accountByEmail('office@thu.test'))?.id ?? '',
      clock.now(),
    );
    const calendar = workingCalendar({ key: 'vn', zone, version: 1, days: vietnamCalendarDays });
    const dying = programmePhases({
      phases: phaseStore(composition.source),
      rules: async () => ({ calendar, roll: null }),
      deadlines: { ...noDeadlines, setPlanned: () => Promise.reject(new Error('killed')) },
      audit: composition.audit,
      clock,
    });
    const died = dying.start(office2 as Actor, 'VP2', 'closing', { document: submitted }).catch(String);
    expect(await died).to.equal('Error: killed');
    const dues = async () =>
      Promise.all(ids.map(async (id) => (await done(as('office').get(`/tasks/${id}`))).dueOn as string | null));
    expect(new Set(await dues())).to.deep.equal(new Set([null]));

    const { rows } = await pool.query<{ id: string }>(`select id from intention where kind = 'phase-event'`);
    const intentions = rows.map(({ id }) => id);
    await Promise.all([
      composition.handlers.organisation?.(intentions),
      composition.handlers.organisation?.(intentions),
    ]);

    expect(new Set(await dues())).to.deep.equal(new Set(['2021-12-24']));
    for (const id of ids)
      expect((await eventsOf(office(), id)).map(({ type }) => type)).to.deep.equal([
        'task.assigned',
        'task.deadline_decided',
      ]);
    expect((await pool.query(`select from intention where kind = 'phase-event'`)).rowCount).to.equal(0);
  });

  it('c) "Phiếu trình, có ý kiến của Lãnh đạo Văn phòng phụ trách khối, gửi Phòng Tổng hợp - Văn xã tổng hợp chung": three hands, one after the other', async () => {
    await done(as('admin').post('/workflows', slip));
    await done(as('admin').post('/workflows/phieu-trinh/versions/1/publish'));
    const proposal = await done(
      as('office').post('/tasks', {
        programme: 'VP',
        workflow: 'phieu-trinh',
        title: 'Phiếu trình đề xuất nội dung cam kết năm 2022',
        leadUnit: 'PKT',
        appraiserUnit: 'THVX',
        due: { kind: 'on_or_before', day: '2021-12-20' },
      }),
    );
    const sent = { evidence: [{ title: 'Phiếu trình', reference: '15/PTr-PKT' }] };

    const opinion = await moved(as('unit.pkt'), proposal, 'submit', sent);
    expect([opinion.state, opinion.holder]).to.deep.equal(['opinion', 'office']);
    expect((await moving(as('appraiser.thvx'), opinion, 'consolidate')).status).to.equal(409);
    const returned = await moved(as('office'), opinion, 'rework', { reason: 'Đi sâu vào chuyên ngành hơn' });
    const agreed = await moved(as('office'), await moved(as('unit.pkt'), returned, 'submit', sent), 'agree', {
      reason: 'Đồng ý',
    });
    expect([agreed.state, agreed.holder]).to.deep.equal(['consolidating', 'appraiser']);
    expect((await moving(as('unit.pkt'), agreed, 'consolidate')).status).to.equal(403);

    expect(await moved(as('appraiser.thvx'), agreed, 'consolidate')).to.include({ state: 'done', category: 'done' });
  });

  it('what was recorded of a phase stays: it cannot be planned away, begun anew or changed by hand', async () => {
    const { phases: standing } = await phases();
    const plans = standing.map(({ phase: name, starts, ends }: Json) => ({ phase: name, starts, ends }));
    const without = plans.filter((each: Json) => each.phase !== 'appraisal');
    expect((await as('admin').put('/programmes/CK/phases', { phases: without })).body.code).to.equal('phase.begun');
    const byHand = office().pool.query(
      `update programme_phase set started_on = '2021-12-01' where phase = 'appraisal'`,
    );
    expect(
      await byHand.then(
        () => 'done',
        (error) => error.code,
      ),
    ).to.equal('23001');

    const longer = plans.map((each: Json) =>
      each.phase === 'appraisal' ? { ...each, ends: { kind: 'on_day', day: '2021-12-24' } } : each,
    );
    await done(as('admin').put('/programmes/CK/phases', { phases: longer }));
    expect(await phase('appraisal')).to.include({ startsOn: '2021-12-06', endsOn: '2021-12-24' });
  });

  it('a phase whose last day is past runs over until its end is recorded', async () => {
    await office().workers.liveUntil('2021-12-27');
    expect(await phase('appraisal')).to.include({ state: 'overrun', daysLeft: -3 });
    const before = await as('office').post('/programmes/CK/phases/appraisal/end', { on: '2021-12-01' });
    expect(before.status).to.equal(400);

    await done(as('office').post('/programmes/CK/phases/appraisal/end', { on: '2021-12-24' }));
    expect(await phase('appraisal')).to.include({ state: 'ended', endsOn: '2021-12-24', daysLeft: null });
    expect((await as('office').post('/programmes/CK/phases/appraisal/end', {})).body.code).to.equal('phase.begun');
    const audit = await done(as('auditor').get('/operations/audit?limit=100'));
    expect(audit.items.map(({ action }: Json) => action)).to.include.members([
      'document.issued',
      'phases.planned',
      'phase.started',
      'phase.ended',
    ]);
  });
});
