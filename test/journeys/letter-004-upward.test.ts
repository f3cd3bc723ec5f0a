// Letter 004, Sở Nội vụ Quảng Ngãi, 02/2023: what the department does with the reports it gathers.

import { expect } from 'chai';
import { isUrging } from '../../src/domain/workflow/urgings.ts';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { eventsOf } from '../support/tasks.ts';

const programme = 'CT1100';
const regimes = [
  {
    key: 'qd1100',
    name: 'Báo cáo thực hiện Quyết định số 1100/QĐ-UBND',
    periods: [{ kind: 'half_year', cutOff: '06-14', unit: '06-16', aggregator: '06-20', upper: '06-25' }],
    units: { classes: ['department', 'district'], except: ['PCNTT'] },
  },
];

describe('Letter 004: the department checks what it gathers', function () {
  this.timeout(60_000);
  const office = suiteOffice({
    day: '2023-02-20',
    accounts: [
      { name: 'aggregator.snv', memberships: [{ role: 'aggregator', unit: 'SNV', programme }] },
      { name: 'office.vpubnd', memberships: [{ role: 'office', unit: 'VPUBND' }] },
      {
        name: 'sends.and.gathers',
        memberships: [
          { role: 'aggregator', unit: 'SNV', programme },
          { role: 'focal_point', unit: 'SKHDT' },
        ],
      },
    ],
  });
  const as = (name: string) => office().as(name);
  const stateOf = async (unit: string, by = 'aggregator.snv'): Promise<Json> => {
    const { items } = await done(as(by).get(`/programmes/${programme}/obligations?from=2023-01-01&unit=${unit}`));
    return items.find((item: Json) => item.unit === unit);
  };
  const send = async (unit: string, by = `unit.${unit.toLowerCase()}`): Promise<Json> => {
    const { id, task } = await stateOf(unit);
    const body = { documentNumber: `12/BC-${unit}`, dataUntil: '2023-06-14', result: 'Đã thực hiện 7/9 nhiệm vụ' };
    return done(as(by).post(`/obligations/${id}/submissions`, body, { ifMatch: task.version }));
  };
  const answer = async (by: string, unit: string, how: 'return' | 'accept', body: Json): Promise<Json> => {
    const { id, task } = await stateOf(unit);
    return as(by).post(`/obligations/${id}/${how}`, body, { ifMatch: task.version });
  };
  const refusal = async (by: string, unit: string): Promise<Json> => {
    const refused = await answer(by, unit, 'accept', { complete: true });
    return [refused.status, refused.body.code, refused.body.conflict];
  };

  before(async () => {
    await office().programme(programme, { year: 2021, workflow: 'periodic-report', aggregator: 'SNV' });
    await done(as('aggregator.snv').put(`/programmes/${programme}/reporting`, { regimes }, { ifMatch: 0 }));
    await office().workers.liveUntil('2023-06-15');
  });

  it('4.6 beside the appraisers the programme’s aggregator and the office give back and accept reports', async () => {
    await send('SKHDT');
    const returned = await answer('aggregator.snv', 'SKHDT', 'return', { missing: ['Số liệu'] });
    expect(returned.status, returned.text).to.equal(200);
    expect(await stateOf('SKHDT')).to.deep.include({ state: 'returned', missing: ['Số liệu'] });
    await send('SKHDT');
    await done(answer('office.vpubnd', 'SKHDT', 'accept', { complete: false, missing: ['Kiến nghị'] }));
    expect(await stateOf('SKHDT')).to.deep.include({ state: 'on_time', completeness: 'incomplete' });

    await send('VPUBND');
    await done(answer('aggregator.snv', 'VPUBND', 'accept', { complete: true }));
    expect(await stateOf('VPUBND')).to.deep.include({ state: 'on_time', completeness: 'complete' });
    const { items } = await done(as('auditor').get(`/tasks/${(await stateOf('VPUBND')).id}/events`));
    expect(items.at(-1)).to.deep.include({ type: 'task.moved', capacity: 'aggregator' });
    await send('STTTT');
    await done(answer('appraiser.snv', 'STTTT', 'accept', { complete: true }));
  });

  it('4.6 nobody accepts the report of their own unit’s line, and the submitter never', async () => {
    // The aggregator of another programme does not even see it.
    expect(await refusal('aggregator', 'TPCL')).to.deep.equal([404, 'task.not_found', undefined]);
    await send('TPCL');
    expect(await refusal('unit.tpcl', 'TPCL')).to.deep.equal([403, 'conflict_of_interest', 'submitter']);
    // Of an office account that names no unit nobody knows whose line it is of.
    expect(await refusal('office', 'TPCL')).to.deep.equal([403, 'conflict_of_interest', 'unit_unknown']);

    const { id } = await stateOf('VPUBND');
    const document = { number: '9/VPUBND', date: '2023-06-15', issuer: 'Văn phòng UBND tỉnh' };
    for (const by of ['office', 'office.vpubnd']) {
      const { task } = await stateOf('VPUBND');
      const body = { transition: 'reopen', reason: 'Sai số liệu', document };
      await done(as(by).post(`/tasks/${id}/transitions`, body, { ifMatch: task.version }));
    }
    await send('VPUBND');
    expect(await refusal('office.vpubnd', 'VPUBND')).to.deep.equal([403, 'conflict_of_interest', 'own_line']);
    const reopened = await stateOf('SKHDT');
    expect(reopened.task.state).to.equal('not_done');
    for (const by of ['office', 'office.vpubnd']) {
      const { task } = await stateOf('SKHDT');
      const body = { transition: 'reopen', reason: 'Đủ số liệu', document };
      await done(as(by).post(`/tasks/${reopened.id}/transitions`, body, { ifMatch: task.version }));
    }
    await send('SKHDT');
    expect(await refusal('sends.and.gathers', 'SKHDT')).to.deep.equal([403, 'conflict_of_interest', 'own_line']);
    await done(answer('aggregator.snv', 'SKHDT', 'accept', { complete: true }));
  });

  it('4.3 lần đôn đốc counts timers, calls and letters together, the same on the list, the page, the annex and the urging list', async () => {
    await office().workers.liveUntil('2023-06-19');
    const { id, task } = await stateOf('TPCL');
    const given = await answer('aggregator.snv', 'TPCL', 'return', { missing: ['Kết quả mục 3'] });
    expect(given.status, given.text).to.equal(200);
    await office().workers.liveUntil('2023-06-20');
    const [timers, page] = [await urgingsOf(id), await done(as('office').get(`/tasks/${id}`))];
    expect(timers.counted).to.equal(1);

    const called = await done(
      as('aggregator.snv').post(
        `/tasks/${id}/urgings`,
        { channel: 'phone', note: 'Đã gọi' },
        { ifMatch: page.version },
      ),
    );
    expect(called.urgings).to.equal(2);
    const letter = await done(
      as('office').post(`/tasks/${id}/urgings`, { channel: 'letter' }, { ifMatch: called.version }),
    );
    expect(letter.urgings).to.equal(3);
    expect((await urgingsOf(id)).last).to.equal(3);
    await office().workers.liveUntil('2023-06-24');
    // The second level reports to the office alone, which is no urging of the unit; from there on it is urged every week.
    await office().workers.liveUntil('2023-07-02');

    const { counted } = await urgingsOf(id);
    expect(counted).to.equal(4);
    const row = await stateOf('TPCL');
    const urging = await done(as('office').get(`/programmes/${programme}/obligations/urging?from=2023-01-01`));
    const overdue = await done(as('office').get(`/programmes/${programme}/urging/overdue`));
    const { text } = await as('office').get(`/programmes/${programme}/obligations/export?list=urging&format=csv`);
    expect([
      row.urgings,
      urging.items.find((item: Json) => item.id === id).urgings,
      overdue.items.find((item: Json) => item.id === id).urgings,
      Number(
        text
          .split('\r\n')
          .find((line: string) => line.includes('Cao Lãnh'))
          ?.split(';')
          .at(-1),
      ),
      (await done(as('office').get(`/tasks/${id}`))).urgings,
    ]).to.deep.equal([counted, counted, counted, counted, counted]);
    // As of a day it is what had happened by then.
    const earlier = await done(as('office').get(`/programmes/${programme}/urging/overdue?asOf=2023-06-20`));
    expect(earlier.items.find((item: Json) => item.id === id).urgings).to.equal(3);
    expect(task.code).to.equal('CT1100/qd1100/2023-6T/TPCL');
  });

  /** What the history itself says. */
  const urgingsOf = async (id: string): Promise<{ readonly counted: number; readonly last: number }> => {
    const events = (await eventsOf(office(), id)).filter(isUrging);
    const told = events.flatMap((event) => (event.type === 'task.urged' ? event.payload.n : []));
    return { counted: events.length, last: told.at(-1) ?? 0 };
  };
});

describe('Letter 004: the department reports upward', function () {
  this.timeout(60_000);
  const office = suiteOffice({
    day: '2023-02-20',
    accounts: [
      { name: 'aggregator.snv', memberships: [{ role: 'aggregator', unit: 'SNV', programme }] },
      { name: 'office.vpubnd', memberships: [{ role: 'office', unit: 'VPUBND' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const upward = regimes.map((regime) => ({ ...regime, reportsTo: 'VPUBND' }));
  const own = async (): Promise<Json> =>
    (await done(as('office').get(`/programmes/${programme}/obligations?from=2023-01-01&level=aggregator`))).items[0];

  before(() => office().programme(programme, { year: 2021, workflow: 'periodic-report', aggregator: 'SNV' }));

  it('4.6 its own report to the province is an obligation by its own day, made with those of the units and once', async () => {
    const path = `/programmes/${programme}/reporting`;
    const nobody = await as('aggregator.snv').put(
      path,
      { regimes: upward.map((regime) => ({ ...regime, reportsTo: 'KHONG' })) },
      { ifMatch: 0 },
    );
    expect(nobody.body.code).to.equal('unit.not_found');
    const noDay = upward.map(({ periods: [period], ...regime }) => {
      const { cutOff, unit, kind } = period as Json;
      return { ...regime, periods: [{ kind, cutOff, unit }] };
    });
    const undated = await as('aggregator.snv').put(path, { regimes: noDay }, { ifMatch: 0 });
    expect(undated.body.errors[0].pointer).to.equal('/regimes/0/reportsTo');

    const { made } = await done(as('aggregator.snv').put(path, { regimes: upward }, { ifMatch: 0 }));

    // Four units, and the department.
    expect([made.created, made.skipped]).to.deep.equal([5, []]);
    expect((await done(as('office').post(`${path}/years/2023`))).created).to.equal(0);
    expect(await own()).to.deep.include({
      unit: 'SNV',
      level: 'aggregator',
      dueOn: '2023-06-20',
      upperDueOn: '2023-06-25',
      state: 'not_yet_due',
    });
    // A department that would check itself is told, and nothing is made.
    const { made: none } = await done(
      as('aggregator.snv').put(path, { regimes: [{ ...upward[0], key: 'khac', reportsTo: 'PCNTT' }] }, { ifMatch: 1 }),
    );
    expect(none.skipped).to.deep.include({ unit: 'SNV', code: 'conflict_of_interest' });
  });

  it('4.6 it is followed, reminded and urged like any other, and stands apart from the units in the matrix', async () => {
    await office().workers.liveUntil('2023-06-25');
    const late = await own();
    expect(late).to.deep.include({ state: 'missing', daysLate: 5, urgings: 1 });
    const { items } = await done(as('unit.snv').get('/notifications?limit=100'));
    const mine = items.filter(({ taskCode }: Json) => taskCode === late.task.code).map(({ kind }: Json) => kind);
    expect(mine).to.include.members(['remind', 'urge']);

    const matrix = await done(
      as('leader').get(`/programmes/${programme}/obligations/matrix?from=2023-01-01&to=2023-12-31`),
    );
    expect(matrix.units.map(({ unit }: Json) => unit)).to.not.include('SNV');
    expect(matrix.periods[0].total).to.equal(4);
    expect(matrix.upward.map(({ unit, cells }: Json) => [unit, cells['qd1100/2023-6T']?.state])).to.deep.equal([
      ['SNV', 'missing'],
    ]);
    // The department's letter urges its units; the Office sees what it owes itself.
    const urging = `/programmes/${programme}/obligations/urging?from=2023-01-01`;
    const byDepartment = (await done(as('aggregator.snv').get(urging))).items;
    expect(byDepartment.map(({ unit }: Json) => unit)).to.not.include('SNV');
    const byOffice = (await done(as('office').get(`${urging}&level=aggregator`))).items;
    expect(byOffice.map(({ unit, demand }: Json) => [unit, demand])).to.deep.equal([['SNV', 'missing']]);
    const { text } = await as('office').get(
      `/programmes/${programme}/obligations/export?from=2023-01-01&list=urging&level=aggregator&format=csv`,
    );
    expect(text).to.contain('6 tháng đầu năm 2023 (báo cáo tổng hợp)');
  });

  it('4.6 the department sends it, the level above accepts it, and the department never', async () => {
    const { id, task } = await own();
    const body = { documentNumber: '88/BC-SNV', dataUntil: '2023-06-14', result: '4 đơn vị, 3 báo cáo' };
    await done(as('unit.snv').post(`/obligations/${id}/submissions`, body, { ifMatch: task.version }));
    const sent = await own();
    expect(sent.state).to.equal('late');
    const accept = (by: string) =>
      as(by).post(`/obligations/${id}/accept`, { complete: true }, { ifMatch: sent.task.version });
    const self = await accept('aggregator.snv');
    expect([self.status, self.body.conflict]).to.deep.equal([403, 'own_line']);
    await done(accept('office.vpubnd'));
    expect(await own()).to.deep.include({ state: 'late', completeness: 'complete' });
  });
});
