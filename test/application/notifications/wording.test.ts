import { expect } from 'chai';
import type { TaskNotice } from '../../../src/application/notifications/ports.ts';
import { digestMail, lineOf, urgentMail } from '../../../src/application/notifications/wording.ts';
import type { TaskEvent, TimerFired } from '../../../src/domain/workflow/task.ts';

const taskId = '5f0c2f4e-0a4e-4a5e-9a39-0d2f3e6c1b11';
const envelope = {
  taskId,
  seq: 5,
  actor: null,
  capacity: 'system',
  effectiveAt: '2026-06-13T01:00:00.000Z',
  recordedAt: '2026-06-13T01:00:00.000Z',
};
const fired = (
  anchor: string,
  action: TimerFired['payload']['action'] = 'remind',
  to: TimerFired['payload']['to'] = ['lead_unit.head'],
): TaskEvent => ({
  ...envelope,
  type: 'task.timer_fired',
  payload: { rule: 'r', k: 1, anchor, dueAt: '2026-06-13T01:00:00.000Z', action, to },
});
const moved = (payload: Partial<Extract<TaskEvent, { type: 'task.moved' }>['payload']>): TaskEvent => ({
  ...envelope,
  type: 'task.moved',
  payload: {
    transition: 't',
    from: 'a',
    to: 'b',
    fromCategory: 'in_progress',
    category: 'in_progress',
    holder: 'unit',
    on: '2026-06-12',
    ...payload,
  },
});
const deadline = (dueOn: string | null, previousDueOn: string | null, extension: boolean): TaskEvent => ({
  ...envelope,
  type: 'task.deadline_decided',
  payload: { due: { kind: 'none', reason: '' }, dueOn, previousDueOn, extension, reason: 'Theo đề nghị' },
});
const aNotice = (
  event: TaskEvent,
  { task, ...rest }: Partial<Omit<TaskNotice, 'task'>> & { task?: Partial<TaskNotice['task']> } = {},
): TaskNotice => ({
  event,
  task: {
    id: taskId,
    code: 'SNV-01',
    programme: 'CK',
    field: null,
    participants: [],
    title: 'Nâng chỉ số cải cách hành chính',
    category: 'in_progress',
    dueOn: '2026-06-16',
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    submittedBy: null,
    ...task,
  },
  sourceNumber: '158/BC-SKHĐT',
  unitName: 'Sở Nội vụ',
  noun: 'nhiệm vụ',
  programmeName: 'Chương trình công tác năm 2026',
  illustrative: false,
  ...rest,
});
const transferred: TaskEvent = {
  ...envelope,
  actor: 'admin',
  capacity: 'reorganisation',
  type: 'task.transferred',
  payload: {
    reorganisation: 'r',
    kind: 'merge',
    document: { number: '1654/NQ-UBTVQH15', date: '2025-06-16', issuer: 'Ủy ban Thường vụ Quốc hội' },
    on: '2025-07-01',
    from: 'HCL',
    fromName: 'UBND huyện Cao Lãnh',
    to: 'XTM',
    toName: 'UBND xã Tháp Mười',
  },
};

describe('Lines about the organisation', () => {
  it('tell the successor what comes to it, from whom and by which document', () => {
    expect(lineOf(aNotice(transferred, { unitName: 'UBND xã Tháp Mười' }), '2025-07-02')).to.equal(
      '[Chuyển đơn vị chủ trì (sáp nhập)] UBND xã Tháp Mười: Nâng chỉ số cải cách hành chính – từ UBND huyện Cao Lãnh sang UBND xã Tháp Mười, theo 1654/NQ-UBTVQH15 ngày 16/06/2025 (158/BC-SKHĐT)',
    );
    expect(urgentMail(aNotice(transferred), '2025-07-02', undefined).text).to.include(
      'Đề nghị đơn vị tiếp nhận và tiếp tục thực hiện.',
    );
  });

  it('tell the agencies when only they changed', () => {
    const {
      from: _from,
      fromName: _fromName,
      to: _to,
      toName: _toName,
      ...payload
    } = transferred.payload as Extract<TaskEvent, { type: 'task.transferred' }>['payload'];
    const event = { ...transferred, payload } as TaskEvent;
    expect(lineOf(aNotice(event), '2025-07-02')).to.include(
      '[Chuyển cơ quan thẩm định (sáp nhập)] Sở Nội vụ: Nâng chỉ số cải cách hành chính – theo 1654/NQ-UBTVQH15 ngày 16/06/2025, từ ngày 01/07/2025',
    );
  });

  it('ask a central agency politely, and neither demand of it nor urge it', () => {
    const central = { unitName: 'Bảo hiểm xã hội Tỉnh', centralUnits: ['SNV'] };
    const said = (event: TaskEvent, more = {}) =>
      urgentMail(aNotice(event, { ...central, ...more }), '2026-06-20', undefined).text;

    for (const event of [fired('due:2026-06-16', 'remind'), fired('due:2026-06-16', 'urge')]) {
      expect(said(event)).to.include('Kính đề nghị Quý cơ quan').and.not.include('khẩn trương');
      expect(said(event, { centralUnits: [] })).to.not.include('Kính đề nghị');
    }
    const appraisal = fired('appraise_by:2026-06-16', 'urge', ['appraising_agency']);
    expect(said(appraisal)).to.include('Đề nghị cơ quan thẩm định khẩn trương');
    expect(said(appraisal, { centralUnits: ['STTTT'] }))
      .to.include('Kính đề nghị Quý cơ quan quan tâm cho kết quả thẩm định.')
      .and.not.include('khẩn trương');
  });

  it('ask the office to speak with a central agency in place of an escalation', () => {
    const event = fired('due:2026-06-16', 'remind', ['office']) as TimerFired;
    const softened: TaskEvent = { ...event, payload: { ...event.payload, softened: true } };

    const { text } = urgentMail(aNotice(softened, { centralUnits: ['SNV'] }), '2026-06-23', undefined);

    expect(text).to.include('[Quá hạn 7 ngày]');
    expect(text)
      .to.include('Kính đề nghị Văn phòng trao đổi hoặc tham mưu văn bản đề nghị cơ quan Trung ương quan tâm phối hợp')
      .and.not.include('chỉ đạo');
  });
});
const due = 'due:2026-06-16';

describe('The wording of a notice', () => {
  it('is the official line: what, who, which task, by when, by which document', () => {
    expect(lineOf(aNotice(fired(due)), '2026-06-13')).to.equal(
      '[Sắp đến hạn 3 ngày] Sở Nội vụ: Nâng chỉ số cải cách hành chính – hạn 16/06/2026 (158/BC-SKHĐT)',
    );
  });

  it('counts the last day as in time and the day after as one day late', () => {
    const label = (day: string) => /^\[(.*?)\]/u.exec(lineOf(aNotice(fired(due)), day))?.[1];

    expect(['2026-06-15', '2026-06-16', '2026-06-17', '2029-06-16'].map(label)).to.deep.equal([
      'Sắp đến hạn 1 ngày',
      'Đến hạn hôm nay',
      'Quá hạn 1 ngày',
      'Quá hạn 1.096 ngày',
    ]);
  });

  it('says of every kind of event what happened', () => {
    const undated = { task: { dueOn: null }, sourceNumber: null };
    const cases: readonly (readonly [TaskNotice, string])[] = [
      [aNotice(fired('assigned:2026-01-05', 'urge'), undated), '[Không thời hạn] {} – giao ngày 05/01/2026'],
      [aNotice(fired('acknowledge_by:2026-06-10')), '[Chưa tiếp nhận] {} – hạn tiếp nhận 10/06/2026'],
      [
        aNotice(fired('appraise_by:2026-06-10#1'), { task: { category: 'awaiting_appraisal' } }),
        '[Quá hạn thẩm định 3 ngày] {} – hạn thẩm định 10/06/2026',
      ],
      [aNotice(fired('entered:2026-05-01#0')), '[Cập nhật tiến độ] {} – hạn 16/06/2026'],
      [aNotice(moved({ category: 'awaiting_appraisal' })), '[Chờ thẩm định] {} – trình ngày 12/06/2026'],
      [aNotice(moved({ answer: 'returned', reason: 'Thiếu số liệu' })), '[Trả lại] {} – lý do: Thiếu số liệu'],
      [aNotice(moved({ category: 'done', answer: 'achieved' })), '[Hoàn thành] {} – thẩm định đạt'],
      [
        aNotice(moved({ category: 'not_done', answer: 'not_achieved', reason: 'Không đạt' })),
        '[Không hoàn thành] {} – lý do: Không đạt',
      ],
      [
        aNotice(moved({ category: 'stopped', document: { number: '12/QĐ-UBND', date: '2026-06-01', issuer: 'UBND' } })),
        '[Dừng thực hiện] {} – theo 12/QĐ-UBND ngày 01/06/2026',
      ],
      [aNotice(deadline('2026-09-30', '2026-06-16', true)), '[Gia hạn] {} – hạn 30/09/2026 (trước đây 16/06/2026)'],
      [aNotice(deadline(null, null, false)), '[Điều chỉnh thời hạn] {} – chưa xác định thời hạn'],
    ];
    for (const [notice, line] of cases)
      expect(lineOf({ ...notice, sourceNumber: null }, '2026-06-13')).to.equal(
        line.replace('{}', 'Sở Nội vụ: Nâng chỉ số cải cách hành chính'),
      );
  });

  it('reminds, urges and reports upward in different words', () => {
    const request = (action: TimerFired['payload']['action']) =>
      urgentMail(aNotice(fired(due, action)), '2026-06-17', undefined)
        .text.split('. ')[1]
        ?.split('\n')[0];

    expect(request('remind')).to.equal('Đề nghị đơn vị quan tâm thực hiện, bảo đảm hoàn thành nhiệm vụ đúng thời hạn.');
    expect(request('urge')).to.equal('Đề nghị đơn vị khẩn trương hoàn thành nhiệm vụ và báo cáo kết quả.');
    expect(request('escalate')).to.equal('Kính báo cáo để xem xét, chỉ đạo.');
  });

  it('speaks to the unit and to those above it when an outage made one notice of both', () => {
    const { text } = urgentMail(aNotice(fired(due, 'escalate', ['lead_unit.head', 'office'])), '2026-06-17', undefined);

    expect(text).to.contain(
      'Đề nghị đơn vị khẩn trương hoàn thành nhiệm vụ và báo cáo kết quả. Kính báo cáo để xem xét, chỉ đạo.',
    );
  });

  it('calls a task what the programme calls it', () => {
    const { text } = urgentMail(aNotice(fired(due, 'urge'), { noun: 'nội dung cam kết' }), '2026-06-13', undefined);

    expect(text).to.contain('hoàn thành nội dung cam kết và báo cáo');
  });

  it('links to the task where the program has an address, and only then', () => {
    const notice = aNotice(fired(due));

    expect(urgentMail(notice, '2026-06-13', 'https://dondoc.example.vn/').text).to.contain(
      `\nCập nhật: https://dondoc.example.vn/tasks/${taskId}`,
    );
    expect(urgentMail(notice, '2026-06-13', undefined).text).to.not.contain('http');
  });

  it('keeps a title from breaking the line, hiding text or turning it around, in one spelling', () => {
    const title = 'Ho\u0302̀i\r\nBcc: x\u0000 \u202Egnut\u200Bhop\u2028\tcuối'.normalize('NFD');
    const line = lineOf(aNotice(fired(due), { task: { title } }), '2026-06-13');

    expect(line).to.contain(': Hồi Bcc: x gnuthop cuối –'.normalize('NFC'));
    expect(line).to.match(/^[^\p{C}\u2028\u2029]+$/u);
    expect(line).to.equal(line.normalize('NFC'));
  });

  it('cuts a title of a whole paragraph, between letters and with an ellipsis', () => {
    const line = lineOf(aNotice(fired(due), { task: { title: 'ưỡ'.repeat(4_000) } }), '2026-06-13');
    const { subject } = urgentMail(
      aNotice(fired(due), { task: { title: 'Đề án '.repeat(400) } }),
      '2026-06-13',
      undefined,
    );

    expect(line.length).to.be.lessThan(420);
    expect(line).to.match(/[ưỡ]… – hạn 16\/06\/2026/u);
    expect(subject.length).to.be.at.most(200);
    expect(subject.endsWith('…')).to.equal(true);
  });
});

describe('The text of a digest', () => {
  const to = (entries: readonly TaskNotice[]) => ({ name: 'Trần Thị Hường', entries });
  const numbered = (seq: number, event: TaskEvent): TaskEvent => ({ ...event, seq });

  it('is none when nothing of it matters any more', () => {
    const entries = [
      aNotice(fired(due), { task: { category: 'awaiting_appraisal' } }),
      aNotice(fired('due:2026-05-01')),
      aNotice(fired('acknowledge_by:2026-06-01')),
      aNotice(moved({ category: 'awaiting_appraisal' })),
      aNotice(moved({ answer: 'returned' }), { task: { category: 'done' } }),
      aNotice(deadline('2026-09-30', null, true), { task: { category: 'stopped' } }),
    ];

    expect(digestMail(to(entries), '2026-06-15', undefined)).to.equal(undefined);
    expect(digestMail(to([]), '2026-06-15', undefined)).to.equal(undefined);
  });

  it('has the line itself as its subject when there is one thing to say', () => {
    expect(digestMail(to([aNotice(fired(due))]), '2026-06-15', undefined)?.subject).to.equal(
      '[Sắp đến hạn 1 ngày] Sở Nội vụ: Nâng chỉ số cải cách hành chính – hạn 16/06/2026 (158/BC-SKHĐT)',
    );
  });

  it('lists the newest of several reminders about one task', () => {
    const entries = [
      aNotice(numbered(5, fired(due))),
      aNotice(numbered(7, fired(due, 'escalate'))),
      aNotice(numbered(6, fired(due, 'urge'))),
    ];
    const mail = digestMail(to(entries), '2026-06-20', undefined);

    expect(mail?.text.match(/^- /gmu)).to.have.length(1);
    expect(mail?.text).to.contain('Kính báo cáo để xem xét, chỉ đạo.');
  });

  it('groups by what is to be done, most pressing first, and counts all where it lists fifty', () => {
    const late = Array.from({ length: 1_200 }, (_, index) =>
      aNotice(fired('due:2026-06-01'), { task: { id: `${index}`, code: `A${index}`, dueOn: '2026-06-01' } }),
    );
    const others = [
      aNotice(fired(due)),
      aNotice(moved({ category: 'awaiting_appraisal' }), { task: { id: 'x', category: 'awaiting_appraisal' } }),
      aNotice(moved({ category: 'done' }), { task: { id: 'y', category: 'done' } }),
      aNotice(fired('assigned:2026-01-05', 'urge'), { task: { id: 'z', dueOn: null } }),
    ];
    const mail = digestMail(to([...others, ...late]), '2026-06-15', undefined);

    expect(mail?.subject).to.equal(
      '[Nhắc việc] Ngày 15/06/2026: 1.200 quá hạn, 01 sắp đến hạn, 01 chờ thẩm định, 01 kết quả và quyết định, 01 nhắc việc khác',
    );
    expect(mail?.text.match(/^\d\. .*$/gmu)).to.deep.equal([
      '1. QUÁ HẠN (1.200)',
      '2. SẮP ĐẾN HẠN (01)',
      '3. CHỜ THẨM ĐỊNH (01)',
      '4. KẾT QUẢ VÀ QUYẾT ĐỊNH (01)',
      '5. NHẮC VIỆC KHÁC (01)',
    ]);
    expect(mail?.text).to.contain('- … và 1.150 nội dung khác, xem trên phần mềm.');
    expect(mail?.text.match(/^- \[/gmu)).to.have.length(54);
  });

  it('says which programmes are for demonstration, once each', () => {
    const illustrative = { illustrative: true, programmeName: 'Cam kết năm 2022' };
    const entries = [aNotice(fired(due), illustrative), aNotice(fired(due), { ...illustrative, task: { id: 'x' } })];

    expect(digestMail(to(entries), '2026-06-15', undefined)?.text.match(/Dữ liệu minh họa: .*/gu)).to.deep.equal([
      'Dữ liệu minh họa: Cam kết năm 2022.',
    ]);
  });
});
