import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import type { UnitToBe } from '../support/province.ts';
import { acknowledged, assigned, eventsOf, moved, submission, submitted } from '../support/tasks.ts';

const decree = { number: '1654/NQ-UBTVQH15', date: '2025-06-16', issuer: 'Ủy ban Thường vụ Quốc hội' };

const provinceOf2025: readonly UnitToBe[] = [
  { code: 'VPUBND', name: 'Văn phòng UBND Tỉnh', class: 'department', bloc: 'department' },
  { code: 'SNV', name: 'Sở Nội vụ', class: 'department', bloc: 'department' },
  { code: 'SKHDT', name: 'Sở Kế hoạch và Đầu tư', class: 'department', bloc: 'department' },
  { code: 'STC', name: 'Sở Tài chính', class: 'department', bloc: 'department' },
  { code: 'STTTT', name: 'Sở Thông tin và Truyền thông', class: 'department', bloc: 'department' },
  { code: 'HCL', name: 'UBND huyện Cao Lãnh', class: 'district', bloc: 'district' },
  { code: 'HTM', name: 'UBND huyện Tháp Mười', class: 'district', bloc: 'district' },
];

const accounts = provinceOf2025.flatMap(({ code }) => [
  { name: `unit.${code.toLowerCase()}`, memberships: [{ role: 'focal_point', unit: code }] as const },
  { name: `head.${code.toLowerCase()}`, memberships: [{ role: 'head', unit: code }] as const },
  { name: `appraiser.${code.toLowerCase()}`, memberships: [{ role: 'appraiser', unit: code }] as const },
]);

describe('Two districts that become one commune-level unit on 01/07/2025', () => {
  const office = suiteOffice({ day: '2025-03-03', units: provinceOf2025, accounts });
  const as = (name: string) => office().as(name);
  const due = { kind: 'on_or_before', day: '2025-12-15' } as const;
  const figures = async (query: string): Promise<Json> =>
    done(as('leader').get(`/reports/statistics?programme=${programmeCode}${query}`));
  const byUnit = async (query: string): Promise<Json> =>
    Object.fromEntries((await figures(query)).byUnit.map(({ unit, total, name }: Json) => [unit, [total, name]]));
  const merger = {
    kind: 'merge',
    effectiveOn: '2025-07-01',
    document: decree,
    predecessors: ['HCL', 'HTM'],
    successors: [{ code: 'XTM', name: 'UBND xã Tháp Mười', class: 'commune', bloc: 'commune', order: 10 }],
  };
  let finished: Json;
  let open: Json;
  let waiting: Json;
  let frozen: { id: string; text: string };
  let run: Json;

  before('one task is done, one open, one under appraisal, and the figures of June are frozen', async () => {
    finished = await submitted(office(), { leadUnit: 'HCL', due });
    finished = await moved(as('appraiser.stttt'), finished, 'approve');
    open = await acknowledged(office(), { leadUnit: 'HCL', due });
    waiting = await submitted(office(), { leadUnit: 'HTM', due });
    office().clock.moveTo('2025-06-20');
    await office().workers.settle();
    const { id } = await done(as('aggregator').post('/reports/runs', { programme: programmeCode, asOf: '2025-06-15' }));
    frozen = { id, text: (await as('leader').get(`/reports/runs/${id}`)).text };
  });

  it('is looked at first: what moves, who moves with it, which rounds are open; nothing is stored', async () => {
    const { status, body } = await as('admin').post('/reorganisations/preview', merger);

    expect(status).to.equal(200);
    expect(body.tasks.total).to.equal(2);
    expect(body.tasks.byUnit).to.deep.equal({ 'HCL → XTM': 1, 'HTM → XTM': 1 });
    expect(body.openRounds).to.deep.equal([{ id: waiting.id, code: waiting.code }]);
    expect(body.conflicts).to.deep.equal([]);
    expect(body.members.map(({ name, to }: Json) => [name, to])).to.deep.include(['head.hcl', 'XTM']);
    expect((await done(as('admin').get('/reorganisations'))).items).to.deep.equal([]);
  });

  it('is refused for a day that a frozen report has counted already', async () => {
    const { status, body } = await as('admin').post('/reorganisations', { ...merger, effectiveOn: '2025-06-15' });

    expect([status, body.code, body.frozenOn]).to.deep.equal([409, 'reorganisation.frozen', '2025-06-15']);
  });

  it('is for administrators', async () => {
    expect((await as('office').post('/reorganisations', merger)).status).to.equal(403);
  });

  it('is planned for its day and until then changes nothing', async () => {
    const accepted = await as('admin').post('/reorganisations', merger);
    run = accepted.body;
    expect([accepted.status, run.status, run.total]).to.deep.equal([202, 'planned', 2]);

    await office().workers.liveUntil('2025-06-30', '23:00');

    expect((await done(as('admin').get(`/reorganisations/${run.id}`))).status).to.equal('planned');
    expect(await byUnit('')).to.deep.equal({ HCL: [2, 'UBND huyện Cao Lãnh'], HTM: [1, 'UBND huyện Tháp Mười'] });
  });

  it('moves what is open on the day, one event each by the decree, and leaves what has ended', async () => {
    await office().workers.liveUntil('2025-07-01');

    expect(await done(as('admin').get(`/reorganisations/${run.id}`))).to.include({
      status: 'done',
      total: 2,
      processed: 2,
    });
    const event = (await eventsOf(office(), open.id)).find(({ type }) => type === 'task.transferred');
    expect(event).to.include({ capacity: 'reorganisation', effectiveAt: '2025-06-30T17:00:00.000Z' });
    expect(event.payload).to.deep.equal({
      reorganisation: run.id,
      kind: 'merge',
      document: decree,
      on: '2025-07-01',
      from: 'HCL',
      fromName: 'UBND huyện Cao Lãnh',
      to: 'XTM',
      toName: 'UBND xã Tháp Mười',
    });
    const leads = async (task: Json) => (await done(as('office').get(`/tasks/${task.id}`))).leadUnit;
    expect(await leads(open)).to.equal('XTM');
    expect(await leads(waiting)).to.equal('XTM');
    expect(await leads(finished)).to.equal('HCL');
  });

  it('carries the people over with their roles, and they go on with the work', async () => {
    const task = await done(as('head.htm').get(`/tasks/${waiting.id}`));
    expect(task.category).to.equal('awaiting_appraisal');
    const mine = await done(as('unit.hcl').get(`/tasks/${open.id}`));

    open = await moved(as('unit.hcl'), mine, 'submit', submission);
    const approved = await moved(as('appraiser.stttt'), task, 'approve');

    expect(approved).to.include({ category: 'done', leadUnit: 'XTM' });
  });

  it('tells the successor in the morning', async () => {
    const { rows } = await office().pool.query(
      `select distinct a.name from notification n join account a on a.id = n.account_id where n.kind = 'transferred' order by 1`,
    );
    expect(rows.map(({ name }) => name)).to.deep.equal(['head.hcl', 'head.htm', 'unit.hcl', 'unit.htm']);
  });

  it('keeps the old units in figures and lists of earlier days, and shows the new one from its day on', async () => {
    const old = { HCL: [2, 'UBND huyện Cao Lãnh'], HTM: [1, 'UBND huyện Tháp Mười'] };
    expect(await byUnit('&asOf=2025-06-15')).to.deep.equal(old);
    expect(await byUnit('&asOf=2025-06-30')).to.deep.equal(old);
    expect(await byUnit('&asOf=2025-07-01')).to.deep.equal({
      HCL: [1, 'UBND huyện Cao Lãnh'],
      XTM: [2, 'UBND xã Tháp Mười'],
    });
    expect(await byUnit('&asOf=2025-06-15&structure=now')).to.deep.equal({ XTM: [3, 'UBND xã Tháp Mười'] });
    const list = async (query: string) =>
      (await done(as('office').get(`/tasks?programme=${programmeCode}${query}`))).items
        .map(({ code, unitName }: Json) => [code, unitName])
        .filter(([code]: string[]) => code === open.code);
    expect(await list('&asOf=2025-06-30')).to.deep.equal([[open.code, 'UBND huyện Cao Lãnh']]);
    expect(await list('&asOf=2025-07-01')).to.deep.equal([[open.code, 'UBND xã Tháp Mười']]);
    expect(await list('&asOf=2025-06-30&structure=now&unit=XTM')).to.deep.equal([[open.code, 'UBND xã Tháp Mười']]);
  });

  it('keeps frozen reports to the byte', async () => {
    expect((await as('leader').get(`/reports/runs/${frozen.id}`)).text).to.equal(frozen.text);
    const { byUnit: again } = await figures('&asOf=2025-06-15&knownAt=2025-06-20T01:00:00Z');
    expect(again).to.deep.equal(JSON.parse(frozen.text).byUnit);
  });

  it('counts a late entry of June for the old unit up to the merger and for the new one after it', async () => {
    const late = await assigned(office(), { leadUnit: 'XTM', due, effectiveAt: '2025-07-01' });
    expect(late.leadUnit).to.equal('XTM');
    const tally = async (day: string) =>
      (await done(as('leader').get(`/reports/trend?programme=${programmeCode}&from=${day}&to=${day}`))).days[0].counts;
    expect(await tally('2025-06-30')).to.include({ in_progress: 1, done: 1, awaiting_appraisal: 1 });
    expect(await tally('2025-07-01')).to.include({ in_progress: 1, done: 2, awaiting_appraisal: 1 });
  });

  it('takes no new work for a unit that is no more, and names its successor', async () => {
    const { status, body } = await as('office').post('/tasks', {
      programme: programmeCode,
      title: 'Việc mới',
      leadUnit: 'HCL',
      appraiserUnit: 'STTTT',
      due,
    });

    expect([status, body.code, body.successor]).to.deep.equal([409, 'unit.ended', 'XTM']);
  });

  it('tells of each unit what it has been, what it came from and who has its work', async () => {
    const district = await done(as('office').get('/units/HCL'));
    const commune = await done(as('office').get('/units/XTM'));

    expect(district).to.include({ validTo: '2025-07-01', successor: 'XTM' });
    expect(district.successors).to.deep.equal(['XTM']);
    expect(commune.predecessors).to.have.members(['HCL', 'HTM']);
    expect(commune.versions.map(({ validFrom, reorganisation }: Json) => [validFrom, reorganisation])).to.deep.equal([
      ['2025-07-01', run.id],
    ]);
    const on = async (day: string) =>
      (await done(as('office').get(`/units?asOf=${day}`))).items.map(({ code }: Json) => code);
    expect(await on('2025-06-30'))
      .to.include.members(['HCL', 'HTM'])
      .and.not.include('XTM');
    expect(await on('2025-07-01'))
      .to.include('XTM')
      .and.not.include.members(['HCL']);
  });
});
