import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { away, commanded } from '../support/commands.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { fewUnits } from '../support/province.ts';
import { acknowledged, aTask, eventsOf, letter, moved, submission, submitted } from '../support/tasks.ts';

/** Twelve departments beside the usual few. */
const departments = Array.from({ length: 12 }, (_, index) => `SO${String(index + 1).padStart(2, '0')}`);
const units = [
  ...fewUnits,
  ...departments.map((code) => ({ code, name: `Sở số ${code.slice(2)}`, class: 'department', bloc: 'department' })),
];
const indicator = 'Chỉ số chuyển đổi số';
const other = 'Tỷ lệ hồ sơ trực tuyến';

describe('An appraiser’s morning', () => {
  const office = suiteOffice({
    day: '2022-06-06',
    units,
    accounts: [
      ...units.flatMap(({ code }) => [
        { name: `unit.${code.toLowerCase()}`, memberships: [{ role: 'focal_point', unit: code }] as const },
        { name: `appraiser.${code.toLowerCase()}`, memberships: [{ role: 'appraiser', unit: code }] as const },
      ]),
      { name: 'colleague', memberships: [{ role: 'appraiser', unit: 'STTTT' }] },
    ],
  });
  const as = (name: string) => office().as(name);
  const inbox = (query = '', name = 'appraiser.stttt'): Promise<Json> => done(as(name).get(`/appraisals?${query}`));
  const due = { due: { kind: 'on_or_before', day: '2022-12-16' } };
  const claims: Json[] = [];
  const bulk = (items: readonly Json[], body: object, key: string = randomUUID(), name = 'appraiser.stttt') =>
    as(name).post('/tasks/transitions', { items: items.map(({ id, version }) => ({ id, version })), ...body }, { key });

  /** A claim of an indicator, under way to its appraiser. */
  const claim = async (leadUnit: string, of: string, more: Json = {}): Promise<Json> => {
    const task = await done(
      as('office').post('/tasks', aTask({ leadUnit, indicator: of, title: `${of} của ${leadUnit}`, ...due, ...more })),
    );
    const taken = await moved(as(`unit.${leadUnit.toLowerCase()}`), task, 'acknowledge');
    return moved(as(`unit.${leadUnit.toLowerCase()}`), taken, 'submit', submission);
  };

  before(async () => {
    for (const unit of departments) claims.push(await claim(unit, indicator));
    claims.push(await claim('SNV', other));
    claims.push(await claim('TPCL', other, { participants: ['SKHDT'] }));
    // Without an indicator a task stands under its own title; another agency's is not on this desk.
    claims.push(await submitted(office(), { ...due, title: 'Kế hoạch riêng' }));
    await claim('SNV', indicator, { appraiserUnit: 'SKHDT' });
    office().clock.moveTo('2022-06-07');
  });

  it('begins with the desk by indicator: so many units wait with each', async () => {
    const { groups, counts, total, items } = await inbox('limit=100');

    expect(groups.map(({ key, tasks, units: many }: Json) => [key, tasks, many])).to.deep.equal([
      [indicator, 12, 12],
      ['Kế hoạch riêng', 1, 1],
      [other, 2, 2],
    ]);
    expect(counts).to.deep.equal({ mine: 15, others: 0, unit: 0, late: 0 });
    expect([total, items.length]).to.deep.equal([15, 15]);
    expect(items[0]).to.deep.include({
      indicator,
      unit: { code: 'SO01', name: 'Sở số 01' },
      round: 1,
      submittedOn: '2022-06-06',
      evidence: ['Báo cáo kết quả thực hiện'],
      appraiseBy: '2022-06-27',
      workingDaysLate: 0,
      waiting: 'mine',
      version: claims[0].version,
      vote: null,
      question: null,
    });
    expect(items[0].seat).to.deep.equal({ unit: 'STTTT', lead: true, votes: true, onBehalfOf: null, signing: null });
    expect(
      items[0].actions.answers.map(({ outcome, transition, refused }: Json) => [outcome, transition, refused]),
    ).to.deep.equal([
      ['achieved', 'approve', undefined],
      ['not_achieved', 'reject', undefined],
      ['returned', 'return', undefined],
    ]);
  });

  it('lists what its figures count: each group, each unit, each turn, page by page', async () => {
    for (const group of ['indicator', 'unit'] as const) {
      const { groups } = await inbox(`group=${group}`);
      for (const { key, tasks } of groups) {
        const opened = await inbox(`group=none&${group}=${encodeURIComponent(key)}`);
        expect([key, opened.total, opened.items.length]).to.deep.equal([key, tasks, tasks]);
      }
    }
    const seen: string[] = [];
    for (let next = ''; ; ) {
      const found: Json = await inbox(`limit=4${next}`);
      seen.push(...found.items.map(({ id }: Json) => id));
      expect(found.total).to.equal(15);
      if (found.next === null) break;
      next = `&cursor=${encodeURIComponent(found.next)}`;
    }
    expect(seen.length).to.equal(15);
    expect(new Set(seen)).to.deep.equal(new Set(claims.map(({ id }) => id)));
    expect((await inbox('q=ke%20hoach')).total).to.equal(1);
    expect((await as('appraiser.stttt').get('/appraisals?cursor=abc')).status).to.equal(400);
  });

  it('shows another desk to those who see all, and to nobody else', async () => {
    for (const name of ['office', 'leader', 'auditor', 'admin'])
      expect([name, (await inbox('agency=SKHDT', name)).total]).to.deep.equal([name, 2]);
    const strange = await as('appraiser.stttt').get('/appraisals?agency=SKHDT');
    expect([strange.status, strange.body.code]).to.deep.equal([403, 'permission.denied']);
    expect((await inbox('', 'unit.so01')).total).to.equal(0);
    expect((await inbox('agency=SKHDT', 'auditor')).items[0]).to.deep.include({ seat: null, waiting: 'others' });
  });

  it('accepts twelve claims of one indicator under one decision; two of own line and own hand are refused, for their reason', async () => {
    const own = await claim('SNV', indicator);
    const both = 'colleague';
    await office().pool.query(
      `insert into membership (account_id, role, unit) select id, 'focal_point', 'SNV' from account where name = $1`,
      [both],
    );
    const byHand = await moved(as(both), await acknowledgedBy('SNV'), 'submit', submission);
    const { items } = await inbox(`indicator=${encodeURIComponent(indicator)}&limit=100`);
    const chosen = [...items.filter(({ id }: Json) => id !== own.id && id !== byHand.id), own, byHand];
    expect(chosen.length).to.equal(14);
    const decision = { outcome: 'achieved', document: { ...letter, number: '77/QĐ-STTTT' } };

    const preview = await done(bulk(chosen, { ...decision, preview: true }, randomUUID(), both));
    const key = randomUUID();
    const first = await done(bulk(chosen, decision, key, both));
    const again = await done(bulk(chosen, decision, key, both));

    for (const answer of [preview, first, again]) {
      expect(
        answer.ok.map(({ code, result, category, state, version }: Json) => [code, result, category, state, version]),
      ).to.deep.equal(
        chosen.slice(0, 12).map(({ code, version }: Json) => [code, 'decided', 'done', 'done', version + 1]),
      );
      expect(Object.entries(answer.failed).map(([id, { code, conflict }]: Json) => [id, code, conflict])).to.deep.equal(
        [
          [own.id, 'conflict_of_interest', 'own_line'],
          [byHand.id, 'conflict_of_interest', 'submitter'],
        ],
      );
    }
    for (const { id } of first.ok) {
      const moves = (await eventsOf(office(), id)).filter(({ type }) => type === 'task.moved');
      expect(moves.length).to.equal(3);
      expect(moves.at(-1)?.payload.document).to.deep.equal(decision.document);
    }
    await office().pool.query(
      `delete from membership where role = 'focal_point' and account_id = (select id from account where name = $1)`,
      [both],
    );
  });

  it('chooses the answer in each task’s own workflow, and says which tasks await none', async () => {
    await office().programme('BC', { workflow: 'periodic-report' });
    const report = await done(as('office').post('/tasks', { ...aTask({ leadUnit: 'SO01', ...due }), programme: 'BC' }));
    const fields = { document_number: '12/BC-SO01', data_until: '2022-05-31' };
    const sent = await moved(as('unit.so01'), report, 'send', { fields, evidence: submission.evidence });
    const commitment = await claim('SO02', other);
    const idle = await done(as('office').post('/tasks', aTask({ leadUnit: 'SO03', ...due })));

    const answer = await done(bulk([sent, commitment, idle], { outcome: 'achieved' }, randomUUID(), 'appraiser.stttt'));

    expect(answer.ok.map(({ id, result }: Json) => [id, result])).to.deep.equal([
      [sent.id, 'decided'],
      [commitment.id, 'decided'],
    ]);
    expect(answer.failed[idle.id].code).to.equal('appraisal.not_open');
    for (const body of [{}, { transition: 'approve', outcome: 'achieved' }])
      expect((await bulk([commitment], body)).status).to.equal(400);
  });

  it('returns one with what is missing; the unit reads it in its notice and on the task until it hands in again', async () => {
    const task = await findBy('TPCL');
    const missing = [{ what: 'Số liệu quý II' }, { what: 'Biên bản nghiệm thu', note: 'có chữ ký' }];
    const wrong = await as('appraiser.stttt').post(
      `/tasks/${task.id}/transitions`,
      { outcome: 'achieved', missing },
      { ifMatch: task.version },
    );
    expect([wrong.status, wrong.body.code]).to.deep.equal([400, 'input.invalid']);

    const returned = await done(
      as('appraiser.stttt').post(
        `/tasks/${task.id}/transitions`,
        { outcome: 'returned', reason: 'Chưa đủ hồ sơ', missing },
        { ifMatch: task.version },
      ),
    );
    await office().workers.settle();

    const lines = ['Số liệu quý II', 'Biên bản nghiệm thu (có chữ ký)'];
    const shown = await done(as('unit.tpcl').get(`/tasks/${task.id}`));
    expect(shown.lastReturn).to.deep.equal({ on: '2022-06-07', round: 1, reason: 'Chưa đủ hồ sơ', missing: lines });
    const [notice] = (await done(as('unit.tpcl').get('/notifications'))).items;
    expect(notice.line).to.include(
      'lý do: Chưa đủ hồ sơ. Đề nghị bổ sung: 1) Số liệu quý II; 2) Biên bản nghiệm thu (có chữ ký)',
    );
    expect((await eventsOf(office(), task.id)).at(-1)?.payload.missing).to.deep.equal(lines);

    const again = await moved(as('unit.tpcl'), returned, 'submit', submission);
    expect((await done(as('unit.tpcl').get(`/tasks/${again.id}`))).lastReturn).to.equal(null);
    expect((await inbox('unit=TPCL')).items[0]).to.deep.include({ round: 2, evidence: ['Báo cáo kết quả thực hiện'] });
  });

  it('hears a participant’s opinion and asks the unit a question; the desk says whose turn it is', async () => {
    const task = await findBy('TPCL');
    const own = (await inbox('unit=TPCL', 'appraiser.skhdt')).items[0];
    expect(own).to.deep.include({ waiting: 'mine' });
    expect(own.seat).to.deep.include({ unit: 'SKHDT', lead: false, votes: false });
    expect(own.actions.answers[0].refused).to.equal('appraisal.opinion_only');
    expect(own.actions.giveOpinion).to.equal(null);
    const heard = await commanded(office(), 'appraiser.skhdt', task, 'opinions', {
      stance: 'agree',
      opinion: 'Số liệu khớp',
    });
    expect((await inbox('unit=TPCL', 'appraiser.skhdt')).items[0].waiting).to.equal('others');

    await commanded(office(), 'appraiser.stttt', heard, 'questions', { question: 'Đã nghiệm thu chưa?' });
    const { items, counts } = await inbox('waiting=unit');

    expect(counts.unit).to.equal(1);
    expect(items.map(({ id }: Json) => id)).to.deep.equal([task.id]);
    expect(
      items[0].opinions.map(({ unit, stance, opinion, by }: Json) => [unit, stance, opinion, by.name]),
    ).to.deep.equal([['SKHDT', 'agree', 'Số liệu khớp', 'appraiser.skhdt']]);
    expect(items[0].question).to.deep.include({ on: '2022-06-07', unit: 'STTTT', question: 'Đã nghiệm thu chưa?' });
    expect([items[0].appraiseBy, items[0].actions.requestInformation]).to.deep.equal([null, 'appraisal.question_open']);
  });

  it('stands on the desk of whoever acts for an absent member, with both names', async () => {
    await away(office(), 'appraiser.skhdt', {
      from: '2022-06-07',
      until: '2022-06-20',
      substitute: 'unit.skhdt',
      signing: 'KT.',
    });

    const { items } = await inbox('unit=SNV', 'unit.skhdt');

    expect(items.length).to.equal(1);
    expect(items[0].seat).to.deep.include({ unit: 'SKHDT', signing: 'KT.', votes: true });
    expect(items[0].seat.onBehalfOf.name).to.equal('appraiser.skhdt');
    expect((await inbox('unit=SNV', 'appraiser.skhdt')).items[0]).to.deep.include({ seat: null, waiting: 'others' });
  });

  it('is late by its own deadline, which leaves the units in time', async () => {
    office().clock.moveTo('2022-07-04');
    const { items, counts } = await inbox('late=true&group=none&limit=100');

    expect(counts.late).to.equal(items.length).and.to.be.greaterThan(0);
    expect(items[0]).to.deep.include({ submittedOn: '2022-06-06', appraiseBy: '2022-06-27', workingDaysLate: 5 });
    expect((await inbox('late=false')).total + counts.late).to.equal((await inbox('')).total);
    expect((await done(as('auditor').get(`/tasks/${items[0].id}`))).deadline).to.equal('submitted_on_time');
  });

  it('ends with the ledger: whose court it was in, and how the agencies kept their deadlines', async () => {
    const byAgency = await done(as('leader').get('/reports/ledger?programme=CK&by=agency'));
    const byUnit = await done(as('leader').get('/reports/ledger?programme=CK&by=unit'));
    const { holders, workingDays, ended } = byAgency;

    expect(Object.values(holders).reduce((sum: number, { workingDays: days }: Json) => sum + days, 0) + ended).to.equal(
      workingDays,
    );
    expect(byUnit.rows.reduce((sum: number, row: Json) => sum + row.workingDays, 0)).to.equal(holders.unit.workingDays);
    expect(byAgency.rows.reduce((sum: number, row: Json) => sum + row.workingDays, 0)).to.equal(
      holders.appraiser.workingDays,
    );
    const stttt = byAgency.rows.find(({ unit }: Json) => unit === 'STTTT');
    expect(stttt.rounds).to.deep.include({ answeredInTime: 14, answeredLate: 0 });
    expect(stttt.rounds.openLate).to.equal((await inbox('late=true')).total);
    expect(stttt.rounds.workingDaysLate).to.equal(
      (await inbox('limit=100')).items.reduce((sum: number, { workingDaysLate }: Json) => sum + workingDaysLate, 0),
    );

    const asked = await findBy('TPCL');
    const { ledger } = await done(as('unit.tpcl').get(`/tasks/${asked.id}/ledger`));
    expect(ledger.stretches.map(({ holder, unit, workingDays: days }: Json) => [holder, unit, days])).to.deep.equal([
      ['unit', 'TPCL', 0],
      ['appraiser', 'STTTT', 1],
      ['unit', 'TPCL', 0],
      ['appraiser', 'STTTT', 0],
      ['unit', 'TPCL', 19],
    ]);
    expect((await as('unit.so01').get(`/tasks/${asked.id}/ledger`)).status).to.equal(404);
    expect((await as('unit.so01').get('/reports/ledger?programme=CK&asOf=2022-07-05')).status).to.equal(400);
    expect((await as('operator').get('/reports/ledger?programme=CK')).status).to.equal(403);
    const before = await done(as('leader').get('/reports/ledger?programme=CK&asOf=2022-06-05'));
    expect([before.tasks, before.workingDays]).to.deep.equal([0, 0]);
  });

  const acknowledgedBy = (leadUnit: string) => acknowledged(office(), { leadUnit, indicator, ...due });
  const findBy = async (unit: string): Promise<Json> => (await inbox(`unit=${unit}`)).items[0];
});
