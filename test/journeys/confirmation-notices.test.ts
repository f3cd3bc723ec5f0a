// Letter 002, clause 2.11, "xác nhận tình trạng thực hiện nhiệm vụ trước khi tổng hợp, báo cáo": whoever has to answer is told, and
// whoever conducts the round learns of disputes and of silence. Mails go through a real SMTP server.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { morning } from '../support/commands.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { PostOffice } from '../support/post-office.ts';
import { aTask, moved } from '../support/tasks.ts';

const publicUrl = 'https://dondoc.example.vn';
const report = 'Báo cáo 10 tháng năm 2022';
const of = `(${report}, số liệu tính đến ngày 30/10/2022)`;

describe('News of a confirmation round (letter 002, clause 2.11)', function () {
  this.timeout(60_000);
  const post = new PostOffice();
  before(() => post.open());
  after(() => post.close());
  const office = suiteOffice({
    day: '2022-10-03',
    units: [
      { code: 'SNV', name: 'Sở Nội vụ', class: 'department', bloc: 'department' },
      { code: 'TPCL', name: 'UBND thành phố Cao Lãnh', class: 'district', bloc: 'district' },
      { code: 'CTHUE', name: 'Cục Thuế Tỉnh', class: 'central', bloc: 'central' },
      { code: 'STTTT', name: 'Sở Thông tin và Truyền thông', class: 'department', bloc: 'department' },
      { code: 'SKHDT', name: 'Sở Kế hoạch và Đầu tư', class: 'department', bloc: 'department' },
    ],
    accounts: ['snv', 'tpcl', 'cthue'].flatMap((unit) => [
      { name: `unit.${unit}`, memberships: [{ role: 'focal_point' as const, unit: unit.toUpperCase() }] },
      { name: `head.${unit}`, memberships: [{ role: 'head' as const, unit: unit.toUpperCase() }] },
    ]),
    get config() {
      return { SMTP_URL: post.url, PUBLIC_URL: publicUrl };
    },
  });
  const as = (name: string) => office().as(name);
  /** What the post has brought since one last looked. */
  const mailTo = (name: string): { subject: string; text: string }[] =>
    post.delivered
      .filter(({ to }) => to.includes(`${name}@thu.test`))
      .map(({ mail }) => ({ subject: mail.subject ?? '', text: (mail.text ?? '').trimEnd() }));
  const subjects = (name: string): string[] => mailTo(name).map(({ subject }) => subject);
  const inbox = async (name: string): Promise<Json[]> =>
    (await done(as(name).get('/notifications?limit=100'))).items.filter(({ kind }: Json) =>
      kind.startsWith('confirmation_'),
    );
  const people = ['unit.snv', 'head.snv', 'unit.tpcl', 'head.tpcl', 'unit.cthue', 'head.cthue', 'office', 'aggregator'];
  let edition: Json;
  let round: Json;

  /** Three units with commitments, of which everybody knows. */
  const prepare = async (): Promise<void> => {
    for (const [code, leadUnit] of [
      ['A1', 'SNV'],
      ['A2', 'SNV'],
      ['B1', 'TPCL'],
      ['B2', 'TPCL'],
      ['C1', 'CTHUE'],
    ] as const) {
      const due = { kind: 'on_or_before', day: '2022-12-31' };
      const given = await done(as('office').post('/tasks', aTask({ code, leadUnit, due, title: `Nội dung ${code}` })));
      await moved(as(`unit.${leadUnit.toLowerCase()}`), given, 'acknowledge');
    }
    await office().workers.settle();
    office().clock.moveTo('2022-11-01');
    await morning(office(), '2022-11-01');
    post.forget();
  };

  it('its opening is told to head and focal point of each unit at once, once, with the day and what silence means', async () => {
    await prepare();
    office().clock.moveTo('2022-11-03', '09:00');
    edition = await done(
      as('aggregator').post('/reports/editions', { programme: programmeCode, title: report, asOf: '2022-10-30' }),
    );
    round = await done(as('aggregator').post(`/reports/editions/${edition.id}/confirmation`, { dueOn: '2022-11-08' }));
    // Two workers have the same rows at the same moment, and a third comes later.
    const { rows } = await office().pool.query<{ id: string }>(
      `select id from intention where kind = 'confirmation' and due_at <= $1`,
      [office().clock.now()],
    );
    const tell = () => office().composition.handlers.notify?.(rows.map(({ id }) => id));
    await Promise.all([tell(), tell()]);
    await office().workers.settle();

    expect(mailTo('head.snv')).to.deep.equal([
      {
        subject: `[Xác nhận số liệu] Sở Nội vụ: 02 nội dung cam kết – trả lời chậm nhất ngày 08/11/2022 ${of}`,
        text: [
          'Kính gửi Ông/Bà,',
          `[Xác nhận số liệu] Sở Nội vụ: 02 nội dung cam kết – trả lời chậm nhất ngày 08/11/2022 ${of}. Đề nghị đơn vị rà soát, xác nhận hoặc có ý kiến đối với từng nội dung; nội dung không trả lời trong thời hạn được ghi là mặc nhiên xác nhận.\nCập nhật: ${publicUrl}/confirm?round=${round.id}`,
          'Trân trọng.\nThư này được gửi tự động; đề nghị không trả lời thư.',
        ].join('\n\n'),
      },
    ]);
    expect(mailTo('unit.cthue')[0]?.text).to.include('Kính đề nghị Quý cơ quan quan tâm rà soát');
    expect(people.map((name) => mailTo(name).length)).to.deep.equal([1, 1, 1, 1, 1, 1, 0, 0]);
    const [told] = await inbox('unit.tpcl');
    expect(told).to.include({ kind: 'confirmation_opened', taskId: null, confirmation: round.id, urgency: 'now' });
    expect(told.line).to.match(/^\[Xác nhận số liệu\] UBND thành phố Cao Lãnh: 02 nội dung cam kết – /);
    const { body } = await as('head.tpcl').get('/notifications');
    expect([body.total, body.unread]).to.deep.equal([body.items.length, body.items.length]);
  });

  it('a dispute is told to the office, and to whoever opened the round, at once; an agreement to nobody', async () => {
    post.forget();
    const answers = `/reports/confirmations/${round.id}/answers`;
    await done(as('unit.snv').post(answers, { items: [{ code: 'A1', answer: 'agree' }] }));
    await office().workers.settle();
    expect(post.delivered).to.deep.equal([]);
    await done(
      as('unit.snv').post(answers, { items: [{ code: 'A2', answer: 'dispute', reason: 'Đã hoàn thành ngày 20/10' }] }),
    );
    await office().workers.settle();
    await office().workers.settle();

    expect(subjects('office')).to.deep.equal([`[Đơn vị có ý kiến khác] Sở Nội vụ: 01 nội dung cam kết: A2 ${of}`]);
    expect(subjects('aggregator')).to.deep.equal(subjects('office'));
    expect(people.map((name) => mailTo(name).length)).to.deep.equal([0, 0, 0, 0, 0, 0, 1, 1]);
    expect((await inbox('office')).map(({ kind }) => kind)).to.deep.equal(['confirmation_disputed']);
  });

  it('what became of the dispute is told to the unit that disputes, in its next digest', async () => {
    post.forget();
    const reason = 'Minh chứng gửi sau ngày chốt số liệu';
    await done(
      as('aggregator').post(`/reports/confirmations/${round.id}/resolutions`, {
        code: 'A2',
        verdict: 'rejected',
        reason,
      }),
    );
    await office().workers.settle();
    expect(post.delivered).to.deep.equal([]);
    await morning(office(), '2022-11-04');

    expect(subjects('unit.snv')).to.deep.equal([
      `[Kết quả giải quyết ý kiến] Sở Nội vụ: A2: giữ nguyên số liệu, lý do: ${reason} ${of}`,
    ]);
    expect(mailTo('head.snv')).to.have.length(1);
    expect(mailTo('office')).to.deep.equal([]);
  });

  it('on the last working day but one only units with something left to answer are reminded', async () => {
    await done(
      as('unit.tpcl').post(`/reports/confirmations/${round.id}/answers`, { items: [{ code: 'B1', answer: 'agree' }] }),
    );
    await office().workers.liveUntil('2022-11-07', '07:29');
    post.forget();
    await office().workers.liveUntil('2022-11-07', '07:45');
    await morning(office(), '2022-11-07');

    expect(subjects('unit.tpcl')).to.deep.equal([
      `[Sắp hết hạn xác nhận] UBND thành phố Cao Lãnh: còn 01 nội dung cam kết chưa trả lời – trả lời chậm nhất ngày 08/11/2022 ${of}`,
    ]);
    expect(mailTo('head.cthue')[0]?.text).to.include('Kính đề nghị Quý cơ quan quan tâm trả lời đúng thời hạn.');
    expect(people.map((name) => mailTo(name).length)).to.deep.equal([0, 0, 1, 1, 1, 1, 0, 0]);
  });

  it('at its end the office is told of silence: mặc nhiên xác nhận is shown apart from what units confirmed', async () => {
    await done(
      as('unit.cthue').post(`/reports/confirmations/${round.id}/answers`, {
        items: [{ code: 'C1', answer: 'dispute', reason: 'Số liệu của kỳ trước' }],
      }),
    );
    await office().workers.liveUntil('2022-11-08', '23:59');
    post.forget();
    await office().workers.liveUntil('2022-11-09', '00:30');
    await morning(office(), '2022-11-09');

    expect(subjects('office')).to.have.length(1);
    expect(mailTo('aggregator')[0]?.text).to.include(
      `[Hết hạn xác nhận] mặc nhiên xác nhận (hết hạn, không trả lời) 01 nội dung cam kết: UBND thành phố Cao Lãnh 01; đơn vị xác nhận 02, có ý kiến khác chưa giải quyết 01 ${of}.`,
    );
    expect(people.map((name) => mailTo(name).length)).to.deep.equal([0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('all of it is told once, however often it is asked for, and nothing is left to tell', async () => {
    const before = await office().pool.query('select count(*)::integer as told from notification');
    // As a queue that delivers twice would: the intentions are there again.
    await office().pool.query(
      `insert into intention (queue, kind, payload, due_at, ready_at)
       select 'notify', 'confirmation', jsonb_build_object('round', confirmation, 'news', said ->> 'news', 'unit', said ->> 'unit',
         'about', about, 'codes', case when said ->> 'news' in ('disputed', 'resolved') then said -> 'codes' else '[]' end), $1, $1
       from notification where confirmation is not null`,
      [office().clock.now()],
    );
    post.forget();
    await office().workers.settle();

    expect((await office().pool.query('select count(*)::integer as told from notification')).rows).to.deep.equal(
      before.rows,
    );
    expect(post.delivered).to.deep.equal([]);
    const { rows } = await office().pool.query(`select from intention where kind = 'confirmation'`);
    expect(rows).to.deep.equal([]);
  });

  it('a round that closes tomorrow has no reminder, and one whose figures are frozen has nothing more to say', async () => {
    office().clock.moveTo('2022-11-10', '09:00');
    const next = await done(
      as('aggregator').post('/reports/editions', {
        programme: programmeCode,
        title: 'Báo cáo tháng',
        asOf: '2022-10-31',
      }),
    );
    const second = await done(
      as('aggregator').post(`/reports/editions/${next.id}/confirmation`, { dueOn: '2022-11-11' }),
    );
    await office().workers.settle();
    for (const [unit, codes] of [
      ['snv', ['A1', 'A2']],
      ['tpcl', ['B1', 'B2']],
      ['cthue', ['C1']],
    ] as const)
      await done(
        as(`unit.${unit}`).post(`/reports/confirmations/${second.id}/answers`, {
          items: codes.map((code) => ({ code, answer: 'agree' })),
        }),
      );
    await done(as('aggregator').post(`/reports/editions/${next.id}/freeze`, {}));
    const { rows } = await office().pool.query(
      `select payload ->> 'news' as news from intention where kind = 'confirmation' order by due_at`,
    );
    expect(rows).to.deep.equal([{ news: 'silent' }]);
    await office().workers.settle();
    post.forget();

    await office().workers.liveUntil('2022-11-12', '00:30');
    await morning(office(), '2022-11-14');

    expect(people.flatMap((name) => subjects(name))).to.deep.equal([]);
  });
});
