// The same year of work in programmes that tell their rates differently: of all (report 158/BC-SKHĐT), of what has fallen due
// (the Government's working group), within groups (Quảng Nam); and a programme that changes its rule.

import { createHash, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { reportReader } from '../../src/adapters/db/queries/statistics.ts';
import { verifySource } from '../../src/adapters/db/verify-source.ts';
import { verify } from '../../src/application/operations/verify.ts';
import { computedAgain, type FrozenReport } from '../../src/application/reports/freeze.ts';
import type { Json, Person } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, letter, moved, submission } from '../support/tasks.ts';

type Rows = readonly (readonly unknown[])[];

const programmes = [
  {
    code: 'TATCA',
    rule: { denominator: 'all', percentDigits: 1, rounding: 'half_up' },
    words: 'trên tổng số',
    // 3 of 11 done.
    headline: { key: 'completion', count: 3, of: 11, percent: 27.3, text: '27,3%' },
    states: { in_progress: 36.4, done: 27.3, not_done: 9.1, awaiting_appraisal: 18.2, stopped: 9.1 },
    sum: 100.1,
  },
  {
    code: 'DENHAN',
    rule: { denominator: 'fallen_due', percentDigits: 2, rounding: 'truncate' },
    words: 'trên số đã đến hạn',
    // 3 done, 3 overdue, 1 failed.
    headline: { key: 'completion', count: 3, of: 7, percent: 42.85, text: '42,85%' },
    states: { in_progress: 36.36, done: 27.27, not_done: 9.09, awaiting_appraisal: 18.18, stopped: 9.09 },
    sum: 99.99,
  },
  {
    code: 'NHOM',
    rule: { denominator: 'within_group', percentDigits: 2, rounding: 'half_up' },
    words: 'trong nhóm đã hoàn thành',
    headline: { key: 'done_on_time', count: 2, of: 3, percent: 66.67, text: '66,67%' },
    states: { in_progress: 36.36, done: 27.27, not_done: 9.09, awaiting_appraisal: 18.18, stopped: 9.09 },
    sum: 99.99,
  },
  {
    code: 'TRON',
    rule: { denominator: 'fallen_due', percentDigits: 0, rounding: 'half_up' },
    words: 'trên số đã đến hạn',
    headline: { key: 'completion', count: 3, of: 7, percent: 43, text: '43%' },
    states: { in_progress: 36, done: 27, not_done: 9, awaiting_appraisal: 18, stopped: 9 },
    sum: 99,
  },
] as const;

describe('The figures of a programme, told by its own denominator, decimals and rounding', function () {
  this.timeout(120_000);
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string): Person => office().as(name);
  const cutOff = '2022-10-30';
  /** Of TATCA, before it changed its rule. */
  let run: Json;

  const bytesOf = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${office().address}${path}`, {
      headers: { Authorization: `Bearer ${await as('office').token()}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const sheetsOf = async (path: string): Promise<Readonly<Record<string, Rows>>> =>
    Object.fromEntries((await readXlsx(await bytesOf(path))).map(({ sheet, data }) => [sheet, data]));
  const csvOf = async (path: string): Promise<string[][]> =>
    parse(await bytesOf(path), { bom: true, delimiter: ';', relax_column_count: true });
  const statisticsOf = (code: string): Promise<Json> =>
    done(as('office').get(`/reports/statistics?programme=${code}&asOf=${cutOff}`));
  const frozen = (code: string): Promise<Json> =>
    done(as('office').post('/reports/runs', { programme: code, asOf: cutOff }));
  const ruleText = ({ percentDigits }: { readonly percentDigits: number }, value: number): string =>
    value.toFixed(percentDigits).replace('.', ',');

  before(async () => {
    for (const { code, rule } of programmes) await office().programme(code, rule);
    const due = (day: string) => ({ due: { kind: 'on_or_before', day } });
    const given: Record<string, Json[]> = {};
    for (const { code: programme } of programmes)
      given[programme] = await Promise.all(
        [
          ['2022-06-30', 'done'],
          ['2022-06-30', 'done'],
          ['2022-03-31', 'late'],
          ['2022-09-30', 'fail'],
          ['2022-10-15', 'overdue'],
          ['2022-10-16', 'overdue'],
          ['2022-10-29', 'overdue'],
          ['2022-12-31', 'in time'],
          ['2022-06-30', 'claim'],
          ['2022-12-31', 'claim'],
          ['2022-12-31', 'stop'],
        ].map(async ([day = '', what], index) => ({
          what,
          task: await acknowledged(office(), { programme, code: `${programme}-${index + 1}`, ...due(day) }),
        })),
      );
    office().clock.moveTo('2022-06-20');
    for (const tasks of Object.values(given))
      for (const { what, task } of tasks) {
        if (what === 'fail') await moved(as('head.snv'), task, 'fail', { reason: 'Không đủ nguồn lực' });
        if (what === 'stop') await moved(as('leader'), task, 'stop', { document: letter });
        if (!['done', 'late', 'claim'].includes(what)) continue;
        const sent = await moved(as('unit.snv'), task, 'submit', submission);
        if (what !== 'claim') await moved(as('appraiser.stttt'), sent, 'approve');
      }
    office().clock.moveTo('2022-11-08');
  });

  it('C5: the headline is a share of what the programme says, and says so; shares of the states are of all', async () => {
    for (const { code, rule, words, headline, states, sum } of programmes) {
      const figures = await statisticsOf(code);

      expect(figures.denominator, code).to.equal(rule.denominator);
      expect(figures.rate, code).to.include({ ...headline, denominator: rule.denominator, denominatorText: words });
      expect(figures.rates[0]).to.deep.equal(figures.rate);
      expect(figures.percentages, code).to.deep.equal(states);
      expect(figures.percentagesOf).to.deep.equal({ denominator: 'all', denominatorText: 'trên tổng số', of: 11 });
      expect(figures.rounding, code).to.include({ rule: rule.rounding, decimals: rule.percentDigits, sum });
      // C4: the sum is not forced, and the figures say by which rule they came.
      expect(figures.rounding.note, code).to.match(
        rule.rounding === 'truncate' ? /không làm tròn/ : /làm tròn từng tỷ lệ/,
      );
      for (const part of [...figures.byUnit, ...figures.byBloc.filter(({ total }: Json) => total > 0)])
        expect(part.rate.denominatorText, code).to.equal(words);
    }
  });

  it('C5 c: within groups each part is told of its group, and what failed is not among what is not yet done', async () => {
    const { rates, rounding } = await statisticsOf('NHOM');

    expect(rates.map(({ key, count, of, text }: Json) => [key, count, of, text])).to.deep.equal([
      ['done_on_time', 2, 3, '66,67%'],
      ['done_late', 1, 3, '33,33%'],
      ['done_undated', 0, 3, '0,00%'],
      ['in_time', 1, 6, '16,67%'],
      ['overdue', 3, 6, '50,00%'],
      ['undated', 0, 6, '0,00%'],
      ['awaiting_appraisal', 2, 6, '33,33%'],
      ['not_done', 1, 2, '50,00%'],
      ['stopped', 1, 2, '50,00%'],
    ]);
    expect(rounding.groups.map(({ group, sum }: Json) => [group, sum])).to.deep.equal([
      ['done', 100],
      ['undone', 100],
      ['closed', 100],
    ]);
  });

  it('the same figure stands in statistics, trend, frozen run and annexes, as XLSX and as CSV', async () => {
    for (const { code, rule, words, headline, states, sum } of programmes) {
      const figures = await statisticsOf(code);
      const { id } = await frozen(code);
      const body = await done(as('unit.tpcl').get(`/reports/runs/${id}`));
      const path = `/reports/runs/${id}/annexes`;
      const sheets = await sheetsOf(path);
      const csv = await csvOf(`${path}?format=csv&annex=rates`);
      const live = await sheetsOf(`/reports/annexes?programme=${code}&asOf=${cutOff}`);
      const trend = await done(as('office').get(`/reports/trend?programme=${code}&from=${cutOff}&to=${cutOff}`));

      for (const key of [
        'denominator',
        'rate',
        'rates',
        'percentages',
        'percentagesOf',
        'rounding',
        'byUnit',
        'byBloc',
      ])
        expect(body[key], `${code} ${key}`).to.deep.equal(figures[key]);
      expect(trend.days[0].percentages).to.deep.equal(states);
      expect(trend).to.deep.include({
        percentagesOf: { denominator: 'all', denominatorText: 'trên tổng số' },
        rounding: { rule: rule.rounding, decimals: rule.percentDigits, note: figures.rounding.note },
      });
      const { name } = figures.rate;
      const line = [name, headline.count, headline.of, headline.percent, words];
      for (const rows of [sheets['Tỷ lệ'], live['Tỷ lệ']])
        for (const of of ['Toàn chương trình', 'Sở, ban, ngành Tỉnh', 'Sở Nội vụ'])
          expect(rows?.find((row) => row[1] === of)?.slice(2), `${code} ${of}`).to.deep.equal(line);
      expect(csv.find((row) => row[1] === 'Sở Nội vụ')?.slice(2)).to.deep.equal([
        name,
        `${headline.count}`,
        `${headline.of}`,
        ruleText(rule, headline.percent),
        words,
      ]);
      const annexI = sheets['PL I']?.find((row) => row[1] === 'Tỷ lệ (%) trên tổng số');
      expect(annexI?.slice(3, 8), code).to.deep.equal(Object.values(states));
      const csvI = await csvOf(`${path}?format=csv&annex=I`);
      expect(csvI.find((row) => row[1] === 'Tỷ lệ (%) trên tổng số')?.slice(2, 8)).to.deep.equal(
        [100, ...Object.values(states)].map((value) => ruleText(rule, value)),
      );
      expect(sheets['Lũy kế']?.at(-1)?.[1]).to.equal(figures.rounding.note);
      const about = new Map(sheets['Thông tin']?.map(([label, value]) => [label, value]));
      expect(about.get('Tổng các tỷ lệ lũy kế')).to.equal(sum);
      expect(about.get('Ghi chú về tổng các tỷ lệ')).to.equal(figures.rounding.note);
      expect(about.get('Làm tròn')).to.match(rule.rounding === 'truncate' ? /cắt bỏ/ : /từ 5 trở lên làm tròn lên/);
      if (rule.denominator === 'fallen_due')
        expect(about.get(`${name} ${words}`)).to.equal(`03/07 (chiếm ${headline.text})`);
    }
  });

  it('on-time rates are of what has fallen due in the period whatever the programme, with its decimals and rounding', async () => {
    const rates: Json = {};
    for (const { code } of programmes) {
      const onTime = await done(as('office').get(`/programmes/${code}/on-time?from=2022-01-01&to=${cutOff}`));
      expect([onTime.denominator, onTime.denominatorText]).to.deep.equal(['fallen_due', 'trên số đã đến hạn trong kỳ']);
      expect(onTime.items.map(({ onTime: count, judged }: Json) => [count, judged])).to.deep.equal([[2, 7]]);
      rates[code] = onTime.items[0].rate;
    }

    expect(rates).to.deep.equal({ TATCA: 28.6, DENHAN: 28.57, NHOM: 28.57, TRON: 29 });
  });

  it('imbalance tells the share of each unit by the same rule', async () => {
    const { percentagesOf, rounding, byUnit } = await done(
      as('office').get(`/reports/imbalance?programme=DENHAN&asOf=${cutOff}`),
    );

    expect(percentagesOf).to.include({ denominator: 'all', of: 11 });
    expect(rounding).to.deep.equal({ rule: 'truncate', decimals: 2, sum: 100, note: null });
    expect(byUnit.map(({ unit, percentage }: Json) => [unit, percentage])).to.deep.equal([['SNV', 100]]);
  });

  it('takes no other denominator, no third decimal, no other rounding, and nothing half said', async () => {
    const rule = programmes[1].rule;
    for (const wrong of [
      { denominator: 'group' },
      { percentDigits: 3 },
      { percentDigits: 1.5 },
      { percentDigits: -1 },
      { rounding: 'up' },
    ]) {
      const opened = await as('admin').post('/programmes', {
        code: 'X',
        name: 'X',
        year: 2022,
        workflow: 'commitment',
        ...wrong,
      });
      const set = await as('admin').put('/programmes/DENHAN/figures', { ...rule, ...wrong });
      expect([opened.status, set.status], JSON.stringify(wrong)).to.deep.equal([400, 400]);
    }
    const half = await as('admin').put('/programmes/DENHAN/figures', { denominator: 'all' });
    const nowhere = await as('admin').put('/programmes/NOWHERE/figures', rule);
    const notTheirs = await as('office').put('/programmes/DENHAN/figures', rule);

    expect([half.status, nowhere.status, notTheirs.status]).to.deep.equal([400, 404, 403]);
    expect(await done(as('office').get('/programmes/DENHAN'))).to.include(rule);
  });

  it('a programme whose rule is set anew tells its past days by it, while what is frozen keeps rule and bytes', async () => {
    const before = await frozen('TATCA');
    run = before;
    const bytes = (await as('office').get(`/reports/runs/${before.id}`)).text;
    const annex = await bytesOf(`/reports/runs/${before.id}/annexes?format=csv&annex=rates`);
    const rule = { denominator: 'fallen_due', percentDigits: 2, rounding: 'truncate' };
    await done(as('admin').put('/programmes/TATCA/figures', rule));
    await done(as('admin').put('/programmes/TATCA/figures', rule));
    const after = await frozen('TATCA');

    expect((await statisticsOf('TATCA')).rate).to.include({ of: 7, text: '42,85%' });
    expect(JSON.parse((await as('office').get(`/reports/runs/${after.id}`)).text).rate.text).to.equal('42,85%');
    expect((await as('office').get(`/reports/runs/${before.id}`)).text).to.equal(bytes);
    expect(await bytesOf(`/reports/runs/${before.id}/annexes?format=csv&annex=rates`)).to.deep.equal(annex);
    const diff = await done(as('office').get(`/reports/runs/${after.id}/diff?with=${before.id}`));
    expect(diff.shifts).to.deep.equal([]);
    expect(diff.rules).to.deep.include({ before: programmes[0].rule, after: rule });
    expect(diff.rules.note).to.match(
      /hai quy tắc khác nhau.*Trước: Tỷ lệ tính trên tổng số.*Sau: Tỷ lệ tính trên số đã đến hạn/,
    );
    const { items } = await done(as('auditor').get('/audit/entries?action=programme.figures_set'));
    expect(items.map(({ object, detail: { before, after } }: Json) => [object, before, after])).to.deep.equal([
      ['programme TATCA', programmes[0].rule, rule],
    ]);
  });

  it('a correction by another rule says so beside its figures, and one by the same rule says nothing', async () => {
    const asked = { programme: 'NHOM', asOf: cutOff };
    const first = await done(as('office').post('/reports/editions', { ...asked, title: 'Báo cáo' }));
    const { runId } = await done(as('office').post(`/reports/editions/${first.id}/freeze`, {}));
    const correcting = { ...asked, title: 'Đính chính', corrects: first.id, reason: 'Tính lại tỷ lệ' };
    const second = await done(as('office').post('/reports/editions', correcting));
    const told = async (id: string) => (await done(as('office').get(`/reports/editions/${id}`))) as Json;

    expect(await told(first.id)).to.deep.include({ rule: programmes[2].rule, ruleNote: null });
    expect(await told(second.id)).to.deep.include({ rule: programmes[2].rule, ruleNote: null });
    const rule = { denominator: 'all', percentDigits: 1, rounding: 'half_up' };
    await done(as('admin').put('/programmes/NHOM/figures', rule));
    const corrected = await done(as('office').post(`/reports/editions/${second.id}/freeze`, {}));
    const { rule: toldRule, ruleNote } = await told(second.id);
    const about = new Map(
      (await sheetsOf(`/reports/runs/${corrected.runId}/annexes`))['Thông tin']?.map(([label, value]) => [
        label,
        value,
      ]),
    );

    expect(toldRule).to.deep.equal(rule);
    expect(ruleNote).to.match(/Trước: Tỷ lệ tính trong nhóm.*Sau: Tỷ lệ tính trên tổng số/);
    expect(about.get('Khác với báo cáo được đính chính')).to.equal(ruleNote);
    expect((await told(first.id)).rule).to.deep.equal(programmes[2].rule);
    expect((await done(as('office').get(`/reports/runs/${runId}`))).rate.text).to.equal('66,67%');
  });

  it('a run that was frozen before there was a choice is read byte for byte, and its annexes tell its rule', async () => {
    const { pool } = office();
    const without = ['rate', 'rates', 'percentagesOf'];
    const old = JSON.stringify((await as('office').get(`/reports/runs/${run.id}`)).body, (key, value) =>
      without.includes(key) ? undefined : value,
    );
    const id = randomUUID();
    await pool.query(
      `insert into report_run (id, programme, as_of, known_at, body, sha256, created_by, created_at)
       select $1, programme, as_of, known_at, $2, $3, created_by, created_at from report_run where id = $4`,
      [id, old, createHash('sha256').update(old).digest('hex'), run.id],
    );
    const sheets = await sheetsOf(`/reports/runs/${id}/annexes`);
    const now = await frozen('TATCA');
    const diff = await done(as('office').get(`/reports/runs/${now.id}/diff?with=${id}`));

    expect((await as('office').get(`/reports/runs/${id}`)).text).to.equal(old);
    expect(sheets['Tỷ lệ']?.find((row) => row[1] === 'Sở Nội vụ')?.slice(2)).to.deep.equal([
      'Tỷ lệ hoàn thành',
      3,
      11,
      27.3,
      'trên tổng số',
    ]);
    expect(diff.rules.before).to.deep.equal(programmes[0].rule);
    expect(diff.rules.note).to.match(/hai quy tắc khác nhau/);
  });

  it('every frozen run gives its figures again by its own rule, whatever its programme says by now', async () => {
    const { pool, clock } = office();
    const recompute = computedAgain(reportReader(pool), clock);
    const other = async (report: FrozenReport): Promise<string> => {
      const again = JSON.parse(await recompute(report));
      return JSON.stringify({ ...again, rounding: { ...again.rounding, decimals: again.rounding.decimals + 1 } });
    };
    const broken = async (by: typeof recompute) =>
      (await verify(verifySource(pool, clock), { recompute: by })).filter(({ invariant }) => invariant === 'I12');

    expect(await broken(recompute)).to.deep.equal([]);
    expect(await broken(other)).to.have.length.greaterThan(5);
  });
});
