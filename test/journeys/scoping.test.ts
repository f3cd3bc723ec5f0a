// Letter 004 (Sở Nội vụ Quảng Ngãi, 02/2023): "một số sở, ngành, địa phương vẫn chưa rà soát nhiệm vụ" of a programme of years.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { assigned } from '../support/tasks.ts';

describe('Units that say which tasks of a standing programme are their own', () => {
  const basis = { number: '1100/QĐ-UBND', date: '2021-11-12', issuer: 'UBND tỉnh Quảng Ngãi' };
  const office = suiteOffice({ day: '2022-02-10', programme: { basis } });
  const as = (name: string) => office().as(name);
  const scope = '/programmes/CK/scope';
  let codes: string[] = [];

  before(async () => {
    const tasks = [await assigned(office(), { code: 'NV-01' }), await assigned(office(), { code: 'NV-02' })];
    codes = tasks.map(({ code }) => code);
  });

  it('4.1: the programme names the decision it rests on', async () => {
    expect((await done(as('unit.snv').get('/programmes/CK'))).basis).to.deep.equal(basis);
  });

  it('4.2: at first nobody has looked, and everybody stands on the list', async () => {
    const { total, reviewed, missing } = await done(as('aggregator').get(scope));
    expect([total, reviewed]).to.deep.equal([5, 0]);
    expect(missing).to.deep.equal(['VPUBND', 'SNV', 'SKHDT', 'STTTT', 'TPCL']);
  });

  it('4.2: a unit says for itself, of tasks that are there, and for no other', async () => {
    const said = { unit: 'SNV', reviewed: true, applies: codes, note: 'Đã rà soát theo Quyết định 1100' };
    expect((await as('unit.tpcl').post(scope, said)).status).to.equal(403);
    expect((await as('leader').post(scope, said)).status).to.equal(403);
    expect((await as('unit.snv').post(scope, { ...said, reviewed: false })).status).to.equal(400);
    const unknown = await as('unit.snv').post(scope, { ...said, applies: ['KHONG-CO'] });
    expect([unknown.body.code, unknown.body.codes ?? unknown.body.details?.codes]).to.deep.equal([
      'task.not_found',
      ['KHONG-CO'],
    ]);

    await done(as('unit.snv').post(scope, said));
    await done(as('head.tpcl').post(scope, { unit: 'TPCL', reviewed: true, applies: [] }));

    const { reviewed, missing, units } = await done(as('aggregator').get(scope));
    expect([reviewed, missing]).to.deep.equal([2, ['VPUBND', 'SKHDT', 'STTTT']]);
    const find = (code: string) => units.find(({ unit }: Json) => unit === code).review;
    expect(find('SNV')).to.include({ note: said.note, reviewedOn: '2022-02-10' });
    expect([find('SNV').applies, find('TPCL').applies]).to.deep.equal([codes, []]);
  });

  it('4.2: a unit that looks again says so anew; what it said before stays in the records', async () => {
    office().clock.moveTo('2022-03-10');
    await done(as('unit.snv').post(scope, { unit: 'SNV', reviewed: true, applies: codes.slice(0, 1) }));

    const { units } = await done(as('office').get(scope));
    const snv = units.find(({ unit }: Json) => unit === 'SNV');
    expect([snv.reviews, snv.review.applies, snv.review.reviewedOn]).to.deep.equal([2, ['NV-01'], '2022-03-10']);
    const byHand = office().pool.query('delete from scope_review');
    expect(
      await byHand.then(
        () => 'done',
        (error) => error.code,
      ),
    ).to.equal('23001');
  });
});
