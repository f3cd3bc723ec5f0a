// Letter 003, report 158/BC-SKHĐT of 09/11/2022: ordered on 18/10, cut off on 30/10, confirmed by the units 03-07/11, frozen on 08/11,
// issued on 09/11 with its annexes; and a correction afterwards.

import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import type { Answer, Json, Person } from '../support/client.ts';
import { docxNotes, docxText } from '../support/docx.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { aTask, letter, moved, moving, submission } from '../support/tasks.ts';

describe('Letter 003: the report of the year, from its order to its correction', function () {
  this.timeout(60_000);
  const office = suiteOffice({
    day: '2022-01-10',
    // The department that makes the report: its officer aggregates the programme too.
    accounts: [
      {
        name: 'skhdt.officer',
        memberships: [
          { role: 'focal_point', unit: 'SKHDT' },
          { role: 'aggregator', unit: 'SKHDT', programme: programmeCode },
        ],
      },
    ],
  });
  const officer = (): Person => office().as('skhdt.officer');
  const aggregator = (): Person => office().as('aggregator');
  const unit = (code: string): Person => office().as(`unit.${code.toLowerCase()}`);
  const task: Record<string, Json> = {};
  let edition: Json;
  let ordering: Json;
  let order: Json;
  let round: Json;

  const now = async (code: string): Promise<Json> => done(office().as('office').get(`/tasks/${task[code].id}`));
  const bytesOf = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${office().address}${path}`, {
      headers: { Authorization: `Bearer ${await aggregator().token()}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const sheetsOf = async (path: string): Promise<Record<string, readonly (readonly unknown[])[]>> =>
    Object.fromEntries((await readXlsx(await bytesOf(path))).map(({ sheet, data }) => [sheet, data]));

  before(async () => {
    // Two appraising agencies: nobody appraises their own.
    const plan: readonly (readonly [code: string, leadUnit: string])[] = [
      ['A1', 'SNV'],
      ['A2', 'SNV'],
      ['A3', 'SNV'],
      ['B1', 'TPCL'],
      ['B2', 'TPCL'],
      ['C1', 'VPUBND'],
    ];
    for (const [code, leadUnit] of plan) {
      const given = aTask({
        code,
        leadUnit,
        title: `Nội dung ${code}`,
        measureUnit: '%',
        target: 95,
        due: { kind: 'on_or_before', day: '2022-12-31' },
      });
      const created = await done(office().as('office').post('/tasks', given));
      task[code] = await moved(unit(leadUnit), created, 'acknowledge');
    }
  });

  it('3.2: the order of 18/10 to make the report is a document that gives a task, in a programme of its own', async () => {
    office().clock.moveTo('2022-10-18');
    await office().programme('CD', { workflow: 'directive-task' });
    const drafted = await done(
      office()
        .as('office')
        .post('/documents', {
          kind: 'letter',
          issuer: 'Văn phòng UBND Tỉnh',
          abstract: 'Giao Sở Kế hoạch và Đầu tư chủ trì báo cáo kết quả thực hiện cam kết năm 2022',
          recipients: [{ name: 'Sở Kế hoạch và Đầu tư', unit: 'SKHDT', purpose: 'execute' }],
        }),
    );
    ordering = await done(
      office()
        .as('office')
        .post(
          `/documents/${drafted.id}/issue`,
          { number: '640/VPUBND-TH', date: '2022-10-18' },
          { ifMatch: drafted.version },
        ),
    );
    const given = await done(
      office()
        .as('office')
        .post(`/documents/${ordering.id}/tasks`, {
          items: [
            {
              programme: 'CD',
              code: 'CD-640',
              title: 'Báo cáo kết quả thực hiện cam kết năm 2022',
              product: 'Báo cáo',
              leadUnit: 'SKHDT',
              due: { kind: 'on_or_before', day: '2022-11-10' },
            },
          ],
        }),
    );
    order = await moved(officer(), given.tasks[0], 'acknowledge');

    expect([order.code, order.leadUnit, order.dueOn]).to.deep.equal(['CD-640', 'SKHDT', '2022-11-10']);
    expect(order.source).to.include({ number: '640/VPUBND-TH' });
  });

  it('3.2: the report is drafted by the aggregator alone, and names the order it is made by', async () => {
    for (const code of ['A1', 'B1']) {
      const at = await now(code);
      await done(
        unit(at.leadUnit).post(
          `/tasks/${at.id}/progress`,
          { progress: 60, result: 57, estimate: 'done', narrative: 'Đang triển khai' },
          { ifMatch: at.version },
        ),
      );
    }
    await moved(unit('SNV'), await now('A2'), 'submit', submission);
    await moved(office().as('leader'), await now('B2'), 'stop', { document: letter, reason: 'UBND Tỉnh cho dừng' });
    office().clock.moveTo('2022-11-03');
    const asked = { programme: programmeCode, title: 'Kết quả thực hiện cam kết năm 2022', asOf: '2022-10-30' };

    const refused = await office().as('head.snv').post('/reports/editions', asked);
    const unseen = await aggregator().post('/reports/editions', { ...asked, order: { task: order.id } });
    const another = await officer().post('/reports/editions', { ...asked, order: { document: order.id } });
    edition = await done(officer().post('/reports/editions', { ...asked, order: { task: order.id } }));

    expect(refused.status).to.equal(403);
    // Whoever does not see the order cannot name it.
    expect([unseen.body.code, another.body.code]).to.deep.equal(['task.not_found', 'document.not_found']);
    expect(edition.order).to.deep.equal({ task: order.id, document: ordering.id });
    expect(edition).to.include({ status: 'draft', asOf: '2022-10-30', runId: null, number: null });
  });

  it('3.3: the figures are put to the units, each sees and answers its own', async () => {
    round = await done(aggregator().post(`/reports/editions/${edition.id}/confirmation`, { dueOn: '2022-11-07' }));
    const own = await done(unit('SNV').get(`/reports/confirmations/${round.id}/lines`));
    const answered = await done(
      unit('SNV').post(`/reports/confirmations/${round.id}/answers`, {
        items: [
          { code: 'A1', answer: 'agree' },
          { code: 'A2', answer: 'dispute', reason: 'Đã được thẩm định đạt ngày 28/10' },
          { code: 'A3', answer: 'dispute', reason: 'Đã hoàn thành từ tháng 9' },
          { code: 'B1', answer: 'agree' },
        ],
      }),
    );

    expect(own.items.map(({ code, bucket, status }: Json) => [code, bucket, status])).to.deep.equal([
      ['A1', 'in_progress', 'waiting'],
      ['A2', 'awaiting_appraisal', 'waiting'],
      ['A3', 'in_progress', 'waiting'],
    ]);
    expect(answered.ok).to.deep.equal([
      { code: 'A1', status: 'agreed' },
      { code: 'A2', status: 'disputed' },
      { code: 'A3', status: 'disputed' },
    ]);
    expect(Object.entries<Json>(answered.failed).map(([code, { status }]) => [code, status])).to.deep.equal([
      ['B1', 404],
    ]);
  });

  it('story 7: the same answer twice is one answer, and a reason belongs to every dispute', async () => {
    const path = `/reports/confirmations/${round.id}/answers`;
    await done(unit('SNV').post(path, { items: [{ code: 'A1', answer: 'agree' }] }));
    await done(unit('TPCL').post(path, { items: [{ code: 'B2', answer: 'dispute', reason: 'Chưa nhận quyết định' }] }));
    const without = await unit('TPCL').post(path, { items: [{ code: 'B1', answer: 'dispute' }] });

    const { rows } = await office().pool.query('select code, kind from confirmation_entry order by id');
    expect(rows.map(({ code, kind }) => `${code} ${kind}`)).to.deep.equal([
      'A1 agree',
      'A2 dispute',
      'A3 dispute',
      'B2 dispute',
    ]);
    expect(without.status).to.equal(400);
  });

  it('2.11: nothing is frozen while units may still answer', async () => {
    const { status, body } = await aggregator().post(`/reports/editions/${edition.id}/freeze`, {});

    expect([status, body.code, body.waiting ?? body.details?.waiting]).to.deep.equal([409, 'report.round_open', 2]);
  });

  it('story 7: an upheld dispute names the event that put it right; a rejected one has a reason', async () => {
    const path = `/reports/confirmations/${round.id}/resolutions`;
    const early = await aggregator().post(path, { code: 'A2', verdict: 'upheld', correction: 2 });
    office().clock.moveTo('2022-11-04');
    const approved = await moved(office().as('appraiser.stttt'), await now('A2'), 'approve', {
      effectiveAt: '2022-10-28T15:00:00+07:00',
    });
    await done(aggregator().post(path, { code: 'A2', verdict: 'upheld', correction: approved.version }));
    await done(
      aggregator().post(path, { code: 'B2', verdict: 'rejected', reason: 'Quyết định dừng đã gửi ngày 05/01/2022' }),
    );
    const again = await aggregator().post(path, { code: 'B1', verdict: 'rejected', reason: 'Không có ý kiến' });

    expect([early.status, early.body.code]).to.deep.equal([422, 'requirement.missing']);
    expect([again.status, again.body.code]).to.deep.equal([409, 'confirmation.no_dispute']);
  });

  it('deemed confirmed is shown apart once the day is over, and nobody answers any more', async () => {
    office().clock.moveTo('2022-11-08');
    const { counts, byUnit } = await done(aggregator().get(`/reports/confirmations/${round.id}`));
    const late = await unit('TPCL').post(`/reports/confirmations/${round.id}/answers`, {
      items: [{ code: 'B1', answer: 'agree' }],
    });

    expect(counts).to.deep.equal({ waiting: 0, agreed: 1, deemed: 2, disputed: 1, upheld: 1, rejected: 1 });
    expect(byUnit.map((each: Json) => [each.unit, each.counts.agreed, each.counts.deemed])).to.deep.include.members([
      ['SNV', 1, 0],
      ['TPCL', 0, 1],
      ['VPUBND', 0, 1],
    ]);
    expect([late.status, late.body.code]).to.deep.equal([409, 'confirmation.closed']);
  });

  it('3.4-3.9: frozen on 08/11 with the figures of 30/10, the open dispute footnoted, and issued on 09/11', async () => {
    office().clock.moveTo('2022-11-08', '16:00');
    const early = await aggregator().post(`/reports/editions/${edition.id}/issue`, {
      number: '158/BC-SKHĐT',
      issuedOn: '2022-11-08',
    });
    const frozen = await done(aggregator().post(`/reports/editions/${edition.id}/freeze`, {}));
    office().clock.moveTo('2022-11-09');
    edition = await done(
      aggregator().post(`/reports/editions/${edition.id}/issue`, { number: '158/BC-SKHĐT', issuedOn: '2022-11-09' }),
    );
    const run = await done(unit('TPCL').get(`/reports/runs/${edition.runId}`));
    const { history } = await done(aggregator().get(`/reports/editions/${edition.id}`));

    expect([early.status, early.body.code]).to.deep.equal([409, 'report.wrong_status']);
    expect(frozen.status).to.equal('frozen');
    expect(edition).to.include({ status: 'issued', number: '158/BC-SKHĐT', issuedOn: '2022-11-09' });
    expect(run.counts).to.deep.equal({ in_progress: 4, done: 1, not_done: 0, awaiting_appraisal: 0, stopped: 1 });
    expect(run.confirmation.footnotes).to.deep.equal([{ code: 'A3', unit: 'SNV', reason: 'Đã hoàn thành từ tháng 9' }]);
    expect(run.basis.workflows.map(({ key, version }: Json) => `${key} ${version}`)).to.deep.equal(['commitment 1']);
    expect(run.basis.calendar.key).to.equal('vn');
    expect(run.basis.rows.count).to.equal(6);
    expect(history.map(({ status }: Json) => status)).to.deep.equal(['draft', 'confirming', 'frozen', 'issued']);
  });

  it('3.2: the order leads to the issued report of 09/11, the report back to its order, and the order is finished by it', async () => {
    const path = `/tasks/${order.id}/links`;
    const { reports, document } = await done(officer().get(path));
    expect(document.number).to.equal('640/VPUBND-TH');
    expect(reports).to.deep.equal([
      {
        id: edition.id,
        programme: programmeCode,
        title: 'Kết quả thực hiện cam kết năm 2022',
        status: 'issued',
        number: '158/BC-SKHĐT',
        issuedOn: '2022-11-09',
        runId: edition.runId,
      },
    ]);
    expect((await done(office().as('office').get(`/documents/${ordering.id}`))).reports).to.deep.equal(reports);
    const { ordered } = await done(officer().get(`/reports/editions/${edition.id}`));
    expect([ordered.task.code, ordered.task.dueOn, ordered.document.number]).to.deep.equal([
      'CD-640',
      '2022-11-10',
      '640/VPUBND-TH',
    ]);
    // All units read the report; the order is for those who see it.
    expect((await done(unit('TPCL').get(`/reports/editions/${edition.id}`))).ordered).to.deep.equal({
      task: null,
      document: null,
    });

    const [made] = reports;
    const reported = await moved(officer(), order, 'report', {
      fields: { result: 'Đã phát hành báo cáo', document_number: made.number },
      evidence: [{ title: made.title, reference: made.number }],
    });
    const finished = await moved(office().as('office'), reported, 'confirm');
    expect(finished).to.include({ category: 'done', submittedOn: '2022-11-09', deadline: 'done_on_time' });
  });

  it('an issued report is never issued, frozen or put to the units again; the same number again changes nothing', async () => {
    const path = `/reports/editions/${edition.id}`;
    const answers: Answer[] = [
      await aggregator().post(`${path}/issue`, { number: '159/BC-SKHĐT', issuedOn: '2022-11-09' }),
      await aggregator().post(`${path}/freeze`, {}),
      await aggregator().post(`${path}/confirmation`, { dueOn: '2022-11-20' }),
    ];
    const same = await done(aggregator().post(`${path}/issue`, { number: '158/BC-SKHĐT', issuedOn: '2022-11-09' }));

    expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal(
      answers.map(() => [409, 'report.wrong_status']),
    );
    expect(same.id).to.equal(edition.id);
    const change = office().pool.query(`update report_edition set number = 'x' where id = $1`, [edition.id]);
    expect(
      await change.then(
        () => 'changed',
        ({ code }: { code: string }) => code,
      ),
    ).to.equal('23001');
  });

  it('every figure opens its frozen tasks, for each reader their own', async () => {
    const path = `/reports/runs/${edition.runId}/tasks?bucket=in_progress`;
    const all = await done(aggregator().get(path));
    const own = await done(unit('TPCL').get(path));

    expect([all.total, all.hidden]).to.deep.equal([4, 0]);
    expect(all.items.map(({ code }: Json) => code)).to.have.members(['A1', 'A3', 'B1', 'C1']);
    expect([own.total, own.hidden, own.items.map(({ code }: Json) => code)]).to.deep.equal([4, 3, ['B1']]);
  });

  it('3.10: the annexes say the same as the run, cell by cell, in XLSX and in CSV', async () => {
    const path = `/reports/runs/${edition.runId}`;
    const run = await done(aggregator().get(path));
    const sheets = await sheetsOf(`${path}/annexes`);
    const csv = await bytesOf(`${path}/annexes?format=csv&annex=I`);

    expect(Object.keys(sheets)).to.deep.equal([
      'PL I',
      'PL II',
      'PL III',
      'PL III (ma trận)',
      'Lũy kế',
      'Ước cả năm',
      'Tỷ lệ',
      'Thông tin',
    ]);
    const annex = sheets['PL I'] ?? [];
    expect(annex[2]?.[0]).to.equal('(Kèm theo Báo cáo số 158/BC-SKHĐT ngày 09 tháng 11 năm 2022)');
    expect(annex[3]?.[0]).to.equal('Số liệu lũy kế đến hết ngày 30/10/2022, chốt lúc 16:00 ngày 08/11/2022.');
    for (const { name, total, counts, estimate } of [...run.byUnit, { ...run, name: 'Tổng cộng' }])
      expect(annex.find((row) => row[1] === name)?.slice(2, 11), name).to.deep.equal([
        total,
        counts.in_progress,
        counts.done,
        counts.not_done,
        counts.awaiting_appraisal,
        counts.stopped,
        estimate.done,
        estimate.not_done,
        estimate.stopped,
      ]);
    expect(sheets['PL III']?.some((row) => row[1] === 'Nội dung B1' && row[4] === 57 && row[5] === 60)).to.equal(true);
    expect(sheets['PL III']?.find((row) => row[1] === 'Nội dung B2')?.[10]).to.equal(letter.number);
    expect(sheets['PL II']?.find((row) => row[1] === 'Nội dung A3')?.[10]).to.match(/^Đơn vị có ý kiến khác/);
    const about = new Map(sheets['Thông tin']?.map(([label, value]) => [label, value]));
    const listed = await done(aggregator().get(`/reports/runs?programme=${programmeCode}`));
    expect(about.get('Mã băm số liệu (SHA-256)')).to.equal(listed.items[0].sha256);
    expect(about.get('Mặc nhiên xác nhận (hết hạn, không trả lời)')).to.equal(2);
    expect(csv.subarray(0, 3)).to.deep.equal(Buffer.from([0xef, 0xbb, 0xbf]));
    const read: string[][] = parse(csv, { bom: true, delimiter: ';', relax_column_count: true });
    expect(read.map((row) => row.map(plain))).to.deep.equal(
      annex.map((row, index) => row.slice(0, read[index]?.length).map(plain)),
    );
  });

  it('3.1: the text of the report composes its three parts from the frozen run, with the open dispute at its foot', async () => {
    const file = await bytesOf(`/reports/editions/${edition.id}/paper?place=Đồng Tháp`);
    const text = docxText(file);
    const draft = await done(
      aggregator().post('/reports/editions', { programme: programmeCode, title: 'Báo cáo sau', asOf: '2022-11-01' }),
    );
    const early = await aggregator().get(`/reports/editions/${draft.id}/paper`);

    expect(text).to.include.members([
      'SỞ KẾ HOẠCH VÀ ĐẦU TƯ',
      'Số: 158/BC-SKHĐT',
      'Đồng Tháp, ngày 09 tháng 11 năm 2022',
      'BÁO CÁO',
      'I. KẾT QUẢ THỰC HIỆN NĂM 2022',
      '1. Kết quả thực hiện lũy kế tính đến ngày 30/10/2022',
      'a) Có 04/06 nội dung cam kết chưa hoàn thành, đang tiếp tục tổ chức thực hiện (chiếm 66,7%).',
      'c) Không có nội dung cam kết không hoàn thành.',
      'đ) Có 01/06 nội dung cam kết được UBND Tỉnh cho dừng thực hiện (chiếm 16,7%).',
      '2. Kết quả thực hiện ước cả năm 2022',
      'II. NỘI DUNG ĐĂNG KÝ NĂM 2023',
      'Số liệu lũy kế đến hết ngày 30/10/2022, chốt lúc 16:00 ngày 08/11/2022.',
    ]);
    expect(docxNotes(file).join(' ')).to.include('Tổng các tỷ lệ nêu trên là 100,1%.');
    expect(docxNotes(file)[0]).to.equal(
      'Có 01 nội dung cam kết đơn vị có ý kiến khác, chưa thống nhất: A3 (SNV): Đã hoàn thành từ tháng 9.',
    );
    expect([early.status, early.body.code]).to.deep.equal([409, 'report.wrong_status']);
  });

  it('M1: what is entered on 10/11 leaves the frozen run as it is, byte for byte, and shows in the next', async () => {
    const path = `/reports/runs/${edition.runId}`;
    const before = (await aggregator().get(path)).text;
    const annexBefore = await bytesOf(`${path}/annexes?format=csv&annex=II`);
    const paperBefore = await bytesOf(`/reports/editions/${edition.id}/paper`);
    office().clock.moveTo('2022-11-10');
    const sent = await moved(unit('SNV'), await now('A3'), 'submit', {
      ...submission,
      effectiveAt: '2022-10-20T08:00:00+07:00',
    });
    await moved(office().as('appraiser.stttt'), sent, 'approve', { effectiveAt: '2022-10-27T08:00:00+07:00' });
    const live = await sheetsOf(`/reports/annexes?programme=${programmeCode}&asOf=2022-10-30`);
    office().clock.moveTo('2023-11-10');

    expect((await aggregator().get(path)).text).to.equal(before);
    expect(await bytesOf(`${path}/annexes?format=csv&annex=II`)).to.deep.equal(annexBefore);
    expect(paperBefore.equals(await bytesOf(`/reports/editions/${edition.id}/paper`))).to.equal(true);
    expect(live['PL I']?.[3]?.[0]).to.match(/^Số liệu tạm tính đến hết ngày 30\/10\/2022/);
    expect(live['Lũy kế']?.slice(6, 8).map((row) => row[2])).to.deep.equal([3, 2]);
  });

  it('a correction is a new report, linked to the old one, and its difference names tasks and events', async () => {
    const asked = { programme: programmeCode, title: 'Đính chính Báo cáo 158', asOf: '2022-10-30' };
    const without = await aggregator().post('/reports/editions', { ...asked, corrects: edition.id });
    const corrects = { ...asked, corrects: edition.id, reason: 'A3 hoàn thành trước ngày chốt' };
    const correction = await done(aggregator().post('/reports/editions', corrects));
    const second = await aggregator().post('/reports/editions', corrects);
    expect(correction.order).to.deep.equal({ task: order.id, document: ordering.id });
    const frozen = await done(aggregator().post(`/reports/editions/${correction.id}/freeze`, {}));
    const diff = await done(aggregator().get(`/reports/runs/${frozen.runId}/diff?with=${edition.runId}`));
    const forOthers = await done(unit('TPCL').get(`/reports/runs/${frozen.runId}/diff?with=${edition.runId}`));

    expect(without.status).to.equal(400);
    expect([second.status, second.body.code]).to.deep.equal([409, 'report.has_correction']);
    expect((await done(aggregator().get(`/reports/editions/${edition.id}`))).correctedBy).to.equal(correction.id);
    expect(diff.shifts.map(({ code, before: was, after: is }: Json) => [code, was.bucket, is.bucket])).to.deep.equal([
      ['A3', 'in_progress', 'done'],
    ]);
    expect(diff.shifts[0].why.map(({ type, recordedAt }: Json) => [type, recordedAt.slice(0, 10)])).to.deep.equal([
      ['task.moved', '2022-11-10'],
      ['task.moved', '2022-11-10'],
    ]);
    expect([diff.cells.before['bucket/done'], diff.cells.after['bucket/done']]).to.deep.equal([1, 2]);
    expect([forOthers.shifts, forOthers.hidden]).to.deep.equal([[], 1]);
  });

  it('3.13: the imbalance between units is told with the figures', async () => {
    const { all } = await done(aggregator().get(`/reports/imbalance?programme=${programmeCode}&asOf=2022-10-30`));

    expect(all).to.deep.equal({ units: 3, min: 1, median: 2, max: 3 });
  });

  it('a list is exported with the rows of the screen and of when they are, and the export is on record', async () => {
    const filter = `programme=${programmeCode}&unit=SNV&sort=-code`;
    const { items } = await done(aggregator().get(`/tasks?${filter}`));
    const rows = (await sheetsOf(`/tasks?${filter}&format=xlsx&limit=1`))['Danh sách'] ?? [];
    const csv: string[][] = parse(await bytesOf(`/tasks?${filter}&format=csv`), {
      bom: true,
      delimiter: ';',
      relax_column_count: true,
    });
    const { rows: audit } = await office().pool.query(
      `select action, detail from audit_entry where action = 'task.exported' order by id`,
    );

    expect(rows[0]?.[0]).to.match(
      /^Số liệu tạm tính đến hết ngày 10\/11\/2023, theo dữ liệu ghi nhận đến .*: 3 dòng\./,
    );
    const shown = items.map((each: Json) => [each.code, each.title, each.unit, each.category, each.deadline]);
    const codes = (row: readonly unknown[]) => [row[0], row[1], row[3], row[16], row[17]];
    expect(rows.slice(2).map(codes)).to.deep.equal(shown);
    expect(csv.slice(2).map(codes)).to.deep.equal(shown);
    // People read words.
    expect(csv.slice(2).map((row) => [row[7], row[8], row[12]])).to.deep.include.members([
      ['Đang thực hiện', 'Đang thực hiện', 'Quá hạn'],
      ['Hoàn thành', 'Hoàn thành', 'Hoàn thành đúng hạn'],
    ]);
    expect(audit.map(({ detail }) => [detail.format, detail.rows])).to.deep.equal([
      ['xlsx', 3],
      ['csv', 3],
    ]);
  });

  it('a unit exports its own tasks and none of another', async () => {
    const { text } = await unit('TPCL').get(`/tasks?programme=${programmeCode}&format=csv`);

    expect(text).to.match(/B1/).and.not.match(/A1/);
  });

  it('who stops a task still needs the document (S3: 05/293)', async () => {
    expect((await moving(office().as('leader'), await now('C1'), 'stop')).status).to.equal(422);
  });
});

/** What a cell says, whichever file it stood in. */
const plain = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10).split('-').reverse().join('/');
  return `${cell}`.replace(/^(\d+)[.,](\d)$/, '$1,$2').replace(/,0$/, '');
};
