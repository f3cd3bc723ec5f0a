// Letter 004, Sở Nội vụ Quảng Ngãi, 02/2023: what the department does with the reports it gathers.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';

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
});
