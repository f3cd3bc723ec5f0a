import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { aPdf, upload } from '../support/evidence.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import type { UnitToBe } from '../support/province.ts';
import { acknowledged, eventsOf, moved, submission, submitted } from '../support/tasks.ts';

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

    // What happened in June and is entered in July counts for the unit of June up to the merger.
    open = await moved(as('unit.hcl'), mine, 'submit', { ...submission, effectiveAt: '2025-06-25' });
    const approved = await moved(as('appraiser.stttt'), task, 'approve');

    expect(approved).to.include({ category: 'done', leadUnit: 'XTM' });
  });

  it('shows the successor’s people what the old units had finished, to read and to search; nobody else, and not to move', async () => {
    expect(finished).to.include({ leadUnit: 'HCL', category: 'done' });
    for (const name of ['unit.hcl', 'head.htm']) {
      expect((await done(as(name).get(`/tasks/${finished.id}`))).leadUnit, name).to.equal('HCL');
      expect((await eventsAs(name)).status, name).to.equal(200);
      const { items } = await done(as(name).get('/tasks?category=done'));
      expect(
        items.map(({ id }: Json) => id),
        name,
      ).to.include(finished.id);
    }
    for (const name of ['unit.snv', 'head.skhdt']) {
      expect((await eventsAs(name)).status, name).to.equal(404);
      const { items } = await done(as(name).get('/tasks?category=done'));
      expect(items, name).to.deep.equal([]);
    }
    const changing = await upload(as('unit.hcl'), finished.id, 'bo-sung.pdf', aPdf());
    expect([changing.status, changing.body.code]).to.deep.equal([403, 'permission.denied']);
    expect(Object.keys(await done(as('unit.hcl').get('/me')))).to.not.include('succeeds');
  });

  const eventsAs = (name: string) => as(name).get(`/tasks/${finished.id}/events`);

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
    const awaiting = async (day: string) =>
      (await figures(`&asOf=${day}`)).byUnit.flatMap(({ unit, counts }: Json) =>
        counts.awaiting_appraisal > 0 ? [[unit, counts.awaiting_appraisal]] : [],
      );
    const tallied = async (day: string) =>
      (
        await office().pool.query(
          `select unit, sum(change)::integer as n from daily_tally where category = 'awaiting_appraisal' and day <= $1
           group by unit having sum(change) <> 0 order by 1`,
          [day],
        )
      ).rows.map(({ unit, n }) => [unit, n]);
    await office().workers.settle();

    for (const [day, expected] of [
      ['2025-06-24', [['HTM', 1]]],
      [
        '2025-06-30',
        [
          ['HCL', 1],
          ['HTM', 1],
        ],
      ],
      ['2025-07-01', [['XTM', 1]]],
    ] as const) {
      expect(await awaiting(day), day).to.deep.equal(expected);
      expect(await tallied(day), day).to.deep.equal(expected);
    }
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

describe('A department that is renamed', () => {
  const office = suiteOffice({ day: '2025-02-03', units: provinceOf2025, accounts });
  const as = (name: string) => office().as(name);
  const rename = {
    kind: 'rename',
    effectiveOn: '2025-03-01',
    document: decree,
    changes: [{ code: 'SNV', name: 'Sở Nội vụ và Lao động', bloc: 'general' }],
  };
  const nameOn = async (query: string): Promise<string> =>
    (await done(as('leader').get(`/reports/statistics?programme=${programmeCode}${query}`))).byUnit.map(
      ({ name, bloc }: Json) => `${name}, ${bloc}`,
    )[0];
  let frozen: string;

  before(async () => {
    await acknowledged(office(), { due: { kind: 'on_or_before', day: '2025-12-15' } });
    frozen = (await done(as('aggregator').post('/reports/runs', { programme: programmeCode }))).id;
    office().clock.moveTo('2025-03-05');
    await done(as('admin').post('/reorganisations', rename));
    await office().workers.settle();
  });

  it('has its new name from the day on and its old one before it, though it was entered later', async () => {
    expect(await nameOn('')).to.equal('Sở Nội vụ và Lao động, general');
    expect(await nameOn('&asOf=2025-03-01')).to.equal('Sở Nội vụ và Lao động, general');
    expect(await nameOn('&asOf=2025-02-28')).to.equal('Sở Nội vụ, department');
    expect(await nameOn('&asOf=2025-02-28&structure=now')).to.equal('Sở Nội vụ và Lao động, general');
  });

  it('had its old name as long as nobody knew of the new one', async () => {
    expect(await nameOn('&asOf=2025-03-02&knownAt=2025-03-02')).to.equal('Sở Nội vụ, department');
  });

  it('keeps its code, its tasks and its people; a frozen report keeps the old name', async () => {
    const { items } = await done(as('unit.snv').get('/tasks'));
    expect(items.map(({ unit, unitName }: Json) => [unit, unitName])).to.deep.equal([['SNV', 'Sở Nội vụ và Lao động']]);
    expect((await eventsOf(office(), items[0].id)).map(({ type }) => type)).to.not.include('task.transferred');
    expect((await as('leader').get(`/reports/runs/${frozen}`)).text).to.include('"Sở Nội vụ"');
  });

  it('is mended where the name was mistyped: known from then on, with the reason', async () => {
    const before = await as('leader').get(
      `/reports/statistics?programme=${programmeCode}&asOf=2025-03-05&knownAt=2025-03-05T01:00:00Z`,
    );
    office().clock.moveTo('2025-03-06');

    const mended = await done(
      as('admin').post('/units/SNV/corrections', {
        validFrom: '2025-03-01',
        name: 'Sở Nội vụ và Lao động Tỉnh',
        reason: 'Gõ thiếu chữ',
      }),
    );

    expect(mended.name).to.equal('Sở Nội vụ và Lao động Tỉnh');
    expect(mended.versions.map(({ name, corrected }: Json) => [name, corrected])).to.deep.equal([
      ['Sở Nội vụ', false],
      ['Sở Nội vụ và Lao động', true],
      ['Sở Nội vụ và Lao động Tỉnh', false],
    ]);
    expect(await nameOn('&asOf=2025-03-05')).to.equal('Sở Nội vụ và Lao động Tỉnh, general');
    const after = await as('leader').get(
      `/reports/statistics?programme=${programmeCode}&asOf=2025-03-05&knownAt=2025-03-05T01:00:00Z`,
    );
    expect(after.text).to.equal(before.text);
    const unknown = await as('admin').post('/units/SNV/corrections', {
      validFrom: '2024-01-01',
      name: 'X',
      reason: 'Y',
    });
    expect(unknown.status).to.equal(422);
  });

  it('cannot be put below itself, nor below what lies below it', async () => {
    await done(
      as('admin').post('/units', {
        code: 'PHONG',
        name: 'Phòng Tổng hợp',
        class: 'office',
        bloc: 'office',
        order: 50,
        parent: 'SNV',
        validFrom: '2025-01-01',
      }),
    );
    const below = { ...rename, effectiveOn: '2025-03-06', changes: [{ code: 'SNV', parent: 'PHONG' }] };
    const itself = await as('admin').post('/units', {
      code: 'VONG',
      name: 'Vòng',
      class: 'office',
      bloc: 'office',
      order: 51,
      parent: 'VONG',
      validFrom: '2025-01-01',
    });

    expect((await as('admin').post('/reorganisations', below)).body.code).to.equal('unit.cycle');
    expect([itself.status, itself.body.code]).to.deep.equal([422, 'unit.cycle']);
  });

  it('is not renamed for a day before it got the name it has', async () => {
    const earlier = { ...rename, effectiveOn: '2025-02-15' };

    expect((await as('admin').post('/reorganisations', earlier)).body.code).to.equal('effective.before_previous');
  });
});

describe('A department that is split, and one that is merged into its appraiser', () => {
  const office = suiteOffice({ day: '2025-02-03', units: provinceOf2025, accounts, programme: { reopenDays: 365 } });
  const as = (name: string) => office().as(name);
  let endedBefore: Json;
  const due = { kind: 'on_or_before', day: '2025-12-15' } as const;
  const decision = { number: '12/QĐ-UBND', date: '2025-02-20', issuer: 'UBND Tỉnh' };
  const lead = async ({ id }: Json): Promise<string> => (await done(as('office').get(`/tasks/${id}`))).leadUnit;
  const act = async (body: Readonly<Record<string, unknown>>): Promise<Json> => {
    const { id } = await done(as('admin').post('/reorganisations', { document: decision, ...body }));
    await office().workers.settle();
    return done(as('admin').get(`/reorganisations/${id}`));
  };

  it('gives tasks away as the mapping says, the rest to the first successor, people where they are sent', async () => {
    const named = await acknowledged(office(), { leadUnit: 'SNV', due });
    const common = await acknowledged(office(), { leadUnit: 'SNV', due, kind: 'common' });
    const rest = await acknowledged(office(), { leadUnit: 'SNV', due });
    const appraised = await submitted(office(), { leadUnit: 'STC', appraiserUnit: 'SNV', due });
    const { rows } = await office().pool.query(`select id from account where name = 'head.snv'`);
    office().clock.moveTo('2025-03-01');

    const run = await act({
      kind: 'split',
      effectiveOn: '2025-03-01',
      predecessors: ['SNV'],
      successors: [
        { code: 'SNV1', name: 'Sở Nội vụ (mới)', class: 'department', bloc: 'department', order: 20 },
        { code: 'SLD', name: 'Sở Lao động', class: 'department', bloc: 'department', order: 21 },
        { code: 'BTG', name: 'Ban Tôn giáo', class: 'department', bloc: 'department', order: 22, parent: 'SNV1' },
      ],
      mapping: [
        { tasks: [named.id], to: 'SLD' },
        { kind: 'common', to: 'BTG' },
      ],
      members: [{ account: rows[0].id, to: 'SLD' }],
    });

    expect(run).to.include({ status: 'done', processed: 4 });
    expect(await Promise.all([named, common, rest].map(lead))).to.deep.equal(['SLD', 'BTG', 'SNV1']);
    const moving = await done(as('head.snv').get(`/tasks/${named.id}`));
    expect(moving.leadUnit).to.equal('SLD');
    expect((await as('head.snv').get(`/tasks/${rest.id}`)).status).to.equal(404);
    const round = await done(as('appraiser.snv').get(`/tasks/${appraised.id}`));
    expect(round).to.include({ appraiserUnit: 'SNV1', round: 1 });
    expect((await moved(as('appraiser.snv'), round, 'approve')).category).to.equal('done');
  });

  it('is refused while an appraiser would judge its own line, unless another one is named for the task', async () => {
    const task = await submitted(office(), { leadUnit: 'SKHDT', appraiserUnit: 'STC', due });
    endedBefore = await submitted(office(), { leadUnit: 'SKHDT', due });
    endedBefore = await moved(as('appraiser.stttt'), endedBefore, 'approve');
    const merger = {
      kind: 'merge',
      effectiveOn: '2025-03-01',
      document: decision,
      predecessors: ['SKHDT'],
      successors: [{ code: 'STC' }],
    };

    const refused = await as('admin').post('/reorganisations', merger);
    const shown = await done(as('admin').post('/reorganisations/preview', merger));
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'reorganisation.conflicts']);
    expect(refused.body.conflicts).to.deep.equal([{ task: task.id, code: task.code, leadUnit: 'STC', agency: 'STC' }]);
    expect(shown.conflicts).to.deep.equal(refused.body.conflicts);
    expect(shown.programmes).to.deep.equal([{ programme: programmeCode, from: 'SKHDT', to: 'STC' }]);

    const run = await act({ ...merger, appraisers: [{ tasks: [task.id], appraiserUnit: 'STTTT' }] });

    expect(run.status).to.equal('done');
    const after = await done(as('office').get(`/tasks/${task.id}`));
    expect(after).to.include({ leadUnit: 'STC', appraiserUnit: 'STTTT', round: 2, category: 'awaiting_appraisal' });
    expect((await done(as('admin').get(`/programmes/${programmeCode}`))).aggregator).to.equal('STC');
    expect((await moved(as('appraiser.stttt'), after, 'approve')).category).to.equal('done');
  });

  it('does not end a unit without a successor while it has open work', async () => {
    await acknowledged(office(), { leadUnit: 'HTM', due });
    const end = (unit: string) => ({ kind: 'dissolve', effectiveOn: '2025-03-01', predecessors: [unit] });

    const refused = await as('admin').post('/reorganisations', { document: decision, ...end('HTM') });
    const run = await act(end('HCL'));

    expect([refused.status, refused.body.code, refused.body.total]).to.deep.equal([409, 'unit.has_open_tasks', 1]);
    expect(run.status).to.equal('done');
    expect(await done(as('admin').get('/units/HCL'))).to.include({ validTo: '2025-03-01', successor: null });
  });

  it('can be called off before its day, and not after', async () => {
    const planned = await done(
      as('admin').post('/reorganisations', {
        kind: 'merge',
        effectiveOn: '2025-06-01',
        document: decision,
        predecessors: ['HTM'],
        successors: [{ code: 'VPUBND' }],
      }),
    );
    const cancelled = await done(
      as('admin').post(`/reorganisations/${planned.id}/cancel`, { reason: 'Hoãn theo ý kiến của UBND Tỉnh' }),
    );
    const again = await as('admin').post(`/reorganisations/${planned.id}/cancel`, { reason: 'Lần nữa' });
    await office().workers.liveUntil('2025-06-02');

    expect(cancelled.status).to.equal('cancelled');
    expect([again.status, again.body.code]).to.deep.equal([409, 'reorganisation.not_planned']);
    expect(await done(as('admin').get('/units/HTM'))).to.include({ validTo: null });
  });

  it('is judged again on its day: what stands against it by then refuses it, and nothing is changed', async () => {
    const plan = (successor: string) => ({
      kind: 'merge',
      effectiveOn: '2025-07-01',
      document: decision,
      predecessors: ['HTM'],
      successors: [{ code: successor }],
    });
    const first = await done(as('admin').post('/reorganisations', plan('VPUBND')));
    const second = await done(as('admin').post('/reorganisations', plan('STC')));
    await office().workers.liveUntil('2025-07-01');

    const runs = [first, second].map(({ id }) => done(as('admin').get(`/reorganisations/${id}`)));
    const [done1, done2] = await Promise.all(runs);
    expect([done1.status, done2.status].sort()).to.deep.equal(['done', 'refused']);
    expect(done1.status === 'refused' ? done1.problem.code : done2.problem.code).to.equal('unit.ended');
  });

  it('has its successor open again what it had ended', async () => {
    await office().hire({ name: 'office.two', memberships: [{ role: 'office' }] });
    const ended = await done(as('office').get(`/tasks/${endedBefore.id}`));
    expect(ended.leadUnit).to.equal('SKHDT');
    const proposed = await moved(as('office'), ended, 'reopen', { reason: 'Số liệu có sai sót', document: decision });

    const again = await moved(as('office.two'), proposed, 'reopen');

    expect(again).to.include({ category: 'in_progress', leadUnit: 'STC', version: proposed.version + 2 });
    const types = (await eventsOf(office(), again.id)).map(({ type }) => type);
    expect(types.slice(-3)).to.deep.equal(['task.move_proposed', 'task.transferred', 'task.moved']);
    expect((await moved(as('head.skhdt'), again, 'submit', submission)).category).to.equal('awaiting_appraisal');
  });

  it('takes rows of a sheet by names of the day; a unit that is no more is named with its successor', async () => {
    const sheet = [
      'Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định',
      'A-1;Sở Kế hoạch và Đầu tư;Một;STTTT',
      'A-2;STC;Hai;STTTT',
      'A-3;UBND huyện Cao Lãnh;Ba;STTTT',
      'A-4;STC;Bốn;SNV',
    ].join('\n');

    const { problems, counts } = await done(
      as('office').post(`/imports/preview?programme=${programmeCode}`, sheet, { type: 'text/csv' }),
    );

    expect(counts).to.include({ create: 1, invalid: 3 });
    expect(problems.map(({ row, code, vi }: Json) => [row, code, vi])).to.deep.equal([
      [2, 'unit.ended', 'Đơn vị “Sở Kế hoạch và Đầu tư” không còn hoạt động. Nhập đơn vị kế thừa: Sở Tài chính (STC).'],
      [
        4,
        'unit.ended',
        'Đơn vị “UBND huyện Cao Lãnh” không còn hoạt động. Đơn vị này không có đơn vị kế thừa; nhập đơn vị khác.',
      ],
      [5, 'unit.ended', 'Đơn vị “SNV” không còn hoạt động. Nhập đơn vị kế thừa: Sở Nội vụ (mới) (SNV1).'],
    ]);
  });
});
