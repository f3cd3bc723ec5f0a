// A double click, and an answer that was lost: reports, confirmation rounds and urging rounds do nothing twice.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Answer, Json } from '../support/client.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { acknowledged, aTask, moved } from '../support/tasks.ts';

describe('A request outside tasks that comes twice with one key', function () {
  this.timeout(60_000);
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const report = { programme: programmeCode, title: 'Báo cáo', asOf: '2022-05-30' };

  before('one item, and one piece of work without a deadline', async () => {
    const due = { kind: 'on_or_before', day: '2022-12-31' };
    const given = await done(as('office').post('/tasks', aTask({ code: 'A1', due })));
    await moved(as('unit.snv'), given, 'acknowledge');
    await acknowledged(office(), { due: { kind: 'none', reason: 'Chờ hướng dẫn' } });
    office().clock.moveTo('2022-06-01');
  });

  const entries = async (action: string): Promise<number> =>
    (await office().pool.query('select from audit_entry where action = $1', [action])).rowCount ?? 0;
  const ask = (person: string, path: string, body: object | undefined, key: string): Promise<Answer> =>
    as(person).post(path, body, { key });
  /** As if the process had died after the deed and before its answer was kept, three minutes ago. */
  const loseAnswer = (key: string) =>
    office().pool.query(
      `update idempotency set status = 102, response = '', recorded_at = $2::timestamptz - interval '3 minutes' where key = $1`,
      [key, office().clock.now()],
    );

  /** Asks four times at once, and again, and again after the answer was lost. @returns what was answered, once */
  const once = async (person: string, path: string, body?: object): Promise<Json> => {
    const key = randomUUID();
    const clicks = await Promise.all(Array.from({ length: 4 }, () => ask(person, path, body, key)));
    const later = await ask(person, path, body, key);
    const good = [...clicks, later].filter(({ status }) => status < 300);

    expect(new Set(good.map(({ status, text }) => `${status} ${text}`)).size, path).to.equal(1);
    for (const { status, body: told } of clicks.filter(({ status: is }) => is >= 300))
      expect([status, told.code], path).to.deep.equal([409, 'idempotency_key.in_progress']);
    expect(later.headers.get('idempotent-replayed')).to.equal('true');
    expect(later.headers.get('location')).to.equal(good[0]?.headers.get('location') ?? null);

    const other = await ask(person, path, { ...body, more: 1 }, key);
    expect([400, 422], path).to.include(other.status);
    const without = await as(person).post(path, body, { key: null });
    expect([without.status, without.body.code], path).to.deep.equal([400, 'idempotency_key.missing']);
    return { ...later.body, key };
  };

  it('drafts one report, puts it to its units once, and freezes and issues it once', async () => {
    const draft = await once('aggregator', '/reports/editions', report);
    const round = await once('aggregator', `/reports/editions/${draft.id}/confirmation`, { dueOn: '2022-06-10' });
    const items = [{ code: 'A1', answer: 'dispute', reason: 'Chưa đúng' }];
    await once('unit.snv', `/reports/confirmations/${round.id}/answers`, { items });
    const resolution = { code: 'A1', verdict: 'rejected', reason: 'Theo sổ theo dõi' };
    await once('aggregator', `/reports/confirmations/${round.id}/resolutions`, resolution);
    office().clock.moveTo('2022-06-13');
    const frozen = await once('aggregator', `/reports/editions/${draft.id}/freeze`, {});
    const issue = { number: '1/BC', issuedOn: '2022-06-13' };
    const issued = await once('aggregator', `/reports/editions/${draft.id}/issue`, issue);

    expect((await done(as('aggregator').get(`/reports/editions?programme=${programmeCode}`))).items).to.have.length(1);
    expect(issued).to.include({ status: 'issued', runId: frozen.runId });
    const { rows } = await office().pool.query('select kind from confirmation_entry order by id');
    expect(rows.map(({ kind }) => kind)).to.deep.equal(['dispute', 'rejected']);
    for (const action of [
      'drafted',
      'confirmation_opened',
      'confirmation_answered',
      'dispute_resolved',
      'frozen',
      'issued',
    ])
      expect(await entries(`report.${action}`), action).to.equal(1);

    // Nothing is left of the answers, only of the deeds.
    const again: readonly (readonly [string, object, Json])[] = [
      ['/reports/editions', report, draft],
      [`/reports/editions/${draft.id}/confirmation`, { dueOn: '2022-06-10' }, round],
      [`/reports/editions/${draft.id}/freeze`, {}, frozen],
      [`/reports/editions/${draft.id}/issue`, issue, issued],
    ];
    for (const [path, body, { key, id }] of again) {
      await loseAnswer(key);
      const answer = await ask('aggregator', path, body, key);
      expect([answer.status, answer.body.id], path).to.deep.equal([
        path.endsWith('s') || path.endsWith('n') ? 201 : 200,
        id,
      ]);
    }
    const { rows: kept } = await office().pool.query(
      `select (select count(*)::integer from report_edition) as editions, (select count(*)::integer from confirmation_round) as rounds,
         (select count(*)::integer from report_run) as runs, (select count(*)::integer from report_edition_step) as steps`,
    );
    expect(kept).to.deep.equal([{ editions: 1, rounds: 1, runs: 1, steps: 4 }]);
  });

  it('is told to wait while the first is on its way, and goes on when that one died', async () => {
    const first = await once('aggregator', '/reports/editions', { ...report, title: 'Đang lập' });
    await office().pool.query(`update idempotency set status = 102, response = '' where key = $1`, [first.key]);
    const body = { ...report, title: 'Đang lập' };

    const early = await ask('aggregator', '/reports/editions', body, first.key);
    await loseAnswer(first.key);
    const late = await ask('aggregator', '/reports/editions', body, first.key);

    expect([early.status, early.body.code]).to.deep.equal([409, 'idempotency_key.in_progress']);
    expect([late.status, late.body.id]).to.deep.equal([201, first.id]);
  });

  it('that was refused keeps no answer: the same key asks anew', async () => {
    const draft = await done(as('aggregator').post('/reports/editions', report));
    const key = randomUUID();
    const path = `/reports/editions/${draft.id}/issue`;
    const issue = { number: '2/BC', issuedOn: '2022-06-13' };

    const refused = await ask('aggregator', path, issue, key);
    await done(as('aggregator').post(`/reports/editions/${draft.id}/freeze`, {}));
    const good = await ask('aggregator', path, issue, key);

    expect([refused.status, refused.body.code]).to.deep.equal([409, 'report.wrong_status']);
    expect([good.status, good.body.number]).to.deep.equal([200, '2/BC']);
  });

  it('with another body is refused, and does nothing', async () => {
    const key = randomUUID();
    await done(ask('aggregator', '/reports/editions', report, key));

    const { status, body } = await ask('aggregator', '/reports/editions', { ...report, title: 'Khác' }, key);

    expect([status, body.code]).to.deep.equal([422, 'idempotency_key.reused']);
  });

  it('proposes, edits, withdraws and approves an urging round once', async () => {
    const rounds = `/programmes/${programmeCode}/urging-rounds`;
    const proposed = await once('office', rounds);
    expect(proposed.lines).to.have.length(1);
    const reason = 'Đã nhắc tại giao ban';

    const withdrawn = await once('office', `/urging-rounds/${proposed.id}/withdrawal`, { reason });

    expect(withdrawn).to.include({ status: 'withdrawn', withdrawalReason: reason, approvedBy: null, sentAt: null });
    expect(await entries('urging.withdrawn')).to.equal(1);
    const tooLate = await as('leader').post(`/urging-rounds/${proposed.id}/approval`);
    expect([tooLate.status, tooLate.body.code]).to.deep.equal([409, 'urging.not_proposed']);
    // What it listed is listed again, in another round of the same day.
    const second = await once('office', rounds);
    expect(second.id).to.not.equal(proposed.id);
    expect(second.lines.map(({ taskId }: Json) => taskId)).to.deep.equal([proposed.lines[0].taskId]);
    const line = { taskId: second.lines[0].taskId, reason: 'Đã có thời hạn' };
    await once('office', `/urging-rounds/${second.id}/taken-out`, line);
    await once('leader', `/urging-rounds/${second.id}/approval`);
    const { rows } = await office().pool.query(`select from intention where kind = 'urging-round'`);
    expect(rows).to.have.length(1);
    const notNow = await as('office').post(`/urging-rounds/${second.id}/withdrawal`, { reason });
    expect([notNow.status, notNow.body.code]).to.deep.equal([409, 'urging.not_proposed']);
    expect((await as('unit.snv').post(`/urging-rounds/${second.id}/withdrawal`, { reason })).body.code).to.equal(
      'permission.denied',
    );
  });

  it('a round is either withdrawn or approved, however closely the two come together', async () => {
    for (let race = 0; race < 20; race += 1) {
      office().clock.advance(24 * 60 * 60_000);
      const { id } = await done(as('office').post(`/programmes/${programmeCode}/urging-rounds`));
      const [withdrawn, approved] = await Promise.all([
        as('office').post(`/urging-rounds/${id}/withdrawal`, { reason: 'Chưa cần' }),
        as('leader').post(`/urging-rounds/${id}/approval`),
      ]);

      const { status } = await done(as('office').get(`/urging-rounds/${id}`));
      expect([withdrawn.status, approved.status, status]).to.be.deep.oneOf([
        [200, 409, 'withdrawn'],
        [409, 200, 'approved'],
      ]);
      await office().workers.settle();
    }
  });
});
