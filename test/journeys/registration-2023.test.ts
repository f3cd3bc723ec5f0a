import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { openPool } from '../../src/adapters/db/pool.ts';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import { registrationStore } from '../../src/adapters/db/registrations.ts';
import { taskStore } from '../../src/adapters/db/task-store.ts';
import { carryForward } from '../../src/application/registrations/propose.ts';
import type { Json } from '../support/client.ts';
import { docxNotes, docxText } from '../support/docx.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { assigned, moved } from '../support/tasks.ts';
import { quiet } from '../support/world.ts';

// Letter 003 part II and annex IV; letter 000 c; story 10 of the domain.
const next = 'CK2023';
const resolution = { number: '60/NQ-HĐND', date: '2022-12-07', issuer: 'HĐND Tỉnh' };
const decision = { number: '12/QĐ-UBND-HC', date: '2023-01-06', issuer: 'UBND Tỉnh' };

describe('Registration of the commitments of 2023', () => {
  const office = suiteOffice({
    day: '2022-01-10',
  });
  const as = (name: string) => office().as(name);
  let round: string;
  let tasks: readonly Json[];

  const rows = async (name = 'office'): Promise<readonly Json[]> =>
    (await done(as(name).get(`/registrations/${round}`))).proposals;
  const rowOf = async (title: string, unit: string, name = 'office'): Promise<Json> =>
    (await rows(name)).find((one) => one.title === title && one.unit === unit);
  const commitment = (title: string, leadUnit: string, target: string | number, more: object = {}) =>
    assigned(office(), { title, leadUnit, target, measureUnit: '%', appraiserUnit: 'STTTT', ...more });

  before(async () => {
    await done(
      as('admin').post('/units', {
        code: 'HCL',
        name: 'UBND huyện Cao Lãnh',
        class: 'district',
        bloc: 'district',
        order: 99,
        validFrom: '2000-01-01',
      }),
    );
    await office().hire({
      name: 'aggregator.2023',
      memberships: [{ role: 'aggregator', unit: 'SKHDT', programme: next }],
    });
    await office().hire({ name: 'unit.hcl', memberships: [{ role: 'focal_point', unit: 'HCL' }] });
    await office().hire({ name: 'head.hcl', memberships: [{ role: 'head', unit: 'HCL' }] });
    await office().programme(next, { year: 2023, defaultDue: { kind: 'on_or_before', day: '2023-12-15' } });
    const template = { kind: 'template' };
    tasks = [
      await commitment('Nâng cao chỉ số cải cách hành chính', 'SNV', 90),
      await commitment('Tinh giản biên chế', 'SNV', 'Theo kế hoạch'),
      await commitment('Giao việc đúng hạn 100% trên phần mềm', 'SNV', 100, { kind: 'common' }),
      await commitment('Tỷ lệ hộ dân dùng nước sạch', 'TPCL', 95, template),
      await commitment('Tỷ lệ hộ dân dùng nước sạch', 'HCL', 88, template),
      await commitment('Số xã đạt chuẩn nông thôn mới', 'TPCL', 2, template),
      await commitment('Số xã đạt chuẩn nông thôn mới', 'HCL', 3, template),
      await commitment('Bỏ vì đã xong', 'HCL', 1),
      await commitment('Được cho dừng', 'SNV', 1),
    ];
    await moved(as('leader'), tasks[8], 'stop', { document: decision });
    office().clock.moveTo('2022-11-10');
  });

  it('is opened once for a programme, and goes back to an earlier year only', async () => {
    const asked = { programme: next, sourceProgramme: 'CK' };
    for (const name of ['unit.snv', 'leader', 'aggregator'])
      expect((await as(name).post('/registrations', asked)).status, name).to.equal(403);
    const backwards = await as('office').post('/registrations', { programme: 'CK', sourceProgramme: next });
    expect([backwards.status, backwards.body.code]).to.deep.equal([400, 'input.invalid']);

    round = (await done(as('aggregator.2023').post('/registrations', asked))).id;

    const again = await as('office').post('/registrations', asked);
    expect([again.status, again.body.code]).to.deep.equal([409, 'registration.exists']);
    const listed = await done(as('unit.tpcl').get('/registrations'));
    expect(listed.items.map(({ id, year }: Json) => [id, year])).to.deep.equal([[round, 2023]]);
  });

  it('3.16: carries commitments forward with changed targets, each with its basis, or not at all', async () => {
    const [par, , , water, waterHcl, , , over] = tasks;
    const bare = await as('office').post(`/registrations/${round}/carry-forward`, {
      changes: [{ task: par.id, target: 92 }],
    });
    expect([bare.status, bare.body.code, bare.body.missing]).to.deep.equal([
      422,
      'requirement.missing',
      [{ pointer: '/basis', what: 'basis' }],
    ]);
    expect(await rows()).to.deep.equal([]);

    const carried = await done(
      as('office').post(`/registrations/${round}/carry-forward`, {
        changes: [
          { task: par.id, target: 92, basis: resolution },
          { task: water.id, target: 97, basis: resolution },
          { task: waterHcl.id, target: 91, basis: resolution },
        ],
        drop: [{ task: over.id, reason: 'Đã hoàn thành, không còn phù hợp' }],
      }),
    );

    expect(carried).to.deep.equal({ copied: 8, existing: 0, targetChanged: 3, dropped: 1 });
    const row = await rowOf('Nâng cao chỉ số cải cách hành chính', 'SNV');
    expect(row).to.deep.include({
      change: 'target_changed',
      targetFrom: 90,
      target: 92,
      basis: resolution,
      sourceTask: par.id,
      status: 'draft',
      unchanged: false,
    });
    expect(await rowOf('Tinh giản biên chế', 'SNV')).to.deep.include({ change: 'carried', unchanged: true });
  });

  it('W17: carried forward five times at once by two programs on one database, there is one copy of each', async () => {
    await office().programme('CK2024', { year: 2024 });
    const later = { programme: 'CK2024', sourceProgramme: 'CK' };
    const other = (await done(as('office').post('/registrations', later))).id;
    const pool = openPool({ databaseUrl: office().databaseUrl, statementTimeoutMs: 15_000, max: 4 }, quiet);
    try {
      const reference = referenceData(pool);
      const second = carryForward({
        store: registrationStore(pool, reference),
        tasks: taskStore(pool, reference),
        clock: office().clock,
        audit: office().composition.audit,
      });
      const actor = {
        id: '7d0e3f6c-6d4e-4f8e-9b39-6a1f2b9d7a10',
        name: '',
        memberships: [{ role: 'office' as const }],
      };
      const nothing = { changes: [], drop: [] };
      const five = (id: string) => {
        const here = () => done(as('office').post(`/registrations/${id}/carry-forward`, nothing));
        const there = () => second(id, nothing, actor);
        return Promise.all([here(), there(), here(), there(), here()]);
      };

      const fresh = await five(other);
      const again = await five(round);

      expect(fresh.reduce((sum, { copied }) => sum + copied, 0)).to.equal(8);
      expect(again.map(({ copied, existing }) => [copied, existing])).to.deep.equal(Array(5).fill([0, 8]));
      const { rows: copies } = await office().pool.query(
        `select count(*)::int as rows, count(distinct source_task)::int as tasks from proposal where registration = $1`,
        [other],
      );
      expect(copies).to.deep.equal([{ rows: 8, tasks: 8 }]);
    } finally {
      await pool.end();
    }
  });

  it('a unit sees and changes its own drafts, and nobody else’s', async () => {
    expect(new Set((await rows('unit.snv')).map(({ unit }) => unit))).to.deep.equal(new Set(['SNV']));
    const row = await rowOf('Tinh giản biên chế', 'SNV', 'unit.snv');
    const wish = { title: row.title, target: 'Giảm 5 người', measureUnit: '%', appraiserUnit: 'STTTT' };
    const path = `/registrations/${round}/proposals/${row.id}`;
    const foreign = await as('unit.tpcl').put(path, wish, { ifMatch: row.version });
    expect([foreign.status, foreign.body.code]).to.deep.equal([404, 'proposal.not_found']);

    const silent = await as('unit.snv').put(path, wish, { ifMatch: row.version });
    expect([silent.status, silent.body.code]).to.deep.equal([422, 'requirement.missing']);
    const changed = await done(as('unit.snv').put(path, { ...wish, basis: resolution }, { ifMatch: row.version }));
    expect(changed).to.deep.include({ change: 'target_changed', targetFrom: 'Theo kế hoạch', version: 2 });
    const stale = await as('unit.snv').put(path, { ...wish, basis: resolution }, { ifMatch: row.version });
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'version.stale']);
    await done(as('unit.snv').put(path, { ...wish, target: 'Theo kế hoạch' }, { ifMatch: changed.version }));
  });

  it('0.10: the office proposes top-down, and units propose their own', async () => {
    const given = {
      title: 'Đề án chuyển đổi số ngành nội vụ',
      target: 1,
      measureUnit: 'đề án',
      appraiserUnit: 'STTTT',
    };
    const above = await done(as('office').post(`/registrations/${round}/proposals`, { units: ['SNV'], ...given }));
    const own = await done(
      as('unit.tpcl').post(`/registrations/${round}/proposals`, {
        ...given,
        units: ['TPCL'],
        title: 'Xây dựng tuyến phố văn minh',
      }),
    );
    const foreign = await as('unit.tpcl').post(`/registrations/${round}/proposals`, { units: ['HCL'], ...given });

    expect(above.items.map(({ origin, status, change }: Json) => [origin, status, change])).to.deep.equal([
      ['office', 'submitted', 'added'],
    ]);
    expect(own.items.map(({ origin, status }: Json) => [origin, status])).to.deep.equal([['unit', 'draft']]);
    expect([foreign.status, foreign.body.code]).to.deep.equal([403, 'permission.denied']);
    const twin = await done(
      as('unit.hcl').post(`/registrations/${round}/proposals`, {
        ...given,
        units: ['HCL'],
        title: 'SỐ XÃ ĐẠT CHUẨN  NÔNG THÔN MỚI',
        kind: 'template',
      }),
    );
    expect((await rows()).find(({ id }) => id === twin.items[0].id)).to.include({ twin: tasks[6].id });
  });

  it('3.18: the head of the unit signs for it, nobody else', async () => {
    for (const name of ['unit.snv', 'office', 'head.tpcl', 'leader'])
      expect((await as(name).post(`/registrations/${round}/submissions`, { unit: 'SNV' })).status, name).to.equal(403);

    const counts = [];
    for (const unit of ['snv', 'tpcl', 'hcl'])
      counts.push(
        (await done(as(`head.${unit}`).post(`/registrations/${round}/submissions`, { unit: unit.toUpperCase() })))
          .submitted,
      );

    expect(counts).to.deep.equal([3, 3, 4]);
    expect(new Set((await rows('unit.tpcl')).map(({ unit }) => unit))).to.deep.equal(new Set(['SNV', 'TPCL', 'HCL']));
  });

  it('3.13, 3.14: shows how uneven the counts are, and what districts do not treat alike', async () => {
    const counts = await done(as('aggregator.2023').get(`/registrations/${round}/balance`));
    // The common task is not counted; neither is the dropped one.
    expect(counts).to.deep.include({ units: 3, min: 3, median: 3, max: 3 });
    expect(counts.byUnit.map(({ code, thisYear, difference }: Json) => [code, thisYear, difference])).to.deep.equal([
      ['SNV', 2, 1],
      ['TPCL', 2, 1],
      ['HCL', 3, 0],
    ]);

    const { items } = await done(as('aggregator.2023').get(`/registrations/${round}/uniformity?bloc=district`));
    const matrix = Object.fromEntries(items[0].items.map((row: Json) => [row.item, [row.uniform, row.cells]]));
    expect(matrix).to.deep.equal({
      'Tỷ lệ hộ dân dùng nước sạch': [true, { TPCL: 'target_changed', HCL: 'target_changed' }],
      'Số xã đạt chuẩn nông thôn mới': [true, { TPCL: 'kept', HCL: 'kept' }],
    });
  });

  it('a row goes back to its unit with the reason, and comes again', async () => {
    const row = (await rows()).find(({ twin }) => twin !== null);
    const path = `/registrations/${round}/proposals/${row.id}`;
    const returned = await done(
      as('aggregator.2023').post(
        `${path}/return`,
        { reason: 'Trùng nội dung đã chuyển tiếp' },
        { ifMatch: row.version },
      ),
    );
    expect(returned).to.include({ status: 'returned', note: 'Trùng nội dung đã chuyển tiếp' });

    const wish = { title: 'Nâng chất xã nông thôn mới', target: 1, appraiserUnit: 'STTTT' };
    await done(as('unit.hcl').put(path, wish, { ifMatch: returned.version }));
    expect(await done(as('head.hcl').post(`/registrations/${round}/submissions`, { unit: 'HCL' }))).to.deep.equal({
      submitted: 1,
    });
  });

  it('T4: opinions are given per bloc, and on rows where there is one', async () => {
    const path = `/registrations/${round}/opinions`;
    const text = 'Tiếp tục thực hiện những nội dung đã cam kết, điều chỉnh chỉ tiêu theo Nghị quyết';
    expect((await as('unit.snv').post(path, { bloc: 'district', text })).status).to.equal(403);
    const unknown = await as('aggregator.2023').post(path, { bloc: 'central', text });
    expect([unknown.status, unknown.body.code]).to.deep.equal([400, 'input.invalid']);
    await done(as('aggregator.2023').post(path, { bloc: 'district', text: 'Chưa đồng nhất' }));
    await done(as('aggregator.2023').post(path, { bloc: 'district', text }));
    await done(as('aggregator.2023').post(path, { bloc: 'department', text: 'Chọn nội dung trọng tâm' }));
    const row = await rowOf('Tinh giản biên chế', 'SNV');
    await done(
      as('aggregator.2023').put(
        `/registrations/${round}/proposals/${row.id}/opinion`,
        { opinion: '=HYPERLINK("http://x")' },
        { ifMatch: row.version },
      ),
    );

    const { opinions } = await done(as('unit.snv').get(`/registrations/${round}`));
    expect(opinions.map((one: Json) => [one.bloc, one.text])).to.deep.equal([
      ['department', 'Chọn nội dung trọng tâm'],
      ['district', text],
    ]);
  });

  it('3.11: annex IV leaves out what is common to all, and names it in its footnote', async () => {
    const { header, rows: lines, notes, titles } = await done(as('head.hcl').get(`/registrations/${round}/annex-iv`));

    expect(header).to.deep.equal([
      'STT',
      'Đơn vị / Nội dung',
      'ĐVT',
      'Chỉ tiêu 2022',
      'Kết quả/ước 2022',
      'Chỉ tiêu đăng ký 2023',
      'Loại',
      'Căn cứ',
      'Ý kiến cơ quan tổng hợp',
      'Quyết định',
    ]);
    expect(titles).to.include('Tính đến ngày 10/11/2022');
    expect(notes.at(-1)).to.equal(
      '(1) Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung như: Giao việc đúng hạn 100% trên phần mềm.',
    );
    expect(notes[0]).to.match(
      /^Tổng số 09 nội dung: chuyển tiếp 03, điều chỉnh chỉ tiêu 03, bổ sung 03; giảm 01 nội dung/,
    );
    expect(lines.find(([, title]: Json) => title === 'Nâng cao chỉ số cải cách hành chính').slice(2, 8)).to.deep.equal([
      '%',
      90,
      'Đang thực hiện',
      92,
      'Điều chỉnh chỉ tiêu',
      '60/NQ-HĐND ngày 07/12/2022, HĐND Tỉnh',
    ]);
    expect(lines.some(([, title]: Json) => title === 'Giao việc đúng hạn 100% trên phần mềm')).to.equal(false);
  });

  it('3.1, 3.11: the report of the year composes the registration as its second part, as it was when the figures were frozen', async () => {
    const asked = { programme: 'CK', title: 'Kết quả thực hiện cam kết năm 2022', asOf: '2022-11-01' };
    const { id } = await done(as('aggregator').post('/reports/editions', asked));
    await done(as('aggregator').post(`/reports/editions/${id}/freeze`, {}));
    const paper = async (): Promise<Buffer> => {
      const response = await fetch(`${office().address}/reports/editions/${id}/paper`, {
        headers: { Authorization: `Bearer ${await as('aggregator').token()}` },
      });
      return Buffer.from(await response.arrayBuffer());
    };
    const file = await paper();
    const text = docxText(file);

    expect(text).to.include.members([
      'II. NỘI DUNG ĐĂNG KÝ NĂM 2023',
      '1. Nội dung đăng ký năm 2023 của các đơn vị (Phụ lục IV – gửi đính kèm)',
      '2. Ý kiến đối với nội dung đăng ký',
      '3. Đề xuất',
      'DỰ THẢO',
    ]);
    expect(text).to.include('2.1. Đối với Sở, ban, ngành Tỉnh: Chọn nội dung trọng tâm.');
    expect(text.some((line) => line.startsWith('2.2. Đối với UBND huyện, thành phố: Tiếp tục thực hiện'))).to.equal(
      true,
    );
    expect(docxNotes(file)).to.include(
      'Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung như: Giao việc đúng hạn 100% trên phần mềm.',
    );
    office().clock.advance(60_000);
    const later = { bloc: 'district', text: 'Ý kiến đến sau khi chốt' };
    await done(as('aggregator.2023').post(`/registrations/${round}/opinions`, later));
    expect((await paper()).equals(file)).to.equal(true);
  });

  it('S6: annex IV as CSV and as a workbook holds no formula', async () => {
    const csv = await as('office').get(`/registrations/${round}/annex-iv?format=csv`);
    expect(csv.text).to.include(`"'=HYPERLINK(""http://x"")"`);
    expect(csv.headers.get('content-disposition')).to.include(`Phu-luc-IV_${next}_2022-11-10.csv`);

    const address = `${office().address}/registrations/${round}/annex-iv?format=xlsx`;
    const file = await fetch(address, { headers: { Authorization: `Bearer ${await as('office').token()}` } });
    const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
    expect(Buffer.from(parts['xl/worksheets/sheet1.xml'] as Uint8Array).toString()).to.not.match(/<f[ >]/);
  });

  it('3.19: the province decides, by a document; a row that could not become a task holds up the whole', async () => {
    office().clock.moveTo('2023-01-06');
    for (const name of ['office', 'aggregator.2023', 'head.snv'])
      expect(
        (await as(name).post(`/registrations/${round}/decisions`, { document: decision, approve: 'all' })).status,
        name,
      ).to.equal(403);
    const own = await done(
      as('office').post(`/registrations/${round}/proposals`, {
        units: ['SNV'],
        title: 'Tự thẩm định',
        target: 1,
        appraiserUnit: 'SNV',
      }),
    );

    const refused = await as('leader').post(`/registrations/${round}/decisions`, {
      document: decision,
      approve: 'all',
    });

    expect([
      refused.status,
      refused.body.code,
      refused.body.rows.map(({ proposal, code }: Json) => [proposal, code]),
    ]).to.deep.equal([422, 'registration.rows_refused', [[own.items[0].id, 'conflict_of_interest']]]);
    expect((await rows()).every(({ status, task }) => status === 'submitted' && task === null)).to.equal(true);
  });

  it('approval makes next year’s tasks in one action, and asked again by two at once it makes none', async () => {
    const own = await rowOf('Tự thẩm định', 'SNV');
    const street = await rowOf('Xây dựng tuyến phố văn minh', 'TPCL');
    const request = {
      document: decision,
      approve: 'all',
      reject: [
        { id: own.id, reason: 'Đơn vị không tự thẩm định' },
        { id: street.id, reason: 'Chưa phải nội dung trọng tâm' },
      ],
    };

    const first = await done(as('leader').post(`/registrations/${round}/decisions`, request));
    const again = await Promise.all([
      done(as('leader').post(`/registrations/${round}/decisions`, request)),
      done(as('leader').post(`/registrations/${round}/tasks`, {})),
    ]);

    // Ten proposals were approved; one of them drops its item, so it makes no task.
    expect(first).to.deep.equal({ approved: 10, rejected: 2, created: 9 });
    expect(again).to.deep.equal([{ approved: 0, rejected: 0, created: 0 }, { created: 0 }]);
    const { items } = await done(as('office').get(`/tasks?programme=${next}&limit=100`));
    expect(items.length).to.equal(9);
    const par = await rowOf('Nâng cao chỉ số cải cách hành chính', 'SNV');
    expect(await done(as('unit.snv').get(`/tasks/${par.task}`))).to.deep.include({
      leadUnit: 'SNV',
      target: 92,
      dueOn: '2023-12-15',
      programme: next,
      source: decision,
    });
  });

  it('makes what a decision that was cut off left over, once, whoever takes it up', async () => {
    const extra = await done(
      as('office').post(`/registrations/${round}/proposals`, {
        units: ['SNV', 'TPCL', 'HCL'],
        title: 'Chuyển đổi số có mô hình mới',
        target: 1,
        kind: 'common',
        appraiserUnit: 'STTTT',
      }),
    );
    const ids = extra.items.map(({ id }: Json) => id);
    await office().pool.query(
      `update proposal set status = 'approved', decision = $2, decided_by = 'test', decided_at = now() where id = any($1)`,
      [ids, JSON.stringify(decision)],
    );

    const made = await Promise.all(
      [1, 2, 3, 4, 5].map(() => done(as('leader').post(`/registrations/${round}/tasks`, {}))),
    );

    expect(made.reduce((sum, { created }) => sum + created, 0)).to.equal(3);
    const { rows: counted } = await office().pool.query(
      `select count(*)::int as tasks from task where title = 'Chuyển đổi số có mô hình mới'`,
    );
    expect(counted).to.deep.equal([{ tasks: 3 }]);
  });

  it('T3: the task of 2023 tells the one of 2022 it goes back to, with old and new target and the basis', async () => {
    const par = await rowOf('Nâng cao chỉ số cải cách hành chính', 'SNV');

    const { items } = await done(as('unit.snv').get(`/tasks/${par.task}/lineage`));
    const hidden = await as('unit.tpcl').get(`/tasks/${par.task}/lineage`);

    expect(items).to.have.length(1);
    expect(items[0].from).to.deep.include({ id: tasks[0].id, programme: 'CK', target: 90 });
    expect(items[0].proposal).to.deep.include({
      change: 'target_changed',
      targetFrom: 90,
      target: 92,
      basis: resolution,
      decision,
    });
    expect(hidden.status).to.equal(404);
  });

  it('C2: this year’s figures are not touched by what is left out of next year’s annex', async () => {
    const { total } = await done(as('office').get('/reports/statistics?programme=CK'));

    expect(total).to.equal(9);
  });

  it('every deed stands in the audit list', async () => {
    const { rows: entries } = await office().pool.query<{ action: string }>(
      `select distinct action from audit_entry where action like 'registration.%' or action like 'proposal.%' order by 1`,
    );
    expect(entries.map(({ action }) => action)).to.deep.equal([
      'proposal.changed',
      'proposal.opinion',
      'proposal.returned',
      'registration.carried_forward',
      'registration.decided',
      'registration.exported',
      'registration.opened',
      'registration.opinion',
      'registration.proposed',
      'registration.submitted',
      'registration.tasks_created',
    ]);
  });
});
