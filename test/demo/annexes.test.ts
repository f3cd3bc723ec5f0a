import { expect } from 'chai';
import type pg from 'pg';
import readXlsx from 'read-excel-file/node';
import { frozenReports } from '../../src/adapters/db/frozen-reports.ts';
import { openPool } from '../../src/adapters/db/pool.ts';
import { reportReader } from '../../src/adapters/db/queries/statistics.ts';
import { csvOf, xlsxOf } from '../../src/adapters/documents/write-book.ts';
import { paperDocx } from '../../src/adapters/documents/write-paper.ts';
import { reportPaper } from '../../src/application/drafts/report-paper.ts';
import { type AnnexSource, whenLine } from '../../src/application/reports/annex-heads.ts';
import { annexBook, byUnitSheet } from '../../src/application/reports/annexes.ts';
import type { Edition } from '../../src/application/reports/editions.ts';
import { type FrozenMore, figuresAndTasks, runOf } from '../../src/application/reports/freeze.ts';
import { rowsText, sha256Of } from '../../src/application/reports/rows.ts';
import type { StatisticsReport } from '../../src/application/reports/statistics.ts';
import { demoProgramme, seedDemo } from '../../src/demo/seed.ts';
import type { Document } from '../../src/domain/documents/document.ts';
import type { Paper } from '../../src/domain/documents/paper.ts';
import { applyDiff, cellsOf, diffOf } from '../../src/domain/reporting/diff.ts';
import type { RunRow } from '../../src/domain/reporting/run-rows.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { docxNotes, docxParts, docxRows, docxText, linesOf } from '../support/docx.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet, zone } from '../support/world.ts';

type Rows = readonly (readonly unknown[])[];

describe('The annexes of report 158, from the events of the demonstration', function () {
  this.timeout(120_000);
  const clock = new HandClock('2022-12-31', '12:00');
  let database: TestDatabase;
  let pool: pg.Pool;
  let figures: StatisticsReport & FrozenMore;
  let rows: readonly RunRow[];
  let sheets: Readonly<Record<string, Rows>>;
  let csv: string;

  const source = (issued: boolean): AnnexSource => ({
    figures,
    zone,
    basis: figures.basis,
    confirmation: null,
    rows,
    frozen: { sha256: 'abc' },
    issued: issued ? { number: '158/BC-SKHĐT', issuedOn: '2022-11-09' } : null,
  });
  const paper = (issued: boolean): Paper =>
    reportPaper({
      heads: {
        document: {
          sign: 'BC-SKHĐT',
          issuer: 'Sở Kế hoạch và Đầu tư',
          signer: { name: 'Nguyễn Văn A', position: 'Phó Giám đốc', capacity: 'KT.', signsFor: 'Giám đốc' },
          recipients: [
            { name: 'Chủ tịch UBND Tỉnh', purpose: 'report' },
            { name: 'VT, TH', purpose: 'file' },
          ],
          number: null,
          issuedOn: null,
        } as unknown as Document,
        issuer: null,
        upper: 'UBND tỉnh Đồng Tháp',
        place: 'Đồng Tháp',
      },
      edition: {
        title: 'Kết quả thực hiện nội dung cam kết hành động với UBND Tỉnh năm 2022',
        number: issued ? '158/BC-SKHĐT' : null,
        issuedOn: issued ? '2022-11-09' : null,
      } as Edition,
      figures,
      confirmation: null,
      annexI: byUnitSheet(source(issued)),
      when: whenLine(source(issued)),
      bases: [{ number: '1683/UBND-THVX', date: '2022-10-18', issuer: 'UBND Tỉnh' }],
      registration: {
        year: 2023,
        common: ['Áp dụng chuyển đổi số có mô hình mới, cách làm hiệu quả'],
        opinions: [{ bloc: 'department', text: 'Một số nội dung chưa phù hợp với tính chất là nội dung trọng tâm' }],
      },
      blocName: (bloc) => bloc,
    });

  before(async () => {
    database = await freshDatabase();
    const settings = { SECRET_KEY: secretKey, NODE_ENV: 'test', TRUST_PROXY: 0, RATE_LIMIT_PER_MINUTE: 1_000 } as const;
    await seedDemo({ DATABASE_URL: database.url, ...settings, DEMO_PASSWORD: 'dondoc-demo' }, quiet, () => undefined);
    pool = openPool({ databaseUrl: database.url, max: 4, statementTimeoutMs: 10_000 }, quiet);
    const frozen = frozenReports(pool);
    const run = await frozen.find((await frozen.list(demoProgramme))[0]?.id ?? '');
    figures = JSON.parse(run?.body ?? '');
    rows = JSON.parse((await frozen.rows(run?.id ?? '')) ?? '');
    const book = annexBook({
      figures,
      zone,
      basis: figures.basis,
      confirmation: null,
      rows,
      frozen: { sha256: run?.sha256 ?? '' },
      issued: { number: '158/BC-SKHĐT', issuedOn: '2022-11-09' },
    });
    expect(book.fileName).to.equal('BC158-SKHDT_Phu-luc-I-III_2022-10-30');
    sheets = Object.fromEntries((await readXlsx(await xlsxOf(book))).map(({ sheet, data }) => [sheet, data]));
    csv = csvOf(book.sheets[0] as (typeof book.sheets)[number]);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  it('have 31 units in the official order, the two blocs, the total and the rates, each cell as in the figures', () => {
    const annex = sheets['PL I'] ?? [];
    const units = annex.slice(7).filter(([number]) => typeof number === 'number');

    expect(units.map((row) => row.slice(1, 11))).to.deep.equal(
      figures.byUnit.map(({ name, total, counts: c, estimate: e }) => [
        name,
        total,
        c.in_progress,
        c.done,
        c.not_done,
        c.awaiting_appraisal,
        c.stopped,
        e.done,
        e.not_done,
        e.stopped,
      ]),
    );
    expect(units.length).to.equal(31);
    const line = (label: string) => annex.find((row) => row[1] === label)?.slice(2, 11);
    expect(line('Sở, ban, ngành Tỉnh')).to.deep.equal([143, 61, 44, 11, 24, 3, 126, 14, 3]);
    expect(line('UBND huyện, thành phố')).to.deep.equal([150, 42, 37, 9, 60, 2, 135, 13, 2]);
    expect(line('Tổng cộng')).to.deep.equal([293, 103, 81, 20, 84, 5, 261, 27, 5]);
    expect(line('Tỷ lệ (%) trên tổng số')).to.deep.equal([100, 35.2, 27.6, 6.8, 28.7, 1.7, 89.1, 9.2, 1.7]);
  });

  it('say the cumulative table and the year-end estimate of the report', () => {
    const body = (name: string): Rows => (sheets[name] ?? []).slice(6).map((row) => row.slice(1));

    expect(body('Lũy kế')).to.deep.equal([
      ['Chưa hoàn thành, đang thực hiện', 103, 35.2],
      ['Hoàn thành', 81, 27.6],
      ['Không hoàn thành', 20, 6.8],
      ['Chờ thẩm định', 84, 28.7],
      ['Dừng thực hiện', 5, 1.7],
      ['Tổng cộng', 293, 100],
    ]);
    expect(body('Ước cả năm')).to.deep.equal([
      ['Hoàn thành', 261, 89.1],
      ['Không hoàn thành', 27, 9.2],
      ['Dừng thực hiện', 5, 1.7],
      ['Tổng cộng', 293, 100],
    ]);
  });

  it('have every task once: 143 in annex II and 150 in annex III', () => {
    const tasks = (name: string): number =>
      (sheets[name] ?? []).slice(6).filter(([number]) => typeof number === 'number').length;

    expect([tasks('PL II'), tasks('PL III')]).to.deep.equal([143, 150]);
  });

  it('tell of the imbalance between units, the denominator and the hash', () => {
    const about = new Map(sheets['Thông tin']?.map(([label, value]) => [label, value]));

    expect(about.get('Số nội dung ít nhất của một đơn vị')).to.equal(5);
    expect(about.get('Số nội dung trung vị')).to.equal(9);
    expect(about.get('Số nội dung nhiều nhất của một đơn vị')).to.equal(13);
    expect(about.get('Mẫu số của mọi tỷ lệ')).to.match(/\(293\), kể cả nội dung được cho dừng/);
    expect(about.get('Mã băm danh sách nội dung (SHA-256)')).to.equal(sha256Of(rowsText(rows)));
    expect(about.get('Số liệu đến hết ngày')).to.deep.equal(new Date('2022-10-30T00:00:00Z'));
  });

  it('give in CSV the same total and the same rates, with a decimal comma', () => {
    expect(csv).to.include(';Tổng cộng;293;103;81;20;84;5;261;27;5;');
    expect(csv).to.include(';Tỷ lệ (%) trên tổng số;100,0;35,2;27,6;6,8;28,7;1,7;89,1;9,2;1,7;');
  });

  it('have the text of the report in its words: padded counts, decimal commas, letters a, b, c, d, đ, and all three parts', async () => {
    const file = await paperDocx(paper(true));
    const lines = docxText(file);

    expect(lines).to.include.members([
      'a) Có 103/293 nội dung cam kết chưa hoàn thành, đang tiếp tục tổ chức thực hiện (chiếm 35,2%).',
      'b) Có 81/293 nội dung cam kết hoàn thành (chiếm 27,6%).',
      'c) Có 20/293 nội dung cam kết không hoàn thành (chiếm 6,8%).',
      'd) Có 84/293 nội dung cam kết đang chờ cơ quan chuyên môn thẩm định (chiếm 28,7%).',
      'đ) Có 05/293 nội dung cam kết được UBND Tỉnh cho dừng thực hiện (chiếm 1,7%).',
      'a) Có 261/293 nội dung cam kết hoàn thành (chiếm 89,1%).',
      'b) Có 27/293 nội dung cam kết không hoàn thành (chiếm 9,2%).',
      'c) Có 05/293 nội dung cam kết được UBND Tỉnh cho dừng thực hiện (chiếm 1,7%).',
      'II. NỘI DUNG ĐĂNG KÝ NĂM 2023',
      'Số: 158/BC-SKHĐT',
      'Đồng Tháp, ngày 09 tháng 11 năm 2022',
      'KT. GIÁM ĐỐC',
      'PHÓ GIÁM ĐỐC',
      '- Chủ tịch UBND Tỉnh (báo cáo);',
      '- Lưu: VT, TH.',
    ]);
    expect(lines).to.not.include('DỰ THẢO');
    const total = docxRows(file).find(([, name]) => name === 'Tổng cộng');
    expect(total?.slice(2, 11)).to.deep.equal(['293', '103', '81', '20', '84', '5', '261', '27', '5']);
    expect(docxNotes(file)).to.deep.equal([
      'Không bao gồm các nhiệm vụ được UBND Tỉnh giao chung như: Áp dụng chuyển đổi số có mô hình mới, cách làm hiệu quả.',
    ]);
  });

  it('are the same bytes whenever the paper is made again, and a draft says so until there is a number', async () => {
    const issued = await paperDocx(paper(true));
    const unissued = await paperDocx(paper(false));
    const draft = docxParts(unissued);

    expect(Buffer.from(issued).equals(await paperDocx(paper(true)))).to.equal(true);
    expect(Buffer.from(unissued).equals(await paperDocx(paper(false)))).to.equal(true);
    expect(linesOf(draft.get('word/document.xml') ?? '')).to.include.members([
      'Số:         /BC-SKHĐT',
      'DỰ THẢO',
      'Đồng Tháp, ngày      tháng      năm 2022',
    ]);
    const heads = [...draft].filter(([name]) => /header\d/.test(name));
    expect(heads.some(([, xml]) => /string="DỰ THẢO"/.test(xml))).to.equal(true);
  });

  it('stand on the tasks kept with the run, and what November brought is exactly the difference to the next', async () => {
    const reports = reportReader(pool);
    const request = { programme: demoProgramme, asOf: '2022-10-30', knownAt: figures.knownAt };
    const { tasks } = await figuresAndTasks(reports, clock, request);
    const november = await figuresAndTasks(reports, clock, { programme: demoProgramme, asOf: '2022-11-30' });
    const shifts = diffOf(rows, november.tasks.rows);

    expect(rowsText(tasks.rows)).to.equal(rowsText(rows));
    expect(shifts.length).to.be.greaterThan(5);
    expect(applyDiff(cellsOf(rows), shifts)).to.deep.equal(cellsOf(november.tasks.rows));
    expect(cellsOf(november.tasks.rows)['bucket/done']).to.equal(november.figures.counts.done);
  });

  it('are frozen under the same hash whenever they are computed again', async () => {
    const request = { programme: demoProgramme, asOf: '2022-10-30', knownAt: figures.knownAt };
    const somebody = { id: 'somebody', name: '', memberships: [] };
    const again = await runOf(reportReader(pool), clock)(request, somebody);
    const [listed] = await frozenReports(pool).list(demoProgramme);

    expect(again.sha256).to.equal(listed?.sha256);
  });
});
