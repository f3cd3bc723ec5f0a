// Letter 003, clause 3.12: "thực hiện đúng hạn 100% nhiệm vụ giao trên phần mềm" is itself a commitment of every unit, and the one
// that the software can measure.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, moved, moving, submission } from '../support/tasks.ts';

const by = (day: string) => ({ due: { kind: 'on_or_before', day } });

describe('Letter 003: the commitment to be on time in the software', function () {
  this.timeout(60_000);
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const measure = { kind: 'on_time', programmes: ['CD', 'CD2'], from: '2022-01-01', to: '2022-12-31' };
  const common = {
    programme: 'CK',
    code: 'CHUNG-DH',
    blocs: ['department', 'district'],
    title: 'Thực hiện đúng hạn 100% các nhiệm vụ giao trên phần mềm',
    appraiserUnit: 'STTTT',
    measure,
    ...by('2022-12-31'),
  };
  const read = (id: string, name = 'unit.snv'): Promise<Json> => done(as(name).get(`/tasks/${id}`));
  let copy: Json;

  const finished = async (programme: string, dueDay: string, on: string): Promise<void> => {
    const task = await acknowledged(office(), { programme, ...by(dueDay) });
    const sent = await moved(as('unit.snv'), task, 'submit', { ...submission, effectiveAt: on });
    await moved(as('appraiser.stttt'), sent, 'approve');
  };

  before(async () => {
    for (const code of ['CD', 'CD2']) await office().programme(code, { year: 2022 });
  });

  it('3.12: every copy shows the rate that is measured for its unit, as of the day, and nothing before there is something to judge', async () => {
    const { created } = await done(as('office').post('/tasks/common', common));
    const { id } = created.find(({ unit }: Json) => unit === 'SNV');
    expect((await read(id)).measured).to.deep.include({ ...measure, asOf: '2022-01-10', judged: 0, rate: null });
    const early = await moving(as('unit.snv'), await read(id), 'acknowledge');
    expect(early.status, early.text).to.equal(200);

    office().clock.moveTo('2022-03-20', '09:00');
    await finished('CD', '2022-03-31', '2022-03-20');
    await finished('CD2', '2022-03-31', '2022-03-20');
    await acknowledged(office(), { programme: 'CD', ...by('2022-04-15') });
    office().clock.moveTo('2022-04-20', '09:00');

    copy = await read(id);
    expect(copy.measured).to.deep.equal({
      ...measure,
      asOf: '2022-04-20',
      onTime: 2,
      judged: 3,
      rate: 66.7,
      rateText: '66,7%',
      met: false,
      declared: null,
    });
    // The same reading as the list per unit, summed over the programmes.
    const rows = await Promise.all(
      ['CD', 'CD2'].map(async (code) => {
        const list = await done(as('office').get(`/programmes/${code}/on-time?from=2022-01-01&to=2022-04-20`));
        return list.items.find(({ unit }: Json) => unit === 'SNV');
      }),
    );
    expect(rows.map(({ onTime, judged }: Json) => [onTime, judged])).to.deep.equal([
      [1, 2],
      [1, 1],
    ]);
    const [other] = (await done(as('office').get('/tasks?programme=CK&unit=TPCL'))).items;
    expect((await read(other.id, 'office')).measured).to.deep.include({ judged: 0, rate: null });
  });

  it('3.12: the submission takes the measured rate over; who appraises sees it beside the declared one, and decides', async () => {
    const sent = await moved(as('unit.snv'), copy, 'submit', { evidence: submission.evidence, takeMeasured: true });
    expect(sent.fields).to.deep.equal({
      result: 'Đúng hạn 2/3 nhiệm vụ, đạt 66,7% (hệ thống đo, tính đến ngày 20/04/2022)',
      achieved: 66.7,
    });
    // Whatever is measured, nothing moved by itself.
    expect(sent.category).to.equal('awaiting_appraisal');

    office().clock.moveTo('2022-05-20', '09:00');
    await finished('CD', '2022-05-20', '2022-05-20');
    const { items } = await done(as('appraiser.stttt').get('/appraisals?group=none'));
    const onDesk = items.find(({ id }: Json) => id === copy.id);
    expect(onDesk.measured).to.deep.include({
      asOf: '2022-05-20',
      onTime: 3,
      judged: 4,
      rate: 75,
      met: false,
      declared: 66.7,
    });
    const decided = await moved(as('appraiser.stttt'), sent, 'reject', { reason: 'Chưa đạt 100%' });
    expect(decided.category).to.equal('not_done');
    // From its end on it stays what it was on that day.
    office().clock.moveTo('2022-08-20', '09:00');
    expect((await read(copy.id)).measured).to.deep.include({ asOf: '2022-05-20', rate: 75 });
  });

  it('3.12: what a unit says itself stays beside what is measured, and work that nobody measures takes nothing over', async () => {
    const [other] = (await done(as('office').get('/tasks?programme=CK&unit=TPCL'))).items;
    const taken = await moved(as('unit.tpcl'), await read(other.id, 'unit.tpcl'), 'acknowledge');
    const nothing = await moving(as('unit.tpcl'), taken, 'submit', {
      evidence: submission.evidence,
      takeMeasured: true,
    });
    expect([nothing.status, nothing.body.code]).to.deep.equal([409, 'measure.none']);
    const plain = await acknowledged(office());
    const unmeasured = await moving(as('unit.snv'), plain, 'submit', { ...submission, takeMeasured: true });
    expect(unmeasured.body.code).to.equal('measure.none');
    expect((await read(plain.id)).measured).to.equal(null);

    const own = { ...submission, fields: { result: 'Đúng hạn toàn bộ', achieved: 100 } };
    const sent = await moved(as('unit.tpcl'), taken, 'submit', own);
    expect((await read(sent.id, 'appraiser.stttt')).measured).to.deep.include({ rate: null, declared: 100 });
  });
});
