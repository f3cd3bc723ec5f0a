// Letter 004, Sở Nội vụ Quảng Ngãi, 02/2023: periodic reports on a programme, from its first clause to its last, over two years.

import { expect } from 'chai';
import readSheet from 'read-excel-file/node';
import type { Json } from '../support/client.ts';
import { docxRows, docxText } from '../support/docx.ts';
import { done, suiteOffice } from '../support/http-office.ts';

const programme = 'CT1100';
const regimes = [
  {
    key: 'qd1100',
    name: 'Báo cáo thực hiện Quyết định số 1100/QĐ-UBND',
    periods: [
      { kind: 'half_year', cutOff: '06-14', unit: '06-16', aggregator: '06-20', upper: '06-25' },
      { kind: 'year', cutOff: '12-14', unit: '12-16', aggregator: '12-20', upper: '12-25' },
    ],
    units: { classes: ['department', 'district'] },
  },
];

describe('Letter 004: periodic reports that were neither complete nor in time', function () {
  this.timeout(60_000);
  const office = suiteOffice({
    day: '2023-02-20',
    accounts: [{ name: 'aggregator.snv', memberships: [{ role: 'aggregator', unit: 'SNV', programme }] }],
  });
  const as = (name: string) => office().as(name);
  const list = async (query = '', by = 'aggregator.snv'): Promise<Json> =>
    done(as(by).get(`/programmes/${programme}/obligations${query}`));
  const stateOf = async (unit: string, period: string): Promise<Json> => {
    const { items } = await list(`?from=2023-01-01&to=2025-12-31&unit=${unit}`);
    return items.find((item: Json) => item.period.key === period && item.unit === unit);
  };
  const send = async (unit: string, period: string, more: Json = {}): Promise<Json> => {
    const { id, task } = await stateOf(unit, period);
    const body = {
      documentNumber: `12/BC-${unit}`,
      dataUntil: `${period.slice(0, 4)}-06-14`,
      result: 'Đã thực hiện 7/9 nhiệm vụ',
      proposals: 'Đề xuất lùi thời gian hai nhiệm vụ',
      recommendations: 'Kiến nghị bố trí kinh phí',
      ...more,
    };
    return as(`unit.${unit.toLowerCase()}`).post(`/obligations/${id}/submissions`, body, { ifMatch: task.version });
  };
  const answer = async (unit: string, period: string, how: 'return' | 'accept', body: Json): Promise<Json> => {
    const { id, task } = await stateOf(unit, period);
    return as('appraiser.snv').post(`/obligations/${id}/${how}`, body, { ifMatch: task.version });
  };
  const mailed = async (unit: string, kind: string): Promise<number> => {
    const { items } = await done(as(`unit.${unit.toLowerCase()}`).get('/notifications?limit=100'));
    return items.filter((item: Json) => item.kind === kind).length;
  };

  it('4.1 a programme of several years under its decision, followed by a department', async () => {
    await office().programme(programme, {
      name: 'Chương trình theo Quyết định số 1100/QĐ-UBND ngày 12/11/2021',
      year: 2021,
      noun: 'báo cáo',
      workflow: 'periodic-report',
      aggregator: 'SNV',
    });

    expect((await as('leader').get(`/programmes/${programme}/reporting`)).body.code).to.equal('reporting.not_set');
  });

  it('4.5 at the latest 16/6 for six months and 16/12 for the year, every year; each level has a day of its own', async () => {
    const [regime] = regimes;
    const wrong = [
      { kind: 'half_year', cutOff: '06-15', unit: '06-16' },
      { kind: 'year', cutOff: '12-14', unit: '12-16', aggregator: '12-16' },
    ];
    const refused = await as('aggregator.snv').put(
      `/programmes/${programme}/reporting`,
      { regimes: [{ ...regime, periods: wrong }] },
      { ifMatch: 0 },
    );
    expect(refused.body.errors.map(({ pointer }: Json) => pointer)).to.deep.equal([
      '/regimes/0/periods/0',
      '/regimes/0/periods/1',
    ]);
    const notTheirs = await as('unit.stttt').put(`/programmes/${programme}/reporting`, { regimes }, { ifMatch: 0 });
    expect(notTheirs.status).to.equal(403);

    const set = await as('aggregator.snv').put(`/programmes/${programme}/reporting`, { regimes }, { ifMatch: 0 });

    expect(set.status, set.text).to.equal(200);
    expect(set.headers.get('etag')).to.equal('"v1"');
    expect(set.body.made).to.deep.include({ year: 2023, created: 8, passed: [] });
    // A room of the collecting department cannot be checked by it.
    expect(set.body.made.skipped).to.deep.equal([{ unit: 'PCNTT', code: 'conflict_of_interest' }]);
    const stale = await as('aggregator.snv').put(`/programmes/${programme}/reporting`, { regimes }, { ifMatch: 0 });
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'version.stale']);
    const again = await done(as('office').post(`/programmes/${programme}/reporting/years/2023`));
    expect([again.created, again.existing]).to.deep.equal([0, 8]);
  });

  it('4.5 the December report covers the whole year, and 16/12/2023 stays although it is a Saturday', async () => {
    const { items } = await list('', 'unit.tpcl');

    expect(
      items.map(({ unit, period, dueOn, aggregatorDueOn, upperDueOn, state }: Json) => ({
        unit,
        ...period,
        dueOn,
        aggregatorDueOn,
        upperDueOn,
        state,
      })),
    ).to.deep.equal([
      {
        unit: 'TPCL',
        key: '2023-6T',
        name: '6 tháng đầu năm 2023',
        from: '2022-12-15',
        cutOffOn: '2023-06-14',
        dueOn: '2023-06-16',
        aggregatorDueOn: '2023-06-20',
        upperDueOn: '2023-06-25',
        state: 'not_yet_due',
      },
      {
        unit: 'TPCL',
        key: '2023',
        name: 'Năm 2023',
        from: '2022-12-15',
        cutOffOn: '2023-12-14',
        dueOn: '2023-12-16',
        aggregatorDueOn: '2023-12-20',
        upperDueOn: '2023-12-25',
        state: 'not_yet_due',
      },
    ]);
  });

  it('4.8 who owes a report is reminded before, and the state follows the days', async () => {
    await office().workers.liveUntil('2023-06-14', '20:00');
    expect((await stateOf('STTTT', '2023-6T')).state).to.equal('not_yet_due');
    await office().workers.liveUntil('2023-06-15');
    expect((await stateOf('STTTT', '2023-6T')).state).to.equal('due');

    expect(await mailed('STTTT', 'remind')).to.be.greaterThan(1);
  });

  it('4.4 the report has a result, proposals and recommendations, and goes to the department', async () => {
    const noResult = await send('SKHDT', '2023-6T', { result: undefined });
    expect(noResult.status).to.equal(400);
    const { id, task } = await stateOf('SKHDT', '2023-6T');
    const stranger = await as('unit.stttt').post(
      `/obligations/${id}/submissions`,
      { documentNumber: '1', dataUntil: '2023-06-14', result: 'x' },
      { ifMatch: task.version },
    );
    expect([stranger.status, stranger.body.code]).to.deep.equal([404, 'task.not_found']);

    await done(send('SKHDT', '2023-6T'));
    await done(send('VPUBND', '2023-6T'));

    expect((await answer('SKHDT', '2023-6T', 'accept', { complete: true })).status).to.equal(200);
    const { history, ...one } = await done(as('aggregator.snv').get(`/obligations/${id}`));
    expect(one).to.deep.include({ state: 'on_time', completeness: 'complete', sentOn: '2023-06-15' });
    expect(history).to.have.length(1);
    expect(history[0]).to.deep.include({
      number: 1,
      documentNumber: '12/BC-SKHDT',
      result: 'Đã thực hiện 7/9 nhiệm vụ',
      proposals: 'Đề xuất lùi thời gian hai nhiệm vụ',
      recommendations: 'Kiến nghị bố trí kinh phí',
      status: 'accepted',
    });
  });

  it('4.3 incomplete: given back with what is missing, which is not missing; sent again in time', async () => {
    const given = await answer('VPUBND', '2023-6T', 'return', { missing: ['Phụ lục số liệu', 'Kiến nghị'] });
    expect(given.status, given.text).to.equal(200);
    const back = await stateOf('VPUBND', '2023-6T');
    expect(back).to.deep.include({
      state: 'returned',
      completeness: 'incomplete',
      missing: ['Phụ lục số liệu', 'Kiến nghị'],
      submissions: 1,
    });

    await office().workers.liveUntil('2023-06-16', '21:00');
    await done(send('VPUBND', '2023-6T', { documentNumber: '15/BC-VPUBND' }));
    await done(answer('VPUBND', '2023-6T', 'accept', { complete: true }));

    expect(await stateOf('VPUBND', '2023-6T')).to.deep.include({ state: 'on_time', completeness: 'complete' });
    const { history } = await done(as('aggregator.snv').get(`/obligations/${back.id}`));
    expect(history.map(({ number, status, missing }: Json) => [number, status, missing])).to.deep.equal([
      [1, 'returned', ['Phụ lục số liệu', 'Kiến nghị']],
      [2, 'accepted', []],
    ]);
  });

  it('4.3 missing from 24:00 on: on the list of the next day, urged, and late when it comes', async () => {
    office().clock.moveTo('2023-06-16', '23:59');
    const urging = async (): Promise<Json> =>
      (await done(as('aggregator.snv').get(`/programmes/${programme}/obligations/urging`))).items;
    expect(await urging()).to.deep.equal([]);

    office().clock.moveTo('2023-06-17', '00:00');
    expect((await urging()).map(({ unit, demand, state }: Json) => [unit, demand, state])).to.deep.equal([
      ['STTTT', 'missing', 'missing'],
      ['TPCL', 'missing', 'missing'],
    ]);
    await office().workers.liveUntil('2023-06-26');
    expect(await mailed('TPCL', 'urge')).to.be.greaterThan(0);
    await done(send('TPCL', '2023-6T', { effectiveAt: '2023-06-20' }));
    await done(answer('TPCL', '2023-6T', 'accept', { complete: false, missing: ['Kết quả mục 3'] }));

    const rows = await urging();
    expect(
      rows.map(({ unit, demand, state, completeness, daysLate, sentOn }: Json) => ({
        unit,
        demand,
        state,
        completeness,
        daysLate,
        sentOn,
      })),
    ).to.deep.equal([
      { unit: 'STTTT', demand: 'missing', state: 'missing', completeness: null, daysLate: 10, sentOn: null },
      {
        unit: 'TPCL',
        demand: 'incomplete',
        state: 'late',
        completeness: 'incomplete',
        daysLate: 4,
        sentOn: '2023-06-20',
      },
    ]);
    expect(rows[0].urgings).to.be.greaterThan(0);
    // Whoever urged, a timer or a person: the annex counts both.
    const { id, task } = await stateOf('STTTT', '2023-6T');
    await done(as('office').post(`/tasks/${id}/urgings`, { channel: 'phone' }, { ifMatch: task.version }));
    expect((await stateOf('STTTT', '2023-6T')).urgings).to.equal(rows[0].urgings + 1);
    // What happened on the 20th was recorded on the 26th, and both are kept.
    expect((await stateOf('TPCL', '2023-6T')).sentRecordedAt.slice(0, 10)).to.equal('2023-06-26');
  });

  it('4.9 the annex of the urging letter, as a file that says of when it is', async () => {
    const address = `/programmes/${programme}/obligations/export?list=urging`;
    const { text, status } = await as('aggregator.snv').get(`${address}&format=csv`);
    expect(status).to.equal(200);
    const lines = text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines.slice(1, 3)).to.deep.equal([
      'Số liệu tính đến ngày 26/06/2023',
      'STT;Đơn vị;Kỳ báo cáo;Thời hạn;Ngày gửi;Đúng hạn?;Đầy đủ? (thiếu mục nào);Lần đôn đốc',
    ]);
    expect(lines[3]).to.match(
      /^1;Sở Thông tin và Truyền thông;6 tháng đầu năm 2023;16\/06\/2023;;Chưa gửi \(10 ngày\);;[1-9]$/,
    );
    expect(lines[4]).to.match(
      /^2;UBND thành phố Cao Lãnh;6 tháng đầu năm 2023;16\/06\/2023;20\/06\/2023;Trễ hạn \(4 ngày\);Thiếu: Kết quả mục 3;\d$/,
    );

    const book = await fetch(`${office().address}${address}&format=xlsx`, {
      headers: { Authorization: `Bearer ${await as('aggregator.snv').token()}` },
    });
    expect(book.headers.get('content-disposition')).to.equal(
      `attachment; filename="che-do-bao-cao_2023-06-26.xlsx"; filename*=UTF-8''che-do-bao-cao_2023-06-26.xlsx`,
    );
    expect(book.headers.get('cache-control')).to.equal('private, no-store');
    const [sheet] = await readSheet(Buffer.from(await book.arrayBuffer()));
    expect(sheet?.data[1]?.[0]).to.equal('Số liệu tính đến ngày 26/06/2023');
    expect(sheet?.data.slice(3).map((row) => row[1])).to.deep.equal([
      'Sở Thông tin và Truyền thông',
      'UBND thành phố Cao Lãnh',
    ]);
    expect(sheet?.data[4]?.[4]).to.deep.equal(new Date('2023-06-20'));
  });

  it('4.9 the letter itself asks and does not order, with the counts and the rows of the annex', async () => {
    const response = await fetch(
      `${office().address}/programmes/${programme}/obligations/letter?answerBy=2023-06-30&place=Đồng Tháp`,
      { headers: { Authorization: `Bearer ${await as('aggregator.snv').token()}` } },
    );
    const file = Buffer.from(await response.arrayBuffer());
    const text = docxText(file);

    expect(response.status).to.equal(200);
    expect(text).to.include.members(['SỞ NỘI VỤ', 'DỰ THẢO', '- Sở Thông tin và Truyền thông;']);
    expect(text.join(' '))
      .to.include('Sở Nội vụ đề nghị các đơn vị có tên tại Phụ lục')
      .and.not.match(/yêu cầu/iu);
    expect(text.join(' ')).to.include(
      'tính đến ngày 26/06/2023, còn 01 báo cáo định kỳ chưa gửi và 01 báo cáo gửi trễ hạn hoặc chưa đầy đủ (Phụ lục).',
    );
    expect(docxRows(file).find(([number]) => number === '2')).to.satisfy(
      ([, period, due, sent, late]: readonly string[]) =>
        [period, due, sent, late].join() === '6 tháng đầu năm 2023,16/06/2023,20/06/2023,Trễ hạn (4 ngày)',
    );
  });

  it('4.2 a unit to which nothing applies is let off, by a document', async () => {
    const { id, task } = await stateOf('STTTT', '2023');
    const path = `/obligations/${id}/waiver`;
    const document = { number: '77/UBND-NC', date: '2023-07-01', issuer: 'UBND tỉnh' };
    const byUnit = await as('unit.stttt').post(path, { reason: 'Không có việc', document }, { ifMatch: task.version });
    expect(byUnit.status).to.equal(403);

    await done(as('office').post(path, { reason: 'Không có nhiệm vụ được giao', document }, { ifMatch: task.version }));

    expect((await stateOf('STTTT', '2023')).state).to.equal('waived');
  });

  it('4.6 in December the schedule makes the obligations of the next year, once', async () => {
    office().clock.moveTo('2023-12-01', '02:00');
    const { obligations } = office().composition;

    const told = await obligations.makeYears(office().clock.now());
    expect(told).to.equal('8 obligations made, 0 failures');
    expect(await obligations.makeYears(office().clock.now())).to.equal('0 obligations made, 0 failures');

    expect((await stateOf('TPCL', '2024-6T')).dueOn).to.equal('2024-06-16');
  });

  it('4.5 16/6/2024 is a Sunday and stays: sent on the Sunday is in time, on the Monday late', async () => {
    await office().workers.liveUntil('2023-12-16', '20:00');
    for (const unit of ['VPUBND', 'SKHDT', 'TPCL']) await done(send(unit, '2023'));
    await office().workers.liveUntil('2024-06-16', '20:00');
    await done(send('SKHDT', '2024-6T'));
    await office().workers.liveUntil('2024-06-17', '09:00');
    await done(send('TPCL', '2024-6T'));

    expect([(await stateOf('SKHDT', '2024-6T')).state, (await stateOf('TPCL', '2024-6T')).state]).to.deep.equal([
      'on_time',
      'late',
    ]);
  });

  it('4.7 for the interim and the final review: units by periods over the years', async () => {
    const matrix = await done(
      as('leader').get(`/programmes/${programme}/obligations/matrix?from=2023-01-01&to=2024-12-31`),
    );

    expect(
      matrix.periods.map(({ name, counts, complete, incomplete, total }: Json) => [
        name,
        Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
        complete,
        incomplete,
        total,
      ]),
    ).to.deep.equal([
      ['6 tháng đầu năm 2023', { on_time: 2, late: 1, missing: 1 }, 2, 1, 4],
      ['Năm 2023', { on_time: 3, waived: 1 }, 0, 0, 4],
      ['6 tháng đầu năm 2024', { on_time: 1, late: 1, missing: 2 }, 0, 0, 4],
      ['Năm 2024', { not_yet_due: 4 }, 0, 0, 4],
    ]);
    expect(matrix.units.map(({ unit, cells }: Json) => [unit, cells['qd1100/2024-6T'].state])).to.deep.equal([
      ['VPUBND', 'missing'],
      ['SKHDT', 'on_time'],
      ['STTTT', 'missing'],
      ['TPCL', 'late'],
    ]);
    const own = await done(as('unit.tpcl').get(`/programmes/${programme}/obligations/matrix`));
    expect(own.units.map(({ unit }: Json) => unit)).to.deep.equal(['TPCL']);
  });

  it('4.9 a unit that is merged leaves what it still owes to its successor; what it sent stays its own', async () => {
    await done(
      as('admin').post('/reorganisations', {
        kind: 'merge',
        effectiveOn: '2024-07-01',
        document: { number: '1/NQ-HĐND', date: '2024-06-20', issuer: 'HĐND tỉnh' },
        predecessors: ['STTTT'],
        successors: [{ code: 'SKHDT' }],
      }),
    );
    await office().workers.liveUntil('2024-07-02');

    const { items } = await list('?from=2024-01-01&to=2024-12-31&unit=STTTT');
    expect(items.map(({ period, unit, heldBy, state }: Json) => [period.key, unit, heldBy, state])).to.deep.equal([
      ['2024-6T', 'STTTT', 'SKHDT', 'missing'],
      ['2024', 'STTTT', 'SKHDT', 'not_yet_due'],
    ]);
    const [open] = items;
    const sent = await as('unit.skhdt').post(
      `/obligations/${open.id}/submissions`,
      { documentNumber: '20/BC', dataUntil: '2024-06-14', result: 'Đã thực hiện' },
      { ifMatch: open.task.version },
    );
    expect(sent.status, sent.text).to.equal(200);
    expect((await stateOf('STTTT', '2023')).heldBy).to.equal('STTTT');
  });
});
