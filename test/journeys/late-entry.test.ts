import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, eventsOf, moved, moving, submission } from '../support/tasks.ts';

// Report 158/BC-SKHĐT: signed 09/11 about 30/10, from what units entered up to then (domain rule M1).
describe('What is entered late', () => {
  const office = suiteOffice({ day: '2022-10-03' });
  const as = (name: string) => office().as(name);
  const figures = async (times: string): Promise<Json> =>
    (await done(as('aggregator').get(`/reports/statistics?programme=CK&${times}`))).counts;
  let task: Json;
  let frozen: { id: string; text: string; etag: string | null };

  before('a task is at work, and the figures of 30 October are frozen on the 31st', async () => {
    task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2022-10-31' } });
    office().clock.moveTo('2022-10-31', '16:00');
    const run = await done(as('aggregator').post('/reports/runs', { programme: 'CK', asOf: '2022-10-30' }));
    const read = await as('aggregator').get(`/reports/runs/${run.id}`);
    frozen = { id: run.id, text: read.text, etag: read.headers.get('etag') };
    expect(JSON.parse(frozen.text).counts).to.include({ in_progress: 1, awaiting_appraisal: 0 });
  });

  it('on 2 November of 28 October, is marked as late and keeps both times', async () => {
    office().clock.moveTo('2022-11-02', '09:30');

    task = await moved(as('unit.snv'), task, 'submit', { ...submission, effectiveAt: '2022-10-28' });

    const last = (await eventsOf(office(), task.id)).at(-1);
    expect(last).to.include({
      effectiveAt: '2022-10-28T16:59:59.999Z',
      recordedAt: '2022-11-02T02:30:00.000Z',
    });
    expect(last.payload).to.include({ late: true, on: '2022-10-28' });
  });

  it('counts for timeliness on the day it happened', () => {
    expect(task).to.include({ submittedOn: '2022-10-28', deadline: 'submitted_on_time' });
  });

  it('changes the next figures as of 30 October', async () => {
    expect(await figures('asOf=2022-10-30')).to.include({ in_progress: 0, awaiting_appraisal: 1 });
    expect(await figures('asOf=2022-10-27')).to.include({ in_progress: 1, awaiting_appraisal: 0 });
  });

  it('does not change the figures known at 30 October, on that day or at any moment before the entry', async () => {
    for (const known of ['2022-10-30', '2022-11-01', '2022-11-02T09:29:59.999%2B07:00'])
      expect(await figures(`asOf=2022-10-30&knownAt=${known}`)).to.include({ in_progress: 1, awaiting_appraisal: 0 });
    const itself = '2022-11-02T02:30:00.000Z';
    expect(await figures(`asOf=2022-10-30&knownAt=${itself}`)).to.include({ in_progress: 0, awaiting_appraisal: 1 });
  });

  it('does not change one byte of a frozen report', async () => {
    const again = await as('aggregator').get(`/reports/runs/${frozen.id}`);

    expect(again.text).to.equal(frozen.text);
    expect(again.headers.get('etag')).to.equal(frozen.etag);
    const { items } = await done(as('leader').get('/reports/runs?programme=CK'));
    expect(items.map(({ sha256 }: Json) => `"${sha256}"`)).to.deep.equal([frozen.etag]);
  });

  it('gives the same bytes for the same two times for ever', async () => {
    const path = '/reports/statistics?programme=CK&asOf=2022-10-30&knownAt=2022-11-01';
    const before = await as('leader').get(path);

    office().clock.moveTo('2022-11-20');
    await moved(as('appraiser.stttt'), task, 'approve');

    expect((await as('leader').get(path)).text).to.equal(before.text);
    expect(await figures('asOf=2022-11-20')).to.include({ done: 1 });
  });

  it('may not lie in the future, nor before what was entered already', async () => {
    const open = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2022-12-31' } });

    const ahead = await moving(as('unit.snv'), open, 'submit', { ...submission, effectiveAt: '2022-11-21' });
    const behind = await moving(as('unit.snv'), open, 'submit', { ...submission, effectiveAt: '2022-11-18' });

    expect([ahead.status, ahead.body.code]).to.deep.equal([422, 'effective.in_future']);
    expect([behind.status, behind.body.code]).to.deep.equal([422, 'effective.before_previous']);
  });

  it('leaves figures of days to come unasked', async () => {
    const ahead = await as('leader').get('/reports/statistics?programme=CK&asOf=2022-11-21');
    const knownAhead = await as('leader').get('/reports/statistics?programme=CK&knownAt=2022-11-21T00:00:00Z');

    expect([ahead.status, ahead.body.code]).to.deep.equal([400, 'input.invalid']);
    expect([knownAhead.status, knownAhead.body.code]).to.deep.equal([400, 'input.invalid']);
  });
});
